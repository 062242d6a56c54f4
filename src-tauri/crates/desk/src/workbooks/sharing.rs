//! Which of several records with one natural key a row of a file is about.

use standard::Table;
use store::Record;
use workbook::RecordMark;

use super::seen::Seen;
use crate::session::OpenBook;
use crate::session::api::CallError;

/// What a row tells about its record.
pub(super) struct RowSays<'a> {
    /// The record that its mark names, where that record has the natural key of the row.
    pub by_mark: Option<i64>,
    /// The mark as it stands in the file.
    pub mark: Option<&'a RecordMark>,
    /// Its cells in the order of the fields.
    pub cells: &'a [Option<String>],
}

/// The record of a row among those that share its natural key: the one whose mark no other of them has; else one that
/// no earlier row is about, and of these preferably one that already has the values of the row. Where records of the
/// table may share the key, a further row is a new record.
pub(super) fn one_of(
    open: &OpenBook,
    table: &Table,
    seen: &Seen,
    sharing: &[i64],
    row: &RowSays<'_>,
) -> Result<Option<i64>, CallError> {
    let first = sharing.first().copied();
    let repeats = table.key_rule.repeats.is_some();
    if sharing.len() < 2 && (!repeats || row.by_mark.is_some()) {
        return Ok(row.by_mark.or(first));
    }
    let name = &table.name;
    if row.by_mark.is_some() && !is_shared(row.mark, &open.book.get_many(name, sharing)?) {
        return Ok(row.by_mark);
    }
    let free: Vec<i64> = sharing.iter().filter(|record| !seen.has_record(name, **record)).copied().collect();
    let agrees = |record: &Record| {
        row.cells.iter().zip(&record.values).all(|(cell, value)| cell.as_ref().is_none_or(|cell| cell == value))
    };
    let same = open.book.get_many(name, &free)?.into_iter().flatten().find(agrees).map(|record| record.row);
    let marked = row.by_mark.filter(|marked| free.contains(marked));
    Ok(same.or(marked).or(free.first().copied()).or(first.filter(|_| !repeats)))
}

/// Whether several of these records have the key of the mark, so that the mark does not identify one of them.
fn is_shared(mark: Option<&RecordMark>, records: &[Option<Record>]) -> bool {
    match mark {
        Some(RecordMark::Key(key)) => records.iter().flatten().filter(|record| record.key == *key).count() > 1,
        _ => false,
    }
}
