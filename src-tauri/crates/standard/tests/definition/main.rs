//! An edition told as sheets and read again is the same edition; sheets with a mistake are refused, and the mistake is
//! told by sheet, row, column and value.

mod random;

use std::sync::LazyLock;

use proptest::prelude::*;
use standard::definition::{self, CellText, Definition, Fault, RowText, Sheet, SheetText, Why};
use standard::{Coded, Standards};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::builtin().expect("the built-in standards load"));

/// What a workbook of these sheets holds.
fn text(sheets: &[Sheet]) -> Vec<SheetText> {
    let cells = |cells: &[String]| cells.iter().map(|cell| CellText::Text(cell.clone())).collect();
    let sheet = |sheet: &Sheet| {
        let headings: Vec<String> = sheet.plan.columns.iter().map(|column| column.heading.to_owned()).collect();
        let rows = std::iter::once(&headings).chain(&sheet.rows);
        let rows = rows.zip(1..).map(|(row, line)| RowText { line, cells: cells(row) });
        SheetText { name: sheet.plan.name.to_owned(), rows: rows.collect() }
    };
    sheets.iter().map(sheet).collect()
}

fn read(sheets: &[SheetText]) -> Result<Definition, Fault> {
    definition::read(sheets, &STANDARDS)
}

#[test]
fn every_edition_comes_back() {
    for edition in STANDARDS.editions() {
        let back = read(&text(&definition::sheets(edition))).unwrap();
        for (back, table) in back.edition.tables.iter().zip(&edition.tables) {
            assert_eq!(back, table, "{}", table.name);
        }
        for (back, rule) in back.edition.rules.iter().zip(&edition.rules) {
            assert_eq!(back, rule, "{}", rule.id);
        }
        assert_eq!(back.edition.crosswalks, edition.crosswalks);
        assert_eq!(back.edition.templates, edition.templates);
        assert!(back.edition == **edition, "{}", edition.id);
        assert_eq!(back.package, standard::write::package(edition));
    }
}

/// The sheets of an edition with one change.
fn after(change: impl FnOnce(&mut Vec<SheetText>)) -> Fault {
    let mut sheets = text(&definition::sheets(&STANDARDS.edition("gaozhi-2024.09").unwrap()));
    change(&mut sheets);
    read(&sheets).expect_err("the change is a mistake")
}

fn sheet<'a>(sheets: &'a mut [SheetText], name: &str) -> &'a mut SheetText {
    sheets.iter_mut().find(|sheet| sheet.name == name).unwrap()
}

/// Puts a value under a heading into the first row in which some cell is `row`.
fn put(sheets: &mut [SheetText], name: &str, row: &str, heading: &str, value: &str) {
    let sheet = sheet(sheets, name);
    let at = sheet.rows[0].cells.iter().position(|cell| cell.text() == heading).unwrap();
    let row = sheet.rows.iter_mut().find(|r| r.cells.iter().any(|cell| cell.text() == row)).unwrap();
    row.cells[at] = CellText::Text(value.to_owned());
}

#[test]
fn mistakes_in_cells_are_told_by_sheet_row_column_and_value() {
    let cases = [
        ("版本", "版本标识", "内容", "高职 2026", "definition.bad-id"),
        ("版本", "版本标识", "内容", "../x", "definition.bad-id"),
        ("版本", "版本标识", "内容", "national", "definition.bad-id"),
        ("版本", "发布年月", "内容", "2024年9月", "definition.bad-month"),
        ("版本", "修订号", "内容", "1.0", "definition.bad-revision"),
        ("版本", "学校层次", "内容", "小学", "definition.not-a-word"),
        ("版本", "修订号", "项目", "标准名称", "definition.twice"),
        ("版本", "ZYGXX01", "所属", "NONE", "definition.unknown-name"),
        ("数据表", "ODS_XXJBSJ", "表名", "ods_xxjbsj", "definition.bad-name"),
        ("数据表", "ODS_XXJBSJ", "表名", "X_OWN", "definition.bad-name"),
        ("数据表", "ODS_XXJBSJ", "表名", "ODS_SXJCSJ", "definition.twice"),
        ("数据表", "ODS_XXJBSJ", "报送频率", "有空时", "definition.not-a-word"),
        ("数据表", "ODS_XXJBSJ", "数据子集", "NONE", "definition.unknown-name"),
        ("数据表", "ODS_XXJBSJ", "自然主键", "NONE", "definition.unknown-name"),
        ("数据表", "ODS_XXJBSJ", "标题", "", "definition.cell-empty"),
        ("数据表", "ODS_XXJBSJ", "关联表", "ODS_NONE", "definition.bad-association"),
        ("数据项", "ODS_SXJCSJ", "表名", "ODS_NONE", "definition.unknown-name"),
        ("数据项", "SXSC", "类型", "数目", "definition.not-a-word"),
        ("数据项", "SXSC", "总位数", "好几", "definition.not-a-number"),
        ("数据项", "SXSC", "列名", "XH", "definition.twice"),
        ("数据项", "SXSC", "代码集", "XQDM", "definition.list-kind"),
        ("数据项", "SXSC", "正则", "[0-9", "definition.bad-pattern"),
        ("数据项", "SXSC", "引用", "ODS_NONE.XH", "definition.unknown-name"),
        ("数据项", "SXSC", "必填条件列", "XH", "definition.bad-condition"),
        ("数据项", "ZYCCM", "代码集", "NONE", "definition.unknown-name"),
        ("代码集", "XQDM", "代码集", "a/b", "definition.bad-name"),
        ("代码", "XQDM", "代码集", "NONE", "definition.unknown-name"),
        ("代码", "XQDM", "名称", "", "definition.cell-empty"),
        ("代码", "XQDM", "上级代码", "NONE", "definition.unknown-name"),
        ("版本衔接", "数据项", "方式", "都行", "definition.not-a-word"),
        ("版本衔接", "数据项", "旧列", "NONE", "definition.misfit"),
        ("版本衔接", "数据项", "新列", "NONE", "definition.misfit"),
    ];
    for (name, row, heading, value, code) in cases {
        let fault = after(|sheets| put(sheets, name, row, heading, value));
        assert_eq!(fault.code(), code, "{name} {heading} {value}: {fault}");
        let told = [fault.sheet.as_str(), fault.value.as_str()];
        if code != "definition.twice" {
            assert!(told[0] == name && told[1].ends_with(value), "{fault}");
            assert_eq!(fault.column, heading, "{fault}");
        }
        assert!(fault.row > 1, "{fault}");
    }
}

#[test]
fn workbooks_that_do_not_fit_are_told() {
    for (heading, value) in [("表名", "ODS_NONE"), ("列名", "NONE"), ("缺少的名称", "没有这个名称")] {
        let mut sheets = text(&definition::sheets(&STANDARDS.edition("zhongzhi-2023.06").unwrap()));
        put(&mut sheets, "导入模板", "表1：学校基本数据子类表_导入模板.xlsx", heading, value);
        let fault = read(&sheets).unwrap_err();
        // The first row names the table of its workbook; the others contradict it then.
        let code = if heading == "表名" { "definition.bad-association" } else { "definition.misfit" };
        assert_eq!((fault.code().as_str(), fault.sheet.as_str()), (code, "导入模板"), "{fault}");
        assert!(fault.row >= 2 && !fault.column.is_empty(), "{fault}");
    }
}

#[test]
fn mistakes_in_sheets_and_headings_are_told() {
    let gone = after(|sheets| sheets.retain(|sheet| sheet.name != "代码"));
    assert_eq!((gone.why, gone.sheet.as_str()), (Why::SheetMissing, "代码"));
    let strange = after(|sheets| sheets.push(SheetText { name: "规则2".into(), rows: Vec::new() }));
    assert_eq!((strange.code().as_str(), strange.sheet.as_str()), ("definition.sheet-unknown", "规则2"));
    let heading = |from: usize, to: &'static str| {
        after(move |sheets| sheet(sheets, "数据项").rows[0].cells[from] = CellText::Text(to.into()))
    };
    let twice = heading(2, "列名");
    assert_eq!((twice.why, twice.column.as_str(), twice.row), (Why::ColumnTwice, "列名", 1));
    let unknown = heading(2, "题目");
    assert_eq!((unknown.why, unknown.value.as_str()), (Why::ColumnUnknown, "题目"));
    assert_eq!(heading(2, "").why, Why::NoHeading);
    let lost = after(|sheets| {
        let sheet = sheet(sheets, "数据表");
        sheet.rows.iter_mut().for_each(|row| drop(row.cells.remove(1)));
    });
    assert_eq!((lost.why, lost.column.as_str()), (Why::ColumnMissing, "标题"));
    let fact = after(|sheets| sheet(sheets, "版本").rows.retain(|row| row.cells[0].text() != "发布年月"));
    assert_eq!((fact.why, fact.value.as_str()), (Why::FactMissing, "发布年月"));
    let system = after(|sheets| {
        sheet(sheets, "数据项").rows.retain(|row| row.cells[0].text() != "ODS_SXJCSJ" || row.cells[1].text() != "XXDM")
    });
    assert_eq!((system.why, system.value.as_str()), (Why::NoSystemColumn, "XXDM"));
    let error = after(|sheets| sheet(sheets, "代码").rows[3].cells[1] = CellText::Error("#REF!".into()));
    assert_eq!((error.why, error.value.as_str(), error.row), (Why::CellError, "#REF!", 4));
    let digits =
        after(|sheets| sheet(sheets, "代码").rows[3].cells[1] = CellText::DigitsLost("1234567890123456789".into()));
    assert_eq!(digits.why, Why::DigitsLost);
}

#[test]
fn rules_that_cannot_be_read_are_told() {
    let rule = |change: &dyn Fn(&mut Vec<String>)| {
        let mut row = [
            "ODS_SXJCSJ.test-rule",
            "强制",
            "ODS_SXJCSJ",
            "SXJSRQ、SXKSRQ",
            "SXJSRQ >= SXKSRQ",
            "",
            "“{value}”太早",
            "因为",
            "",
            r#"{"SXJSRQ":"20260630"}"#,
            r#"{"SXJSRQ":"20260101"}"#,
        ]
        .map(str::to_owned)
        .to_vec();
        change(&mut row);
        let mut sheets = text(&definition::sheets(&STANDARDS.edition("gaozhi-2024.09").unwrap()));
        let rules = sheet(&mut sheets, "规则");
        rules.rows.truncate(1);
        rules.rows.push(RowText { line: 2, cells: row.into_iter().map(CellText::Text).collect() });
        read(&sheets).map(|read| read.edition.rules.len())
    };
    assert_eq!(rule(&|_| {}), Ok(1));
    let said = |at: usize, value: &str| {
        let fault = rule(&|row| row[at] = value.to_owned()).unwrap_err();
        format!("{} {} {}", fault.code(), fault.column, fault.value)
    };
    assert_eq!(said(0, "ODS_SXJCSJ.Test"), "definition.bad-rule 规则标识 ODS_SXJCSJ.Test");
    assert_eq!(said(3, "SXJSRQ、NONE"), "definition.bad-rule 列名 NONE");
    assert_eq!(said(4, ""), "definition.bad-rule 判断式 neither or both");
    assert_eq!(said(9, "{"), "definition.bad-case 通过示例 {");
    assert_eq!(said(10, r#"{"NONE":"1"}"#), "definition.bad-rule 不通过示例 NONE");
}

/// Columns may stand in another order, optional ones may be missing, names may be parted by commas, words may be
/// decorated: what a person does to a sheet.
#[test]
fn a_sheet_may_be_arranged() {
    let edition = STANDARDS.edition("zhongzhi-2023.06").unwrap();
    let mut sheets = text(&definition::sheets(&edition));
    sheets.reverse();
    for sheet in &mut sheets {
        sheet.rows.iter_mut().for_each(|row| row.cells.reverse());
        let headings = &mut sheet.rows[0].cells;
        headings.iter_mut().for_each(|cell| *cell = CellText::Text(format!("* {}", cell.text())));
    }
    let keys = sheet(&mut sheets, "数据表");
    for cell in keys.rows.iter_mut().skip(1).flat_map(|row| &mut row.cells) {
        *cell = CellText::Text(cell.text().replace('、', "， "));
    }
    let read = read(&sheets).unwrap().edition;
    assert!(
        read.tables.iter().zip(&edition.tables).all(|(a, b)| (&a.name, &a.natural_key) == (&b.name, &b.natural_key))
    );
}

/// A workbook that an earlier version wrote says the same in its words.
#[test]
fn earlier_words_are_read() {
    let edition = STANDARDS.edition("gaozhi-2024.09").unwrap();
    let mut sheets = text(&definition::sheets(&edition));
    let mut changed = 0;
    for cell in sheet(&mut sheets, "数据表").rows.iter_mut().flat_map(|row| &mut row.cells) {
        if cell.text() == "首次填报，变动时更新" {
            *cell = CellText::Text("一次，变动时更新".to_owned());
            changed += 1;
        }
    }
    assert!(changed > 0);
    assert_eq!(read(&sheets).unwrap().edition.tables, edition.tables);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_edition_comes_back(edition in random::edition()) {
        let back = read(&text(&definition::sheets(&edition))).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        for (back, table) in back.edition.tables.iter().zip(&edition.tables) {
            prop_assert_eq!(back, table);
        }
        prop_assert_eq!(&back.edition.code_lists, &edition.code_lists);
        prop_assert!(back.edition == edition);
    }

    /// Whatever stands in a workbook, reading tells an edition or a mistake, and never panics.
    #[test]
    fn hostile_cells_never_panic(cells in proptest::collection::vec((0usize..8, 0usize..40, 0usize..33, ".{0,6}"), 1..6)) {
        let mut sheets = text(&definition::sheets(&STANDARDS.edition("zhongzhi-2023.06").unwrap()));
        for (sheet, row, column, value) in cells {
            let rows = &mut sheets[sheet].rows;
            let at = row % rows.len();
            if let Some(cell) = rows[at].cells.get_mut(column) {
                *cell = CellText::Text(value);
            }
        }
        let _ = read(&sheets);
    }
}
