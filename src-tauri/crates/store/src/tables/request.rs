//! `request`: the requests that were made to receivers, without a value of a record and without a secret. They are kept for
//! a year.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Row;
use standard::request_made::RequestMade;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::sql::column::{Moment, Word};
use crate::sql::conditions;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    14,
    "CREATE TABLE request (
         no INTEGER PRIMARY KEY, at INTEGER NOT NULL, connection TEXT NOT NULL, purpose TEXT NOT NULL,
         table_name TEXT NOT NULL, rows INTEGER, took_ms INTEGER NOT NULL, sent INTEGER NOT NULL, received INTEGER,
         status INTEGER, outcome TEXT NOT NULL, answer TEXT NOT NULL);
     CREATE INDEX request_connection ON request (connection, no);
     CREATE INDEX request_failed ON request (connection, no) WHERE outcome <> 'done';",
)];

/// For how long a request is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Old requests that are removed at most when new ones are added.
const REMOVED: i64 = 1_000;

/// A request as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRequest {
    /// Number in the book; a later request has a larger one.
    pub no: i64,
    /// When it began, by the best known time.
    pub at: Timestamp,
    /// The request and what came back.
    pub request: RequestMade,
}

impl Book {
    /// Adds requests to the receiver of a connection, the oldest first, and removes what is older than a year.
    pub fn note_requests(&self, connection: &str, requests: &[(Timestamp, RequestMade)]) -> Result<(), StoreError> {
        let Some(newest) = requests.iter().map(|(at, _)| *at).max() else { return Ok(()) };
        self.write_aside(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO request (at, connection, purpose, table_name, rows, took_ms, sent, received, status, outcome,
                     answer)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?;
            let count = |n: Option<u64>| n.and_then(|n| i64::try_from(n).ok());
            for (at, request) in requests {
                insert.execute((
                    Moment(*at),
                    connection,
                    Word(request.purpose),
                    &request.table,
                    count(request.rows),
                    count(Some(request.took_ms)),
                    count(Some(request.sent)),
                    count(request.received),
                    request.status,
                    Word(request.outcome),
                    &request.answer,
                ))?;
            }
            let old = newest.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
            transaction
                .prepare_cached("DELETE FROM request WHERE no IN (SELECT no FROM request ORDER BY no LIMIT ?1) AND at < ?2")?
                .execute((REMOVED, Moment(old)))?;
            Ok(TransactionEnd::Commit(()))
        })
    }

    /// Requests to the receiver of a connection, newest first: those with a smaller number than `before`, all where it is
    /// absent; `failed`: only those that did not do what they were for.
    pub fn requests(
        &self,
        connection: &str,
        failed: bool,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<KeptRequest>, StoreError> {
        self.read(|reader| {
            let only = if failed { "AND outcome <> 'done'" } else { "" };
            let sql = format!(
                "SELECT no, at, purpose, table_name, rows, took_ms, sent, received, status, outcome, answer FROM request
                 WHERE connection = ?1 AND no < ?2 {only} ORDER BY no DESC LIMIT ?3"
            );
            let mut statement = reader.prepare_cached(&sql)?;
            let asked = (connection, before.unwrap_or(i64::MAX), conditions::rows(limit));
            Ok(statement.query_map(asked, read)?.collect::<Result<_, _>>()?)
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<KeptRequest> {
    let count = |name: &str| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(name)?.map(i64::unsigned_abs));
    Ok(KeptRequest {
        no: row.get("no")?,
        at: row.get::<_, Moment>("at")?.0,
        request: RequestMade {
            purpose: row.get::<_, Word<_>>("purpose")?.0,
            table: row.get("table_name")?,
            rows: count("rows")?,
            took_ms: count("took_ms")?.unwrap_or_default(),
            sent: count("sent")?.unwrap_or_default(),
            received: count("received")?,
            status: row.get("status")?,
            outcome: row.get::<_, Word<_>>("outcome")?.0,
            answer: row.get("answer")?,
        },
    })
}

#[cfg(test)]
mod tests {
    use standard::request_made::{RequestOutcome, RequestPurpose};

    use super::*;
    use crate::fixture::{BookFixture, at};

    fn request(rows: Option<u64>, outcome: RequestOutcome) -> RequestMade {
        RequestMade {
            purpose: RequestPurpose::Submit,
            table: "ODS_A".into(),
            rows,
            took_ms: 12,
            sent: 4_096,
            received: rows,
            status: rows.map(|_| 200),
            outcome,
            answer: "{}".into(),
        }
    }

    #[test]
    fn requests_are_listed_by_connection_newest_first_and_kept_for_a_year() {
        let mut fixture = BookFixture::new();
        let made = [(at(0), request(Some(100), RequestOutcome::Done)), (at(1), request(None, RequestOutcome::NoReply))];
        fixture.note_requests("centre", &made).unwrap();
        fixture.note_requests("other", &made[..1]).unwrap();
        fixture.note_requests("other", &[]).unwrap();
        fixture.reopen();
        let all = fixture.requests("centre", false, None, 9).unwrap();
        assert_eq!(all.iter().map(|kept| (kept.at, kept.request.clone())).rev().collect::<Vec<_>>(), made);
        assert_eq!(fixture.requests("centre", false, Some(all[0].no), 9).unwrap(), all[1..]);
        assert_eq!(fixture.requests("centre", true, None, 9).unwrap(), all[..1]);
        assert_eq!(fixture.requests("centre", false, None, 1).unwrap(), all[..1]);

        let later = at(2).checked_add(KEPT).unwrap();
        fixture.note_requests("centre", &[(later, request(Some(1), RequestOutcome::Done))]).unwrap();
        assert_eq!(fixture.requests("centre", false, None, 9).unwrap().len(), 1);
        assert_eq!(fixture.requests("other", false, None, 9).unwrap().len(), 0, "older than a year, too");
        fixture.whole();
    }
}
