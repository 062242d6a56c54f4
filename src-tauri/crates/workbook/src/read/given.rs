//! Rows that come from elsewhere than a file, such as the answer of a database. They are read as the rows of a sheet
//! are: the names of the columns are its headings, in row 1.

use std::ops::ControlFlow;

use standard::{Edition, Table};

use super::raw::{Raw, Unreadable};
use super::rows::Rows;
use super::survey::survey_sheet;
use super::{RowIn, RowsRead, SheetReading, Survey};
use crate::open::{Far, Noticed};

/// One cell of such a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenCell {
    /// No value.
    Empty,
    /// Text as it stands.
    Text(String),
    /// A truth value.
    Truth(bool),
    /// What is not a text, such as a picture.
    NoText,
}

/// Turns such rows into records.
pub struct GivenRows<'a> {
    rows: Rows<'a>,
    line: u32,
    cells: Vec<Raw>,
}

/// Finds the table and the columns by the names of columns. `source` is what the rows are called.
pub fn survey_names(edition: &Edition, wishes: &Survey, source: &str, names: &[String]) -> Option<SheetReading> {
    let reading = survey_sheet(edition, None, wishes, (source, ""), &vec![(0, names.to_vec())])?;
    Some(SheetReading { only_records: true, ..reading })
}

impl<'a> GivenRows<'a> {
    /// Rows whose columns are understood as `reading` says.
    pub fn new(edition: &'a Edition, table: &'a Table, reading: &'a SheetReading) -> GivenRows<'a> {
        GivenRows { rows: Rows::new(edition, table, reading), line: 1, cells: Vec::new() }
    }

    /// Takes the next row, and passes it on unless it is blank.
    pub fn row(
        &mut self,
        cells: impl IntoIterator<Item = GivenCell>,
        each: &mut dyn FnMut(RowIn) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.line += 1;
        self.cells.clear();
        self.cells.extend(cells.into_iter().map(|cell| match cell {
            GivenCell::Empty => Raw::Empty,
            GivenCell::Text(text) => Raw::Text(text),
            GivenCell::Truth(truth) => Raw::Bool(truth),
            GivenCell::NoText => Raw::Unreadable(Unreadable::Picture),
        }));
        self.rows.row(self.line, &self.cells, each)
    }

    /// What came of reading them.
    pub fn done(self) -> RowsRead {
        self.rows.done(Noticed::default(), Far::default())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{CellIn, KnownHeading};

    #[test]
    fn rows_of_a_query_are_read_as_a_sheet_is_and_own_codes_become_those_of_the_standard() {
        let standards = standard::Standards::builtin().unwrap();
        let edition = standards.edition("gaozhi-2024.09").unwrap();
        let table = edition.table("ODS_SXJCSJ").unwrap();
        let wishes = Survey {
            table: Some(table.name.clone()),
            known: vec![KnownHeading { table: table.name.clone(), heading: "stu_name".into(), column: "XSXM".into() }],
            ..Survey::default()
        };
        let names = ["XH", "stu_name", "sfdk", "photo"].map(str::to_owned);
        let mut reading = survey_names(&edition, &wishes, "教务系统", &names).unwrap();
        assert_eq!((reading.table.as_deref(), reading.header_row), (Some("ODS_SXJCSJ"), Some(1)));
        let list = table.fields.iter().find(|field| field.code_list.is_some()).unwrap();
        reading.headings[2].column = Some(list.column.clone());
        let own = BTreeMap::from([("Y".to_owned(), "1".to_owned()), ("合计".to_owned(), "2".to_owned())]);
        reading.converted.insert(list.column.clone(), own);
        let mut rows = GivenRows::new(&edition, table, &reading);
        let mut read = Vec::new();
        let text = |text: &str| GivenCell::Text(text.to_owned());
        for cells in [
            vec![text("0012"), text("张三"), text("Y"), GivenCell::NoText],
            vec![text("合计"), GivenCell::Empty, text("Z"), GivenCell::Empty],
        ] {
            let _ = rows.row(cells, &mut |row| {
                read.push(row);
                ControlFlow::Continue(())
            });
        }
        let at = |column: &str| table.position(column).unwrap();
        let value = |text: &str| CellIn::Value(text.to_owned());
        assert_eq!((read[0].line, read[1].line, read.len()), (2, 3, 2));
        assert_eq!(read[0].cells[at("XSXM")], value("张三"));
        assert_eq!(read[0].cells[at(&list.column)], value("1"));
        assert_eq!(read[1].cells[at(&list.column)], value("Z"), "a code without an entry stays as it is");
        assert_eq!(read[1].left_out, None, "what a database gives is a record");
    }
}
