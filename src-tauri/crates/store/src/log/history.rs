//! Reading the change log: who changed which cell when, from what to what.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use standard::field::COLLECTED_COLUMN;

use crate::sql::column::Moment;
use crate::tables::change::{LOGGED, Logged, Op};
use crate::tables::change_of_import;
use crate::tables::repeat::TEXT;
use crate::tables::step::{self, Direction, FoundStep, StepKind};
use crate::{Book, CellChange, StepInfo, StoreError};

/// The largest number of cells that a [`StepInfo`] lists.
pub const CELLS_SHOWN: usize = 20;

/// Which steps of the change log to return.
#[derive(Debug, Clone, Default)]
pub struct HistoryQuery {
    /// Only steps that touched this table.
    pub table: Option<String>,
    /// Only steps that touched this record (of `table`).
    pub row: Option<i64>,
    /// Only steps of this kind.
    pub kind: Option<StepKind>,
    /// How many of the newest steps to leave out.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// A page of the change log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Steps in all.
    pub total: u64,
    /// Newest first.
    pub steps: Vec<StepInfo>,
}

impl Book {
    /// A page of the change log, newest first.
    pub fn history(&self, query: &HistoryQuery) -> Result<History, StoreError> {
        // An import has as many changes as the book has records, so the steps of a record are found by the index on it, and
        // a step is only looked into if it names the table.
        let filter = match (&query.table, query.row) {
            (Some(_), Some(_)) => {
                "WHERE (?1 IS NULL OR s.kind = ?1) AND s.root IN (
                     SELECT c.step FROM change c INDEXED BY change_row WHERE c.tbl = ?2 AND c.row = ?3 AND c.op <> 'place')"
            }
            _ => {
                "WHERE (?1 IS NULL OR s.kind = ?1) AND (?3 IS NULL OR 1) AND (?2 IS NULL OR (EXISTS (
                     SELECT 1 FROM step first, json_each(first.tables) t WHERE first.id = s.root AND t.value = ?2)
                 AND EXISTS (SELECT 1 FROM change c WHERE c.step = s.root AND c.tbl = ?2 AND c.op <> 'place')))"
            }
        };
        let HistoryQuery { table, row, kind, offset, limit } = query;
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM step s {filter}"))?
                .query_row((kind, table, row), |r| r.get(0))?;
            let columns = step::COLUMNS;
            let sql = format!("SELECT {columns} FROM step s {filter} ORDER BY s.id DESC LIMIT ?4 OFFSET ?5");
            let steps = connection
                .prepare_cached(&sql)?
                .query_map((kind, table, row, limit, offset), step::read)?
                .collect::<Result<Vec<_>, _>>()?;
            let only = table.as_deref().zip(*row);
            let steps = steps.into_iter().map(|found| with_cells(connection, found, only)).collect::<Result<_, _>>()?;
            Ok(History { total, steps })
        })
    }

    /// The number of the newest step; 0 where there is none.
    pub fn last_step(&self) -> Result<i64, StoreError> {
        self.read(|connection| Ok(connection.query_row("SELECT coalesce(max(id), 0) FROM step", [], |r| r.get(0))?))
    }

    /// The moments of all steps with a higher number, in the order of time: first and last moment of those that lie at
    /// most `gap` apart.
    pub fn step_times(&self, after: i64, gap: SignedDuration) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare("SELECT at FROM step WHERE id > ?1 ORDER BY at")?;
            let mut runs: Vec<(Timestamp, Timestamp)> = Vec::new();
            for at in statement.query_map([after], |r| r.get("at"))? {
                let Moment(at) = at?;
                match runs.last_mut() {
                    Some((_, last)) if at.duration_since(*last) <= gap => *last = at,
                    _ => runs.push((at, at)),
                }
            }
            Ok(runs)
        })
    }

    /// One step by its number; `None` where there is none.
    pub fn step(&self, id: i64) -> Result<Option<StepInfo>, StoreError> {
        self.read(|connection| {
            let known = connection.prepare_cached("SELECT 1 FROM step WHERE id = ?1")?.exists([id])?;
            known.then(|| one(connection, id)).transpose()
        })
    }

    /// The step that [`Book::undo`] would take back.
    pub fn next_undo(&self) -> Result<Option<StepInfo>, StoreError> {
        self.read(|connection| step::next(connection, Direction::Undo)?.map(|id| one(connection, id)).transpose())
    }

    /// The step that [`Book::redo`] would do again.
    pub fn next_redo(&self) -> Result<Option<StepInfo>, StoreError> {
        self.read(|connection| step::next(connection, Direction::Redo)?.map(|id| one(connection, id)).transpose())
    }
}

/// One step, with its first cells.
pub(crate) fn one(connection: &Connection, id: i64) -> Result<StepInfo, StoreError> {
    let found = step::get(connection, id)?;
    with_cells(connection, found, None)
}

fn with_cells(connection: &Connection, found: FoundStep, only: Option<(&str, i64)>) -> Result<StepInfo, StoreError> {
    let cells = cells(connection, found.root, found.forward, only)?;
    Ok(StepInfo { cells, ..found.info })
}

/// The first cells of a step.
fn cells(
    connection: &Connection,
    root: i64,
    forward: bool,
    only: Option<(&str, i64)>,
) -> Result<Vec<CellChange>, StoreError> {
    let (table, row) = only.unzip();
    let (index, condition) = match only {
        Some(_) => ("change_row", "c.tbl = ?2 AND c.row = ?3"),
        None => ("change_step", "?2 IS NULL AND ?3 IS NULL"),
    };
    // Each change has a cell to show, or only system columns: twice as many rows as cells are enough to look at.
    let sql = format!(
        "SELECT {LOGGED} FROM change c INDEXED BY {index} WHERE c.step = ?1 AND c.op <> 'place' AND {condition}
         ORDER BY c.id LIMIT {}",
        2 * CELLS_SHOWN
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((root, table, row))?;
    let mut cells = Vec::new();
    while let Some(row) = rows.next()? {
        let mut change = Logged::read(row)?;
        change_of_import::complete(connection, &mut change)?;
        let change = if forward { change } else { change.reversed() };
        cells.extend(cells_of(&change));
        if cells.len() >= CELLS_SHOWN {
            break;
        }
    }
    cells.truncate(CELLS_SHOWN);
    Ok(cells)
}

/// The cells of one change, without those that the program fills.
fn cells_of(change: &Logged) -> Vec<CellChange> {
    // Of a statement about records that share a natural key only its text was entered by the clerk.
    let shown = |column: &str| if change.op == Op::Repeat { column == TEXT } else { column != COLLECTED_COLUMN };
    let columns = if change.after.is_empty() { &change.before } else { &change.after };
    let value = |cells: &[(String, String)], column: &str| {
        cells.iter().find(|(c, _)| c == column).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    columns
        .iter()
        .filter(|(column, _)| shown(column))
        .map(|(column, _)| CellChange {
            table: change.table.clone(),
            row: change.row,
            column: if change.op == Op::Repeat { String::new() } else { column.clone() },
            before: value(&change.before, column),
            after: value(&change.after, column),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, at, delete, insert, step, update};
    use crate::{RowChange, Step};

    const COURSE: &str = "ODS_COURSE";

    fn shown(steps: &[StepInfo]) -> Vec<String> {
        let cell = |c: &CellChange| format!("{}{} {}:{}>{}", c.table, c.row, c.column, c.before, c.after);
        steps
            .iter()
            .map(|s| {
                let cells: Vec<String> = s.cells.iter().map(cell).collect();
                format!(
                    "{} {}{} {} rows; {}",
                    s.step,
                    s.kind,
                    if s.undone { " (undone)" } else { "" },
                    s.rows,
                    cells.join(", ")
                )
            })
            .collect()
    }

    #[test]
    fn the_log_reads_backwards_in_time() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "1"), ("KCMC", "语文")])]);
        fixture.apply(1, &[update(COURSE, 1, &[("KCMC", "数学"), ("KCH", "1")])]);
        fixture.apply(2, &[delete(COURSE, 1)]);
        fixture.undo(at(3), "").unwrap();
        fixture.undo(at(4), "").unwrap();
        fixture.redo(at(5), "").unwrap();
        let history = fixture.history(&HistoryQuery { limit: 10, ..Default::default() }).unwrap();
        assert_eq!(history.total, 6);
        assert_eq!(
            shown(&history.steps),
            [
                "6 redo 1 rows; ODS_COURSE1 KCMC:语文>数学",
                "5 undo (undone) 1 rows; ODS_COURSE1 KCMC:数学>语文",
                "4 undo 1 rows; ODS_COURSE1 KCH:>1, ODS_COURSE1 KCMC:>数学",
                "3 edit (undone) 1 rows; ODS_COURSE1 KCH:1>, ODS_COURSE1 KCMC:数学>",
                "2 edit 1 rows; ODS_COURSE1 KCMC:语文>数学",
                "1 edit 1 rows; ODS_COURSE1 KCH:>1, ODS_COURSE1 KCMC:>语文",
            ]
        );
        let undoes: Vec<_> = history.steps.iter().map(|s| s.undoes).collect();
        assert_eq!(undoes, [Some(5), Some(2), Some(3), None, None, None]);
        assert_eq!(fixture.next_undo().unwrap().map(|s| s.step), Some(2));
        assert_eq!(fixture.next_redo().unwrap().map(|s| s.step), Some(3));
    }

    #[test]
    fn it_can_be_asked_for_a_table_a_record_and_a_kind() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "1")]), insert(COURSE, &[("KCH", "2")])]);
        fixture.apply(1, &[insert("ODS_PRACTICE", &[("XH", "1")])]);
        let import = Step { kind: StepKind::Import, note: "实习.xlsx".into(), ..step(2) };
        fixture.apply_step(&import, &[update(COURSE, 2, &[("XF", "2")]), update(COURSE, 1, &[("XF", "1")])]);
        let check = |query: HistoryQuery, expect: &[i64]| {
            let history = fixture.history(&HistoryQuery { limit: 10, ..query }).unwrap();
            assert_eq!(history.steps.iter().map(|s| s.step).collect::<Vec<_>>(), expect);
            assert_eq!(history.total, expect.len() as u64);
            history
        };
        let table = Some(COURSE.to_owned());
        check(HistoryQuery { table: table.clone(), ..Default::default() }, &[3, 1]);
        check(HistoryQuery { kind: Some(StepKind::Import), ..Default::default() }, &[3]);
        let of_record = check(HistoryQuery { table, row: Some(2), ..Default::default() }, &[3, 1]);
        assert_eq!(
            shown(&of_record.steps),
            ["3 import 2 rows; ODS_COURSE2 XF:>2", "1 edit 2 rows; ODS_COURSE2 KCH:>2"]
        );
        assert_eq!((of_record.steps[0].note.as_str(), of_record.steps[0].at), ("实习.xlsx", at(2)));
    }

    #[test]
    fn moments_of_steps_stand_together_without_their_gaps() {
        let fixture = BookFixture::new();
        assert_eq!(fixture.last_step().unwrap(), 0);
        for (n, second) in [100, 102, 9_000, 101].into_iter().enumerate() {
            fixture.apply(second, &[insert(COURSE, &[("KCH", &n.to_string())])]);
        }
        let times = |after| fixture.step_times(after, SignedDuration::from_secs(60)).unwrap();
        assert_eq!(times(0), [(at(100), at(102)), (at(9_000), at(9_000))]);
        assert_eq!(times(3), [(at(101), at(101))]);
        assert_eq!((fixture.last_step().unwrap(), times(4)), (4, vec![]));
    }

    #[test]
    fn a_large_step_shows_its_first_cells() {
        let fixture = BookFixture::new();
        let many: Vec<RowChange> = (0..50).map(|n| insert(COURSE, &[("KCH", &n.to_string())])).collect();
        fixture.apply(0, &many);
        let last = fixture.next_undo().unwrap().unwrap();
        assert_eq!((last.rows, last.cells.len(), last.tables), (50, CELLS_SHOWN, vec![COURSE.to_owned()]));
    }
}
