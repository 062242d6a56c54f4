//! Names on the command line that do not exist or are not permitted.

use super::{Fixture, UNUSABLE};
use crate::fixture::{EDITION, PERIOD, SCHOOL, VISITS};

#[test]
fn a_table_that_the_standard_does_not_have() {
    let fixture = Fixture::new();
    for words in [
        &["show", "ODS_NONE"][..],
        &["rows", "ODS_NONE"],
        &["set", "ODS_NONE", "new", "A=1"],
        &["check", VISITS, "ODS_NONE"],
        &["template", "ODS_NONE", "-o", "a.xlsx"],
        &["export", VISITS, "ODS_NONE", "-o", "a.xlsx"],
        &["submit", "--rehearse", VISITS, "ODS_NONE"],
        &["history", "ODS_NONE"],
        &["import", "a.csv", "--table", "ODS_NONE"],
    ] {
        fixture.refuses(words, UNUSABLE, &["ODS_NONE"]);
    }
    assert!(!fixture.home.path("a.xlsx").exists());
}

#[test]
fn names_that_the_table_or_the_book_does_not_have() {
    let fixture = Fixture::new();
    let before = fixture.content();
    for (words, names) in [
        (&["set", VISITS, "1", "NONE=1"][..], &[VISITS, "NONE"][..]),
        (&["set", VISITS, "1", "DZQKFWCS=9", "NONE=1"], &[VISITS, "NONE"]),
        (&["set", VISITS, "1", "XXDM=1"], &[VISITS, "XXDM"]),
        (&["set", VISITS, "77", "DZQKFWCS=9"], &["77"]),
        (&["set", VISITS, "一", "DZQKFWCS=9"], &["一"]),
        (&["set", VISITS, "1", "DZQKFWCS"], &["DZQKFWCS"]),
        (&["rows", VISITS, "--where", "NONE = 1"], &["NONE = 1"]),
        (&["rows", VISITS, "--where", "1) ; DROP TABLE step; --"], &[]),
        (&["rows", VISITS, "--where", "(SELECT value FROM setting) = 1"], &[]),
        (&["rows", VISITS, "--where", "load_extension('x')"], &[]),
        (&["template", "--department", "没有的部门", "-o", "a.xlsx"], &["没有的部门"]),
        (&["export", VISITS, "-o", "a.doc"], &["a.doc"]),
        (&["submit", "--connection", "没有的连接"], &["没有的连接"]),
        (&["connection", "test", "没有的连接"], &["没有的连接"]),
    ] {
        fixture.refuses(words, UNUSABLE, names);
    }
    assert_eq!(fixture.content(), before);
}

#[test]
fn a_book_that_cannot_be_made() {
    let fixture = Fixture::new();
    let new = |edition: &str, school: &str, name: &str, period: &str| {
        let words = ["new", "--edition", edition, "--school", school, "--name", name, "--period", period];
        words.map(str::to_owned).to_vec()
    };
    fixture.refuses(&new("gaozhi-1999.01", SCHOOL, "示例", PERIOD), UNUSABLE, &["gaozhi-1999.01"]);
    fixture.refuses(&["show", VISITS, "--edition", "gaozhi-1999.01"], UNUSABLE, &["gaozhi-1999.01"]);
    fixture.refuses(&new(EDITION, "123", "示例", PERIOD), UNUSABLE, &["123"]);
    fixture.refuses(&new(EDITION, SCHOOL, " ", PERIOD), UNUSABLE, &[]);
    fixture.refuses(&new(EDITION, SCHOOL, "示例", "2026秋"), UNUSABLE, &["2026秋"]);
    let mut there = new(EDITION, SCHOOL, "示例", PERIOD);
    there.extend(["--book".to_owned(), fixture.book.display().to_string()]);
    fixture.refuses(&there, UNUSABLE, &[&fixture.book.display().to_string()]);
}
