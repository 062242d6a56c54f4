//! Having the open book to oneself, for the few changes that everybody else must not see half done.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use crate::Desk;
use crate::session::api::CallError;
use crate::session::open_book::Open;

/// How long others may take to finish.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(5);

impl Desk {
    /// Runs `work` on the open book when no other call has it. Calls that begin meanwhile wait until it is done, so
    /// `work` must not ask for the open book itself. `book.busy` where others do not finish in time.
    pub(crate) fn alone<T>(&self, work: impl FnOnce(&mut Open) -> Result<T, CallError>) -> Result<T, CallError> {
        let until = Instant::now() + PATIENCE;
        loop {
            {
                let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
                let shared = open.as_mut().ok_or_else(|| CallError::new("book.none-open"))?;
                if let Some(alone) = Arc::get_mut(shared) {
                    return work(alone);
                }
            }
            if Instant::now() >= until {
                return Err(CallError::new("book.busy"));
            }
            // Nobody tells when the last call lets go of the book.
            std::thread::sleep(PAUSE);
        }
    }
}
