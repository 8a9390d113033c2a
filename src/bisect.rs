//! The border between amounts for which something holds and those for which it fails, found by halving.

use crate::terms::AMOUNT_MAX;

/// Holds at `low`, fails at `high`: the last number before it fails.
#[inline(never)]
pub(crate) fn between(mut low: i64, mut high: i64, holds: &mut dyn FnMut(i64) -> bool) -> i64 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// The largest amount from `holding` up for which it holds, if it holds there and, once it fails, fails for good.
#[inline(never)]
pub(crate) fn largest(holding: i64, holds: &mut dyn FnMut(i64) -> bool) -> i64 {
    let (mut low, mut step) = (holding, 1);
    while low < AMOUNT_MAX && holds((low + step).min(AMOUNT_MAX)) {
        low = (low + step).min(AMOUNT_MAX);
        step *= 2;
    }
    if low == AMOUNT_MAX {
        return low;
    }
    between(low, (low + step).min(AMOUNT_MAX), holds)
}

/// The first number from 1 for which it holds, if it holds for all that follow; one past the last if there is none.
pub(crate) fn first(last: i64, mut holds: impl FnMut(i64) -> bool) -> i64 {
    between(0, last + 1, &mut |number| !holds(number)) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_at_either_end_and_between() {
        for border in [1, 2, 3, 7, 99, 100, 101] {
            assert_eq!(first(100, |number| number >= border), border);
            assert_eq!(between(0, 101, &mut |number| number < border), border - 1);
            assert_eq!(largest(0, &mut |number| number < border), border - 1);
        }
        assert_eq!(largest(5, &mut |_| true), AMOUNT_MAX);
    }
}
