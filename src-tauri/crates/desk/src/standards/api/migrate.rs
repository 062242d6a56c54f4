//! Moving the open book to another edition: preview, one step, taken back, and what was kept aside.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::session::api::CallError;
use crate::verify::api::LevelCounts;

/// A move that the open book can make.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MigrationOffer {
    /// Edition of the book.
    pub from: String,
    /// Its short name, such as `高职 2023-06`.
    pub from_name: String,
    /// Edition to move to.
    pub to: String,
    /// Its short name.
    pub to_name: String,
    /// Its full title.
    pub title: String,
}

/// Asks what a move would do, without changing the book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewMigration {
    /// Edition to move to.
    pub to: String,
    /// Job number for progress.
    #[serde(default)]
    pub job: u32,
}

/// Cells of the book that a clerk filled, in all periods. Each filled cell is in exactly one of `kept`, `converted`,
/// `moved` and `aside`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct MigrationCounts {
    /// Records of the book.
    pub records: u64,
    /// Filled cells.
    pub cells: u64,
    /// Cells that stay as they are.
    pub kept: u64,
    /// Cells that stay where they are with another value (code, separator, format).
    pub converted: u64,
    /// Cells that go to another column or table, converted where needed.
    pub moved: u64,
    /// Cells without a place, kept aside.
    pub aside: u64,
    /// Cells that a clerk has to change or fill afterwards: some of those above, or empty ones that the new edition
    /// demands.
    pub hand: u64,
    /// Cells that the move fills.
    pub filled: u64,
}

/// What a move would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MigrationPreview {
    /// Edition of the book.
    pub from: String,
    /// Its short name.
    pub from_name: String,
    /// Edition to move to.
    pub to: String,
    /// Its short name.
    pub to_name: String,
    /// Numbers of the whole book.
    pub counts: MigrationCounts,
    /// Tables in the order of the old edition, then those that only the new edition has.
    pub tables: Vec<MigrationTable>,
    /// Why it cannot be done now; its words are those of errors.
    pub blocked: Option<CallError>,
    /// Where the book as it is now will be kept.
    pub copy: String,
    /// Notes of the crosswalk on the move as a whole.
    pub notes: Vec<String>,
}

/// What becomes of a table as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TableFate {
    /// It stays.
    Same,
    /// It stays, in another subset.
    Moved,
    /// Another table took its place.
    Replaced,
    /// One table took the place of several.
    Merged,
    /// The new edition has no table for its records; they are kept aside.
    Aside,
    /// Only the new edition has it.
    New,
}

/// What becomes of cells of one column, in the order in which a preview shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnFate {
    /// A clerk has to change or fill them afterwards.
    Hand,
    /// The new edition has no column for them; they are kept aside.
    Aside,
    /// They stay where they are, with another value (code, separator, format).
    Convert,
    /// They go to another column or table.
    Moved,
    /// Only the new edition has the column.
    New,
    /// They stay as they are.
    Same,
}

/// What becomes of one table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MigrationTable {
    /// Table of the old edition; of the new one where the kind is `new`.
    pub table: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Table of the new edition; absent where it has no place.
    pub to: Option<String>,
    /// Chinese title in the edition that the book moves to.
    pub to_title: Option<String>,
    /// What becomes of the table as a whole.
    pub kind: TableFate,
    /// Why it is so, where that is a judgement.
    pub basis: Option<String>,
    /// Numbers of this table.
    pub counts: MigrationCounts,
    /// What becomes of its columns; those that stay as they are come last. One column may stand there several times.
    pub columns: Vec<MigrationColumn>,
}

/// What becomes of one column, or of some of its cells.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MigrationColumn {
    /// Column of the old table; of the new one where the kind is `new`, or `hand` for an empty cell.
    pub column: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Column of the new edition; absent where it has no place.
    pub to: Option<String>,
    /// Chinese title in the edition that the book moves to.
    pub to_title: Option<String>,
    /// Table of the new column, where that is another than the table's own `to`.
    pub to_table: Option<String>,
    /// What becomes of these cells.
    pub kind: ColumnFate,
    /// What is done or has to be done, as a code with words in errors.json; absent where there is nothing to say.
    pub what: Option<CallError>,
    /// Cells of this book that it is about; 0 where the column is empty.
    pub cells: u64,
    /// The first of them, at most three, different ones; personal values are masked.
    pub examples: Vec<MigrationExample>,
}

/// One cell before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MigrationExample {
    /// The value before the move.
    pub before: String,
    /// The value after the move; empty if it has no place.
    pub after: String,
}

/// Moves the open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunMigration {
    /// Edition to move to.
    pub to: String,
    /// Job number for progress.
    #[serde(default)]
    pub job: u32,
}

/// A move that was made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MigrationDone {
    /// Edition that the book had.
    pub from: String,
    /// Edition that it has now.
    pub to: String,
    /// What was done.
    pub counts: MigrationCounts,
    /// The book as it was, kept beside it.
    pub kept_copy: String,
    /// Findings of the check that followed, in the current period.
    pub findings: LevelCounts,
}

/// What is known of the last move of the open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MigrationState {
    /// The last move, if there was one.
    pub moved: Option<MovedBook>,
    /// What is kept aside, of all moves.
    pub aside: AsideCounts,
}

/// A move that the book has made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MovedBook {
    /// Edition that it had.
    pub from: String,
    /// Its short name; the id where it is not installed any more.
    pub from_name: String,
    /// Edition that it has.
    pub to: String,
    /// Its short name.
    pub to_name: String,
    /// When (RFC 3339).
    pub at: String,
    /// Who; may be empty.
    pub who: String,
    /// The book as it was.
    pub copy: String,
    /// Whether the move can be taken back.
    pub can_take_back: bool,
    /// Why the move cannot be taken back; absent where it can.
    pub why_not: Option<CallError>,
}

/// Numbers of what is kept aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct AsideCounts {
    /// Tables of the old edition.
    pub tables: u64,
    /// Records with at least one cell kept aside.
    pub records: u64,
    /// Filled cells that are kept apart.
    pub cells: u64,
}

/// A move that was taken back: the book as it was before is open again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakenBack {
    /// The book.
    pub path: String,
    /// Id of the edition that the book has again.
    pub edition: String,
    /// The moved book with all later changes, kept beside it.
    pub moved_file: String,
}

/// Asks for a page of what is kept aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AsideQuery {
    /// Only of this table of the old edition.
    #[serde(default)]
    pub table: Option<String>,
    /// How many records to leave out before the first one of the page.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

/// A page of what is kept aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AsidePage {
    /// Records in all.
    pub total: u64,
    /// Tables that have any, in the order of the old edition.
    pub tables: Vec<AsideTable>,
    /// Records of the page, in the order of the table.
    pub records: Vec<AsideRecord>,
}

/// A table of the old edition with records kept aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AsideTable {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// How many records.
    pub records: u64,
    /// How many filled cells.
    pub cells: u64,
}

/// A record of the old edition of which something is kept aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AsideRecord {
    /// Table of the old edition.
    pub table: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Edition that it belongs to.
    pub edition: String,
    /// Period that it belongs to; may be empty.
    pub period: String,
    /// Table of the new edition with the rest of the record.
    pub to: Option<String>,
    /// Number of the record there; it may have been deleted since.
    pub to_row: Option<i64>,
    /// Its filled cells, in printed order.
    pub cells: Vec<AsideCell>,
}

/// A cell of such a record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AsideCell {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Value; personal ones are masked until the clerk asks for them (`show_personal` of the settings).
    pub value: String,
    /// Whether it is kept aside; the others are in the new edition and shown to identify the record.
    pub aside: bool,
}

/// Writes what is kept aside as a workbook by the templates of the old edition.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportAside {
    /// File to write (.xlsx).
    pub path: String,
    /// Job number for progress.
    #[serde(default)]
    pub job: u32,
}

/// What was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AsideExported {
    /// Path of the file on this PC.
    pub file: String,
    /// Sheets with records.
    pub sheets: u64,
    /// How many records.
    pub rows: u64,
    /// A warning, as a code with words in errors.json: personal values are not masked in the file.
    pub note: CallError,
}
