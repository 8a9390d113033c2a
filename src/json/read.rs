//! A JSON reader of RFC 8259 into [`Wire`]: strict, bounded in depth, without recursion that input could exhaust.

use crate::wire::{ENTRIES_MAX, Wire};

/// Deeper nesting than any input of the engine has.
const DEPTH_MAX: u32 = 32;

/// Reads one JSON value. `None` where the text is not JSON, or nests deeper than 32.
///
/// ```
/// use clearloan::{json, wire::Wire};
/// assert_eq!(json::read(r#" "a\u00e9" "#), Some(Wire::Text("aé".to_owned())));
/// assert_eq!(json::read("[1,]"), None);
/// ```
#[must_use]
pub fn read(text: &str) -> Option<Wire> {
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

impl Reader<'_> {
    fn skip_blanks(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.bytes.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str, value: Wire) -> Option<Wire> {
        self.bytes[self.at..].starts_with(word.as_bytes()).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: u32) -> Option<Wire> {
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

    fn object(&mut self, depth: u32) -> Option<Wire> {
        self.at += 1;
        let mut fields = Vec::new();
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

    fn array(&mut self, depth: u32) -> Option<Wire> {
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

    fn string(&mut self) -> Option<String> {
        self.take(b'"')?;
        let mut value = String::new();
        let mut plain_from = self.at;
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => {
                    value.push_str(&self.text[plain_from..self.at]);
                    self.at += 1;
                    return Some(value);
                }
                b'\\' => {
                    value.push_str(&self.text[plain_from..self.at]);
                    self.at += 1;
                    value.push(self.escaped()?);
                    plain_from = self.at;
                }
                0..=0x1f => return None,
                _ => self.at += 1,
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

    /// `\uXXXX`, or two of them for what lies beyond the basic plane; half a pair reads as the replacement character.
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
    fn number(&mut self) -> Option<Wire> {
        let start = self.at;
        let _ = self.take(b'-');
        if self.take(b'0').is_none() {
            self.digits()?;
        }
        if self.take(b'.').is_some() {
            self.digits()?;
        }
        if self.take(b'e').or_else(|| self.take(b'E')).is_some() {
            let _ = self.take(b'+').or_else(|| self.take(b'-'));
            self.digits()?;
        }
        self.text[start..self.at].parse().ok().map(Wire::Number)
    }

    /// At least one digit.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

#[cfg(test)]
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

    #[test]
    fn deep_nesting_ends() {
        assert_eq!(read(&"[".repeat(1_000_000)), None);
        assert!(read(&format!("{}{}", "[".repeat(30), "]".repeat(30))).is_some());
    }
}
