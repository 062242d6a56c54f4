//! The workbook of the job and the list of its planted cells. The list says what to write into each cell and what the
//! program must do with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_xlsxwriter::{Formula, Workbook, Worksheet};
use standard::cell::Values;
use standard::{Edition, Table};

use crate::fixture::INTERNSHIPS;

/// Number of rows in the sheet of internships.
pub const RECORDS: usize = 2_000;
/// Number of its first rows that are records of the sample college already.
pub const KNOWN: usize = 400;
/// Two rows of internships with the same student and company, so with the same natural key.
pub const SAME_KEY: (usize, usize) = (RECORDS - 1 - KNOWN, RECORDS - 1);
/// What the second of them has in another column.
const OTHER_WORK: &str = "在另一个岗位跟随企业指导人员学习，参与日常生产与服务，按周填写实习报告。";
/// This row of internships has a cell that cannot be read.
pub const UNREADABLE: usize = RECORDS - 2;

/// The content of a cell.
#[derive(Clone, Copy)]
pub enum Typed {
    Text(&'static str),
    Number(f64),
    Boolean(bool),
    /// A formula whose last result is an error.
    Broken,
}

/// What the program must do with a planted cell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Report a finding with this rule and level.
    Found(&'static str, &'static str),
    /// Understand the unusual form, without a finding.
    Understood,
    /// Leave the row out of the import.
    Unreadable,
    /// Accept it in all checks; the receiver rejects it.
    Rejected,
}

/// One planted cell.
#[derive(Clone, Copy)]
pub struct Planted {
    pub table: &'static str,
    /// Row of the sheet below its headings, from 0.
    pub record: usize,
    pub column: &'static str,
    pub typed: Typed,
    pub then: Expected,
    /// The value that the book keeps.
    pub stored: &'static str,
}

const fn plant(
    table: &'static str,
    record: usize,
    column: &'static str,
    typed: Typed,
    then: Expected,
    stored: &'static str,
) -> Planted {
    Planted { table, record, column, typed, then, stored }
}

const fn mistake(
    table: &'static str,
    record: usize,
    column: &'static str,
    rule: &'static str,
    typed: &'static str,
) -> Planted {
    plant(table, record, column, Typed::Text(typed), Expected::Found(rule, "mandatory"), typed)
}

/// A mistake whose finding the clerk may confirm.
const fn doubt(
    table: &'static str,
    record: usize,
    column: &'static str,
    rule: &'static str,
    typed: &'static str,
) -> Planted {
    plant(table, record, column, Typed::Text(typed), Expected::Found(rule, "confirm"), typed)
}

const fn odd(record: usize, column: &'static str, typed: Typed, stored: &'static str) -> Planted {
    plant(INTERNSHIPS, record, column, typed, Expected::Understood, stored)
}

const fn rejected(record: usize, column: &'static str, typed: &'static str) -> Planted {
    plant(INTERNSHIPS, record, column, Typed::Text(typed), Expected::Rejected, typed)
}

/// A text longer than the limit for names of majors.
const LONG: &str = "机电一体化技术机电一体化技术机电一体化技术机电一体化技术机电一体化技术\
                    机电一体化技术机电一体化技术机电一体化技术机电一体化技术";

/// Everything that is planted, but for the twins.
pub const PLANTED: &[Planted] = &[
    mistake(INTERNSHIPS, 505, "XSXM", "required", ""),
    mistake(INTERNSHIPS, 606, "ZYMC", "length", LONG),
    mistake(INTERNSHIPS, 707, "SXSC", "type", "十八周左右"),
    plant(INTERNSHIPS, 8, "SXSC", Typed::Number(123_456.0), Expected::Found("length", "mandatory"), "123456"),
    mistake(INTERNSHIPS, 9, "SXCJ", "precision", "88.55"),
    mistake(INTERNSHIPS, 1010, "ZFSXXSSJBC", "precision", "3000.12345"),
    mistake(INTERNSHIPS, 1111, "SXKSRQ", "date", "20260931"),
    plant(INTERNSHIPS, 12, "SXJSRQ", Typed::Number(46_266.0), Expected::Found("date", "mandatory"), "46266"),
    mistake(INTERNSHIPS, 1313, "XZM", "code", "九年"),
    mistake(INTERNSHIPS, 1414, "SXDDSZSJGBM", "code", "999999"),
    mistake(INTERNSHIPS, 15, "RXNF", "date", "24级"),
    // The same mistake three times, which one call corrects.
    mistake(INTERNSHIPS, 17, "SFDK", "code", "大致"),
    mistake(INTERNSHIPS, 717, "SFDK", "code", "大致"),
    mistake(INTERNSHIPS, 1717, "SFDK", "code", "大致"),
    doubt(INTERNSHIPS, 1818, "XH", "reference", "S0000000"),
    doubt(INTERNSHIPS, 19, "XNZDJSGH", "reference", "T000000"),
    doubt(INTERNSHIPS, 1220, "ZYH", "reference", "Z000000"),
    mistake("ODS_DZZQKJCSJ", 1, "DNLDZWM", "code", "1,98"),
    mistake("ODS_XXJXSJ", 0, "CGRQ", "required-when", ""),
    mistake("ODS_XXJXSJ", 0, "CGMDM", "required-when", ""),
    mistake("ODS_XXJXSJ", 0, "PCDW", "required-when", ""),
    mistake("ODS_XXJXSJ", 0, "SPDW", "required-when", ""),
    mistake("ODS_XXJXSJ", 0, "SPRQ", "required-when", ""),
    mistake("ODS_XXJXSJ", 0, "YHGRQ", "required-when", ""),
    doubt("ODS_XSJYYXSJ", 0, "JYDWHYM", "conditional-value", "A"),
    doubt("ODS_JSSPLSJ", 1, "SPLDZ", "format", "教室一号摄像头"),
    doubt("ODS_PKSJ", 0, "KKXND", "date", "2026-2029"),
    // These two make other planted cells mistakes.
    plant("ODS_XXJXSJ", 0, "JXXXDDM", Typed::Text("2"), Expected::Understood, "2"),
    plant("ODS_XSJYYXSJ", 0, "JYYXM", Typed::Text("1"), Expected::Understood, "1"),
    odd(425, "SXKSRQ", Typed::Text("2026-9-1"), "20260901"),
    odd(26, "SXJSRQ", Typed::Text("2027年2月19日"), "20270219"),
    odd(927, "SXSC", Typed::Text("３周"), "3"),
    odd(928, "SFDK", Typed::Boolean(true), "1"),
    odd(929, "SFFGWSX", Typed::Text("否"), "0"),
    odd(930, "ZFSXXSSJBC", Typed::Number(2_800.0), "2800"),
    plant(INTERNSHIPS, UNREADABLE, "SXCJ", Typed::Broken, Expected::Unreadable, ""),
    rejected(40, "XJJDZXDH", "0512-00000000"),
    rejected(740, "XJJDZXDH", "0512-00000000"),
    rejected(1440, "XJJDZXDH", "0512-00000000"),
    rejected(900, "QYZMZDRYDH", "13900000000"),
];

/// Further findings on planted cells, of rules over several fields or tables: table, row of the sheet, column, rule.
pub const FURTHER_FINDINGS: &[(&str, usize, &str, &str)] = &[
    (INTERNSHIPS, 606, "ZYMC", "ODS_SXJCSJ.major-name-agrees"),
    (INTERNSHIPS, 8, "SXSC", "ODS_SXJCSJ.weeks-fit-dates"),
    (INTERNSHIPS, 1220, "ZYH", "ODS_SXJCSJ.major-agrees-with-marks"),
    (INTERNSHIPS, 1818, "XH", "ODS_SXJCSJ.insured"),
    ("ODS_JSSPLSJ", 1, "SPLDZ", "ODS_JSSPLSJ.stream-is-m3u8"),
    ("ODS_PKSJ", 0, "KKXND", "ODS_PKSJ.term-agrees"),
];

/// A sheet of the workbook: its table, and its rows as they would be without the planted cells.
pub struct Sheet<'e> {
    pub table: &'e Table,
    pub right: Vec<Values>,
}

/// All sheets: the internships, and three rows for each other table of the list.
pub fn sheets(edition: &Edition) -> Vec<Sheet<'_>> {
    let others: BTreeSet<&str> = PLANTED.iter().map(|p| p.table).filter(|table| *table != INTERNSHIPS).collect();
    let sheet = |name: &str| {
        let table = edition.table(name).unwrap();
        let right = if name == INTERNSHIPS { internships(edition, table) } else { few(edition, name) };
        Sheet { table, right }
    };
    std::iter::once(INTERNSHIPS).chain(others).map(sheet).collect()
}

fn few(edition: &Edition, table: &str) -> Vec<Values> {
    sample::rows(edition, table).into_iter().take(3).collect()
}

/// The internships of the sample college, and further ones of the same students: three weeks each, in other companies.
/// Their days are not known, so that no two of one student overlap.
fn internships(edition: &Edition, table: &Table) -> Vec<Values> {
    let known = sample::rows(edition, INTERNSHIPS);
    assert_eq!(known.len(), KNOWN);
    let at_column = |column: &str| table.position(column).unwrap();
    let more = (KNOWN..RECORDS).map(|at| {
        let mut values = known[at % KNOWN].clone();
        let company = format!("示例实习企业第{at}分公司");
        let others = [("SXQYMC", &*company), ("SXKSRQ", ""), ("SXJSRQ", ""), ("SXSC", "3"), ("SXSFKS", "1")];
        for (column, value) in others.into_iter().chain([("SXSFJS", "1"), ("SXCJ", "85.0")]) {
            values[at_column(column)] = value.to_owned();
        }
        values
    });
    known.iter().cloned().chain(more).collect()
}

impl Planted {
    /// Whether it changes what tells a known record from others. In a workbook such a row is another record, so the
    /// clerk types these.
    pub fn is_typed(&self, table: &Table) -> bool {
        self.record < KNOWN && table.natural_key.iter().any(|column| column == self.column)
    }
}

/// Writes the workbook.
pub fn write(sheets: &[Sheet<'_>], path: &Path) {
    let mut book = Workbook::new();
    for Sheet { table, right } in sheets {
        let sheet = book.add_worksheet().set_name(table.short_title()).unwrap();
        let filled = || table.fields.iter().enumerate().filter(|(_, field)| !field.is_system());
        for (column, (_, field)) in (0u16..).zip(filled()) {
            let star = if field.required { "*" } else { "" };
            sheet.write_string(0, column, format!("{star}{}", field.title)).unwrap();
        }
        let planted: BTreeMap<(usize, &str), Typed> = PLANTED
            .iter()
            .filter(|planted| planted.table == table.name && !planted.is_typed(table))
            .map(|planted| ((planted.record, planted.column), planted.typed))
            .collect();
        for (record, values) in right.iter().enumerate() {
            let line = u32::try_from(record).unwrap() + 1;
            for (column, (at, field)) in (0u16..).zip(filled()) {
                let same_key = table.name == INTERNSHIPS
                    && record == SAME_KEY.1
                    && ["XH", "SXQYMC", "SXXSM", "SXKSRQ", "SXJSRQ"].contains(&&*field.column);
                let value = if same_key { &right[SAME_KEY.0][at] } else { &values[at] };
                // Rows that are the same in every cell would count once.
                let other_work = table.name == INTERNSHIPS && record == SAME_KEY.1 && field.column == "SXNR";
                let value = if other_work { OTHER_WORK } else { value };
                match planted.get(&(record, field.column.as_str())) {
                    Some(typed) => put(sheet, line, column, *typed),
                    None if value.is_empty() => {}
                    None => drop(sheet.write_string(line, column, value).unwrap()),
                }
            }
        }
    }
    book.save(path).unwrap();
}

fn put(sheet: &mut Worksheet, line: u32, column: u16, typed: Typed) {
    match typed {
        Typed::Text("") => {}
        Typed::Text(text) => drop(sheet.write_string(line, column, text).unwrap()),
        Typed::Number(number) => drop(sheet.write_number(line, column, number).unwrap()),
        Typed::Boolean(boolean) => drop(sheet.write_boolean(line, column, boolean).unwrap()),
        Typed::Broken => drop(sheet.write_formula(line, column, Formula::new("=1/0").set_result("#DIV/0!")).unwrap()),
    }
}

/// The rows that the receiver rejects on purpose, as its file of faults.
pub fn faults() -> String {
    let mut rejected: Vec<(&str, &str, &str)> =
        PLANTED.iter().filter(|p| p.then == Expected::Rejected).map(|p| (p.table, p.column, p.stored)).collect();
    rejected.sort_unstable();
    rejected.dedup();
    let reject = |(table, column, value): (&str, &str, &str)| {
        format!("[[reject]]\ntable = {table:?}\ncolumn = {column:?}\nvalue = {value:?}\n")
    };
    rejected.into_iter().map(reject).collect()
}
