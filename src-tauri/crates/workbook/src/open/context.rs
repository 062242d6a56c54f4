//! What every reader of a form needs: the file's name and limits, and the errors that name it.

use std::cell::Cell;
use std::io::ErrorKind;
use std::ops::ControlFlow;

use crate::letters::column_letters;
use crate::read::raw::Raw;
use crate::{Limits, LooksLike, OpenError};

/// The form of a file, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// Office Open XML (.xlsx, .xlsm).
    Xlsx,
    /// Excel's binary workbook (.xlsb).
    Xlsb,
    /// Excel 97-2003 (.xls).
    Xls,
    /// OpenDocument (.ods).
    Ods,
    /// Separated text (.csv, .tsv, .txt).
    Csv,
}

/// One sheet of a workbook. A text file has one, named after the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// As the sheet's tab shows it.
    pub name: String,
    /// Whether a person has to unhide it to see it.
    pub hidden: bool,
}

/// Called with each row that is not empty: its number from 0, and its cells.
pub(crate) type RowVisitor<'a> = &'a mut dyn FnMut(u32, &[Raw]) -> ControlFlow<()>;

/// Name and limits of the file that is read, and the errors that name it.
pub(crate) struct Context {
    pub(crate) file: String,
    pub(crate) limits: Limits,
    /// Number of cells of this sheet that are too far right to be read.
    pub(crate) far: Cell<Far>,
}

/// Cells beyond the last column that is read: how many, and row and column of the first, from 0.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Far {
    pub(crate) cells: u64,
    pub(crate) first: Option<(u32, u32)>,
}

impl Context {
    pub(super) fn damaged(&self, part: &str) -> OpenError {
        OpenError::Damaged { file: self.file.clone(), part: part.to_owned() }
    }

    pub(super) fn password(&self) -> OpenError {
        OpenError::Password { file: self.file.clone() }
    }

    pub(super) fn not_a_workbook(&self, looks_like: LooksLike) -> OpenError {
        OpenError::NotAWorkbook { file: self.file.clone(), looks_like }
    }

    /// Whether a filled cell at this place (row and column from 0) is read. One that is far right of all tables is
    /// counted instead: one accidental entry must not make the sheet unreadable.
    pub(super) fn takes(&self, sheet: &str, line: u32, column: u32, cell: &Raw) -> Result<bool, OpenError> {
        if column >= self.limits.columns {
            let (file, sheet) = (self.file.clone(), sheet.to_owned());
            return Err(OpenError::TooManyColumns { file, sheet, limit: self.limits.columns });
        }
        if let Raw::Text(text) | Raw::Framed(text, _) = cell
            && text.len() > self.limits.cell_bytes
        {
            return Err(self.cell_too_large(sheet, line, column));
        }
        if column < self.limits.width {
            return Ok(true);
        }
        let far = self.far.get();
        self.far.set(Far { cells: far.cells + 1, first: far.first.or(Some((line, column))) });
        Ok(false)
    }

    /// Whether a sheet may have a row at this position (from 0).
    pub(super) fn allows_row(&self, sheet: &str, line: u32) -> Result<(), OpenError> {
        self.allows_line(sheet, line, self.limits.rows)
    }

    pub(super) fn allows_line(&self, sheet: &str, line: u32, limit: u32) -> Result<(), OpenError> {
        if line >= limit {
            return Err(OpenError::TooManyRows { file: self.file.clone(), sheet: sheet.to_owned(), limit });
        }
        Ok(())
    }

    /// A cell with more text than is read of one (row and column from 0).
    pub(super) fn cell_too_large(&self, sheet: &str, line: u32, column: u32) -> OpenError {
        OpenError::CellTooLarge {
            file: self.file.clone(),
            sheet: sheet.to_owned(),
            line: u64::from(line) + 1,
            column: column_letters(column as usize),
            limit_kb: (self.limits.cell_bytes / 1024) as u64,
        }
    }

    pub(super) fn io(&self, error: &std::io::Error) -> OpenError {
        let file = self.file.clone();
        match error.kind() {
            ErrorKind::NotFound => OpenError::Missing { file },
            ErrorKind::IsADirectory => OpenError::Folder { file },
            _ if standard::file::is_held(error) => OpenError::InUse { file },
            kind => OpenError::Unreadable { file, reason: kind.to_string() },
        }
    }
}
