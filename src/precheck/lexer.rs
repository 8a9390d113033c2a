//! Text of cells and formulas → words: numbers, texts, names, signs. FEEL's own, without comments.

use super::fault::Fault;
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

    pub(crate) fn is_at_end(&self) -> bool {
        self.next == Word::End
    }

    /// The next word, taken.
    pub(crate) fn take(&mut self) -> Result<Word<'t>, Fault> {
        let word = core::mem::replace(&mut self.next, Word::End);
        self.advance()?;
        Ok(word)
    }

    /// Takes the next word if it is that sign or that name.
    pub(crate) fn take_if(&mut self, wanted: &str) -> Result<bool, Fault> {
        let is_wanted = self.is_next(wanted);
        if is_wanted {
            self.advance()?;
        }
        Ok(is_wanted)
    }

    pub(crate) fn is_next(&self, wanted: &str) -> bool {
        match self.next {
            Word::Sign(word) | Word::Name(word) => word == wanted,
            _ => false,
        }
    }

    pub(crate) fn expect(&mut self, wanted: &str) -> Result<(), Fault> {
        if self.take_if(wanted)? { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    /// What stands here is not what could stand here.
    pub(crate) fn unexpected(&self, wanted: &str) -> Fault {
        let rest: String = self.text[self.next_at..].chars().take(12).collect();
        let position = self.text[..self.next_at].chars().count() + 1;
        let found = if rest.is_empty() { "the end".to_owned() } else { rest.clone() };
        let found_zh = if rest.is_empty() { "结尾".to_owned() } else { rest };
        Fault::new(
            "syntax",
            format!("第 {position} 个字符处应为 {wanted}，而不是 {found_zh}"),
            format!("expected {wanted} at character {position}, not {found}"),
        )
    }

    fn advance(&mut self) -> Result<(), Fault> {
        let rest = self.text[self.at..].trim_start_matches([' ', '\t', '\n', '\r']);
        self.next_at = self.text.len() - rest.len();
        let Some(first) = rest.chars().next() else {
            (self.at, self.next) = (self.text.len(), Word::End);
            return Ok(());
        };
        let length;
        (self.next, length) = if is_name_start(first) {
            let end = rest.find(|letter| !is_name_part(letter)).unwrap_or(rest.len());
            (Word::Name(&rest[..end]), end)
        } else if first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|next: char| next.is_ascii_digit()))
        {
            self.number(rest)?
        } else if first == '"' {
            self.quoted(rest)?
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Word::Sign(sign), sign.len())
        } else {
            self.next = Word::End;
            return Err(self.unexpected("FEEL"));
        };
        self.at = self.next_at + length;
        Ok(())
    }

    /// Digits with at most one point that has digits behind it: in "18..45" both points belong to the interval.
    fn number(&self, rest: &'t str) -> Result<(Word<'t>, usize), Fault> {
        let digits =
            |from: usize| rest[from..].find(|letter: char| !letter.is_ascii_digit()).map_or(rest.len(), |n| from + n);
        let mut end = digits(0);
        if rest[end..].starts_with('.') && rest[end + 1..].starts_with(|letter: char| letter.is_ascii_digit()) {
            end = digits(end + 1);
        }
        if rest[end..].starts_with(is_name_start) {
            return Err(self.unexpected("a number"));
        }
        match parse_number(&rest[..end]) {
            Some(number) => Ok((Word::Number(number), end)),
            None => Err(Fault::number_too_long()),
        }
    }

    /// `"…"`, in which `\"` is a quotation mark and `\\` a backslash.
    fn quoted(&self, rest: &'t str) -> Result<(Word<'t>, usize), Fault> {
        let mut text = String::new();
        let mut letters = rest.char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => return Ok((Word::Text(text), at + 1)),
                '\\' => match letters.next() {
                    Some((_, escaped @ ('"' | '\\'))) => text.push(escaped),
                    _ => break,
                },
                _ => text.push(letter),
            }
        }
        Err(self.unexpected("a text that is closed by \""))
    }
}

fn is_name_start(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_'
}

fn is_name_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Whether it can be used as a name in formulas.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(is_name_start) && text.chars().all(is_name_part)
}

/// The words of FEEL that cannot be names.
pub(crate) const RESERVED: [&str; 9] = ["if", "then", "else", "and", "or", "not", "true", "false", "null"];

/// An optional minus, digits with at most one point; `None` where it is anything else, or has more than 28 digits.
pub(crate) fn parse_number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut mantissa = 0i128;
    let mut scale = None;
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?,
            b'.' if scale.is_none() => {
                scale = Some(0);
                continue;
            }
            _ => return None,
        }
        scale = scale.map(|scale: u32| scale + 1);
    }
    let has_digits = digits.bytes().any(|byte| byte.is_ascii_digit());
    if !has_digits || digits.ends_with('.') {
        return None;
    }
    let signed = if digits.len() < text.len() { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, scale.unwrap_or(0)).ok()
}
