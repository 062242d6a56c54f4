//! What the built-in editions must be, whatever their facts say. That they agree with the facts is checked by
//! `cargo xtask derive --check`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use regex::Regex;
use standard::{CodeList, DoubtKind, Edition, Field, Kind, Sensitivity, Standards, Table};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::builtin().expect("the built-in standards load"));

fn gaozhi() -> Arc<Edition> {
    STANDARDS.edition("gaozhi-2024.09").unwrap()
}

/// Every table with its fields.
fn fields(edition: &Edition) -> impl Iterator<Item = (&Table, &Field)> {
    edition.tables.iter().flat_map(|t| t.fields.iter().map(move |f| (t, f)))
}

/// What an edition holds.
#[derive(Debug, PartialEq)]
struct Counts {
    subsets: usize,
    classes: usize,
    tables: usize,
    fields: usize,
    required: usize,
    coded: usize,
    lists: usize,
    codes: usize,
}

fn counts(edition: &Edition) -> Counts {
    Counts {
        subsets: edition.subsets.len(),
        classes: edition.classes.len(),
        tables: edition.tables.len(),
        fields: edition.field_count(),
        required: fields(edition).filter(|(_, f)| f.required).count(),
        coded: fields(edition).filter(|(_, f)| f.code_list.is_some()).count(),
        lists: edition.code_lists.len(),
        codes: edition.code_count(),
    }
}

#[test]
fn the_editions_are_what_was_published() {
    let ids: Vec<&str> = STANDARDS.editions().iter().map(|edition| edition.id.as_str()).collect();
    assert_eq!(ids, ["gaozhi-2023.06", "gaozhi-2024.09", "zhongzhi-2023.06"]);
    let [old, new, zhongzhi] = STANDARDS.editions() else { panic!("three editions") };
    let printed = [
        (old, ("高职", None, "2023-06"), [8, 36, 85, 1122, 802, 171, 111, 1204]),
        (new, ("高职", Some("V3.0.2"), "2024-09"), [10, 41, 98, 1274, 986, 205, 130, 1271]),
        (zhongzhi, ("中职", None, "2023-06"), [6, 26, 47, 626, 480, 100, 69, 397]),
    ];
    for (edition, said, [subsets, classes, tables, fields, required, coded, lists, codes]) in printed {
        let expected = Counts { subsets, classes, tables, fields, required, coded, lists, codes };
        assert_eq!(counts(edition), expected, "{}", edition.id);
        assert_eq!((edition.level.as_str(), edition.version.as_deref(), edition.issued.as_str()), said);
    }
}

/// The fields that name a national list, by edition.
#[test]
fn national_lists_are_linked_where_fields_need_them() {
    let linked = |edition: &Edition| -> BTreeMap<String, usize> {
        let mut uses = BTreeMap::new();
        let national = fields(edition).filter_map(|(_, f)| f.code_list.as_ref());
        for id in national.filter(|id| edition.national.contains_key(*id)) {
            assert!(!edition.code_lists.contains_key(id), "{id} is in both");
            *uses.entry(id.clone()).or_default() += 1;
        }
        uses
    };
    let regions = |count: usize| BTreeMap::from([("GBT2260".to_owned(), count)]);
    let [old, new, zhongzhi] = STANDARDS.editions() else { panic!("three editions") };
    assert_eq!((linked(old), linked(zhongzhi)), (regions(9), regions(8)));
    assert_eq!(linked(new), BTreeMap::from([("GBT2260".to_owned(), 9), ("ISO3166_1".to_owned(), 2)]));
}

/// Levels of the lists that are trees: a class stands under its division, a county under its city or province.
#[test]
fn national_lists_keep_their_hierarchy() {
    let path = |id: &str, code: &str| -> Vec<String> {
        let list = STANDARDS.national(id).unwrap();
        let above = |code: &String| list.get(code).and_then(|code| code.parent.clone());
        std::iter::successors(Some(code.to_owned()), above).collect()
    };
    assert_eq!(path("GBT2260", "110101"), ["110101", "110000"]);
    assert_eq!(path("GBT2260", "320205"), ["320205", "320200", "320000"]);
    assert_eq!(path("GBT4754", "3511"), ["3511", "351", "35", "C"]);
    assert_eq!(path("MAJOR_2021_GZ_ZK", "510203"), ["510203", "5102", "51"]);
    assert_eq!(path("MAJOR_2021_ZZ", "720601"), ["720601", "7206", "72"]);
}

#[test]
fn national_lists_are_whole() {
    let rows = [
        ("GBT2260", 3223),
        ("GBT2260_historical", 3977),
        ("GBT2659", 239),
        ("ISO3166_1", 249),
        ("GBT4754", 1971),
        ("GBT3304", 59),
        ("GBT2261_1", 4),
        ("GBT4762", 13),
        ("GBT4658", 40),
        ("GBT6864", 56),
        ("GBT8561", 291),
        ("GBT4880_1", 139),
        ("GBT4881", 54),
        ("GBT12406", 174),
        ("MAJOR_2021_GZ_ZK", 860),
        ("MAJOR_2021_GZ_BK", 356),
        ("MAJOR_2021_ZZ", 465),
    ];
    for (id, count) in rows {
        assert_eq!(STANDARDS.national(id).unwrap().codes.len(), count, "{id}");
    }
    assert_eq!(gaozhi().national.len(), rows.len());
    assert_eq!(STANDARDS.national_revision(), Some("1.1.0"), "they have a version of their own");
    assert!(!STANDARDS.national("GBT6864").unwrap().complete, "it rests on one unverified vendor");
}

/// Parents outside their list: only in the historical list, where all but 18 are current regions.
#[test]
fn parents_resolve_or_are_told() {
    let orphans = |list: &CodeList| -> BTreeSet<String> {
        let parents = list.codes.iter().filter_map(|c| c.parent.clone());
        parents.filter(|parent| list.get(parent).is_none()).collect()
    };
    for (id, list) in &gaozhi().national {
        assert!(orphans(list).is_empty() || id == "GBT2260_historical", "{id}");
    }
    let historical = STANDARDS.national("GBT2260_historical").unwrap();
    let current = STANDARDS.national("GBT2260").unwrap();
    assert_eq!(orphans(historical).iter().filter(|code| current.get(code).is_none()).count(), 18);
    assert!(historical.doubt.as_deref().is_some_and(|doubt| doubt.contains("18 个上级")));
}

#[test]
fn a_folder_loads_like_what_is_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../standards");
    let read = Standards::load_folder(&root).unwrap();
    assert_eq!(read.editions().len(), STANDARDS.editions().len());
    for (read, builtin) in read.editions().iter().zip(STANDARDS.editions()) {
        assert!(read == builtin, "{} is another one in the folder", builtin.id);
    }
}

#[test]
fn names_are_unique() {
    for edition in STANDARDS.editions() {
        let names: BTreeSet<&str> = edition.tables.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names.len(), edition.tables.len());
        let titles: BTreeSet<&str> = edition.tables.iter().map(|t| t.title.as_str()).collect();
        assert_eq!(titles.len(), edition.tables.len());
        for table in &edition.tables {
            let columns: BTreeSet<&str> = table.fields.iter().map(|f| f.column.as_str()).collect();
            assert_eq!(columns.len(), table.fields.len(), "{}", table.name);
        }
        for (id, list) in edition.code_lists.iter().chain(&edition.national) {
            let codes: BTreeSet<&str> = list.codes.iter().map(|c| c.code.as_str()).collect();
            assert_eq!(codes.len(), list.codes.len(), "{id}");
            assert!(list.codes.iter().enumerate().all(|(at, c)| list.position(&c.code) == Some(at)), "{id}");
        }
    }
}

#[test]
fn references_resolve() {
    for edition in STANDARDS.editions() {
        for (table, field) in fields(edition) {
            assert_eq!(field.references.is_empty(), field.reference_basis.is_none(), "{}.{}", table.name, field.column);
            for to in &field.references {
                let there = edition.table(&to.table).and_then(|t| t.field(&to.column));
                assert!(there.is_some(), "{}.{} to {to:?}", table.name, field.column);
            }
        }
    }
    let counts = STANDARDS.editions().iter().map(|e| fields(e).filter(|(_, f)| !f.references.is_empty()).count());
    assert_eq!(counts.collect::<Vec<_>>(), [94, 115, 34]);
}

#[test]
fn code_lists_are_used() {
    for edition in STANDARDS.editions() {
        let used: BTreeSet<&str> = fields(edition).filter_map(|(_, f)| f.code_list.as_deref()).collect();
        let unused: Vec<&str> = edition.code_lists.keys().map(String::as_str).filter(|id| !used.contains(id)).collect();
        assert_eq!(unused, [""; 0], "{}", edition.id);
    }
}

/// A shared code list is one list, however many editions and fields use it.
#[test]
fn national_lists_are_shared() {
    for edition in STANDARDS.editions() {
        for (id, list) in &edition.national {
            assert!(Arc::ptr_eq(list, STANDARDS.national(id).unwrap()));
        }
    }
}

/// Tables whose records live on, by edition.
const LASTING: [usize; 3] = [27, 21, 9];

#[test]
fn records_of_all_data_live_on() {
    for (edition, count) in STANDARDS.editions().iter().zip(LASTING) {
        let lasting: Vec<&Table> = edition.tables.iter().filter(|t| !t.period.is_periodic()).collect();
        assert_eq!(lasting.len(), count, "{}", edition.id);
        assert!(lasting.iter().all(|t| t.scope.contains("全量数据") || t.name == "ODS_XXJBSJ"));
        assert!(edition.tables.iter().filter(|t| t.period.is_periodic()).all(|t| !t.scope.contains("全量数据")));
    }
}

/// A natural key holds mandatory columns, save where several kinds or copies are told apart by optional ones.
#[test]
fn natural_keys_begin_with_a_mandatory_column() {
    for edition in STANDARDS.editions() {
        for table in edition.tables.iter().filter(|t| !t.natural_key.is_empty()) {
            let required = table.natural_key.iter().filter(|c| table.field(c).unwrap().required).count();
            assert!(required > 0, "{}", table.name);
        }
    }
    let tables = STANDARDS.editions().iter().flat_map(|edition| &edition.tables);
    let whole: Vec<&str> = tables.filter(|t| t.natural_key.is_empty()).map(|t| t.name.as_str()).collect();
    assert_eq!(whole, ["ODS_XLCPSJ", "ODS_ZZWFJCKCJSJ"]);
}

#[test]
fn sensitivity_came_along() {
    let counts = STANDARDS.editions().iter().map(|edition| {
        let count = |s| fields(edition).filter(|(_, f)| f.sensitivity == s).count();
        (count(Sensitivity::Personal), count(Sensitivity::Special))
    });
    assert_eq!(counts.collect::<Vec<_>>(), [(135, 22), (168, 36), (85, 24)]);
}

#[test]
fn every_printed_example_fits_its_field() {
    let mut patterns: BTreeMap<&str, Regex> = BTreeMap::new();
    for edition in STANDARDS.editions() {
        for (table, field) in fields(edition) {
            if let Some(pattern) = field.pattern.as_deref() {
                patterns.entry(pattern).or_insert_with(|| Regex::new(pattern).unwrap());
            }
            let Some(example) = field.example.as_deref() else { continue };
            let place = format!("{}.{} = {example}", table.name, field.column);
            assert!(fits(edition, field, example), "{place}: {:?}", field.kind);
            if let Some(pattern) = field.pattern.as_deref() {
                assert!(patterns[pattern].is_match(example), "{place}: {pattern}");
            }
        }
    }
    let printed = STANDARDS.editions().iter().map(|e| fields(e).filter(|(_, f)| f.example.is_some()).count());
    assert_eq!(printed.collect::<Vec<_>>(), [277, 298, 183]);
}

/// Whether a printed example is a value of the field.
fn fits(edition: &Edition, field: &Field, example: &str) -> bool {
    let length = u32::try_from(example.chars().count()).unwrap();
    let coded = |code: &str| edition.code_list(field.code_list.as_deref().unwrap()).unwrap().get(code).is_some();
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let date =
        |text: &str| digits(text, 8) && ("01"..="12").contains(&&text[4..6]) && ("01"..="31").contains(&&text[6..]);
    let time = |text: &str| digits(text, 6) && text < "240000" && &text[2..4] < "60" && &text[4..] < "60";
    let kind = match field.kind {
        Kind::Text | Kind::LongText => true,
        Kind::Integer => example.parse::<i64>().is_ok(),
        Kind::Decimal => example.parse::<f64>().is_ok(),
        Kind::Date => date(example),
        Kind::DateTime => example.split_once(' ').is_some_and(|(day, clock)| date(day) && time(clock)),
        Kind::Time => time(example),
        Kind::Year => digits(example, 4),
        Kind::YearMonth => digits(example, 6) && ("01"..="12").contains(&&example[4..]),
        Kind::YearRange => example.split_once('-').is_some_and(|(a, b)| digits(a, 4) && digits(&b[..4], 4)),
        Kind::Code => coded(example),
        Kind::Codes => example.split(field.separator.as_deref().unwrap()).all(coded),
        Kind::Url => example.starts_with("http"),
        Kind::Json => example.starts_with('{'),
    };
    kind && field.length_limit().is_none_or(|limit| length <= limit)
}

/// What people see of one table, to the letter.
#[test]
fn one_field_with_everything() {
    let edition = gaozhi();
    let table = edition.table("ODS_XSJYYXSJ").unwrap();
    let field = table.field("JYDWHYM").unwrap();
    let (condition, value) = field.conditional_value.as_ref().unwrap();
    assert_eq!(
        (condition.column.as_deref(), condition.equals.as_slice(), value.as_str()),
        (Some("JYYXM"), &["1".to_owned()][..], "P")
    );
    assert_eq!(field.code_list.as_deref(), Some("HYDM"));
    assert!(field.doubts.iter().any(|d| d.kind == DoubtKind::List && d.text.contains("20 个门类")));
    assert_eq!(
        edition.code_list("HYDM").unwrap().source.as_ref().unwrap().to_string(),
        "引用 GB/T 4754 《国民经济行业分类代码》"
    );
    let leader = edition.table("ODS_CJSTHDSJ").unwrap().field("ZDJSXM").unwrap();
    assert_eq!((leader.max_items, leader.separator.as_deref()), (Some(5), Some(",")));
    let description = edition.table("ODS_XXHXTJSSJ").unwrap().field("XXHXTMS").unwrap();
    assert_eq!((description.max_chars, description.length_limit()), (Some(150), Some(150)));
    let collected = table.field("SJCJSJ").unwrap();
    assert_eq!(
        (collected.kind, collected.format.as_deref(), collected.max_length),
        (Kind::DateTime, Some("YYYYMMDD hhmmss"), Some(15))
    );
    assert_eq!(table.field("ZJSJWYXBS").unwrap().format.as_deref(), Some("^[0-9A-Z]{32}$"));
}

/// Every key that a package uses is described in profile.json, and every described key is one that loading knows.
#[test]
fn the_profile_describes_every_key() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../standards");
    let key = Regex::new(r#""(tianbao:[A-Za-z]+)""#).unwrap();
    let keys = |text: &str| -> BTreeSet<String> { key.captures_iter(text).map(|c| c[1].to_owned()).collect() };
    let described = keys(&std::fs::read_to_string(root.join("profile.json")).unwrap());
    let known = keys(concat!(include_str!("../src/load/schema.rs"), include_str!("../src/load/package.rs")));
    assert_eq!(described, known);
    for edition in STANDARDS.editions() {
        for table in &edition.tables {
            let text =
                std::fs::read_to_string(root.join(&edition.id).join(format!("tables/{}.json", table.name))).unwrap();
            assert!(keys(&text).is_subset(&described), "{}", table.name);
        }
    }
}
