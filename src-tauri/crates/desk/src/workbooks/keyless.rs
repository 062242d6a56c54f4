//! Records that have no natural key yet, because all of its columns are empty. A row of a file without marks is about
//! one of them where it says exactly the same.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use standard::Table;

use super::seen::Seen;
use crate::session::OpenBook;
use crate::session::api::CallError;

/// Records that are read at once.
const PAGE: usize = 500;

/// The records of one table without a natural key, by a hash of what a clerk has filled in.
pub(super) struct Keyless(HashMap<u64, Vec<i64>>);

impl Keyless {
    /// Reads the records of a period.
    pub fn read(open: &OpenBook, table: &Table, period: &str) -> Result<Keyless, CallError> {
        let mut known: HashMap<u64, Vec<i64>> = HashMap::new();
        for rows in open.book.find_keyless(&table.name, period)?.chunks(PAGE) {
            for record in open.book.get_many(&table.name, rows)?.into_iter().flatten() {
                let values = record.values.iter().map(String::as_str);
                known.entry(hash(table, values)).or_default().push(record.row);
            }
        }
        Ok(Keyless(known))
    }

    /// The first record with the values of a row that no earlier row is about.
    pub fn of(
        &self,
        open: &OpenBook,
        table: &Table,
        seen: &Seen,
        cells: &[Option<String>],
    ) -> Result<Option<i64>, CallError> {
        let values = || cells.iter().map(|cell| cell.as_deref().unwrap_or_default());
        for row in self.0.get(&hash(table, values())).into_iter().flatten() {
            if seen.has_record(&table.name, *row) {
                continue;
            }
            let Some(record) = open.book.get(&table.name, *row)? else { continue };
            let mut both = table.fields.iter().zip(record.values.iter().zip(values()));
            if both.all(|(field, (value, cell))| field.is_system() || value == cell) {
                return Ok(Some(*row));
            }
        }
        Ok(None)
    }
}

/// A hash of the values that a clerk fills in.
fn hash<'v>(table: &Table, values: impl Iterator<Item = &'v str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (field, value) in table.fields.iter().zip(values) {
        if !field.is_system() {
            value.hash(&mut hasher);
        }
    }
    hasher.finish()
}
