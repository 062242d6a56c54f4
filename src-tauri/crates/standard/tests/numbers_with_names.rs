//! Wherever a record has a number and the name that goes with it, the two are compared: no table is forgotten.

use std::collections::BTreeSet;

use standard::{Edition, Field, RuleBody, Standards, Table};

/// Endings of the titles of names.
const NAMES: [&str; 4] = ["姓名", "名称", "全称", "简称"];

/// Numbers beside which a name of another thing stands, or one that cannot be compared: table, number, why.
const WITHOUT: &[(&str, &str, &str)] = &[
    ("ODS_CJSTHDSJ", "STHDBH", "activity-name-and-kind-agree compares the kind, too"),
    ("ODS_CXHZSJ", "ZYH", "HZQYMC is the enterprise's"),
    ("ODS_HJJCSJ", "HJJCBH", "JLMC is the prize's"),
    ("ODS_HJJCSJ", "CBH", "JLMC is the prize's"),
    ("ODS_GZXZSSJ", "ZYH", "the names are the certificate's and its issuer's"),
    ("ODS_PYFASJ", "ZYH", "YQDZSMC is the certificate's"),
    ("ODS_ZTJHSJ", "ZYH", "YQDZSMC is the certificate's"),
    ("ODS_XBSJZXSJJCQKSJ", "XXHXTBH", "the names are the data base's and its table's"),
    ("ODS_KTHDSJ", "PKH", "KCMC is compared by KCH"),
    ("ODS_ZZKTHDSJ", "PKH", "KCMC is compared by KCH"),
    ("ODS_ZZXSXKSJ", "JHKCH", "KCMC is compared by KCH"),
    ("ODS_SXSJBSJ", "SSSXJDBH", "the unit of a room may be another one than that of its base"),
    ("ODS_ZZSXJCSJ", "SXJDH", "the unit of an internship may be another one than that of its base"),
    ("ODS_XSJYYXSJ", "ZYH", "the names are the regions' and the enterprise's"),
];

/// A name of the same thing: `走访企业名称` and `合作企业名称` end alike, `课程名称` and `专业名称` do not.
fn is_same_kind(ours: &Field, theirs: &Field) -> bool {
    let kind = |field: &Field| {
        let ending = NAMES.into_iter().find(|ending| field.title.ends_with(ending))?;
        let stem: Vec<char> = field.title.trim_end_matches(ending).chars().collect();
        let tail: String =
            if ending == "姓名" { String::new() } else { stem[stem.len().saturating_sub(2)..].iter().collect() };
        Some((ending, tail))
    };
    kind(ours).is_some() && kind(ours) == kind(theirs)
}

/// Whether the record with the number has a name that a column of this table could repeat.
fn has_name(edition: &Edition, table: &Table, number: &Field) -> bool {
    number.references.iter().filter_map(|reference| edition.table(&reference.table)).any(|other| {
        let is_person = ["学号", "教工号", "工号"].iter().any(|end| number.title.ends_with(end));
        let theirs = other.fields.iter().filter(|field| NAMES.iter().any(|ending| field.title.ends_with(ending)));
        theirs.filter(|field| field.title.ends_with("姓名") == is_person).any(|theirs| {
            table.filled_fields().any(|ours| {
                is_same_kind(ours, theirs) && (!is_person || owner(number) == owner(ours) || owner(ours).is_empty())
            })
        })
    })
}

/// Whose number or name it is: `活动指导教师` of `活动指导教师工号`.
fn owner(field: &Field) -> &str {
    let endings = ["教工号", "工号", "学号", "姓名"];
    endings.iter().find_map(|ending| field.title.strip_suffix(ending)).unwrap_or(&field.title)
}

#[test]
fn every_number_with_a_name_is_compared() {
    let mut missing = BTreeSet::new();
    for edition in Standards::builtin().unwrap().editions() {
        for table in &edition.tables {
            for number in table.filled_fields().filter(|field| has_name(edition, table, field)) {
                let compares = |body: &RuleBody| {
                    body.sql().contains("o.number = t.") && body.sql().contains(&format!("t.{}\n", number.column))
                };
                let found = edition.rules_of(&table.name).any(|rule| compares(&rule.body));
                let known = WITHOUT.iter().any(|(name, column, _)| *name == table.name && *column == number.column);
                if !found && !known {
                    missing.insert(format!("{} {}.{} {}", edition.id, table.name, number.column, number.title));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{} numbers whose name no rule compares:\n{missing:#?}", missing.len());
}
