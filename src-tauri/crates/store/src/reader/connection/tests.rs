//! What a read connection returns, what it refuses, and what ends a query.

use super::*;
use crate::fixture::{BookFixture, insert, update};
use standard::Coded;

fn courses() -> BookFixture {
    let fixture = BookFixture::new();
    fixture.apply(
        0,
        &[("a", "x, y,,z"), ("b", ""), ("c", "\"")].map(|(k, n)| insert("ODS_COURSE", &[("KCH", k), ("KCMC", n)])),
    );
    fixture
}

fn ask(reader: &ReadConnection, sql: &str, params: &[SqlValue<'_>]) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    let answer = reader.query(sql, params, |row| {
        texts.push((0..row.width()).map(|at| row.text(at)).collect::<Vec<_>>().join("|"));
        ControlFlow::Continue(())
    });
    answer.map(|()| texts).map_err(|e| e.code())
}

#[test]
fn it_answers_what_it_may() {
    let fixture = courses();
    let reader = fixture.reader(ReadLimits::default()).unwrap();
    let check = |sql: &str, expect: &[&str]| {
        assert_eq!(
            ask(&reader, sql, &[]).as_deref(),
            Ok(&expect.iter().map(|s| s.to_string()).collect::<Vec<_>>()[..]),
            "{sql}"
        );
    };
    check("SELECT _row, KCH, XF FROM ODS_COURSE WHERE KCMC IS NOT NULL ORDER BY _place", &["1|a|", "3|c|"]);
    check("SELECT count(*), 1.5, NULL FROM ODS_COURSE", &["3|1.5|"]);
    check("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3) SELECT max(x) FROM n", &["3"]);
    check(
        "SELECT i.value FROM ODS_COURSE, json_each(tb_items(KCMC, ',')) i ORDER BY _row, i.key",
        &["x", "y", "z", "\""],
    );
    check("SELECT tb_items('a||b', '||'), tb_items(' a,b ', ''), tb_items(NULL, ',')", &["[\"a\",\"b\"]|[\"a,b\"]|"]);
    check("WITH c AS (SELECT KCH FROM ODS_COURSE) SELECT count(*) FROM c", &["3"]);
    assert_eq!(
        ask(
            &reader,
            "SELECT KCH FROM ODS_COURSE WHERE _row = ?1 AND KCH = ?2 AND ?3 IS NULL",
            &[SqlValue::Integer(2), SqlValue::Text("b"), SqlValue::Null]
        ),
        Ok(vec!["b".into()])
    );
}

#[test]
fn it_refuses_everything_else() {
    let fixture = courses();
    let reader = fixture.reader(ReadLimits::default()).unwrap();
    let file = fixture.path.with_extension("other").display().to_string();
    for sql in [
        "DELETE FROM ODS_COURSE",
        "UPDATE ODS_COURSE SET KCH = 'x'",
        "INSERT INTO ODS_COURSE DEFAULT VALUES",
        "DROP TABLE ODS_COURSE",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        &format!("ATTACH '{file}' AS other KEY ''"),
        &format!("VACUUM INTO '{file}'"),
        "PRAGMA query_only = OFF",
        "PRAGMA rekey = 'x'",
        "BEGIN",
        "SAVEPOINT s",
        "SELECT value FROM setting",
        "SELECT payload FROM batch_row",
        "SELECT sql FROM sqlite_master",
        "SELECT * FROM pragma_database_list",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('x')",
        "SELECT 1 WHERE 'x' IN (SELECT name FROM head)",
    ] {
        assert_eq!(ask(&reader, sql, &[]).unwrap_err(), "reader.refused", "{sql}");
    }
    assert_eq!(ask(&reader, "SELEC 1", &[]).unwrap_err(), "reader.sql");
    assert_eq!(ask(&reader, "SELECT NIX FROM ODS_COURSE", &[]).unwrap_err(), "reader.sql");
    assert_eq!(ask(&reader, "SELECT 1; SELECT 2", &[]).unwrap_err(), "reader.sql");
    let error = reader.query("SELECT NIX FROM ODS_COURSE", &[], |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(error.params()["reason"], "no such column: NIX", "without the statement");
    assert_eq!(fixture.count("ODS_COURSE", "").unwrap(), 3);
    assert!(!std::path::Path::new(&file).exists());
}

const ENDLESS: &str = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";

#[test]
fn time_ends_a_query_and_not_the_next_one() {
    let fixture = courses();
    let reader =
        fixture.reader(ReadLimits { time: Some(Duration::from_millis(20)), cancel: None, whole: None }).unwrap();
    assert_eq!(ask(&reader, ENDLESS, &[]).unwrap_err(), "reader.time-out");
    assert_eq!(ask(&reader, "SELECT 1", &[]), Ok(vec!["1".into()]));
}

#[test]
fn a_flag_ends_a_query() {
    let fixture = courses();
    let cancel = Arc::new(AtomicBool::new(false));
    let reader = fixture.reader(ReadLimits { time: None, cancel: Some(Arc::clone(&cancel)), whole: None }).unwrap();
    assert_eq!(ask(&reader, "SELECT 1", &[]), Ok(vec!["1".into()]));
    let answer = reader.query(&ENDLESS.replace("count(*)", "x"), &[], |row| {
        if row.integer(0) == Some(100) {
            cancel.store(true, Ordering::Relaxed);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(answer, Err(ReadError::Cancelled));
    assert_eq!(ask(&reader, ENDLESS, &[]).unwrap_err(), "reader.cancelled");
}

#[test]
fn a_kept_reader_takes_other_limits() {
    let fixture = courses();
    let reader =
        fixture.reader(ReadLimits { time: Some(Duration::from_millis(20)), cancel: None, whole: None }).unwrap();
    assert_eq!(ask(&reader, ENDLESS, &[]).unwrap_err(), "reader.time-out");
    let cancel = Arc::new(AtomicBool::new(true));
    reader.set_limits(ReadLimits { time: None, cancel: Some(cancel), whole: None });
    assert_eq!(ask(&reader, ENDLESS, &[]).unwrap_err(), "reader.cancelled");
    reader.set_limits(ReadLimits::default());
    assert_eq!(ask(&reader, "SELECT count(*) FROM ODS_COURSE", &[]), Ok(vec!["3".into()]));
}

#[test]
fn it_sees_what_is_saved() {
    let fixture = courses();
    let reader = fixture.reader(ReadLimits::default()).unwrap();
    let name = || ask(&reader, "SELECT KCMC FROM ODS_COURSE WHERE _row = 2", &[]).unwrap().remove(0);
    assert_eq!(name(), "");
    fixture.apply(1, &[update("ODS_COURSE", 2, &[("KCMC", "新")])]);
    assert_eq!(name(), "新");
    let before = fixture.effort();
    fixture.undo(crate::fixture::at(2), "").unwrap();
    assert_eq!(name(), "");
    let after = fixture.effort();
    assert_eq!((after.connections - before.connections, after.commits - before.commits), (0, 1));
}
