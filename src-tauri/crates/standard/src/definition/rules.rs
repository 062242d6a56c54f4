//! The sheet 规则: one row for each rule, its cases as lines of JSON.

use super::Lines;
use super::cells::{Grid, Line, Row};
use super::fault::{Fault, Why};
use super::plan::RULES;
use super::words::{LEVELS, word};
use crate::rule::{CaseText, RuleFault, RulePart, RuleText};
use crate::{Edition, Rule};

pub fn rows(edition: &Edition) -> Vec<Vec<String>> {
    edition.rules.iter().filter(|rule| !rule.own).map(|rule| row(&RuleText::from(rule))).collect()
}

fn row(rule: &RuleText) -> Vec<String> {
    // A map of texts and lists of texts can always be written as JSON.
    let cases = |cases: &[CaseText]| -> Vec<String> {
        cases.iter().map(|case| serde_json::to_string(case).unwrap_or_default()).collect()
    };
    let part = |part: &RulePart| serde_json::to_string(part).unwrap_or_default();
    Line::new(&RULES)
        .put("规则标识", &rule.id)
        .put("级别", word(LEVELS, &rule.level))
        .put("表名", &rule.table)
        .put_names("列名", &rule.columns)
        .put_some("判断式", rule.expect.as_ref())
        .put_lines("分项判断式", &rule.parts.iter().map(part).collect::<Vec<_>>())
        .put_some("查询", rule.select.as_ref())
        .put("提示", &rule.message)
        .put("理由", &rule.reason)
        .put_some("依据", rule.basis.as_ref())
        .put_lines("通过示例", &cases(&rule.pass))
        .put_lines("不通过示例", &cases(&rule.fail))
        .done()
}

/// Reads the rules of an edition whose tables and lists are read.
pub fn read(grid: &Grid<'_>, edition: &Edition, lines: &mut Lines) -> Result<Vec<Rule>, Fault> {
    let mut rules = Vec::new();
    for row in grid.rows() {
        let text = RuleText {
            id: row.need("规则标识")?,
            level: row.need_word("级别", LEVELS)?,
            table: row.need("表名")?,
            columns: row.names("列名")?,
            expect: row.text("判断式")?,
            parts: parts(&row, "分项判断式")?,
            select: row.text("查询")?,
            message: row.need("提示")?,
            reason: row.need("理由")?,
            basis: row.text("依据")?,
            pass: cases(&row, "通过示例")?,
            fail: cases(&row, "不通过示例")?,
        };
        if let Some(other) = lines.rules.insert(text.id.clone(), row.line()) {
            return row.fault("规则标识", Why::Twice { other });
        }
        rules.push(text.read(edition).or_else(|fault| refused(&row, &fault))?);
    }
    Ok(rules)
}

fn parts(row: &Row<'_>, heading: &str) -> Result<Vec<RulePart>, Fault> {
    let lines = row.lines(heading)?;
    let part = |line: &String| serde_json::from_str(line).or_else(|_| row.fault_of(heading, line, Why::BadRule));
    lines.iter().map(part).collect()
}

fn cases(row: &Row<'_>, heading: &str) -> Result<Vec<CaseText>, Fault> {
    row.need(heading)?;
    let lines = row.lines(heading)?;
    let case = |line: &String| serde_json::from_str(line).or_else(|_| row.fault_of(heading, line, Why::BadCase));
    lines.iter().map(case).collect()
}

/// Which cell a fault of a rule is about.
fn refused<T>(row: &Row<'_>, fault: &RuleFault) -> Result<T, Fault> {
    let heading = match fault.place.split('/').next().unwrap_or_default() {
        "id" => "规则标识",
        "table" => "表名",
        "columns" => "列名",
        "expect" => "判断式",
        "parts" => "分项判断式",
        "message" => "提示",
        "reason" => "理由",
        "pass" => "通过示例",
        "fail" => "不通过示例",
        _ => "规则标识",
    };
    row.fault_of(heading, &fault.found, Why::BadRule)
}
