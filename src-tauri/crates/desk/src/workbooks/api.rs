//! Templates, imports and exports.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes an Excel workbook for filling.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteTemplate {
    /// Tables, in the order of the sheets; empty with a department or `all`.
    #[serde(default)]
    pub tables: Vec<String>,
    /// All tables of this department.
    #[serde(default)]
    pub department: Option<String>,
    /// A file for each of these departments, beside `path` and named after both.
    #[serde(default)]
    pub departments: Vec<String>,
    /// All tables of the edition.
    #[serde(default)]
    pub all: bool,
    /// With the draft's records.
    #[serde(default)]
    pub with_rows: bool,
    /// File to write (.xlsx).
    pub path: String,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// Where the template is, and what it holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenTemplate {
    /// Path that was asked for.
    pub file: String,
    /// Paths of the files that were written.
    pub files: Vec<String>,
    /// Sheets that were written, in their order.
    pub sheets: Vec<WrittenSheet>,
}

/// One sheet of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenSheet {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Records in it.
    pub rows: u64,
}

/// Reads files into a proposal; nothing changes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Preview {
    /// Paths of the files to read.
    pub files: Vec<String>,
    /// All sheets are of this table; absent: it is recognised by the headings.
    #[serde(default)]
    pub table: Option<String>,
    /// Corrections by the clerk.
    #[serde(default)]
    pub corrections: Vec<SheetCorrection>,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// A correction by the clerk of how one sheet is read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SheetCorrection {
    /// Path of the file on this PC.
    pub file: String,
    /// Name of the sheet in its file; empty for CSV.
    pub sheet: String,
    /// Table; absent: leave the sheet out.
    pub table: Option<String>,
    /// Heading (as it stands) to column; an empty column leaves the heading out.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Lines (from 1) that are records although they were left out.
    #[serde(default)]
    pub taken_in: BTreeSet<u32>,
}

/// What an import would change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Proposal {
    /// Its number, while the program runs.
    pub id: u32,
    /// What was read from each file.
    pub files: Vec<ProposalFile>,
}

/// One file of a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalFile {
    /// Path of the file on this PC.
    pub file: String,
    /// Sheets that are not empty.
    pub sheets: Vec<ProposalSheet>,
}

/// One sheet of a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalSheet {
    /// Sheet name.
    pub sheet: String,
    /// Table that was recognised by the headings; absent: none fits.
    pub table: Option<String>,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: Option<String>,
    /// Row of the headings, from 1; absent: none found.
    pub header_row: Option<u32>,
    /// Rows read, also those that are left out.
    pub rows: u64,
    /// Not in the book yet.
    pub new: u64,
    /// In the book with other values.
    pub changed: u64,
    /// In the book as they are.
    pub unchanged: u64,
    /// Rows of which something waits for a decision; see [`Conflict`].
    pub conflicts: u64,
    /// Rows that would empty cells which have a value in the book. It has to be asked for.
    pub cleared: u64,
    /// The same as an earlier row of the import.
    pub doubled: u64,
    /// Rows that are no records: headings again, sums, notes.
    pub left_out: u64,
    /// Records that were written into this workbook and are not in it any more. They stay in the book.
    pub missing: u64,
    /// Rows with a cell that could not be read (an error value such as #REF!); they stay out.
    pub unreadable: u64,
    /// Of these, rows with a number whose last digits are lost.
    pub ruined: u64,
    /// Headings without a column.
    pub unmapped_columns: Vec<String>,
    /// Required columns without a heading.
    pub missing_columns: Vec<String>,
    /// Headings and the columns they were read as.
    pub columns: Vec<HeadingMap>,
    /// Mandatory findings that the rows would have.
    pub findings: u64,
    /// Remarks (words under `import.`), such as that the template is of another edition.
    pub remarks: Vec<Remark>,
}

/// A remark on a sheet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Remark {
    /// Words under `import.` in ui/src/text.
    pub code: String,
    /// Parameters of the words.
    pub params: BTreeMap<String, String>,
}

/// A heading and its column.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeadingMap {
    /// Heading as it stands.
    pub heading: String,
    /// Column; absent: none.
    pub column: Option<String>,
    /// Title of the column.
    pub title: Option<String>,
}

/// Asks for rows of a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalRowsQuery {
    /// Number that the preview gave; valid until the program ends or newer previews replace it.
    pub proposal: u32,
    /// Path of the file on this PC.
    pub file: String,
    /// Name of the sheet in its file; empty for CSV.
    pub sheet: String,
    /// Absent: all.
    #[serde(default)]
    pub kind: Option<RowKind>,
    /// How many to leave out before the first one shown; from 0.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// A page of rows of a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalRows {
    /// How many in all.
    pub total: u64,
    /// The page.
    pub rows: Vec<ProposalRow>,
}

/// One row of a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalRow {
    /// Line in the sheet, from 1.
    pub line: u32,
    /// What it would do.
    pub kind: RowKind,
    /// Why it waits for a decision as a whole; absent where at most single cells do.
    pub conflict: Option<Conflict>,
    /// Why it is left out; words under `import.left-out.`.
    pub left_out: Option<String>,
    /// Values read, by column.
    pub cells: BTreeMap<String, String>,
    /// What the file would do to cells of the book, by column; others stay as they are.
    pub changes: BTreeMap<String, CellKind>,
    /// Values in the book of the columns in `changes`.
    pub before: BTreeMap<String, String>,
    /// Cells that could not be read, by column.
    pub unreadable: BTreeMap<String, UnreadableCell>,
}

/// A cell that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnreadableCell {
    /// Words under `import.unreadable.`.
    pub reason: String,
    /// What stands in it; may be empty.
    pub shown: String,
}

/// What a row would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// A record that the book does not have.
    New,
    /// A record with other values.
    Changed,
    /// A record of which it would only empty cells.
    Cleared,
    /// A record as it is.
    Unchanged,
    /// Something of it waits for a decision.
    Conflict,
    /// The same as an earlier row of the import.
    Doubled,
    /// No record.
    LeftOut,
    /// A cell could not be read: the row stays out.
    Unreadable,
}

/// What a file would do to a cell of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CellKind {
    /// The value of the file comes in.
    Changed,
    /// The cell is emptied, where the clerk asks for it.
    Cleared,
    /// File and book have both changed it: it waits for a decision.
    Conflict,
}

/// Why a row waits for a decision as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// An earlier row of the import speaks of the same record with other values.
    Twice,
    /// The record was deleted in the book since the file was written.
    Deleted,
    /// The row carries the hidden mark of a record, and what tells records apart is another's now: a correction, or
    /// another record in a copied row.
    OtherKey,
}

/// How the clerk decides what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictChoice {
    /// The values of the file take the place of those of the book.
    Theirs,
    /// The book stays as it is.
    Ours,
    /// Nothing happens to these cells and rows; the same as `Ours`.
    Skip,
}

/// Puts a proposal into the book, in one step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ApplyProposal {
    /// Number that the preview gave; valid until the program ends or newer previews replace it.
    pub proposal: u32,
    /// Absent: nothing that waits for a decision is done.
    #[serde(default)]
    pub conflicts: Option<ConflictChoice>,
    /// Whether cells that the file has empty are emptied.
    #[serde(default)]
    pub clear: bool,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// What an import did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Applied {
    /// Number of the step, for undo; absent where the book had it all already.
    pub step: Option<i64>,
    /// Records added.
    pub new: u64,
    /// Records changed.
    pub changed: u64,
    /// Rows of which something still waits for a decision.
    pub undecided: u64,
    /// Rows that would empty cells, which was not asked for.
    pub not_cleared: u64,
    /// Tables touched.
    pub tables: Vec<String>,
}

/// Writes records to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Export {
    /// Names of the tables; empty for all.
    pub tables: Vec<String>,
    /// File to write; the ending tells the form (.xlsx, .ods, .csv, .json, .jsonl, .zip for a Data Package). A folder gets
    /// a file for each table, with table and day in its name.
    pub path: String,
    /// With red cells and a reason column, only records that have findings.
    #[serde(default)]
    pub findings: bool,
    /// Names instead of codes.
    #[serde(default)]
    pub names: bool,
    /// A file for each table, beside `path` and named after both.
    #[serde(default)]
    pub each: bool,
    /// Ending of the files where `path` is a folder; absent: `xlsx`.
    #[serde(default)]
    pub form: Option<String>,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// A written export.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Exported {
    /// Path that was asked for.
    pub file: String,
    /// Paths of the files that were written.
    pub files: Vec<String>,
    /// Records in them.
    pub rows: u64,
}

/// What the headings of the college's own workbooks mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KnownHeadings {
    /// By table and heading.
    pub headings: Vec<KnownHeadingView>,
}

/// One heading that the college confirmed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KnownHeadingView {
    /// Table.
    pub table: String,
    /// Its title; absent where the edition does not have it any more.
    pub table_title: Option<String>,
    /// Heading as the workbook has it.
    pub heading: String,
    /// Column; empty: the heading is left out.
    pub column: String,
    /// Title of the column.
    pub title: Option<String>,
}

/// Confirms what a heading means, or forgets it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetHeading {
    /// Table.
    pub table: String,
    /// Heading as the workbook has it.
    pub heading: String,
    /// Column; empty: the heading is left out; absent: nothing is known about it any more.
    pub column: Option<String>,
}

/// A file of headings (JSON).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeadingFile {
    /// Path on this PC.
    pub path: String,
}

/// What came of a file of headings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KnownHeadingsRead {
    /// Entries that the book has now.
    pub taken: u64,
    /// Entries that do not fit the edition: table and heading.
    pub passed_over: Vec<String>,
    /// All headings of the book.
    pub headings: Vec<KnownHeadingView>,
}
