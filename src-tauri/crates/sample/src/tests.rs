//! All records of the sample college together: every table has rows, no check finds anything, references lead to
//! existing records.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use standard::cell::Values;
use standard::key::record_key;
use standard::{Edition, Standards, Table};

use crate::school::School;
use crate::tables::secondary::SHARED;
use crate::{build, college, departments, rows, tables};

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap().clone());
static ROWS: LazyLock<BTreeMap<String, Vec<Values>>> =
    LazyLock::new(|| tables(&EDITION).map(|(table, rows)| (table.to_owned(), rows)).collect());

/// The editions whose tables this crate fills.
const EDITIONS: [&str; 3] = ["gaozhi-2023.06", "gaozhi-2024.09", "zhongzhi-2023.06"];

/// An edition with the records of its tables by physical name.
type FilledEdition = (Arc<Edition>, BTreeMap<String, Vec<Values>>);

/// Every edition with its records.
static FILLED_EDITIONS: LazyLock<Vec<FilledEdition>> = LazyLock::new(|| {
    let standards = Standards::builtin().unwrap();
    let fill = |id: &str| {
        let edition = standards.edition(id).unwrap();
        let rows = tables(&edition).map(|(table, rows)| (table.to_owned(), rows)).collect();
        (edition, rows)
    };
    EDITIONS.map(fill).into()
});

mod agreement;
mod secondary;

/// The values of one column of the newest edition for colleges.
fn column<'r>(table: &str, column: &str) -> impl Iterator<Item = &'r str> {
    let at = EDITION.table(table).unwrap().position(column).unwrap();
    ROWS[table].iter().map(move |row| row[at].as_str())
}

/// For each record of a table of the newest edition for colleges, its values in several columns.
fn columns<'r, const N: usize>(table: &str, names: [&str; N]) -> impl Iterator<Item = [&'r str; N]> {
    let at = names.map(|name| EDITION.table(table).unwrap().position(name).unwrap());
    ROWS[table].iter().map(move |row| at.map(|at| row[at].as_str()))
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a number"))
}

#[test]
fn every_table_has_between_3_and_2000_rows() {
    for (edition, rows) in FILLED_EDITIONS.iter() {
        // Two tables of secondary schools have one row for the whole school.
        let one = |table: &str| matches!(table, "ODS_ZZXXGKJCSJ" | "ODS_ZZZZZSSJ");
        let right = |table: &str, count| if one(table) { count == 1 } else { (3..=2000).contains(&count) };
        let wrong: Vec<_> = rows.iter().map(|(t, r)| (t, r.len())).filter(|(t, count)| !right(t, *count)).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", edition.id);
        assert_eq!(rows.len(), edition.tables.len());
    }
    let all: usize = ROWS.values().map(Vec::len).sum();
    assert!((15_000..30_000).contains(&all), "{all} rows in all");
}

/// For a table of edition 2023-06 that has another name in later editions, the later name.
fn renamed(table: &str) -> &str {
    match table {
        "ODS_ZTJHSJ" => "ODS_PYFASJ",
        "ODS_JHKCSJ" => "ODS_PYFAKCSJ",
        "ODS_SHSJ" | "ODS_DYRCHDSJ" | "ODS_DYZTDRSJ" => "ODS_DYHDSJ",
        other => other,
    }
}

#[test]
fn no_generator_names_a_column_that_no_edition_has() {
    let standards = Standards::builtin().unwrap();
    let mut lost: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (edition, table) in standards.editions().iter().flat_map(|e| e.tables.iter().map(move |t| (e, t))) {
        let unknown: BTreeSet<&str> = build(edition, table).unknown.into_iter().collect();
        let shared = SHARED.into_iter().find(|(own, ..)| *own == table.name);
        let written_for = shared.map_or(table.name.as_str(), |(_, planned, _)| planned);
        lost.entry(renamed(written_for).to_owned())
            .and_modify(|lost| lost.retain(|c| unknown.contains(c)))
            .or_insert(unknown);
    }
    lost.retain(|_, columns| !columns.is_empty());
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_column_but_a_few_is_used() {
    // These columns are empty because the college awards no degrees, its graduates begin no master's studies, none of
    // its clubs was closed, and its books have Chinese titles only.
    let empty = ["ODS_ZYSZSJ.SYXWLBM", "ODS_STXHJBSJ.JSRQ", "ODS_BYQXSXSJ.SSLXM", "ODS_TSJBSJ.BLBT"];
    let mut unused = Vec::new();
    for table in &EDITION.tables {
        for field in table.filled_fields() {
            if column(&table.name, &field.column).all(str::is_empty) {
                unused.push(format!("{}.{}", table.name, field.column));
            }
        }
    }
    assert_eq!(unused, empty);
}

#[test]
fn the_checks_find_nothing() {
    let mut wrong = BTreeMap::new();
    let all = FILLED_EDITIONS
        .iter()
        .flat_map(|(edition, rows)| edition.tables.iter().map(move |table| (edition, rows, table)));
    for (edition, rows, table) in all {
        let planned = check::TableChecker::new(edition, table, check::Columns::All);
        for row in &rows[&table.name] {
            let mut found = Vec::new();
            planned.cells(None, &with_system_columns(edition, table, row), &mut found);
            planned.event(None, college(edition).period, row, &mut found);
            for finding in found {
                let place = (
                    &edition.id,
                    table.name.as_str(),
                    finding.column.clone().unwrap_or_default(),
                    finding.rule.clone(),
                );
                wrong.entry(place).or_insert_with(|| check::words::of(&finding, check::words::Language::Zh));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn with_system_columns(edition: &Edition, table: &Table, row: &Values) -> Values {
    let college = college(edition);
    let fill = |(field, value): (&standard::Field, &String)| match field.column.as_str() {
        standard::field::KEY_COLUMN => record_key(table, college.code, college.period, row).unwrap_or_default(),
        standard::field::SCHOOL_COLUMN => college.code.to_owned(),
        standard::field::COLLECTED_COLUMN => "20261121 083000".to_owned(),
        _ => value.clone(),
    };
    table.fields.iter().zip(row).map(fill).collect()
}

#[test]
fn natural_keys_and_record_keys_are_unique() {
    let all = FILLED_EDITIONS
        .iter()
        .flat_map(|(edition, rows)| edition.tables.iter().map(move |table| (edition, rows, table)));
    for (edition, rows, table) in all {
        let (mut seen, college) = (HashSet::new(), college(edition));
        for row in &rows[&table.name] {
            let key = record_key(table, college.code, college.period, row);
            assert!(key.is_some(), "{} {}: a row without a natural key", edition.id, table.name);
            assert!(seen.insert(key), "{} {}: {:?} twice", edition.id, table.name, table.natural_key);
        }
    }
}

#[test]
fn every_reference_leads_to_an_existing_record() {
    let mut lost = BTreeMap::new();
    for (edition, rows) in FILLED_EDITIONS.iter() {
        let values = |table: &str, column: &str| {
            let at = edition.table(table).unwrap().position(column).unwrap();
            rows[table].iter().map(move |row| row[at].as_str())
        };
        let mut known: HashMap<(&str, &str), HashSet<&str>> = HashMap::new();
        for (table, field) in edition.tables.iter().flat_map(|t| t.fields.iter().map(move |f| (t, f))) {
            for to in &field.references {
                known.entry((&to.table, &to.column)).or_insert_with(|| values(&to.table, &to.column).collect());
            }
            let exists = |value: &str| {
                field.references.iter().any(|to| known[&(to.table.as_str(), to.column.as_str())].contains(value))
            };
            let own =
                values(&table.name, &field.column).filter(|value| !field.references.is_empty() && !value.is_empty());
            if let Some(value) = own.into_iter().find(|value| !exists(value)) {
                lost.insert(format!("{} {}.{}", edition.id, table.name, field.column), value);
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn regions_carry_their_names() {
    let regions = EDITION.code_list("GBT2260").unwrap();
    let pairs = [
        ("ODS_XXJBSJ", "SJGBM", "SJGMC"),
        ("ODS_XXJBSJ", "SHJGBM", "SHJGMC"),
        ("ODS_XXJBSJ", "QXJGBM", "QXJGMC"),
        ("ODS_SXJCSJ", "SXDDSZSJGBM", "SXDDSZSJGMC"),
        ("ODS_SXJCSJ", "SXDDSZSHJGBM", "SXDDSZSHJGMC"),
        ("ODS_BYQXJYSJ", "JYQYSJGBM", "JYQYSJGMC"),
        ("ODS_BYQXJYSJ", "JYQYSHJGBM", "JYQYSHJGMC"),
        ("ODS_XSJYYXSJ", "YXSJGBM", "YXSJGMC"),
        ("ODS_XSJYYXSJ", "YXSHJGBM", "YXSHJGMC"),
    ];
    for (table, code, name) in pairs {
        for [code, name] in columns(table, [code, name]) {
            assert_eq!(regions.get(code).map(|region| region.name.as_str()), Some(name), "{table}");
        }
    }
}

#[test]
fn a_name_beside_a_number_is_the_name_of_the_person_with_that_number() {
    let people: HashMap<&str, &str> = columns("ODS_XSHXSJ", ["XH", "XSXM"])
        .chain(columns("ODS_JSHXSJ", ["JGH", "JSXM"]))
        .map(|[number, name]| (number, name))
        .collect();
    let pairs = [
        ("ODS_SXJCSJ", "XH", "XSXM"),
        ("ODS_SXJCSJ", "XNZDJSGH", "XNZDJSXM"),
        ("ODS_SXBGJLSJ", "XH", "XSXM"),
        ("ODS_STXHJBSJ", "ZDJSH", "ZDJSXM"),
        ("ODS_TSJYSJ", "JYZBH", "JYZXM"),
        ("ODS_YQSBJBSJ", "SBFZRH", "SBFZRXM"),
        ("ODS_FWJXZYQKSJ", "FWRYBH", "FWRYXM"),
        ("ODS_DZZQKJCSJ", "DNLDJGH", "DNLDXM"),
        ("ODS_DYFZSJ", "RYBH", "XM"),
        ("ODS_BYQXJYSJ", "XH", "XM"),
        ("ODS_JSKHSJ", "DWKHFZRH", "FZRXM"),
    ];
    for (table, number, name) in pairs {
        for [number, name] in columns(table, [number, name]) {
            assert_eq!(people.get(number), Some(&name), "{table} {number}");
        }
    }
}

#[test]
fn no_teacher_class_or_room_has_two_lessons_at_one_time() {
    for who in ["JGH", "BJMC"] {
        let mut seen = HashSet::new();
        for slot in columns("ODS_PKSJ", [who, "SKRQ", "SKJC"]) {
            assert!(seen.insert(slot), "{slot:?}");
        }
    }
    let mut seen = HashSet::new();
    let rooms = columns("ODS_PKSJ", ["JSH", "SKRQ", "SKJC", "SKDDLBM"]);
    for [room, day, periods, _] in rooms.filter(|[.., kind]| *kind != "10") {
        assert!(seen.insert([room, day, periods]), "{room} {day} {periods}");
    }
}

#[test]
fn every_planned_course_of_the_first_two_years_is_in_the_timetable() {
    let school = School::of(&EDITION.level);
    let wanted = school
        .planned_courses
        .iter()
        .filter(|planned| planned.class.is_some_and(|class| school.classes[class].year > 2024));
    let placed: HashSet<usize> = school.lessons.iter().map(|lesson| lesson.planned).collect();
    assert_eq!(wanted.count(), placed.len());
}

#[test]
fn no_value_could_be_the_number_of_a_real_person() {
    for (table, rows) in ROWS.iter() {
        for value in rows.iter().flatten() {
            let digits = value.len() == 18 && value.bytes().take(17).all(|c| c.is_ascii_digit());
            assert!(!digits || value[8..].starts_with("9999"), "{table}: {value}");
            let mobile = value.len() == 11 && value.starts_with('1') && value.bytes().all(|c| c.is_ascii_digit());
            assert!(!mobile || &value[3..7] == "0000", "{table}: {value}");
        }
    }
}

#[test]
fn each_table_belongs_to_one_department() {
    let all: Vec<String> = departments(&EDITION).into_iter().flat_map(|(_, tables)| tables).collect();
    let distinct: HashSet<&String> = all.iter().collect();
    assert_eq!((all.len(), distinct.len()), (98, 98));
    let names: Vec<String> = departments(&EDITION).into_iter().map(|(name, _)| name).collect();
    for name in ["教务处", "学生工作处", "人事处", "科研处", "资产管理处", "图书馆", "信息中心", "党委组织部"]
    {
        assert!(names.iter().any(|other| other == name), "{name}");
    }
}

#[test]
fn a_table_that_is_not_in_the_edition_has_no_rows() {
    assert!(rows(&EDITION, "ODS_NOWHERE").is_empty());
}

/// The records are the same on each machine and in each version. An intended change of the records changes the
/// snapshot.
#[test]
fn the_records_are_those_of_the_snapshot() {
    let line = |(edition, rows): &FilledEdition| {
        let cells = rows
            .iter()
            .flat_map(|(table, rows)| std::iter::once(table.as_str()).chain(rows.iter().flatten().map(String::as_str)));
        let hash = cells
            .flat_map(|cell| cell.bytes().chain([0x1f]))
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        format!("{}: {} rows, {hash:016x}", edition.id, rows.values().map(Vec::len).sum::<usize>())
    };
    let lines: Vec<String> = FILLED_EDITIONS.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    gaozhi-2023.06: 20752 rows, 142d7dd8b395d71e
    gaozhi-2024.09: 26176 rows, 28a7be0d46f8699c
    zhongzhi-2023.06: 13368 rows, 8cdcd88a8c69dd9f
    ");
}
