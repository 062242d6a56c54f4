//! The records that earlier rows of an import are about, over all its sheets and files.

use std::collections::HashMap;
use std::hash::Hash;

/// A row of the import: number of its sheet, and its place there.
type At = (i64, u32);

/// The records of earlier rows, each with a hash of the row's values. There may be a million of them, so a record key
/// is kept as the number that its hexadecimal digits stand for.
#[derive(Default)]
pub(super) struct Seen {
    /// By table and number of the record.
    records: HashMap<String, SaidOf<i64>>,
    /// By the key of a record that the book does not have.
    keys: SaidOf<u128>,
    /// The same for keys that are not 32 hexadecimal digits.
    other_keys: SaidOf<String>,
}

/// The rows about records: the first row of each, and the hashes of rows with other values.
struct SaidOf<K> {
    /// The first row that is about a record, and the hash of its values.
    first: HashMap<K, (At, u64)>,
    /// Hashes of further rows with other values.
    others: HashMap<K, Vec<u64>>,
}

impl<K> Default for SaidOf<K> {
    fn default() -> Self {
        SaidOf { first: HashMap::new(), others: HashMap::new() }
    }
}

/// An earlier row that is about the same record.
pub(super) struct Earlier {
    /// The first of them.
    pub first: At,
    /// Whether one of them has the same values.
    pub same: bool,
}

impl Seen {
    /// Whether an earlier row is about this record.
    pub fn has_record(&self, table: &str, record: i64) -> bool {
        self.records.get(table).is_some_and(|records| records.first.contains_key(&record))
    }

    /// Adds a row about a record of the book. Returns the earlier rows about it.
    pub fn record(&mut self, table: &str, record: i64, at: At, hash: u64) -> Option<Earlier> {
        if !self.records.contains_key(table) {
            self.records.insert(table.to_owned(), SaidOf::default());
        }
        self.records.get_mut(table)?.take(record, at, hash)
    }

    /// Adds a row about a record that the book does not have. Returns the earlier rows about it.
    pub fn key(&mut self, key: &str, at: At, hash: u64) -> Option<Earlier> {
        match u128::from_str_radix(key, 16) {
            // Written back, the number must give the same text; otherwise two keys could have one number.
            Ok(number) if format!("{number:032X}") == key => self.keys.take(number, at, hash),
            _ => self.other_keys.take(key.to_owned(), at, hash),
        }
    }
}

impl<K: Eq + Hash> SaidOf<K> {
    fn take(&mut self, of: K, at: At, hash: u64) -> Option<Earlier> {
        let Some((first, said)) = self.first.get(&of).copied() else {
            self.first.insert(of, (at, hash));
            return None;
        };
        let same = said == hash || self.others.get(&of).is_some_and(|others| others.contains(&hash));
        if !same {
            self.others.entry(of).or_default().push(hash);
        }
        Some(Earlier { first, same })
    }
}
