//! The fields of one object of a policy, each read by a call of its own: one copy of every check in the wasm.

use crate::date::CivilDate;
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read;
use crate::wire::Wire;

/// The fields that were given, unknown ones told of.
pub(super) struct Fields<'w, 'p> {
    given: Vec<(&'w str, &'w Wire<'w>)>,
    /// Where the object itself stands.
    pub whole: &'p Path<'p>,
}

impl<'w, 'p> Fields<'w, 'p> {
    #[inline(never)]
    pub(super) fn of(wire: &'w Wire, path: &'p Path<'p>, shape: &Shape, problems: &mut Problems) -> Option<Self> {
        read::object(wire, path, shape, problems).map(|given| Fields { given, whole: path })
    }

    #[inline(never)]
    pub(super) fn get(&self, name: &str) -> Option<&'w Wire<'w>> {
        for (field, value) in &self.given {
            if *field == name {
                return Some(value);
            }
        }
        None
    }

    pub(super) fn path(&self, name: &'p str) -> Path<'p> {
        self.whole.field(name)
    }

    #[inline(never)]
    pub(super) fn text(&self, name: &str, problems: &mut Problems) -> Option<&'w str> {
        read::text(self.get(name)?, &self.whole.field(name), problems)
    }

    #[inline(never)]
    pub(super) fn label(&self, name: &str, problems: &mut Problems) -> Option<String> {
        read::label(self.get(name)?, &self.whole.field(name), problems)
    }

    /// False where it is not given.
    #[inline(never)]
    pub(super) fn boolean(&self, name: &str, problems: &mut Problems) -> bool {
        let given = self.get(name).and_then(|wire| read::boolean(wire, &self.whole.field(name), problems));
        given == Some(true)
    }

    #[inline(never)]
    pub(super) fn day(&self, name: &str, problems: &mut Problems) -> Option<CivilDate> {
        read::day(self.get(name)?, &self.whole.field(name), problems)
    }

    /// The place of the value among these names.
    #[inline(never)]
    pub(super) fn one_of(&self, name: &str, names: &[&str], problems: &mut Problems) -> Option<usize> {
        let path = self.whole.field(name);
        let value = read::text(self.get(name)?, &path, problems)?;
        let place = names.iter().position(|known| *known == value);
        if place.is_none() {
            problems.not_one_of(&path, value, names);
        }
        place
    }

    /// The items of a list; none where it is wrong or not there.
    #[inline(never)]
    pub(super) fn list(&self, name: &str, count_max: usize, problems: &mut Problems) -> &'w [Wire<'w>] {
        match self.get(name) {
            Some(wire) => read::list(wire, &self.whole.field(name), count_max, problems).unwrap_or_default(),
            None => &[],
        }
    }

    /// A list with at least one item.
    #[inline(never)]
    pub(super) fn filled_list(&self, name: &str, count_max: usize, problems: &mut Problems) -> Option<&'w [Wire<'w>]> {
        let path = self.whole.field(name);
        let items = read::list(self.get(name)?, &path, count_max, problems)?;
        if items.is_empty() {
            problems.required(&path);
            return None;
        }
        Some(items)
    }
}
