//! Every field of every edition, with its printed example, its own limits, and any text at all.

use check::words::{Language, say};
use check::{Columns, Remembered, TableChecker, normalise};
use proptest::prelude::*;
use standard::{DoubtKind, Edition, Field, Finding, Kind, Level, Sensitivity, Standards, Table};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, LazyLock};

static EDITIONS: LazyLock<Vec<Arc<Edition>>> = LazyLock::new(|| Standards::builtin().unwrap().editions().to_vec());

static CHECKERS: LazyLock<HashMap<(&str, &str), TableChecker>> = LazyLock::new(|| {
    let tables = EDITIONS.iter().flat_map(|edition| edition.tables.iter().map(move |table| (edition, table)));
    tables
        .map(|(edition, table)| ((&*edition.id, &*table.name), TableChecker::new(edition, table, Columns::All)))
        .collect()
});

/// A field and where it is.
#[derive(Clone, Copy)]
struct Place {
    edition: &'static Edition,
    table: &'static Table,
    field: &'static Field,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}.{}", self.edition.id, self.table.name, self.field.column)
    }
}

/// The findings about one column of a record that has nothing else.
fn findings(Place { edition, table, field }: Place, value: &str) -> Vec<Finding> {
    let mut values = vec![String::new(); table.fields.len()];
    values[table.position(&field.column).unwrap()] = value.to_owned();
    let mut found = Vec::new();
    CHECKERS[&(&*edition.id, &*table.name)].cells(None, &values, &mut found);
    found.retain(|finding| finding.column.as_deref() == Some(&field.column));
    found
}

fn fields() -> impl Iterator<Item = Place> {
    let tables = EDITIONS.iter().flat_map(|edition| edition.tables.iter().map(move |table| (edition, table)));
    tables.flat_map(|(edition, table)| table.fields.iter().map(move |field| Place { edition, table, field }))
}

/// A field anywhere.
fn any_field() -> impl Strategy<Value = Place> {
    let all: Vec<_> = fields().collect();
    (0..all.len()).prop_map(move |at| all[at])
}

/// A field of every kind alike: most fields are texts, and most mistakes are made elsewhere.
fn field_of_any_kind() -> impl Strategy<Value = Place> {
    use Kind::*;
    let kinds =
        [Text, LongText, Integer, Decimal, Date, DateTime, Time, YearMonth, Year, YearRange, Code, Codes, Url, Json];
    let by_kind: Vec<Vec<_>> = kinds.iter().map(|kind| fields().filter(|p| p.field.kind == *kind).collect()).collect();
    (0..kinds.len(), any::<prop::sample::Index>()).prop_map(move |(kind, at)| *at.get(&by_kind[kind]))
}

/// What clerks type, more often than anything else: digits, separators, units, names of codes, in any width.
fn typed() -> impl Strategy<Value = String> {
    let names: Vec<String> = EDITIONS
        .iter()
        .flat_map(|edition| edition.code_lists.values())
        .flat_map(|list| &list.codes)
        .map(|code| code.name.clone())
        .collect();
    prop_oneof![
        "[0-9０-９]{1,9}",
        "[0-9]{4}[-/.年－][0-9]{1,2}[-/.月－][0-9]{1,2}日?( [0-9]{1,2}[:：][0-9]{2}(:[0-9]{2})?)?",
        "[+-]?[0-9]{1,3}([,，][0-9]{3}){0,3}([.．][0-9]{0,6})?(元|万|%|％|学时)?",
        "[0-9]{4}[-—~至]([0-9]{4}|[0-9]{2})(学年)?",
        "[ 　]{0,2}[0-9A-Za-zＡ-Ｚ]{1,20}[ 　\r\n]{0,2}",
        "([0-9]{1,2}[,，、;||/+ ]){1,4}[0-9]{1,2}",
        "[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9]:[0-5][0-9]([.,][0-9]{1,3})?(Z| ?[+-][01][0-9]:?[03]0)?",
        "[0-9]{3,12}(\\.0|E\\+[0-9]{2})?",
        "[\u{4e00}-\u{4e20}]{1,3}[ .•・·]{0,2}[\u{4e00}-\u{4e20}]{0,3}",
        prop::sample::select(vec![
            "第一学期",
            "上学期",
            "√",
            "×",
            "有",
            "无",
            "-",
            "//",
            "NULL",
            "3年制",
            "其它",
            "江苏苏州",
            "3205",
            "CHN"
        ])
        .prop_map(str::to_owned),
        prop::sample::select(names),
        ".{0,40}",
        any::<String>(),
    ]
}

/// A text without what every field loses: outer blanks, invisible characters there, and `\r`.
fn bare(text: &str) -> String {
    let invisible = |c: char| c.is_whitespace() || standard::is_unseen(c);
    text.replace('\r', "").trim_matches(invisible).to_owned()
}

#[test]
fn printed_examples_pass() {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for place in fields() {
        let Some(example) = &place.field.example else { continue };
        let found = findings(place, example);
        assert!(found.is_empty(), "{place:?}: {example}: {found:?}");
        assert_eq!(normalise(place.edition, place.field, example), *example, "{place:?}");
        *seen.entry(&place.edition.id).or_default() += 1;
    }
    let seen: Vec<_> = seen.into_iter().collect();
    assert_eq!(seen, [("gaozhi-2023.06", 277), ("gaozhi-2024.09", 298), ("zhongzhi-2023.06", 183)]);
}

#[test]
fn every_code_passes_and_its_name_becomes_the_code() {
    for place in fields() {
        let Place { edition, table, field } = place;
        let Some(list) = field.code_list.as_deref().and_then(|id| edition.code_list(id)) else { continue };
        let checker = TableChecker::new(edition, table, Columns::All);
        for code in &list.codes {
            assert_eq!(checker.normalise(&field.column, &code.code), code.code, "{place:?}");
            if list.named(&code.name).count() == 1 {
                assert_eq!(checker.normalise(&field.column, &code.name), code.code, "{place:?}");
            }
        }
        let some = [list.codes.first(), list.codes.last()];
        for code in some.into_iter().flatten() {
            let found = findings(place, &code.code);
            assert!(found.is_empty(), "{place:?}: {}: {found:?}", code.code);
        }
    }
}

/// GB/T 2260: regions of today pass, a region of the past asks to confirm, in every edition and field. What never was a
/// region is refused.
#[test]
fn a_region_of_the_past_asks_to_confirm() {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for place in fields().filter(|place| place.field.code_list.as_deref() == Some("GBT2260")) {
        let rules = |value: &str| -> Vec<(Level, String)> {
            findings(place, value).into_iter().map(|finding| (finding.level, finding.rule)).collect()
        };
        let [current, past] = ["GBT2260", "GBT2260_historical"].map(|id| place.edition.code_list(id).unwrap());
        assert_eq!(rules("110101"), [], "{place:?}");
        assert!(current.get("110103").is_none() && past.get("110103").is_some_and(|code| code.name.contains("崇文")));
        assert_eq!(rules("110103"), [(Level::Confirm, "code".to_owned())], "{place:?}");
        assert_eq!(rules("999999"), [(Level::Mandatory, "code".to_owned())], "{place:?}");
        *seen.entry(&place.edition.id).or_default() += 1;
    }
    let seen: Vec<_> = seen.into_iter().collect();
    assert_eq!(seen, [("gaozhi-2023.06", 9), ("gaozhi-2024.09", 9), ("zhongzhi-2023.06", 8)]);
}

#[test]
fn an_empty_record_lacks_what_is_required_and_nothing_else() {
    for (edition, table) in EDITIONS.iter().flat_map(|edition| edition.tables.iter().map(move |table| (edition, table)))
    {
        let mut found = Vec::new();
        check::cells(edition, table, &vec![String::new(); table.fields.len()], &mut found);
        let columns: Vec<&str> = found.iter().filter_map(|f| f.column.as_deref()).collect();
        let required: Vec<&str> = table.fields.iter().filter(|f| f.required).map(|f| f.column.as_str()).collect();
        assert_eq!(columns, required, "{} {}", edition.id, table.name);
        assert!(found.iter().all(|f| f.rule == "required" && say(&f.message, "", Language::Zh).starts_with("必填")));
    }
}

#[test]
fn one_character_too_many() {
    let free = |f: &Field| f.pattern.is_none() && f.values.is_empty();
    let texts = fields().filter(|p| matches!(p.field.kind, Kind::Text | Kind::LongText) && free(p.field));
    for place in texts {
        let Some(limit) = place.field.length_limit() else { continue };
        let long = "填".repeat(limit as usize + 1);
        let rules: Vec<String> = findings(place, &long).into_iter().map(|f| f.rule).collect();
        assert_eq!(rules, ["length"], "{place:?}");
        let fits = "填".repeat(limit as usize);
        let mut found = findings(place, &fits);
        // Weeks and periods have a form of their own.
        found.retain(|finding| finding.rule != "lesson");
        assert_eq!(found, [], "{place:?}");
    }
}

#[test]
fn doubts_of_the_edition_ask_to_confirm() {
    let edition = EDITIONS.iter().find(|edition| edition.id == "gaozhi-2024.09").unwrap();
    let level = |table: &str, column: &str, value: &str| {
        let table = edition.table(table).unwrap();
        let found = findings(Place { edition, table, field: table.field(column).unwrap() }, value);
        found.iter().map(|f| format!("{:?} {}", f.level, f.rule)).collect::<Vec<_>>().join(", ")
    };
    for (table, column, value, expect) in [
        ("ODS_SXJCSJ", "SXQYHYLBM", "3511", "Confirm code"),
        ("ODS_SXJCSJ", "SXQYHYLBM", "35111", "Mandatory code"),
        ("ODS_SXJCSJ", "XZM", "9", "Mandatory code"),
        ("ODS_KCJBSJ", "KTJXSJZYXYKCZYM", "1,2", "Hint code"),
        ("ODS_YQSBJBSJ", "SCGBDQM", "CHN", "Confirm code"),
        ("ODS_JXZYCNJCSJ", "CYGJDM", "999", "Mandatory code"),
        ("ODS_SXJCSJ", "SXDDSZSJGBM", "110103", "Confirm code"),
        ("ODS_SXJCSJ", "SXDDSZSHJGBM", "310100", ""),
        ("ODS_SXJCSJ", "SXDDSZSHJGBM", "500200", ""),
        ("ODS_SXJCSJ", "SXDDSZSHJGBM", "429000", ""),
        ("ODS_SXJCSJ", "SXDDSZSHJGBM", "110200", "Confirm code"),
        ("ODS_SXJCSJ", "SXDDSZSJGBM", "999999", "Mandatory code"),
        ("ODS_TSJYSJ", "SJGHRQ", "", "Confirm required"),
        ("ODS_TSJYSJ", "JYRYLBM", "", "Mandatory required"),
        ("ODS_SZZYJBSJ", "ZYCJSJ", "20260901141503", "Confirm date"),
    ] {
        assert_eq!(level(table, column, value), expect, "{table}.{column} {value}");
    }
}

/// A length that may be a misprint never blocks, and no doubt lets a mandatory cell be empty but the one about the
/// value.
#[test]
fn doubts_soften_the_check_of_their_kind_alone() {
    for edition in EDITIONS.iter() {
        for table in &edition.tables {
            for field in table.fields.iter().filter(|field| !field.doubts.is_empty() && !field.is_system()) {
                let place = Place { edition, table, field };
                if field.is_doubtful(DoubtKind::Length) && field.kind == Kind::Text && field.pattern.is_none() {
                    let found = findings(place, &"填".repeat(90));
                    assert!(found.iter().all(|f| f.level != Level::Mandatory || f.rule != "length"), "{place:?}");
                }
                if field.required && !field.is_doubtful(DoubtKind::Value) {
                    let found = findings(place, "");
                    assert_eq!(
                        found.iter().map(|f| (f.level, f.rule.as_str())).collect::<Vec<_>>(),
                        [(Level::Mandatory, "required")],
                        "{place:?}"
                    );
                }
                if field.code_list.is_some() && !field.is_doubtful(DoubtKind::List) {
                    let found = findings(place, "77777777");
                    assert!(found.iter().any(|f| f.level == Level::Mandatory && f.rule == "code"), "{place:?}");
                }
            }
        }
    }
}

/// 无 and its like in an optional number, date, code, printed form or address: one finding, whose suggestion is a blank
/// cell.
#[test]
fn placeholders_in_optional_fields_are_offered_as_blank() {
    for edition in EDITIONS.iter() {
        for table in &edition.tables {
            let holds_text = |f: &&Field| matches!(f.kind, Kind::Text | Kind::LongText) && f.pattern.is_none();
            for field in table.fields.iter().filter(|f| !f.required && !holds_text(f)) {
                let place = Place { edition, table, field };
                for value in ["—", "//", "NULL", "\\N"] {
                    let found = findings(place, value);
                    let lines: Vec<_> =
                        found.iter().map(|f| (f.level, f.rule.as_str(), f.suggestion.as_deref())).collect();
                    // In an address it is the habit of whole columns, and sent as it is nothing is lost by it.
                    let level = if field.kind == Kind::Url { Level::Hint } else { Level::Mandatory };
                    assert_eq!(lines, [(level, "placeholder", Some(""))], "{place:?} {value}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_any_field_is_judged_without_a_panic(place in any_field(), value in any::<String>()) {
        findings(place, &value);
        normalise(place.edition, place.field, &value);
    }

    /// Records that share texts: what was found right in one of them is found right in the next, whatever stands beside it.
    #[test]
    fn what_is_remembered_changes_no_finding(
        place in any_field(),
        typed in prop::collection::vec(typed(), 4),
        records in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 60), 8),
    ) {
        let Place { edition, table, .. } = place;
        let checker = &CHECKERS[&(&*edition.id, &*table.name)];
        let more = ["", " ", "0", "1", "2", "20260901", "310000", "500000", "市辖区", "无"].map(str::to_owned);
        let texts: Vec<String> = typed.into_iter().chain(more).collect();
        let mut remembered = Remembered::default();
        for (row, picks) in (1..).zip(records) {
            let values: Vec<String> =
                picks.iter().cycle().take(table.fields.len()).map(|pick| pick.get(&texts).clone()).collect();
            let (mut alone, mut among) = (Vec::new(), Vec::new());
            checker.cells(Some(row), &values, &mut alone);
            checker.cells_of_many(&mut remembered, Some(row), &values, &mut among);
            prop_assert_eq!(alone, among);
        }
    }

    #[test]
    fn normalising_twice_is_normalising_once(place in field_of_any_kind(), value in typed()) {
        let once = normalise(place.edition, place.field, &value);
        prop_assert_eq!(normalise(place.edition, place.field, &once), once);
    }

    #[test]
    fn a_value_without_findings_stays_as_it_is(place in field_of_any_kind(), value in typed()) {
        let value = bare(&value);
        if findings(place, &value).is_empty() {
            prop_assert_eq!(normalise(place.edition, place.field, &value), value);
        }
    }

    #[test]
    fn what_normalise_is_certain_of_passes(place in field_of_any_kind(), value in typed()) {
        let field = place.field;
        let free = matches!(field.kind, Kind::Text | Kind::LongText | Kind::Json | Kind::Url) && field.pattern.is_none();
        let value = bare(&value);
        let stored = normalise(place.edition, place.field, &value);
        if !free && stored != value {
            // A number may still have more digits than its field, and two years need not follow each other: that is
            // about what is said, not about how it is written.
            let of_form = |f: &Finding| f.level == Level::Mandatory && f.rule != "length" && f.rule != "precision";
            let found: Vec<_> = findings(place, &stored).into_iter().filter(of_form).collect();
            prop_assert!(found.is_empty(), "{} became {}: {:?}", value, stored, found);
        }
    }

    #[test]
    fn suggestions_pass_and_are_another_value(place in field_of_any_kind(), value in typed()) {
        for finding in findings(place, &value) {
            if let Some(suggestion) = finding.suggestion {
                prop_assert_ne!(&suggestion, &value);
                let same = |f: &Finding| f.rule == finding.rule && f.level == finding.level;
                let again = findings(place, &suggestion).iter().any(same);
                prop_assert!(!again, "{}: {} → {}", finding.rule, value, suggestion);
            }
        }
    }

    #[test]
    fn words_never_speak_a_personal_value(place in any_field(), value in "[甲乙丙丁戊己庚辛]{4,12}|[5-9]{7,20}") {
        if place.field.sensitivity != Sensitivity::None {
            for finding in findings(place, &value) {
                for language in [Language::Zh, Language::En] {
                    let words = say(&finding.message, "{value}", language);
                    prop_assert!(!words.contains(&value), "{}", words);
                }
            }
        }
    }

    #[test]
    fn words_are_whole_sentences_for_clerks(place in field_of_any_kind(), value in typed()) {
        for finding in findings(place, &value) {
            for (language, ends) in [(Language::Zh, ['。', '？']), (Language::En, ['.', '?'])] {
                let words = say(&finding.message, "", language);
                prop_assert!(words.ends_with(ends), "{}", words);
                prop_assert!(!words.contains("ODS_") && !words.contains(['{', '}']) || words.contains("JSON"), "{}", words);
            }
        }
    }
}
