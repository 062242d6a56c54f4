//! Running a rule on its own passing and failing records.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use standard::rule::{Case, DEFAULT_PERIOD, DEFAULT_TODAY};
use standard::{Coded, Edition, Finding, Rule, Sensitivity};
use store::{ReadLimits, Scope, ScratchRow, scratch};

use super::views::used_tables;
use super::{Context, functions, rule as run};
use crate::words::{self, Language};

/// The time limit of one case; it has only a few records.
const CASE_TIME: Duration = Duration::from_secs(5);

/// A case on which a rule does not do what it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseProblem {
    /// The rule, saved or not.
    pub rule: String,
    /// Whether nothing should be found.
    pub pass: bool,
    /// Number of the case among the passing or the failing ones, from 1.
    pub number: usize,
    /// What happened instead.
    pub wrong: Wrong,
}

/// What happened instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Something was found on passing records: its words.
    Found(String),
    /// Nothing was found on failing records.
    Nothing,
    /// The rule did not run to its end: a [`store::ReadError::code`], or what is wrong with the case itself.
    Failed(String),
    /// What was found stands on these columns, not on the one that the case names.
    Elsewhere(String),
    /// The message contains a personal value of this column.
    Shows(String),
}

impl fmt::Display for CaseProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CaseProblem { rule, pass, number, wrong } = self;
        write!(f, "{rule} {} {number}: ", if *pass { "pass" } else { "fail" })?;
        match wrong {
            Wrong::Found(words) => write!(f, "found “{words}”"),
            Wrong::Nothing => write!(f, "found nothing"),
            Wrong::Failed(reason) => write!(f, "did not run: {reason}"),
            Wrong::Elsewhere(columns) => write!(f, "found on {columns}"),
            Wrong::Shows(column) => write!(f, "the words show a personal value of {column}"),
        }
    }
}

/// Runs a rule on all its cases, each in tables of its own. Empty where it does what it should.
pub fn try_cases(edition: &Arc<Edition>, rule: &Rule) -> Vec<CaseProblem> {
    let passing = (1..).zip(&rule.pass).map(|(number, case)| (true, number, case));
    let failing = (1..).zip(&rule.fail).map(|(number, case)| (false, number, case));
    let problem = |(pass, number, case): (bool, usize, &Case)| {
        let wrong = match found(edition, rule, case) {
            Err(reason) => Some(Wrong::Failed(reason)),
            Ok(found) => match found.first() {
                Some(first) if pass => Some(Wrong::Found(in_words(first))),
                None if !pass => Some(Wrong::Nothing),
                Some(_) if !stands_where_it_should(case, &found) => Some(Wrong::Elsewhere(columns_of(&found))),
                _ => found.iter().find_map(|finding| shown(edition, rule, case, finding)).map(Wrong::Shows),
            },
        };
        Some(CaseProblem { rule: rule.id.clone(), pass, number, wrong: wrong? })
    };
    passing.chain(failing).filter_map(problem).collect()
}

fn found(edition: &Arc<Edition>, rule: &Rule, case: &Case) -> Result<Vec<Finding>, String> {
    let today = case.today.as_deref().unwrap_or(DEFAULT_TODAY);
    let today = Date::strptime("%Y%m%d", today).map_err(|_| format!("_today {today}"))?;
    let period = case.period.as_deref().unwrap_or(DEFAULT_PERIOD);
    let context = Context { today, period: period.to_owned(), time: CASE_TIME };
    let mut tables: Vec<&str> = used_tables(edition, &rule.body.sql()).iter().map(|t| t.name.as_str()).collect();
    tables.push(&rule.table);
    let rows: Vec<ScratchRow> = case
        .rows
        .iter()
        .map(|(table, cells)| {
            let mut cells = cells.clone();
            // A record may be of another period than the one in which the rule is tried.
            let own = cells.remove("_period");
            ScratchRow { table: table.clone(), period: own.unwrap_or_else(|| period.to_owned()), cells }
        })
        .collect();
    let reader = scratch(edition, &tables, &rows, ReadLimits::default(), &functions(edition, &context))
        .map_err(|error| error.to_string())?;
    let mut all = Vec::new();
    let failed = run(&reader, edition, rule, Scope::Period(period), &context, &mut |finding| {
        all.push(finding);
        ControlFlow::Continue(())
    });
    match failed {
        Ok(None) => Ok(all),
        Ok(Some(failed)) => Err(failed.reason.code()),
        Err(error) => Err(error.code()),
    }
}

fn stands_where_it_should(case: &Case, found: &[Finding]) -> bool {
    case.column.is_none() || found.iter().any(|finding| finding.column == case.column)
}

fn columns_of(found: &[Finding]) -> String {
    found.iter().filter_map(|finding| finding.column.as_deref()).collect::<Vec<_>>().join(", ")
}

/// The words of a finding as a rule's author wrote them, the placeholder for the value included.
fn in_words(finding: &Finding) -> String {
    words::say(&finding.message, "{value}", Language::Zh)
}

/// A column whose personal value the message contains. Messages of rules are not masked, so they must not contain one.
fn shown(edition: &Edition, rule: &Rule, case: &Case, finding: &Finding) -> Option<String> {
    let spoken = |value: &str| {
        let telling = value.chars().count() > 3 || (value.chars().count() > 1 && !value.is_ascii());
        telling && in_words(finding).contains(value) && !rule.messages().any(|message| message.contains(value))
    };
    case.rows.iter().find_map(|(table, cells)| {
        let table = edition.table(table)?;
        let mut personal = table.fields.iter().filter(|field| field.sensitivity != Sensitivity::None);
        let shown = personal.find(|field| cells.get(&field.column).is_some_and(|value| spoken(value)));
        Some(shown?.column.clone())
    })
}
