//! Rules as one rule file, in their order.

use serde::Serialize;

use crate::rule::{CaseText, CaseValue, RuleText};
use crate::{Case, Edition, Rule, RuleBody};

/// The content of one file of rules, as TOML has it.
#[derive(Serialize)]
struct RuleFile {
    rule: Vec<RuleText>,
}

/// The file's text; none where the edition has no rules.
pub fn file(edition: &Edition) -> Option<String> {
    let rule: Vec<RuleText> = edition.rules.iter().filter(|rule| !rule.own).map(RuleText::from).collect();
    if rule.is_empty() {
        return None;
    }
    // Texts, lists and tables of texts can always be written as TOML.
    toml::to_string(&RuleFile { rule }).ok()
}

impl From<&Rule> for RuleText {
    fn from(rule: &Rule) -> RuleText {
        let (expect, parts, select) = match &rule.body {
            RuleBody::Row { expect } => (Some(expect.clone()), Vec::new(), None),
            RuleBody::Parts { parts } => (None, parts.clone(), None),
            RuleBody::Select { select } => (None, Vec::new(), Some(select.clone())),
        };
        let cases = |cases: &[Case]| cases.iter().map(|case| case_text(&rule.body, case)).collect();
        RuleText {
            id: rule.id.clone(),
            level: rule.level,
            table: rule.table.clone(),
            columns: rule.columns.clone(),
            expect,
            select,
            parts,
            message: rule.message.clone(),
            reason: rule.reason.clone(),
            basis: rule.basis.clone(),
            pass: cases(&rule.pass),
            fail: cases(&rule.fail),
        }
    }
}

/// A case of a row rule names columns, one of a select names tables.
fn case_text(body: &RuleBody, case: &Case) -> CaseText {
    let mut text = CaseText::new();
    for (key, value) in [("_today", &case.today), ("_period", &case.period), ("_column", &case.column)] {
        text.extend(value.iter().map(|value| (key.to_owned(), CaseValue::Text(value.clone()))));
    }
    for (table, record) in &case.rows {
        match body {
            RuleBody::Row { .. } | RuleBody::Parts { .. } => {
                text.extend(record.iter().map(|(column, cell)| (column.clone(), CaseValue::Text(cell.clone()))));
            }
            RuleBody::Select { .. } => {
                let rows = text.entry(table.clone()).or_insert_with(|| CaseValue::Rows(Vec::new()));
                if let CaseValue::Rows(rows) = rows {
                    rows.push(record.clone());
                }
            }
        }
    }
    text
}
