//! A JSON writer of a few lines: what leaves the engine is written in the form of RFC 8785 as long as the caller names
//! the fields of an object in sorted order, which a test checks.

mod read;

pub use read::read;

/// Text being written. Commas are its own business.
#[derive(Default)]
pub struct Json {
    text: String,
    needs_comma: bool,
}

impl Json {
    /// Room for `capacity` bytes before the first growth.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Json { text: String::with_capacity(capacity), needs_comma: false }
    }

    /// What has been written.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// `{ … }`; `write` names the fields.
    pub fn object(&mut self, write: impl FnOnce(&mut Json)) {
        self.nest('{', '}', write);
    }

    /// `[ … ]`; `write` calls [`Json::item`] before each.
    pub fn array(&mut self, write: impl FnOnce(&mut Json)) {
        self.nest('[', ']', write);
    }

    fn nest(&mut self, open: char, close: char, write: impl FnOnce(&mut Json)) {
        self.text.push(open);
        self.needs_comma = false;
        write(self);
        self.text.push(close);
        self.needs_comma = true;
    }

    /// Starts a field; its value follows. `name` is a plain identifier, it is not escaped.
    pub fn field(&mut self, name: &str) -> &mut Json {
        self.item();
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
        self
    }

    /// Starts an item of an array; its value follows.
    pub fn item(&mut self) -> &mut Json {
        if self.needs_comma {
            self.text.push(',');
        }
        self.needs_comma = true;
        self
    }

    /// A text value, escaped as RFC 8785 wants it.
    pub fn text(&mut self, value: &str) {
        self.text.push('"');
        let mut plain_from = 0;
        for (index, byte) in value.bytes().enumerate() {
            if byte >= 0x20 && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.text.push_str(&value[plain_from..index]);
            plain_from = index + 1;
            self.text.push('\\');
            match byte {
                0x08 => self.text.push('b'),
                0x09 => self.text.push('t'),
                0x0a => self.text.push('n'),
                0x0c => self.text.push('f'),
                0x0d => self.text.push('r'),
                b'"' | b'\\' => self.text.push(char::from(byte)),
                _ => {
                    const HEX: &[u8; 16] = b"0123456789abcdef";
                    self.text.push_str("u00");
                    self.text.push(char::from(HEX[usize::from(byte >> 4)]));
                    self.text.push(char::from(HEX[usize::from(byte & 15)]));
                }
            }
        }
        self.text.push_str(&value[plain_from..]);
        self.text.push('"');
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) {
        let mut digits = [0u8; 20];
        let mut start = digits.len();
        let mut rest = value.unsigned_abs();
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            self.text.push('-');
        }
        for digit in &digits[start..] {
            self.text.push(char::from(*digit));
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }
}
