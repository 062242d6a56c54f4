//! Counts the elements of each indicator in one table.

use standard::{Kind, Rule, RuleBody, Table};
use store::{Counted, Faults, TableFacts, UNIQUE_RULE};

use super::indicators::{INDICATORS, Measure, Which};
use super::score::{Share, Shares};
use crate::check::api::{QualitySettings, RuleState};
use crate::check::states::States;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::calendar::standing::{DueBook, DueState};

/// What is needed to measure any table.
pub(super) struct Measuring<'a> {
    pub open: &'a OpenBook,
    pub period: &'a str,
    pub settings: &'a QualitySettings,
    pub states: &'a States,
    /// Absent where no connection says what was accepted, and for another period than that of the book.
    pub due: Option<&'a DueBook<'a>>,
}

impl Measuring<'_> {
    /// The shares of a table with records; the number of its records.
    pub fn table(&self, table: &Table) -> Result<(u64, Shares), CallError> {
        let facts = self.open.book.table_facts(&table.name, self.period)?;
        let mut shares = Shares::default();
        for (share, indicator) in shares.iter_mut().zip(&INDICATORS) {
            *share = self.share(table, &facts, indicator.measure)?;
        }
        Ok((facts.rows, shares))
    }

    fn share(&self, table: &Table, facts: &TableFacts, measure: Measure) -> Result<Share, CallError> {
        let rows = facts.rows;
        if rows == 0 && measure != Measure::Expected {
            return Ok(Share::default());
        }
        let filled = |wanted: &dyn Fn(&standard::Field) -> bool| -> u64 {
            let fields = table.fields.iter().zip(&facts.filled).filter(|(field, _)| !field.is_system());
            fields.filter(|(field, _)| wanted(field)).map(|(_, filled)| filled).sum()
        };
        let count = |rules: Option<&[&str]>, mandatory, of| {
            self.open.book.faults(&table.name, self.period, Faults { rules, mandatory, of })
        };
        let without = |of: u64, rules: Option<&[&str]>, mandatory, counted| -> Result<Share, CallError> {
            let faults = count(rules, mandatory, counted)?;
            Ok(Share::without(of, faults.open, faults.explained))
        };
        Ok(match measure {
            Measure::Cells(rules) => without(filled(&|_| true), Some(rules), false, Counted::Cells)?,
            Measure::Codes => without(filled(&|f| f.code_list.is_some()), Some(&["code"]), false, Counted::Cells)?,
            Measure::Keyed => Share { met: facts.keyed, of: rows, explained: 0 },
            Measure::Defined => {
                let used = table.fields.iter().zip(&facts.filled).filter(|(f, filled)| !f.is_system() && **filled > 0);
                let own = used.clone().filter(|(field, _)| field.own).count() as u64;
                Share::without(used.count() as u64, own, 0)
            }
            Measure::Rules(which) => {
                let ran = |rule: &&Rule| {
                    speaks_of(table, rule, which)
                        && matches!(self.states.of(&rule.id), RuleState::Holds | RuleState::Found)
                };
                let ran: Vec<&str> =
                    self.open.edition.rules_of(&table.name).filter(ran).map(|rule| rule.id.as_str()).collect();
                match ran.is_empty() {
                    true => Share::default(),
                    false => without(rows * ran.len() as u64, Some(&ran), false, Counted::Checks)?,
                }
            }
            Measure::Required => {
                let fields = table.filled_fields().filter(|field| field.required && !field.own).count() as u64;
                Share { met: filled(&|field| field.required && !field.own), of: rows * fields, explained: 0 }
            }
            Measure::Expected => match self.settings.expected.get(&table.name) {
                Some(expected) => Share { met: rows.min(*expected), of: *expected, explained: 0 },
                None => Share::default(),
            },
            Measure::NotRepeated => without(rows, Some(&[UNIQUE_RULE]), false, Counted::Records)?,
            Measure::Unique => Share { met: facts.keys, of: facts.keyed, explained: 0 },
            Measure::Clean => without(rows, None, true, Counted::Records)?,
            Measure::References => {
                let of = filled(&|field| !field.references.is_empty());
                without(of, Some(&[check::REFERENCE_RULE]), false, Counted::Cells)?
            }
            Measure::Events => match table.event {
                Some(_) => without(rows, Some(&[check::EVENT_RULE]), false, Counted::Records)?,
                None => Share::default(),
            },
            Measure::InTime => self.in_time(table, rows)?,
            Measure::Never(_) => Share::default(),
        })
    }

    fn in_time(&self, table: &Table, rows: u64) -> Result<Share, CallError> {
        let Some(due) = self.due.filter(|_| !table.own) else { return Ok(Share::default()) };
        let standing = due.of(table)?;
        let accepted = standing.readiness.accepted.min(rows);
        let counts = standing.overdue_days > 0 || standing.state == DueState::Done;
        Ok(if counts { Share { met: accepted, of: rows, explained: 0 } } else { Share::default() })
    }
}

/// Whether an indicator speaks of a rule.
fn speaks_of(table: &Table, rule: &Rule, which: Which) -> bool {
    let is_date = |column: &String| {
        let kind = table.field(column).map(|field| field.kind);
        matches!(kind, Some(Kind::Date | Kind::DateTime | Kind::YearMonth | Kind::Year))
    };
    match which {
        Which::All => true,
        // The rules of standards/rules/*/names.toml, which are named so, are selects on the record that a number names.
        Which::Agreeing => rule.id.ends_with("agrees") && matches!(rule.body, RuleBody::Select { .. }),
        Which::Orders => {
            !matches!(rule.body, RuleBody::Select { .. })
                && rule.columns.iter().filter(|column| is_date(column)).count() > 1
        }
    }
}
