//! A JSON writer of a few lines: what leaves the engine is written in the form of RFC 8785 as long as the caller names
//! the fields of an object in sorted order, which a test checks.

mod read;

pub use read::read;

/// Text being written. Commas are its own business.
#[derive(Default)]
pub struct Json {
    /// UTF-8: nothing but texts and ASCII is ever put in.
    bytes: Vec<u8>,
    needs_comma: bool,
}

impl Json {
    /// Room for `capacity` bytes before the first growth.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Json { bytes: Vec::with_capacity(capacity), needs_comma: false }
    }

    /// What has been written.
    #[must_use]
    pub fn into_text(self) -> String {
        String::from_utf8(self.bytes).unwrap_or_default()
    }

    /// `{ … }`; `write` names the fields.
    pub fn object(&mut self, write: impl FnOnce(&mut Json)) {
        self.nest(*b"{}", write);
    }

    /// `[ … ]`; `write` calls [`Json::item`] before each.
    pub fn array(&mut self, write: impl FnOnce(&mut Json)) {
        self.nest(*b"[]", write);
    }

    fn nest(&mut self, [open, close]: [u8; 2], write: impl FnOnce(&mut Json)) {
        self.bytes.push(open);
        self.needs_comma = false;
        write(self);
        self.bytes.push(close);
        self.needs_comma = true;
    }

    /// Starts a field; its value follows. `name` is a plain identifier, it is not escaped.
    pub fn field(&mut self, name: &str) -> &mut Json {
        self.item();
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(b"\":");
        self
    }

    /// Starts an item of an array; its value follows.
    pub fn item(&mut self) -> &mut Json {
        if self.needs_comma {
            self.bytes.push(b',');
        }
        self.needs_comma = true;
        self
    }

    /// Starts a line; its value follows, or none. Texts have no line ends, as those are escaped.
    pub(crate) fn line(&mut self) -> &mut Json {
        self.bytes.push(b'\n');
        self
    }

    /// A text value, escaped as RFC 8785 wants it.
    pub fn text(&mut self, value: &str) {
        self.bytes.push(b'"');
        let bytes = value.as_bytes();
        let (mut plain_from, mut at) = (0, 0);
        // By index, since an iterator's step stays a call of its own where the compiler saves space.
        while at < bytes.len() {
            let byte = bytes[at];
            at += 1;
            if byte < 0x20 || byte == b'"' || byte == b'\\' {
                self.bytes.extend_from_slice(&bytes[plain_from..at - 1]);
                plain_from = at;
                self.escaped(byte);
            }
        }
        self.bytes.extend_from_slice(&bytes[plain_from..]);
        self.bytes.push(b'"');
    }

    fn escaped(&mut self, byte: u8) {
        self.bytes.push(b'\\');
        let letter = match byte {
            0x08 => b'b',
            0x09 => b't',
            0x0a => b'n',
            0x0c => b'f',
            0x0d => b'r',
            b'"' | b'\\' => byte,
            _ => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                self.bytes.extend_from_slice(b"u00");
                self.bytes.push(HEX[usize::from(byte >> 4)]);
                HEX[usize::from(byte & 15)]
            }
        };
        self.bytes.push(letter);
    }

    /// value × 10^−decimals as a text value, with all its decimals.
    pub(crate) fn decimal(&mut self, value: i64, decimals: u32) {
        self.plain(decimal_digits(value, decimals, &mut [0; DECIMAL_LENGTH_MAX]));
    }

    /// The same as a number.
    pub(crate) fn number(&mut self, value: i64, decimals: u32) {
        self.bytes.extend_from_slice(decimal_digits(value, decimals, &mut [0; DECIMAL_LENGTH_MAX]));
    }

    /// A text value of the engine's own, which needs no escape: the amounts, rates, days and names of which a quote is full.
    pub(crate) fn plain(&mut self, ascii: &[u8]) {
        debug_assert!(ascii.iter().all(|byte| (b' '..=b'~').contains(byte) && !matches!(byte, b'"' | b'\\')));
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(ascii);
        self.bytes.push(b'"');
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) {
        self.number(value, 0);
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.bytes.extend_from_slice(if value { b"true" } else { b"false" });
    }
}

/// A sign, a point and the 19 digits of an `i64`, or a zero before the point and 10 decimals: room to spare.
pub(crate) const DECIMAL_LENGTH_MAX: usize = 24;

/// Where the digits begin, the last of which `next` gives first, with whether it was the foremost but zeros.
#[inline(always)]
fn place_digits(decimals: u32, room: &mut [u8; DECIMAL_LENGTH_MAX], mut next: impl FnMut() -> (u8, bool)) -> usize {
    let mut start = DECIMAL_LENGTH_MAX;
    if decimals > 0 {
        for _ in 0..decimals {
            start -= 1;
            room[start] = b'0' + next().0;
        }
        start -= 1;
        room[start] = b'.';
    }
    loop {
        let (digit, is_foremost) = next();
        start -= 1;
        room[start] = b'0' + digit;
        if is_foremost {
            return start;
        }
    }
}

/// value × 10^−decimals with all its decimals, from the last digit to the first, at the end of `room`.
pub(crate) fn decimal_digits(value: i64, decimals: u32, room: &mut [u8; DECIMAL_LENGTH_MAX]) -> &[u8] {
    let magnitude = value.unsigned_abs();
    // Wasm divides 32 bits by ten in a few steps, and 64 bits in dozens.
    let mut start = if let Ok(mut rest) = u32::try_from(magnitude) {
        place_digits(decimals, room, || {
            let digit = (rest % 10) as u8;
            rest /= 10;
            (digit, rest == 0)
        })
    } else {
        let mut rest = magnitude;
        place_digits(decimals, room, || {
            let digit = (rest % 10) as u8;
            rest /= 10;
            (digit, rest == 0)
        })
    };
    if value < 0 {
        start -= 1;
        room[start] = b'-';
    }
    &room[start..]
}
