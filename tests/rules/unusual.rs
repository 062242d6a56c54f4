//! What is said of records that are true and unusual, for each kind.

use sample::damage::Ground;
use sample::unusual::{self, UnusualKind};
use standard::Finding;

use crate::trial::Trial;

/// What is said of the records of one kind in one edition.
#[derive(Default)]
pub struct Verdict {
    /// Records that were changed or added.
    pub records: usize,
    /// Findings that the clean records do not have, wherever they stand.
    pub findings: Vec<Finding>,
}

/// Puts the records of a kind into the book together and answers what is new.
pub fn judge(trial: &Trial, ground: &Ground, kind: &UnusualKind, seed: u64) -> Verdict {
    let changes = unusual::records(ground, kind, seed);
    let records = changes.len();
    let findings = if changes.is_empty() { Vec::new() } else { trial.with_changes(&changes) };
    Verdict { records, findings }
}
