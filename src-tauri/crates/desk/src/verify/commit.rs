//! Changing records: the change is made as a step of the log, what it touched is checked again, and an event is sent.
//! All rooms change records through here; steps are taken back through [`super::walk`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::MutexGuard;

use standard::Table;
use store::{Making, RowChange, Step, StepKind, TellApart};

use super::api::Edited;
use super::changed::recheck_step;
use super::findings::counts;
use super::recheck::{Snapshot, Touched, recheck_rows, recheck_with_referring, snapshot};
use super::records::views;
use super::steps::{is_of_the_clerk, step_view};
use crate::session::api::{CallError, Changed};
use crate::session::jobs::Job;
use crate::session::{Desk, OpenBook};

/// The largest number of records that an edit returns; the page reads the others.
const HANDED_BACK: usize = 200;

/// What is checked after a change.
pub(crate) enum Extent<'a, 'j> {
    /// The records touched, and those that refer to them. Other changes wait until this is done.
    Records,
    /// Whole tables, and those that refer to them; other changes wait no longer than for one table.
    Tables { tables: &'a [String], job: &'a mut Job<'j> },
    /// What the step has changed as the log has it, for a step of many records; other changes wait no longer than for some
    /// thousand of them, or for one rule.
    Step { tables: &'a [String], job: &'a mut Job<'j> },
}

/// What a change did.
pub(crate) struct Committed {
    /// Number of the step; absent where nothing changed.
    pub step: Option<i64>,
    /// The changes that were made, in order.
    changes: Vec<RowChange>,
    /// The record of each change.
    rows: Vec<i64>,
    /// The records touched as they are now, by table. Empty where whole tables were checked.
    touched: BTreeMap<String, Touched>,
}

impl Committed {
    /// The record of each change, in order.
    pub(crate) fn rows(&self) -> &[i64] {
        &self.rows
    }
}

/// Makes changes as one step of the log: kind and note of the step, and the changes, which are computed while no other
/// change can be made. When this returns, they are on disk, and what they touched is checked.
///
/// An error means that nothing changed. Where the check that follows fails, the change is kept, and what it touched is
/// checked when the book is opened the next time ([`super::due`]).
pub(crate) fn commit(
    desk: &Desk,
    open: &OpenBook,
    (kind, note): (StepKind, &str),
    changes: impl FnOnce() -> Result<Vec<RowChange>, CallError>,
    extent: Extent<'_, '_>,
) -> Result<Committed, CallError> {
    let held = open.hold();
    let changes = changes()?;
    let mut before = match extent {
        Extent::Records => before(open, &changes)?,
        Extent::Tables { .. } | Extent::Step { .. } => BTreeMap::new(),
    };
    let applied = open.book.apply(&step(desk, open, kind, note), &changes)?;
    if let Extent::Records = extent {
        for (change, row) in changes.iter().zip(&applied.rows) {
            if let RowChange::Insert { table, .. } = change {
                before.entry(table.clone()).or_default().insert(*row, None);
            }
        }
        if applied.step.is_none() {
            before.clear();
        }
    }
    let steps: Vec<i64> = applied.step.into_iter().collect();
    let touched = settle(desk, open, held, &steps, before, extent);
    Ok(Committed { step: applied.step, changes, rows: applied.rows, touched })
}

/// [`commit`] for changes of whole tables that are not held in memory: while no other change can be made, `prepare`
/// reads the book, and `make` passes the changes on. Returns the number of the step; absent where nothing changed.
pub(crate) fn commit_made(
    desk: &Desk,
    open: &OpenBook,
    (kind, note): (StepKind, &str),
    (prepare, make): (
        impl FnOnce() -> Result<(), CallError>,
        impl FnOnce(&mut Making<'_>, &mut Job<'_>) -> Result<(), CallError>,
    ),
    tables: &[String],
    job: &mut Job<'_>,
) -> Result<Option<i64>, CallError> {
    let held = open.hold();
    prepare()?;
    let step = open.book.make(&step(desk, open, kind, note), |making| make(making, job))?.step;
    let steps: Vec<i64> = step.into_iter().collect();
    settle(desk, open, held, &steps, BTreeMap::new(), Extent::Step { tables, job });
    Ok(step)
}

/// Records the clerk's statement that records with one natural key are different ones; an empty text takes it back: a
/// step of the log, after which the records that share it are checked again.
pub(crate) fn tell_apart(desk: &Desk, open: &OpenBook, said: &TellApart) -> Result<(), CallError> {
    let held = open.hold();
    let mut before = snapshot(open, &said.table, said.rows.iter().copied())?;
    let applied = open.book.tell_apart(&step(desk, open, StepKind::TellApart, ""), said)?;
    let Some(step) = applied.step else { return Ok(()) };
    let others: Vec<i64> = applied.rows.iter().copied().filter(|row| !before.contains_key(row)).collect();
    before.extend(snapshot(open, &said.table, others)?);
    let before = BTreeMap::from([(said.table.clone(), before)]);
    settle(desk, open, held, &[step], before, Extent::Records);
    Ok(())
}

fn step(desk: &Desk, open: &OpenBook, kind: StepKind, note: &str) -> Step {
    let settings = open.settings();
    Step { at: desk.clock.now_of_step(), who: settings.person, kind, note: note.to_owned(), period: settings.period }
}

/// The records that changes name, as they are before.
fn before(open: &OpenBook, changes: &[RowChange]) -> Result<BTreeMap<String, Snapshot>, CallError> {
    let mut named: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for change in changes {
        if let RowChange::Update { table, row, .. }
        | RowChange::Move { table, row, .. }
        | RowChange::Delete { table, row } = change
        {
            named.entry(table).or_default().insert(*row);
        }
    }
    named.into_iter().map(|(table, rows)| Ok((table.to_owned(), snapshot(open, table, rows)?))).collect()
}

/// After changes that are on disk: checks what they touched and sends the event with the last of their steps. An error
/// here does not undo the change: the book keeps that the steps are not checked.
pub(super) fn settle(
    desk: &Desk,
    open: &OpenBook,
    held: MutexGuard<'_, ()>,
    steps: &[i64],
    before: BTreeMap<String, Snapshot>,
    extent: Extent<'_, '_>,
) -> BTreeMap<String, Touched> {
    let mut touched = BTreeMap::new();
    // Where the check or its note fails, the steps stay unchecked, which the next opening of the book finds.
    let noted = |checked: Result<(), CallError>| -> Result<(), CallError> {
        checked?;
        if steps.is_empty() { Ok(()) } else { Ok(open.book.note_checked(steps)?) }
    };
    let tables = match extent {
        Extent::Records => {
            let tables: Vec<String> = before.keys().cloned().collect();
            let _ = after(open, before).and_then(|read| {
                touched = read;
                recheck_rows(open, desk.clock.latest_day(), &touched, steps)
            });
            drop(held);
            tables
        }
        Extent::Tables { tables, job } => {
            drop(held);
            // The change is on disk, so its check can no longer be cancelled.
            job.cannot_stop();
            let _ = noted(recheck_with_referring(open, tables, job));
            tables.to_vec()
        }
        Extent::Step { tables, job } => {
            drop(held);
            job.cannot_stop();
            let _ = noted(steps.iter().try_for_each(|step| recheck_step(open, *step, job)));
            tables.to_vec()
        }
    };
    if !tables.is_empty() {
        desk.tell(Changed::Tables { tables, step: steps.last().copied() });
    }
    touched
}

fn after(open: &OpenBook, before: BTreeMap<String, Snapshot>) -> Result<BTreeMap<String, Touched>, CallError> {
    let touched = |(table, before): (String, Snapshot)| {
        let after = snapshot(open, &table, before.keys().copied())?;
        Ok((table, Touched { before, after }))
    };
    before.into_iter().map(touched).collect()
}

/// [`commit`] for changes of one table that a clerk makes on the screen, with what the screen shows of them.
pub(crate) fn edit(
    desk: &Desk,
    open: &OpenBook,
    table: &Table,
    kind: StepKind,
    changes: Vec<RowChange>,
) -> Result<Edited, CallError> {
    let done = commit(desk, open, (kind, ""), || Ok(changes), Extent::Records)?;
    let of_kind = |wanted: fn(&RowChange) -> bool| {
        let pairs = done.changes.iter().zip(&done.rows);
        pairs.filter(move |(change, _)| wanted(change)).map(|(_, row)| *row)
    };
    let added: Vec<i64> = of_kind(|change| matches!(change, RowChange::Insert { .. })).collect();
    let standing: BTreeSet<i64> = of_kind(|change| !matches!(change, RowChange::Delete { .. })).collect();
    let standing: Vec<i64> = standing.into_iter().take(HANDED_BACK).collect();
    let shown = || -> Result<Edited, CallError> {
        let records = match done.touched.get(&table.name) {
            Some(touched) => standing.iter().filter_map(|row| touched.after.get(row)?.clone()).collect(),
            None => open.book.get_many(&table.name, &standing)?.into_iter().flatten().collect::<Vec<_>>(),
        };
        Ok(Edited {
            step: done.step,
            rows: views(open, table, &records)?,
            added: added.clone(),
            counts: counts(open, Some(&table.name))?,
            undo: open.book.next_undo()?.filter(is_of_the_clerk).map(|step| step_view(open, step)),
        })
    };
    // The change is on disk. If it cannot be read now, the page reads it after the event.
    let unread = |_| Edited { step: done.step, added: added.clone(), ..Edited::default() };
    Ok(shown().unwrap_or_else(unread))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use store::FindingQuery;

    use super::*;
    use crate::session::events::Event;
    use crate::session::fixture::desk_with_book;
    use crate::verify::due;

    const VISITS: &str = "ODS_FWSZTSGZYSJ";

    fn unchecked(open: &OpenBook) -> Vec<i64> {
        open.book.unchecked().unwrap().into_iter().map(|one| one.step).collect()
    }

    #[tokio::test]
    async fn a_change_stands_where_its_check_fails_and_the_book_is_checked_later() {
        let home = tempfile::tempdir().unwrap();
        let (desk, mut open) = desk_with_book(home.path());
        let mut events = desk.subscribe();
        let complete = open.edition.clone();
        let table = complete.table(VISITS).unwrap();
        // A table that the edition does not have makes the check fail.
        let mut less = (*complete).clone();
        less.tables.retain(|table| table.name != VISITS);
        open.edition = Arc::new(less);
        let mut values = vec![String::new(); table.fields.len()];
        values[table.position("DZQKFWCS").unwrap()] = "zwölf".to_owned();
        let insert = RowChange::Insert { table: VISITS.to_owned(), values, after: None };
        let edited = edit(&desk, &open, table, StepKind::Edit, vec![insert]).unwrap();
        assert_eq!((edited.step, edited.added.as_slice()), (Some(1), &[1][..]));
        assert!(open.book.get(VISITS, 1).unwrap().is_some());
        let event = events.next().await;
        let Some(Event::Changed(Changed::Tables { tables, step: Some(1) })) = event else { panic!("{event:?}") };
        assert_eq!(tables, [VISITS]);
        assert_eq!(unchecked(&open), [1]);

        let found = |open: &OpenBook| {
            let query = FindingQuery { table: Some(VISITS.to_owned()), limit: 9, ..FindingQuery::default() };
            open.book.findings(&query).unwrap().total
        };
        assert_eq!(found(&open), 0);
        open.edition = complete.clone();
        desk.book.replace(Some(open));
        due::check_if_due(&desk).unwrap();
        let open = desk.opened().unwrap();
        assert!(found(&open) > 0);
        assert_eq!(unchecked(&open), [0; 0]);
    }

    #[test]
    fn what_a_program_that_ended_between_change_and_check_left_is_checked_when_the_book_is_opened() {
        let home = tempfile::tempdir().unwrap();
        let (desk, open) = desk_with_book(home.path());
        let table = open.edition.table(VISITS).unwrap().clone();
        let mut values = vec![String::new(); table.fields.len()];
        values[table.position("DZQKFWCS").unwrap()] = "zwölf".to_owned();
        let insert = RowChange::Insert { table: VISITS.to_owned(), values, after: None };
        // The step is on disk; the program ends before its check.
        open.book.apply(&step(&desk, &open, StepKind::Edit, ""), &[insert]).unwrap();
        assert_eq!(unchecked(&open), [1]);
        desk.book.replace(Some(open));
        due::check_if_due(&desk).unwrap();
        let open = desk.opened().unwrap();
        let numbers = counts(&open, Some(VISITS)).unwrap();
        assert!(numbers.mandatory > 0, "{numbers:?}");
        assert_eq!(unchecked(&open), [0; 0]);
        // So it is with the undo of it: the record is there again when the undo is taken back.
        open.book.undo(desk.clock.now_of_step(), "").unwrap();
        open.book.redo(desk.clock.now_of_step(), "").unwrap();
        assert_eq!((unchecked(&open), counts(&open, Some(VISITS)).unwrap().mandatory), (vec![2, 3], 0));
        due::check_if_due(&desk).unwrap();
        assert_eq!((unchecked(&open), counts(&open, Some(VISITS)).unwrap()), (Vec::new(), numbers));
    }
}
