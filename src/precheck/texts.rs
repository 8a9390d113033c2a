//! Texts, each kept once and known by its number, so that values are plain data and compare in a moment.

use super::value::Value;

/// The texts of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    list: Vec<Box<str>>,
    /// A table of numbers plus one by the texts' hashes; 0 where none is. Its length is a power of two.
    slots: Vec<u32>,
}

/// FNV-1a; a policy's texts are the lender's own, so nobody gains by collisions, and the number of texts is bounded.
fn hash(text: &str) -> usize {
    let mut hash = 0x811c_9dc5_u32;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash as usize
}

impl Texts {
    /// The slot of the text, or the empty one where it would be.
    fn slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(text) & mask;
        while self.slots[slot] != 0 && *self.list[self.slots[slot] as usize - 1] != *text {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The number of a text, which is kept if it is new.
    #[inline(never)]
    pub(crate) fn keep(&mut self, text: &str) -> u32 {
        if 2 * (self.list.len() + 1) > self.slots.len() {
            self.slots = vec![0; (2 * self.slots.len()).max(64)];
            for number in 0..self.list.len() {
                let slot = self.slot(&self.list[number]);
                self.slots[slot] = number as u32 + 1;
            }
        }
        let slot = self.slot(text);
        if self.slots[slot] == 0 {
            self.list.push(text.into());
            self.slots[slot] = self.list.len() as u32;
        }
        self.slots[slot] - 1
    }

    /// The number of a text that is kept.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        if self.slots.is_empty() { None } else { self.slots[self.slot(text)].checked_sub(1) }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }
}

/// Where values can be looked up for people: the policy's texts, and what a request has besides.
#[derive(Clone, Copy)]
pub(crate) struct Book<'b> {
    pub texts: &'b Texts,
    /// Texts of facts that the policy does not mention; their numbers follow those of the policy.
    pub more: &'b [&'b str],
    /// Lists of facts, then those of decisions.
    pub lists: [&'b [Vec<Value>]; 2],
}

impl<'b> Book<'b> {
    /// A policy's own.
    pub(crate) fn of(texts: &'b Texts) -> Book<'b> {
        Book { texts, more: &[], lists: [&[], &[]] }
    }

    pub(crate) fn text(&self, number: u32) -> &'b str {
        let number = number as usize;
        match self.texts.list.get(number) {
            Some(text) => text,
            None => self.more.get(number - self.texts.list.len()).copied().unwrap_or_default(),
        }
    }

    pub(crate) fn list(&self, number: u32) -> &'b [Value] {
        let number = number as usize;
        let [facts, decisions] = self.lists;
        match facts.get(number) {
            Some(list) => list,
            None => decisions.get(number - facts.len()).map_or(&[], Vec::as_slice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number() {
        let mut texts = Texts::default();
        assert_eq!(texts.find("x"), None);
        for round in 0..2 {
            for number in 0..1_000 {
                assert_eq!(texts.keep(&format!("text {number}")), number, "round {round}");
            }
        }
        assert_eq!((texts.len(), texts.find("text 999"), texts.find("text 1000")), (1_000, Some(999), None));
        assert_eq!(Book::of(&texts).text(7), "text 7");
    }
}
