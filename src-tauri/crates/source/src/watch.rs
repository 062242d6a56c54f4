//! How long a database may take, and whether the clerk has cancelled.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::SourceError;

/// Time between two checks of the clerk's flag.
pub(crate) const LOOK: Duration = Duration::from_millis(100);

/// Longest time to wait for a connection.
pub(crate) const CONNECT: Duration = Duration::from_secs(15);

/// Time that a server gets to stop a query that is given up.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(3);

/// Ends the waiting for a database after a time limit, or when the clerk cancels. Time spent on handling the rows does
/// not count.
pub struct Watch {
    limit: Duration,
    left: Duration,
    stop: Arc<AtomicBool>,
}

impl Watch {
    /// A watch that ends after `limit`, or as soon as `stop` is set.
    pub fn new(limit: Duration, stop: Arc<AtomicBool>) -> Watch {
        Watch { limit, left: limit, stop }
    }

    /// The rest of the time limit.
    pub(crate) fn left(&self) -> Duration {
        self.left
    }

    /// The clerk's flag.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        self.stop.clone()
    }

    /// `Cancelled` once the clerk has cancelled.
    pub(crate) fn go_on(&self) -> Result<(), SourceError> {
        if self.stop.load(Ordering::Relaxed) { Err(SourceError::Cancelled) } else { Ok(()) }
    }

    /// The error for a database that took too long.
    pub(crate) fn too_long(&self) -> SourceError {
        SourceError::TimeLimit { seconds: self.limit.as_secs() }
    }

    /// Counts time that was waited elsewhere.
    pub(crate) fn waited(&mut self, time: Duration) -> Result<(), SourceError> {
        self.left = self.left.saturating_sub(time);
        if self.left.is_zero() { Err(self.too_long()) } else { self.go_on() }
    }

    /// Waits for `work`, at most for the rest of the time limit.
    pub(crate) async fn wait<T>(&mut self, work: impl Future<Output = T>) -> Result<T, SourceError> {
        let mut work = pin!(work);
        loop {
            let begun = Instant::now();
            let done = tokio::time::timeout(LOOK.min(self.left), work.as_mut()).await;
            match done {
                Ok(done) => {
                    self.left = self.left.saturating_sub(begun.elapsed());
                    return Ok(done);
                }
                Err(_) => self.waited(begun.elapsed())?,
            }
        }
    }

    /// Waits for a connection, at most [`CONNECT`].
    pub(crate) async fn connected<T>(&mut self, place: &str, work: impl Future<Output = T>) -> Result<T, SourceError> {
        let seconds = CONNECT.min(self.left);
        let no_answer = SourceError::NoAnswer { place: place.to_owned(), seconds: seconds.as_secs() };
        self.wait(tokio::time::timeout(seconds, work))
            .await
            .map_err(|error| match error {
                SourceError::TimeLimit { .. } => no_answer.clone(),
                other => other,
            })?
            .map_err(|_| no_answer)
    }
}

/// The asynchronous runtime in which one query runs.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, SourceError> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|_| SourceError::NoRuntime)
}
