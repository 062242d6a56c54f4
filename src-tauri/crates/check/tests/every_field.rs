//! Every field of the edition in force, with its printed example, its own limits, and any text at all.

use check::{Columns, Plan, normalise};
use proptest::prelude::*;
use standard::{Edition, Field, Finding, Kind, Level, Sensitivity, Standards, Table};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

static PLANS: LazyLock<HashMap<&str, Plan<'static>>> = LazyLock::new(|| {
    let tables = EDITION.tables.iter();
    tables.map(|table| (table.name.as_str(), Plan::new(&EDITION, table, Columns::All))).collect()
});

/// The findings about one column of a record that has nothing else.
fn findings(table: &Table, field: &Field, value: &str) -> Vec<Finding> {
    let mut values = vec![String::new(); table.fields.len()];
    values[table.position(&field.column).unwrap()] = value.to_owned();
    let mut found = Vec::new();
    PLANS[table.name.as_str()].cells(None, &values, &mut found);
    found.retain(|finding| finding.column.as_deref() == Some(&field.column));
    found
}

fn fields() -> impl Iterator<Item = (&'static Table, &'static Field)> {
    EDITION.tables.iter().flat_map(|table| table.fields.iter().map(move |field| (table, field)))
}

/// A field anywhere in the edition.
fn any_field() -> impl Strategy<Value = (&'static Table, &'static Field)> {
    let all: Vec<_> = fields().collect();
    (0..all.len()).prop_map(move |at| all[at])
}

/// A field of every kind alike: most fields are texts, and most mistakes are made elsewhere.
fn field_of_any_kind() -> impl Strategy<Value = (&'static Table, &'static Field)> {
    use Kind::*;
    let kinds =
        [Text, LongText, Integer, Decimal, Date, DateTime, Time, YearMonth, Year, YearRange, Code, Codes, Url, Json];
    let by_kind: Vec<Vec<_>> = kinds.iter().map(|kind| fields().filter(|(_, f)| f.kind == *kind).collect()).collect();
    (0..kinds.len(), any::<prop::sample::Index>()).prop_map(move |(kind, at)| *at.get(&by_kind[kind]))
}

/// What clerks type, more often than anything else: digits, separators, units, names of codes, in any width.
fn typed() -> impl Strategy<Value = String> {
    let names: Vec<String> =
        EDITION.code_lists.values().flat_map(|list| list.codes.iter().map(|code| code.name.clone())).collect();
    prop_oneof![
        "[0-9０-９]{1,9}",
        "[0-9]{4}[-/.年－][0-9]{1,2}[-/.月－][0-9]{1,2}日?( [0-9]{1,2}[:：][0-9]{2}(:[0-9]{2})?)?",
        "[+-]?[0-9]{1,3}([,，][0-9]{3}){0,3}([.．][0-9]{0,6})?(元|万|%|％|学时)?",
        "[0-9]{4}[-—~至]([0-9]{4}|[0-9]{2})(学年)?",
        "[ 　]{0,2}[0-9A-Za-zＡ-Ｚ]{1,20}[ 　\r\n]{0,2}",
        "([0-9]{1,2}[,，、;||]){1,4}[0-9]{1,2}",
        prop::sample::select(names),
        ".{0,40}",
        any::<String>(),
    ]
}

/// A text without what every field loses: outer blanks, invisible characters there, and `\r`.
fn bare(text: &str) -> String {
    let invisible =
        |c: char| c.is_whitespace() || ('\u{200b}'..='\u{200d}').contains(&c) || c == '\u{2060}' || c == '\u{feff}';
    text.replace('\r', "").trim_matches(invisible).to_owned()
}

#[test]
fn printed_examples_pass() {
    let mut seen = 0;
    for (table, field) in fields() {
        let Some(example) = &field.example else { continue };
        let found = findings(table, field, example);
        assert!(found.is_empty(), "{}.{}: {example}: {found:?}", table.name, field.column);
        assert_eq!(normalise(&EDITION, field, example), *example, "{}.{}", table.name, field.column);
        seen += 1;
    }
    assert!(seen == 298, "{seen} examples");
}

#[test]
fn every_code_passes_and_its_name_becomes_the_code() {
    for (table, field) in fields() {
        let Some(list) = field.code_list.as_deref().and_then(|id| EDITION.code_list(id)) else { continue };
        let plan = Plan::new(&EDITION, table, Columns::All);
        for code in &list.codes {
            assert_eq!(plan.normalise(&field.column, &code.code), code.code, "{}.{}", table.name, field.column);
            if list.named(&code.name).count() == 1 {
                assert_eq!(plan.normalise(&field.column, &code.name), code.code, "{}.{}", table.name, field.column);
            }
        }
        let some = [list.codes.first(), list.codes.last()];
        for code in some.into_iter().flatten() {
            let found = findings(table, field, &code.code);
            assert!(found.is_empty(), "{}.{}: {}: {found:?}", table.name, field.column, code.code);
        }
    }
}

#[test]
fn an_empty_record_lacks_what_is_required_and_nothing_else() {
    for table in &EDITION.tables {
        let mut found = Vec::new();
        check::cells(&EDITION, table, &vec![String::new(); table.fields.len()], &mut found);
        let columns: Vec<&str> = found.iter().filter_map(|f| f.column.as_deref()).collect();
        let required: Vec<&str> = table.fields.iter().filter(|f| f.required).map(|f| f.column.as_str()).collect();
        assert_eq!(columns, required, "{}", table.name);
        assert!(found.iter().all(|f| f.rule == "required" && f.message.starts_with("必填")));
    }
}

#[test]
fn one_character_too_many() {
    for (table, field) in fields().filter(|(_, f)| matches!(f.kind, Kind::Text | Kind::LongText) && f.pattern.is_none())
    {
        let Some(limit) = field.length_limit() else { continue };
        let long = "填".repeat(limit as usize + 1);
        let rules: Vec<String> = findings(table, field, &long).into_iter().map(|f| f.rule).collect();
        assert_eq!(rules, ["length"], "{}.{}", table.name, field.column);
        let fits = "填".repeat(limit as usize);
        assert_eq!(findings(table, field, &fits), [], "{}.{}", table.name, field.column);
    }
}

#[test]
fn doubts_of_the_edition_ask_to_confirm() {
    let level = |table: &str, column: &str, value: &str| {
        let table = EDITION.table(table).unwrap();
        let found = findings(table, table.field(column).unwrap(), value);
        found.iter().map(|f| format!("{:?} {}", f.level, f.rule)).collect::<Vec<_>>().join(", ")
    };
    for (table, column, value, expect) in [
        ("ODS_SXJCSJ", "SXQYHYLBM", "3511", "Confirm code"),
        ("ODS_SXJCSJ", "SXQYHYLBM", "35111", "Mandatory code"),
        ("ODS_SXJCSJ", "XZM", "9", "Mandatory code"),
        ("ODS_KCJBSJ", "KTJXSJZYXYKCZYM", "1,2", "Confirm code"),
        ("ODS_YQSBJBSJ", "SCGBDQM", "CHN", "Confirm code"),
        ("ODS_JXZYCNJCSJ", "CYGJDM", "999", "Mandatory code"),
        ("ODS_SXJCSJ", "SXDDSZSJGBM", "110103", "Confirm code"),
        ("ODS_SXJCSJ", "SXDDSZSJGBM", "999999", "Mandatory code"),
        ("ODS_TSJYSJ", "SJGHRQ", "", "Confirm required"),
        ("ODS_TSJYSJ", "JYRYLBM", "", "Mandatory required"),
        ("ODS_SZZYJBSJ", "ZYCJSJ", "20260901141503", "Confirm date"),
    ] {
        assert_eq!(level(table, column, value), expect, "{table}.{column} {value}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_any_field_is_judged_without_a_panic((table, field) in any_field(), value in any::<String>()) {
        findings(table, field, &value);
        normalise(&EDITION, field, &value);
    }

    #[test]
    fn normalising_twice_is_normalising_once((_, field) in field_of_any_kind(), value in typed()) {
        let once = normalise(&EDITION, field, &value);
        prop_assert_eq!(normalise(&EDITION, field, &once), once);
    }

    #[test]
    fn a_value_without_findings_stays_as_it_is((table, field) in field_of_any_kind(), value in typed()) {
        let value = bare(&value);
        if findings(table, field, &value).is_empty() {
            prop_assert_eq!(normalise(&EDITION, field, &value), value);
        }
    }

    #[test]
    fn what_normalise_is_certain_of_passes((table, field) in field_of_any_kind(), value in typed()) {
        let free = matches!(field.kind, Kind::Text | Kind::LongText | Kind::Json | Kind::Url) && field.pattern.is_none();
        let value = bare(&value);
        let stored = normalise(&EDITION, field, &value);
        if !free && stored != value {
            // A number may still have more digits than its field, and two years need not follow each other: that is about
            // what is said, not about how it is written.
            let of_form = |f: &Finding| f.level == Level::Mandatory && f.rule != "length" && f.rule != "precision";
            let found: Vec<_> = findings(table, field, &stored).into_iter().filter(of_form).collect();
            prop_assert!(found.is_empty(), "{} became {}: {:?}", value, stored, found);
        }
    }

    #[test]
    fn suggestions_pass_and_are_another_value((table, field) in field_of_any_kind(), value in typed()) {
        for finding in findings(table, field, &value) {
            if let Some(suggestion) = finding.suggestion {
                prop_assert_ne!(&suggestion, &value);
                let same = |f: &Finding| f.rule == finding.rule && f.level == finding.level;
                let again = findings(table, field, &suggestion).iter().any(same);
                prop_assert!(!again, "{}: {} → {}", finding.rule, value, suggestion);
            }
        }
    }

    #[test]
    fn words_never_speak_a_personal_value((table, field) in any_field(), value in "[甲乙丙丁戊己庚辛]{4,12}|[5-9]{7,20}") {
        if field.sensitivity != Sensitivity::None {
            for finding in findings(table, field, &value) {
                prop_assert!(!finding.message.contains(&value), "{}", finding.message);
            }
        }
    }

    #[test]
    fn words_are_whole_sentences_for_clerks((table, field) in field_of_any_kind(), value in typed()) {
        for finding in findings(table, field, &value) {
            prop_assert!(finding.message.ends_with(['。', '？']), "{}", finding.message);
            prop_assert!(!finding.message.replace("{value}", "").contains("ODS_"), "{}", finding.message);
        }
    }
}
