//! A JSON reader of RFC 8259 into [`Wire`]: strict, bounded in depth, without recursion that input could exhaust.

use crate::wire::{ENTRIES_MAX, Wire};
use std::borrow::Cow;

/// Deeper nesting than any input of the engine has.
const DEPTH_MAX: u32 = 32;

/// Reads one JSON value. `None` where the text is not JSON, or nests deeper than 32.
///
/// ```
/// use clearloan::{json, wire::Wire};
/// assert_eq!(json::read(r#" "a\u00e9" "#), Some(Wire::Text("aé".into())));
/// assert_eq!(json::read("[1,]"), None);
/// ```
#[must_use]
pub fn read(text: &str) -> Option<Wire<'_>> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0 };
    let value = reader.value(0)?;
    reader.skip_blanks();
    (reader.at == reader.bytes.len()).then_some(value)
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Reader<'t> {
    fn skip_blanks(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.bytes.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str, value: Wire<'t>) -> Option<Wire<'t>> {
        self.bytes[self.at..].starts_with(word.as_bytes()).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: u32) -> Option<Wire<'t>> {
        if depth > DEPTH_MAX {
            return None;
        }
        self.skip_blanks();
        match self.bytes.get(self.at)? {
            b'"' => self.string().map(Wire::Text),
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b't' => self.word("true", Wire::Bool(true)),
            b'f' => self.word("false", Wire::Bool(false)),
            b'n' => self.word("null", Wire::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: u32) -> Option<Wire<'t>> {
        self.at += 1;
        let mut fields = Vec::with_capacity(8);
        self.skip_blanks();
        if self.take(b'}').is_some() {
            return Some(Wire::Map(fields));
        }
        loop {
            self.skip_blanks();
            let name = self.string()?;
            self.skip_blanks();
            self.take(b':')?;
            let value = self.value(depth + 1)?;
            if fields.len() < ENTRIES_MAX {
                fields.push((name, value));
            }
            self.skip_blanks();
            if self.take(b',').is_none() {
                self.take(b'}')?;
                return Some(Wire::Map(fields));
            }
        }
    }

    fn array(&mut self, depth: u32) -> Option<Wire<'t>> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_blanks();
        if self.take(b']').is_some() {
            return Some(Wire::List(items));
        }
        loop {
            let item = self.value(depth + 1)?;
            if items.len() < ENTRIES_MAX {
                items.push(item);
            }
            self.skip_blanks();
            if self.take(b',').is_none() {
                self.take(b']')?;
                return Some(Wire::List(items));
            }
        }
    }

    /// As it stands where it has no escapes, which is nearly always; else a copy.
    fn string(&mut self) -> Option<Cow<'t, str>> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'"' => {
                    self.at += 1;
                    return Some(Cow::Borrowed(&self.text[start..self.at - 1]));
                }
                b'\\' => return self.with_escapes(start).map(Cow::Owned),
                0..=0x1f => return None,
                _ => self.at += 1,
            }
        }
    }

    /// The text from `start`, with the first escape at hand.
    #[inline(never)]
    fn with_escapes(&mut self, start: usize) -> Option<String> {
        let mut value = String::new();
        let (mut plain_from, mut at) = (start, self.at);
        loop {
            match *self.bytes.get(at)? {
                b'"' => {
                    value.push_str(&self.text[plain_from..at]);
                    self.at = at + 1;
                    return Some(value);
                }
                b'\\' => {
                    value.push_str(&self.text[plain_from..at]);
                    self.at = at + 1;
                    value.push(self.escaped()?);
                    (plain_from, at) = (self.at, self.at);
                }
                0..=0x1f => return None,
                _ => at += 1,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return None,
        })
    }

    /// `\u` and four digits, or two of these for what lies beyond the basic plane; half a pair reads as the replacement character.
    fn code_point(&mut self) -> Option<char> {
        let unit = self.hex()?;
        if !(0xd800..0xdc00).contains(&unit) {
            return Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !self.bytes[self.at..].starts_with(b"\\u") {
            return Some(char::REPLACEMENT_CHARACTER);
        }
        let before_second = self.at;
        self.at += 2;
        let second = self.hex()?;
        if !(0xdc00..0xe000).contains(&second) {
            self.at = before_second;
            return Some(char::REPLACEMENT_CHARACTER);
        }
        char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (second - 0xdc00))
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
    }

    /// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
    fn number(&mut self) -> Option<Wire<'t>> {
        let is_negative = self.take(b'-').is_some();
        let mut number = Number::default();
        if self.take(b'0').is_none() {
            self.digits(|digit| number.push(digit))?;
        }
        if self.take(b'.').is_some() {
            self.digits(|digit| number.push_decimal(digit))?;
        }
        if self.take(b'e').or_else(|| self.take(b'E')).is_some() {
            let is_small = self.take(b'-').is_some();
            let _ = if is_small { None } else { self.take(b'+') };
            let mut exponent = 0i32;
            self.digits(|digit| exponent = exponent.saturating_mul(10).saturating_add(digit.into()))?;
            number.exponent = number.exponent.saturating_add(if is_small { -exponent } else { exponent });
        }
        let magnitude = number.value();
        Some(Wire::Number(if is_negative { -magnitude } else { magnitude }))
    }

    /// At least one digit; each is handed over.
    fn digits(&mut self, mut each: impl FnMut(u8)) -> Option<()> {
        let start = self.at;
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| byte.is_ascii_digit()) {
            each(byte - b'0');
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

/// A decimal number being read: digits × 10^exponent. The standard library's own reader brings ten kilobytes of tables
/// into the wasm, for numbers that no field takes: the fields are counts, days and, as texts, amounts and rates.
#[derive(Default)]
struct Number {
    digits: u64,
    exponent: i32,
}

impl Number {
    fn push(&mut self, digit: u8) {
        match self.digits.checked_mul(10).and_then(|digits| digits.checked_add(digit.into())) {
            Some(digits) if self.exponent == 0 => self.digits = digits,
            // The twentieth digit and those behind it only tell how large the number is.
            _ => self.exponent = self.exponent.saturating_add(1),
        }
    }

    fn push_decimal(&mut self, digit: u8) {
        match self.digits.checked_mul(10).and_then(|digits| digits.checked_add(digit.into())) {
            Some(digits) if self.exponent <= 0 => {
                self.digits = digits;
                self.exponent -= 1;
            }
            _ => {}
        }
    }

    /// The nearest float for up to 19 digits between 10^−19 and 10^38, which is what a JavaScript number looks like
    /// short of the extremes; beyond, a float near it.
    fn value(&self) -> f64 {
        const POWERS_OF_64_BITS: i32 = 19;
        if self.digits == 0 {
            return 0.0;
        }
        let mut exponent = self.exponent;
        let mut value = match u32::try_from(exponent.abs().min(POWERS_OF_64_BITS)) {
            Ok(power) if exponent < 0 => quotient(self.digits, 10u64.pow(power)),
            Ok(power) => (u128::from(self.digits) * u128::from(10u64.pow(power))) as f64,
            Err(_) => 0.0,
        };
        exponent -= exponent.clamp(-POWERS_OF_64_BITS, POWERS_OF_64_BITS);
        // A float has no more than some 630 powers of ten from end to end.
        for _ in 0..exponent.unsigned_abs().min(700) {
            value = if exponent < 0 { value / 10.0 } else { value * 10.0 };
        }
        value
    }
}

/// The float nearest to a quotient of positive whole numbers: 64 digits of it, and whether any are left.
fn quotient(numerator: u64, denominator: u64) -> f64 {
    let shift = numerator.leading_zeros() + 63;
    let shifted = u128::from(numerator) << shift;
    let denominator = u128::from(denominator);
    let rest = u128::from(!shifted.is_multiple_of(denominator));
    // Both are far from the ends of a float's range, so that only the conversion rounds.
    ((shifted / denominator) | rest) as f64 / (1u128 << shift) as f64
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // Each expected number is the exact one.
mod tests {
    use super::*;

    /// Whatever serde_json reads or refuses, so does this reader.
    #[test]
    fn agrees_with_serde_json() {
        let texts = [
            "null",
            "true",
            "false",
            "0",
            "-0",
            "01",
            "1.",
            ".5",
            "-1.5e3",
            "1e5",
            "1E+2",
            "1e",
            "+1",
            "NaN",
            "\"\"",
            "\"a\\n\\u4e2d\\\"\\\\\\/\\b\\f\\r\\t\"",
            "\"\u{1}\"",
            "\"\\x\"",
            "\"\\ud83d\\ude00\"",
            "\"中文\"",
            "[]",
            "[1, [2, {\"a\": null}], \"x\"]",
            "[1 2]",
            "[,]",
            "{}",
            "{\"a\":1,\"b\":[true]}",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\" 1}",
            "{\"a\":}",
            "",
            " ",
            "[",
            "\"",
            "{\"a\":1}x",
            " [ ] ",
        ];
        for text in texts {
            assert_eq!(read(text), serde_json::from_str::<Wire>(text).ok(), "{text}");
        }
    }

    /// To the last bit, for whatever JavaScript writes of counts, money and rates.
    #[test]
    fn numbers_are_the_nearest_floats() {
        let mut seed = 1u64;
        let mut texts: Vec<String> = (0..20_000)
            .map(|index| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let (digits, decimals) = (seed >> (index % 60), index % 18);
                let float = digits as f64 / 10f64.powi(decimals);
                if index % 2 == 0 { float.to_string() } else { format!("{float:e}") }
            })
            .collect();
        texts.extend(
            ["0.1", "0.30000000000000004", "4.0000000000000009", "9007199254740993", "1.7976931348623157e30", "5e-19"]
                .map(str::to_owned),
        );
        for text in texts {
            let exact: f64 = text.parse().unwrap();
            assert_eq!(read(&text), Some(Wire::Number(exact)), "{text}");
        }
    }

    #[test]
    fn the_largest_and_smallest_numbers_stay_what_they_are() {
        let number = |text: &str| match read(text) {
            Some(Wire::Number(number)) => number,
            other => panic!("{text}: {other:?}"),
        };
        assert!(number("1e400").is_infinite() && number("-1e400").is_infinite());
        assert!(number("1e308").is_finite() && number("1e308") > 0.9e308);
        assert!(number("1e-400").abs() < 1e-300);
        assert!(number(&"9".repeat(400)).is_infinite());
        assert_eq!(number(&format!("1{}", "0".repeat(30))), 1e30);
        assert_eq!(number(&format!("0.{}1", "0".repeat(10_000))).to_bits(), 0);
    }

    #[test]
    fn deep_nesting_ends() {
        assert_eq!(read(&"[".repeat(1_000_000)), None);
        assert!(read(&format!("{}{}", "[".repeat(30), "]".repeat(30))).is_some());
    }
}
