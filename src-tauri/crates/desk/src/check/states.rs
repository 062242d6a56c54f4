//! The five states of a rule: holds, found, not applicable, not run, not measurable.

use std::collections::{BTreeMap, BTreeSet};

use check::{Columns, TableChecker, rules as check_rules};
use standard::{Rule, Table};

use crate::Desk;
use crate::check::api::{PlainField, RuleCounts, RuleState, RuleStateView, RuleStates};
use crate::session::OpenBook;
use crate::session::api::{CallError, Nothing};

/// The states of all rules in one period.
pub(super) struct States {
    states: BTreeMap<String, RuleState>,
    found: BTreeMap<String, u64>,
    /// Tables without any record of the book.
    empty: BTreeSet<String>,
}

impl States {
    /// Reads what the last checks of all tables kept.
    pub fn read(open: &OpenBook, period: &str) -> Result<States, CallError> {
        let not_run: BTreeSet<String> = open.book.rules_not_run()?.into_iter().collect();
        let found: BTreeMap<String, u64> = open.book.rule_counts(period)?.into_iter().collect();
        // After an edit some rules run a moment later; until then their old findings say nothing.
        let waiting: BTreeSet<String> = open.book.waiting_rules(period)?.into_iter().map(|one| one.rule).collect();
        let (mut rows, mut empty) = (BTreeMap::new(), BTreeSet::new());
        for table in &open.edition.tables {
            let of_period = open.book.count(&table.name, period)?;
            rows.insert(table.name.as_str(), of_period);
            if of_period == 0 && open.book.periods(&table.name)?.is_empty() {
                empty.insert(table.name.clone());
            }
        }
        let mut states = States { states: BTreeMap::new(), found, empty };
        for rule in &open.edition.rules {
            let state = if rows.get(rule.table.as_str()).is_none_or(|rows| *rows == 0) {
                RuleState::NotApplicable
            } else if not_run.contains(&rule.id) || waiting.contains(&rule.id) {
                RuleState::NotRun
            } else if states.findings(&rule.id) > 0 {
                RuleState::Found
            } else if states.awaited(open, rule).next().is_some() {
                RuleState::NotMeasurable
            } else {
                RuleState::Holds
            };
            states.states.insert(rule.id.clone(), state);
        }
        Ok(states)
    }

    /// The state of a rule of the edition.
    pub fn of(&self, rule: &str) -> RuleState {
        self.states.get(rule).copied().unwrap_or(RuleState::NotApplicable)
    }

    fn findings(&self, rule: &str) -> u64 {
        self.found.get(rule).copied().unwrap_or_default()
    }

    /// Other tables that a rule reads and that are empty.
    fn awaited<'o>(&self, open: &'o OpenBook, rule: &Rule) -> impl Iterator<Item = &'o Table> {
        let others = check_rules::reads(&open.edition, rule).into_iter();
        others.filter(move |table| table.name != rule.table && self.empty.contains(&table.name))
    }

    /// How many rules are in each state.
    pub fn counts(&self) -> RuleCounts {
        let mut counts = RuleCounts::default();
        for state in self.states.values() {
            *match state {
                RuleState::Holds => &mut counts.holds,
                RuleState::Found => &mut counts.found,
                RuleState::NotApplicable => &mut counts.not_applicable,
                RuleState::NotRun => &mut counts.not_run,
                RuleState::NotMeasurable => &mut counts.not_measurable,
            } += 1;
        }
        counts
    }
}

/// `check.rules`.
pub(crate) fn rules(desk: &Desk, _: Nothing) -> Result<RuleStates, CallError> {
    let open = desk.opened()?;
    let states = States::read(&open, &open.period())?;
    let mut all = RuleStates { counts: states.counts(), rules: Vec::new(), fields: 0, plain: Vec::new() };
    for table in &open.edition.tables {
        let title = table.short_title().to_owned();
        for rule in open.edition.rules_of(&table.name) {
            let state = states.of(&rule.id);
            let empty = states.awaited(&open, rule).filter(|_| state == RuleState::NotMeasurable);
            all.rules.push(RuleStateView {
                rule: rule.id.clone(),
                table: table.name.clone(),
                table_title: title.clone(),
                column_titles: rule
                    .columns
                    .iter()
                    .filter_map(|name| table.field(name))
                    .map(|field| field.title.clone())
                    .collect(),
                level: rule.level,
                reason: rule.reason.clone(),
                state,
                findings: states.findings(&rule.id),
                empty: empty.map(|table| table.short_title().to_owned()).collect(),
            });
        }
        let checker = TableChecker::new(&open.edition, table, Columns::Filled);
        let looks_at = |column: &String| open.edition.rules_of(&table.name).any(|rule| rule.columns.contains(column));
        for field in table.filled_fields() {
            all.fields += 1;
            if !looks_at(&field.column) {
                all.plain.push(PlainField {
                    table: table.name.clone(),
                    table_title: title.clone(),
                    column: field.column.clone(),
                    title: field.title.clone(),
                    checks: checker.rules_of(&field.column).into_iter().map(str::to_owned).collect(),
                });
            }
        }
    }
    Ok(all)
}
