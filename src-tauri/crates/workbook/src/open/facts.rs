//! What a sheet says besides its values: merged ranges, hidden rows, formulas without a result; and its rows as a
//! person sees them with that.
//!
//! These things are in parts of a workbook that a reader of cells does not read. So they are collected before the rows
//! are read, and laid over the rows as they come.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::context::RowVisitor;
use crate::read::raw::{Raw, Unreadable};

/// A merged range: rows and columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merged {
    pub first: (u32, u32),
    pub last: (u32, u32),
}

/// Merged ranges beyond this number are not laid over the rows: it would take too long. A remark says so.
const MOST_MERGED: usize = 100_000;

/// Cells that a merged range may cover; a larger one is not laid over the rows, either.
const MOST_COVERED: u64 = 1_000_000;

/// What was collected of one sheet.
#[derive(Debug, Default)]
pub(super) struct Facts {
    merged: Vec<Merged>,
    /// Ranges that are too many or too large to be laid over the rows, and the first row of the first of them.
    passed_over: (u64, Option<u32>),
    /// Rows, from 0.
    pub hidden: BTreeSet<u32>,
    /// Cells with a formula and no result, sorted by row and column.
    pub not_calculated: Vec<(u32, u32)>,
}

impl Facts {
    /// Takes a range, unless it is a single cell.
    pub(super) fn merge(&mut self, range: Merged) {
        let ((top, left), (bottom, right)) = (range.first, range.last);
        let area = (u64::from(bottom.saturating_sub(top)) + 1) * (u64::from(right.saturating_sub(left)) + 1);
        if top > bottom || left > right || area < 2 {
            return;
        }
        if area > MOST_COVERED || self.merged.len() >= MOST_MERGED {
            self.passed_over.0 += 1;
            self.passed_over.1.get_or_insert(top);
            return;
        }
        self.merged.push(range);
    }

    /// Whether anything was collected.
    pub(super) fn says_something(&self) -> bool {
        !self.merged.is_empty() || self.passed_over.0 > 0 || !self.hidden.is_empty() || !self.not_calculated.is_empty()
    }

    /// What the clerk should know of it in the rows from `from` on.
    pub(super) fn noticed(&self, from: u32) -> Noticed {
        Noticed {
            merged: self.merged.iter().filter(|range| range.last.0 >= from).count() as u64,
            first_merged: self
                .merged
                .iter()
                .filter(|range| range.last.0 >= from)
                .map(|r| r.first.0.max(from) + 1)
                .min(),
            passed_over: self.passed_over.0,
            first_passed_over: self.passed_over.1.map(|row| row + 1),
            hidden: self.hidden.range(from..).count() as u64,
            first_hidden: self.hidden.range(from..).next().map(|row| row + 1),
        }
    }
}

/// Numbers for remarks; lines from 1.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Noticed {
    /// Merged ranges, and the first line that one reaches into.
    pub merged: u64,
    pub first_merged: Option<u32>,
    /// Merged ranges of which only the first cell is read, and the line of the first.
    pub passed_over: u64,
    pub first_passed_over: Option<u32>,
    /// Hidden rows, filtered ones included, and the first.
    pub hidden: u64,
    pub first_hidden: Option<u32>,
}

/// Passes rows on as a person sees them: what a merged range shows stands in all its cells, and a formula without a
/// result is unreadable, not empty.
pub(super) struct Overlay<'a, 'b> {
    facts: &'a Facts,
    /// Merged ranges by their first row.
    ranges: Vec<Merged>,
    /// Ranges before this one have begun.
    begun: usize,
    /// Ranges that reach into the row at hand, with what they show.
    open: Vec<(Merged, Raw)>,
    /// Formulas before this one have been handed on.
    formulas: usize,
    each: RowVisitor<'b>,
}

impl<'a, 'b> Overlay<'a, 'b> {
    pub(super) fn new(facts: &'a Facts, each: RowVisitor<'b>) -> Overlay<'a, 'b> {
        let mut ranges = facts.merged.clone();
        ranges.sort_by_key(|range| range.first);
        Overlay { facts, ranges, begun: 0, open: Vec::new(), formulas: 0, each }
    }

    /// Takes a row that is not empty.
    pub(super) fn row(&mut self, line: u32, cells: &[Raw]) -> ControlFlow<()> {
        self.before(line)?;
        if self.ranges.is_empty() && self.facts.not_calculated.is_empty() {
            return (self.each)(line, cells);
        }
        self.hand_on(line, cells.to_vec())
    }

    /// After the last row.
    pub(super) fn end(mut self) {
        let _: ControlFlow<()> = self.before(u32::MAX);
    }

    /// Rows above `line` that hold nothing but formulas without a result.
    fn before(&mut self, line: u32) -> ControlFlow<()> {
        while let Some((row, _)) = self.facts.not_calculated.get(self.formulas).copied().filter(|(row, _)| *row < line)
        {
            self.hand_on(row, Vec::new())?;
        }
        ControlFlow::Continue(())
    }

    fn hand_on(&mut self, line: u32, mut cells: Vec<Raw>) -> ControlFlow<()> {
        let put = |cells: &mut Vec<Raw>, column: u32, raw: Raw| {
            let column = column as usize;
            if cells.len() <= column {
                cells.resize(column + 1, Raw::Empty);
            }
            cells[column] = raw;
        };
        while let Some((_, column)) = self.facts.not_calculated.get(self.formulas).filter(|(row, _)| *row == line) {
            put(&mut cells, *column, Raw::Unreadable(Unreadable::NotCalculated));
            self.formulas += 1;
        }
        self.open.retain(|(range, _)| range.last.0 >= line);
        while let Some(range) = self.ranges.get(self.begun).copied().filter(|range| range.first.0 <= line) {
            self.begun += 1;
            if range.last.0 >= line {
                // A range whose first row is blank shows nothing.
                let shown = match range.first.0 == line {
                    true => cells.get(range.first.1 as usize).cloned().unwrap_or(Raw::Empty),
                    false => Raw::Empty,
                };
                self.open.push((range, shown));
            }
        }
        // A row with nothing of its own is not made a record by what reaches into it.
        if cells.iter().all(Raw::is_empty) {
            return ControlFlow::Continue(());
        }
        for (range, shown) in &self.open {
            for column in range.first.1..=range.last.1 {
                if !shown.is_empty() || cells.len() > column as usize {
                    put(&mut cells, column, shown.clone());
                }
            }
        }
        if cells.iter().all(Raw::is_empty) {
            return ControlFlow::Continue(());
        }
        (self.each)(line, &cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid_over(facts: &Facts, rows: &[(u32, &[&str])]) -> Vec<(u32, Vec<String>)> {
        let mut seen = Vec::new();
        let mut each = |line: u32, cells: &[Raw]| {
            seen.push((line, cells.iter().map(Raw::plain).collect()));
            ControlFlow::Continue(())
        };
        let mut overlay = Overlay::new(facts, &mut each);
        for (line, cells) in rows {
            let cells: Vec<Raw> = cells.iter().map(|text| Raw::Text((*text).to_owned())).collect();
            let _: ControlFlow<()> = overlay.row(*line, &cells);
        }
        overlay.end();
        seen
    }

    fn texts(rows: &[(u32, &[&str])]) -> Vec<(u32, Vec<String>)> {
        rows.iter().map(|(line, cells)| (*line, cells.iter().map(|text| (*text).to_owned()).collect())).collect()
    }

    #[test]
    fn a_merged_range_shows_its_first_cell_everywhere() {
        let mut facts = Facts::default();
        facts.merge(Merged { first: (1, 0), last: (3, 0) });
        facts.merge(Merged { first: (2, 1), last: (2, 2) });
        facts.merge(Merged { first: (9, 9), last: (9, 9) });
        let rows: [(u32, &[&str]); 4] =
            [(1, &["软件", "a"]), (2, &["hidden", "b", "under"]), (3, &["", "c"]), (4, &["", "d"])];
        let seen = laid_over(&facts, &rows);
        assert_eq!(seen, texts(&[(1, &["软件", "a"]), (2, &["软件", "b", "b"]), (3, &["软件", "c"]), (4, &["", "d"])]));
        assert_eq!((facts.noticed(1).merged, facts.noticed(4).merged), (2, 0));
    }

    #[test]
    fn a_range_that_is_too_large_is_said() {
        let mut facts = Facts::default();
        facts.merge(Merged { first: (4, 0), last: (1_000_000, 20) });
        let noticed = facts.noticed(0);
        assert_eq!((noticed.merged, noticed.passed_over, noticed.first_passed_over), (0, 1, Some(5)));
    }

    #[test]
    fn formulas_without_a_result_are_not_empty() {
        let facts = Facts { not_calculated: vec![(0, 1), (1, 0), (3, 2)], ..Facts::default() };
        let mut seen = Vec::new();
        let mut each = |line: u32, cells: &[Raw]| {
            seen.push((line, cells.to_vec()));
            ControlFlow::Continue(())
        };
        let mut overlay = Overlay::new(&facts, &mut each);
        let _: ControlFlow<()> = overlay.row(0, &[Raw::Text("a".into())]);
        let _: ControlFlow<()> = overlay.row(2, &[Raw::Text("b".into())]);
        overlay.end();
        let lost = || Raw::Unreadable(Unreadable::NotCalculated);
        let expected = vec![
            (0, vec![Raw::Text("a".into()), lost()]),
            (1, vec![lost()]),
            (2, vec![Raw::Text("b".into())]),
            (3, vec![Raw::Empty, Raw::Empty, lost()]),
        ];
        assert_eq!(seen, expected);
    }
}
