//! The forms of a plain export, and how its cells are shown.

use std::path::Path;

use crate::WriteError;

/// Forms of a plain export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainForm {
    /// Office Open XML, `.xlsx`.
    Xlsx,
    /// OpenDocument, `.ods`.
    Ods,
    /// .csv, UTF-8 with a byte order mark, one table only.
    Csv,
    /// `.json`: one object for each table.
    Json,
    /// `.jsonl`: an object on each line, one table only.
    JsonLines,
    /// `.zip`: a Data Package, a .csv for each table with its schema and its code lists.
    Package,
}

/// How coded cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// The codes, as they are sent.
    #[default]
    Codes,
    /// Their names; a code without a name stays as it is.
    Names,
}

/// What the heading row contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Headings {
    /// Chinese titles.
    #[default]
    Titles,
    /// Column names, as Table Schema tools expect them.
    Columns,
}

/// Options of a plain export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainOptions {
    /// Form of the file.
    pub form: PlainForm,
    /// Codes or names.
    pub shown: Shown,
    /// Titles or column names (.json, .jsonl and packages always have column names).
    pub headings: Headings,
}

impl PlainOptions {
    /// The options that fit a file name: its ending decides the form; a .csv of codes has column names as headings, so
    /// that Table Schema tools can validate it with the standard's own files.
    pub fn for_file(path: &Path, shown: Shown) -> Result<PlainOptions, WriteError> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let form = match ending.as_str() {
            "xlsx" => PlainForm::Xlsx,
            "ods" => PlainForm::Ods,
            "csv" => PlainForm::Csv,
            "json" => PlainForm::Json,
            "jsonl" | "ndjson" => PlainForm::JsonLines,
            "zip" => PlainForm::Package,
            _ => return Err(WriteError::UnknownForm { file: crate::error::file_name(path) }),
        };
        let headings = match (form, shown) {
            (PlainForm::Csv, Shown::Codes) | (PlainForm::Json | PlainForm::JsonLines | PlainForm::Package, _) => {
                Headings::Columns
            }
            _ => Headings::Titles,
        };
        Ok(PlainOptions { form, shown, headings })
    }
}
