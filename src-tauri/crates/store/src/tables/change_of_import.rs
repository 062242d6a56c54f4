//! Inserts of imports, whose cells are not in the log while the record has them: an import of a million rows would
//! otherwise keep every value twice.
//!
//! Whatever changes or removes such a record first puts its cells into the log ([`Keeper`]), so that every later reading
//! finds them there. Until then the record is what the import made it, and [`complete`] reads it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};
use standard::field::{KEY_COLUMN, SCHOOL_COLUMN};

use crate::StoreError;
use crate::sql::quoted;
use crate::tables::change::{Logged, json};

/// An older program takes an insert without cells for an empty record, so it must not open such a book.
pub(super) const MIGRATIONS: &[(i64, &str)] =
    &[(6, "-- From here on an insert of an import may be without its cells.")];

/// Puts the cells of records into the log where their inserts are there without them. How the cells of a table are read is
/// looked up once.
#[derive(Debug, Default)]
pub(crate) struct Keeper(HashMap<String, Reading>);

impl Keeper {
    /// To be called before a record changes or goes.
    pub fn keep(&mut self, connection: &Connection, table: &str, row: i64) -> Result<(), StoreError> {
        let sql = "SELECT id FROM change WHERE tbl = ?1 AND row = ?2 AND op = 'insert' AND after IS NULL";
        let without: Option<i64> =
            connection.prepare_cached(sql)?.query_row((table, row), |r| r.get("id")).optional()?;
        without.map_or(Ok(()), |id| self.fill(connection, id, table, row))
    }

    /// Puts the cells of a record into the change of this number, which is its insert and is without them.
    pub fn fill(&mut self, connection: &Connection, id: i64, table: &str, row: i64) -> Result<(), StoreError> {
        if !self.0.contains_key(table) {
            self.0.insert(table.to_owned(), Reading::new(connection, table)?);
        }
        let Some(reading) = self.0.get(table) else { return Ok(()) };
        let cells = json(reading.of_record(connection, row)?.iter().map(|(column, value)| (column, value)))?;
        connection.prepare_cached("UPDATE change SET after = ?2 WHERE id = ?1")?.execute((id, cells))?;
        Ok(())
    }
}

/// [`Keeper::keep`] for all records of a table.
pub(crate) fn keep_all(connection: &Connection, table: &str) -> Result<(), StoreError> {
    let sql = "SELECT row FROM change WHERE tbl = ?1 AND op = 'insert' AND after IS NULL";
    let rows: Vec<i64> = connection.prepare(sql)?.query_map([table], |r| r.get("row"))?.collect::<Result<_, _>>()?;
    let mut keeper = Keeper::default();
    rows.into_iter().try_for_each(|row| keeper.keep(connection, table, row))
}

/// Gives an insert the cells that the record has, where the log is without them.
pub(crate) fn complete(connection: &Connection, change: &mut Logged) -> Result<(), StoreError> {
    if change.is_without_cells() {
        change.after = Reading::new(connection, &change.table)?.of_record(connection, change.row)?;
    }
    Ok(())
}

/// How the cells of a table are read.
#[derive(Debug)]
struct Reading {
    /// What the log keeps, columns that are not in use at present included.
    columns: Vec<String>,
    /// These of one record.
    sql: String,
}

impl Reading {
    fn new(connection: &Connection, table: &str) -> Result<Reading, StoreError> {
        let sql = "SELECT name FROM pragma_table_info(?1)";
        let mut statement = connection.prepare_cached(sql)?;
        let columns: Vec<String> = statement.query_map([table], |r| r.get("name"))?.collect::<Result<_, _>>()?;
        let is_logged = |column: &String| !column.starts_with('_') && column != KEY_COLUMN && column != SCHOOL_COLUMN;
        let columns: Vec<String> = columns.into_iter().filter(is_logged).collect();
        let names: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        let sql = format!("SELECT {} FROM {} WHERE _row = ?1", names.join(", "), quoted(table));
        Ok(Reading { columns, sql })
    }

    /// The filled cells of a record.
    fn of_record(&self, connection: &Connection, row: i64) -> Result<Vec<(String, String)>, StoreError> {
        let read = |r: &rusqlite::Row<'_>| (0..self.columns.len()).map(|at| r.get(at)).collect();
        let values: Option<Vec<Option<String>>> =
            connection.prepare_cached(&self.sql)?.query_row([row], read).optional()?;
        let filled = self.columns.iter().zip(values.unwrap_or_default());
        Ok(filled.filter_map(|(column, value)| Some((column.clone(), value?))).collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::book::handle::TransactionEnd;
    use crate::fixture::{BookFixture, at, delete, insert, step, update};
    use crate::{HistoryQuery, Step, StepKind};

    const COURSE: &str = "ODS_COURSE";

    fn imported() -> BookFixture {
        let fixture = BookFixture::new();
        let import = Step { kind: StepKind::Import, ..step(0) };
        let record = |number: &str| insert(COURSE, &[("KCH", number), ("KCMC", "语文")]);
        fixture.apply_step(&import, &["a", "b", "c"].map(record));
        fixture
    }

    /// How many inserts the log has without their cells.
    fn without_cells(fixture: &BookFixture) -> i64 {
        let sql = "SELECT count(*) AS rows FROM change WHERE op = 'insert' AND after IS NULL";
        fixture.read(|connection| Ok(connection.query_row(sql, [], |r| r.get("rows"))?)).unwrap()
    }

    fn added(fixture: &BookFixture) -> Vec<String> {
        let history = fixture.history(&HistoryQuery { limit: 10, ..HistoryQuery::default() }).unwrap();
        let import = history.steps.last().unwrap().clone();
        import.cells.into_iter().map(|cell| format!("{}{}:{}", cell.row, cell.column, cell.after)).collect()
    }

    #[test]
    fn a_record_is_in_the_log_once_it_changes() {
        let fixture = imported();
        let all = ["1KCH:a", "1KCMC:语文", "2KCH:b", "2KCMC:语文", "3KCH:c", "3KCMC:语文"];
        assert_eq!((without_cells(&fixture), added(&fixture)), (3, all.map(str::to_owned).to_vec()));
        fixture.whole();
        fixture.apply(1, &[update(COURSE, 1, &[("KCMC", "数学")])]);
        fixture.apply(2, &[delete(COURSE, 2)]);
        assert_eq!((without_cells(&fixture), added(&fixture)), (1, all.map(str::to_owned).to_vec()));
        fixture.whole();
    }

    #[test]
    fn an_import_is_taken_back_and_made_again() {
        let mut fixture = imported();
        let before = fixture.all(COURSE);
        fixture.apply(1, &[update(COURSE, 3, &[("KCMC", "")])]);
        for _ in 0..2 {
            fixture.undo(at(2), "").unwrap().unwrap();
            fixture.undo(at(3), "").unwrap().unwrap();
            assert!(fixture.all(COURSE).is_empty());
            fixture.whole();
            fixture.reopen();
            fixture.redo(at(4), "").unwrap().unwrap();
            let values = |records: &[crate::Record]| records.iter().map(|r| r.values.clone()).collect::<Vec<_>>();
            assert_eq!(values(&fixture.all(COURSE)), values(&before));
            fixture.redo(at(5), "").unwrap().unwrap();
            fixture.whole();
        }
        assert_eq!(without_cells(&fixture), 0);
    }

    #[test]
    fn what_was_there_at_an_import_is_read_from_the_record() {
        let fixture = imported();
        fixture.apply(1, &[update(COURSE, 1, &[("KCMC", "数学")])]);
        let past = fixture.past(COURSE, 1).unwrap();
        let table = fixture.edition().table(COURSE).unwrap().clone();
        let now = fixture.get(COURSE, 1).unwrap().unwrap().values;
        let then = past.values(&table, 1, Some(&now)).unwrap();
        assert_eq!(then[table.position("KCMC").unwrap()], "语文");
    }

    #[test]
    fn a_record_that_is_not_what_was_imported_is_found() {
        let fixture = imported();
        fixture
            .write(|connection| {
                connection.execute_batch("UPDATE ODS_COURSE SET KCMC = 'x' WHERE _row = 1")?;
                Ok(TransactionEnd::Commit(()))
            })
            .unwrap();
        assert!(!fixture.integrity().unwrap().is_empty());
    }
}
