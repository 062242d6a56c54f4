//! What earlier rows of an import spoke of, over all its sheets and files.

use std::collections::HashMap;
use std::hash::Hash;

/// A row of the import: number of its sheet, and its place there.
type At = (i64, u32);

/// Records that rows have spoken of, each with a hash of what they said. There may be a million of them, so a record
/// key is kept as the number that its digits are.
#[derive(Default)]
pub(super) struct Seen {
    /// By table and number of the record.
    records: HashMap<String, SaidOf<i64>>,
    /// By the key of a record that the book does not have.
    keys: SaidOf<u128>,
    /// The same for keys that are no such number.
    other_keys: SaidOf<String>,
}

/// What was said of records.
struct SaidOf<K> {
    /// The first row that is about a record, and the hash of what it says.
    first: HashMap<K, (At, u64)>,
    /// Hashes of further rows that said something else.
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
    /// Whether one of them says the same.
    pub same: bool,
}

impl Seen {
    /// Whether a row has spoken of this record.
    pub fn has_record(&self, table: &str, record: i64) -> bool {
        self.records.get(table).is_some_and(|records| records.first.contains_key(&record))
    }

    /// A row is about a record of the book. Returns the earlier rows that do.
    pub fn record(&mut self, table: &str, record: i64, at: At, hash: u64) -> Option<Earlier> {
        if !self.records.contains_key(table) {
            self.records.insert(table.to_owned(), SaidOf::default());
        }
        self.records.get_mut(table)?.take(record, at, hash)
    }

    /// A row is about a record that the book does not have. Returns the earlier rows that do.
    pub fn key(&mut self, key: &str, at: At, hash: u64) -> Option<Earlier> {
        match u128::from_str_radix(key, 16) {
            // Only so does no other text stand for the number.
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
