//! What is written comes back: templates, annotated workbooks and plain exports, through every form.

mod college;

use std::collections::BTreeMap;

use college::{College, INTERNSHIPS, as_read, edition, internships, read_all, stamp, table};
use proptest::prelude::*;
use standard::{Coded, Finding, Level};
use workbook::{
    AnnotatedRecord, CellIn, Headings, Limits, PlainForm, PlainOptions, RecordMark, RecordOut, Shown, Survey, Written,
    is_masked_text, open, write_annotated, write_plain, write_template,
};

#[test]
fn a_template_with_rows_comes_back_as_it_was() {
    let college = College::new();
    let records = internships(40);
    let written = college.template("实习.xlsx", &[INTERNSHIPS], Some(&records));
    assert_eq!(written.sheets[0].rows, 40);
    let mut book = open(&college.path("实习.xlsx"), &Limits::default()).unwrap();
    let found = book.stamp().unwrap();
    assert_eq!((found.edition.as_str(), found.masked, found.step), ("gaozhi-2024.09", false, 7));
    let sheets: Vec<&str> = book.sheets().map(|s| s.name.as_str()).collect();
    assert_eq!(sheets, ["实习基础"], "the hidden sheets are not shown");
    let reading = book.survey(edition(), &Survey::default()).remove(0);
    assert_eq!((reading.table.as_deref(), reading.header_row), (Some(INTERNSHIPS), Some(2)));
    assert_eq!(reading.unmapped, Vec::<String>::new());
    assert_eq!(reading.missing_required, Vec::<String>::new());
    assert_eq!(reading.remarks, []);
    let (rows, _) = read_all(&mut book, &reading);
    assert_eq!(rows.len(), 40);
    for (row, record) in rows.iter().zip(&records) {
        assert_eq!(row.cells, as_read(record));
        assert_eq!(row.mark, Some(RecordMark::Key(record[0].clone())));
    }
    assert_eq!(rows[0].line, 3);
}

#[test]
fn every_table_of_the_edition_has_a_template_that_is_understood() {
    let college = College::new();
    let names: Vec<&str> = edition().tables.iter().map(|t| t.name.as_str()).collect();
    let written = college.template("全部.xlsx", &names, None);
    assert_eq!(written.sheets.len(), 98);
    // Without the stamp, headings alone must tell the table.
    let book = open(&college.path("全部.xlsx"), &Limits::default()).unwrap();
    for (reading, table) in book.survey(edition(), &Survey::default()).iter().zip(&edition().tables) {
        assert_eq!(reading.table.as_deref(), Some(table.name.as_str()));
        assert_eq!(reading.unmapped, Vec::<String>::new(), "{}", table.name);
        assert_eq!(reading.missing_required, Vec::<String>::new(), "{}", table.name);
        assert_eq!(reading.headings.len(), table.filled_fields().count(), "{}", table.name);
        assert_eq!(reading.mark, None);
    }
}

#[test]
fn headings_alone_tell_every_table() {
    let college = College::new();
    for table in &edition().tables {
        let options = PlainOptions { form: PlainForm::Csv, shown: Shown::Codes, headings: Headings::Titles };
        college.plain("无名.csv", &[&table.name], options, &[]);
        let text = std::fs::read_to_string(college.path("无名.csv")).unwrap();
        std::fs::write(college.path("无名.csv"), text + "x").unwrap();
        let book = open(&college.path("无名.csv"), &Limits::default()).unwrap();
        let reading = book.survey(edition(), &Survey::default()).remove(0);
        let twins = reading.remarks.iter().any(|remark| remark.code == "ambiguous-table");
        assert!(reading.table.as_deref() == Some(table.name.as_str()) || twins, "{} read as {reading:?}", table.name);
    }
}

#[test]
fn plain_exports_come_back_in_every_form() {
    let college = College::new();
    let records = internships(25);
    for (name, form) in [("a.xlsx", PlainForm::Xlsx), ("a.ods", PlainForm::Ods), ("a.csv", PlainForm::Csv)] {
        for shown in [Shown::Codes, Shown::Names] {
            let options = PlainOptions::for_file(&college.path(name), shown).unwrap();
            assert_eq!(options.form, form);
            let written = college.plain(name, &[INTERNSHIPS], options, &records);
            assert_eq!(written.sheets[0].rows, 25);
            let mut book = open(&college.path(name), &Limits::default()).unwrap();
            let reading = book.survey(edition(), &Survey::default()).remove(0);
            assert_eq!(reading.unmapped, Vec::<String>::new(), "{name}");
            let (rows, _) = read_all(&mut book, &reading);
            assert_eq!(rows.len(), 25, "{name}");
            for (row, record) in rows.iter().zip(&records) {
                assert_eq!(row.mark, Some(RecordMark::Key(record[0].clone())), "{name}");
                match shown {
                    Shown::Codes => assert_eq!(row.cells, as_read(record), "{name}"),
                    Shown::Names => {
                        let at = table().position("XZM").unwrap();
                        let list = edition().code_list("XZDM").unwrap();
                        let name_of = list.get(&record[at]).unwrap().name.clone();
                        assert_eq!(row.cells[at], CellIn::Value(name_of), "{name}");
                    }
                }
            }
        }
    }
}

#[test]
fn json_is_json() {
    let college = College::new();
    let records = internships(3);
    let options = PlainOptions::for_file(&college.path("a.json"), Shown::Codes).unwrap();
    college.plain("a.json", &[INTERNSHIPS, "ODS_XSHXSJ"], options, &records);
    let text = std::fs::read_to_string(college.path("a.json")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["edition"], "gaozhi-2024.09");
    assert_eq!(value["tables"][0]["rows"][2]["XH"], records[2][2].as_str());
    assert_eq!(value["tables"][1]["rows"], serde_json::json!([]));
}

#[test]
fn an_annotated_workbook_hides_people_and_comes_back_unharmed() {
    let college = College::new();
    let records = internships(3);
    let name_at = table().position("XSXM").unwrap();
    let code_at = table().position("SXXSM").unwrap();
    let finding = |column: &str, level, value: &str, message: &str| Finding {
        table: INTERNSHIPS.into(),
        row: Some(1),
        column: Some(column.into()),
        rule: "code".into(),
        level,
        value: value.into(),
        message: message.into(),
        suggestion: None,
    };
    let findings = [
        finding("SXXSM", Level::Mandatory, "77", "“{value}”不是代码"),
        finding("XSXM", Level::Hint, &records[0][name_at], "姓名“{value}”有空格"),
    ];
    let mut broken = records.clone();
    broken[0][code_at] = "77".into();
    let mut source = |_: &standard::Table, sink: &mut dyn FnMut(AnnotatedRecord<'_>) -> std::ops::ControlFlow<()>| {
        for (row, values) in (1i64..).zip(&broken) {
            // The second record has no key yet: its number stands in the hidden column.
            let key = if row == 2 { "" } else { values[0].as_str() };
            let record = RecordOut { row, key, values };
            if sink(AnnotatedRecord { record, findings: &findings }).is_break() {
                break;
            }
        }
        Ok(())
    };
    write_annotated(&college.path("问题.xlsx"), edition(), &[table()], &stamp(), &mut source).unwrap();
    let mut book = open(&college.path("问题.xlsx"), &Limits::default()).unwrap();
    assert!(book.stamp().unwrap().masked);
    let reading = book.survey(edition(), &Survey::default()).remove(0);
    assert_eq!(reading.unmapped, Vec::<String>::new(), "the reasons are no column");
    let (rows, _) = read_all(&mut book, &reading);
    assert_eq!(rows[1].mark, Some(RecordMark::Row(2)));
    let CellIn::Value(shown) = &rows[0].cells[name_at] else { panic!("a name") };
    assert_ne!(shown, &records[0][name_at], "a name is not shown");
    assert!(is_masked_text(&table().fields[name_at], shown, &records[0][name_at]));
    assert!(!is_masked_text(&table().fields[name_at], "别人", &records[0][name_at]));
    assert_eq!(rows[0].cells[code_at], CellIn::Value("77".into()));
    // Nothing personal anywhere in the file, the comments and the reasons included.
    for part in college.parts("问题.xlsx") {
        let text = String::from_utf8_lossy(&part.1);
        for column in ["XH", "XSXM", "XNZDJSDH"] {
            let value = &records[0][table().position(column).unwrap()];
            assert!(!text.contains(value.as_str()), "{column} in {}", part.0);
        }
    }
    let sheet = college.part("问题.xlsx", "xl/comments1.xml");
    assert!(sheet.contains("“77”不是代码"));
}

#[test]
fn a_template_is_kind_to_the_clerk() {
    let college = College::new();
    college.template("样式.xlsx", &[INTERNSHIPS], None);
    let sheet = college.part("样式.xlsx", "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<pane xSplit=\"1\" ySplit=\"2\""), "headings and the student number stay in sight");
    assert!(sheet.contains("<autoFilter ref=\"A2:"));
    assert!(sheet.contains("orientation=\"landscape\""));
    assert!(sheet.contains("numberStoredAsText=\"1\""));
    // XZM is the sixth column that is filled; its drop-down refers to the hidden sheet.
    assert!(sheet.contains("type=\"list\" errorStyle=\"warning\""));
    assert!(sheet.contains("<formula1>_codes!$A$2:$A$"), "{}", &sheet[sheet.find("<dataValidation ").unwrap()..]);
    let comments = college.part("样式.xlsx", "xl/comments1.xml");
    for word in ["必填", "选填", "YYYYMMDD", "代码集", "单位：周", "与《学生画像》中的学号一致"]
    {
        assert!(comments.contains(word), "{word}");
    }
    let core = college.part("样式.xlsx", "docProps/core.xml");
    assert!(core.contains("<dc:title>填报模板：实习基础</dc:title>"), "{core}");
    assert!(core.contains("2026-11-21T08:30:00Z"), "the caller's clock: {core}");
    let book = college.part("样式.xlsx", "xl/workbook.xml");
    assert!(book.contains("name=\"_tianbao\" sheetId=\"4\" state=\"veryHidden\""), "{book}");
    assert!(!sheet.contains("记录标识"), "nothing hidden in an empty template");
}

#[test]
fn corrections_win() {
    let college = College::new();
    std::fs::write(college.path("错.csv"), "学籍号,学生姓名,学校代码\n2026001,张三,1\n").unwrap();
    let mut book = open(&college.path("错.csv"), &Limits::default()).unwrap();
    let mut wishes = Survey { table: Some(INTERNSHIPS.into()), ..Survey::default() };
    let reading = book.survey(edition(), &wishes).remove(0);
    assert_eq!(reading.unmapped, ["学籍号"]);
    assert!(reading.missing_required.contains(&"XH".to_owned()));
    let columns = BTreeMap::from([("学籍号".to_owned(), "XH".to_owned()), ("学生姓名".to_owned(), String::new())]);
    wishes.corrections.push(workbook::Correction {
        sheet: "错".into(),
        table: Some(INTERNSHIPS.into()),
        columns,
        ..Default::default()
    });
    let reading = book.survey(edition(), &wishes).remove(0);
    assert_eq!(reading.unmapped, ["学生姓名"]);
    let (rows, _) = read_all(&mut book, &reading);
    assert_eq!(rows[0].cells[2], CellIn::Value("2026001".into()));
    assert_eq!(rows[0].cells[3], CellIn::Absent);
    assert_eq!(rows[0].mark, None);
    wishes.corrections[0].table = None;
    assert_eq!(book.survey(edition(), &wishes)[0].table, None, "left out");
}

#[test]
fn bad_calls_are_named() {
    let college = College::new();
    let none: &[&standard::Table] = &[];
    let codes = |result: Result<Written, workbook::WriteError>| result.unwrap_err().code();
    let mut empty = college::source(&[]);
    let options = |name: &str| PlainOptions::for_file(&college.path(name), Shown::Codes);
    assert_eq!(options("a.doc").unwrap_err().code(), "workbook.unknown-form");
    let write = |tables: &[&standard::Table], name: &str, source: &mut college::Source<'_>| {
        write_plain(&college.path(name), edition(), tables, &stamp(), options(name).unwrap(), source)
    };
    assert_eq!(codes(write(none, "a.csv", &mut empty)), "workbook.no-table");
    assert_eq!(codes(write(&[table(), &edition().tables[0]], "a.csv", &mut empty)), "workbook.one-table-only");
    assert_eq!(codes(write(&[table()], "none/a.csv", &mut empty)), "workbook.no-folder");
    let long = vec![vec!["长".repeat(40_000); table().fields.len()]];
    let mut long = college::source(&long);
    let error = write(&[table()], "a.xlsx", &mut long).unwrap_err();
    assert_eq!(error.code(), "workbook.cell-too-long");
    assert_eq!(error.params()["column"], "ZJSJWYXBS");
    assert!(!college.path("a.xlsx").exists(), "nothing half done");
    let path = college.path("none/a.xlsx");
    assert_eq!(codes(write_template(&path, edition(), &[table()], &stamp(), None)), "workbook.no-folder");
    let mut cancelled = |_: &standard::Table, _: &mut dyn FnMut(RecordOut<'_>) -> std::ops::ControlFlow<()>| {
        Err::<(), workbook::SourceError>("cancelled".into())
    };
    let path = college.path("b.xlsx");
    let error = write_template(&path, edition(), &[table()], &stamp(), Some(&mut cancelled)).unwrap_err();
    assert!(matches!(error, workbook::WriteError::Source(_)));
    assert!(!path.exists());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    /// Whatever a clerk may have typed survives every form, outer blanks and unprintable characters aside.
    #[test]
    fn any_text_survives(values in prop::collection::vec("[^\\p{C}\u{fffe}\u{ffff}]{0,12}", 34), odd in any::<usize>()) {
        let college = College::new();
        let mut record = internships(1).remove(0);
        for (at, value) in values.iter().enumerate() {
            record[at + 2] = value.trim().to_owned();
        }
        // A row of nothing is not a row.
        record[2] = format!("X{odd}");
        let records = [record];
        for name in ["t.xlsx", "p.xlsx", "p.ods", "p.csv"] {
            if name.starts_with('t') {
                college.template(name, &[INTERNSHIPS], Some(&records));
            } else {
                let options = PlainOptions::for_file(&college.path(name), Shown::Codes).unwrap();
                college.plain(name, &[INTERNSHIPS], options, &records);
            }
            let mut book = open(&college.path(name), &Limits::default()).unwrap();
            let wishes = Survey { table: Some(INTERNSHIPS.into()), ..Survey::default() };
            let reading = book.survey(edition(), &wishes).remove(0);
            let (rows, _) = read_all(&mut book, &reading);
            prop_assert_eq!(rows.len(), 1, "{}", name);
            prop_assert_eq!(&rows[0].cells, &as_read(&records[0]), "{}", name);
        }
    }
}
