//! Text of cells and formulas → words: numbers, texts, names, signs. FEEL's own, without comments.

use super::fault::{Fault, fault, fault_with};
use rust_decimal::Decimal;

/// A word of a cell or a formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Word<'t> {
    Number(Decimal),
    Text(String),
    Name(&'t str),
    Sign(&'static str),
    End,
}

/// The longer ones first.
const SIGNS: [&str; 18] =
    ["..", "**", "<=", ">=", "!=", "<", ">", "=", "+", "-", "*", "/", "(", ")", "[", "]", ",", "@"];

/// Reads word after word; one of them can be looked at in advance.
pub(crate) struct Lexer<'t> {
    text: &'t str,
    /// Behind `next`.
    at: usize,
    next: Word<'t>,
    /// Where `next` begins.
    next_at: usize,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(text: &'t str) -> Result<Self, Fault> {
        let mut lexer = Lexer { text, at: 0, next: Word::End, next_at: 0 };
        lexer.advance()?;
        Ok(lexer)
    }

    pub(crate) fn peek(&self) -> &Word<'t> {
        &self.next
    }

    #[inline(never)]
    pub(crate) fn expect_end(&self) -> Result<(), Fault> {
        if self.next == Word::End { Ok(()) } else { Err(self.unexpected("the end")) }
    }

    /// The next word, taken.
    #[inline(never)]
    pub(crate) fn take(&mut self) -> Result<Word<'t>, Fault> {
        let word = core::mem::replace(&mut self.next, Word::End);
        self.advance()?;
        Ok(word)
    }

    /// Takes the next word if it is that sign or that name.
    #[inline(never)]
    pub(crate) fn take_if(&mut self, wanted: &str) -> Result<bool, Fault> {
        let is_wanted = self.is_next(wanted);
        if is_wanted {
            self.advance()?;
        }
        Ok(is_wanted)
    }

    #[inline(never)]
    pub(crate) fn is_next(&self, wanted: &str) -> bool {
        match self.next {
            Word::Sign(word) | Word::Name(word) => word == wanted,
            _ => false,
        }
    }

    #[inline(never)]
    pub(crate) fn expect(&mut self, wanted: &str) -> Result<(), Fault> {
        if self.take_if(wanted)? { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    /// What stands here is not what could stand here.
    #[cold]
    #[inline(never)]
    pub(crate) fn unexpected(&self, wanted: &str) -> Fault {
        // A few letters of what stands there are enough.
        let rest = &self.text[self.next_at..];
        let end = rest.char_indices().nth(12).map_or(rest.len(), |(end, _)| end);
        if end == 0 {
            return fault_with("syntax", ["结尾处缺少 {0}", "ends where {0} should stand"], [wanted, ""]);
        }
        fault_with("syntax", ["应为 {0}，而不是 {1}", "expected {0}, not {1}"], [wanted, &rest[..end]])
    }

    #[inline(never)]
    fn advance(&mut self) -> Result<(), Fault> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.next_at = self.at;
        self.next = Word::End;
        let Some(first) = bytes.get(self.at) else { return Ok(()) };
        let rest = &self.text[self.at..];
        let length;
        (self.next, length) = if is_name_start(*first) {
            let end = rest.bytes().position(|byte| !is_name_part(byte)).unwrap_or(rest.len());
            (Word::Name(&rest[..end]), end)
        } else if first.is_ascii_digit() || (*first == b'.' && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit)) {
            self.number(rest)?
        } else if *first == b'"' {
            self.quoted(rest)?
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Word::Sign(sign), sign.len())
        } else {
            return Err(self.unexpected("FEEL"));
        };
        self.at += length;
        Ok(())
    }

    /// Digits with at most one point that has digits behind it: in "18..45" both points belong to the interval.
    fn number(&self, rest: &'t str) -> Result<(Word<'t>, usize), Fault> {
        let bytes = rest.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut end = 0;
        let mut has_point = false;
        while is_digit(end) || (!has_point && bytes.get(end) == Some(&b'.') && is_digit(end + 1)) {
            has_point |= bytes[end] == b'.';
            end += 1;
        }
        if bytes.get(end).is_some_and(|byte| is_name_start(*byte)) {
            return Err(self.unexpected("a number"));
        }
        match parse_number(&rest[..end]) {
            Some(number) => Ok((Word::Number(number), end)),
            None => Err(fault("out_of_range", ["数字最多 28 位", "a number has at most 28 digits"])),
        }
    }

    /// `"…"` with FEEL's escapes: `\"`, `\'`, `\\`, `\n`, `\r`, `\t`, `\u00e9`.
    fn quoted(&self, rest: &'t str) -> Result<(Word<'t>, usize), Fault> {
        let mut text = String::new();
        let mut letters = rest.char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            if letter == '"' {
                return Ok((Word::Text(text), at + 1));
            }
            if letter != '\\' {
                text.push(letter);
                continue;
            }
            let meant = match letters.next() {
                Some((_, letter @ ('"' | '\'' | '\\'))) => Some(letter),
                Some((_, 'n')) => Some('\n'),
                Some((_, 'r')) => Some('\r'),
                Some((_, 't')) => Some('\t'),
                Some((_, 'u')) => {
                    let mut code = Some(0);
                    for _ in 0..4 {
                        let digit = letters.next().and_then(|(_, digit)| digit.to_digit(16));
                        code = code.zip(digit).map(|(code, digit)| code * 16 + digit);
                    }
                    code.and_then(char::from_u32)
                }
                _ => None,
            };
            match meant {
                Some(letter) => text.push(letter),
                None => return Err(self.unexpected("\\\" \\\\ \\n \\u00e9")),
            }
        }
        Err(self.unexpected("a text that is closed by \""))
    }
}

/// Letters, the underscore, and the lead bytes of U+4000 to U+9FFF, where the Chinese characters are.
fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | 0xE4..=0xE9)
}

/// What continues a character belongs to the one before it.
pub(crate) fn is_name_part(byte: u8) -> bool {
    is_name_start(byte) || byte.is_ascii_digit() || matches!(byte, 0x80..=0xBF)
}

/// Whether it can be used as a name in formulas.
pub(crate) fn is_name(text: &str) -> bool {
    text.bytes().next().is_some_and(is_name_start) && text.bytes().all(is_name_part) && !RESERVED.contains(&text)
}

/// The words of FEEL that cannot be names.
pub(crate) const RESERVED: [&str; 9] = ["if", "then", "else", "and", "or", "not", "true", "false", "null"];

/// An optional minus, digits with at most one point; `None` where it is anything else, or has more than 28 digits.
#[inline(never)]
pub(crate) fn parse_number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut mantissa = 0i128;
    let mut scale = None;
    for byte in digits.bytes() {
        match (byte, scale) {
            (b'0'..=b'9', _) => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                scale = scale.map(|scale: u32| scale + 1);
            }
            (b'.', None) => scale = Some(0),
            _ => return None,
        }
    }
    if digits.is_empty() || digits == "." || scale == Some(0) {
        return None;
    }
    let signed = if digits.len() < text.len() { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, scale.unwrap_or(0)).ok()
}
