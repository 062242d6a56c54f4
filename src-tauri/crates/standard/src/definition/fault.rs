//! What is wrong with a definition workbook, and where.

use serde::Serialize;

use super::plan::Plan;

/// What is wrong with a definition workbook, and where. The workbook is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{sheet} row {row} {column}: {value:?}: {why:?}")]
pub struct Fault {
    /// Name of the sheet with the fault.
    pub sheet: String,
    /// Row of the sheet, from 1; 0 where it is about the sheet.
    pub row: u32,
    /// Heading of the column; empty where it is about the row.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong with it; it gives the error its code.
    #[serde(flatten)]
    pub why: Why,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum Why {
    /// The sheet is not there.
    #[serde(rename = "definition.sheet-missing")]
    SheetMissing,
    /// A sheet that no definition has.
    #[serde(rename = "definition.sheet-unknown")]
    SheetUnknown { known: String },
    /// The column is not there.
    #[serde(rename = "definition.column-missing")]
    ColumnMissing,
    /// A heading that the sheet does not have.
    #[serde(rename = "definition.column-unknown")]
    ColumnUnknown,
    /// A heading that occurs twice.
    #[serde(rename = "definition.column-twice")]
    ColumnTwice,
    /// A cell without a heading above it.
    #[serde(rename = "definition.no-heading")]
    NoHeading,
    /// A fact of the edition that is missing.
    #[serde(rename = "definition.fact-missing")]
    FactMissing,
    /// A cell that must be filled.
    #[serde(rename = "definition.cell-empty")]
    CellEmpty,
    /// An error value.
    #[serde(rename = "definition.cell-error")]
    CellError,
    /// A number whose last digits may be lost.
    #[serde(rename = "definition.digits-lost")]
    DigitsLost,
    /// Not a whole number.
    #[serde(rename = "definition.not-a-number")]
    NotANumber,
    /// Not one of the permitted words.
    #[serde(rename = "definition.not-a-word")]
    NotAWord { words: String },
    /// It stands in another row already.
    #[serde(rename = "definition.twice")]
    Twice { other: u32 },
    /// Not a valid name of a table, column or list.
    #[serde(rename = "definition.bad-name")]
    BadName,
    /// Not a valid name of an edition.
    #[serde(rename = "definition.bad-id")]
    BadId,
    /// Not a month.
    #[serde(rename = "definition.bad-month")]
    BadMonth,
    /// Not a version number.
    #[serde(rename = "definition.bad-revision")]
    BadRevision,
    /// A name that is not defined; in which sheet it should be.
    #[serde(rename = "definition.unknown-name")]
    Unknown { target: &'static str },
    /// A code list for a kind without codes, or no code list for a kind with codes.
    #[serde(rename = "definition.list-kind")]
    ListKind,
    /// A field with several codes has no separator.
    #[serde(rename = "definition.no-separator")]
    NoSeparator,
    /// Not a regular expression, or one that does not begin with `^`.
    #[serde(rename = "definition.bad-pattern")]
    BadPattern,
    /// A table without one of the columns that the program fills.
    #[serde(rename = "definition.no-system-column")]
    NoSystemColumn,
    /// A condition that is incomplete, or that names its own column.
    #[serde(rename = "definition.bad-condition")]
    BadCondition,
    /// Related tables are given where the kind has none, or missing where it lists them.
    #[serde(rename = "definition.bad-association")]
    BadAssociation,
    /// A rule has no record to try it on.
    #[serde(rename = "definition.bad-case")]
    BadCase,
    /// A rule that cannot be read.
    #[serde(rename = "definition.bad-rule")]
    BadRule,
    /// It contradicts another part of the edition, or an older edition.
    #[serde(rename = "definition.misfit")]
    Misfit,
    /// Another error of loading: where, and what it should be.
    #[serde(rename = "definition.refused")]
    Refused {
        /// Place in the files that were made of the workbook.
        place: Box<str>,
        /// What should stand there.
        expected: Box<str>,
    },
}

impl Fault {
    /// Something wrong with a cell.
    pub(super) fn at(plan: &Plan, row: u32, column: &str, value: &str, why: Why) -> Fault {
        // A cell can hold a whole page, so its text is cut.
        let value =
            if value.chars().count() > 80 { value.chars().take(80).chain(['…']).collect() } else { value.into() };
        Fault { sheet: plan.name.to_owned(), row, column: column.to_owned(), value, why }
    }
}
