//! Two kinds of school: each teaches what the national list has for its kind, and the secondary school speaks of itself as
//! one.

use super::*;

/// Words that no secondary school uses of itself.
const OF_COLLEGES: [&str; 9] = ["学院", "大学", "高职", "高专", "专科", "本科", "辅导员", "院系", "马克思主义"];

fn secondary() -> &'static Filled {
    COLLEGES.iter().find(|(edition, _)| edition.level == "中职").unwrap()
}

#[test]
fn majors_carry_the_codes_and_names_of_the_national_list() {
    let lists = [
        ("高职", include_str!("../../../../../standards/national/codes/MAJOR_2021_GZ_ZK.csv")),
        ("中职", include_str!("../../../../../standards/national/codes/MAJOR_2021_ZZ.csv")),
    ];
    for (level, list) in lists {
        for major in &World::of(level).kind.majors {
            let line = format!("{},{},", major.code, major.name);
            assert!(list.lines().any(|other| other.starts_with(&line)), "{level}: {line}");
        }
    }
}

#[test]
fn majors_are_spread_over_the_units_in_the_same_way() {
    let spread = |level: &str| World::of(level).kind.majors.map(|major| major.college);
    assert_eq!(spread("高职"), spread("中职"));
}

#[test]
fn a_secondary_school_speaks_of_itself_as_one() {
    let (edition, rows) = secondary();
    // Where the graduates go on to study, and who prints books.
    let others = ["ODS_ZZBYQXSXSJ.XXMC", "ODS_ZZJCJBSJ.CBS"];
    let mut wrong = BTreeMap::new();
    for table in &edition.tables {
        for (field, at) in table.fields.iter().zip(0..) {
            let place = format!("{}.{}", table.name, field.column);
            let of_college = |row: &&Values| OF_COLLEGES.iter().any(|word| row[at].contains(word));
            if let Some(row) = rows[&table.name].iter().find(of_college).filter(|_| !others.contains(&place.as_str())) {
                wrong.insert(place, row[at].clone());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn schools_have_codes_of_their_kind() {
    let codes: Vec<_> = COLLEGES.iter().map(|(edition, _)| college(edition).code).collect();
    assert_eq!(codes, ["4132099999", "4132099999", "3632099999"]);
}

#[test]
fn departments_of_a_secondary_school_are_its_offices() {
    let (edition, _) = secondary();
    let all = departments(edition);
    let offices = World::of(&edition.level).kind.offices;
    assert!(all.iter().all(|(name, _)| offices.contains(&name.as_str())), "{all:?}");
    assert_eq!(all.iter().map(|(_, tables)| tables.len()).sum::<usize>(), 47);
    assert!(all.iter().any(|(name, _)| name == "学生处"), "{all:?}");
}

#[test]
fn every_row_of_a_shared_plan_fills_what_the_table_has() {
    let (edition, rows) = secondary();
    // No identity numbers: one that is well formed could be somebody's. Two columns have room for less than they ask for.
    let silent = [
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
    assert_eq!(unused, silent);
}
