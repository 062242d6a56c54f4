//! From the cells of a sheet to the records of a table.

mod back;
pub(crate) mod coded;
pub(crate) mod decimal;
mod given;
pub(crate) mod heading;
pub(crate) mod heading_rows;
mod left_out;
mod likeness;
pub(crate) mod moment;
pub(crate) mod normal;
pub(crate) mod number_format;
pub(crate) mod raw;
pub(crate) mod rows;
pub(crate) mod survey;
mod synonyms;
pub(crate) mod texts;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use back::read_back;
pub use given::{GivenCell, GivenRows, survey_names};
pub use left_out::LeftOut;
pub use raw::Unreadable;
use standard::Field;

/// The caller's wishes for [`crate::Workbook::survey`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// All sheets are of this table; absent: it follows from the stamp and the headings.
    pub table: Option<String>,
    /// What the clerk says about single sheets; it takes precedence over everything.
    pub corrections: Vec<Correction>,
    /// Meanings of the college's own headings, as confirmed once; they are used before the titles of the standard.
    pub known: Vec<KnownHeading>,
}

/// A heading of the college's own workbooks and what it means in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownHeading {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Heading; what does not matter in headings (blanks, stars, width) does not matter here.
    pub heading: String,
    /// Column; empty: the heading is left out.
    pub column: String,
}

/// How the clerk says one sheet is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// Name of the sheet that it is about.
    pub sheet: String,
    /// Table; absent: leave the sheet out.
    pub table: Option<String>,
    /// Heading (as it stands) to column; an empty column leaves the heading out.
    pub columns: BTreeMap<String, String>,
    /// Lines (from 1) that are records although they do not look like it; see [`LeftOut`].
    pub taken_in: BTreeSet<u32>,
}

/// How one sheet is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetReading {
    /// Sheet name.
    pub sheet: String,
    /// Table; absent: none fits, or the clerk left the sheet out.
    pub table: Option<String>,
    /// Row of the headings, from 1, the last of them where they take several; absent: none found.
    pub header_row: Option<u32>,
    /// All headings from left to right; those of the program's own columns are left out.
    pub headings: Vec<Heading>,
    /// Position (from 0) of the column with the record key, where there is one.
    pub mark: Option<u32>,
    /// Positions (from 0) of columns that the program fills, or wrote for reading only.
    pub ignored: Vec<u32>,
    /// Lines (from 1) that the clerk takes for records.
    pub taken_in: BTreeSet<u32>,
    /// Of a text file: the sign between its cells.
    pub separator: Option<u8>,
    /// Codes of the college's own, by column: what stands there, and the code of the standard that it becomes.
    pub converted: Converted,
    /// Every row is a record, as in the answer of a database.
    pub only_records: bool,
    /// Headings without a column.
    pub unmapped: Vec<String>,
    /// Required columns without a heading.
    pub missing_required: Vec<String>,
    /// What was noticed and may need the clerk's attention.
    pub remarks: Vec<Remark>,
}

/// Codes of the college's own and those of the standard, by column.
pub type Converted = BTreeMap<String, BTreeMap<String, String>>;

/// A heading and its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Position in the sheet, from 0.
    pub position: u32,
    /// As it stands, blanks at its ends trimmed. Headings of several rows are joined with a blank, from top to bottom.
    pub text: String,
    /// Column of the table; absent: none.
    pub column: Option<String>,
    /// Column that it may mean where it has none: the clerk has to say so.
    pub proposed: Option<String>,
}

/// Something to know about a sheet; the words are under `import.` in ui/src/text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Name, such as `other-edition`.
    pub code: &'static str,
    /// What the words name.
    pub params: Vec<(&'static str, String)>,
}

/// A record as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowIn {
    /// Row of the sheet, from 1.
    pub line: u32,
    /// Which record of the book it is, if the file says so.
    pub mark: Option<RecordMark>,
    /// One cell for each field of the table, in their order. System columns are always [`CellIn::Absent`].
    pub cells: Vec<CellIn>,
    /// Why the row is not read as a record; absent for a record.
    pub left_out: Option<LeftOut>,
}

/// What the hidden column of our workbooks (or a column ZJSJWYXBS) says about a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RecordMark {
    /// The record key.
    Key(String),
    /// The number of a record that had no key yet when the workbook was written; it means something only in the book
    /// that [`crate::Stamp::book`] names.
    Row(i64),
}

/// One cell of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellIn {
    /// The file has no column for this field: the book keeps what it has.
    Absent,
    /// The text, trimmed; empty for an empty cell.
    Value(String),
    /// No value that could be taken.
    Unreadable(Unreadable),
}

/// What came of reading the rows of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowsRead {
    /// Records handed out; rows that are left out do not count.
    pub rows: u64,
    /// Records with a cell that could not be read.
    pub unreadable: u64,
    /// What the clerk should know, such as `digits-lost`.
    pub remarks: Vec<Remark>,
}

/// Whether two headings are one but for blanks, stars, width and kind of brackets.
pub fn is_same_heading(one: &str, other: &str) -> bool {
    normal::normal(one) == normal::normal(other)
}

/// Whether `text`, read from a workbook whose stamp says `masked`, is the mask of the value in the book: the clerk left
/// the cell alone, and it counts as unchanged.
pub fn is_masked_text(field: &Field, text: &str, book_value: &str) -> bool {
    looks_masked(field, text) && text == standard::mask::mask(field.sensitivity, book_value)
}

/// Whether `text`, read from a workbook whose stamp says `masked`, is a mask of some value, so that it must never be
/// stored. What [`is_masked_text`] does not settle (the record is gone, or was changed since) must be set aside.
pub fn looks_masked(field: &Field, text: &str) -> bool {
    field.sensitivity != standard::Sensitivity::None && text.contains('＊')
}
