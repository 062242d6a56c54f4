//! The record key: what goes into the column ZJSJWYXBS.
//!
//! The standard wants 32 upper-case letters and digits that stay the same for a record for ever, and says nothing of
//! how they are made. Here they follow from the natural key of the record, so that the same record gets the same key on
//! another PC, from another hand, after another import. Keeping a key once a record was sent, whatever is corrected
//! later, is the book's business: this module only makes keys.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use sm3::{Digest, Sm3};

use crate::field::SCHOOL_COLUMN;
use crate::{Field, KeyPeriod, Kind, PeriodKind, Table};

/// Between the parts of a key. Neither a keyboard nor a workbook (XML 1.0 forbids it) can bring it into a value.
const BETWEEN: char = '\u{1f}';

/// The code list of terms (学期).
const TERMS: &str = "XQDM";

impl KeyPeriod {
    /// What follows from the columns of the natural key and from what the records belong to.
    ///
    /// A date, a moment or a month tells the time. A year does for records of a year, else only with a term beside it:
    /// the records of its two terms may differ.
    pub fn of(table: &Table) -> KeyPeriod {
        if !table.period.is_periodic() {
            return KeyPeriod::Never;
        }
        let natural: Vec<&Field> = table.natural_fields().collect();
        let year = natural.iter().any(|f| f.required && matches!(f.kind, Kind::Year | Kind::YearRange));
        let term = natural.iter().any(|f| f.required && f.code_list.as_deref() == Some(TERMS));
        let of_a_year = matches!(table.period, PeriodKind::SchoolYear | PeriodKind::CalendarYear);
        if (year && (term || of_a_year)) || natural.iter().any(|f| f.required && tells_time(f)) {
            KeyPeriod::Never
        } else if natural.iter().any(|f| tells_time(f)) {
            KeyPeriod::Undated
        } else {
            KeyPeriod::Always
        }
    }
}

/// Whether the values of a field say when something was, without any other field.
fn tells_time(field: &Field) -> bool {
    matches!(field.kind, Kind::Date | Kind::DateTime | Kind::YearMonth)
}

/// The key of a record: 32 characters `0-9A-F`, the first 16 bytes of SM3 over table name, school, period and the
/// values of the natural key, trimmed.
///
/// The period counts only where nothing in the natural key tells the time ([`KeyPeriod`]). `None` while the natural key
/// is all empty: such a record cannot yet be distinguished from another. An empty natural key means all columns that a
/// clerk fills.
///
/// `values` stand in the order of [`Table::fields`]; missing ones at the end count as empty.
pub fn record_key(table: &Table, school: &str, period: &str, values: &[String]) -> Option<String> {
    let natural = natural_values(table, school, values);
    if natural.iter().all(|v| v.is_empty()) {
        return None;
    }
    let period = if period_enters(table, values) { table.period.of(period.trim()) } else { "" };
    let mut text = [table.name.as_str(), school.trim(), period].join(&BETWEEN.to_string());
    for value in natural {
        text.push(BETWEEN);
        text.push_str(&value);
    }
    Some(digest(&text))
}

/// The key of a record that has the natural key of others and is none of them: `key` is the one that they share, and
/// `ordinal` tells which of them it is, counted from 1. The first keeps the key without an ordinal.
pub fn repeated_key(key: &str, ordinal: u32) -> String {
    if ordinal <= 1 { key.to_owned() } else { digest(&format!("{key}{BETWEEN}{ordinal}")) }
}

/// The values that tell this record from others, in the order of the natural key: trimmed, JSON in one form of writing.
/// The school code is that of the settings, whatever stands in the record.
pub fn natural_values<'a>(table: &'a Table, school: &'a str, values: &'a [String]) -> Vec<Cow<'a, str>> {
    let value = |field: &Field| {
        let text = value_of(table, field, values);
        match field.kind {
            Kind::Json => canonical(text).map_or(Cow::Borrowed(text), Cow::Owned),
            _ if field.column == SCHOOL_COLUMN => Cow::Borrowed(school.trim()),
            _ => Cow::Borrowed(text),
        }
    };
    table.natural_fields().map(value).collect()
}

/// Whether the period enters the key of this record.
fn period_enters(table: &Table, values: &[String]) -> bool {
    match table.key_rule.period {
        KeyPeriod::Never => false,
        KeyPeriod::Always => true,
        KeyPeriod::Undated => {
            table.natural_fields().filter(|f| tells_time(f)).all(|f| value_of(table, f, values).is_empty())
        }
    }
}

fn value_of<'a>(table: &Table, field: &Field, values: &'a [String]) -> &'a str {
    table.position(&field.column).and_then(|at| values.get(at)).map_or("", |v| v.trim())
}

fn digest(text: &str) -> String {
    hex::encode_upper(&Sm3::digest(text)[..16])
}

/// JSON without blanks between its parts and with the names of each object in alphabetical order: another order or
/// layout is the same content. `None` for what is not JSON.
fn canonical(text: &str) -> Option<String> {
    fn sorted(value: Value) -> Value {
        match value {
            Value::Object(map) => {
                let names: BTreeMap<String, Value> = map.into_iter().map(|(name, v)| (name, sorted(v))).collect();
                Value::Object(names.into_iter().collect())
            }
            Value::Array(list) => Value::Array(list.into_iter().map(sorted).collect()),
            other => other,
        }
    }
    serde_json::from_str(text).ok().map(|value| sorted(value).to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use proptest::prelude::*;

    use super::*;
    use crate::{Edition, Standards};

    static STANDARDS: LazyLock<Standards> =
        LazyLock::new(|| Standards::builtin().expect("the built-in standards load"));

    fn edition(id: &str) -> Arc<Edition> {
        STANDARDS.edition(id).expect("the edition is built in")
    }

    /// The table of the newest edition that has it.
    fn table(name: &str) -> Table {
        STANDARDS.editions().iter().find_map(|edition| edition.table(name)).unwrap().clone()
    }

    /// The values of a record that has only these columns.
    fn values(table: &Table, columns: &[(&str, &str)]) -> Vec<String> {
        let value = |column: &str| columns.iter().find(|(c, _)| *c == column).map_or("", |(_, v)| v);
        table.fields.iter().map(|f| value(&f.column).to_owned()).collect()
    }

    const SCHOOL: &str = "4132010001";
    const AUTUMN: &str = "2026-2027-1";
    const SPRING: &str = "2026-2027-2";
    const NEXT_YEAR: &str = "2028-2029-1";

    fn key(name: &str, period: &str, columns: &[(&str, &str)]) -> Option<String> {
        let table = table(name);
        record_key(&table, SCHOOL, period, &values(&table, columns))
    }

    /// Keys that were made once must be made for ever: rows at the ministry hang on them.
    ///
    /// They changed once, in November 2026, on purpose: more columns tell records apart, and the period enters only
    /// where no date does. Books keep the keys of what they had sent before (`fixed_key` in the store).
    #[test]
    fn keys_never_change() {
        let stay: &[(&str, &str)] = &[("XH", "20240101"), ("SXQYMC", "示例科技有限公司")];
        let dated: &[(&str, &str)] = &[stay[0], stay[1], ("SXKSRQ", "20260907")];
        let loan: &[(&str, &str)] = &[("JYZBH", "20240101"), ("TSBH", "TS0001"), ("JYRQ", "20261220")];
        let major: &[(&str, &str)] = &[("ZYH", "510201"), ("XZM", "3")];
        let cases = [
            ("ODS_SXJCSJ", AUTUMN, stay, UNDATED),
            ("ODS_SXJCSJ", SPRING, stay, NEXT_TERM),
            ("ODS_SXJCSJ", AUTUMN, dated, DATED),
            ("ODS_SXJCSJ", SPRING, dated, DATED),
            ("ODS_TSJYSJ", AUTUMN, loan, LOAN),
            ("ODS_TSJYSJ", SPRING, loan, LOAN),
            ("ODS_ZYSZSJ", AUTUMN, major, LASTING),
            ("ODS_ZYSZSJ", SPRING, major, LASTING),
            ("ODS_KCJBSJ", AUTUMN, &[("KCH", "GG001")], COURSE),
            ("ODS_ZZZZZSSJ", AUTUMN, &[("XXDM", "another"), ("JSZGZRS", "100")], OF_THE_SCHOOL),
        ];
        for (name, period, columns, expected) in cases {
            assert_eq!(key(name, period, columns).as_deref(), Some(expected), "{name} {period}");
        }
        let ordinals = [1, 2, 3].map(|ordinal| repeated_key(LOAN, ordinal));
        assert_eq!(ordinals, [LOAN, SECOND_LOAN, THIRD_LOAN]);
    }

    // Made by another SM3 (OpenSSL's).
    const UNDATED: &str = "B94848FB30042AD7416860F5750DF56B";
    const NEXT_TERM: &str = "893F284BD8AEF543245FADDC5778BD47";
    const DATED: &str = "68FCC74CBAB506C0BBE990A814CBE2D8";
    const LOAN: &str = "24B9A80B111E44C9BAF3A11EB653C69E";
    const SECOND_LOAN: &str = "BA8BE5E0F5CA02981BF908019D0796BC";
    const THIRD_LOAN: &str = "5D00A184E20B474AAD3C2D88999A1FD8";
    const LASTING: &str = "98BBD91095F16F16643405F98E1CD53F";
    const COURSE: &str = "2F8F35FCB32908AAE684CF847E9BE2E9";
    const OF_THE_SCHOOL: &str = "45FDB5D0D4E95E1A8A64FC10F3102065";

    #[test]
    fn only_the_natural_key_counts() {
        let table = table("ODS_KCJBSJ");
        let of = |columns: &[(&str, &str)]| record_key(&table, "1", "", &values(&table, columns));
        let plain = of(&[("KCH", "510201")]);
        assert_eq!(plain, of(&[("KCH", " 510201\u{3000}"), ("KCMC", "计算机")]));
        assert_eq!(of(&[("KCMC", "计算机")]), None);
        assert_eq!(record_key(&table, "1", "", &[]), None);
        assert_ne!(plain, record_key(&table, "2", "", &values(&table, &[("KCH", "510201")])));
    }

    #[test]
    fn without_a_natural_key_every_filled_column_counts() {
        let table = table("ODS_XLCPSJ");
        let mut full = values(&table, &[("ZYH", "510201"), ("SYSJ", "10"), ("SJCJSJ", "20260901 080000")]);
        let key = record_key(&table, "1", "", &full);
        full[table.position("SJCJSJ").unwrap()] = "20260902 080000".into();
        assert_eq!(key, record_key(&table, "1", "", &full), "the time of collection is not the record's");
        full[table.position("SYSJ").unwrap()] = "11".into();
        assert_ne!(key, record_key(&table, "1", "", &full));
        assert_eq!(record_key(&table, "1", "", &values(&table, &[("XXDM", "4132010001")])), None);
    }

    #[test]
    fn json_counts_by_its_content() {
        let of =
            |text: &str| key("ODS_XXTSXXHXTYYSJ", AUTUMN, &[("TSXXHXTBH", "T1"), ("CSRQ", "20261012"), ("NR", text)]);
        let plain = of(r#"{"a":1,"b":[{"d":"x","c":null}]}"#);
        assert_eq!(plain, of(" {\"b\" : [ {\"c\":null,\n\"d\":\"x\"} ],\t\"a\": 1}"));
        for other in [r#"{"a":2,"b":[{"d":"x","c":null}]}"#, r#"{"a":1,"b":[]}"#, "{\"a\":1,", "不是"] {
            assert_ne!(plain, of(other), "{other}");
        }
        assert_eq!(of("不是 "), of("不是"));
    }

    #[test]
    fn the_period_enters_only_where_nothing_tells_the_time() {
        let follows = |name: &str| table(name).key_rule.period;
        for (name, expected) in [
            ("ODS_KCJBSJ", KeyPeriod::Always),
            ("ODS_XKSJ", KeyPeriod::Always),
            ("ODS_TSJYSJ", KeyPeriod::Never),
            ("ODS_XSQJSJ", KeyPeriod::Never),
            ("ODS_CXHZSJ", KeyPeriod::Never),
            ("ODS_PYFAKCSJ", KeyPeriod::Never),
            ("ODS_SXJCSJ", KeyPeriod::Undated),
            ("ODS_ZZSXJCSJ", KeyPeriod::Undated),
            ("ODS_ZYSZSJ", KeyPeriod::Never),
        ] {
            assert_eq!(follows(name), expected, "{name}");
        }
        let mut year_alone = table("ODS_PYFAKCSJ");
        year_alone.natural_key.retain(|column| column != "KKXQM");
        assert_eq!(KeyPeriod::of(&year_alone), KeyPeriod::Always, "the records of the two terms may differ");
    }

    /// What enters is what follows from the columns, save where the table says why not; and every key has its reason.
    #[test]
    fn exceptions_have_their_reason() {
        for edition in STANDARDS.editions() {
            for table in &edition.tables {
                let (rule, follows) = (&table.key_rule, KeyPeriod::of(table));
                let name = format!("{} {}", edition.id, table.name);
                assert!(rule.basis.as_deref().is_some_and(|why| why.len() > 8), "{name}");
                assert_eq!(rule.period != follows, rule.period_basis.is_some(), "{name}");
                assert!(rule.period == follows || rule.period == KeyPeriod::Never, "{name}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_key_is_made_of_what_tells_records_apart(
            at in 0usize..98,
            cells in proptest::collection::vec("[ -~一-龥]{0,6}", 34),
            again in proptest::collection::vec("[ -~一-龥]{0,6}", 34),
        ) {
            let edition = edition("gaozhi-2024.09");
            let table = &edition.tables[at];
            let record = |cells: &[String]| cells[..table.fields.len().min(cells.len())].to_vec();
            let (one, other) = (record(&cells), record(&again));
            let (key, other_key) = (record_key(table, "1", AUTUMN, &one), record_key(table, "1", AUTUMN, &other));
            prop_assert_eq!(&key, &record_key(table, "1", AUTUMN, &one));
            let (natural, other_natural) = (natural_values(table, "1", &one), natural_values(table, "1", &other));
            prop_assert_eq!(key == other_key, natural == other_natural);
            match key {
                None => prop_assert!(natural.iter().all(|v| v.is_empty())),
                Some(key) => {
                    prop_assert!(key.len() == 32 && key.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F')));
                    let enters = Some(&key) != record_key(table, "1", NEXT_YEAR, &one).as_ref();
                    prop_assert_eq!(enters, period_enters(table, &one));
                }
            }
        }

        /// For every table of every edition: what is not part of the natural key, blanks around it, and the period
        /// where a date tells the time change nothing; another value of any part of it makes another record.
        #[test]
        fn the_same_record_has_the_same_key(
            cells in proptest::collection::vec("[0-9A-Z一-龥]{1,6}", 48),
            again in proptest::collection::vec("[0-9A-Z一-龥]{1,6}", 48),
        ) {
            for edition in STANDARDS.editions() {
                for table in &edition.tables {
                    let one: Vec<String> = cells[..table.fields.len()].to_vec();
                    let of = |period: &str, values: &[String]| record_key(table, SCHOOL, period, values);
                    let natural: Vec<&str> = table.natural_fields().map(|f| f.column.as_str()).collect();
                    let mut same = one.clone();
                    for (at, field) in table.fields.iter().enumerate() {
                        if natural.contains(&field.column.as_str()) {
                            same[at] = format!(" {}\u{3000}", same[at]);
                        } else {
                            same[at].clone_from(&again[at]);
                        }
                    }
                    prop_assert_eq!(of(AUTUMN, &one), of(AUTUMN, &same), "{}", &table.name);
                    let lasts = table.key_rule.period != KeyPeriod::Always;
                    prop_assert_eq!(of(AUTUMN, &one) == of(NEXT_YEAR, &same), lasts, "{}", &table.name);
                    for column in natural.iter().filter(|column| **column != SCHOOL_COLUMN) {
                        let mut other = one.clone();
                        other[table.position(column).unwrap()].push('x');
                        prop_assert_ne!(of(AUTUMN, &one), of(AUTUMN, &other), "{} {}", &table.name, column);
                    }
                }
            }
        }
    }
}
