//! Sheets of plain texts under headings, for reports.

use std::path::Path;

use super::Written;
use super::book::write_book;
use super::paper::{Paper, Style};
use super::target::Target;
use crate::WriteError;
use crate::stamp::Stamp;

/// One sheet of a report.
#[derive(Debug, Clone)]
pub struct GridSheet {
    /// Its name, which Excel takes: at most 31 characters, without `[]:*?/\`.
    pub name: String,
    /// Lines above the table.
    pub about: Vec<String>,
    /// Headings, with the width of each column in characters.
    pub headings: Vec<(String, u16)>,
    /// Rows of texts, as many as there are headings.
    pub rows: Vec<Vec<String>>,
}

/// Writes a report as a workbook (.xlsx). The file is replaced when it is complete.
pub fn write_grid(path: &Path, title: &str, written_at: &str, sheets: &[GridSheet]) -> Result<Written, WriteError> {
    let target = Target::new(path);
    let stamp = Stamp { written_at: written_at.to_owned(), ..Stamp::default() };
    write_book(&target, title, &stamp, |book| {
        let style = Style::new();
        for sheet in sheets {
            let widths: Vec<u16> = sheet.headings.iter().map(|(_, width)| *width).collect();
            let heads: Vec<&str> = sheet.headings.iter().map(|(text, _)| text.as_str()).collect();
            let mut fill = || {
                let mut paper = Paper::new(book, &sheet.name, &widths, &style)?;
                for (no, line) in sheet.about.iter().enumerate() {
                    paper.band(line, if no == 0 { &style.title } else { &style.faint })?;
                }
                paper.heading(&heads)?;
                for row in &sheet.rows {
                    paper.row(&row.iter().map(String::as_str).collect::<Vec<_>>())?;
                }
                Ok(())
            };
            fill().map_err(|error| target.xlsx(error))?;
        }
        Ok(Written { sheets: Vec::new() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_a_workbook_that_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("报告.xlsx");
        let sheet = GridSheet {
            name: "得分".into(),
            about: vec!["数据质量报告".into(), "2026-2027 学年".into()],
            headings: vec![("指标".into(), 20), ("得分".into(), 10)],
            rows: vec![vec!["数据标准".into(), "90.0".into()]],
        };
        write_grid(&path, "数据质量报告", "2026-11-27", &[sheet]).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(b"PK") && bytes.len() > 1_000);
    }
}
