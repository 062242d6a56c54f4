//! A name is compared with the newest record that has its number, in whatever period that record stands.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use check::rules::{Context, functions, rule};
use standard::{Finding, Standards};
use store::{ReadLimits, Scope, ScratchRow, scratch};

const BEFORE: &str = "2025-2026-2";
const NOW: &str = "2026-2027-1";

fn row(table: &str, period: &str, cells: &[(&str, &str)]) -> ScratchRow {
    let cells: BTreeMap<String, String> =
        cells.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect();
    ScratchRow { table: table.to_owned(), period: period.to_owned(), cells }
}

/// What a rule of 中职 finds in the current period: value and suggestion.
fn found(id: &str, rows: &[ScratchRow]) -> Vec<(String, Option<String>)> {
    let edition = Standards::builtin().unwrap().edition("zhongzhi-2023.06").unwrap();
    let context = Context::new(jiff::civil::date(2026, 11, 1), NOW);
    let mut tables: Vec<&str> = rows.iter().map(|row| row.table.as_str()).collect();
    tables.sort_unstable();
    tables.dedup();
    let reader = scratch(&edition, &tables, rows, ReadLimits::default(), &functions(&edition, &context)).unwrap();
    let one = edition.rules.iter().find(|rule| rule.id == id).unwrap();
    let mut all: Vec<Finding> = Vec::new();
    let failed = rule(&reader, &edition, one, Scope::Period(NOW), &context, &mut |finding| {
        all.push(finding);
        ControlFlow::Continue(())
    });
    assert_eq!(failed, Ok(None));
    all.into_iter().map(|finding| (finding.value, finding.suggestion)).collect()
}

#[test]
fn the_newest_name_counts() {
    let student = |period, number, name| row("ODS_ZZSSHXSJ", period, &[("XH", number), ("XSXM", name)]);
    let intern = |number, name| row("ODS_ZZSXJCSJ", NOW, &[("XSXH", number), ("XSXM", name)]);
    let rows = [
        student(BEFORE, "1", "程旧名"),
        student(NOW, "1", "程新名"),
        student(BEFORE, "2", "杜示例"),
        student(NOW, "3", "阿卜杜拉·买买提"),
        student(NOW, "4", ""),
        student(BEFORE, "4", "何示例"),
        intern("1", "程旧名"),
        intern("1", "程新名"),
        intern("2", "杜　示例"),
        intern("2", "柳示例"),
        intern("3", "阿卜杜拉.买买提"),
        intern("4", "何示例"),
        intern("5", "无人知道"),
        intern("2", ""),
    ];
    let expect = [("程旧名", "程新名"), ("柳示例", "杜示例")].map(|(a, b)| (a.to_owned(), Some(b.to_owned())));
    assert_eq!(found("ODS_ZZSXJCSJ.named-student-agrees", &rows), expect);
}

#[test]
fn a_number_may_be_of_one_of_several_tables() {
    let member = |number, name| row("ODS_ZZDYFZQKJCSJ", "", &[("RYBH", number), ("XM", name)]);
    let rows = [
        row("ODS_ZZSSHXSJ", NOW, &[("XH", "1"), ("XSXM", "程示例")]),
        row("ODS_ZZJSHXSJ", NOW, &[("JGH", "1"), ("JSXM", "杜示例")]),
        row("ODS_ZZJSHXSJ", NOW, &[("JGH", "T1"), ("JSXM", "何示例")]),
        member("1", "程示例"),
        member("1", "杜示例"),
        member("T1", "柳示例"),
        member("X", "柳示例"),
    ];
    let expect = [("柳示例".to_owned(), Some("何示例".to_owned()))];
    assert_eq!(found("ODS_ZZDYFZQKJCSJ.name-of-person-agrees", &rows), expect);
}
