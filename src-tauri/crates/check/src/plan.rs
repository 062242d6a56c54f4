//! What is looked up once per table.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use regex::Regex;
use standard::{CodeList, Condition, Edition, Field, Finding, Kind, Table};

use crate::cells::{Cell, Check, checks_of};
use crate::reading::code::{CodeReading, Names};
use crate::reading::{Reading, fold};

/// Texts remembered per field. Wrong values repeat, and finding names like them is the slowest thing here.
const REMEMBERED: usize = 4_096;

/// Which columns of a record are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// All of them: what a receiver does.
    All,
    /// Those that a clerk fills: the three system columns are the program's own concern.
    Filled,
}

/// A table made ready for checking many records. One plan serves many threads.
pub struct Plan<'e> {
    table: &'e Table,
    fields: Vec<FieldPlan<'e>>,
    by_column: HashMap<&'e str, usize>,
}

/// A field made ready.
pub(crate) struct FieldPlan<'e> {
    /// The field.
    pub field: &'e Field,
    /// Position in the record.
    pub position: usize,
    /// Its code list.
    pub list: Option<&'e Arc<CodeList>>,
    /// Codes that were valid once: for regions only.
    pub historical: Option<&'e CodeList>,
    /// Its expression.
    pub pattern: Option<Regex>,
    /// When it is required.
    pub required_when: Option<When<'e>>,
    /// When its value is prescribed, and which.
    pub conditional_value: Option<(When<'e>, &'e str)>,
    /// The checks that concern it.
    pub checks: Vec<&'static Check>,
    names: OnceLock<Names>,
    remembered: Mutex<HashMap<String, Arc<CodeReading>>>,
}

/// A condition on another column of the record.
pub(crate) struct When<'e> {
    /// The condition as the standard has it.
    pub condition: &'e Condition,
    /// Position of the other column.
    pub position: usize,
    /// Title of the other column.
    pub title: &'e str,
    /// Names of its codes, for words; a code without a name stands for itself.
    pub names: Vec<&'e str>,
}

impl When<'_> {
    /// Whether the condition holds for a record.
    pub fn holds(&self, values: &[String]) -> bool {
        values
            .get(self.position)
            .is_some_and(|value| self.condition.equals.iter().any(|code| code == fold::trim(value)))
    }

    /// `“进修学习地点码”是“国外”`.
    pub fn words(&self) -> String {
        format!("“{}”是“{}”", self.title, self.names.join("”或“"))
    }
}

impl<'e> Plan<'e> {
    /// Looks everything up.
    pub fn new(edition: &'e Edition, table: &'e Table, columns: Columns) -> Self {
        let wanted = |field: &Field| columns == Columns::All || !field.is_system();
        let wanted = table.fields.iter().enumerate().filter(|(_, field)| wanted(field));
        let fields: Vec<_> = wanted.map(|(at, field)| FieldPlan::new(edition, Some(table), field, at)).collect();
        let by_column = fields.iter().enumerate().map(|(i, plan)| (plan.field.column.as_str(), i)).collect();
        Plan { table, fields, by_column }
    }

    /// The table.
    pub fn table(&self) -> &'e Table {
        self.table
    }

    /// Checks one record by itself and adds what it finds, for `row` of the book.
    ///
    /// Values stand in the order of [`Table::fields`]; missing ones at the end count as empty.
    pub fn cells(&self, row: Option<i64>, values: &[String], found: &mut Vec<Finding>) {
        for plan in &self.fields {
            let value = values.get(plan.position).map_or("", String::as_str);
            let empty = fold::trim(value).is_empty();
            for check in &plan.checks {
                if check.looks_at.includes(empty)
                    && let Some(problem) = (check.find)(&Cell { plan, value, values })
                {
                    found.push(Finding {
                        table: self.table.name.clone(),
                        row,
                        column: Some(plan.field.column.clone()),
                        rule: check.rule.to_owned(),
                        level: problem.level.unwrap_or(check.level),
                        value: value.to_owned(),
                        message: problem.message,
                        suggestion: problem.suggestion,
                    });
                }
            }
        }
    }

    /// [`crate::normalise()`] for a column, with everything looked up before; an unknown column, or one that this plan does
    /// not check, loses its outer blanks only.
    pub fn normalise(&self, column: &str, typed: &str) -> String {
        match self.by_column.get(column) {
            Some(&at) => crate::normalise::field(&self.fields[at], typed),
            None => fold::trim(typed).to_owned(),
        }
    }
}

impl<'e> FieldPlan<'e> {
    /// Looks a field up; conditions on other columns need the table.
    pub fn new(edition: &'e Edition, table: Option<&'e Table>, field: &'e Field, position: usize) -> Self {
        let list = |id: &str| edition.code_list(id);
        let when = |condition: &'e Condition| When::new(edition, table?, condition);
        let mut plan = FieldPlan {
            field,
            position,
            list: field.code_list.as_deref().and_then(list),
            historical: field.code_list.as_deref().and_then(|id| list(&format!("{id}_historical"))).map(Arc::as_ref),
            // An edition with a wrong expression does not load.
            pattern: field.pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok()),
            required_when: field.required_when.as_ref().and_then(when),
            conditional_value: field.conditional_value.as_ref().and_then(|(c, value)| Some((when(c)?, value.as_str()))),
            checks: Vec::new(),
            names: OnceLock::new(),
            remembered: Mutex::default(),
        };
        plan.checks = checks_of(&plan);
        plan
    }

    /// Reads a text in the field's code list. Text that is no code is remembered.
    pub fn read_code(&self, text: &str) -> Option<Arc<CodeReading>> {
        let list = self.list?;
        if let Some(code) = list.get(text) {
            let reading = Reading::Certain(code.code.clone());
            return Some(Arc::new(CodeReading { reading, near: Vec::new() }));
        }
        if let Some(known) = self.remembered().get(text) {
            return Some(known.clone());
        }
        let reading = Arc::new(self.names(list).read(text));
        let mut remembered = self.remembered();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(text.to_owned(), reading.clone());
        Some(reading)
    }

    /// Reads several codes of the field's list.
    pub fn read_codes(&self, text: &str) -> Option<Reading> {
        let separator = self.field.separator.as_deref().unwrap_or(",");
        self.list.map(|list| self.names(list).read_several(separator, text))
    }

    /// The names of the field's list, made ready when they are first needed.
    fn names(&self, list: &Arc<CodeList>) -> &Names {
        self.names.get_or_init(|| Names::new(list.clone()))
    }

    /// A panic elsewhere leaves a whole map behind, so it can still be used.
    fn remembered(&self) -> MutexGuard<'_, HashMap<String, Arc<CodeReading>>> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether words about this field may not speak of what its value means.
    pub fn is_discreet(&self) -> bool {
        self.field.sensitivity != standard::Sensitivity::None
    }

    /// Whether the field holds several codes.
    pub fn holds_several(&self) -> bool {
        self.field.kind == Kind::Codes
    }
}

impl<'e> When<'e> {
    /// Looks a condition up. `None` where it cannot be tested.
    fn new(edition: &'e Edition, table: &'e Table, condition: &'e Condition) -> Option<Self> {
        let column = condition.column.as_deref()?;
        let position = table.position(column)?;
        let other = &table.fields[position];
        let list = other.code_list.as_deref().and_then(|id| edition.code_list(id));
        let name = |code: &'e String| list.and_then(|l| l.get(code)).map_or(code.as_str(), |c| c.name.as_str());
        let names = condition.equals.iter().map(name).collect();
        Some(When { condition, position, title: &other.title, names })
    }
}
