//! A field names a key that its table does not hold.
//!
//! **Why**: the receiver joins the tables; a record with a student number that no student has is not counted.
//! **Source**: printed item numbers and table associations, in part our judgement; therefore confirm, never mandatory.
//!
//! * The key may stand in any period of the other table: last year's students are students.
//! * Several tables mean "one of these".
//! * Where a field has a separator, or room for more than one key, its parts are looked up one by one.
//! * While a table that is referred to is still empty, single records are not reported; there is one hint about the
//!   table.
//!
//! A key that looks like the missing one (the letter O for a zero, zeros lost in front) is suggested if exactly one
//! such key exists.

use std::collections::HashMap;
use std::ops::ControlFlow;

use standard::{Field, Finding, Level, Reference, Words};
use store::{ReadError, Scope, SqlValue};

use super::lookalike;
use super::sweep::{Sweep, hand};
use crate::join;
use crate::reading::code::parts;
use crate::sql::{Within, any, collect, json_list, quoted};

/// The name of these findings.
pub(super) const RULE: &str = "reference";

/// Records whose missing keys are fetched at a time.
const CHUNK: i64 = 5_000;

/// The largest number of different missing keys for which similar ones are searched in one run; with more, the whole
/// column is probably wrong.
const SEARCHED: usize = 2_000;

pub(super) fn check(sweep: &Sweep<'_>, found: &mut dyn FnMut(Finding) -> ControlFlow<()>) -> Result<(), ReadError> {
    for field in referring(sweep) {
        let targets = Targets::new(sweep, field);
        if targets.empty_one()?.is_none() {
            missing(targets, found)?;
        }
    }
    if matches!(sweep.scope, Scope::Rows(_)) {
        return Ok(());
    }
    awaited(sweep)?.into_iter().try_for_each(|finding| hand(found, finding))
}

/// The hints about tables that are still empty and that records of the scope refer to, one for each such table.
pub(super) fn awaited(sweep: &Sweep<'_>) -> Result<Vec<Finding>, ReadError> {
    let mut waiting: Vec<(&Reference, Vec<&Field>)> = Vec::new();
    for field in referring(sweep) {
        let Some(empty) = Targets::new(sweep, field).empty_one()? else { continue };
        if !is_used(sweep, field)? {
            continue;
        }
        match waiting.iter_mut().find(|(other, _)| other.table == empty.table) {
            Some((_, fields)) => fields.push(field),
            None => waiting.push((empty, vec![field])),
        }
    }
    Ok(waiting.into_iter().map(|(empty, fields)| hint(sweep, empty, &fields)).collect())
}

/// The fields that refer to other tables.
fn referring<'a>(sweep: &Sweep<'a>) -> impl Iterator<Item = &'a Field> {
    sweep.table.fields.iter().filter(|field| !field.references.is_empty())
}

/// Whether any record of the scope fills the field.
fn is_used(sweep: &Sweep<'_>, field: &Field) -> Result<bool, ReadError> {
    let within = Within::new(sweep.table, sweep.scope);
    let (table, column) = (quoted(&sweep.table.name), quoted(&field.column));
    let sql = format!("SELECT 1 FROM {table} t WHERE {} AND t.{column} IS NOT NULL LIMIT 1", within.sql);
    any(sweep.reader, &sql, &[within.value()])
}

/// The finding about a table that is still empty.
fn hint(sweep: &Sweep<'_>, empty: &Reference, fields: &[&Field]) -> Finding {
    let columns: Vec<Words> = fields.iter().map(|field| join::quoted(&field.title)).collect();
    Finding {
        table: sweep.table.name.clone(),
        row: None,
        column: Some(fields[0].column.clone()),
        rule: RULE.to_owned(),
        level: Level::Hint,
        value: String::new(),
        message: Words::phrase("finding.reference.waiting").with("table", title(sweep, empty)).with("columns", columns),
        suggestion: None,
    }
}

/// Title of a table that is referred to.
fn title<'a>(sweep: &'a Sweep<'_>, reference: &'a Reference) -> &'a str {
    sweep.edition.table(&reference.table).map_or(&reference.table, |table| table.short_title())
}

/// Reports every record of the scope whose key is missing, a chunk at a time: one result is read to its end before the
/// next query runs on the same connection.
fn missing(mut targets: Targets<'_>, found: &mut dyn FnMut(Finding) -> ControlFlow<()>) -> Result<(), ReadError> {
    let (sweep, field) = (targets.sweep, targets.field);
    let within = Within::new(sweep.table, sweep.scope);
    let (table, column) = (quoted(&sweep.table.name), quoted(&field.column));
    let nowhere: String = field
        .references
        .iter()
        .map(|r| {
            format!(" AND NOT EXISTS (SELECT 1 FROM {} r WHERE r.{} = t.{column})", quoted(&r.table), quoted(&r.column))
        })
        .collect();
    let sql = format!(
        "SELECT t._row, t.{column} FROM {table} t WHERE {} AND t._row > ?2 AND t.{column} IS NOT NULL{nowhere} \
         ORDER BY t._row LIMIT {CHUNK}",
        within.sql
    );
    let mut last = i64::MIN;
    loop {
        let chunk = collect(sweep.reader, &sql, &[within.value(), SqlValue::Integer(last)], |row| {
            (row.integer(0).unwrap_or_default(), row.text(1))
        })?;
        let Some((row, _)) = chunk.last() else { return Ok(()) };
        last = *row;
        for (row, value) in chunk {
            if let Some((message, suggestion)) = targets.judge(&value)? {
                let finding = Finding {
                    table: sweep.table.name.clone(),
                    row: Some(row),
                    column: Some(field.column.clone()),
                    rule: RULE.to_owned(),
                    level: Level::Confirm,
                    value,
                    message,
                    suggestion,
                };
                hand(found, finding)?;
            }
        }
    }
}

/// Whether `field` may hold several keys: it has a printed separator, or more room than the key it names.
pub(super) fn holds_several(sweep_edition: &standard::Edition, field: &Field) -> bool {
    let room = |reference: &Reference| {
        let target = sweep_edition.table(&reference.table)?.field(&reference.column)?;
        Some(field.max_length? > target.max_length?)
    };
    field.separator.is_some() || field.references.iter().any(|reference| room(reference).unwrap_or(false))
}

/// The tables that a field refers to, with what is known of their keys.
struct Targets<'a> {
    sweep: &'a Sweep<'a>,
    field: &'a Field,
    /// Parts that were looked up.
    known: HashMap<String, bool>,
    /// Missing keys for which look-alikes were searched.
    meant: HashMap<String, Option<String>>,
}

impl<'a> Targets<'a> {
    fn new(sweep: &'a Sweep<'a>, field: &'a Field) -> Targets<'a> {
        Targets { sweep, field, known: HashMap::new(), meant: HashMap::new() }
    }

    /// A table among the targets that holds no key at all.
    fn empty_one(&self) -> Result<Option<&'a Reference>, ReadError> {
        for reference in &self.field.references {
            let (table, column) = (quoted(&reference.table), quoted(&reference.column));
            let sql = format!("SELECT 1 FROM {table} r WHERE r.{column} IS NOT NULL LIMIT 1");
            if !any(self.sweep.reader, &sql, &[])? {
                return Ok(Some(reference));
            }
        }
        Ok(None)
    }

    /// What is wrong with a value that is not a key as a whole, with the key that was meant; `None` where its parts
    /// are.
    fn judge(&mut self, value: &str) -> Result<Option<(Words, Option<String>)>, ReadError> {
        let all: Vec<&str> = parts(value).collect();
        let several = all.len() > 1 && holds_several(self.sweep.edition, self.field);
        if several {
            let mut missing = 0_usize;
            for part in &all {
                missing += usize::from(!self.is_key(part)?);
            }
            let words = Words::phrase("finding.reference.parts").with("missing", missing).with("place", self.place());
            return Ok((missing > 0).then_some((words, None)));
        }
        let meant = self.meant(value)?;
        let words = match &meant {
            Some(meant) => {
                Words::phrase("finding.reference.like").with("difference", lookalike::difference(value, meant))
            }
            None => Words::phrase("finding.reference.missing"),
        };
        Ok(Some((words.with("place", self.place()), meant)))
    }

    /// `《学生画像》的“学号”`.
    fn place(&self) -> Words {
        let one = |reference: &Reference| {
            let column = self.sweep.edition.table(&reference.table).and_then(|table| table.field(&reference.column));
            let column = column.map_or(reference.column.as_str(), |field| &field.title);
            Words::phrase("reference.place").with("table", title(self.sweep, reference)).with("column", column)
        };
        join::or(self.field.references.iter().map(one))
    }

    /// Whether a part is a key of one of the tables.
    fn is_key(&mut self, part: &str) -> Result<bool, ReadError> {
        if let Some(known) = self.known.get(part) {
            return Ok(*known);
        }
        let found = !self.keys_among(&[part.to_owned()])?.is_empty();
        self.known.insert(part.to_owned(), found);
        Ok(found)
    }

    /// The one key that looks like a missing one.
    fn meant(&mut self, value: &str) -> Result<Option<String>, ReadError> {
        if let Some(meant) = self.meant.get(value) {
            return Ok(meant.clone());
        }
        if self.meant.len() >= SEARCHED {
            return Ok(None);
        }
        let mut keys = self.keys_among(&lookalike::candidates(value))?;
        let meant = if keys.len() == 1 { keys.pop() } else { None };
        self.meant.insert(value.to_owned(), meant.clone());
        Ok(meant)
    }

    /// Those of the texts that are keys.
    fn keys_among(&self, texts: &[String]) -> Result<Vec<String>, ReadError> {
        let listed = json_list(texts.iter().map(String::as_str));
        let mut keys: Vec<String> = Vec::new();
        for reference in &self.field.references {
            let (table, column) = (quoted(&reference.table), quoted(&reference.column));
            let sql = format!(
                "SELECT DISTINCT r.{column} FROM {table} r WHERE r.{column} IN (SELECT value FROM json_each(?1)) LIMIT 3"
            );
            keys.extend(collect(self.sweep.reader, &sql, &[SqlValue::Text(&listed)], |row| row.text(0))?);
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }
}
