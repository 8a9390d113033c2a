//! A JSON writer of a few lines: what leaves the engine is written in the form of RFC 8785 as long as the caller names
//! the fields of an object in sorted order, which a test checks.

mod read;

pub use read::read;

/// Text being written. Commas are its own business.
#[derive(Default)]
pub struct Json {
    /// UTF-8 up to `end`: nothing but texts and ASCII is ever put in. Behind it there is room, so that a value is checked
    /// against it once and not byte by byte.
    bytes: Vec<u8>,
    end: usize,
    needs_comma: bool,
}

impl Json {
    /// Room for `capacity` bytes before the first growth.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Json { bytes: vec![0; capacity], end: 0, needs_comma: false }
    }

    /// What has been written.
    #[must_use]
    pub fn into_text(mut self) -> String {
        self.bytes.truncate(self.end);
        String::from_utf8(self.bytes).unwrap_or_default()
    }

    /// The next `length` bytes, to be written now.
    #[inline]
    fn next(&mut self, length: usize) -> &mut [u8] {
        let start = self.end;
        self.end += length;
        if self.bytes.len() < self.end {
            self.grow();
        }
        &mut self.bytes[start..self.end]
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.bytes.resize(2 * self.end + 64, 0);
    }

    fn put(&mut self, bytes: &[u8]) {
        self.next(bytes.len()).copy_from_slice(bytes);
    }

    fn byte(&mut self, byte: u8) {
        self.next(1)[0] = byte;
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
        self.byte(open);
        self.needs_comma = false;
        write(self);
        self.byte(close);
        self.needs_comma = true;
    }

    /// Starts a field; its value follows. `name` is a plain identifier, it is not escaped.
    pub fn field(&mut self, name: &str) -> &mut Json {
        self.item();
        self.quoted(name.as_bytes(), b":");
        self
    }

    /// Starts an item of an array; its value follows.
    pub fn item(&mut self) -> &mut Json {
        if self.needs_comma {
            self.byte(b',');
        }
        self.needs_comma = true;
        self
    }

    /// Starts a line; its value follows, or none. Texts have no line ends, as those are escaped.
    pub(crate) fn line(&mut self) -> &mut Json {
        self.byte(b'\n');
        self
    }

    /// In quotes, with something behind them.
    fn quoted(&mut self, bytes: &[u8], behind: &[u8]) {
        let length = bytes.len();
        let room = self.next(length + 2 + behind.len());
        room[0] = b'"';
        room[1..=length].copy_from_slice(bytes);
        room[length + 1] = b'"';
        room[length + 2..].copy_from_slice(behind);
    }

    /// A text value, escaped as RFC 8785 wants it.
    pub fn text(&mut self, value: &str) {
        let bytes = value.as_bytes();
        // By index, since an iterator's step stays a call of its own where the compiler saves space.
        let mut at = 0;
        while at < bytes.len() {
            if needs_escape(bytes[at]) {
                return self.with_escapes(bytes);
            }
            at += 1;
        }
        self.quoted(bytes, b"");
    }

    #[cold]
    #[inline(never)]
    fn with_escapes(&mut self, bytes: &[u8]) {
        self.byte(b'"');
        for &byte in bytes {
            if needs_escape(byte) {
                self.escaped(byte);
            } else {
                self.byte(byte);
            }
        }
        self.byte(b'"');
    }

    fn escaped(&mut self, byte: u8) {
        self.byte(b'\\');
        let letter = match byte {
            0x08 => b'b',
            0x09 => b't',
            0x0a => b'n',
            0x0c => b'f',
            0x0d => b'r',
            b'"' | b'\\' => byte,
            _ => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                self.put(b"u00");
                self.byte(HEX[usize::from(byte >> 4)]);
                HEX[usize::from(byte & 15)]
            }
        };
        self.byte(letter);
    }

    /// value × 10^−decimals as a text value, with all its decimals.
    pub(crate) fn decimal(&mut self, value: i64, decimals: u32) {
        self.plain(decimal_digits(value, decimals, &mut [0; DECIMAL_LENGTH_MAX]));
    }

    /// The same as a number.
    pub(crate) fn number(&mut self, value: i64, decimals: u32) {
        self.put(decimal_digits(value, decimals, &mut [0; DECIMAL_LENGTH_MAX]));
    }

    /// A text value of the engine's own, which needs no escape: the amounts, rates, days and names of which a quote is full.
    pub(crate) fn plain(&mut self, ascii: &[u8]) {
        debug_assert!(ascii.iter().all(|byte| (b' '..=b'~').contains(byte) && !needs_escape(*byte)));
        self.quoted(ascii, b"");
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) {
        self.number(value, 0);
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.put(if value { b"true" } else { b"false" });
    }
}

/// RFC 8785: the quote, the backslash, and control characters.
fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
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
