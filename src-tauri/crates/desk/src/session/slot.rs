//! Holds the open book: many calls borrow it at the same time, and a few changes need it alone.

use std::ops::Deref;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::api::CallError;
use super::open_book::OpenBook;

/// How long a change that needs the book to itself waits for other calls to finish.
const PATIENCE: Duration = Duration::from_secs(10);

/// Holds at most one open book.
#[derive(Default)]
pub(crate) struct BookSlot(Arc<Shared>);

#[derive(Default)]
struct Shared {
    book: Mutex<Option<Arc<OpenBook>>>,
    /// Signalled whenever a call has given the book back.
    returned: Condvar,
}

impl Shared {
    /// Locks, also after a panic of another thread: the value is valid at any moment.
    fn book(&self) -> MutexGuard<'_, Option<Arc<OpenBook>>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The open book, borrowed for one call.
pub(crate) struct BorrowedBook {
    // Fields are dropped in this order: the book is returned before other threads are signalled.
    book: Arc<OpenBook>,
    _signal: SignalReturn,
}

impl Deref for BorrowedBook {
    type Target = OpenBook;

    fn deref(&self) -> &OpenBook {
        &self.book
    }
}

struct SignalReturn(Arc<Shared>);

impl Drop for SignalReturn {
    fn drop(&mut self) {
        // The lock is taken so that no other thread is between checking the book and waiting for the signal; it would
        // miss the signal.
        drop(self.0.book());
        self.0.returned.notify_all();
    }
}

impl BookSlot {
    /// The open book, or `book.none-open`. Waits while another call has it to itself.
    pub fn borrow(&self) -> Result<BorrowedBook, CallError> {
        let book = self.0.book().clone().ok_or_else(|| CallError::new("book.none-open"))?;
        Ok(BorrowedBook { book, _signal: SignalReturn(self.0.clone()) })
    }

    /// Puts a book into the slot, or empties it. The book that was there is returned if no call uses it any more;
    /// otherwise it is closed when the last of these calls ends.
    pub fn replace(&self, book: Option<OpenBook>) -> Option<OpenBook> {
        let before = std::mem::replace(&mut *self.0.book(), book.map(Arc::new));
        before.and_then(Arc::into_inner)
    }

    /// Runs `work` on the open book while no other call has it. Calls that begin meanwhile wait until it is done, so
    /// `work` must not borrow the book from the slot. `book.busy` where the others do not finish within ten seconds.
    pub fn alone<T>(&self, work: impl FnOnce(&mut OpenBook) -> Result<T, CallError>) -> Result<T, CallError> {
        let until = Instant::now() + PATIENCE;
        let mut book = self.0.book();
        loop {
            let shared = book.as_mut().ok_or_else(|| CallError::new("book.none-open"))?;
            if let Some(alone) = Arc::get_mut(shared) {
                // The values of rooms were made for the book as it was before `work`.
                alone.extensions.clear();
                return work(alone);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(CallError::new("book.busy"));
            }
            book = self.0.returned.wait_timeout(book, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
