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
mod change;
mod kind;
mod money;
mod people;
mod school;
mod teaching;
mod times;

use case::Case;
pub use change::Change;
pub use kind::UnusualKind;

use crate::damage::Ground;

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
