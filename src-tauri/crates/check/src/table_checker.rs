//! The checks of one table, with everything that they look up made ready once.

use std::collections::HashMap;

use standard::{Edition, Field, Finding, Table};

use crate::cells::{Cell, Check, Problem, checks_of, judge_placeholder};
use crate::event::EventCheck;
use crate::field::PreparedField;
use crate::normalise;
use crate::reading::fold;
use crate::remembered::Remembered;

/// Which columns of a record are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// All of them: what a receiver does.
    All,
    /// Those that a clerk fills, without the three system columns, which the program fills.
    Filled,
}

/// Checks many records of one table. One checker serves many threads.
pub struct TableChecker {
    table: String,
    fields: Vec<(PreparedField, Vec<&'static Check>)>,
    by_column: HashMap<String, usize>,
    /// For each field, whether a check of it looks at other cells of the record, too.
    of_record: Vec<bool>,
    event: Option<EventCheck>,
}

impl TableChecker {
    /// Looks everything up.
    pub fn new(edition: &Edition, table: &Table, columns: Columns) -> Self {
        let wanted = |field: &Field| columns == Columns::All || !field.is_system();
        let wanted = table.fields.iter().enumerate().filter(|(_, field)| wanted(field));
        let prepare = |(at, field)| {
            let prepared = PreparedField::new(edition, Some(table), field, at);
            let checks = checks_of(&prepared);
            (prepared, checks)
        };
        let fields: Vec<_> = wanted.map(prepare).collect();
        let by_column =
            fields.iter().enumerate().map(|(i, (prepared, _))| (prepared.field.column.clone(), i)).collect();
        let of_record = fields.iter().map(|(_, checks)| checks.iter().any(|check| check.of_record)).collect();
        TableChecker { table: table.name.clone(), fields, by_column, of_record, event: EventCheck::new(table) }
    }

    /// Names of the checks that look at a column by itself, each once; none for a column that is not checked.
    pub fn rules_of(&self, column: &str) -> Vec<&'static str> {
        let checks = self.by_column.get(column).map_or(&[][..], |at| &self.fields[*at].1);
        let mut rules: Vec<&'static str> = checks.iter().map(|check| check.rule).collect();
        rules.dedup();
        rules
    }

    /// Checks one record by itself and adds what it finds, for `row` of the book.
    ///
    /// Values stand in the order of [`Table::fields`]; missing ones at the end count as empty.
    pub fn cells(&self, row: Option<i64>, values: &[String], found: &mut Vec<Finding>) {
        self.look(None, row, values, found);
    }

    /// [`TableChecker::cells`] for one record of many: a text that was found right is not asked again.
    pub fn cells_of_many(
        &self,
        remembered: &mut Remembered,
        row: Option<i64>,
        values: &[String],
        found: &mut Vec<Finding>,
    ) {
        self.look(Some(remembered), row, values, found);
    }

    fn look(
        &self,
        mut remembered: Option<&mut Remembered>,
        row: Option<i64>,
        values: &[String],
        found: &mut Vec<Finding>,
    ) {
        for (at, (prepared, checks)) in self.fields.iter().enumerate() {
            let value = values.get(prepared.position).map_or("", String::as_str);
            let is_known = remembered.as_ref().is_some_and(|texts| texts.is_right(at, value));
            if is_known && !self.of_record[at] {
                continue;
            }
            let mut put = |rule: &str, level, Problem { message, suggestion, .. }: Problem| {
                found.push(Finding {
                    table: self.table.clone(),
                    row,
                    column: Some(prepared.field.column.clone()),
                    rule: rule.to_owned(),
                    level,
                    value: value.to_owned(),
                    message,
                    suggestion,
                });
            };
            let cell = Cell { prepared, value, values };
            if !is_known && let Some(problems) = judge_placeholder(&cell) {
                problems.into_iter().for_each(|(rule, level, problem)| put(rule, level, problem));
                continue;
            }
            let empty = value.is_empty() || fold::trim(value).is_empty();
            let mut is_right = !empty;
            for check in checks.iter().filter(|check| check.looks_at.includes(empty) && (check.of_record || !is_known))
            {
                if let Some(problem) = (check.find)(&cell) {
                    is_right &= check.of_record;
                    put(check.rule, problem.level.unwrap_or(check.level), problem);
                }
            }
            if let Some(texts) = remembered.as_mut().filter(|_| is_right && !is_known) {
                texts.keep(at, value);
            }
        }
    }

    /// Checks the event date of a record that the book keeps under `period`, and adds what it finds.
    pub fn event(&self, row: Option<i64>, period: &str, values: &[String], found: &mut Vec<Finding>) {
        found.extend(self.event.as_ref().and_then(|check| check.find(row, period, values)));
    }

    /// The period to which a record belongs by its dates, if the one under which it is kept cannot be right.
    pub fn other_period(&self, period: &str, values: &[String]) -> Option<String> {
        self.event.as_ref().and_then(|check| check.other_period(period, values))
    }

    /// [`crate::normalise()`] for a column, with everything looked up before; an unknown column, or one that is not
    /// checked, loses its outer blanks only.
    pub fn normalise(&self, column: &str, typed: &str) -> String {
        match self.by_column.get(column) {
            Some(&at) => normalise::prepared(&self.fields[at].0, typed),
            None => fold::trim(typed).to_owned(),
        }
    }
}
