//! The present period against earlier ones: what tables held when a period closed ([`states`]), what jumps beyond what
//! the college sets ([`jumps`]), and a table with fewer records than expected. What is found is a confirm finding about
//! a table or one of its columns. It is looked for by checks of whole tables, not by an edit, because it needs all
//! records.

pub(crate) mod jumps;
pub(crate) mod states;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use standard::{Finding, Level, Sensitivity, Table, Words};
use ts_rs::TS;

use super::found::{self, Found};
use crate::session::OpenBook;
use crate::session::api::CallError;
use jumps::{Jump, Kind};

/// The setting of the book that holds the limits.
pub(crate) const SETTING: &str = "drift";

/// The setting of the book that holds, among others, how many records tables should have.
pub(crate) const EXPECTED_SETTING: &str = "quality";

/// The rule of a table that has fewer records than expected.
const EXPECTED: &str = "drift-expected";

/// How far the present period may be from the three before it without a question. The standard sets no limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DriftLimits {
    /// Numbers of records, means and medians may lie this much below the lowest or above the highest of the earlier
    /// periods, in per cent of it; 0: nothing is asked at all.
    pub percent: u32,
    /// Shares (of empty cells, of a code) may lie this much outside, in percentage points.
    pub points: u32,
    /// Tables and changes of fewer records than this are not asked about.
    pub least: u64,
}

impl Default for DriftLimits {
    fn default() -> Self {
        DriftLimits { percent: 30, points: 20, least: 10 }
    }
}

/// Rules whose findings are made here.
pub(crate) fn rules() -> Vec<&'static str> {
    Kind::EACH.iter().map(|kind| kind.rule()).chain([EXPECTED]).collect()
}

/// The limits that the college has set.
pub(crate) fn limits(open: &OpenBook) -> Result<DriftLimits, CallError> {
    Ok(serde_json::from_value(open.book.setting(SETTING)?.unwrap_or(Value::Null)).unwrap_or_default())
}

/// How many records tables should have in the present period, by name, as far as the college has said so.
fn expected(open: &OpenBook) -> Result<BTreeMap<String, u64>, CallError> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Kept {
        expected: BTreeMap<String, u64>,
    }
    let kept: Kept =
        serde_json::from_value(open.book.setting(EXPECTED_SETTING)?.unwrap_or(Value::Null)).unwrap_or_default();
    Ok(kept.expected)
}

/// What is to be said about a table of the present period.
pub(crate) fn findings(open: &OpenBook, table: &Table) -> Result<Vec<Finding>, CallError> {
    let mut findings = Vec::new();
    let rows = open.book.count(&table.name, &open.period())?;
    if let Some(expected) = expected(open)?.get(&table.name).copied().filter(|expected| rows < *expected) {
        let words = Words::phrase("finding.drift-expected")
            .with("expected", expected.to_string())
            .with("less", (expected - rows).to_string());
        findings.push(finding(table, None, EXPECTED, rows.to_string(), words));
    }
    let limits = limits(open)?;
    if limits.percent == 0 || rows == 0 {
        return Ok(findings);
    }
    let earlier = states::earlier(open, table, states::COMPARED)?;
    if earlier.is_empty() {
        return Ok(findings);
    }
    let now = open.book.table_state(&table.name, &open.period())?;
    let before: Vec<_> = earlier.iter().map(|one| &one.state).collect();
    // Records of a table of all data stay, and their dates with them.
    let event = table.event.as_ref().filter(|_| table.period.is_periodic()).map(|event| event.date.as_str());
    findings.extend(jumps::jumps(&now, &before, limits, event).into_iter().filter_map(|jump| said(open, table, jump)));
    Ok(findings)
}

/// Looks anew at these tables and keeps what is found, in one transaction; the caller does not hold the book.
pub(crate) fn refresh<'t>(open: &OpenBook, tables: impl IntoIterator<Item = &'t Table>) -> Result<(), CallError> {
    let mut found = Vec::new();
    for table in tables {
        let _held = open.hold();
        found.push(Found { table: &table.name, rows: None, rules: Some(rules()), findings: findings(open, table)? });
    }
    let _held = open.hold();
    found::write(open, &open.period(), found)
}

/// A jump as a finding; `None` for a column with personal values, of which no number is told.
fn said(open: &OpenBook, table: &Table, jump: Jump) -> Option<Finding> {
    let field = match &jump.column {
        None => None,
        Some(column) => Some(table.field(column).filter(|field| field.sensitivity == Sensitivity::None)?),
    };
    let mut words = jump
        .kind
        .words()
        .with("before", jump.before.clone())
        .with("low", jump.low)
        .with("high", jump.high)
        .with("periods", jump.periods.to_string());
    if let Some(code) = &jump.code {
        let list = field.and_then(|field| field.code_list.as_deref()).and_then(|list| open.edition.code_list(list));
        let name = list.and_then(|list| list.get(code)).map(|known| format!("{code} {}", known.name));
        words = words.with("code", name.unwrap_or_else(|| code.clone()));
    }
    Some(finding(table, field.map(|field| field.column.clone()), jump.kind.rule(), jump.now, words))
}

fn finding(table: &Table, column: Option<String>, rule: &str, value: String, message: Words) -> Finding {
    Finding {
        table: table.name.clone(),
        row: None,
        column,
        rule: rule.to_owned(),
        level: Level::Confirm,
        value,
        message,
        suggestion: None,
    }
}
