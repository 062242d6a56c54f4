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
/// The period counts only in tables whose records speak for one ([`Table::period`]). `None` while the natural key
/// is all empty: such a record cannot yet be distinguished from another. An empty natural key means all columns that a clerk
/// fills.
///
/// `values` stand in the order of [`Table::fields`]; missing ones at the end count as empty.
pub fn record_key(table: &Table, school: &str, period: &str, values: &[String]) -> Option<String> {
    let natural = natural_values(table, values);
    if natural.iter().all(|v| v.is_empty()) {
        return None;
    }
    let period = table.period.of(period.trim());
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

/// Positions of the natural key's columns; of all filled columns where the natural key is empty. What a college adds to
/// a published table is never sent and so tells no records apart.
fn natural_columns(table: &Table) -> Box<dyn Iterator<Item = usize> + '_> {
    if table.natural_key.is_empty() {
        let tells = |f: &crate::Field| !f.is_system() && (table.own || !f.own);
        Box::new(table.fields.iter().enumerate().filter(move |(_, f)| tells(f)).map(|(at, _)| at))
    } else {
        Box::new(table.natural_key.iter().filter_map(|column| table.position(column)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use proptest::prelude::*;

    use super::*;
    use crate::{Edition, Standards};

    static EDITION: LazyLock<Arc<Edition>> = LazyLock::new(|| {
        let standards = Standards::builtin().expect("the built-in standards load");
        standards.edition("gaozhi-2024.09").expect("the edition is built in")
    });

    fn table(name: &str) -> &'static Table {
        EDITION.table(name).unwrap()
    }

    /// The values of a record that has only these columns.
    fn values(table: &Table, columns: &[(&str, &str)]) -> Vec<String> {
        let value = |column: &str| columns.iter().find(|(c, _)| *c == column).map_or("", |(_, v)| v);
        table.fields.iter().map(|f| value(&f.column).to_owned()).collect()
    }

    /// Keys that were made once must be made for ever: rows at the ministry hang on them.
    #[test]
    fn keys_never_change() {
        let cases = [
            ("ODS_SXJCSJ", "2026-2027-1", &[("XH", "20240101"), ("SXQYMC", "示例科技有限公司")][..], PERIODIC),
            ("ODS_SXJCSJ", "2026-2027-2", &[("XH", "20240101"), ("SXQYMC", "示例科技有限公司")], NEXT_TERM),
            ("ODS_ZYSZSJ", "2026-2027-1", &[("ZYH", "510201")], LASTING),
            ("ODS_ZYSZSJ", "2026-2027-2", &[("ZYH", "510201")], LASTING),
        ];
        for (name, period, columns, expected) in cases {
            let table = table(name);
            let key = record_key(table, "4132010001", period, &values(table, columns));
            assert_eq!(key.as_deref(), Some(expected), "{name} {period}");
        }
    }

    // Made by another SM3 (OpenSSL's).
    const PERIODIC: &str = "6A54E0A2CA4E8429FC8367997F891BE6";
    const NEXT_TERM: &str = "944FB67D68E966155F4BCAF7203D0439";
    const LASTING: &str = "DF1D7B287E0CD37E82F8CF63722A662D";

    #[test]
    fn only_the_natural_key_counts() {
        let table = table("ODS_ZYSZSJ");
        let plain = record_key(table, "1", "", &values(table, &[("ZYH", "510201")]));
        let other = record_key(table, "1", "", &values(table, &[("ZYH", " 510201\u{3000}"), ("ZYMC", "计算机")]));
        assert_eq!(plain, other);
        assert_eq!(record_key(table, "1", "", &values(table, &[("ZYMC", "计算机")])), None);
        assert_eq!(record_key(table, "1", "", &[]), None);
        assert_ne!(plain, record_key(table, "2", "", &values(table, &[("ZYH", "510201")])));
    }

    #[test]
    fn without_a_natural_key_every_filled_column_counts() {
        let table = table("ODS_XLCPSJ");
        let mut full = values(table, &[("ZYH", "510201"), ("SYSJ", "10"), ("SJCJSJ", "20260901 080000")]);
        let key = record_key(table, "1", "", &full);
        full[table.position("SJCJSJ").unwrap()] = "20260902 080000".into();
        assert_eq!(key, record_key(table, "1", "", &full), "the time of collection is not the record's");
        full[table.position("SYSJ").unwrap()] = "11".into();
        assert_ne!(key, record_key(table, "1", "", &full));
        assert_eq!(record_key(table, "1", "", &values(table, &[("XXDM", "4132010001")])), None);
    }

    proptest! {
        #[test]
        fn a_key_is_made_of_what_tells_records_apart(
            at in 0usize..98,
            cells in proptest::collection::vec("[ -~一-龥]{0,6}", 34),
            again in proptest::collection::vec("[ -~一-龥]{0,6}", 34),
        ) {
            let table = &EDITION.tables[at];
            let record = |cells: &[String]| cells[..table.fields.len().min(cells.len())].to_vec();
            let (one, other) = (record(&cells), record(&again));
            let (key, other_key) = (record_key(table, "1", "p", &one), record_key(table, "1", "p", &other));
            prop_assert_eq!(&key, &record_key(table, "1", "p", &one));
            let (natural, other_natural) = (natural_values(table, &one), natural_values(table, &other));
            prop_assert_eq!(key == other_key, natural == other_natural);
            match key {
                None => prop_assert!(natural.iter().all(|v| v.is_empty())),
                Some(key) => {
                    prop_assert!(key.len() == 32 && key.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F')));
                    prop_assert_eq!(table.period.is_periodic(), Some(key) != record_key(table, "1", "q", &one));
                }
            }
        }
    }
}
