//! Records that are true and unusual, made from those of the sample college: the measure of how often the checks accuse
//! an honest college.
//!
//! An [`UnusualKind`] changes a few records, or adds some, and whatever belongs to them, so that everything still
//! agrees. The records that were wrongly judged in a review of all rules are here. The result depends on the edition,
//! the kind and the seed only.
//!
//! | module | what is unusual |
//! | --- | --- |
//! | `times` | terms, days and clocks |
//! | `people` | names, students, attendance |
//! | `money` | signs, zeros, equal amounts |
//! | `teaching` | courses, lessons, books, rooms |
//! | `school` | the school, its places and partners |

mod case;
mod money;
mod people;
mod school;
mod teaching;
mod times;

use standard::cell::Values;

use crate::damage::Ground;
use case::Case;

/// One kind of true but unusual record.
pub struct UnusualKind {
    /// Name for programs, such as `summer-term`.
    pub id: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// What is so, in Chinese.
    pub what: &'static str,
    /// Why it is right that the program asks to confirm it, in Chinese; empty where it should ask nothing.
    pub asked: &'static str,
    make: fn(&mut Case<'_>),
}

/// A record that is changed or added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Name of the table.
    pub table: String,
    /// Index of the record among [`crate::rows`] of the table; absent for one that is added.
    pub row: Option<usize>,
    /// Its values in the order of the fields, as they are afterwards.
    pub values: Values,
}

/// Every kind, in the order of the table.
pub fn kinds() -> impl Iterator<Item = &'static UnusualKind> {
    [times::KINDS, people::KINDS, money::KINDS, teaching::KINDS, school::KINDS].into_iter().flatten()
}

/// The records of one kind; empty where the edition has none of its tables. They stand in the book together.
pub fn records(ground: &Ground, kind: &UnusualKind, seed: u64) -> Vec<Change> {
    let mut case = Case::new(ground, &format!("unusual {seed} {} {}", kind.id, ground.edition.id));
    (kind.make)(&mut case);
    case.changes()
}
