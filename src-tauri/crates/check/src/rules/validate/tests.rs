//! Rules that are accepted, rules that are refused, and texts that try to close the brackets around them.

use proptest::prelude::*;
use standard::{Coded, Kind, Level, Sensitivity};

use super::*;
use crate::testing::{edition_of, field, table};

fn edition() -> Arc<Edition> {
    let texts = |columns: &[&str]| columns.iter().map(|c| field(c, Kind::Text)).collect::<Vec<_>>();
    let mut students = table("ODS_S", &["XH"], texts(&["XH", "XM", "KSRQ", "JSRQ"]));
    students.period = standard::PeriodKind::Term;
    students.fields[1].sensitivity = Sensitivity::Personal;
    Arc::new(edition_of(&[students, table("ODS_C", &["BH"], texts(&["BH", "RS"]))], &[]))
}

fn rule(body: RuleBody, message: &str) -> Rule {
    Rule {
        id: "ODS_S.tried".into(),
        level: Level::Confirm,
        table: "ODS_S".into(),
        columns: vec!["JSRQ".into(), "KSRQ".into()],
        body,
        message: message.into(),
        reason: String::new(),
        basis: None,
        pass: Vec::new(),
        fail: Vec::new(),
        own: false,
    }
}

fn expect(sql: &str) -> Rule {
    rule(RuleBody::Row { expect: sql.into() }, "“{value}”早于“{KSRQ}”")
}

fn select(sql: &str) -> Rule {
    rule(RuleBody::Select { select: sql.into() }, "“{value}”")
}

/// The code of a problem and what its words name, if they name something.
fn said(problem: &RuleProblem) -> String {
    format!("{} {}", problem.code(), problem.params().get("found").map_or("", String::as_str))
}

#[track_caller]
fn check(rule: Rule, why: &str) {
    let answer = validate(&edition(), &rule);
    let got = answer.as_ref().map_or_else(
        |problem| {
            assert_eq!(problem.rule, "ODS_S.tried");
            said(problem)
        },
        |()| "good ".to_owned(),
    );
    assert_eq!(got.trim_end(), why, "{}", rule.body.sql());
}

#[test]
fn row_rules_are_one_expression_over_one_record() {
    for good in [
        "JSRQ >= KSRQ",
        "tb_date(ODS_S.JSRQ) >= tb_date(\"KSRQ\") OR (JSRQ IS NULL) -- a remark",
        "NOT EXISTS (SELECT 1 FROM json_each(tb_items(JSRQ, ',')) i WHERE i.value = KSRQ)",
        "KSRQ <> 'a;b)' AND _period = tb_period() AND tb_days(KSRQ, tb_today()) > 0",
        "CASE WHEN KSRQ GLOB '[0-9]*' THEN 1 END",
    ] {
        check(expect(good), "good");
    }
    for (wrong, why) in [
        ("NIX = 1", "rule.unknown-column NIX"),
        ("\"NIX\" = 1", "rule.unknown-column NIX"),
        ("tb_none(JSRQ)", "rule.sql no such function: tb_none"),
        ("tb_days(JSRQ)", "rule.sql wrong number of arguments to function tb_days()"),
        ("XH = '1'", "rule.unlisted XH"),
        ("1); DELETE FROM ODS_S WHERE (1", "rule.several"),
        ("1) OR (1", "good"),
        ("1)) UNION SELECT XM FROM ODS_S WHERE ((1", "rule.brackets"),
        ("1) UNION SELECT XM FROM ODS_S WHERE (1", "rule.brackets"),
        (")(", "rule.brackets"),
        ("(1", "rule.brackets"),
        ("1 /* no end", "rule.open"),
        ("KSRQ = 'no end", "rule.open"),
        ("1, 2", "rule.not-an-expression"),
        ("SELECT 1", "rule.not-an-expression"),
        ("  with a as (select 1) select 1", "rule.not-an-expression"),
        ("-- nothing", "rule.not-an-expression"),
        ("KSRQ = ?1", "rule.parameter ?1"),
        ("KSRQ = :x", "rule.parameter :x"),
        ("EXISTS (SELECT 1 FROM ODS_C)", "rule.other-records ODS_C"),
        ("(SELECT count(*) FROM ods_s) > 1", "rule.other-records ODS_S"),
        ("EXISTS (SELECT 1 FROM all_ODS_C)", "rule.other-records ODS_C"),
        ("(SELECT max(year_ODS_S.JSRQ) FROM year_ODS_S) > 1", "rule.other-records ODS_S"),
        ("(SELECT count(*) FROM setting) > 1", "rule.unknown-table setting"),
        ("count(*) > 1", "rule.sql misuse of aggregate function count()"),
        ("random() > 1", "rule.changeful random"),
        ("date('now') > KSRQ", "rule.changeful now"),
        ("date() > KSRQ", "rule.changeful date"),
        ("CURRENT_DATE > KSRQ", "rule.changeful CURRENT_DATE"),
        ("load_extension('x')", "rule.refused"),
        ("main.ODS_S.JSRQ > 1", "rule.schema main"),
        ("JSRQ >= ", "rule.sql near \")\": syntax error"),
        ("JSRQ >= KSRQ DROP TABLE ODS_S", "rule.other-records ODS_S"),
    ] {
        // It closes a bracket that it did not open, although their numbers agree.
        let why = if wrong == "1) OR (1" { "rule.brackets" } else { why };
        check(expect(wrong), why);
    }
}

#[test]
fn selects_read_and_answer_rows() {
    for good in [
        "SELECT _row FROM ODS_S WHERE JSRQ < KSRQ",
        "SELECT s._row, c.RS AS n FROM ODS_S s JOIN ODS_C c ON c.BH = s.KSRQ",
        "WITH x AS (SELECT KSRQ FROM ods_s GROUP BY KSRQ HAVING count(*) > 1) SELECT _row FROM \"ODS_S\" WHERE KSRQ IN x",
        "SELECT s._row FROM ODS_S s WHERE KSRQ NOT IN (SELECT RS FROM all_ODS_C) AND _period > 1",
        "SELECT ODS_S._row FROM ODS_S, year_ods_s y WHERE ODS_S.KSRQ = y.JSRQ AND y._period <> ODS_S._period",
        "SELECT min(_row) AS _row, count(*) AS n FROM ODS_S GROUP BY _natural UNION ALL SELECT 1, 2",
    ] {
        check(select(good), "good");
    }
    for (wrong, why) in [
        ("DELETE FROM ODS_S", "rule.not-a-select"),
        ("WITH x AS (SELECT 1) DELETE FROM ODS_S", "rule.refused"),
        ("WITH x AS (SELECT 1) UPDATE ODS_S SET XH = 'x'", "rule.refused"),
        ("VALUES (1)", "rule.not-a-select"),
        ("PRAGMA query_only = OFF", "rule.not-a-select"),
        ("EXPLAIN SELECT _row FROM ODS_S", "rule.not-a-select"),
        ("SELECT _row FROM ODS_S; SELECT 1", "rule.several"),
        ("SELECT _row FROM ODS_S) UNION SELECT * FROM (SELECT 1 AS _row", "rule.brackets"),
        ("SELECT JSRQ FROM ODS_S", "rule.first-column JSRQ"),
        ("SELECT max(_row) FROM ODS_S", "rule.first-column max(_row)"),
        ("SELECT _row, XM AS n FROM ODS_S", "rule.unlisted XM"),
        ("SELECT * FROM ODS_S", "rule.unlisted "),
        ("SELECT _row FROM ODS_NONE", "rule.unknown-table ODS_NONE"),
        ("SELECT _row FROM setting", "rule.unknown-table setting"),
        ("SELECT _row FROM term_ODS_S", "rule.unknown-table term_ODS_S"),
        ("SELECT s._row FROM ODS_S s, all_ODS_S a WHERE a.XM = s.KSRQ", "rule.unlisted XM"),
        ("SELECT s._row FROM ODS_S s, year_ODS_C a WHERE a._place = s.KSRQ", "rule.unknown-column a._place"),
        ("SELECT rowid AS _row FROM sqlite_master", "rule.refused"),
        ("SELECT _row FROM main.ODS_S", "rule.schema main"),
        ("SELECT _row FROM \"main\" . ODS_S", "rule.schema main"),
        ("SELECT _row FROM ODS_S WHERE _place > 1", "rule.unknown-column _place"),
        ("SELECT _row FROM ODS_S WHERE _hash > 1", "rule.unknown-column _hash"),
        ("SELECT _row FROM ODS_S WHERE random() > 1", "rule.changeful random"),
    ] {
        let answer = validate(&edition(), &select(wrong)).expect_err(wrong);
        let got = said(&answer);
        assert!(got.starts_with(why), "{wrong}: {got}");
    }
}

#[test]
fn messages_name_what_there_is() {
    let with_n = "SELECT _row, 1 AS n FROM ODS_S";
    let message = |message: &str| rule(RuleBody::Select { select: with_n.into() }, message);
    check(message("{value} {KSRQ} {n}"), "good");
    check(message("{m}"), "rule.placeholder m");
    check(Rule { table: "ODS_NONE".into(), ..expect("1") }, "rule.unknown-table ODS_NONE");
    check(Rule { columns: vec!["NIX".into()], ..expect("1") }, "rule.unknown-column NIX");
}

/// Pieces with which a statement could close the brackets around it.
const PIECES: [&str; 26] = [
    "1",
    "KSRQ",
    "(",
    ")",
    ";",
    "'",
    "\"",
    "[",
    "]",
    "`",
    "--",
    "/*",
    "*/",
    "\n",
    "SELECT",
    "FROM",
    "ODS_C",
    "UNION",
    "DELETE FROM ODS_S",
    "OR",
    "WHERE",
    ",",
    "x'",
    "''",
    "?1",
    "main.",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// An accepted text is an expression: in brackets it is still one value, and the statement around it still has two
    /// columns and reads no other table.
    #[test]
    fn no_text_leaves_its_brackets(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..9)) {
        let sql = pieces.join(" ");
        let edition = edition();
        if validate(&edition, &expect(&sql)).is_ok() {
            let reader = scratch(&edition, &["ODS_S", "ODS_C"], &[], ReadLimits::default(), &[]).unwrap();
            let around = format!("SELECT 1 AS a, (\n{sql}\n) AS b FROM ODS_S");
            let described = reader.describe(&around).unwrap();
            prop_assert_eq!(described.columns, ["a", "b"], "{}", sql);
            prop_assert!(described.reads.iter().all(|(table, _)| table == "ODS_S"), "{}", sql);
        }
    }
}
