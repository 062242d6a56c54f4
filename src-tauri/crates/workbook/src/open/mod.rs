//! Opening a file: what it is by its content, and whether it is safe to load.

use std::ops::ControlFlow;
use std::path::Path;

use standard::{Edition, Table};

use crate::{Limits, OpenError, RowIn, RowsRead, SheetReading, Stamp, Survey};

/// The form of a file, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// Office Open XML (.xlsx, .xlsm).
    Xlsx,
    /// Excel's binary zipped form (.xlsb).
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
    /// Name.
    pub name: String,
    /// Whether a person has to unhide it to see it.
    pub hidden: bool,
}

/// An opened file.
pub struct Workbook {}

/// Opens a file. See [`OpenError`] for what is refused.
pub fn open(_path: &Path, _limits: &Limits) -> Result<Workbook, OpenError> {
    todo!()
}

impl Workbook {
    /// What the file is.
    pub fn form(&self) -> FileForm {
        todo!()
    }

    /// Its sheets, in order, our own hidden ones left out.
    pub fn sheets(&self) -> &[SheetInfo] {
        todo!()
    }

    /// What it says about itself, if it is one of ours.
    pub fn stamp(&self) -> Option<&Stamp> {
        todo!()
    }

    /// Finds the table and the heading row of every sheet that holds anything. Hidden sheets are left out unless the
    /// stamp or a correction names them.
    pub fn survey(&mut self, _edition: &Edition, _wishes: &Survey) -> Result<Vec<SheetReading>, OpenError> {
        todo!()
    }

    /// Hands out the records of a sheet, one at a time, as [`Workbook::survey`] understood it.
    pub fn rows(
        &mut self,
        _edition: &Edition,
        _table: &Table,
        _reading: &SheetReading,
        _each: &mut dyn FnMut(RowIn) -> ControlFlow<()>,
    ) -> Result<RowsRead, OpenError> {
        todo!()
    }
}
