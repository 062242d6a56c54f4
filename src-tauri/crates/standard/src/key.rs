//! The record key: what goes into the column ZJSJWYXBS.
//!
//! The standard wants 32 upper-case letters and digits that stay the same for a record for ever, and says nothing of
//! how they are made. Here they follow from what the record speaks of, so that the same record gets the same key on
//! another PC, from another hand, after another import. Keeping a key once a record was sent, whatever is corrected
//! later, is the book's business: this module only makes keys.

use sm3::{Digest, Sm3};

use crate::Table;

/// Between the parts of a key. Neither a keyboard nor a workbook (XML 1.0 forbids it) can bring it into a value.
const BETWEEN: char = '\u{1f}';

/// The key of a record: 32 characters `0-9A-F`, the first 16 bytes of SM3 over table name, school, period and the
/// values of the natural key, trimmed.
///
/// The period counts only in tables whose records speak for one ([`Table::periodic`]). `None` while the natural key
/// is all empty: such a record cannot be told from another yet. An empty natural key means all columns that a clerk
/// fills.
///
/// `values` stand in the order of [`Table::fields`]; missing ones at the end count as empty.
pub fn record_key(table: &Table, school: &str, period: &str, values: &[String]) -> Option<String> {
    let natural = natural_values(table, values);
    if natural.iter().all(|v| v.is_empty()) {
        return None;
    }
    let period = if table.periodic { period.trim() } else { "" };
    let mut text = [table.name.as_str(), school.trim(), period].join(&BETWEEN.to_string());
    for value in natural {
        text.push(BETWEEN);
        text.push_str(value);
    }
    Some(hex::encode_upper(&Sm3::digest(text)[..16]))
}

/// The values that tell this record from others, trimmed, in the order of the natural key.
pub fn natural_values<'a>(table: &Table, values: &'a [String]) -> Vec<&'a str> {
    natural_columns(table).map(|at| values.get(at).map_or("", |v| v.trim())).collect()
}

/// Positions of the natural key's columns; of all filled columns where the natural key is empty.
fn natural_columns(table: &Table) -> Box<dyn Iterator<Item = usize> + '_> {
    if table.natural_key.is_empty() {
        Box::new(table.fields.iter().enumerate().filter(|(_, f)| !f.is_system()).map(|(at, _)| at))
    } else {
        Box::new(table.natural_key.iter().filter_map(|column| table.position(column)))
    }
}
