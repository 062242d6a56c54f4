//! What a step did to each table, as far as a check of what it may have changed has to know.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::StoreError;
use crate::book::handle::Book;
use crate::tables::change::{self, Op};

/// What a step did to one table of the edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableChange {
    /// Name of the table.
    pub table: String,
    /// The records that it added or changed and that stand now, in ascending order.
    pub rows: Vec<i64>,
    /// Records came, went, or went to another period.
    pub records: bool,
    /// Records that it touched are not there any more.
    pub gone: bool,
    /// Something was said of records that share a natural key.
    pub told: bool,
    /// Columns of which cells of standing records changed.
    pub columns: BTreeSet<String>,
}

impl Book {
    /// What a step did, by table; the same for the step that takes it back or makes it again. Tables that are not in use
    /// at present are left out.
    pub fn step_changes(&self, step: i64) -> Result<Vec<TableChange>, StoreError> {
        self.read(|connection| {
            let mut changes = read(connection, step)?;
            changes.retain(|change| self.table_sql(&change.table).is_ok());
            for change in &mut changes {
                let sql = format!("SELECT 1 FROM {} WHERE _row = ?1", self.table_sql(&change.table)?.quoted_name);
                let mut statement = connection.prepare_cached(&sql)?;
                let touched = change.rows.len();
                let mut standing = Vec::with_capacity(touched);
                for row in std::mem::take(&mut change.rows) {
                    if statement.exists([row])? {
                        standing.push(row);
                    }
                }
                change.gone = standing.len() < touched;
                change.rows = standing;
            }
            Ok(changes)
        })
    }

    /// How many records a step touched, counted no further than `most`.
    pub fn step_size(&self, step: i64, most: u64) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM change WHERE step = ?1 LIMIT ?2)";
        self.read(|connection| Ok(connection.prepare_cached(sql)?.query_row((step, most), |r| r.get(0))?))
    }
}

/// With the rows that the step touched, whether they stand or not.
fn read(connection: &Connection, step: i64) -> Result<Vec<TableChange>, StoreError> {
    let sql = "SELECT tbl, row, op, CASE op WHEN 'update' THEN before END AS before
         FROM change WHERE step = ?1 AND op <> 'place' ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([step])?;
    let mut tables: BTreeMap<String, TableChange> = BTreeMap::new();
    while let Some(row) = found.next()? {
        let name = row.get_ref("tbl")?.as_str()?;
        if !tables.contains_key(name) {
            tables.insert(name.to_owned(), TableChange { table: name.to_owned(), ..TableChange::default() });
        }
        let Some(table) = tables.get_mut(name) else { continue };
        match row.get("op")? {
            Op::Update => {
                let cells = change::cells(row.get_ref("before")?.as_str_or_null()?)?;
                table.columns.extend(cells.into_iter().map(|(column, _)| column));
            }
            Op::Repeat => table.told = true,
            Op::Insert | Op::Delete | Op::Move => table.records = true,
            Op::Reorder => continue,
        }
        table.rows.push(row.get("row")?);
    }
    for table in tables.values_mut() {
        table.rows.sort_unstable();
        table.rows.dedup();
    }
    Ok(tables.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, at, delete, insert, update};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn a_step_and_its_undo_reach_the_same_records() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["a", "b", "c"].map(|number| insert(COURSE, &[("KCH", number)])));
        let step = fixture.apply(1, &[update(COURSE, 3, &[("KCMC", "x")]), delete(COURSE, 1)]).step.unwrap();
        let columns = |change: &TableChange| change.columns.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        let changes = fixture.step_changes(step).unwrap();
        let [change] = changes.as_slice() else { panic!("{changes:?}") };
        assert_eq!((change.table.as_str(), change.rows.as_slice()), (COURSE, &[3][..]));
        assert!(change.records && change.gone && !change.told);
        assert!(columns(change).contains("KCMC"));
        fixture.undo(at(2), "").unwrap();
        let changes = fixture.step_changes(step).unwrap();
        assert_eq!((changes[0].rows.as_slice(), changes[0].gone), (&[1, 3][..], false));
        assert_eq!((fixture.step_size(step, 9).unwrap(), fixture.step_size(step, 1).unwrap()), (2, 1));
    }
}
