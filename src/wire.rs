//! Unchecked input, as it came: a small tree that any serde format can fill (JSON on a server, JavaScript values in
//! wasm). Nothing is converted here, so that `terms` can name every bad field by its path.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;

/// The longest list or widest object that is kept; what stands beyond it is dropped, and whoever reads the list sees
/// that it is over its own limit, since every limit of `terms` is lower.
pub const ENTRIES_MAX: usize = 100_001;

/// One unchecked value. `undefined` and `null` are both [`Wire::Null`]: an option not given. Texts and names stay where
/// they were read, as far as they could be taken as they stand: a quote's terms are some thirty of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Wire<'t> {
    /// Nothing given.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number; money and rates are refused in this shape.
    Number(f64),
    /// Text.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Wire<'t>>),
    /// Fields in the order given.
    Map(Vec<(Cow<'t, str>, Wire<'t>)>),
}

impl<'t> Wire<'t> {
    /// The field of that name, where this is a map that has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Wire<'t>> {
        match self {
            Wire::Map(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Wire<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WireVisitor)
    }
}

struct WireVisitor;

impl<'de> Visitor<'de> for WireVisitor {
    type Value = Wire<'static>;

    fn expecting(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
        formatter.write_str("plain data")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Wire::Null)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Wire::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Wire::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Wire::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Wire::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Wire::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Wire::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Wire::Text(value.to_owned().into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Wire::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while items.len() < ENTRIES_MAX {
            match list.next_element()? {
                Some(item) => items.push(item),
                None => return Ok(Wire::List(items)),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Wire::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while fields.len() < ENTRIES_MAX {
            match map.next_entry::<String, _>()? {
                Some((name, value)) => fields.push((name.into(), value)),
                None => return Ok(Wire::Map(fields)),
            }
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Wire::Map(fields))
    }
}
