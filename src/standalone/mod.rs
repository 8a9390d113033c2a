//! Figures on their own, for callers who bring their own numbers: rates of flows (`irr`, `xirr`, `aprOfFlows`), the
//! fraction of a year (`yearFraction`), and the functions of spreadsheets (`tvm`).
//!
//! Amounts and rates are decimal strings of up to 28 digits, negative ones with a minus; flows have the signs of the
//! caller, who receives or pays. What comes out is the JSON text of one decimal string.

mod flows;
mod interval;
mod read;
mod tvm;

pub use flows::{FLOW_SHAPES, FLOWS_MAX, apr_of_flows_json, irr_json, rate_of_lines, xirr_json, year_fraction_json};
pub use tvm::{COUNT_MAX, Parameter, SIGNATURES, Signature, tvm_json};
