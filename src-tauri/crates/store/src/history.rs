//! The change log read: who changed which cell when, from what to what.

use jiff::Timestamp;
use rusqlite::{Connection, Row};
use standard::model::COLLECTED_COLUMN;

use crate::changes::{LOGGED, Logged};
use crate::log::{Way, next};
use crate::{Book, StoreError};

/// Most cells that a [`StepInfo`] lists.
pub const CELLS_SHOWN: usize = 20;

/// Asks for the change log.
#[derive(Debug, Clone, Default)]
pub struct HistoryQuery {
    /// Only steps that touched this table.
    pub table: Option<String>,
    /// Only steps that touched this record (of `table`).
    pub row: Option<i64>,
    /// Only steps of this kind.
    pub kind: Option<String>,
    /// First step, newest first.
    pub offset: u64,
    /// At most so many.
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

/// One step of the change log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepInfo {
    /// Number.
    pub step: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Kind, as given; `undo`, `redo`.
    pub kind: String,
    /// Note, as given.
    pub note: String,
    /// The step that this undo or redo takes back.
    pub undoes: Option<i64>,
    /// Whether it has been undone (and not done again).
    pub undone: bool,
    /// Tables touched, by name.
    pub tables: Vec<String>,
    /// Records touched.
    pub rows: u64,
    /// The first cells changed, at most [`CELLS_SHOWN`]; system columns are left out. Those of the asked record only
    /// where [`HistoryQuery::row`] is given.
    pub cells: Vec<CellChange>,
}

/// One cell before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// Table.
    pub table: String,
    /// Record.
    pub row: i64,
    /// Column.
    pub column: String,
    /// Before; empty also where the record was not there.
    pub before: String,
    /// After; empty also where the record is gone.
    pub after: String,
}

impl Book {
    /// A page of the change log, newest first.
    pub fn history(&self, query: &HistoryQuery) -> Result<History, StoreError> {
        let filter = "WHERE (?1 IS NULL OR s.kind = ?1)
             AND (?2 IS NULL OR EXISTS (
                 SELECT 1 FROM change c WHERE c.step = s.root AND c.tbl = ?2 AND (?3 IS NULL OR c.row = ?3) AND c.op <> 'place'))";
        let HistoryQuery { table, row, kind, offset, limit } = query;
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM step s {filter}"))?
                .query_row((kind, table, row), |r| r.get(0))?;
            let sql = format!("SELECT {STEP} FROM step s {filter} ORDER BY s.id DESC LIMIT ?4 OFFSET ?5");
            let mut steps = connection
                .prepare_cached(&sql)?
                .query_map((kind, table, row, limit, offset), read)?
                .collect::<Result<Vec<_>, _>>()?;
            let only = table.as_deref().zip(*row);
            for (step, root, forward) in &mut steps {
                step.cells = cells(connection, *root, *forward, only)?;
            }
            Ok(History { total, steps: steps.into_iter().map(|(step, ..)| step).collect() })
        })
    }

    /// The step that [`Book::undo`] would take back.
    pub fn next_undo(&self) -> Result<Option<StepInfo>, StoreError> {
        self.read(|connection| next(connection, Way::Undo)?.map(|id| one(connection, id)).transpose())
    }

    /// The step that [`Book::redo`] would do again.
    pub fn next_redo(&self) -> Result<Option<StepInfo>, StoreError> {
        self.read(|connection| next(connection, Way::Redo)?.map(|id| one(connection, id)).transpose())
    }
}

/// The columns that [`read`] reads. An undo or redo is itself undone when a later one walked over the same step.
const STEP: &str = "s.id, s.at, s.who, s.kind, s.note, s.undoes,
    CASE WHEN s.standing IS NULL THEN EXISTS (SELECT 1 FROM step l WHERE l.root = s.root AND l.id > s.id)
    ELSE s.standing IN (1, 2) END, s.tables, s.rows, s.root, s.forward";

/// Reads a step without its cells, the step whose changes it has, and which way it reads them.
fn read(row: &Row<'_>) -> rusqlite::Result<(StepInfo, i64, bool)> {
    let at = Timestamp::from_millisecond(row.get(1)?).unwrap_or(Timestamp::UNIX_EPOCH);
    let tables: String = row.get(7)?;
    let step = StepInfo {
        step: row.get(0)?,
        at,
        who: row.get(2)?,
        kind: row.get(3)?,
        note: row.get(4)?,
        undoes: row.get(5)?,
        undone: row.get(6)?,
        tables: serde_json::from_str(&tables).unwrap_or_default(),
        rows: row.get(8)?,
        cells: Vec::new(),
    };
    Ok((step, row.get(9)?, row.get(10)?))
}

/// One step.
pub(crate) fn one(connection: &Connection, id: i64) -> Result<StepInfo, StoreError> {
    let sql = format!("SELECT {STEP} FROM step s WHERE s.id = ?1");
    let (mut step, root, forward) = connection.prepare_cached(&sql)?.query_row([id], read)?;
    step.cells = cells(connection, root, forward, None)?;
    Ok(step)
}

/// The first cells of a step.
fn cells(
    connection: &Connection,
    root: i64,
    forward: bool,
    only: Option<(&str, i64)>,
) -> Result<Vec<CellChange>, StoreError> {
    let (table, row) = only.unzip();
    // Each change has a cell to show, or only system columns: twice as many rows as cells are enough to look at.
    let sql = format!(
        "SELECT {LOGGED} FROM change c WHERE c.step = ?1 AND c.op <> 'place' AND (?2 IS NULL OR (c.tbl = ?2 AND c.row = ?3))
         ORDER BY c.id LIMIT {}",
        2 * CELLS_SHOWN
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((root, table, row))?;
    let mut cells = Vec::new();
    while let Some(row) = rows.next()? {
        let change = Logged::read(row)?;
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
    let columns = if change.after.is_empty() { &change.before } else { &change.after };
    let value = |cells: &[(String, String)], column: &str| {
        cells.iter().find(|(c, _)| c == column).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    columns
        .iter()
        .filter(|(column, _)| column != COLLECTED_COLUMN)
        .map(|(column, _)| CellChange {
            table: change.table.clone(),
            row: change.row,
            column: column.clone(),
            before: value(&change.before, column),
            after: value(&change.after, column),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Desk, at, delete, insert, step, update};
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
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "1"), ("KCMC", "语文")])]);
        desk.apply(1, &[update(COURSE, 1, &[("KCMC", "数学"), ("KCH", "1")])]);
        desk.apply(2, &[delete(COURSE, 1)]);
        desk.undo(at(3), "").unwrap();
        desk.undo(at(4), "").unwrap();
        desk.redo(at(5), "").unwrap();
        let history = desk.history(&HistoryQuery { limit: 10, ..Default::default() }).unwrap();
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
        assert_eq!(desk.next_undo().unwrap().map(|s| s.step), Some(2));
        assert_eq!(desk.next_redo().unwrap().map(|s| s.step), Some(3));
    }

    #[test]
    fn it_can_be_asked_for_a_table_a_record_and_a_kind() {
        let desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "1")]), insert(COURSE, &[("KCH", "2")])]);
        desk.apply(1, &[insert("ODS_PRACTICE", &[("XH", "1")])]);
        let import = Step { kind: "import".into(), note: "实习.xlsx".into(), ..step(2) };
        desk.apply_step(&import, &[update(COURSE, 2, &[("XF", "2")]), update(COURSE, 1, &[("XF", "1")])]);
        let check = |query: HistoryQuery, expect: &[i64]| {
            let history = desk.history(&HistoryQuery { limit: 10, ..query }).unwrap();
            assert_eq!(history.steps.iter().map(|s| s.step).collect::<Vec<_>>(), expect);
            assert_eq!(history.total, expect.len() as u64);
            history
        };
        let table = Some(COURSE.to_owned());
        check(HistoryQuery { table: table.clone(), ..Default::default() }, &[3, 1]);
        check(HistoryQuery { kind: Some("import".into()), ..Default::default() }, &[3]);
        let of_record = check(HistoryQuery { table, row: Some(2), ..Default::default() }, &[3, 1]);
        assert_eq!(
            shown(&of_record.steps),
            ["3 import 2 rows; ODS_COURSE2 XF:>2", "1 edit 2 rows; ODS_COURSE2 KCH:>2"]
        );
        assert_eq!((of_record.steps[0].note.as_str(), of_record.steps[0].at), ("实习.xlsx", at(2)));
    }

    #[test]
    fn a_large_step_shows_its_first_cells() {
        let desk = Desk::new();
        let many: Vec<RowChange> = (0..50).map(|n| insert(COURSE, &[("KCH", &n.to_string())])).collect();
        desk.apply(0, &many);
        let last = desk.next_undo().unwrap().unwrap();
        assert_eq!((last.rows, last.cells.len(), last.tables), (50, CELLS_SHOWN, vec![COURSE.to_owned()]));
    }
}
