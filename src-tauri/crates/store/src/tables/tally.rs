//! `tally`: numbers of large tables, kept so that an edit does not count all records again. Missing numbers are
//! counted.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    7,
    "CREATE TABLE tally (
         tbl TEXT NOT NULL, period TEXT NOT NULL, what TEXT NOT NULL, connection TEXT NOT NULL, basis TEXT NOT NULL,
         numbers TEXT NOT NULL, PRIMARY KEY (tbl, period, what, connection)) WITHOUT ROWID;",
)];

/// If a change touches more records of a table than this, its numbers are dropped and counted anew.
pub(crate) const FOLLOWED: usize = 256;

/// Which numbers: of one table in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Name of the table in the standard.
    pub table: String,
    /// Period as records of the table carry it.
    pub period: String,
    /// What is counted.
    pub what: What,
    /// Connection whose states are counted; empty for numbers that do not depend on a connection.
    pub connection: String,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// Records, and findings by level.
    Findings,
    /// Required cells, and states towards a connection.
    Submission,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            What::Findings => "findings",
            What::Submission => "submission",
        }
    }
}

/// The numbers, where they are kept and were counted on this basis.
pub(crate) fn get(connection: &Connection, tally: &Tally, basis: &str) -> Result<Option<Vec<i64>>, StoreError> {
    let sql = "SELECT numbers FROM tally
        WHERE tbl = ?1 AND period = ?2 AND what = ?3 AND connection = ?4 AND basis = ?5";
    let address = (&tally.table, &tally.period, tally.what.word(), &tally.connection, basis);
    let found: Option<String> = connection.prepare_cached(sql)?.query_row(address, |r| r.get("numbers")).optional()?;
    Ok(found.and_then(|numbers| serde_json::from_str(&numbers).ok()))
}

/// All that is kept of a table, with its basis.
pub(crate) fn of_table(connection: &Connection, table: &str) -> Result<Vec<(Tally, String, Vec<i64>)>, StoreError> {
    let sql = "SELECT period, what, connection, basis, numbers FROM tally WHERE tbl = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([table])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get("what")?;
        let what = if word == What::Findings.word() { What::Findings } else { What::Submission };
        let (period, connection) = (row.get("period")?, row.get("connection")?);
        let numbers: String = row.get("numbers")?;
        // Numbers that cannot be read fit nothing and are counted anew.
        let numbers = serde_json::from_str(&numbers).unwrap_or_default();
        all.push((Tally { table: table.to_owned(), period, what, connection }, row.get("basis")?, numbers));
    }
    Ok(all)
}

/// Keeps numbers.
pub(crate) fn put(connection: &Connection, tally: &Tally, basis: &str, numbers: &[i64]) -> Result<(), StoreError> {
    let failed = |e: serde_json::Error| StoreError::Failed { reason: e.to_string() };
    connection
        .prepare_cached(
            "INSERT INTO tally (tbl, period, what, connection, basis, numbers) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET basis = excluded.basis, numbers = excluded.numbers",
        )?
        .execute((
            &tally.table,
            &tally.period,
            tally.what.word(),
            &tally.connection,
            basis,
            serde_json::to_string(numbers).map_err(failed)?,
        ))?;
    Ok(())
}

/// Drops what is kept of a table, because more of it changed than is worth following record by record.
pub(crate) fn forget(connection: &Connection, table: &str) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM tally WHERE tbl = ?1")?.execute([table])?;
    Ok(())
}

/// Drops all that is kept.
pub(crate) fn forget_all(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM tally", [])?;
    Ok(())
}
