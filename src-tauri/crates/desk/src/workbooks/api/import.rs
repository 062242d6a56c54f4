//! Imports: what is read, proposed, decided and done.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
pub use store::{CellKind, Choice, Conflict, RowKind};
use ts_rs::TS;

/// Reads files into a proposal; nothing changes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Preview {
    /// Paths of the files to read.
    pub files: Vec<String>,
    /// All sheets are of this table; absent: it is recognised by the headings.
    #[serde(default)]
    pub table: Option<String>,
    /// Name of the saved source that the files belong to; it says how columns and codes are read. A source with a query
    /// is the only file of its preview.
    #[serde(default)]
    pub source: Option<String>,
    /// Corrections by the clerk.
    #[serde(default)]
    pub corrections: Vec<SheetCorrection>,
    /// Whether the proposal is dropped when the book is opened the next time: for a run that decides at once.
    #[serde(default)]
    pub once: bool,
    /// Replaces this proposal of the same files. Decisions about rows that did not change are kept.
    #[serde(default)]
    pub replaces: Option<u32>,
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
    /// Columns by their heading, as the workbook has it; an empty column leaves the heading out.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Lines (from 1) that are records although they were left out.
    #[serde(default)]
    pub taken_in: BTreeSet<u32>,
}

/// What an import would change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Proposal {
    /// Its number in the book.
    pub id: u32,
    /// When the files were read (RFC 3339, national time).
    pub at: String,
    /// Name of the person at the PC; may be empty.
    pub who: String,
    /// Why it can no longer be imported as it is; absent where it can.
    pub outdated: Option<Outdated>,
    /// Saved source that it comes from.
    pub source: Option<String>,
    /// How the clerk had the sheets read.
    pub corrections: Vec<SheetCorrection>,
    /// What was read from each file.
    pub files: Vec<ProposalFile>,
    /// What the import would do with the present decisions.
    pub outlook: Outlook,
}

/// Why the files of a proposal have to be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Outdated {
    /// The book follows another edition, or its table has other fields.
    Edition,
    /// It was made in another period.
    Period,
}

/// How many records and cells an import would change with the present decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Outlook {
    /// Records added.
    pub added: u64,
    /// Records changed, also those of which cells are emptied.
    pub updated: u64,
    /// Cells emptied.
    pub emptied: u64,
    /// Records deleted because the file does not have them any more.
    pub deleted: u64,
    /// Rows of which something waits for a decision.
    pub undecided: u64,
    /// Rows and cells that the clerk has refused.
    pub refused: u64,
}

/// An import that was prepared and neither done nor dropped.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KeptProposal {
    /// Its number in the book.
    pub id: u32,
    /// When the files were read (RFC 3339, national time).
    pub at: String,
    /// Name of the person at the PC; may be empty.
    pub who: String,
    /// Paths of the files.
    pub files: Vec<String>,
    /// Saved source that it comes from.
    pub source: Option<String>,
    /// Why it can no longer be imported as it is; absent where it can.
    pub outdated: Option<Outdated>,
    /// What the import would do with the present decisions.
    pub outlook: Outlook,
}

/// Names a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalRef {
    /// Its number in the book.
    pub proposal: u32,
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ProposalSheet {
    /// Its number in the book.
    pub no: u32,
    /// Sheet name.
    pub sheet: String,
    /// Table that was recognised by the headings; absent if none fits.
    pub table: Option<String>,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: Option<String>,
    /// Row of the headings, from 1; absent: none found.
    pub header_row: Option<u32>,
    /// Rows read, also those that are left out.
    pub rows: u64,
    /// Rows whose record is not in the book yet.
    pub new: u64,
    /// Rows whose record has other values in the book.
    pub changed: u64,
    /// Rows whose record has the same values in the book.
    pub unchanged: u64,
    /// Rows of which something waits for a decision; see [`Conflict`].
    pub conflicts: u64,
    /// Rows that would empty cells which have a value in the book. That is done only where the clerk asks for it.
    pub cleared: u64,
    /// The same as an earlier row of the import.
    pub doubled: u64,
    /// Rows that are not records: headings again, sums, notes.
    pub left_out: u64,
    /// Records that were written into this workbook and are not in it any more. They stay in the book.
    pub missing: u64,
    /// Rows with a cell that could not be read (an error value such as #REF!); they are not imported.
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
    /// Rows of which something waits for a decision.
    pub undecided: u64,
    /// Cells of each column that it would change, and what is decided about them. Columns without any are left out.
    pub cells: Vec<ColumnCells>,
}

/// Cells of one column that a sheet would change.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ColumnCells {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Values that would come in.
    pub changed: u64,
    /// Of these, refused.
    pub changed_refused: u64,
    /// Cells that would be emptied where the clerk asks for it.
    pub cleared: u64,
    /// Of these, asked for.
    pub cleared_asked: u64,
    /// Cells that both sides have changed.
    pub conflicts: u64,
    /// Of these, undecided.
    pub undecided: u64,
    /// Cells of rows that wait as a whole.
    pub differs: u64,
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
    /// Heading as the workbook has it.
    pub heading: String,
    /// Name of the column that it was read as; absent if none fits.
    pub column: Option<String>,
    /// Title of the column; absent if the heading is left out or the edition does not have the column.
    pub title: Option<String>,
    /// Name of a column with a similar title, for the clerk to confirm; absent if the column is known or none is
    /// similar.
    #[serde(default)]
    pub proposed: Option<String>,
}

/// Asks for rows of a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalRowsQuery {
    /// Number that the preview gave.
    pub proposal: u32,
    /// Path of the file on this PC.
    pub file: String,
    /// Name of the sheet in its file; empty for CSV.
    pub sheet: String,
    /// Absent: all rows of the file.
    #[serde(default)]
    pub kind: Option<RowKind>,
    /// Only rows of which something waits for a decision.
    #[serde(default)]
    pub waiting: bool,
    /// Only rows that would change this column.
    #[serde(default)]
    pub column: Option<String>,
    /// How many to leave out before the first one shown; from 0.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// A page of rows of a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalRows {
    /// How many rows the query selects.
    pub total: u64,
    /// The page.
    pub rows: Vec<ProposalRow>,
}

/// One row of a proposal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProposalRow {
    /// Its place in the sheet of the proposal, from 0.
    pub no: u32,
    /// Line in the sheet, from 1; 0 for a record that is not in the file.
    pub line: u32,
    /// The record that it is about; absent for a new one.
    pub record: Option<i64>,
    /// What the import would do with it.
    pub kind: RowKind,
    /// Why the whole row waits for a decision; absent if only single cells wait, or none.
    pub conflict: Option<Conflict>,
    /// Why it is left out; words under `import.left-out.`.
    pub left_out: Option<String>,
    /// Values read, by column.
    pub cells: BTreeMap<String, String>,
    /// What the file would do to cells of the book, by column; others stay as they are.
    pub changes: BTreeMap<String, CellKind>,
    /// Values in the book of the columns in `changes`.
    pub before: BTreeMap<String, String>,
    /// Values that the file was written with, of the columns in `changes`; a column without one has no base.
    pub base: BTreeMap<String, String>,
    /// Names of the codes among all these values: by column, then by value.
    pub names: BTreeMap<String, BTreeMap<String, String>>,
    /// The decision about the whole row.
    pub choice: Option<Choice>,
    /// The decisions about single cells, by column.
    pub choices: BTreeMap<String, Choice>,
    /// Cells that could not be read, by column.
    pub unreadable: BTreeMap<String, UnreadableCell>,
}

/// A cell that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnreadableCell {
    /// Words under `import.unreadable.`.
    pub reason: String,
    /// The text of the cell; may be empty.
    pub shown: String,
}

/// The decision about everything that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictChoice {
    /// The values of the file replace those of the book.
    Theirs,
    /// The book stays as it is.
    Ours,
    /// Nothing happens to these cells and rows; the same as `Ours`.
    Skip,
}

impl ConflictChoice {
    /// The decision about a row or a cell that this stands for.
    pub(crate) fn choice(self) -> Choice {
        match self {
            ConflictChoice::Theirs => Choice::Theirs,
            ConflictChoice::Ours | ConflictChoice::Skip => Choice::Ours,
        }
    }
}

/// Decides about a part of a proposal. An absent field does not restrict it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Decide {
    /// Number that the preview gave.
    pub proposal: u32,
    /// [`ProposalSheet::no`].
    #[serde(default)]
    pub sheet: Option<u32>,
    /// [`ProposalRow::no`]; needs `sheet`.
    #[serde(default)]
    pub row: Option<u32>,
    /// Column; needs `sheet`.
    #[serde(default)]
    pub column: Option<String>,
    /// What is decided: new records, changed cells, cells that are emptied, conflicts, records that are not in the
    /// file. Absent: all of the row or cell that is named; emptying a cell has to be named by its kind or by its
    /// column.
    #[serde(default)]
    pub kind: Option<RowKind>,
    /// The decision; absent: an earlier one is taken back.
    #[serde(default)]
    pub choice: Option<Choice>,
}

/// Imports a proposal into the book, in one step.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ApplyProposal {
    /// Number that the preview gave.
    pub proposal: u32,
    /// The decision about everything that waits without one of its own. Absent: it stays out of the book.
    #[serde(default)]
    pub conflicts: Option<ConflictChoice>,
    /// Whether cells that are empty in the file are emptied, unless there is another decision about them.
    #[serde(default)]
    pub clear: bool,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// What an import did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Applied {
    /// Number of the step, for undo; absent if nothing changed.
    pub step: Option<i64>,
    /// Records added.
    pub new: u64,
    /// Records changed.
    pub changed: u64,
    /// Records deleted.
    pub deleted: u64,
    /// Rows of which something still waits for a decision.
    pub undecided: u64,
    /// Rows that would have emptied cells, which the clerk did not ask for.
    pub not_cleared: u64,
    /// Tables touched.
    pub tables: Vec<String>,
}
