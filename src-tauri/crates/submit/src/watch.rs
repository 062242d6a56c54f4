//! The progress of a run of requests, and the reasons to end it early.

use std::time::Duration;

use protocol::Options;

use crate::error::SubmitError;

/// The progress of a run in rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Rows sent in this run.
    pub rows: u64,
    /// Rows that were waiting when the run began.
    pub of: u64,
    /// Table of the delivery that is next.
    pub table: String,
}

/// Callbacks that get the progress of a run and can end it between two requests.
pub struct Watch<'a> {
    /// Is called before each delivery.
    pub progress: &'a mut (dyn FnMut(Progress) + Send),
    /// Is called between two requests; true ends the run.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Is called between two requests; true ends the run until someone resumes it.
    pub paused: &'a dyn Fn() -> bool,
}

impl Watch<'_> {
    pub(crate) fn check(&self) -> Result<(), Stop> {
        match ((self.cancelled)(), (self.paused)()) {
            (true, _) => Err(Stop::Cancelled),
            (false, true) => Err(Stop::Paused),
            (false, false) => Ok(()),
        }
    }

    /// Waits for the pause between two requests that the connection sets.
    pub(crate) async fn pause(&self, options: &Options) -> Result<(), Stop> {
        let mut left = Duration::from_millis(options.pause_ms.into());
        while !left.is_zero() {
            let part = left.min(Duration::from_millis(100));
            tokio::time::sleep(part).await;
            left -= part;
            self.check()?;
        }
        Ok(())
    }
}

/// Why a run left something unsent or unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// [`Watch::cancelled`] returned true.
    Cancelled,
    /// [`Watch::paused`] returned true.
    Paused,
    /// The network or the receiver failed.
    Failed(SubmitError),
}
