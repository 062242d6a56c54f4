//! What every reader of a form needs: the file's name and limits, and the errors that name it.

use std::io::ErrorKind;
use std::ops::ControlFlow;

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

/// Called with each row that holds something: its number from 0, and its cells.
pub(crate) type RowVisitor<'a> = &'a mut dyn FnMut(u32, &[Raw]) -> ControlFlow<()>;

/// Name and limits of the file that is read, and the errors that name it.
pub(crate) struct Context {
    pub(crate) file: String,
    pub(crate) limits: Limits,
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

    /// Whether a cell may stand at this place (row and column from 0).
    pub(super) fn allows(&self, sheet: &str, line: u32, column: u32) -> Result<(), OpenError> {
        let (file, sheet) = (|| self.file.clone(), || sheet.to_owned());
        if line >= self.limits.rows {
            return Err(OpenError::TooManyRows { file: file(), sheet: sheet(), limit: self.limits.rows });
        }
        if column >= self.limits.columns {
            return Err(OpenError::TooManyColumns { file: file(), sheet: sheet(), limit: self.limits.columns });
        }
        Ok(())
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
