//! Collects what is wrong with the input: paths, codes, and sentences in both languages.

use crate::error::{Issue, LoanError, Message};
use crate::text;
use crate::wire::Wire;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// Where a value stands, as a chain on the stack: no text is made unless something is wrong.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    pub(crate) fn field(&'a self, name: &'a str) -> Path<'a> {
        Path::Field(self, name)
    }

    pub(crate) fn index(&'a self, index: usize) -> Path<'a> {
        Path::Index(self, index)
    }

    /// As it would be typed: "fees[1].charge.amount"; empty for the root.
    #[cold]
    #[inline(never)]
    pub(crate) fn text(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Field(Path::Root, name) => (*name).to_owned(),
            Path::Field(parent, name) => text::joined(&[&parent.text(), name], "."),
            Path::Index(parent, index) => text::filled("{0}[{1}]", &[&parent.text(), &text::whole(*index as i64)]),
        }
    }
}

/// The problems so far.
#[derive(Default)]
pub(crate) struct Problems {
    issues: Vec<Issue>,
}

/// At most so many problems are told: enough for any form, and an end for hostile input.
pub(crate) const ISSUES_MAX: usize = 1_000;

impl Problems {
    /// Whether no more problems are told of: then none of their words need finding.
    fn is_full(&self) -> bool {
        self.issues.len() >= ISSUES_MAX
    }

    pub(crate) fn add(&mut self, code: &'static str, path: &Path, zh_cn: String, en: String, limit: Option<String>) {
        if !self.is_full() {
            self.issues.push(Issue { code, field: path.text(), message: Message { zh_cn, en }, limit });
        }
    }

    /// A problem in two sentences (Chinese, English), in which `{0}`, `{1}`, … stand for what is given.
    /// Nothing of it is inlined, or each place that can fail would weigh hundreds of bytes in the wasm.
    #[cold]
    #[inline(never)]
    pub(crate) fn tell(
        &mut self,
        code: &'static str,
        path: &Path,
        words: &[&str; 2],
        given: &[&str],
        limit: Option<&str>,
    ) {
        if !self.is_full() {
            let message = Message { zh_cn: text::filled(words[0], given), en: text::filled(words[1], given) };
            self.issues.push(Issue { code, field: path.text(), message, limit: limit.map(str::to_owned) });
        }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn required(&mut self, path: &Path) {
        let words = match path {
            // Without a name before it, the sentence must say by itself what is missing.
            Path::Root => &["没有给出内容，应为一个对象", "nothing was given where an object is required"],
            _ => &["必填", "is required"],
        };
        self.tell("required", path, words, &[], None);
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn wrong_type(&mut self, path: &Path, zh_cn: &str, en: &str) {
        self.tell("wrong_type", path, &["应为{0}", "must be {1}"], &[zh_cn, en], None);
    }

    pub(crate) fn number_not_string(&mut self, path: &Path) {
        let words = &[
            "应写成字符串（如 \"20000.00\"，18% 写 \"0.18\"）：JavaScript 的数字不能精确表示小数",
            "must be a string such as \"20000.00\", or \"0.18\" for 18 %: a JavaScript number cannot hold every decimal exactly",
        ];
        self.tell("number_not_string", path, words, &[], None);
    }

    pub(crate) fn not_a_decimal(&mut self, path: &Path) {
        let words = &[
            "只能有数字和至多一个小数点，不能有逗号、空格、正负号、百分号或指数；18% 写 \"0.18\"",
            "must be digits with at most one point: no comma, blank, sign, percent or exponent; 18 % is \"0.18\"",
        ];
        self.tell("not_a_decimal", path, words, &[], None);
    }

    pub(crate) fn too_many_decimals(&mut self, path: &Path, decimals_max: u32) {
        let limit = text::whole(decimals_max.into());
        let words = &["小数位数最多 {0} 位", "must have at most {0} decimals"];
        self.tell("too_many_decimals", path, words, &[&limit], Some(&limit));
    }

    /// The value lies outside `limit`, which is written as "least..greatest".
    pub(crate) fn out_of_range(&mut self, path: &Path, limit: &str) {
        self.tell("out_of_range", path, &["应在 {0} 之内", "must be within {0}"], &[limit], Some(limit));
    }

    /// Who writes "18" means 18 % far more often than 1,800 %.
    #[cold]
    #[inline(never)]
    pub(crate) fn rate_out_of_range(&mut self, path: &Path, greatest: Decimal) {
        let limit = text::joined(&["0", &text::rate(greatest)], "..");
        let words = &["应在 {0} 之内；18% 写 \"0.18\"", "must be within {0}; 18 % is \"0.18\""];
        self.tell("out_of_range", path, words, &[&limit], Some(&limit));
    }

    pub(crate) fn not_one_of(&mut self, path: &Path, given: &str, names: &[&str]) {
        if self.is_full() {
            return;
        }
        let list = text::joined(names, ", ");
        let near = closest(given, names);
        let words = match near {
            Some(_) => &["应为 {0} 之一；是不是 \"{1}\"？", "must be one of {0}; did you mean \"{1}\"?"],
            None => &["应为 {0} 之一", "must be one of {0}"],
        };
        self.tell("not_one_of", path, words, &[&list, near.unwrap_or_default()], Some(&list));
    }

    pub(crate) fn unknown_field(&mut self, path: &Path, given: &str, names: &[&str]) {
        if self.is_full() {
            return;
        }
        let near = closest(given, names);
        let words = match near {
            Some(_) => &["没有这个字段；是不是 \"{0}\"？", "is not a known field; did you mean \"{0}\"?"],
            None => &["没有这个字段；可用的有 {1}", "is not a known field; known are {1}"],
        };
        self.tell("unknown_field", path, words, &[near.unwrap_or_default(), &text::joined(names, ", ")], None);
    }

    pub(crate) fn exactly_one(&mut self, path: &Path, names: &[&str]) {
        let list = text::joined(names, ", ");
        let words = &["须恰好给出其中之一：{0}", "must give exactly one of {0}"];
        self.tell("exactly_one", path, words, &[&list], Some(&list));
    }

    pub(crate) fn too_many(&mut self, path: &Path, count_max: usize) {
        let limit = text::whole(count_max as i64);
        self.tell("too_many", path, &["最多 {0} 项", "must have at most {0} entries"], &[&limit], Some(&limit));
    }

    /// The option has no meaning beside another one.
    #[cold]
    #[inline(never)]
    pub(crate) fn not_allowed(&mut self, path: &Path, zh_cn: &str, en: &str) {
        self.tell("not_allowed", path, &[zh_cn, en], &[], None);
    }

    /// The value does not agree with another one; words and what is given as in [`Problems::tell`].
    #[cold]
    #[inline(never)]
    pub(crate) fn inconsistent(&mut self, path: &Path, words: &[&str; 2], given: &[&str], limit: Option<&str>) {
        self.tell("inconsistent", path, words, given, limit);
    }

    /// Puts the problems in the order of the input's fields; what is missing from the input comes last.
    pub(crate) fn sort_by_input(&mut self, fields: &[(Cow<str>, Wire)]) {
        let mut places: Vec<usize> = Vec::new();
        for issue in &self.issues {
            let top_length = issue.field.bytes().position(|byte| byte == b'.' || byte == b'[');
            let top = &issue.field.as_bytes()[..top_length.unwrap_or(issue.field.len())];
            places.push(fields.iter().position(|(name, _)| name.as_bytes() == top).unwrap_or(usize::MAX));
        }
        // Insertion: the list is short, and nearly in order.
        for end in 1..places.len() {
            let mut at = end;
            while at > 0 && places[at - 1] > places[at] {
                places.swap(at - 1, at);
                self.issues.swap(at - 1, at);
                at -= 1;
            }
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.issues.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.issues.is_empty()
    }

    /// The problems as they are.
    pub(crate) fn into_error(self) -> LoanError {
        LoanError { issues: self.issues }
    }

    /// The value, where nothing was wrong and it is there.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, LoanError> {
        match value {
            Some(value) if self.issues.is_empty() => Ok(value),
            _ if self.issues.is_empty() => {
                Err(LoanError::one("required", "", crate::error::Message::new("必填", "is required")))
            }
            _ => Err(LoanError { issues: self.issues }),
        }
    }
}

/// The name that was probably meant: at most two edits away (one for short names), letters' case apart.
pub(crate) fn closest<'n>(given: &str, names: &[&'n str]) -> Option<&'n str> {
    // A name is at most some twenty letters; a long text is no slip of the pen and not worth the table.
    if given.is_empty() || given.len() > 40 {
        return None;
    }
    let mut closest = None;
    let mut least = usize::MAX;
    for name in names {
        let distance = edit_distance(given.as_bytes(), name.as_bytes());
        if distance <= (name.len() / 3).clamp(1, 2) && distance < least {
            (closest, least) = (Some(*name), distance);
        }
    }
    closest
}

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), letters' case apart.
#[inline(never)]
fn edit_distance(a: &[u8], b: &[u8]) -> usize {
    let differ = |i: usize, j: usize| !a[i - 1].eq_ignore_ascii_case(&b[j - 1]);
    // distances[i · width + j]: from the first i letters of the one to the first j of the other.
    let width = b.len() + 1;
    let mut distances = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let at = i * width + j;
            // From nothing, every letter is an insertion.
            let mut best = i + j;
            if i > 0 && j > 0 {
                let substitution = distances[at - width - 1] + usize::from(differ(i, j));
                best = substitution.min(distances[at - width] + 1).min(distances[at - 1] + 1);
                if i > 1 && j > 1 && !differ(i, j - 1) && !differ(i - 1, j) {
                    best = best.min(distances[at - 2 * width - 2] + 1);
                }
            }
            distances[at] = best;
        }
    }
    distances[a.len() * width + b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let names = ["principal", "interest", "instalmentCount", "fees"];
        assert_eq!(closest("pricipal", &names), Some("principal"));
        assert_eq!(closest("installmentCount", &names), Some("instalmentCount"));
        assert_eq!(closest("Interest", &names), Some("interest"));
        assert_eq!(closest("fess", &names), Some("fees"));
        assert_eq!(closest("colour", &names), None);
    }

    #[test]
    fn a_path_reads_as_it_would_be_typed() {
        let fees = Path::Root.field("fees");
        let second = fees.index(1);
        let charge = second.field("charge");
        assert_eq!(charge.field("amount").text(), "fees[1].charge.amount");
    }
}
