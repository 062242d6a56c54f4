//! Writes the log of the open book into its file when there was no change for a second. Copies of the file alone, made
//! by hand or by a program that synchronises folders, then have what was saved before.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The time without a change after which the log is written into the file.
const QUIET: Duration = Duration::from_secs(1);

/// Is told of changes, and writes the log into the file on a thread of its own.
pub(crate) struct Folding {
    changes: Mutex<Sender<()>>,
    at_work: Mutex<()>,
}

impl Folding {
    /// The folding of a desk, and what [`Folding::start`] takes.
    pub fn new() -> (Folding, Receiver<()>) {
        let (changes, heard) = channel();
        (Folding { changes: Mutex::new(changes), at_work: Mutex::default() }, heard)
    }

    /// Starts the thread. After each group of changes it calls `fold`, until that returns `Break`, because the program
    /// has ended.
    pub fn start(heard: Receiver<()>, fold: impl Fn() -> ControlFlow<()> + Send + 'static) {
        let run = move || {
            while heard.recv().is_ok() {
                while heard.recv_timeout(QUIET).is_ok() {}
                if fold().is_break() {
                    return;
                }
            }
        };
        // Without the thread the log is folded when the book is closed.
        let _ = std::thread::Builder::new().name("folding".to_owned()).spawn(run);
    }

    /// Notes a change of the open book.
    pub fn hear(&self) {
        let _ = locked(&self.changes).send(());
    }

    /// While this is held, no log is being folded and no book is borrowed for it.
    pub fn pause(&self) -> MutexGuard<'_, ()> {
        locked(&self.at_work)
    }
}

/// Locks, also after a panic of another thread: the values are valid at any moment.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Instant;

    use store::{Book, BookKey};

    use super::super::api::Changed;
    use super::super::fixture::desk_with_book;
    use super::*;

    /// Whether a copy of the file alone has the setting.
    fn copy_has_it(path: &std::path::Path, edition: &Arc<standard::Edition>) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.tianbao");
        std::fs::copy(path, &copy).unwrap();
        Book::open(&copy, &BookKey::new([7; 32]), |_| Some(edition.clone()))
            .is_ok_and(|book| book.setting("remark").unwrap().is_some())
    }

    #[test]
    fn a_copy_of_the_file_alone_soon_has_what_was_saved() {
        let home = tempfile::tempdir().unwrap();
        let (desk, open) = desk_with_book(home.path());
        let (path, edition) = (open.path.clone(), open.base.clone());
        // The first change of a session is folded at once; the second stays in the log.
        open.book.set_setting("first", &true.into()).unwrap();
        open.book.set_setting("remark", &true.into()).unwrap();
        assert!(!copy_has_it(&path, &edition));
        desk.book.replace(Some(open));
        desk.tell(Changed::Book);
        let until = Instant::now() + Duration::from_secs(60);
        while !copy_has_it(&path, &edition) {
            assert!(Instant::now() < until, "the log was not folded");
            std::thread::yield_now();
        }
    }
}
