//! Rules over single records, for many records that are read once: whether such a rule holds follows from the columns that it
//! names, so of the records that say the same in them one is asked.
//!
//! Records of a school repeat themselves: ten thousand internships have two hundred pairs of days. What was found to hold is
//! remembered as far as a few thousand texts go, and a rule whose columns say something else in most records, such as one
//! over student numbers, is asked for all of them. What is found is what [`super::rules()`] finds for the same records.

use std::collections::HashMap;
use std::ops::ControlFlow;

use standard::{Edition, Finding, Rule, RuleBody, Table};
use store::{ReadConnection, ReadError, Scope};

use super::Context;
use super::lexer::{reads_all, tokens};
use super::run::{FailedRule, rule as run_rule};
use super::views::Span;

/// Columns of the book's own, by all their names.
const OWN: [&str; 9] = ["_row", "_period", "_natural", "_place", "_changed", "_key_fixed", "rowid", "oid", "_rowid_"];

/// Combinations of texts that are remembered of one rule.
const SLOTS: usize = 1_024;

/// Bytes of the longest combination that is remembered.
const LONGEST: usize = 256;

/// The number of records after which it is decided whether the columns of a rule repeat themselves.
const ENOUGH: u32 = 2_000;

/// The rules over single records of a table, and which records are to be asked for.
pub struct RowRules<'e> {
    edition: &'e Edition,
    rules: Vec<OfMany<'e>>,
    /// What a record says in the columns of a rule; its memory serves the next.
    said: Vec<u8>,
}

/// One rule.
struct OfMany<'e> {
    rule: &'e Rule,
    /// Positions of the columns that it names. Absent where it has to be asked for every record.
    columns: Option<Vec<usize>>,
    /// Combinations for which it holds, each in the slot of its hash.
    holds: Vec<Vec<u8>>,
    /// The records of each combination of which nothing is known yet.
    unknown: HashMap<Vec<u8>, Vec<i64>>,
    /// Records that are asked for in any case.
    asked: Vec<i64>,
    seen: u32,
    new: u32,
}

impl<'e> RowRules<'e> {
    /// The rules of a table.
    pub fn new(edition: &'e Edition, table: &'e Table) -> RowRules<'e> {
        let rules = edition.rules_of(&table.name).filter(|rule| rule.body.is_over_one_record());
        let of_many = |rule: &'e Rule| OfMany {
            rule,
            columns: columns(table, rule),
            holds: Vec::new(),
            unknown: HashMap::new(),
            asked: Vec::new(),
            seen: 0,
            new: 0,
        };
        RowRules { edition, rules: rules.map(of_many).collect(), said: Vec::new() }
    }

    /// Takes a record of the period that [`RowRules::check`] looks at: its number, and its values in the order of the fields.
    pub fn take(&mut self, row: i64, values: &[String]) {
        for one in &mut self.rules {
            one.take(row, values, &mut self.said);
        }
    }

    /// Checks the records that were taken since the last time, as [`super::rules()`] does for these records.
    pub fn check(
        &mut self,
        reader: &ReadConnection,
        context: &Context,
        found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
    ) -> Result<Vec<FailedRule>, ReadError> {
        let mut failed = Vec::new();
        for one in &mut self.rules {
            failed.extend(one.check(reader, self.edition, context, found)?);
        }
        Ok(failed)
    }
}

impl OfMany<'_> {
    fn take(&mut self, row: i64, values: &[String], said: &mut Vec<u8>) {
        let Some(columns) = &self.columns else { return self.asked.push(row) };
        said.clear();
        for value in columns.iter().map(|at| values.get(*at).map_or("", String::as_str)) {
            // The length comes first, so that ("ab", "c") and ("a", "bc") differ.
            said.extend_from_slice(&(value.len() as u32).to_le_bytes());
            said.extend_from_slice(value.as_bytes());
        }
        self.seen += 1;
        if self.holds.get(slot(said)).is_some_and(|known| known == said) {
            return;
        }
        match self.unknown.get_mut(said.as_slice()) {
            Some(rows) => rows.push(row),
            None => {
                self.new += 1;
                self.unknown.insert(said.clone(), vec![row]);
            }
        }
        if self.seen >= ENOUGH {
            if self.new > self.seen / 2 {
                self.columns = None;
                self.holds = Vec::new();
                self.asked.extend(std::mem::take(&mut self.unknown).into_values().flatten());
            }
            (self.seen, self.new) = (0, 0);
        }
    }

    fn check(
        &mut self,
        reader: &ReadConnection,
        edition: &Edition,
        context: &Context,
        found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
    ) -> Result<Option<FailedRule>, ReadError> {
        let unknown = std::mem::take(&mut self.unknown);
        let mut asked = std::mem::take(&mut self.asked);
        let first: HashMap<i64, &[u8]> = unknown.iter().map(|(said, rows)| (rows[0], said.as_slice())).collect();
        asked.extend(first.keys());
        if asked.is_empty() {
            return Ok(None);
        }
        asked.sort_unstable();
        let (rule, mut findings) = (self.rule, Vec::new());
        let ask = |rows: &[i64], found: &mut dyn FnMut(Finding) -> ControlFlow<()>| {
            run_rule(reader, edition, rule, Scope::Rows(rows), context, found)
        };
        let mut collect = |finding| {
            findings.push(finding);
            ControlFlow::Continue(())
        };
        if ask(&asked, &mut collect)?.is_some() {
            // What it found before it failed depends on the records that it was asked for: all of them.
            asked.extend(unknown.values().flat_map(|rows| &rows[1..]));
            asked.sort_unstable();
            return ask(&asked, found);
        }
        let mut fails: Vec<&[u8]> = findings.iter().filter_map(|one| first.get(&one.row?).copied()).collect();
        fails.sort_unstable();
        fails.dedup();
        // Those that say the same as a record of which something is found.
        let mut same: Vec<i64> = fails.iter().flat_map(|said| &unknown[*said][1..]).copied().collect();
        let mut failed = None;
        if !same.is_empty() {
            same.sort_unstable();
            let mut collect = |finding| {
                findings.push(finding);
                ControlFlow::Continue(())
            };
            failed = ask(&same, &mut collect)?;
            findings.sort_by_key(|finding| finding.row);
        }
        for said in unknown.keys().filter(|said| fails.binary_search(&said.as_slice()).is_err()) {
            keep(&mut self.holds, said);
        }
        match findings.into_iter().any(|finding| found(finding).is_break()) {
            true => Err(ReadError::Cancelled),
            false => Ok(failed),
        }
    }
}

/// A combination for which a rule holds.
fn keep(holds: &mut Vec<Vec<u8>>, said: &[u8]) {
    if said.len() > LONGEST {
        return;
    }
    if holds.is_empty() {
        holds.resize_with(SLOTS, Vec::new);
    }
    // The memory of the combination before serves this one.
    said.clone_into(&mut holds[slot(said)]);
}

/// Where a combination is remembered.
fn slot(said: &[u8]) -> usize {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = said.len() as u64;
    for piece in said.chunks(8) {
        let mut eight = [0; 8];
        eight[..piece.len()].copy_from_slice(piece);
        hash = (hash.rotate_left(23) ^ u64::from_le_bytes(eight)).wrapping_mul(MIX);
    }
    (hash >> 32) as usize % SLOTS
}

/// Positions of the columns that a rule names. Absent where its text leaves a doubt: it may ask for more than these cells.
fn columns(table: &Table, rule: &Rule) -> Option<Vec<usize>> {
    let texts: Vec<&str> = match &rule.body {
        RuleBody::Row { expect } => vec![expect],
        RuleBody::Parts { parts } => parts.iter().map(|part| part.expect.as_str()).collect(),
        RuleBody::Select { .. } => return None,
    };
    let mut named = vec![false; table.fields.len()];
    let names = Span::EACH.map(|span| span.name(&table.name));
    for text in texts {
        let tokens = tokens(text)?;
        let mut doubts = OWN.into_iter().chain(names.iter().map(String::as_str));
        if reads_all(&tokens) || doubts.any(|name| tokens.iter().any(|token| token.names(name))) {
            return None;
        }
        for (at, field) in table.fields.iter().enumerate() {
            named[at] |= tokens.iter().any(|token| token.names(&field.column));
        }
    }
    Some((0..named.len()).filter(|at| named[*at]).collect())
}
