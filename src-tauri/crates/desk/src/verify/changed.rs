//! What is checked after many records changed at once, by an import or by taking one back: the records that changed, and what
//! depends on them. It costs what the change costs, however full the table is, and finds what a check of the whole tables would
//! find.
//!
//! Looked at again are
//! * the changed records, by themselves, against other tables, and by the rules that see each record alone, some thousands
//!   at a time, so that what is found is never in memory at once;
//! * the table as a whole where a finding may follow from the other records: keys that occur twice and names that were cut
//!   off, and selects that compare records of the table;
//! * other tables where a reference leads to this one, as far as the change may have mattered: keys that came can only mend
//!   what was found, keys that went are looked for everywhere; and selects of other tables that name this one.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use check::rules::{self as check_rules, Context, RowRules};
use check::{EVENT_RULE, KEY_AND_NAME_RULES, REFERENCE_RULE, Remembered, SeenRecord};
use standard::{Finding, PeriodKind, Rule, Table};
use store::{ReadConnection, Scope, TableChange};

use super::checks::Checks;
use super::found::{self, Found};
use super::recheck::with_reader;
use super::rules;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::jobs::Job;

/// Numbers of records by the period under which they are kept.
type ByPeriod = BTreeMap<String, Vec<i64>>;

/// Records that are checked at once.
const CHUNK: usize = 5_000;

/// Checks what a step of the log has changed, and what depends on it. Edits wait no longer than for some thousand records,
/// or for one rule.
pub(crate) fn recheck_step(open: &OpenBook, step: i64, job: &mut Job<'_>) -> Result<(), CallError> {
    let changes = open.book.step_changes(step)?;
    let context = Context::new(job.today(), open.period());
    let total = changes.iter().map(|change| change.rows.len() as u64).sum();
    let mut done = 0;
    let of = |change| Changed::of(open, change, &context);
    // First, while the findings still say which tables were empty before.
    for change in &changes {
        of(change)?.references_to_it(job)?;
    }
    for change in &changes {
        let changed = of(change)?;
        changed.records(job, &mut done, total)?;
        changed.among_each_other(job)?;
    }
    job.at("check", total, total);
    Ok(())
}

/// What a step did to one table.
struct Changed<'o> {
    open: &'o OpenBook,
    table: &'o Table,
    change: &'o TableChange,
    context: &'o Context,
}

impl<'o> Changed<'o> {
    fn of(open: &'o OpenBook, change: &'o TableChange, context: &'o Context) -> Result<Changed<'o>, CallError> {
        Ok(Changed { open, table: table_of(&open.edition, &change.table)?, change, context })
    }

    /// The changed records: what each says by itself and beside other tables.
    fn records(&self, job: &mut Job<'_>, done: &mut u64, total: u64) -> Result<(), CallError> {
        let Changed { open, table, change, context } = *self;
        let period = context.period.as_str();
        let (mut in_parts, mut at_once) = (Vec::new(), Vec::new());
        for rule in self.selects_of_each() {
            let looks_up = with_reader(open, context, job, |reader| {
                Ok(check_rules::looks_up(reader, &open.edition, rule, period)?)
            })?;
            if looks_up { in_parts.push(rule) } else { at_once.push(rule) }
        }
        // What is said about the table as a whole, such as that a rule failed: once, and not for each part.
        let mut of_table = OfTable::default();
        let mut of_period = Vec::new();
        let (mut remembered, mut row_rules) = (Remembered::default(), RowRules::new(&open.edition, table));
        for rows in change.rows.chunks(CHUNK) {
            job.at("check", *done, total);
            *done += rows.len() as u64;
            let _held = open.hold();
            let (mut found, periods) = with_reader(open, context, job, |reader| {
                self.part(reader, rows, &in_parts, &mut remembered, &mut row_rules)
            })?;
            if let Some(Found { rows: Some(rows), .. }) = found.last().filter(|_| !at_once.is_empty()) {
                of_period.extend_from_slice(rows);
            }
            of_table.take(&mut found);
            found::write(open, period, found)?;
            self.elsewhere(job, periods)?;
        }
        for rule in &at_once {
            let _held = open.hold();
            let findings =
                with_reader(open, context, job, |reader| run(open, reader, rule, Scope::Rows(&of_period), context))?;
            let rows = Some(change.rows.clone());
            let mut found = vec![Found { table: &table.name, rows, rules: Some(vec![&rule.id]), findings }];
            of_table.take(&mut found);
            found::write(open, period, found)?;
        }
        let _held = open.hold();
        let awaited = |reader: &ReadConnection| Ok(check::tables_awaited(reader, &open.edition, table, period)?);
        of_table.0.extend(with_reader(open, context, job, awaited)?);
        let mut ran = check_rules::row_rules(&open.edition, &table.name);
        ran.push(REFERENCE_RULE);
        ran.extend(in_parts.iter().chain(&at_once).map(|rule| rule.id.as_str()));
        let found = Found { table: &table.name, rows: Some(vec![0]), rules: Some(ran), findings: of_table.0 };
        found::write(open, period, vec![found])
    }

    /// Some of the changed records; also answers those that are kept under other periods.
    fn part(
        &self,
        reader: &ReadConnection,
        rows: &[i64],
        selects: &[&'o Rule],
        remembered: &mut Remembered,
        row_rules: &mut RowRules<'_>,
    ) -> Result<(Vec<Found<'o>>, ByPeriod), CallError> {
        let Changed { open, table, context, .. } = *self;
        let checker = open.extensions.get::<Checks>().checker(open, table);
        let now = table.period.of(&context.period);
        let mut findings: Vec<Finding> = Vec::new();
        let mut collect = |finding| {
            findings.push(finding);
            ControlFlow::Continue(())
        };
        let (mut current, mut periods) = (Vec::new(), ByPeriod::new());
        // Each record is read once, for the checks of its cells and for all rules over single records.
        let mut seen = |record: SeenRecord<'_>| match record.period == now {
            true => {
                row_rules.take(record.row, record.values);
                current.push(record.row);
            }
            false => periods.entry(record.period.to_owned()).or_default().push(record.row),
        };
        let (scope, mut go_on) = (Scope::Rows(rows), |_| ControlFlow::Continue(()));
        check::records_seen(reader, (table, &checker), scope, remembered, &mut seen, &mut go_on, &mut collect)?;
        check::references(reader, &open.edition, table, scope, &mut collect)?;
        let mut ran = check::cell_rules();
        ran.extend([EVENT_RULE, REFERENCE_RULE]);
        let mut all = vec![Found { table: &table.name, rows: Some(rows.to_vec()), rules: Some(ran), findings }];
        let mut findings: Vec<Finding> = Vec::new();
        let mut collect = |finding| {
            findings.push(finding);
            ControlFlow::Continue(())
        };
        let scope = Scope::Rows(&current);
        row_rules.check(reader, context, &mut collect)?;
        for rule in selects {
            check_rules::rule(reader, &open.edition, rule, scope, context, &mut collect)?;
        }
        let mut ran = check_rules::row_rules(&open.edition, &table.name);
        ran.extend(selects.iter().map(|rule| rule.id.as_str()));
        all.push(Found { table: &table.name, rows: Some(current), rules: Some(ran), findings });
        Ok((all, periods))
    }

    /// Rules over single records look at records of another period from their own.
    fn elsewhere(&self, job: &Job<'_>, periods: ByPeriod) -> Result<(), CallError> {
        let Changed { open, table, context, .. } = *self;
        for (period, rows) in periods {
            let context = Context::new(context.today, PeriodKind::Term.kept_as(&period, &context.period));
            let found = with_reader(open, &context, job, |reader| {
                let mut findings = Vec::new();
                let ran = rules::check_rows(open, reader, table, &rows, &context, &mut findings)?;
                Ok(Found { table: &table.name, rows: Some(rows), rules: Some(ran), findings })
            })?;
            found::write(open, &context.period, vec![found])?;
        }
        Ok(())
    }

    /// The selects of the table that answer for each record alone and that the change may have changed. One that waits for the
    /// next check of the table is not among them: it runs whole.
    fn selects_of_each(&self) -> Vec<&'o Rule> {
        let checks = self.open.extensions.get::<Checks>();
        let waiting = checks.waiting.rules();
        let is_alone = |rule: &&Rule| {
            rule.table == self.table.name
                && !waiting.contains_key(&rule.id)
                && check_rules::sees_each_alone(&self.open.edition, rule)
        };
        self.selects().into_iter().filter(is_alone).collect()
    }

    /// The selects, of any table, whose findings the change may have changed.
    fn selects(&self) -> Vec<&'o Rule> {
        let records = self.change.records || self.change.told || self.change.gone;
        check_rules::touched_by_many(&self.open.edition, self.table, records, &self.change.columns)
    }

    /// The table as a whole, as far as a record says something of the others; and the selects of other tables that name it.
    fn among_each_other(&self, job: &Job<'_>) -> Result<(), CallError> {
        let Changed { open, table, context, .. } = *self;
        job.go_on()?;
        let held = open.hold();
        let mut findings = Vec::new();
        with_reader(open, context, job, |reader| {
            Ok(check::keys_and_names(reader, &open.edition, table, &context.period, &mut |finding| {
                findings.push(finding);
                ControlFlow::Continue(())
            })?)
        })?;
        let ran = KEY_AND_NAME_RULES.to_vec();
        let found = Found { table: &table.name, rows: None, rules: Some(ran), findings };
        found::write(open, &context.period, vec![found])?;
        drop(held);
        let alone: Vec<&str> = self.selects_of_each().into_iter().map(|rule| rule.id.as_str()).collect();
        for rule in self.selects().into_iter().filter(|rule| !alone.contains(&rule.id.as_str())) {
            job.go_on()?;
            let _held = open.hold();
            let findings = with_reader(open, context, job, |reader| match check::has_records(reader, &rule.table)? {
                true => run(open, reader, rule, Scope::Period(&context.period), context),
                false => Ok(Vec::new()),
            })?;
            let found = Found { table: &rule.table, rows: None, rules: Some(vec![&rule.id]), findings };
            found::write(open, &context.period, vec![found])?;
            open.extensions.get::<Checks>().waiting.rules().remove(&rule.id);
        }
        Ok(())
    }

    /// References of all tables to this one.
    fn references_to_it(&self, job: &Job<'_>) -> Result<(), CallError> {
        let Changed { open, table, change, context } = *self;
        for other in &open.edition.tables {
            let pointing = other.fields.iter().flat_map(|field| &field.references);
            let columns: Vec<&str> =
                pointing.filter(|to| to.table == table.name).map(|to| to.column.as_str()).collect();
            if columns.is_empty() {
                continue;
            }
            job.go_on()?;
            let _held = open.hold();
            let known = open.book.rows_with_findings(&other.name, REFERENCE_RULE)?;
            // A table that was empty, or is now, decides about all records.
            let is_awaited = known.first() == Some(&0);
            let went = change.gone || columns.iter().any(|column| change.columns.contains(*column));
            if went || is_awaited {
                let findings = with_reader(open, context, job, |reader| {
                    of_references(open, reader, other, Scope::Period(&context.period))
                })?;
                let ran = vec![REFERENCE_RULE];
                let found = Found { table: &other.name, rows: None, rules: Some(ran), findings };
                found::write(open, &context.period, vec![found])?;
            } else if change.records {
                for rows in known.chunks(CHUNK) {
                    let findings = with_reader(open, context, job, |reader| {
                        of_references(open, reader, other, Scope::Rows(rows))
                    })?;
                    let rows = Some(rows.to_vec());
                    let found = Found { table: &other.name, rows, rules: Some(vec![REFERENCE_RULE]), findings };
                    found::write(open, &context.period, vec![found])?;
                }
            }
        }
        Ok(())
    }
}

/// What was said about a table as a whole while parts of it were checked, once for each rule.
#[derive(Default)]
struct OfTable(Vec<Finding>);

impl OfTable {
    /// Takes it out of what was found in a part.
    fn take(&mut self, found: &mut [Found<'_>]) {
        for one in found {
            let (records, table): (Vec<Finding>, Vec<Finding>) =
                std::mem::take(&mut one.findings).into_iter().partition(|finding| finding.row.is_some());
            one.findings = records;
            for finding in table {
                if !self.0.iter().any(|known| known.rule == finding.rule) {
                    self.0.push(finding);
                }
            }
        }
    }
}

/// What a select finds in a scope.
fn run(
    open: &OpenBook,
    reader: &ReadConnection,
    rule: &Rule,
    scope: Scope<'_>,
    context: &Context,
) -> Result<Vec<Finding>, CallError> {
    let mut findings = Vec::new();
    check_rules::rule(reader, &open.edition, rule, scope, context, &mut |finding| {
        findings.push(finding);
        ControlFlow::Continue(())
    })?;
    Ok(findings)
}

/// What references of these records lead nowhere.
fn of_references(
    open: &OpenBook,
    reader: &ReadConnection,
    table: &Table,
    scope: Scope<'_>,
) -> Result<Vec<Finding>, CallError> {
    let mut findings = Vec::new();
    check::references(reader, &open.edition, table, scope, &mut |finding| {
        findings.push(finding);
        ControlFlow::Continue(())
    })?;
    Ok(findings)
}

#[cfg(test)]
mod tests;
