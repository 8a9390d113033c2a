//! Rates: the worked table of the semantics, other people's published figures, hostile flows, and random ones checked
//! against a slow and simple evaluation.

mod laws;
mod naive;
mod random;
mod roots;
mod table;
mod vectors;
