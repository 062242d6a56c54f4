//! Findings stand on the column at fault, and words show codes with their names.

use check::words::{self, Language};
use standard::{Finding, RuleBody, RulePart};
use store::Scope;

use super::{Desk, PERIOD, PRACTICE, row, rule, select};

#[test]
fn parts_of_a_rule_stand_on_their_columns() {
    let part = |column: &str, expect: &str, message: Option<&str>| RulePart {
        column: column.into(),
        expect: expect.into(),
        message: message.map(str::to_owned),
    };
    let parts = vec![
        part("SXJSRQ", "tb_date(SXJSRQ) <= tb_today()", None),
        part("SXKSRQ", "tb_date(SXKSRQ) <= tb_today()", None),
        part("SXJSRQ", "tb_date(SXJSRQ) >= tb_date(SXKSRQ)", Some("“{value}”早于“{SXKSRQ}”")),
    ];
    let parts = RuleBody::Parts { parts };
    let desk = Desk::new(vec![rule("parts", &["SXJSRQ", "SXKSRQ"], parts, "{title}“{value}”晚于今天")]);
    let records: [&[(&str, &str)]; 3] = [
        &[("SXKSRQ", "20270301"), ("SXJSRQ", "20260901")],
        &[("SXKSRQ", "20260301"), ("SXJSRQ", "20260401")],
        &[("SXKSRQ", "20270301")],
    ];
    desk.insert(PRACTICE, PERIOD, &records);
    let mut found = desk.found(Scope::Period(PERIOD), PERIOD);
    found.sort();
    let expect = [
        "parts 1 SXJSRQ 20260901 “{value}”早于“20270301”",
        "parts 1 SXKSRQ 20270301 实习开始日期“{value}”晚于今天",
        "parts 3 SXKSRQ 20270301 实习开始日期“{value}”晚于今天",
    ];
    assert_eq!(found, expect);
    assert_eq!(desk.found(Scope::Rows(&[3]), PERIOD), expect[2..]);
    assert_eq!(check::rules::row_rules(&desk.edition, PRACTICE), ["ODS_SXJCSJ.parts"]);
}

#[test]
fn a_select_names_the_column_at_fault() {
    let sql = "SELECT _row, 'SXJSRQ' AS _column, 3 AS n FROM ODS_SXJCSJ UNION ALL SELECT _row, NULL, 4 FROM ODS_SXJCSJ";
    let wrong = "SELECT _row, 'XH' AS _column FROM ODS_SXJCSJ";
    let desk = Desk::new(vec![
        rule("points", &["SXKSRQ", "SXJSRQ"], select(sql), "{title}“{value}”{n}"),
        rule("nowhere", &["SXKSRQ", "SXJSRQ"], select(wrong), "{title}“{value}”"),
    ]);
    desk.insert(PRACTICE, PERIOD, &[&[("XH", "1"), ("SXKSRQ", "20260301"), ("SXJSRQ", "20260401")]]);
    let (found, failed) = desk.run(Scope::Period(PERIOD), &desk.context(PERIOD));
    let line = |f: &Finding| format!("{:?} {}", f.column, words::of(f, Language::Zh));
    let of_points: Vec<String> = found.iter().filter(|f| f.rule.ends_with(".points")).map(line).collect();
    let expect = ["Some(\"SXJSRQ\") 实习结束日期“20260401”3", "Some(\"SXKSRQ\") 实习开始日期“20260301”4"];
    assert_eq!(of_points, expect);
    assert_eq!(failed.len(), 1, "a column that the rule does not list");
    assert_eq!(failed[0].rule, "ODS_SXJCSJ.nowhere");
}

#[test]
fn codes_are_shown_with_their_names() {
    let words = "{SFFGWSX:name} {SXDDSZSHJGBM:name} {value:name} {SFQDSFXY:name}";
    let columns = ["SFFGWSX", "SXDDSZSHJGBM", "SFQDSFXY"];
    let desk = Desk::new(vec![rule("names", &columns, row("0"), words)]);
    desk.insert(PRACTICE, PERIOD, &[&[("SFFGWSX", "1"), ("SXDDSZSHJGBM", "340100"), ("SFQDSFXY", "7")]]);
    desk.insert(PRACTICE, PERIOD, &[&[("SXDDSZSHJGBM", "510200")]]);
    let expect = [
        "names 1 SFFGWSX 1 1（是） 340100（合肥市） 1（是） 7",
        "names 2 SFFGWSX  （空） 510200（重庆市） （空） （空）",
    ];
    assert_eq!(desk.found(Scope::Period(PERIOD), PERIOD), expect);
}
