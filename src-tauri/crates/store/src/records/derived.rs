//! What is computed from a record's values: the natural record key, the payload that is sent, and the hash of its
//! content.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde::ser::{Serialize, SerializeMap, Serializer};
use sm3::{Digest, Sm3};
use standard::field::COLLECTED_COLUMN;
use standard::{Field, Table};

/// National time (UTC+8 all year round). Collection times and due days are written in it, whatever zone the PC is set
/// to.
pub const NATIONAL_TIME: TimeZone = TimeZone::fixed(Offset::constant(8));

/// The collection time of a moment: `YYYYMMDD hhmmss` in national time.
pub(crate) fn collected_at(at: Timestamp) -> String {
    at.to_zoned(NATIONAL_TIME).strftime("%Y%m%d %H%M%S").to_string()
}

/// Whether a field belongs to what is sent: all but a college's own additions to a published table.
fn is_content(table: &Table, field: &Field) -> bool {
    table.own || !field.own
}

/// SM3 of a record's content: all columns except the collection time, so that saving the same values again is not a
/// change, and except own ones, so that filling them does not send the record again.
pub(crate) fn content_hash(table: &Table, values: &[String]) -> [u8; 32] {
    let mut hash = Sm3::new();
    for (field, value) in table.fields.iter().zip(values) {
        if field.column != COLLECTED_COLUMN && is_content(table, field) {
            // The length comes first, so that ("ab", "c") and ("a", "bc") have different hashes.
            hash.update((value.len() as u64).to_le_bytes());
            hash.update(value.as_bytes());
        }
    }
    hash.finalize().into()
}

/// The record as it is frozen: all columns of the standard in printed order, values as text.
pub(crate) fn payload(table: &Table, values: &[String]) -> Result<String, serde_json::Error> {
    let cells = table.fields.iter().zip(values).filter(|(field, _)| is_content(table, field));
    serde_json::to_string(&Cells(cells.map(|(field, value)| (field.column.as_str(), value.as_str()))))
}

/// Cells as a JSON object, written in the order given.
pub(crate) struct Cells<I>(pub I);

impl<N: AsRef<str>, V: AsRef<str>, I: Iterator<Item = (N, V)> + Clone> Serialize for Cells<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, value) in self.0.clone() {
            map.serialize_entry(column.as_ref(), value.as_ref())?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{edition, field, values};
    use standard::Kind;

    #[test]
    fn collection_time_is_national_time() {
        let check = |at: &str, expect: &str| assert_eq!(collected_at(at.parse().unwrap()), expect);
        check("2026-09-01T00:00:00Z", "20260901 080000");
        check("2026-12-31T16:00:01Z", "20270101 000001");
        check("2026-09-01T09:30:00+08:00", "20260901 093000");
    }

    #[test]
    fn the_hash_follows_content_and_nothing_else() {
        let edition = edition();
        let table = edition.table("ODS_COURSE").unwrap();
        let hash = |set: &[(&str, &str)]| content_hash(table, &values(table, set));
        let plain = hash(&[("KCH", "01"), ("KCMC", "语文")]);
        assert_eq!(plain, hash(&[("KCMC", "语文"), ("KCH", "01"), ("SJCJSJ", "20260901 080000")]));
        assert_ne!(plain, hash(&[("KCH", "01"), ("KCMC", "数学")]));
        assert_ne!(plain, hash(&[("KCH", "01语"), ("KCMC", "文")]));
    }

    #[test]
    fn own_fields_are_neither_content_nor_payload() {
        let mut edition = (*edition()).clone();
        let table = &mut edition.tables[0];
        let plain = values(table, &[("KCH", "01")]);
        let (hash, sent) = (content_hash(table, &plain), payload(table, &plain).unwrap());
        table.fields.push(Field { own: true, ..field(9, "X_BZ", Kind::Text, true) });
        let noted = values(table, &[("KCH", "01"), ("X_BZ", "只有我们知道")]);
        assert_eq!((content_hash(table, &noted), payload(table, &noted).unwrap()), (hash, sent));
    }

    #[test]
    fn a_payload_has_every_column_in_printed_order() {
        let edition = edition();
        let table = edition.table("ODS_COURSE").unwrap();
        let values = values(table, &[("KCH", "01"), ("KCMC", "\"语文\"")]);
        assert_eq!(
            payload(table, &values).unwrap(),
            r#"{"ZJSJWYXBS":"","XXDM":"","KCH":"01","KCMC":"\"语文\"","XF":"","SJCJSJ":""}"#
        );
    }
}
