//! A definition workbook that is read and changed with libraries of its own, without formats, as after editing in an
//! office program.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

/// The sheets in their order, each with its name and its rows of text.
pub struct DefinitionWorkbook(Vec<(String, Vec<Vec<String>>)>);

impl DefinitionWorkbook {
    pub fn read(path: &Path) -> DefinitionWorkbook {
        let mut book: Xlsx<_> = open_workbook(path).unwrap();
        let text = |cell: &Data| match cell {
            Data::Empty => String::new(),
            Data::String(text) => text.clone(),
            other => panic!("{other:?} is not a text"),
        };
        let names = book.sheet_names();
        let sheet = |name: String| {
            let range = book.worksheet_range(&name).unwrap();
            let rows = range.rows().map(|row| row.iter().map(text).collect()).collect();
            (name, rows)
        };
        DefinitionWorkbook(names.into_iter().map(sheet).collect())
    }

    pub fn save(&self, path: &Path) {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in &self.0 {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for (line, row) in (0..).zip(rows) {
                for (at, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
                    sheet.write_string(line, at, cell).unwrap();
                }
            }
        }
        book.save(path).unwrap();
    }

    pub fn sheet(&self, name: &str) -> &[Vec<String>] {
        &self.0.iter().find(|(sheet, _)| sheet == name).unwrap().1
    }

    pub fn rows(&mut self, name: &str) -> &mut Vec<Vec<String>> {
        &mut self.0.iter_mut().find(|(sheet, _)| sheet == name).unwrap().1
    }

    /// Deletes a sheet.
    pub fn drop(&mut self, name: &str) {
        self.0.retain(|(sheet, _)| sheet != name);
    }

    /// Index of the column with this heading.
    pub fn column(&self, sheet: &str, heading: &str) -> usize {
        self.sheet(sheet)[0].iter().position(|cell| cell.trim_start_matches('*') == heading).unwrap()
    }

    /// Writes a value under a heading, in the first row that has a cell with the text `with`. Gives the number of the
    /// row, from 1.
    pub fn put(&mut self, sheet: &str, with: &str, heading: &str, value: &str) -> usize {
        let column = self.column(sheet, heading);
        let rows = self.rows(sheet);
        let at = rows.iter().position(|row| row.iter().any(|cell| cell == with)).unwrap();
        rows[at][column] = value.to_owned();
        at + 1
    }

    fn row(&self, sheet: &str, cells: &[(&str, &str)]) -> Vec<String> {
        let mut row = vec![String::new(); self.sheet(sheet)[0].len()];
        cells.iter().for_each(|(heading, value)| row[self.column(sheet, heading)] = (*value).to_owned());
        row
    }

    /// Adds a row at the end of a sheet; `cells` are headings with values.
    pub fn add(&mut self, sheet: &str, cells: &[(&str, &str)]) {
        let row = self.row(sheet, cells);
        self.rows(sheet).push(row);
    }

    /// Inserts a row after the last row whose first cell is `with`.
    pub fn insert_after(&mut self, sheet: &str, with: &str, cells: &[(&str, &str)]) {
        let row = self.row(sheet, cells);
        let rows = self.rows(sheet);
        let at = rows.iter().rposition(|row| row[0] == with).unwrap();
        rows.insert(at + 1, row);
    }
}
