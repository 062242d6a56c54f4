//! Makes the workbooks beside this file: `cargo run -p tianbao-tests --example make-workbooks`.
//!
//! They are like workbooks of departments: a title above the headings, stars and line breaks in headings, names instead
//! of codes, numbers and dates as a spreadsheet stores them, and one mistake of each kind. The records are those of the
//! sample college, so that in its book only the planted cells are wrong. LibreOffice converts them to the other file
//! formats.
#![expect(clippy::print_stdout, reason = "prints the folder of the files")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use rust_xlsxwriter::{Format, Formula, Note, Workbook, Worksheet, XlsxError};
use standard::{Edition, Field, Kind, Standards, Table};

/// Table, number of records, the column and value that the records must have so that the mistakes are mistakes, and the
/// mistakes.
type Case<'a> = (&'a str, usize, Option<(&'a str, &'a str)>, Planted);

/// Cells whose content differs from the record, by line of the sheet and column.
type Planted = BTreeMap<(u32, &'static str), Typed>;

/// The content of a cell.
#[derive(Clone)]
enum Typed {
    Text(String),
    Number(f64),
    /// A serial number with a date format.
    Date(f64),
    Boolean(bool),
    /// A formula and its stored result.
    Formula(&'static str, &'static str),
}

fn text(value: &str) -> Typed {
    Typed::Text(value.to_owned())
}

/// Row of the headings in the workbook of internships, from 1; a title and a note are above it.
const HEADINGS: u32 = 3;
/// Number of its records.
const RECORDS: usize = 36;
/// The line of the sheet, from 1, that is blank.
const BLANK_LINE: u32 = 23;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("workbooks");
    let standards = Standards::builtin()?;
    let edition = standards.edition("gaozhi-2024.09").ok_or("no such edition")?;
    internships(&edition, &folder.join("internships.xlsx"))?;
    other_tables(&edition, &folder.join("other-tables.xlsx"))?;
    convert(&folder, "internships.xlsx", "xls:MS Excel 97", "internships.xls")?;
    convert(&folder, "internships.xlsx", "ods:calc8", "internships.ods")?;
    // Comma (44), double quotes (34) and GB18030 (85), as Chinese Excel saves a CSV file.
    convert(&folder, "internships.xlsx", "csv:Text - txt - csv (StarCalc):44,34,85", "internships.csv")?;
    hostile(&folder)?;
    println!("made {}", folder.display());
    Ok(())
}

fn planted_internships() -> Planted {
    Planted::from([
        // Wrong values that the checks find.
        ((5, "XSXM"), text("")),
        ((6, "ZYMC"), text(&"机电一体化技术".repeat(9))),
        ((7, "SXSC"), text("十八周左右")),
        ((8, "SXSC"), Typed::Number(123_456.0)),
        ((9, "SXCJ"), text("88.55")),
        ((10, "ZFSXXSSJBC"), text("3000.12345")),
        ((11, "SXKSRQ"), text("20260931")),
        ((12, "SXJSRQ"), Typed::Number(46_266.0)),
        ((13, "XZM"), text("九年")),
        ((14, "SXDDSZSJGBM"), text("999999")),
        ((15, "RXNF"), text("24级")),
        ((16, "XNZDJSGH"), text("")),
        ((17, "SFDK"), text("大致")),
        ((18, "XH"), text("S0000000")),
        ((19, "XNZDJSGH"), text("T000000")),
        ((20, "ZYH"), text("Z000000")),
        // Unusual forms that are understood.
        ((24, "XSXM"), text("　 ")),
        ((25, "SXKSRQ"), text("2026-9-1")),
        ((25, "SXJSRQ"), text("2026年12月31日")),
        ((26, "SXKSRQ"), Typed::Date(46_266.0)),
        ((27, "SXSC"), text("１８周")),
        ((28, "SFDK"), Typed::Boolean(true)),
        ((29, "SXCJ"), Typed::Formula("=0.1+0.2", "0.3")),
        ((30, "SXCJ"), Typed::Number(85.5)),
        ((31, "SFFGWSX"), text("０")),
        ((32, "ZFSXXSSJBC"), Typed::Number(2800.0)),
        // A cell that cannot be read.
        ((33, "SXCJ"), Typed::Formula("=1/0", "#DIV/0!")),
    ])
}

/// The workbook of internships.
fn internships(edition: &Edition, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let table = edition.table("ODS_SXJCSJ").ok_or("no such table")?;
    let mut records = sample::rows(edition, "ODS_SXJCSJ");
    records.truncate(RECORDS);
    // The last record has the same student and company as the first, so the same natural key.
    let (student, company) = (at(table, "XH"), at(table, "SXQYMC"));
    let first = (records[0][student].clone(), records[0][company].clone());
    let last = records.len() - 1;
    (records[last][student], records[last][company]) = first;

    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("2026秋实习名单")?;
    let title = Format::new().set_bold().set_font_size(16);
    sheet.merge_range(0, 0, 0, 9, "2026—2027学年第一学期学生实习情况登记表", &title)?;
    sheet.write_string(1, 0, "填表说明：带*的必填；日期、代码按下拉或按名称填写均可。")?;
    headings(sheet, table, HEADINGS - 1)?;
    sheet.insert_note(HEADINGS - 1, 0, &Note::new("学籍系统中的学号"))?;
    let planted = planted_internships();
    let mut line = HEADINGS;
    for record in &records {
        line += 1 + u32::from(line + 1 == BLANK_LINE);
        for (column, (at, field)) in (0u16..).zip(filled(table)) {
            let usual = text(&as_departments_write(edition, field, &record[at], line));
            let typed = planted.get(&(line, field.column.as_str())).unwrap_or(&usual);
            put(sheet, (line - 1, column), typed)?;
        }
    }
    save(book, path)
}

/// Kinds of mistakes that the table of internships has no field for: one sheet for each table, headings in row 1.
fn other_tables(edition: &Edition, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let planted: [Case<'_>; 6] = [
        (
            "ODS_DYGBXXSJ",
            3,
            None,
            Planted::from([((2, "DYGBXXPXNRM"), text("1；2")), ((3, "DYGBXXPXNRM"), text("1,88"))]),
        ),
        (
            "ODS_CJSTHDSJ",
            3,
            None,
            Planted::from([
                ((2, "ZDJSXM"), text("甲一、乙二")),
                ((3, "ZDJSXM"), text("甲一,乙二,丙三,丁四,戊五,己六")),
            ]),
        ),
        ("ODS_XXJXSJ", 3, Some(("JXXXDDM", "2")), Planted::from([((2, "PCDW"), text(""))])),
        ("ODS_XSJYYXSJ", 3, None, Planted::from([((2, "JYYXM"), text("1")), ((2, "JYDWHYM"), text("A"))])),
        ("ODS_JSSPLSJ", 3, None, Planted::from([((3, "SPLDZ"), text("教室一号摄像头"))])),
        ("ODS_PKSJ", 3, None, Planted::from([((2, "KKXND"), text("2026-2029")), ((3, "SKSJ"), text("256000"))])),
    ];
    let mut book = Workbook::new();
    for (name, count, condition, planted) in planted {
        let table = edition.table(name).ok_or("no such table")?;
        let sheet = book.add_worksheet().set_name(table.short_title())?;
        headings(sheet, table, 0)?;
        let records = sample::rows(edition, name).into_iter();
        let records = records.filter(|r| condition.is_none_or(|(column, value)| r[at(table, column)] == value));
        for (line, record) in (2u32..).zip(records.take(count)) {
            for (column, (position, field)) in (0u16..).zip(filled(table)) {
                let usual = text(&record[position]);
                put(sheet, (line - 1, column), planted.get(&(line, field.column.as_str())).unwrap_or(&usual))?;
            }
        }
    }
    save(book, path)
}

fn filled(table: &Table) -> impl Iterator<Item = (usize, &Field)> {
    table.fields.iter().enumerate().filter(|(_, field)| !field.is_system())
}

fn at(table: &Table, column: &str) -> usize {
    table.position(column).unwrap_or_else(|| panic!("{} has a column {column}", table.name))
}

/// Writes headings as departments change them: with a star, a line break and a unit.
fn headings(sheet: &mut Worksheet, table: &Table, row: u32) -> Result<(), XlsxError> {
    for (column, (_, field)) in (0u16..).zip(filled(table)) {
        let star = if field.required { "*" } else { "" };
        let unit = field.unit.as_ref().map_or(String::new(), |unit| format!("\n（{unit}）"));
        sheet.write_string(row, column, format!("{star}{}{unit}", field.title))?;
    }
    Ok(())
}

/// A cell as departments write it: the name instead of a code on every second line, code and name on some lines,
/// otherwise the value.
fn as_departments_write(edition: &Edition, field: &Field, value: &str, line: u32) -> String {
    let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
    match list.and_then(|list| Some((list, list.get(value)?))) {
        Some((list, code))
            if line.is_multiple_of(2) && field.kind == Kind::Code && list.named(&code.name).count() == 1 =>
        {
            code.name.clone()
        }
        Some((_, code)) if line % 6 == 3 => format!("{} {}", code.code, code.name),
        _ => value.to_owned(),
    }
}

fn put(sheet: &mut Worksheet, (row, column): (u32, u16), typed: &Typed) -> Result<(), XlsxError> {
    match typed {
        Typed::Text(text) if text.is_empty() => {}
        Typed::Text(text) => drop(sheet.write_string(row, column, text)?),
        Typed::Number(number) => drop(sheet.write_number(row, column, *number)?),
        Typed::Boolean(boolean) => drop(sheet.write_boolean(row, column, *boolean)?),
        Typed::Formula(formula, result) => {
            sheet.write_formula(row, column, Formula::new(*formula).set_result(*result))?;
        }
        Typed::Date(serial) => {
            let date = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_number_with_format(row, column, *serial, &date)?;
        }
    }
    Ok(())
}

/// Saves with a fixed creation time, so that the same program makes the same file.
fn save(mut book: Workbook, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let at = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 21)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&at));
    book.save(path)?;
    Ok(())
}

/// Converts a workbook to another file format with LibreOffice.
fn convert(folder: &Path, file: &str, filter: &str, to: &str) -> Result<(), Box<dyn std::error::Error>> {
    let work = tempfile::tempdir()?;
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", work.path().join("profile").display()))
        .args(["--headless", "--convert-to", filter, "--outdir"])
        .arg(work.path())
        .arg(folder.join(file))
        .status()?;
    let made = work.path().join(Path::new(file).with_extension(ending(filter)));
    if !status.success() || !made.is_file() {
        return Err(format!("{to} was not made").into());
    }
    std::fs::copy(made, folder.join(to))?;
    Ok(())
}

fn ending(filter: &str) -> &str {
    filter.split(':').next().unwrap_or(filter)
}

/// Makes files that are not valid workbooks despite their names. The tests that need a zip bomb make it themselves.
fn hostile(folder: &Path) -> std::io::Result<()> {
    let to = |name: &str| -> PathBuf { folder.join(name) };
    // One grey pixel.
    let picture: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
        0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82,
        0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
    ];
    std::fs::write(to("picture.xlsx"), picture)?;
    let whole = std::fs::read(to("internships.xlsx"))?;
    std::fs::write(to("truncated.xlsx"), &whole[..whole.len() / 2])
}
