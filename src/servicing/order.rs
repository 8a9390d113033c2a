//! One way to sort for everything here: indices by a number each. A sort of the standard library is compiled anew for
//! every type it sorts, some kilobytes each time.

/// The indices of `keys` in ascending order of the keys; equal ones in the order given. Merges runs of doubling length.
pub(crate) fn ascending(keys: &[u64]) -> Vec<usize> {
    let count = keys.len();
    let mut order: Vec<usize> = (0..count).collect();
    let mut merged = order.clone();
    let mut width = 1;
    while width < count {
        merge_runs(keys, &order, &mut merged, width);
        core::mem::swap(&mut order, &mut merged);
        width *= 2;
    }
    order
}

fn merge_runs(keys: &[u64], order: &[usize], merged: &mut [usize], width: usize) {
    let count = order.len();
    let mut start = 0;
    while start < count {
        let (middle, end) = ((start + width).min(count), (start + 2 * width).min(count));
        let (mut left, mut right) = (start, middle);
        for slot in &mut merged[start..end] {
            let takes_left = left < middle && (right == end || keys[order[left]] <= keys[order[right]]);
            let from = if takes_left { &mut left } else { &mut right };
            *slot = order[*from];
            *from += 1;
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let mut seed = 7u64;
        for count in 0..70 {
            let keys: Vec<u64> = (0..count)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (seed >> 33) % 9
                })
                .collect();
            let mut expected: Vec<usize> = (0..keys.len()).collect();
            expected.sort_by_key(|index| keys[*index]);
            assert_eq!(ascending(&keys), expected, "{keys:?}");
        }
    }
}
