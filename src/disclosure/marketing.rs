//! Marketing text against China's rules on the day (营销宣传用语检查): words that may not be used, and a daily or monthly
//! rate that is set above the annual one. What is found is pointed at; nothing is judged.

use crate::date::CivilDate;
use crate::json::Json;
use crate::rules::{Content, Regime, Rule, RuleBook};

/// A rate's figure stands at most so many characters behind its word: "日利率（按单利计算）低至 0.02%".
const FIGURE_DISTANCE_MAX: usize = 24;

/// A phrase that a rule points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// As it stands in the text.
    pub phrase: String,
    /// Where it starts, in UTF-16 units, as JavaScript counts.
    pub start: usize,
    /// The rule's title, in Chinese.
    pub legal_basis: &'static str,
}

/// Everything that the rules in force on that day point at, in the order of the text.
///
/// ```
/// use clearloan::{date, disclosure::check_marketing};
/// let day = date::parse("2026-11-24").unwrap();
/// let found = check_marketing("📣 秒到账！日利率0.02%，年化利率（单利）7.2%", day);
/// assert_eq!((found[0].phrase.as_str(), found[0].start), ("秒到账", 3));
/// assert_eq!((found[1].phrase.as_str(), found[1].start), ("日利率0.02%", 7));
/// ```
#[must_use]
pub fn check_marketing(text: &str, on: CivilDate) -> Vec<Finding> {
    let original: Vec<char> = text.chars().collect();
    // Full-width signs are the same signs: ０．０２％. Each stays one character, so that places do not move.
    let letters: Vec<char> = original.iter().map(|letter| half_width(*letter)).collect();
    let mut places: Vec<(&Rule<'static>, usize, usize)> = Vec::new();
    let rules = RuleBook::default();
    for rule in rules.in_force(Regime::China, on) {
        let found = match rule.content {
            Content::BannedWords(words) => occurrences(&letters, words),
            Content::RateOrder { short, annual } => rates_above_annual(&letters, short, annual),
            _ => continue,
        };
        for (start, end) in found {
            let at = places.iter().position(|(_, other, _)| *other > start).unwrap_or(places.len());
            places.insert(at, (rule, start, end));
        }
    }
    places
        .into_iter()
        .map(|(rule, start, end)| Finding {
            code: rule.code,
            phrase: original[start..end].iter().collect(),
            start: original[..start].iter().map(|letter| letter.len_utf16()).sum(),
            legal_basis: rule.words[0],
        })
        .collect()
}

/// Writes the findings as the contract has them.
pub(super) fn write(findings: &[Finding], json: &mut Json) {
    json.array(|json| {
        for finding in findings {
            json.item().object(|json| {
                json.field("code").text(finding.code);
                json.field("legalBasis").text(finding.legal_basis);
                json.field("phrase").text(&finding.phrase);
                json.field("start").integer(finding.start as i64);
            });
        }
    });
}

/// Where words of a list stand: from, to. Of words that begin at one place the longest counts; none is told twice.
fn occurrences(letters: &[char], list: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < letters.len() {
        let ends = list.split('|').filter_map(|entry| {
            let (word, not_after) = entry.split_once('<').unwrap_or((entry, ""));
            let is_meant = start == 0 || !holds(not_after, letters[start - 1]);
            if is_meant { match_end(&letters[start..], word) } else { None }
        });
        match ends.max() {
            Some(length) => {
                found.push((start, start + length));
                start += length;
            }
            None => start += 1,
        }
    }
    found
}

/// How many letters the word takes at their beginning. Letters' case does not matter, nor what is put between the word's
/// characters to hide it: blanks, characters without width, a few marks.
fn match_end(letters: &[char], word: &str) -> Option<usize> {
    let mut taken = 0;
    for (index, wanted) in word.chars().enumerate() {
        while index > 0 && letters.get(taken).is_some_and(|letter| *letter != wanted && is_filler(*letter)) {
            taken += 1;
        }
        if !letters.get(taken)?.eq_ignore_ascii_case(&wanted) {
            return None;
        }
        taken += 1;
    }
    Some(taken)
}

/// Blanks, characters without width, marks, and pictures: arrows to dingbats, emojis and what selects their look.
fn is_filler(letter: char) -> bool {
    matches!(letter, ' ' | '\u{3000}' | '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || matches!(
            letter,
            '*' | '·' | '•' | '_' | '-' | '~' | '.' | '/' | '|' | '丨' | '^' | '+' | '=' | '\'' | '…' | '—'
        )
        || matches!(letter, '\u{2190}'..='\u{2bff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// ＡＰＲ０％ and the like as APR0%.
fn half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// Rates of less than a year, each with its figure, before which no annual rate with a figure stands.
fn rates_above_annual(letters: &[char], short: &str, annual: &str) -> Vec<(usize, usize)> {
    let (short, annual) = (occurrences(letters, short), occurrences(letters, annual));
    // 年化日利率 or 日利率年化 is one rate: a figure belongs to the last word before it.
    let next_word = |end: usize| {
        short
            .iter()
            .chain(&annual)
            .map(|(start, _)| *start)
            .filter(|start| *start >= end && letters[*start] != '%')
            .min()
            .unwrap_or(letters.len())
    };
    let with_figure = |&(start, end): &(usize, usize)| match letters[start] {
        // 0.02%/日 has its figure before it.
        '%' => Some((figure_start(&letters[..start])?, end)),
        _ => figure_end(&letters[end..next_word(end)]).map(|length| (start, end + length)),
    };
    let first_annual = annual.iter().filter_map(with_figure).map(|(start, _)| start).min().unwrap_or(letters.len());
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (start, end) in short.iter().filter_map(with_figure).filter(|(start, _)| *start < first_annual) {
        // 日利率0.02%/日 is one rate.
        match found.last_mut() {
            Some((_, last)) if start < *last => *last = end.max(*last),
            _ => found.push((start, end)),
        }
    }
    found
}

/// Where the number begins with which these letters end.
fn figure_start(letters: &[char]) -> Option<usize> {
    let blanks = letters.iter().rev().take_while(|letter| matches!(letter, ' ' | '\u{a0}')).count();
    let number = &letters[..letters.len() - blanks];
    let digits = number.iter().rev().take_while(|letter| letter.is_ascii_digit() || **letter == '.').count();
    (digits > 0).then_some(number.len() - digits)
}

/// Where the figure of a rate ends that begins these letters: behind what may stand between, such as "（单利）" or "低至", and
/// before any stop. A percentage, a share of a thousand or ten thousand, or 厘 and 分 of a yuan.
fn figure_end(letters: &[char]) -> Option<usize> {
    let mut depth = 0_u32;
    let mut index = 0;
    while index < letters.len().min(FIGURE_DISTANCE_MAX) {
        match letters[index] {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | '。' | ';' | '!' | '?' | '\n' if depth == 0 => return None,
            letter if letter.is_ascii_digit() && depth == 0 => return Some(end_of_figure(letters, index)),
            _ if depth == 0 => {
                for share in ["万分之", "千分之", "百分之", "万"] {
                    if let Some(length) = match_end(&letters[index..], share)
                        && letters
                            .get(index + length)
                            .is_some_and(|letter| is_chinese_digit(*letter) || letter.is_ascii_digit())
                    {
                        return Some(end_of_figure(letters, index + length));
                    }
                }
                // 五元, 三厘; a number of something else is no figure of a rate.
                let end = end_of_figure(letters, index);
                if is_chinese_digit(letters[index]) && holds(UNITS_OF_MONEY, letters[end - 1]) {
                    return Some(end);
                }
            }
            _ => {}
        }
        index += 1;
    }
    None
}

fn end_of_figure(letters: &[char], start: usize) -> usize {
    let is_part = |letter: char| letter.is_ascii_digit() || is_chinese_digit(letter) || matches!(letter, '.' | '点');
    let mut end = start + letters[start..].iter().take_while(|letter| is_part(**letter)).count();
    end += letters[end..].iter().take_while(|letter| matches!(letter, ' ' | '\u{a0}')).count();
    if letters.get(end).is_some_and(|letter| matches!(letter, '%' | '‰') || holds(UNITS_OF_MONEY, *letter)) {
        end += 1;
    } else {
        // No unit follows: the blanks behind the number are not its own.
        while end > start && matches!(letters[end - 1], ' ' | '\u{a0}') {
            end -= 1;
        }
    }
    end
}

const UNITS_OF_MONEY: &str = "元块角毛分厘";

fn is_chinese_digit(letter: char) -> bool {
    holds("零一二两三四五六七八九十", letter)
}

/// Not by `contains`, which brings a search for texts with it.
fn holds(letters: &str, wanted: char) -> bool {
    letters.chars().any(|letter| letter == wanted)
}
