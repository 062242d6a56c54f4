//! Correcting findings together: equal ones, or all of a selection, in one step.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use standard::{Finding, Table};
use store::{Making, RowChange, StepKind};

use crate::Desk;
use crate::check::api::{Mend, MendAll, Mended, Remedy};
use crate::check::groups::{rows_of, tables_in};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::jobs::Job;
use crate::verify::api::Edited;
use crate::verify::commit::{self, commit_made};

/// Findings that are read at once.
const PAGE: u64 = 1_000;

/// `check.mend`: one value into all cells of a group, in one step.
pub(crate) fn mend(desk: &Desk, request: Mend) -> Result<Edited, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.group.table)?;
    let column =
        request.group.column.clone().ok_or_else(|| CallError::new("mend.no-column").with("table", &table.name))?;
    let field = table
        .field(&column)
        .ok_or_else(|| CallError::new("book.no-such-column").with("table", &table.name).with("column", &column))?;
    let value = check::normalise(&open.edition, field, &request.with);
    let update = |row| RowChange::Update {
        table: table.name.clone(),
        row,
        values: BTreeMap::from([(column.clone(), value.clone())]),
    };
    let changes = rows_of(&open, &request.group)?.into_iter().map(update).collect();
    commit::edit(desk, &open, table, StepKind::Mend, changes)
}

/// `check.mend_all`: one remedy for all cells of a selection, in one step. Cells for which the remedy knows no value stay
/// as they are, and their findings are counted in the answer.
pub(crate) fn mend_all(desk: &Desk, request: MendAll) -> Result<Mended, CallError> {
    let open = desk.opened()?;
    let mut job = desk.job(request.job);
    for table in &request.selection.tables {
        table_of(&open.edition, table)?;
    }
    let tables = tables_in(&open, &request.selection)?;
    let mut done = Mending { open: &open, request: &request, period: open.period(), mended: BTreeSet::new(), left: 0 };
    let make = |making: &mut Making<'_>, job: &mut Job<'_>| done.all(making, job);
    let step = commit_made(desk, &open, (StepKind::Mend, ""), (|| Ok(()), make), &tables, &mut job)?;
    let (cells, rows, left) = (done.mended.len() as u64, done.rows(), done.left);
    Ok(Mended { step, cells, rows, left, tables })
}

/// The correction of a selection while it is being made.
struct Mending<'a> {
    open: &'a OpenBook,
    request: &'a MendAll,
    period: String,
    /// Cells that got another value: number of the table in the edition, record, number of the column. Several findings
    /// may be about one cell; the first of them decides.
    mended: BTreeSet<(u32, i64, u32)>,
    /// Findings whose cells stay as they are.
    left: u64,
}

impl Mending<'_> {
    fn all(&mut self, making: &mut Making<'_>, job: &mut Job<'_>) -> Result<(), CallError> {
        let total = self.open.book.selected_count(&self.request.selection, &self.period)?;
        let (mut after, mut done) = (0, 0);
        loop {
            // The step is not committed, so this reads the findings as they were before it.
            let page = self.open.book.selected(&self.request.selection, &self.period, after, PAGE)?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = *last;
            let referred = self.referred(&page)?;
            let mut changes: BTreeMap<(String, i64), BTreeMap<String, String>> = BTreeMap::new();
            for (id, finding) in page {
                job.go_on()?;
                done += 1;
                job.at("mend", done, total);
                let value = self.value(&finding, referred.get(&id))?;
                match (value, finding.row, finding.column) {
                    (Some(value), Some(row), Some(column)) if value != finding.value => {
                        if self.mended.insert(self.cell(&finding.table, row, &column)?) {
                            changes.entry((finding.table, row)).or_default().insert(column, value);
                        }
                    }
                    _ => self.left += 1,
                }
            }
            for ((table, row), values) in changes {
                making.change(&RowChange::Update { table, row, values })?;
            }
        }
    }

    fn cell(&self, table: &str, row: i64, column: &str) -> Result<(u32, i64, u32), CallError> {
        let table = table_of(&self.open.edition, table)?;
        Ok((table.no, row, table.field(column).map_or(0, |field| field.no)))
    }

    /// Records that changed.
    fn rows(&self) -> u64 {
        let mut rows: Vec<(u32, i64)> = self.mended.iter().map(|(table, row, _)| (*table, *row)).collect();
        rows.dedup();
        rows.len() as u64
    }

    /// What the remedy puts into the cell of a finding; `None` where it knows nothing better. System columns are filled by
    /// the program.
    fn value(&self, finding: &Finding, referred: Option<&String>) -> Result<Option<String>, CallError> {
        let table = table_of(&self.open.edition, &finding.table)?;
        let Some(field) = finding.column.as_deref().and_then(|column| table.field(column)).filter(|f| !f.is_system())
        else {
            return Ok(None);
        };
        Ok(match &self.request.remedy {
            Remedy::Suggestion => finding.suggestion.clone(),
            Remedy::Value { with } => Some(check::normalise(&self.open.edition, field, with)),
            Remedy::Blank => Some(String::new()),
            Remedy::Trim => Some(check::normalise(&self.open.edition, field, &trimmed(&finding.value))),
            Remedy::Record => referred.cloned(),
        })
    }

    /// What the records that other cells of the same records name say about the cells of these findings, by the number of
    /// the finding.
    fn referred(&self, page: &[(i64, Finding)]) -> Result<HashMap<i64, String>, CallError> {
        let mut found = HashMap::new();
        if !matches!(self.request.remedy, Remedy::Record) {
            return Ok(found);
        }
        let mut by_column: BTreeMap<(&str, &str), Vec<(i64, i64)>> = BTreeMap::new();
        for (id, finding) in page {
            if let (Some(row), Some(column)) = (finding.row, finding.column.as_deref()) {
                by_column.entry((&finding.table, column)).or_default().push((*id, row));
            }
        }
        for ((table, column), findings) in by_column {
            let table = table_of(&self.open.edition, table)?;
            let rows: Vec<i64> = findings.iter().map(|(_, row)| *row).collect();
            let records = self.open.book.get_many(&table.name, &rows)?;
            for naming in self.naming(table, column) {
                let named =
                    |at: usize| records.get(at).and_then(Option::as_ref).map(|record| &record.values[naming.at]);
                let asked = (0..findings.len()).filter_map(named).filter(|value| !value.is_empty());
                let said = self.open.book.looked_up(naming.table, (naming.key, column), asked)?;
                for (at, (id, _)) in findings.iter().enumerate() {
                    if let Some(value) = named(at).and_then(|value| said.get(value)) {
                        found.entry(*id).or_insert_with(|| value.clone());
                    }
                }
            }
        }
        Ok(found)
    }

    /// The columns of a table that name a record which has the same column.
    fn naming<'t>(&'t self, table: &'t Table, column: &str) -> Vec<Naming<'t>> {
        let Some(own) = table.field(column) else { return Vec::new() };
        let mut naming = Vec::new();
        for (at, field) in table.fields.iter().enumerate().filter(|(_, field)| field.column != column) {
            for reference in &field.references {
                let other = self.open.edition.table(&reference.table).and_then(|table| table.field(column));
                if other.is_some_and(|other| other.title == own.title && other.code_list == own.code_list) {
                    naming.push(Naming { at, table: &reference.table, key: &reference.column });
                }
            }
        }
        naming
    }
}

/// A column that names a record of another table.
struct Naming<'t> {
    /// Its position.
    at: usize,
    table: &'t str,
    /// The column of the other table that it names.
    key: &'t str,
}

/// A text without blanks and invisible signs at its ends.
fn trimmed(text: &str) -> String {
    let is_blank = |sign: char| {
        sign.is_whitespace() || sign.is_control() || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    text.trim_matches(is_blank).to_owned()
}

#[cfg(test)]
mod tests {
    use super::trimmed;

    #[test]
    fn only_the_ends_are_trimmed() {
        for (text, expect) in [("　甲 乙\u{200b}\n", "甲 乙"), ("甲", "甲"), ("\u{feff}", "")] {
            assert_eq!(trimmed(text), expect, "{text:?}");
        }
    }
}
