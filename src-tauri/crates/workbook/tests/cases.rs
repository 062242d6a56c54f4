//! Untidy files as clerks and business systems make them, one small file for each kind (tests/cases), and what a reader
//! must make of each. The files were built by hand after public reports about other programs.

mod college;

use std::path::{Path, PathBuf};

use college::{INTERNSHIPS, edition, read_all, text};
use standard::Coded;
use workbook::{Limits, RowIn, SheetReading, Survey, open};

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file)
}

/// The first sheet with a table: its reading, the codes of all remarks, and its rows.
fn read(file: &str) -> (SheetReading, Vec<&'static str>, Vec<RowIn>) {
    let mut book = open(&path(file), &Limits::default()).unwrap_or_else(|error| panic!("{file}: {error}"));
    let reading = book.survey(edition(), &Survey::default()).remove(0);
    assert!(reading.table.is_some(), "{file}: a table is recognised");
    let (rows, read) = read_all(&mut book, &reading);
    let remarks = reading.remarks.iter().chain(&read.remarks).map(|remark| remark.code).collect();
    (reading, remarks, rows)
}

struct Case {
    file: &'static str,
    remarks: &'static [&'static str],
    /// Lines of the records.
    records: &'static [u32],
    /// The expected text of some cells: line, column, text.
    cells: &'static [(u32, &'static str, &'static str)],
}

const fn case(
    file: &'static str,
    remarks: &'static [&'static str],
    records: &'static [u32],
    cells: &'static [(u32, &'static str, &'static str)],
) -> Case {
    Case { file, remarks, records, cells }
}

const CASES: &[Case] = &[
    case("x00_clean/input.xlsx", &[], &[2, 3, 4], &[(2, "XH", "2024010101"), (4, "SXKSRQ", "20270301")]),
    case(
        "x01_empty_shared_string/input.xlsx",
        &[],
        &[2, 3, 4],
        &[(2, "BJMC", ""), (3, "ZYMC", ""), (4, "BJMC", "软件2401班")],
    ),
    case(
        "x02_builtin_chinese_date/input.xlsx",
        &[],
        &[2, 3, 4, 5, 6, 7, 8],
        &[(2, "SXKSRQ", "20270301"), (8, "SXKSRQ", "20270301")],
    ),
    case(
        "x03_format_with_prefix/input.xlsx",
        &["shown-by-format"],
        &[2, 3],
        &[(2, "XH", "2024010101"), (3, "XH", "2024010102")],
    ),
    case("x05_wps_cell_picture/input.xlsx", &[], &[2, 3], &[(2, "SXNR", "!picture")]),
    case(
        "x06_merged_down/input.xlsx",
        &["merged-cells"],
        &[2, 3, 4],
        &[(3, "ZYH", "510203"), (4, "BJMC", "软件2401班"), (4, "SXQYMC", "示例新企业01有限公司")],
    ),
    case("x08_hidden_rows/input.xlsx", &["hidden-rows"], &[2, 3, 4, 5], &[]),
    case("x09_second_row_of_columns/input.xlsx", &["rows-left-out"], &[3, 4], &[(3, "XH", "2024010101")]),
    case("x09_second_row_of_columns/input-types.xlsx", &["rows-left-out", "rows-left-out"], &[4, 5], &[]),
    case("x09_second_row_of_columns/input-numbers.xlsx", &["rows-left-out"], &[3, 4], &[]),
    case(
        "x10_group_headings/input.xlsx",
        &[],
        &[3, 4],
        &[(3, "XNZDJSGH", "2012001"), (3, "XNZDJSXM", "杨若洁"), (4, "XNZDJSDH", "13000000001")],
    ),
    case("x12_backslash_parts/input.xlsx", &[], &[2, 3], &[]),
    case("x13_cells_without_places/input.xlsx", &[], &[2, 3], &[(3, "XH", "2024010102")]),
    case("x14_wrong_dimension/input.xlsx", &[], &[2, 3], &[]),
    case(
        "x15_carriage_return_escape/input.xlsx",
        &[],
        &[2, 3, 4],
        &[(2, "SXNR", "第一行\r\n第二行\r\n第三行"), (3, "SXNR", "编号_x000D_不是换行")],
    ),
    case("x16_phonetic_and_rich/input.xlsx", &[], &[2, 3, 4], &[(2, "BJMC", "软件"), (3, "BJMC", "软件 2401班")]),
    case("x17_strict/input.xlsx", &[], &[2, 3, 4], &[(2, "SXKSRQ", "20270301"), (4, "SXKSRQ", "20270301")]),
    case("x18_prefixed/input.xlsx", &[], &[2, 3], &[]),
    case("x20_float_tail/input.xlsx", &[], &[2, 3, 4, 5], &[(2, "ZFSXXSSJBC", "8743.8"), (5, "ZFSXXSSJBC", "0.1")]),
    case("x21_heading_twice/input.xlsx", &["heading-twice"], &[2, 3], &[]),
    case("x23_all_columns_styled/input.xlsx", &[], &[2, 3], &[]),
    case("x23_all_columns_styled/input-far.xlsx", &["cells-without-heading"], &[2, 3], &[]),
    case("x24_mark_and_bom_in_parts/input.xlsx", &[], &[2, 3], &[]),
    case("x26_rows_of_nothing_but_defaults/input.xlsx", &["rows-left-out"], &[2, 3], &[]),
    case("y01_excel95_gbk/input.xls", &[], &[2, 3], &[(2, "ZYMC", "软件技术")]),
    case("y01_excel95_gbk/input-no-codepage.xls", &[], &[2, 3], &[(2, "ZYMC", "软件技术")]),
    case("y02_xls_formula_date/input.xls", &[], &[2, 3], &[(2, "SXKSRQ", "20270301")]),
    case("z01_tab_behind_every_value/input.csv", &[], &[2, 3, 4], &[(2, "XH", "2024010101")]),
    case("z01_tab_behind_every_value/input-ids-only.csv", &[], &[2, 3, 4], &[(2, "XH", "2024010101")]),
    case("z01_tab_behind_every_value/input-quoted.csv", &[], &[2, 3, 4], &[(2, "XH", "2024010101")]),
    case("z01_tab_behind_every_value/input-headings-too.csv", &[], &[2, 3, 4], &[(2, "XH", "2024010101")]),
    case("z02_equals_quotes/input.csv", &[], &[2, 3], &[(2, "XH", "2024010101"), (2, "XNZDJSDH", "13000000000")]),
    case("z02_equals_quotes/input-quoted.csv", &[], &[2, 3], &[(2, "XH", "2024010101")]),
    case("z03_sep_line/input.csv", &[], &[3, 4], &[(3, "XH", "2024010101")]),
    case("z03_sep_line/input-comma.csv", &[], &[3, 4], &[(3, "XH", "2024010101")]),
    case(
        "z05_exponents/input.csv",
        &["digits-lost", "digits-lost", "digits-lost"],
        &[2, 3],
        &[(2, "XH", "!digits-lost"), (3, "XH", "2024010102")],
    ),
    case("z07_unit_separator/input.csv", &[], &[2, 3], &[(2, "XH", "2024010101")]),
    case("z09_private_use_names/input.csv", &[], &[2], &[(2, "XSXM", "王䶮")]),
    case("z12_control_z/input.csv", &[], &[2, 3], &[]),
    case("p04_sheet_in_another_book/input.xlsx", &[], &[3, 4], &[(3, "XZM", "3")]),
    case("p05_fill_handle/input.xlsx", &[], &[3, 4, 5, 6], &[(4, "SFDK", "2 是")]),
];

#[test]
fn every_case_is_read_as_a_person_reads_it() {
    for Case { file, remarks, records, cells } in CASES {
        let (_, found, rows) = read(file);
        assert_eq!(found, *remarks, "{file}: remarks");
        let lines: Vec<u32> = rows.iter().filter(|row| row.left_out.is_none()).map(|row| row.line).collect();
        assert_eq!(lines, *records, "{file}: records");
        for (line, column, expected) in *cells {
            let row = rows.iter().find(|row| row.line == *line).unwrap();
            assert_eq!(text(row, column), *expected, "{file}: line {line}, {column}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_refused_by_its_reason() {
    let table = [
        ("x24_mark_and_bom_in_parts/input-utf16.xlsx", "workbook.damaged", ""),
        ("y04_web_page_as_xls/input.xls", "workbook.is-web-page", ""),
        ("y04_web_page_as_xls/input-2003.xml.xls", "workbook.is-web-page", ""),
        ("z04_one_bad_byte/input.csv", "workbook.encoding", "2"),
        ("z16_bad_byte_far_down/input.csv", "workbook.encoding", "31"),
    ];
    for (file, code, line) in table {
        let Err(error) = open(&path(file), &Limits::default()) else { panic!("{file} was opened") };
        assert_eq!(error.code(), code, "{file}");
        assert_eq!(error.params().get("line").map_or("", String::as_str), line, "{file}");
    }
}

#[test]
fn a_file_that_is_no_table_has_none() {
    let book = open(&path("p06_unrelated_file/input.xlsx"), &Limits::default()).unwrap();
    let readings = book.survey(edition(), &Survey::default());
    assert!(readings.iter().all(|reading| reading.table.is_none()));
}

#[test]
fn the_clerk_may_take_in_what_is_left_out() {
    let file = "x26_rows_of_nothing_but_defaults/input.xlsx";
    let mut book = open(&path(file), &Limits::default()).unwrap();
    let sheet = read(file).0.sheet;
    let correction =
        workbook::Correction { sheet, table: Some(INTERNSHIPS.into()), taken_in: [4, 6].into(), ..Default::default() };
    let reading =
        book.survey(edition(), &Survey { table: None, corrections: vec![correction], known: Vec::new() }).remove(0);
    let (rows, read) = read_all(&mut book, &reading);
    let records: Vec<u32> = rows.iter().filter(|row| row.left_out.is_none()).map(|row| row.line).collect();
    assert_eq!((records, read.rows), (vec![2, 3, 4, 6], 4));
}
