//! `period_state`: what each table held when a period closed, as small exact numbers. The records themselves may be
//! changed or deleted later; what later periods are compared with stays.

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::records::state::TableState;
use crate::sql::column::Moment;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    12,
    "CREATE TABLE period_state (
         tbl TEXT NOT NULL, period TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL,
         PRIMARY KEY (tbl, period)) WITHOUT ROWID;",
)];

impl Book {
    /// Keeps what tables held in a period, all or none: the name of the table, its period and its state. What was kept of
    /// the same period before is replaced.
    pub fn keep_states(&self, at: Timestamp, states: &[(&str, &str, TableState)]) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            let mut insert = connection.prepare_cached(
                "INSERT INTO period_state (tbl, period, at, state) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET at = excluded.at, state = excluded.state",
            )?;
            for (table, period, state) in states {
                let text = serde_json::to_string(state)
                    .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
                insert.execute((table, period, Moment(at), text))?;
            }
            drop(insert);
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// What a table held when a period closed; `None` where nothing was kept, or in a form that this program cannot read.
    pub fn kept_state(&self, table: &str, period: &str) -> Result<Option<TableState>, StoreError> {
        let sql = "SELECT state FROM period_state WHERE tbl = ?1 AND period = ?2";
        let text: Option<String> = self.read(|connection| {
            Ok(connection.prepare_cached(sql)?.query_row((table, period), |r| r.get(0)).optional()?)
        })?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, at};

    #[test]
    fn the_state_of_a_period_is_kept_once() {
        let fixture = BookFixture::new();
        let state = |rows| TableState { rows, ..TableState::default() };
        assert_eq!(fixture.kept_state("ODS_COURSE", "2026-2027-1").unwrap(), None);
        for rows in [3, 5] {
            fixture.keep_states(at(rows), &[("ODS_COURSE", "2026-2027-1", state(rows.unsigned_abs()))]).unwrap();
        }
        assert_eq!(fixture.kept_state("ODS_COURSE", "2026-2027-1").unwrap(), Some(state(5)));
        assert_eq!(fixture.kept_state("ODS_COURSE", "2025-2026-2").unwrap(), None);
    }
}
