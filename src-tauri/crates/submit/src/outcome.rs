//! What became of one submission.

use crate::error::SubmitError;

/// The outcome of one submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmissionOutcome {
    /// The receiver took it.
    Accepted {
        /// The time in the reply, by which its result is found.
        time: String,
        /// Rows that the receiver counted; most receivers do not say.
        size: Option<u64>,
    },
    /// The receiver refused it.
    Refused(SubmitError),
    /// The receiver refused it with words about the time, and its replies show another time than this PC's clock. The
    /// next attempt carries this PC's time, and its outcome shows which of the two is wrong.
    Doubted(SubmitError),
    /// The receiver does not take so many rows at once; none was taken.
    TooLarge,
    /// It certainly did not arrive.
    NotSent(SubmitError),
    /// It may have arrived or not.
    Unknown(SubmitError),
}
