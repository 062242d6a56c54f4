//! What is said of records that are true and unusual, for each kind.

use sample::damage::Ground;
use sample::unusual::{self, UnusualKind};
use standard::quality::Unusual;
use standard::{Finding, Level};

use crate::trial::Trial;

/// What is said of the records of one kind in one edition.
pub struct Verdict {
    pub counts: Unusual,
    /// Findings that the clean records do not have, wherever they stand.
    pub findings: Vec<Finding>,
}

/// Puts all records of a kind into the book and returns the new findings.
pub fn judge(trial: &Trial, ground: &Ground, kind: &UnusualKind, seed: u64) -> Verdict {
    let changes = unusual::records(ground, kind, seed);
    let findings = if changes.is_empty() { Vec::new() } else { trial.with_changes(&changes) };
    let at = |level| findings.iter().filter(|finding| finding.level == level).count();
    let counts = Unusual {
        id: kind.id.into(),
        zh: kind.zh.into(),
        en: kind.en.into(),
        what: kind.what.into(),
        asked: kind.asked.into(),
        records: changes.len(),
        mandatory: at(Level::Mandatory),
        confirm: at(Level::Confirm),
        hint: at(Level::Hint),
    };
    Verdict { counts, findings }
}
