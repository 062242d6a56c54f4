//! Pages: filters, orders, totals.

use super::*;
use crate::fixture::{BookFixture, PERIOD, finding, insert, step};
use crate::{RowChange, Scope, Step};
use standard::Coded;

const COURSE: &str = "ODS_COURSE";

fn courses() -> BookFixture {
    let fixture = BookFixture::new();
    let rows = [
        ("10", "语文", "2"),
        ("9", "数学", "10"),
        ("8", "", "2.50"),
        ("50%", "a_b\\c", ""),
        ("7", "English", "2.5"),
        ("", "语文", ""),
    ];
    fixture.apply(
        0,
        &rows.map(|(number, name, credit)| insert(COURSE, &[("KCH", number), ("KCMC", name), ("XF", credit)])),
    );
    fixture
}

fn rows(fixture: &BookFixture, query: PageQuery) -> Vec<i64> {
    let query = PageQuery { table: COURSE.into(), period: PERIOD.into(), limit: 100, ..query };
    let page = fixture.page(&query).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|r| r.row).collect()
}

#[test]
fn filters_all_hold() {
    let fixture = courses();
    let check = |filters: &[Filter], expect: &[i64]| {
        assert_eq!(rows(&fixture, PageQuery { filters: filters.into(), ..Default::default() }), expect, "{filters:?}");
    };
    let column = |c: &str| c.to_owned();
    let contains = |c: &str, text: &str| Filter::Contains { column: column(c), text: text.into() };
    let one_of = |c: &str, values: &[&str]| Filter::OneOf {
        column: column(c),
        values: values.iter().map(|v| v.to_string()).collect(),
    };
    check(&[], &[1, 2, 3, 4, 5, 6]);
    check(&[contains("KCMC", "文")], &[1, 6]);
    check(&[contains("KCMC", "ENG")], &[5]);
    check(&[contains("KCH", "%")], &[4]);
    check(&[contains("KCMC", "_")], &[4]);
    check(&[contains("KCMC", "\\")], &[4]);
    check(&[one_of("KCMC", &["语文", "数学"])], &[1, 2, 6]);
    check(&[one_of("KCMC", &["", "数学"])], &[2, 3]);
    check(&[one_of("KCMC", &[])], &[]);
    check(&[Filter::Empty { column: column("KCMC") }], &[3]);
    check(&[Filter::Filled { column: column("XF") }, contains("KCH", "1")], &[1]);
    let between =
        |c: &str, from: &str, to: &str| Filter::Between { column: column(c), from: from.to_owned(), to: to.to_owned() };
    check(&[between("XF", "2.5", "")], &[2, 3, 5]);
    check(&[between("XF", "2", "9")], &[1, 3, 5]);
    check(&[between("XF", "", "2")], &[1]);
}

#[test]
fn records_sort_with_empty_cells_last() {
    let fixture = courses();
    let check = |sort: &[(&str, bool)], expect: &[i64]| {
        let sort = sort.iter().map(|(c, d)| Sort { column: c.to_string(), descending: *d }).collect();
        assert_eq!(rows(&fixture, PageQuery { sort, ..Default::default() }), expect);
    };
    check(&[("XF", false)], &[1, 5, 3, 2, 4, 6]);
    check(&[("XF", true)], &[2, 3, 5, 1, 4, 6]);
    check(&[("KCH", false)], &[1, 4, 5, 3, 2, 6]);
    check(&[("KCMC", false), ("KCH", true)], &[5, 4, 2, 1, 6, 3]);
}

#[test]
fn find_looks_into_every_cell_that_a_clerk_fills() {
    let fixture = courses();
    let check = |find: &str, expect: &[i64]| {
        assert_eq!(rows(&fixture, PageQuery { find: find.into(), ..Default::default() }), expect);
    };
    check("2.5", &[3, 5]);
    check("语文", &[1, 6]);
    check("0%", &[4]);
    check("english", &[5]);
    check("20260901", &[]);
}

#[test]
fn only_records_with_findings() {
    let fixture = courses();
    let new = [5, 2].map(|row| finding(COURSE, Some(row), Some("XF"), "code", Level::Hint, ""));
    fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
    assert_eq!(rows(&fixture, PageQuery { only_findings: true, ..Default::default() }), [2, 5]);
}

#[test]
fn pages_join_up_and_know_the_total() {
    let fixture = BookFixture::new();
    let all: Vec<RowChange> = (0..95).map(|n| insert("ODS_PRACTICE", &[("XH", &format!("{:02}", 94 - n))])).collect();
    fixture.apply(0, &all);
    fixture.apply_step(&Step { period: "2025-2026-2".into(), ..step(1) }, &all);
    for sort in [vec![], vec![Sort { column: "XH".into(), descending: false }]] {
        let mut seen = Vec::new();
        for offset in (0..120).step_by(10) {
            let query = PageQuery {
                table: "ODS_PRACTICE".into(),
                period: PERIOD.into(),
                sort: sort.clone(),
                offset,
                limit: 10,
                ..Default::default()
            };
            let page = fixture.page(&query).unwrap();
            assert_eq!(page.total, 95);
            seen.extend(page.rows.into_iter().map(|r| r.row));
        }
        let mut expect: Vec<i64> = (1..=95).collect();
        if !sort.is_empty() {
            expect.reverse();
        }
        assert_eq!(seen, expect);
    }
}

#[test]
fn columns_that_do_not_exist_are_named() {
    let fixture = courses();
    let ask = |query: PageQuery| fixture.page(&query).unwrap_err().code();
    let table = || PageQuery { table: COURSE.into(), ..Default::default() };
    assert_eq!(ask(PageQuery { table: "ODS_NIX".into(), ..Default::default() }), "book.no-such-table");
    let sort = vec![Sort { column: "1; DROP TABLE head".into(), descending: false }];
    assert_eq!(ask(PageQuery { sort, ..table() }), "book.no-such-column");
    let filters = vec![Filter::Empty { column: "NIX".into() }];
    assert_eq!(ask(PageQuery { filters, ..table() }), "book.no-such-column");
}
