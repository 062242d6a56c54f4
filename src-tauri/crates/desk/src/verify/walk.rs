//! Undo and redo: steps of the log are taken back or made again, and what they touch is checked as after any change.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use store::{Book, StepInfo};

use super::api::Undone;
use super::changed::recheck_step;
use super::commit::{Extent, settle};
use super::recheck::Snapshot;
use super::steps::{is_of_the_clerk, position_of, step_view};
use crate::session::api::{CallError, Changed};
use crate::session::{Desk, OpenBook};

/// Records of a step from which on its undo is checked by what the log has of it, and not by the records before and after.
const MANY: u64 = 2_000;

/// Whether steps are taken back or made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Undo,
    Redo,
}

impl Direction {
    fn next(self, book: &Book) -> Result<Option<StepInfo>, CallError> {
        Ok(match self {
            Direction::Undo => book.next_undo()?,
            Direction::Redo => book.next_redo()?,
        })
    }

    fn walk(
        self,
        desk: &Desk,
        open: &OpenBook,
        only: Option<i64>,
        who: &str,
    ) -> Result<Option<store::Undone>, CallError> {
        let now = desk.clock.now_of_step();
        Ok(match (self, only) {
            (Direction::Undo, None) => open.book.undo(now, who)?,
            (Direction::Redo, None) => open.book.redo(now, who)?,
            (Direction::Undo, Some(step)) => open.book.undo_step(step, now, who)?,
            (Direction::Redo, Some(step)) => open.book.redo_step(step, now, who)?,
        })
    }
}

/// Takes steps back or makes them again, at most `count`. Where the first of them cannot be taken back because the book
/// was moved to another edition since, that is an error. With `only`, that one step, even if it is not the last one.
pub(crate) fn walk(
    desk: &Desk,
    open: &OpenBook,
    direction: Direction,
    (count, only): (u32, Option<i64>),
) -> Result<Undone, CallError> {
    let who = open.settings().person;
    let held = open.hold();
    let mut done = Undone::default();
    let mut touching = Touching::default();
    for _ in 0..if only.is_some() { 1 } else { count } {
        let walked = one_step(desk, open, (direction, only), &who, &mut touching);
        match walked {
            Ok(Some(undone)) => {
                done.step = Some(undone.step);
                done.steps.push(step_view(open, undone.of));
            }
            Ok(None) => break,
            Err(error) if done.steps.is_empty() => return Err(error),
            // The steps before it were taken back; the next undo gets the error again.
            Err(_) => break,
        }
    }
    if done.steps.is_empty() {
        return Ok(done);
    }
    let Touching { before, small, large, of_large } = touching;
    done.tables = before.keys().chain(&of_large).cloned().collect::<BTreeSet<_>>().into_iter().collect();
    settle(desk, open, held, &small, before, Extent::Records);
    if !large.is_empty() {
        let mut job = desk.job(0);
        // Where this fails, the book keeps that the steps are not checked.
        let _ = large.into_iter().try_for_each(|(step, root)| -> Result<(), CallError> {
            recheck_step(open, root, &mut job)?;
            Ok(open.book.note_checked(&[step])?)
        });
        desk.tell(Changed::Tables { tables: of_large.into_iter().collect(), step: done.step });
    }
    // An error is ignored, because the steps are taken back even if the position cannot be read.
    if let [step] = done.steps.as_mut_slice() {
        step.position = position_of(open, step).unwrap_or_default();
    }
    Ok(done)
}

/// What steps touch that are taken back or made again.
#[derive(Default)]
struct Touching {
    /// The records of small steps as they are before.
    before: BTreeMap<String, Snapshot>,
    /// Numbers of the undos or redos of small steps.
    small: Vec<i64>,
    /// Undos or redos of steps that touch [`MANY`] records or more, which are not held in memory: their numbers, and those of
    /// the steps themselves.
    large: Vec<(i64, i64)>,
    /// Tables of their records.
    of_large: BTreeSet<String>,
}

/// Takes back or makes again one step, and notes what it touches.
fn one_step(
    desk: &Desk,
    open: &OpenBook,
    (direction, only): (Direction, Option<i64>),
    who: &str,
    touching: &mut Touching,
) -> Result<Option<store::Undone>, CallError> {
    let coming = match only {
        Some(step) => open.book.step(step)?,
        None => direction.next(&open.book)?,
    };
    if let Some(coming) = coming {
        if !is_of_the_clerk(&coming) {
            return Ok(None);
        }
        if open.book.step_size(coming.step, MANY)? >= MANY {
            let walked = direction.walk(desk, open, only, who)?;
            if let Some(undone) = &walked {
                touching.large.push((undone.step, coming.step));
                touching.of_large.extend(undone.rows.iter().map(|row| row.table.clone()));
            }
            return Ok(walked);
        }
        // Records of own tables that are not in use at present change without a check.
        let in_use = |row: &store::RowRef| open.edition.table(&row.table).is_some();
        for row in open.book.step_rows(coming.step)?.into_iter().filter(in_use) {
            // Where several steps touch one record, its state before the first of them counts.
            if let Entry::Vacant(place) = touching.before.entry(row.table.clone()).or_default().entry(row.row) {
                place.insert(open.book.get(&row.table, row.row)?);
            }
        }
    }
    let walked = direction.walk(desk, open, only, who)?;
    touching.small.extend(walked.as_ref().map(|undone| undone.step));
    Ok(walked)
}
