//! Rules as they are written, and reading them against an edition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Case, NAME, Rule, RuleBody, RulePart, braces};
use crate::finding::Level;
use crate::{Edition, Sensitivity, Table};

/// A rule as it is written, in a rule file or in the additions of a college.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "OwnRule"))]
pub struct RuleText {
    /// `TABLE.kebab-case`; that of a college is `TABLE.own-kebab-case`.
    pub id: String,
    /// How serious what it finds is.
    pub level: Level,
    /// Table whose records are found.
    pub table: String,
    /// Columns that it looks at; a finding is shown at the first.
    pub columns: Vec<String>,
    /// SQL expression over one record; this, `parts` or `select`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<String>,
    /// SELECT of failing records; this, `expect` or `parts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select: Option<String>,
    /// What is wrong.
    pub message: String,
    /// Why this is checked.
    pub reason: String,
    /// Where the standard says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Expressions over one record, each with the column at fault; this, `expect` or `select`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<RulePart>>", optional))]
    pub parts: Vec<RulePart>,
    /// Records on which it finds nothing.
    pub pass: Vec<CaseText>,
    /// Records on which it finds something.
    pub fail: Vec<CaseText>,
}

/// A case as it is written: `_today`, `_period`, `_column` (where a failing case must be found), and columns (of one
/// record) or tables (with a list of records, each of which may have a `_period` of its own).
pub type CaseText = BTreeMap<String, CaseValue>;

/// What a case puts into one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "OwnCaseValue"))]
pub enum CaseValue {
    /// Text of a cell, of `_today`, of `_period` or of `_column`.
    Text(String),
    /// Records of a table.
    Rows(Vec<BTreeMap<String, String>>),
}

/// What is wrong with a rule as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFault {
    /// Key below the rule, such as `columns/1` or `pass/0/XH`.
    pub place: String,
    /// What stands there.
    pub found: String,
    /// What should be there.
    pub expected: &'static str,
}

impl RuleText {
    /// Reads the rule against the edition that it is about.
    pub fn read(&self, edition: &Edition) -> Result<Rule, RuleFault> {
        let table = edition.table(&self.table).ok_or_else(|| fault("table", &self.table, "a table of the edition"))?;
        let name = self.id.strip_prefix(&self.table).and_then(|rest| rest.strip_prefix('.'));
        if !name.is_some_and(is_kebab) {
            return Err(fault("id", &self.id, "TABLE.name-in-small-letters"));
        }
        self.check_columns(table)?;
        let body = match (&self.expect, &self.select, self.parts.as_slice()) {
            (Some(expect), None, []) if !expect.trim().is_empty() => RuleBody::Row { expect: expect.trim().to_owned() },
            (None, Some(select), []) if !select.trim().is_empty() => {
                RuleBody::Select { select: select.trim().to_owned() }
            }
            (None, None, [_, ..]) => RuleBody::Parts { parts: self.parts.clone() },
            _ => return Err(fault("expect", "neither or both", "one of expect, parts and select")),
        };
        self.check_parts()?;
        for (place, text) in [("message", &self.message), ("reason", &self.reason)] {
            if text.trim().is_empty() {
                return Err(fault(place, "nothing", "words"));
            }
        }
        self.check_message(table, &body, &self.message, "message")?;
        for (at, part) in self.parts.iter().enumerate() {
            self.check_message(
                table,
                &body,
                part.message.as_deref().unwrap_or_default(),
                &format!("parts/{at}/message"),
            )?;
        }
        let cases = |place: &str, texts: &[CaseText]| -> Result<Vec<Case>, RuleFault> {
            if texts.is_empty() {
                return Err(fault(place, "no case", "at least one case"));
            }
            let read = |(at, text)| self.read_case(edition, &body, &format!("{place}/{at}"), text);
            texts.iter().enumerate().map(read).collect()
        };
        Ok(Rule {
            id: self.id.clone(),
            level: self.level,
            table: self.table.clone(),
            columns: self.columns.clone(),
            message: self.message.clone(),
            reason: self.reason.clone(),
            basis: self.basis.clone(),
            pass: cases("pass", &self.pass)?,
            fail: cases("fail", &self.fail)?,
            own: false,
            body,
        })
    }

    fn check_columns(&self, table: &Table) -> Result<(), RuleFault> {
        if self.columns.is_empty() {
            return Err(fault("columns", "none", "at least one column"));
        }
        for (at, column) in self.columns.iter().enumerate() {
            let place = format!("columns/{at}");
            if table.field(column).is_none() {
                return Err(fault(&place, column, "a column of the table"));
            }
            if self.columns[..at].contains(column) {
                return Err(fault(&place, column, "each column once"));
            }
        }
        Ok(())
    }

    /// The columns on which its findings may stand.
    fn at_fault(&self, body: &RuleBody) -> Vec<&str> {
        match body {
            RuleBody::Parts { .. } => self.parts.iter().map(|part| part.column.as_str()).collect(),
            RuleBody::Select { select } if select.contains("_column") => {
                self.columns.iter().map(String::as_str).collect()
            }
            RuleBody::Row { .. } | RuleBody::Select { .. } => {
                self.columns.first().map(String::as_str).into_iter().collect()
            }
        }
    }

    fn check_parts(&self) -> Result<(), RuleFault> {
        for (at, part) in self.parts.iter().enumerate() {
            if !self.columns.contains(&part.column) {
                return Err(fault(&format!("parts/{at}/column"), &part.column, "a column that the rule lists"));
            }
            if part.expect.trim().is_empty() {
                return Err(fault(&format!("parts/{at}/expect"), "nothing", "an expression"));
            }
        }
        Ok(())
    }

    /// Messages are shown unmasked, so they may name no personal value but that of the column at fault, whose
    /// placeholder is masked.
    fn check_message(&self, table: &Table, body: &RuleBody, message: &str, place: &str) -> Result<(), RuleFault> {
        for brace in braces(message) {
            let (name, is_named) = brace.strip_suffix(NAME).map_or((brace, false), |name| (name, true));
            match table.field(name) {
                _ if name == "value" && is_named => {
                    let open =
                        |column: &str| table.field(column).is_some_and(|field| field.sensitivity == Sensitivity::None);
                    if !self.at_fault(body).into_iter().all(open) {
                        return Err(fault(place, brace, "{value}, because a column is personal"));
                    }
                }
                _ if name == "value" || (name == "title" && !is_named) => {}
                Some(field) if field.sensitivity != Sensitivity::None => {
                    return Err(fault(place, name, "no personal value but {value}"));
                }
                Some(field) if is_named && field.code_list.is_none() => {
                    return Err(fault(place, brace, "a column with a code list"));
                }
                Some(_) if self.columns.iter().any(|column| column == name) => {}
                Some(_) => return Err(fault(place, name, "a column that the rule lists")),
                None if matches!(body, RuleBody::Select { .. }) && is_plain(name) && !is_named => {}
                None => return Err(fault(place, brace, "{value}, {title} or a column of the rule")),
            }
        }
        Ok(())
    }

    fn read_case(&self, edition: &Edition, body: &RuleBody, place: &str, text: &CaseText) -> Result<Case, RuleFault> {
        let mut case = Case::default();
        let mut record = BTreeMap::new();
        for (key, value) in text {
            let place = format!("{place}/{key}");
            match (key.as_str(), value, body) {
                ("_today", CaseValue::Text(today), _) => case.today = Some(today.clone()),
                ("_period", CaseValue::Text(period), _) => case.period = Some(period.clone()),
                ("_column", CaseValue::Text(column), _) => {
                    if !self.columns.contains(column) {
                        return Err(fault(&place, column, "a column that the rule lists"));
                    }
                    case.column = Some(column.clone());
                }
                (column, CaseValue::Text(cell), RuleBody::Row { .. } | RuleBody::Parts { .. }) => {
                    record.insert(column.to_owned(), cell.clone());
                }
                (table, CaseValue::Rows(rows), RuleBody::Select { .. }) => {
                    for row in rows {
                        check_record(edition, table, row, &["_period"], &place)?;
                        case.rows.push((table.to_owned(), row.clone()));
                    }
                }
                _ => return Err(fault(&place, key, "columns in a rule over one record, tables in one with select")),
            }
        }
        if body.is_over_one_record() {
            check_record(edition, &self.table, &record, &[], place)?;
            case.rows.push((self.table.clone(), record));
        }
        Ok(case)
    }
}

fn check_record(
    edition: &Edition,
    table: &str,
    record: &BTreeMap<String, String>,
    besides: &[&str],
    place: &str,
) -> Result<(), RuleFault> {
    let table = edition.table(table).ok_or_else(|| fault(place, table, "a table of the edition"))?;
    match record.keys().find(|column| table.field(column).is_none() && !besides.contains(&column.as_str())) {
        None => Ok(()),
        Some(column) => Err(fault(place, column, "columns of the table")),
    }
}

fn is_kebab(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.split('-').all(part)
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

pub(crate) fn fault(place: &str, found: &str, expected: &'static str) -> RuleFault {
    RuleFault { place: place.to_owned(), found: found.to_owned(), expected }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Standards;

    const GOOD: &str = r#"
        id = "ODS_SXJCSJ.end-not-before-start"
        level = "mandatory"
        table = "ODS_SXJCSJ"
        columns = ["SXJSRQ", "SXKSRQ"]
        expect = "SXJSRQ >= SXKSRQ"
        message = "实习结束日期“{value}”早于开始日期“{SXKSRQ}”"
        reason = "结束不可能早于开始。"
        pass = [{ _today = "20270101", SXKSRQ = "20260301", SXJSRQ = "20260630" }]
        fail = [{ SXKSRQ = "20260630", SXJSRQ = "20260301" }]
    "#;

    fn read(text: &str) -> Result<Rule, RuleFault> {
        let edition = Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap();
        toml::from_str::<RuleText>(text).unwrap().read(&edition)
    }

    #[test]
    fn a_rule_is_read() {
        let rule = read(GOOD).unwrap();
        assert_eq!(rule.body.sql(), "SXJSRQ >= SXKSRQ");
        assert_eq!(rule.pass[0].today.as_deref(), Some("20270101"));
        assert_eq!(rule.fail[0].rows[0].1["SXJSRQ"], "20260301");
    }

    #[test]
    fn a_wrong_rule_says_where() {
        let check = |from: &str, to: &str, place: &str| {
            assert!(GOOD.contains(from), "{from}");
            let fault = read(&GOOD.replace(from, to)).expect_err(to);
            assert_eq!(fault.place, place, "{to}: {fault:?}");
        };
        check("table = \"ODS_SXJCSJ\"", "table = \"ODS_NONE\"", "table");
        check("end-not-before-start", "End", "id");
        check("\"SXKSRQ\"]", "\"NONE\"]", "columns/1");
        check("\"SXKSRQ\"]", "\"SXJSRQ\"]", "columns/1");
        check("expect = \"SXJSRQ >= SXKSRQ\"", "", "expect");
        check("expect = \"SXJSRQ >= SXKSRQ\"", "expect = \"1\"\nselect = \"SELECT 1\"", "expect");
        check("{SXKSRQ}", "{XH}", "message");
        check("{SXKSRQ}", "{nothing}", "message");
        check("{SXKSRQ}", "{SXKSRQ:name}", "message");
        check("{SXKSRQ}", "{title:name}", "message");
        check("expect = \"SXJSRQ >= SXKSRQ\"", "parts = [{ column = \"XH\", expect = \"1\" }]", "parts/0/column");
        check("expect = \"SXJSRQ >= SXKSRQ\"", "parts = [{ column = \"SXJSRQ\", expect = \" \" }]", "parts/0/expect");
        check("fail = [{ SXKSRQ", "fail = [{ _column = \"XH\", SXKSRQ", "fail/0/_column");
        check("结束不可能早于开始。", " ", "reason");
        check("fail = [{ SXKSRQ", "fail = [{ NONE", "fail/0");
        check("fail = [{ SXKSRQ = \"20260630\", SXJSRQ = \"20260301\" }]", "fail = []", "fail");
        check("fail = [{", "fail = [{ ODS_SXJCSJ = [],", "fail/0/ODS_SXJCSJ");
    }
}
