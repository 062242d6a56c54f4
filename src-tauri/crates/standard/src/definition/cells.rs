//! Cells of the workbook: put into a row by their headings, read from a row by their headings.

use std::collections::BTreeMap;

use super::fault::{Fault, Why};
use super::plan::Plan;
use super::words::{Words, current};

/// A sheet as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetText {
    /// Name of the sheet.
    pub name: String,
    /// Rows that are not empty, in order.
    pub rows: Vec<RowText>,
}

/// A row as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowText {
    /// Row of the sheet, from 1.
    pub line: u32,
    /// Cells from left to right.
    pub cells: Vec<CellText>,
}

/// A cell as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellText {
    /// Its text; empty for an empty cell.
    Text(String),
    /// A number with more digits than a spreadsheet keeps.
    DigitsLost(String),
    /// An error value.
    Error(String),
}

/// A row that is being written.
pub struct Line {
    plan: &'static Plan,
    cells: Vec<String>,
}

impl Line {
    pub fn new(plan: &'static Plan) -> Line {
        Line { plan, cells: vec![String::new(); plan.columns.len()] }
    }

    /// Puts a cell under its heading.
    pub fn put(mut self, heading: &str, text: impl Into<String>) -> Line {
        let at = self.plan.columns.iter().position(|column| column.heading == heading);
        debug_assert!(at.is_some(), "{} has no column {heading}", self.plan.name);
        if let Some(cell) = at.and_then(|at| self.cells.get_mut(at)) {
            *cell = text.into();
        }
        self
    }

    pub fn put_some(self, heading: &str, text: Option<impl ToString>) -> Line {
        self.put(heading, text.map(|text| text.to_string()).unwrap_or_default())
    }

    /// Puts names of tables and columns, which have no blanks and commas.
    pub fn put_names(self, heading: &str, names: &[String]) -> Line {
        self.put(heading, names.join("、"))
    }

    /// Puts several texts, each on a line of the cell.
    pub fn put_lines(self, heading: &str, lines: &[String]) -> Line {
        self.put(heading, lines.join("\n"))
    }

    pub fn done(self) -> Vec<String> {
        self.cells
    }
}

/// The rows of a sheet below its headings.
pub struct Grid<'a> {
    plan: &'static Plan,
    /// Row of the headings.
    heading: u32,
    /// Where the columns stand.
    columns: BTreeMap<&'static str, usize>,
    rows: &'a [RowText],
}

impl<'a> Grid<'a> {
    /// Finds the columns of the sheet; a sheet that may be missing is one without rows.
    pub fn new(plan: &'static Plan, sheets: &'a [SheetText]) -> Result<Grid<'a>, Fault> {
        let fault = |row: u32, column: &str, value: &str, why| Err(Fault::at(plan, row, column, value, why));
        let Some(sheet) = sheets.iter().find(|sheet| sheet.name.trim() == plan.name) else {
            if plan.need {
                return fault(0, "", "", Why::SheetMissing);
            }
            return Ok(Grid { plan, heading: 0, columns: BTreeMap::new(), rows: &[] });
        };
        let Some((headings, rows)) = sheet.rows.split_first() else {
            return fault(1, plan.columns.first().map_or("", |column| column.heading), "", Why::ColumnMissing);
        };
        let mut columns = BTreeMap::new();
        for (at, cell) in headings.cells.iter().enumerate() {
            let text = cell.text();
            let heading: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊')).collect();
            if heading.is_empty() {
                let filled = rows.iter().find(|row| row.cells.get(at).is_some_and(|cell| !cell.text().is_empty()));
                match filled {
                    Some(row) => return fault(row.line, "", row.cells[at].text(), Why::NoHeading),
                    None => continue,
                }
            }
            let Some(column) = plan.columns.iter().find(|column| column.heading == heading) else {
                return fault(headings.line, "", text, Why::ColumnUnknown);
            };
            if columns.insert(column.heading, at).is_some() {
                return fault(headings.line, column.heading, text, Why::ColumnTwice);
            }
        }
        // A filled cell without a heading would be left out, so it is an error.
        for row in rows {
            if let Some(cell) = row.cells.iter().skip(headings.cells.len()).find(|cell| !cell.text().is_empty()) {
                return fault(row.line, "", cell.text(), Why::NoHeading);
            }
        }
        match plan.columns.iter().find(|column| column.need && !columns.contains_key(column.heading)) {
            Some(column) => fault(headings.line, column.heading, "", Why::ColumnMissing),
            None => Ok(Grid { plan, heading: headings.line, columns, rows }),
        }
    }

    /// The rows that are not empty.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let filled = |row: &&RowText| row.cells.iter().any(|cell| !cell.text().is_empty());
        self.rows.iter().filter(filled).map(|row| Row { plan: self.plan, columns: &self.columns, row })
    }

    /// The error for something that is missing in the sheet as a whole.
    pub fn lacks(&self, column: &str, value: &str, why: Why) -> Fault {
        Fault::at(self.plan, self.heading, column, value, why)
    }
}

impl CellText {
    /// The text of the cell for an error message.
    pub fn text(&self) -> &str {
        match self {
            CellText::Text(text) | CellText::DigitsLost(text) | CellText::Error(text) => text.trim(),
        }
    }
}

/// A row that is being read.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    plan: &'static Plan,
    columns: &'a BTreeMap<&'static str, usize>,
    row: &'a RowText,
}

impl Row<'_> {
    /// Row of the sheet, from 1.
    pub fn line(&self) -> u32 {
        self.row.line
    }

    /// What is wrong with the cell of a column.
    pub fn fault<T>(&self, heading: &str, why: Why) -> Result<T, Fault> {
        self.fault_of(heading, self.cell(heading).map_or("", CellText::text), why)
    }

    /// What is wrong with a part of the cell of a column.
    pub fn fault_of<T>(&self, heading: &str, value: &str, why: Why) -> Result<T, Fault> {
        Err(Fault::at(self.plan, self.row.line, heading, value, why))
    }

    fn cell(&self, heading: &str) -> Option<&CellText> {
        debug_assert!(self.plan.columns.iter().any(|column| column.heading == heading), "no column {heading}");
        self.row.cells.get(*self.columns.get(heading)?)
    }

    /// The text of a cell; `None` for an empty one.
    pub fn text(&self, heading: &str) -> Result<Option<String>, Fault> {
        match self.cell(heading) {
            Some(CellText::Error(_)) => self.fault(heading, Why::CellError),
            Some(CellText::DigitsLost(_)) => self.fault(heading, Why::DigitsLost),
            Some(cell) if !cell.text().is_empty() => Ok(Some(cell.text().replace("\r\n", "\n"))),
            _ => Ok(None),
        }
    }

    /// The text of a cell that must not be empty.
    pub fn need(&self, heading: &str) -> Result<String, Fault> {
        self.text(heading)?.map_or_else(|| self.fault(heading, Why::CellEmpty), Ok)
    }

    /// A whole number.
    pub fn number(&self, heading: &str) -> Result<Option<u32>, Fault> {
        let Some(text) = self.text(heading)? else { return Ok(None) };
        text.parse().map_or_else(|_| self.fault(heading, Why::NotANumber), |number| Ok(Some(number)))
    }

    /// The meaning of a word.
    pub fn word<T: Copy>(&self, heading: &str, words: &Words<T>) -> Result<Option<T>, Fault> {
        let Some(text) = self.text(heading)? else { return Ok(None) };
        match words.iter().find(|(word, _)| word.eq_ignore_ascii_case(current(&text))) {
            Some((_, meaning)) => Ok(Some(*meaning)),
            None => {
                let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                self.fault(heading, Why::NotAWord { words: known.join("、") })
            }
        }
    }

    /// The meaning of a word that must be there.
    pub fn need_word<T: Copy>(&self, heading: &str, words: &Words<T>) -> Result<T, Fault> {
        self.word(heading, words)?.map_or_else(|| self.fault(heading, Why::CellEmpty), Ok)
    }

    /// Names of tables and columns.
    pub fn names(&self, heading: &str) -> Result<Vec<String>, Fault> {
        let text = self.text(heading)?.unwrap_or_default();
        let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '；' | ';'));
        Ok(parts.filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }

    /// The lines of a cell.
    pub fn lines(&self, heading: &str) -> Result<Vec<String>, Fault> {
        let text = self.text(heading)?.unwrap_or_default();
        Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }
}
