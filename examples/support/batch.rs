//! Many independent calls at once, on all cores: for the server's batches and for the bench that measures them.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Items that a thread takes at a time: few enough that all finish together, enough that taking costs nothing.
const TAKEN_AT_ONCE: usize = 16;

/// `make` of each item, in the items' order.
pub fn map<T: Sync, R: Send>(items: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(items.len().div_ceil(TAKEN_AT_ONCE));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let start = next.fetch_add(TAKEN_AT_ONCE, Ordering::Relaxed);
            let Some(rest) = items.get(start..) else { return made };
            made.extend(rest.iter().take(TAKEN_AT_ONCE).enumerate().map(|(offset, item)| (start + offset, make(item))));
        }
    };
    let mut parts = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut parts = work();
        // A thread that panicked leaves gaps, which the check below turns into a panic of the caller's own.
        others.into_iter().filter_map(|other| other.join().ok()).for_each(|part| parts.extend(part));
        parts
    });
    assert_eq!(parts.len(), items.len(), "every item was made");
    parts.sort_unstable_by_key(|(index, _)| *index);
    parts.into_iter().map(|(_, made)| made).collect()
}
