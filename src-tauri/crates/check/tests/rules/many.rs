//! Many records that are read once are asked by the same rules with the same answer as each by itself.

use std::ops::ControlFlow;

use check::rules::{FailedRule, RowRules, rules};
use check::{Columns, Remembered, SeenRecord, TableChecker, records_seen};
use standard::{Finding, Rule, RuleBody, RulePart};
use store::{ReadLimits, Scope};

use super::{Desk, PERIOD, PRACTICE, dates, row, rule};

/// What both ways find, sorted, and which rules fail.
type Answer = (Vec<String>, Vec<FailedRule>);

fn sorted(found: Vec<Finding>) -> Vec<String> {
    let mut lines: Vec<String> = found.iter().map(|finding| format!("{finding:?}")).collect();
    lines.sort_unstable();
    lines
}

/// The answers for records that are taken some hundred at a time: of [`RowRules`], and of [`rules()`].
fn both(desk: &Desk, rows: &[i64]) -> (Answer, Answer) {
    let table = desk.edition.table(PRACTICE).unwrap();
    let (context, reader) = (desk.context(PERIOD), desk.reader(PERIOD, ReadLimits::default()));
    let checker = TableChecker::new(&desk.edition, table, Columns::Filled);
    let (mut many, mut remembered) = (RowRules::new(&desk.edition, table), Remembered::default());
    let (mut once, mut each) = (Answer::default(), Answer::default());
    for part in rows.chunks(700) {
        let (mut found, mut plain) = (Vec::new(), Vec::new());
        let mut seen = |record: SeenRecord<'_>| many.take(record.row, record.values);
        let mut go_on = |_| ControlFlow::Continue(());
        let scope = Scope::Rows(part);
        let of_cells = &mut |_| ControlFlow::Continue(());
        records_seen(&reader, (table, &checker), scope, &mut remembered, &mut seen, &mut go_on, of_cells).unwrap();
        let mut keep = |finding| {
            found.push(finding);
            ControlFlow::Continue(())
        };
        once.1.extend(many.check(&reader, &context, &mut keep).unwrap());
        let mut keep = |finding| {
            plain.push(finding);
            ControlFlow::Continue(())
        };
        each.1.extend(rules(&reader, &desk.edition, table, scope, &context, &mut keep).unwrap());
        once.0.extend(sorted(found));
        each.0.extend(sorted(plain));
    }
    (once, each)
}

fn parts(parts: &[(&str, &str)]) -> RuleBody {
    let part = |(column, expect): &(&str, &str)| RulePart {
        column: (*column).to_owned(),
        expect: (*expect).to_owned(),
        message: None,
    };
    RuleBody::Parts { parts: parts.iter().map(part).collect() }
}

/// Records of which some columns say few things and others something else each time.
fn book(rules: Vec<Rule>, records: usize) -> (Desk, Vec<i64>) {
    let desk = Desk::new(rules);
    let days = ["20260901", "20260801", "", "无", "2026-09-01", "20261001"];
    let names = ["甲", "乙厂", "-", "甲\u{1f}", "劳务"];
    let texts: Vec<[String; 5]> = (0..records)
        .map(|n| {
            [
                format!("{}", n * 7919 % 1_000_003),
                days[n % 6].to_owned(),
                days[n * 7 % 11 % 6].to_owned(),
                names[n * 5 % 17 % 5].to_owned(),
                names[n * 3 % 13 % 5].to_owned(),
            ]
        })
        .collect();
    let columns = ["XH", "SXKSRQ", "SXJSRQ", "SXQYMC", "SXNR"];
    let cells: Vec<Vec<(&str, &str)>> =
        texts.iter().map(|texts| columns.into_iter().zip(texts.iter().map(String::as_str)).collect()).collect();
    let cells: Vec<&[(&str, &str)]> = cells.iter().map(Vec::as_slice).collect();
    desk.insert(PRACTICE, PERIOD, &cells);
    (desk, (1..=records as i64).collect())
}

#[test]
fn what_is_asked_once_is_found_for_all() {
    let rules = vec![
        dates(),
        rule("one", &["SXQYMC"], row("SXQYMC <> '劳务'"), "“{value}”，{XH}"),
        rule("two", &["SXQYMC", "SXNR"], row("SXQYMC || SXNR <> '甲甲'"), "“{value}”"),
        rule("number", &["XH"], row("tb_number(XH) % 3 <> 0"), "“{value}”"),
        rule("own", &["XH"], row("_row % 5 <> 0"), "“{value}”"),
        rule("nothing", &["XH"], row("1"), "“{value}”"),
        rule("never", &["XH"], row("0"), "“{value}”"),
        rule(
            "parts",
            &["SXKSRQ", "SXJSRQ"],
            parts(&[("SXKSRQ", "SXKSRQ <> '20260801'"), ("SXJSRQ", "SXJSRQ <> ''")]),
            "坏",
        ),
    ];
    let (desk, rows) = book(rules, 5_000);
    let (once, each) = both(&desk, &rows);
    assert_eq!(once.1, []);
    assert!(once == each, "{} and {} findings", once.0.len(), each.0.len());
    for name in ["dates", "one", "two", "number", "own", "never", "parts"] {
        assert!(once.0.iter().any(|finding| finding.contains(&format!("ODS_SXJCSJ.{name}"))), "{name}");
    }
}

#[test]
fn a_rule_that_fails_says_what_it_says_of_each() {
    let broken = rule("json", &["SXNR"], row("SXNR = '甲' OR json_extract(SXNR, '$.a') IS NOT NULL"), "{value}");
    let (desk, rows) = book(vec![broken, dates()], 900);
    let (once, each) = both(&desk, &rows);
    assert!(!once.1.is_empty());
    assert!(once == each, "{} and {} findings", once.0.len(), each.0.len());
}
