//! Groups of a few findings, and of fifty thousand.

use super::*;
use crate::Scope;
use crate::fixture::{BookFixture, PERIOD, finding, insert, insert_after};

const COURSE: &str = "ODS_COURSE";
const PRACTICE: &str = "ODS_PRACTICE";

#[test]
fn equal_findings_are_one_group() {
    let fixture = BookFixture::new();
    let rows: Vec<_> = (0..5).map(|n| insert(COURSE, &[("KCH", &n.to_string())])).collect();
    fixture.apply(0, &rows);
    fixture.apply(1, &[insert_after(COURSE, &[("KCH", "x")], Some(1))]);
    let mut new: Vec<_> =
        [1, 6, 3].map(|row| finding(COURSE, Some(row), Some("XF"), "code", Level::Confirm, "b")).into();
    new.push(finding(COURSE, Some(4), Some("XF"), "code", Level::Confirm, "c"));
    new.push(finding(COURSE, Some(5), Some("KCH"), "code", Level::Mandatory, "b"));
    new.push(finding(COURSE, None, None, "table", Level::Hint, ""));
    for finding in &mut new[..3] {
        finding.suggestion = Some("2".into());
    }
    new[3].suggestion = Some("2".into());
    fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
    let found = fixture.finding_groups(&GroupQuery { limit: 3, ..Default::default() }).unwrap();
    assert_eq!((found.total, found.counts.mandatory, found.counts.confirm, found.counts.hint), (4, 1, 4, 1));
    let shown: Vec<_> = found
        .groups
        .iter()
        .map(|g| (g.column.as_deref(), g.value.as_str(), g.count, g.first_row, g.suggestion.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("KCH"), "b", 1, Some(5), None),
            (Some("XF"), "b", 3, Some(1), Some("2")),
            (Some("XF"), "c", 1, Some(4), Some("2")),
        ]
    );
    assert_eq!(fixture.group_rows(COURSE, Some(PERIOD), Some("XF"), "code", "b").unwrap(), [1, 6, 3]);
}

#[test]
fn suggestions_that_differ_are_none() {
    let fixture = BookFixture::new();
    fixture.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k)])));
    let mut new = [1, 2].map(|row| finding(COURSE, Some(row), Some("XF"), "code", Level::Hint, "b"));
    new[0].suggestion = Some("1".into());
    fixture.replace_findings(COURSE, Scope::Table, None, new.clone()).unwrap();
    let suggestion =
        || fixture.finding_groups(&GroupQuery { limit: 1, ..Default::default() }).unwrap().groups.remove(0).suggestion;
    assert_eq!(suggestion(), None);
    new[1].suggestion = Some("2".into());
    fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
    assert_eq!(suggestion(), None);
}

/// Finding number `no` of many: three causes in two tables, a hundred values, every seventh with a suggestion.
fn of_many(no: i64) -> standard::Finding {
    let (table, column, rule, level) = match no % 10 {
        0 => (PRACTICE, "XH", "reference", Level::Confirm),
        1..=5 => (COURSE, "XF", "number", Level::Mandatory),
        _ => (COURSE, "KCMC", "length", Level::Hint),
    };
    let new = finding(table, Some(no / 10 + 1), Some(column), rule, level, &(no % 100).to_string());
    standard::Finding { suggestion: (no % 7 == 0).then(|| "1".into()), row: Some(no % 5_000 + 1), ..new }
}

#[test]
fn fifty_thousand_findings_are_counted_exactly_and_read_in_pages() {
    let fixture = BookFixture::new();
    for table in [COURSE, PRACTICE] {
        let rows: Vec<_> = (0..5_000).map(|n: i64| insert(table, &[("KCH", &n.to_string())])).collect();
        fixture.apply(0, &rows);
    }
    // One finding for each address; rules are numbered so that 50,000 addresses differ.
    let all: Vec<standard::Finding> = (0..50_000)
        .map(|no| {
            let found = of_many(no);
            standard::Finding { rule: format!("{}.{}", found.rule, no / 5_000), ..found }
        })
        .collect();
    for table in [COURSE, PRACTICE] {
        let of_table = all.iter().filter(|finding| finding.table == table).cloned();
        fixture.replace_findings(table, Scope::Table, None, of_table).unwrap();
    }
    let ask = |by, within: &Selection, offset, limit| {
        let period = Some(PERIOD.to_owned());
        let query = GroupQuery { by, within: within.clone(), period, offset, limit, ..GroupQuery::default() };
        fixture.finding_groups(&query).unwrap()
    };
    let whole = Selection::default();
    let causes = ask(Grouping::Cause, &whole, 0, 1_000);
    assert_eq!((causes.total, causes.groups.len()), (30, 30), "ten rules of three kinds");
    assert_eq!((causes.counts.mandatory, causes.counts.confirm, causes.counts.hint), (25_000, 5_000, 20_000));
    assert_eq!(causes.tables, [(COURSE.to_owned(), 45_000), (PRACTICE.to_owned(), 5_000)]);
    assert_eq!(causes.groups.iter().map(|group| group.count).sum::<u64>(), 50_000);
    assert_eq!(causes.groups[0].level, Level::Mandatory);
    // The pages put together are all groups, each once.
    let total = ask(Grouping::Value, &whole, 0, 0).total;
    assert_eq!(total, 1_000, "a hundred values of each of ten rounds");
    let mut seen = std::collections::BTreeSet::new();
    let mut findings = 0;
    for page in 0..10 {
        for group in ask(Grouping::Value, &whole, page * 100, 100).groups {
            findings += group.count;
            assert_eq!(fixture.selected_count(&group.selection, PERIOD).unwrap(), group.count);
            assert!(seen.insert(format!("{:?}", group.selection)));
        }
    }
    assert_eq!((seen.len(), findings), (1_000, 50_000));
    // What a group selects is read in pages as well, and each finding comes once.
    let group = &causes.groups[0];
    let (mut after, mut read) = (0, 0);
    loop {
        let page = fixture.selected(&group.selection, PERIOD, after, 700).unwrap();
        let Some((last, _)) = page.last() else { break };
        after = *last;
        read += page.len() as u64;
    }
    assert_eq!((read, group.values), (group.count, 50));
    let levels = ask(Grouping::Level, &whole, 0, 9);
    assert_eq!(levels.groups.iter().map(|g| g.count).collect::<Vec<_>>(), [25_000, 5_000, 20_000]);
}

#[test]
fn groups_are_by_what_was_asked_for() {
    let fixture = BookFixture::new();
    let rows: Vec<_> = (0..4).map(|n| insert(COURSE, &[("KCH", &n.to_string())])).collect();
    fixture.apply(0, &rows);
    let imported = crate::Step { kind: crate::StepKind::Import, ..crate::fixture::step(1) };
    let step = fixture.apply_step(&imported, &[crate::fixture::update(COURSE, 2, &[("KCMC", "乙")])]).step;
    fixture.apply(2, &[insert(PRACTICE, &[("XH", "7"), ("KCH", "b")])]);
    let of_courses = [1, 2, 3].map(|row| finding(COURSE, Some(row), Some("XF"), "code", Level::Confirm, "b"));
    fixture.replace_findings(COURSE, Scope::Table, None, of_courses).unwrap();
    let of_practice = [finding(PRACTICE, Some(1), Some("KCH"), "code", Level::Mandatory, "b")];
    fixture.replace_findings(PRACTICE, Scope::Table, None, of_practice).unwrap();
    let ask = |by| {
        let departments = vec![vec![COURSE.to_owned()], vec![PRACTICE.to_owned()]];
        let query = GroupQuery { by, departments, limit: 9, ..GroupQuery::default() };
        let groups = fixture.finding_groups(&query).unwrap().groups;
        for group in &groups {
            assert_eq!(fixture.selected_count(&group.selection, PERIOD).unwrap(), group.count, "{by:?}");
        }
        groups.iter().map(|group| group.count).collect::<Vec<_>>()
    };
    assert_eq!(ask(Grouping::Shared), [4]);
    assert_eq!(ask(Grouping::Rule), [4]);
    for by in [Grouping::Value, Grouping::Cause, Grouping::Table, Grouping::Department, Grouping::Level] {
        assert_eq!(ask(by), [1, 3], "{by:?}");
    }
    assert_eq!(ask(Grouping::Import), [3, 1]);
    let by_import = GroupQuery { by: Grouping::Import, limit: 9, ..GroupQuery::default() };
    assert_eq!(fixture.finding_groups(&by_import).unwrap().groups[1].selection.step, step);

    // What is explained goes behind what is open, and can be left out.
    let courses = Selection { tables: vec![COURSE.into()], ..Selection::default() };
    let explained = fixture.explain_selected(crate::fixture::at(3), "李", (&courses, PERIOD), "属实").unwrap();
    assert_eq!(explained, 3);
    assert_eq!(fixture.finding_counts(None, None).unwrap().confirm, 0);
    let open = Selection { open: true, ..Selection::default() };
    assert_eq!(fixture.selected_count(&open, PERIOD).unwrap(), 1);
    assert_eq!(fixture.explain_selected(crate::fixture::at(4), "李", (&courses, PERIOD), "").unwrap(), 3);
    assert_eq!(fixture.finding_counts(None, None).unwrap().confirm, 3);
}
