//! The two kinds of school: the majors of each are in the national list for its kind, and the records of the secondary
//! school use no words of a college.

use super::*;

/// Words that a secondary school does not use about itself.
const WORDS_OF_COLLEGES: [&str; 9] = ["学院", "大学", "高职", "高专", "专科", "本科", "辅导员", "院系", "马克思主义"];

fn secondary() -> &'static FilledEdition {
    FILLED_EDITIONS.iter().find(|(edition, _)| edition.level == "中职").unwrap()
}

#[test]
fn majors_carry_the_codes_and_names_of_the_national_list() {
    let lists = [
        ("高职", include_str!("../../../../../standards/national/codes/MAJOR_2021_GZ_ZK.csv")),
        ("中职", include_str!("../../../../../standards/national/codes/MAJOR_2021_ZZ.csv")),
    ];
    for (level, list) in lists {
        for major in &School::of(level).kind.majors {
            let line = format!("{},{},", major.code, major.name);
            assert!(list.lines().any(|other| other.starts_with(&line)), "{level}: {line}");
        }
    }
}

#[test]
fn majors_of_one_index_belong_to_the_unit_of_one_index() {
    let units = |level: &str| School::of(level).kind.majors.map(|major| major.unit);
    assert_eq!(units("高职"), units("中职"));
}

#[test]
fn a_secondary_school_uses_no_words_of_a_college() {
    let (edition, rows) = secondary();
    // Names of institutions where graduates study, and of publishers.
    let others = ["ODS_ZZBYQXSXSJ.XXMC", "ODS_ZZJCJBSJ.CBS"];
    let mut wrong = BTreeMap::new();
    for table in &edition.tables {
        for (field, at) in table.fields.iter().zip(0..) {
            let place = format!("{}.{}", table.name, field.column);
            let of_college = |row: &&Values| WORDS_OF_COLLEGES.iter().any(|word| row[at].contains(word));
            if let Some(row) = rows[&table.name].iter().find(of_college).filter(|_| !others.contains(&place.as_str())) {
                wrong.insert(place, row[at].clone());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn school_codes_are_those_of_the_kind_of_school() {
    let codes: Vec<_> = FILLED_EDITIONS.iter().map(|(edition, _)| college(edition).code).collect();
    assert_eq!(codes, ["4132099999", "4132099999", "3632099999"]);
}

#[test]
fn departments_of_a_secondary_school_are_its_offices() {
    let (edition, _) = secondary();
    let all = departments(edition);
    let offices = School::of(&edition.level).kind.offices;
    assert!(all.iter().all(|(name, _)| offices.contains(&name.as_str())), "{all:?}");
    assert_eq!(all.iter().map(|(_, tables)| tables.len()).sum::<usize>(), 47);
    assert!(all.iter().any(|(name, _)| name == "学生处"), "{all:?}");
}

#[test]
fn every_column_but_a_few_is_used_in_the_secondary_school() {
    let (edition, rows) = secondary();
    // There are no identity numbers, because a well-formed one could belong to a real person. The first two columns are
    // too short for the values that they ask for.
    let empty = [
        "ODS_ZZXWSXJDSJ.XXDZ",
        "ODS_ZZXWSXJDSJ.LXRYX",
        "ODS_ZZBYQXSXSJ.SFZH",
        "ODS_ZZBYQXJYSJ.SFZH",
        "ODS_ZZBYQXWJYSJ.SFZH",
    ];
    let mut unused = Vec::new();
    for table in &edition.tables {
        for field in table.filled_fields() {
            let at = table.position(&field.column).unwrap();
            if rows[&table.name].iter().all(|row| row[at].is_empty()) {
                unused.push(format!("{}.{}", table.name, field.column));
            }
        }
    }
    assert_eq!(unused, empty);
}
