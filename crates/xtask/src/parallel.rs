//! Independent jobs on all cores, results in the order of the input.

use std::sync::Mutex;
use std::thread;

/// `job` of every item, as many at once as there are cores.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = Mutex::new(items.iter().enumerate());
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let take = || next.lock().ok().and_then(|mut items| items.next());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((place, item)) = take() {
                    let result = job(item);
                    if let Ok(mut done) = done.lock() {
                        done.push((place, result));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_the_order() {
        let squares = super::map(&(0..100).collect::<Vec<u64>>(), |n| n * n);
        assert_eq!(squares, (0..100).map(|n| n * n).collect::<Vec<u64>>());
    }
}
