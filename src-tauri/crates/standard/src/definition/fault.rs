//! What is wrong with a definition workbook, and where.

use super::plan::{ALL, Plan};

/// What is wrong with a definition workbook, and where. Nothing of it is taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sheet} row {row} {column}: {value:?}: {why:?}")]
pub struct Fault {
    /// Sheet.
    pub sheet: String,
    /// Row of the sheet, from 1; 0 where it is about the sheet.
    pub row: u32,
    /// Heading of the column; empty where it is about the row.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The sheet is not there.
    SheetMissing,
    /// A sheet that no definition has.
    SheetUnknown,
    /// The column is not there.
    ColumnMissing,
    /// A heading that the sheet does not have.
    ColumnUnknown,
    /// A heading a second time.
    ColumnTwice,
    /// A cell without a heading above it.
    NoHeading,
    /// A fact of the edition that is not there.
    FactMissing,
    /// A cell that must be filled.
    CellEmpty,
    /// An error value.
    CellError,
    /// A number whose last digits may be lost.
    DigitsLost,
    /// No whole number.
    NotANumber,
    /// None of the words that it may be.
    NotAWord(String),
    /// It stands in another row already.
    Twice(u32),
    /// No name for a table, column or list.
    BadName,
    /// No name for an edition.
    BadId,
    /// No month of issue.
    BadMonth,
    /// No revision.
    BadRevision,
    /// A name that nothing has; where it should be.
    Unknown(&'static str),
    /// A code list for a kind without codes, or none for one with.
    ListKind,
    /// Several codes without anything between them.
    NoSeparator,
    /// No regular expression, or one that does not begin with `^`.
    BadPattern,
    /// A table without one of the columns that the program fills.
    NoSystemColumn,
    /// A condition of which a part is missing, or that speaks of its own column.
    BadCondition,
    /// Tables where none are listed, or none where they are.
    BadAssociation,
    /// No record to try a rule on.
    BadCase,
    /// A rule that cannot be read.
    BadRule,
    /// It does not fit what the edition, or an older one, says elsewhere.
    Misfit,
    /// Something else that loading does not take: where, and what it should be.
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
        // The words say where and what; a cell can hold a whole page.
        let value =
            if value.chars().count() > 80 { value.chars().take(80).chain(['…']).collect() } else { value.into() };
        Fault { sheet: plan.name.to_owned(), row, column: column.to_owned(), value, why }
    }

    /// Name of the error for those who find words for it.
    pub fn code(&self) -> &'static str {
        match self.why {
            Why::SheetMissing => "definition.sheet-missing",
            Why::SheetUnknown => "definition.sheet-unknown",
            Why::ColumnMissing => "definition.column-missing",
            Why::ColumnUnknown => "definition.column-unknown",
            Why::ColumnTwice => "definition.column-twice",
            Why::NoHeading => "definition.no-heading",
            Why::FactMissing => "definition.fact-missing",
            Why::CellEmpty => "definition.cell-empty",
            Why::CellError => "definition.cell-error",
            Why::DigitsLost => "definition.digits-lost",
            Why::NotANumber => "definition.not-a-number",
            Why::NotAWord(_) => "definition.not-a-word",
            Why::Twice(_) => "definition.twice",
            Why::BadName => "definition.bad-name",
            Why::BadId => "definition.bad-id",
            Why::BadMonth => "definition.bad-month",
            Why::BadRevision => "definition.bad-revision",
            Why::Unknown(_) => "definition.unknown-name",
            Why::ListKind => "definition.list-kind",
            Why::NoSeparator => "definition.no-separator",
            Why::BadPattern => "definition.bad-pattern",
            Why::NoSystemColumn => "definition.no-system-column",
            Why::BadCondition => "definition.bad-condition",
            Why::BadAssociation => "definition.bad-association",
            Why::BadCase => "definition.bad-case",
            Why::BadRule => "definition.bad-rule",
            Why::Misfit => "definition.misfit",
            Why::Refused { .. } => "definition.refused",
        }
    }

    /// The error's data by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        let mut params = vec![
            ("sheet", self.sheet.clone()),
            ("row", self.row.to_string()),
            ("column", self.column.clone()),
            ("value", self.value.clone()),
        ];
        match &self.why {
            Why::SheetUnknown => {
                params.push(("known", ALL.iter().map(|plan| plan.name).collect::<Vec<_>>().join("、")));
            }
            Why::NotAWord(words) => params.push(("words", words.clone())),
            Why::Twice(other) => params.push(("other", other.to_string())),
            Why::Unknown(target) => params.push(("target", (*target).to_owned())),
            Why::Refused { place, expected } => {
                params.push(("place", place.to_string()));
                params.push(("expected", expected.to_string()));
            }
            _ => {}
        }
        params
    }
}
