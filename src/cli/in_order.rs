//! Work on many things at the same time, with results in the order of the things.
//!
//! Each thread takes the next thing and works on it. A result whose turn has not come is left for whoever takes the one before it, so
//! that threads seldom wait for each other, which costs more than a brief. But never more are left than there are threads: then a
//! thread does wait, and memory stays bounded. The output is the same for any number of threads.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Calls `work` for each item, on so many threads, and `take` with each result, in order. Stops at the first error. Items are asked
/// for when a thread is free, so that they may come from a file that is larger than the memory.
pub(super) fn in_order<I, R>(items: I, threads: usize, work: impl Fn(I::Item) -> R + Sync, take: impl FnMut(R) -> io::Result<()> + Send) -> io::Result<()>
where
    I: IntoIterator<IntoIter: Send>,
    R: Send,
{
    let mut take = take;
    if threads <= 1 {
        return items.into_iter().try_for_each(|item| take(work(item)));
    }
    let items = Mutex::new(items.into_iter().enumerate());
    let line = Line { state: Mutex::new(State { next: 0, left: BTreeMap::new(), ended: None, take }), most: threads, moved: Condvar::new() };
    let run = || {
        let _guard = Guard(&line);
        loop {
            let next = items.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((at, item)) = next else { return };
            if !line.pass(at, work(item)) {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
    line.state.into_inner().unwrap_or_else(PoisonError::into_inner).ended.unwrap_or(Ok(()))
}

struct State<R, F> {
    next: usize,
    /// The results whose turn has not come, by their numbers.
    left: BTreeMap<usize, R>,
    /// Set when nothing more is to be taken.
    ended: Option<io::Result<()>>,
    take: F,
}

/// Where results wait for their turn.
struct Line<R, F> {
    state: Mutex<State<R, F>>,
    /// The most results that are left.
    most: usize,
    moved: Condvar,
}

impl<R, F> Line<R, F> {
    fn lock(&self) -> MutexGuard<'_, State<R, F>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a result over, or leaves it for its turn. Says whether to go on.
    fn pass(&self, at: usize, result: R) -> bool
    where
        F: FnMut(R) -> io::Result<()>,
    {
        let mut state = self.lock();
        while state.next != at && state.left.len() >= self.most && state.ended.is_none() {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.ended.is_some() {
            return false;
        }
        let was_full = state.left.len() >= self.most;
        state.left.insert(at, result);
        let State { next, left, ended, take } = &mut *state;
        while let Some(result) = left.remove(next).filter(|_| ended.is_none()) {
            let taken = take(result);
            *next += 1;
            if taken.is_err() {
                *ended = Some(taken);
            }
        }
        // Nobody waits otherwise.
        if was_full || state.ended.is_some() {
            self.moved.notify_all();
        }
        state.ended.is_none()
    }
}

/// Lets the other threads go when one panics; else they would wait for its turn for ever.
struct Guard<'a, R, F>(&'a Line<R, F>);

impl<R, F> Drop for Guard<'_, R, F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().ended = Some(Ok(()));
            self.0.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..200).collect();
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            in_order(
                &items,
                threads,
                |item| item * 2,
                |result| {
                    taken.push(result);
                    Ok(())
                },
            )
            .unwrap();
            assert_eq!(taken, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_slow_item_holds_up_only_so_many_results() {
        const THREADS: usize = 3;
        let items: Vec<usize> = (0..200).collect();
        let done = AtomicUsize::new(0);
        let mut taken = Vec::new();
        let work = |&item: &usize| {
            // The first item is done after as many others as may be left; two more threads can hold one each.
            while item == 0 && done.load(Ordering::SeqCst) < THREADS {
                std::thread::yield_now();
            }
            done.fetch_add(1, Ordering::SeqCst);
            if item == 0 { done.load(Ordering::SeqCst) } else { item }
        };
        let take = |result| {
            taken.push(result);
            Ok(())
        };
        in_order(&items, THREADS, work, take).unwrap();
        assert!((THREADS + 1..=2 * THREADS).contains(&taken[0]), "{}", taken[0]);
        assert_eq!(taken[1..], items[1..]);
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<usize> = (0..200).collect();
        for threads in [1, 3] {
            let mut taken = 0;
            let done = in_order(
                &items,
                threads,
                |&item| item,
                |item| {
                    taken += 1;
                    if item == 5 { Err(io::Error::other("full")) } else { Ok(()) }
                },
            );
            assert!(done.is_err());
            assert_eq!(taken, 6);
        }
    }
}
