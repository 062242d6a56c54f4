//! Counts a table or some of its records with the same SQL, so that a count that is corrected record by record equals a
//! count of everything.

use rusqlite::{Connection, Row};

use crate::StoreError;
use crate::numbers::states::{EXPLAINED, counted_states, is_new, required_columns, within};
use crate::records::table_sql::TableSql;
use crate::sql::json_numbers;
use crate::tables::tally::{Tally, What};

/// Tables with fewer records and findings are counted when asked: that takes less time than keeping their numbers.
pub(crate) const KEPT_FROM: i64 = 500;

/// Numbers of `What::Submission`, in this order.
const SUBMISSION: [&str; 10] = [
    "count(*)",
    "sum(filled)",
    "sum(new)",
    "sum(new AND blocked)",
    "sum(new AND NOT blocked AND unexplained)",
    "sum(under_way)",
    "sum(waiting)",
    "sum(accepted)",
    "sum(last = 'unknown')",
    "sum(last = 'rejected')",
];

/// What numbers depend on beside the records. Numbers that were counted with another basis are no longer valid.
pub(crate) fn basis(table_sql: &TableSql) -> String {
    let required: Vec<&str> = required_columns(table_sql).collect();
    format!("1|{}|{}|{}", table_sql.table().own, table_sql.key_at.is_some(), required.join(","))
}

/// The numbers of all records of the tally's period, or of these.
///
/// - of `What::Findings`: records; findings that are mandatory, to be confirmed and not explained, hints. Findings
///   about the table as a whole belong to record 0.
/// - of `What::Submission`: those of `SUBMISSION`.
pub(crate) fn count(
    connection: &Connection,
    table_sql: &TableSql,
    tally: &Tally,
    rows: Option<&[i64]>,
) -> Result<Vec<i64>, StoreError> {
    let listed = rows.map(json_numbers);
    match tally.what {
        What::Findings => {
            let records =
                format!("SELECT count(*) FROM {} t {}", table_sql.quoted_name, within("?1", "?2", listed.is_some()));
            let mut statement = connection.prepare_cached(&records)?;
            let mut numbers = vec![0; 4];
            numbers[0] = match &listed {
                Some(listed) => statement.query_row((&tally.period, listed), |r| r.get(0))?,
                None => statement.query_row([&tally.period], |r| r.get(0))?,
            };
            let only = if listed.is_some() { "AND f.row IN (SELECT value FROM json_each(?3))" } else { "" };
            let findings = format!(
                "SELECT f.level AS level, count(*) - coalesce(sum(f.level = 1 AND {EXPLAINED}), 0) AS open FROM finding f
                 WHERE f.tbl = ?1 AND f.period IN ('', ?2) {only} GROUP BY f.level"
            );
            let mut statement = connection.prepare_cached(&findings)?;
            let mut found = match &listed {
                Some(listed) => statement.query((&tally.table, &tally.period, listed))?,
                None => statement.query((&tally.table, &tally.period))?,
            };
            while let Some(row) = found.next()? {
                let level: usize = row.get("level")?;
                if let Some(number) = numbers.get_mut(level + 1) {
                    *number = row.get("open")?;
                }
            }
            Ok(numbers)
        }
        What::Submission => {
            let sql = format!(
                "SELECT {} FROM (SELECT *, {} AS new FROM ({}))",
                SUBMISSION.join(", "),
                is_new(table_sql),
                counted_states(table_sql, listed.is_some())
            );
            let numbers = |row: &Row<'_>| {
                (0..SUBMISSION.len()).map(|at| Ok(row.get::<_, Option<i64>>(at)?.unwrap_or_default())).collect()
            };
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(match &listed {
                Some(listed) => {
                    statement.query_row((&tally.connection, &tally.table, &tally.period, listed), numbers)?
                }
                None => statement.query_row((&tally.connection, &tally.table, &tally.period), numbers)?,
            })
        }
    }
}
