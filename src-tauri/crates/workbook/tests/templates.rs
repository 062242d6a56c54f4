//! What a template offers to the clerk who fills it, and what a workbook with findings says on its first sheet.

mod college;

use std::ops::ControlFlow;

use college::{College, INTERNSHIPS, edition, internships, stamp, table};
use standard::{Finding, Level, Table};
use workbook::{
    AnnotatedRecord, Limits, PlainOptions, RecordOut, Shown, Stamp, Survey, open, write_annotated, write_template,
};

fn named_stamp() -> Stamp {
    let departments = [(INTERNSHIPS.to_owned(), "招生就业处".to_owned())].into();
    Stamp { school_name: "示例 & 职业技术学院".into(), departments, ..stamp() }
}

/// All texts of a workbook.
fn shared(college: &College, name: &str) -> String {
    college.part(name, "xl/sharedStrings.xml")
}

#[test]
fn an_index_says_what_each_sheet_is_and_how_to_send_it_back() {
    let college = College::new();
    let tables: Vec<&Table> = [INTERNSHIPS, "ODS_XXJBSJ"].map(|name| edition().table(name).unwrap()).to_vec();
    let path = college.path("两张.xlsx");
    write_template(&path, edition(), &tables, &named_stamp(), None).unwrap();
    let words = shared(&college, "两张.xlsx");
    for word in [
        "示例 &amp; 职业技术学院填报模板",
        "招生就业处",
        "ODS_XXJBSJ",
        "怎样填",
        "颜色的意思",
        "怎样交回",
        "省、市、区县",
    ] {
        assert!(words.contains(word), "{word}");
    }
    let book = college.part("两张.xlsx", "xl/workbook.xml");
    assert!(book.find("使用说明").unwrap() < book.find("实习基础").unwrap(), "it comes first: {book}");
    let links = college.part("两张.xlsx", "xl/worksheets/sheet1.xml");
    assert!(links.contains("<hyperlink ") && links.contains("实习基础"), "its lines lead to the sheets");
    // Reading back knows it: nothing of it is data.
    let book = open(&path, &Limits::default()).unwrap();
    let read: Vec<Option<String>> = book.survey(edition(), &Survey::default()).into_iter().map(|r| r.table).collect();
    assert_eq!(read, [Some(INTERNSHIPS.to_owned()), Some("ODS_XXJBSJ".to_owned())]);
    // A single table comes first, because the clerk opens the workbook for it.
    write_template(&path, edition(), &tables[..1], &named_stamp(), None).unwrap();
    let book = college.part("两张.xlsx", "xl/workbook.xml");
    assert!(book.find("实习基础").unwrap() < book.find("使用说明").unwrap(), "{book}");
}

#[test]
fn required_cells_are_marked_and_pages_are_set_up() {
    let college = College::new();
    write_template(&college.path("a.xlsx"), edition(), &[table()], &named_stamp(), None).unwrap();
    let sheet = college.part("a.xlsx", "xl/worksheets/sheet1.xml");
    // Functions that every program has, and no extension of one program.
    let rules: Vec<&str> = sheet.split("<cfRule").skip(1).collect();
    assert!(rules.iter().all(|rule| rule.contains("type=\"expression\"")), "{rules:?}");
    assert!(rules[0].contains("AND(LEN(TRIM(A3))=0,COUNTA($A3:$"), "{}", rules[0]);
    let conditions = table().fields.iter().filter(|field| !field.required && !field.is_system());
    let conditions = conditions.filter(|f| f.required_when.as_ref().is_some_and(|when| when.column.is_some())).count();
    assert_eq!(rules.len(), 1 + conditions, "and those that are required under a condition");
    assert!(sheet.contains("&amp;L实习基础&amp;R示例 &amp;&amp; 职业技术学院"), "school and table above");
    assert!(sheet.contains("第 &amp;P 页，共 &amp;N 页") && sheet.contains("fitToHeight=\"0\""), "{sheet}");
    let book = college.part("a.xlsx", "xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles"), "headings on every page");
    // Without a draft's records nothing hinders sorting: no protection.
    assert!(!sheet.contains("sheetProtection"));
}

#[test]
fn findings_have_an_index_with_links_and_without_people() {
    let college = College::new();
    let records = internships(3);
    let at = |column: &str| table().position(column).unwrap();
    let finding = |column: &str, level, value: &str| Finding {
        table: INTERNSHIPS.into(),
        row: Some(1),
        column: Some(column.into()),
        rule: "code".into(),
        level,
        value: value.into(),
        message: "“{value}”不对".into(),
        suggestion: None,
    };
    let mut source = |_: &Table, sink: &mut dyn FnMut(AnnotatedRecord<'_>) -> ControlFlow<()>| {
        for (row, values) in (1i64..).zip(&records) {
            let findings =
                [finding("SXXSM", Level::Mandatory, "77"), finding("XSXM", Level::Confirm, &values[at("XSXM")])];
            let record = RecordOut { row, key: &values[0], values };
            if sink(AnnotatedRecord { record, findings: &findings }).is_break() {
                break;
            }
        }
        Ok(())
    };
    write_annotated(&college.path("问题.xlsx"), edition(), &[table()], &named_stamp(), &mut source).unwrap();
    let words = shared(&college, "问题.xlsx");
    for word in ["校验问题", "“77”不对", "强制", "核实", "3"] {
        assert!(words.contains(&format!(">{word}<")), "{word}: {words}");
    }
    for (name, bytes) in college.parts("问题.xlsx") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(records.iter().all(|record| !text.contains(&record[at("XSXM")])), "a name in {name}");
    }
    let index = college.part("问题.xlsx", "xl/worksheets/sheet2.xml");
    assert_eq!(index.matches("<hyperlink ").count(), 2, "a link for each group: {index}");
    let book = open(&college.path("问题.xlsx"), &Limits::default()).unwrap();
    assert_eq!(book.survey(edition(), &Survey::default()).len(), 1);
}

#[test]
fn what_a_spreadsheet_would_calculate_is_harmless_in_csv_and_numbers_stay_numbers() {
    let college = College::new();
    let mut records = internships(1);
    let at = |column: &str| table().position(column).unwrap();
    records[0][at("SXNR")] = "=HYPERLINK(\"http://a.example\",\"点\")".into();
    records[0][at("XSXM")] = "'=1".into();
    let number = table().fields.iter().position(|f| f.kind == standard::Kind::Integer).unwrap();
    records[0][number] = "-5".into();
    let options = PlainOptions::for_file(&college.path("a.csv"), Shown::Codes).unwrap();
    college.plain("a.csv", &[INTERNSHIPS], options, &records);
    let text = std::fs::read_to_string(college.path("a.csv")).unwrap();
    assert!(text.contains("\"'=HYPERLINK(") && text.contains(",''=1,") && text.contains(",-5,"), "{text}");
    let options = PlainOptions::for_file(&college.path("a.jsonl"), Shown::Codes).unwrap();
    college.plain("a.jsonl", &[INTERNSHIPS], options, &records);
    let text = std::fs::read_to_string(college.path("a.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(text.trim_end()).unwrap();
    assert_eq!((text.lines().count(), &line["XSXM"]), (1, &"'=1".into()), "JSON has types and needs no sign");
}
