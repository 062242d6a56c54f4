//! Work that goes on after its call was answered. It makes way at once for a call that needs the book to itself.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::jobs::Flag;

/// At most one work at a time, and the flag that ends it.
#[derive(Default)]
pub(crate) struct Background {
    stop: Flag,
    at_work: Mutex<()>,
}

impl Background {
    /// Runs `work` unless other work runs already or the book is needed alone. `work` looks at the flag and ends soon
    /// after it was set.
    pub fn run(&self, work: impl FnOnce(&Flag)) {
        if let Ok(_held) = self.at_work.try_lock() {
            work(&self.stop);
        }
    }

    /// Stops the work that runs. While this is held, none begins and the book is not borrowed for any.
    pub fn pause(&self) -> MutexGuard<'_, ()> {
        self.stop.store(true, Ordering::Relaxed);
        let held = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        self.stop.store(false, Ordering::Relaxed);
        held
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_pause_ends_the_work_and_lets_none_begin() {
        let background = Background::default();
        let (begun, has_begun) = channel();
        std::thread::scope(|scope| {
            let at_work = scope.spawn(|| {
                background.run(|stop| {
                    begun.send(()).unwrap();
                    while !stop.load(Ordering::Relaxed) {
                        std::thread::yield_now();
                    }
                });
            });
            has_begun.recv().unwrap();
            let held = background.pause();
            at_work.join().unwrap();
            background.run(|_| panic!("it is paused"));
            drop(held);
        });
        let mut ran = false;
        background.run(|stop| ran = !stop.load(Ordering::Relaxed));
        assert!(ran);
    }
}
