//! An invented college for the tests of this room: its edition, some records, a folder for its files.
#![allow(dead_code)] // each test program uses a part of it

use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use standard::{Edition, Kind, Standards, Table};
use workbook::{
    CellIn, PlainOptions, RecordOut, RowIn, RowsRead, SheetReading, SourceError, Stamp, Workbook, Written, write_plain,
    write_template,
};

pub const INTERNSHIPS: &str = "ODS_SXJCSJ";

/// The edition that all tests use.
pub fn edition() -> &'static Edition {
    static EDITION: LazyLock<Arc<Edition>> = LazyLock::new(|| {
        let standards = Standards::builtin().expect("the built-in standards load");
        standards.edition("gaozhi-2024.09").expect("the edition is built in")
    });
    &EDITION
}

pub fn table() -> &'static Table {
    edition().table(INTERNSHIPS).expect("the table of internships")
}

pub fn stamp() -> Stamp {
    Stamp {
        edition: "gaozhi-2024.09".into(),
        book: "book-1".into(),
        school: "4100000001".into(),
        department: "教务处".into(),
        period: "2026-2027-1".into(),
        written_at: "2026-11-21T08:30:00+08:00".into(),
        step: 7,
        ..Stamp::default()
    }
}

/// The text of a cell; `!` and the reason where it is unreadable.
pub fn text(row: &RowIn, column: &str) -> String {
    match &row.cells[table().position(column).expect("a column of the internships")] {
        CellIn::Absent => "(absent)".into(),
        CellIn::Value(text) => text.clone(),
        CellIn::Unreadable(why) => format!("!{}", why.code()),
    }
}

/// This number of plausible records, values in the order of the fields.
pub fn internships(count: usize) -> Vec<Vec<String>> {
    let record = |n: usize| table().fields.iter().map(|field| value(field, n)).collect();
    (0..count).map(record).collect()
}

fn value(field: &standard::Field, n: usize) -> String {
    let list = field.code_list.as_deref().and_then(|id| edition().code_list(id));
    match (field.column.as_str(), field.kind) {
        ("ZJSJWYXBS", _) => format!("{:032X}", n + 1),
        ("XXDM", _) => "4100000001".into(),
        ("SJCJSJ", _) => "20261121 083000".into(),
        ("XH", _) => format!("0026{n:06}"),
        ("XSXM", _) => format!("张小{}", ["明", "红", "军", "丽"][n % 4]),
        ("XNZDJSDH", _) => format!("138{n:08}"),
        ("SXNR", _) => format!("第 {n} 组：\n“装配”，<调试> & 检验  两班"),
        (_, Kind::Code) => list.map_or(String::new(), |l| l.codes[n % l.codes.len()].code.clone()),
        (_, Kind::Integer) => (n % 30).to_string(),
        (_, Kind::Decimal) => format!("{}.5", 60 + n % 40),
        (_, Kind::Date) => format!("202609{:02}", 1 + n % 28),
        (_, Kind::Year) => "2024".into(),
        _ if n.is_multiple_of(3) && !field.required => String::new(),
        (column, _) => format!("{column}{n}"),
    }
}

/// What a reader is to find of a record.
pub fn as_read(record: &[String]) -> Vec<CellIn> {
    let cell = |(value, field): (&String, &standard::Field)| match field.is_system() {
        true => CellIn::Absent,
        false => CellIn::Value(value.clone()),
    };
    record.iter().zip(&table().fields).map(cell).collect()
}

pub type Source<'a> =
    Box<dyn FnMut(&Table, &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>) -> Result<(), SourceError> + 'a>;

/// The records as a row source; other tables have none.
pub fn source(records: &[Vec<String>]) -> Source<'_> {
    Box::new(move |table, sink| {
        let records = records.iter().filter(|_| table.name == INTERNSHIPS);
        for (row, values) in (1i64..).zip(records) {
            if sink(RecordOut { row, key: &values[0], values }).is_break() {
                break;
            }
        }
        Ok(())
    })
}

/// All records of a sheet.
pub fn read_all(book: &mut Workbook, reading: &SheetReading) -> (Vec<RowIn>, RowsRead) {
    let table = edition().table(reading.table.as_deref().expect("a table was found")).expect("of the edition");
    let mut rows = Vec::new();
    let read = book.rows(edition(), table, reading, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    (rows, read.expect("the sheet is read"))
}

/// A folder that is deleted when the test ends.
pub struct College {
    folder: tempfile::TempDir,
}

impl College {
    pub fn new() -> College {
        College { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn template(&self, name: &str, tables: &[&str], records: Option<&[Vec<String>]>) -> Written {
        let tables: Vec<&Table> = tables.iter().map(|name| edition().table(name).expect("a table")).collect();
        let mut rows = records.map(source);
        let rows = rows.as_mut().map(|rows| rows as workbook::RowSource<'_>);
        write_template(&self.path(name), edition(), &tables, &stamp(), rows).expect("the template is written")
    }

    pub fn plain(&self, name: &str, tables: &[&str], options: PlainOptions, records: &[Vec<String>]) -> Written {
        let tables: Vec<&Table> = tables.iter().map(|name| edition().table(name).expect("a table")).collect();
        let path = self.path(name);
        write_plain(&path, edition(), &tables, &stamp(), options, &mut source(records)).expect("the export is written")
    }

    /// The parts of a zipped workbook.
    pub fn parts(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        let file = std::fs::File::open(self.path(name)).expect("the file is there");
        let mut archive = zip::ZipArchive::new(file).expect("a zip archive");
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("the part inflates");
            parts.push((part.name().expect("a name").into_owned(), bytes));
        }
        parts
    }

    pub fn part(&self, name: &str, part: &str) -> String {
        let found = self.parts(name).into_iter().find(|(name, _)| name == part);
        String::from_utf8(found.unwrap_or_else(|| panic!("{part} in {name}")).1).expect("text")
    }
}
