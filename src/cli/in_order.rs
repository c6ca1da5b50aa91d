//! Work on many things at the same time, with results in the order of the things.
//!
//! Each thread takes the next thing, works on it, and waits until the results before it have been taken. So never more results are
//! held than there are threads, and the output is the same for any number of them.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Calls `work` for each item, on so many threads, and `take` with each result, in order. Stops at the first error.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
    take: impl FnMut(R) -> io::Result<()> + Send,
) -> io::Result<()> {
    let mut take = take;
    if threads <= 1 {
        return items.iter().try_for_each(|item| take(work(item)));
    }
    let next_item = AtomicUsize::new(0);
    let line = Line { state: Mutex::new(State { next: 0, ended: None, take }), moved: Condvar::new() };
    let run = || {
        let _guard = Guard(&line);
        loop {
            let at = next_item.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return };
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

struct State<F> {
    next: usize,
    /// Set when nothing more is to be taken.
    ended: Option<io::Result<()>>,
    take: F,
}

/// Where results wait for their turn.
struct Line<F> {
    state: Mutex<State<F>>,
    moved: Condvar,
}

impl<F> Line<F> {
    fn lock(&self) -> MutexGuard<'_, State<F>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a result over when it is its turn. Says whether to go on.
    fn pass<R>(&self, at: usize, result: R) -> bool
    where
        F: FnMut(R) -> io::Result<()>,
    {
        let mut state = self.lock();
        while state.next != at && state.ended.is_none() {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.ended.is_some() {
            return false;
        }
        let taken = (state.take)(result);
        state.next += 1;
        if taken.is_err() {
            state.ended = Some(taken);
        }
        self.moved.notify_all();
        state.ended.is_none()
    }
}

/// Lets the other threads go when one panics; else they would wait for its turn for ever.
struct Guard<'a, F>(&'a Line<F>);

impl<F> Drop for Guard<'_, F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().ended = Some(Ok(()));
            self.0.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
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
