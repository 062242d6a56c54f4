//! SQL for the state of records towards a connection, and for findings that are explained.
//!
//! The state follows from the hash of the record's content, which every change writes anew. No flag "sent" is stored in
//! a record, so no flag can be wrong after a change or an undo.

use rusqlite::types::Value;
use serde::{Deserialize, Serialize};
use standard::field::KEY_COLUMN;

use crate::records::table_sql::TableSql;
use crate::sql::{json_texts, quoted};

/// State of a record towards a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RowState {
    /// Never in a batch.
    New,
    /// Changed since it was accepted, or rejected and changed since.
    Changed,
    /// With its present content it is in a batch and was not sent yet.
    Waiting,
    /// With its present content it was sent, and it is not known whether it arrived.
    Unknown,
    /// With its present content it was sent in a batch without a result yet.
    Sent,
    /// With its present content it was accepted.
    Accepted,
    /// With its present content it was rejected.
    Rejected,
}

/// Whether the finding `f` is explained: by a reason for this record, value and sentence, by a reason for all findings of
/// this cause, or because records with one natural key were told apart.
pub(crate) const EXPLAINED: &str = "(EXISTS (SELECT 1 FROM explanation e WHERE e.tbl = f.tbl AND e.row = f.row
    AND e.col = f.col AND e.rule = f.rule AND e.value = f.value
    AND (e.said IS NULL OR e.said = coalesce(f.words, f.message)))
    OR (f.level = 1 AND f.words IS NOT NULL AND EXISTS (SELECT 1 FROM answer a WHERE a.tbl = f.tbl AND a.col = f.col
        AND a.rule = f.rule AND a.code = f.message))
    OR (f.rule = 'unique-key' AND EXISTS (SELECT 1 FROM repeat p WHERE p.tbl = f.tbl AND p.row = f.row AND p.holds)))";

/// The state of each record towards a connection: `?1` connection, `?2` table, `?3` period. Columns `_row`, `accepted`,
/// `under_way`, `waiting`, `keyless`, `blocked`, `unexplained`, in the order of the grid.
pub(crate) fn submission_states(table_sql: &TableSql) -> String {
    format!("{} WHERE t._period = ?3 ORDER BY t._place, t._row", states(table_sql, ""))
}

/// [`submission_states`] without an order, of the whole period or of the records in the JSON list `?4`, with `filled`
/// (how many required cells are) and `last` (the outcome of the record with its present content).
pub(crate) fn counted_states(table_sql: &TableSql, only_rows: bool) -> String {
    let required: Vec<String> =
        required_columns(table_sql).map(|column| format!("(t.{} IS NOT NULL)", quoted(column))).collect();
    let more = format!(
        ", {} AS filled, (SELECT CASE WHEN r.outcome = 'open' THEN c.state ELSE r.outcome END
               FROM batch_row r JOIN batch b ON b.id = r.batch
               JOIN call c ON c.batch = r.batch AND c.no = r.call
               WHERE r.tbl = ?2 AND r.row = t._row AND r.hash = t._hash AND b.connection = ?1
               ORDER BY r.batch DESC LIMIT 1) AS last",
        if required.is_empty() { "0".to_owned() } else { required.join(" + ") }
    );
    format!("{} {}", states(table_sql, &more), within("?3", "?4", only_rows))
}

/// The condition for the records of a period, or for those of them in a JSON list. The `+` prevents SQLite from reading
/// the whole period where a few records are named.
pub(super) fn within(period: &str, rows: &str, only_rows: bool) -> String {
    match only_rows {
        true => format!("WHERE +t._period = {period} AND t._row IN (SELECT value FROM json_each({rows}))"),
        false => format!("WHERE t._period = {period}"),
    }
}

/// Required columns that a clerk fills.
pub(super) fn required_columns(table_sql: &TableSql) -> impl Iterator<Item = &str> {
    table_sql.table().filled_fields().filter(|field| field.required).map(|field| field.column.as_str())
}

fn states(table_sql: &TableSql, more: &str) -> String {
    let no_key = if table_sql.key_at.is_some() { format!("t.{} IS NULL", quoted(KEY_COLUMN)) } else { "0".into() };
    format!(
        "SELECT t._row,
             EXISTS (SELECT 1 FROM acceptance a
                 WHERE a.connection = ?1 AND a.tbl = ?2 AND a.row = t._row AND a.hash = t._hash) AS accepted,
             EXISTS (SELECT 1 FROM batch_row r JOIN batch b ON b.id = r.batch WHERE r.tbl = ?2 AND r.row = t._row
                 AND r.hash = t._hash AND r.outcome = 'open' AND b.connection = ?1) AS under_way,
             EXISTS (SELECT 1 FROM batch_row r JOIN batch b ON b.id = r.batch
                 JOIN call c ON c.batch = r.batch AND c.no = r.call WHERE r.tbl = ?2 AND r.row = t._row
                 AND r.hash = t._hash AND r.outcome = 'open' AND b.connection = ?1 AND c.state = 'frozen') AS waiting,
             {no_key} AS keyless,
             {no_key} OR EXISTS (SELECT 1 FROM finding f
                 WHERE f.tbl = ?2 AND f.row = t._row AND f.level = 0) AS blocked,
             EXISTS (SELECT 1 FROM finding f WHERE f.tbl = ?2 AND f.row = t._row AND f.level = 1
                 AND NOT {EXPLAINED}) AS unexplained{more}
         FROM {} t",
        table_sql.quoted_name
    )
}

/// Which records of [`submission_states`] are to be sent. Records of own tables are never sent.
pub(crate) fn is_new(table_sql: &TableSql) -> &'static str {
    if table_sql.table().own { "0" } else { "NOT accepted AND NOT under_way" }
}

impl RowState {
    fn word(self) -> &'static str {
        match self {
            RowState::New => "new",
            RowState::Changed => "changed",
            RowState::Waiting => "waiting",
            RowState::Unknown => "unknown",
            RowState::Sent => "sent",
            RowState::Accepted => "accepted",
            RowState::Rejected => "rejected",
        }
    }
}

/// The condition that the record `t` is in one of these states towards a connection, with its parameters.
pub(crate) fn in_states(table: &str, connection: &str, states: &[RowState]) -> (&'static str, [Value; 7]) {
    let condition = "(CASE coalesce((SELECT CASE WHEN r.outcome = 'open' THEN c.state ELSE r.outcome END
             FROM batch_row r JOIN batch b ON b.id = r.batch JOIN call c ON c.batch = r.batch AND c.no = r.call
             WHERE r.tbl = ? AND r.row = t._row AND r.hash = t._hash AND b.connection = ?
             ORDER BY r.outcome = 'open' DESC, r.batch DESC LIMIT 1), '')
         WHEN 'frozen' THEN 'waiting' WHEN 'unknown' THEN 'unknown' WHEN 'sending' THEN 'sent' WHEN 'sent' THEN 'sent'
         WHEN 'rejected' THEN 'rejected'
         ELSE CASE WHEN EXISTS (SELECT 1 FROM acceptance a
                 WHERE a.connection = ? AND a.tbl = ? AND a.row = t._row AND a.hash = t._hash) THEN 'accepted'
             WHEN EXISTS (SELECT 1 FROM batch_row r JOIN batch b ON b.id = r.batch
                 WHERE r.tbl = ? AND r.row = t._row AND b.connection = ?) THEN 'changed'
             ELSE 'new' END END)
         IN (SELECT value FROM json_each(?))";
    let words = json_texts(states.iter().map(|state| state.word()));
    let [table, connection] = [table, connection].map(|text| Value::from(text.to_owned()));
    let params = [&table, &connection, &connection, &table, &table, &connection].map(Value::clone);
    let [a, b, c, d, e, f] = params;
    (condition, [a, b, c, d, e, f, words.into()])
}
