//! Workbooks as colleges make them for themselves: headings of everyday words, several tables on one sheet, invisible
//! characters, text files of every kind.

mod college;

use std::path::PathBuf;

use college::{College, INTERNSHIPS, edition, read_all, text};
use workbook::{KnownHeading, Limits, RowIn, SheetReading, Survey, open};

fn file(college: &College, name: &str, bytes: &[u8]) -> PathBuf {
    std::fs::write(college.path(name), bytes).unwrap();
    college.path(name)
}

fn read(path: &std::path::Path, wishes: &Survey) -> (SheetReading, Vec<(&'static str, String)>, Vec<RowIn>) {
    let mut book = open(path, &Limits::default()).unwrap();
    let reading = book.survey(edition(), wishes).remove(0);
    let (rows, read) = read_all(&mut book, &reading);
    let remarks = reading.remarks.iter().chain(&read.remarks).map(|remark| {
        let words: Vec<&str> = remark.params.iter().map(|(_, value)| value.as_str()).collect();
        (remark.code, words.join("|"))
    });
    (reading.clone(), remarks.collect(), rows)
}

/// A list of internships in everyday words.
const EVERYDAY: &str = "学号,姓名,专业代码,专业,班级,实习单位,开始时间,结束时间,校内指导老师,电话,实习生生均报酬\n\
    2024010101,张三,510203,软件技术,软件2401班,某公司,2027-03-01,2027-06-30,杨若洁,13000000001,2000\n";

#[test]
fn everyday_words_are_headings() {
    let college = College::new();
    let path = file(&college, "实习名单.csv", EVERYDAY.as_bytes());
    let (reading, remarks, rows) = read(&path, &Survey::default());
    assert_eq!(reading.table.as_deref(), Some(INTERNSHIPS));
    let cells = ["XH", "XSXM", "ZYH", "ZYMC", "BJMC", "SXQYMC", "SXKSRQ", "SXJSRQ", "XNZDJSXM", "XNZDJSDH"];
    let read: Vec<String> = cells.iter().map(|column| text(&rows[0], column)).collect();
    // The heading does not say whose telephone it is, so the clerk is asked.
    let expected = [
        "2024010101",
        "张三",
        "510203",
        "软件技术",
        "软件2401班",
        "某公司",
        "2027-03-01",
        "2027-06-30",
        "杨若洁",
        "(absent)",
    ];
    assert_eq!(read, expected);
    assert!(remarks.contains(&("heading-word", "姓名|学生姓名".into())), "{remarks:?}");
    assert!(remarks.contains(&("heading-like", "电话|校内指导教师电话".into())), "{remarks:?}");
    assert!(remarks.contains(&("heading-like", "实习生生均报酬|支付实习学生生均报酬".into())), "{remarks:?}");
}

#[test]
fn what_the_college_confirmed_comes_first() {
    let college = College::new();
    let path = file(&college, "a.csv", EVERYDAY.as_bytes());
    let known = |heading: &str, column: &str| KnownHeading {
        table: INTERNSHIPS.into(),
        heading: heading.into(),
        column: column.into(),
    };
    let wishes = Survey {
        known: vec![known("＊电 话", "XNZDJSDH"), known("班级", ""), known("姓名", "NOT_THERE")],
        ..Survey::default()
    };
    let (reading, remarks, rows) = read(&path, &wishes);
    assert_eq!(reading.table.as_deref(), Some(INTERNSHIPS));
    assert_eq!(text(&rows[0], "XNZDJSDH"), "13000000001");
    assert_eq!(text(&rows[0], "BJMC"), "(absent)", "left out as the college said");
    assert_eq!(text(&rows[0], "XSXM"), "张三", "a column that is gone says nothing");
    assert!(!remarks.iter().any(|(code, words)| *code == "heading-like" && words.starts_with("电话")));
}

#[test]
fn another_table_below_is_left_out_and_said() {
    let college = College::new();
    let text = format!(
        "{EVERYDAY}\n表二 教材\n教材名称,出版号,作者,出版社,版次\n机械制图,9787111111111,李四,某出版社,2\n电工,9787111111112,王五,某出版社,1\n"
    );
    let path = file(&college, "a.csv", text.as_bytes());
    let (_, remarks, rows) = read(&path, &Survey { table: Some(INTERNSHIPS.into()), ..Survey::default() });
    assert_eq!(rows.iter().filter(|row| row.left_out.is_none()).count(), 1, "{rows:?}");
    let second: Vec<_> = remarks.iter().filter(|(code, _)| *code == "second-table").collect();
    assert!(matches!(second.as_slice(), [(_, words)] if words.starts_with("5|")), "{remarks:?}");
}

#[test]
fn signs_that_nobody_sees_are_said() {
    let college = College::new();
    let path =
        file(&college, "a.csv", "学号,学生姓名,实习内容\n2024\u{200b}0101,张三,甲\n20240102,李四,乙\n".as_bytes());
    let (_, remarks, rows) = read(&path, &Survey::default());
    assert_eq!(remarks, [("unseen-signs", "学号|1|2".into())]);
    assert_eq!(text(&rows[0], "XH"), "2024\u{200b}0101", "they are dropped where the value is normalised");
}

#[test]
fn text_files_of_every_kind() {
    let college = College::new();
    let records = "学号,学生姓名,实习内容\n0012,张三,\"甲,乙\n丙\"\n0013,李四,丁\n";
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let tabs = records.replace("\"甲,乙\n丙\"", "甲乙").replace(',', "\t");
    let lines = records.replace("\"甲,乙\n丙\"", "甲乙").replace(',', "|");
    let semicolons = records.replace("\"甲,乙\n丙\"", "甲乙").replace(',', ";");
    let table: [(&str, Vec<u8>); 8] = [
        ("a.csv", records.as_bytes().to_vec()),
        ("a.txt", tabs.as_bytes().to_vec()),
        ("b.txt", wide(&tabs)),
        ("c.txt", [&b"\xff\xfe"[..], &wide(&tabs)].concat()),
        ("d.txt", tabs.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("e.txt", lines.as_bytes().to_vec()),
        ("f.csv", semicolons.as_bytes().to_vec()),
        ("g.csv", records.replace('\n', "\r\n").as_bytes().to_vec()),
    ];
    for (name, bytes) in table {
        let (reading, _, rows) = read(&file(&college, name, &bytes), &Survey::default());
        assert!(reading.table.is_some(), "{name}");
        let found: Vec<(String, String)> = rows.iter().map(|row| (text(row, "XH"), text(row, "XSXM"))).collect();
        assert_eq!(found, [("0012".into(), "张三".into()), ("0013".into(), "李四".into())], "{name}");
    }
}

#[test]
fn forms_number_their_headings_and_end_in_lines_that_are_no_records() {
    let college = College::new();
    let lines = "1.学号：,2、学生姓名：,（3）实习内容：\n0012,张三,甲\n第 1 页 共 2 页,,\n1.学号：,2、学生姓名：,（3）实习内容：\n\
        0013,李四,乙\n以下空白,,\n";
    let (reading, _, rows) = read(&file(&college, "a.csv", lines.as_bytes()), &Survey::default());
    assert_eq!(reading.unmapped, Vec::<String>::new());
    let records: Vec<String> = rows.iter().filter(|row| row.left_out.is_none()).map(|row| text(row, "XH")).collect();
    assert_eq!(records, ["0012", "0013"]);
}

#[test]
fn a_sheet_whose_headings_stand_one_below_the_other_is_not_read() {
    let college = College::new();
    let (headings, record) = EVERYDAY.split_once('\n').unwrap();
    let mut turned = String::from("实习情况表\n");
    for (heading, value) in headings.split(',').zip(record.trim().split(',')) {
        turned += &format!("{heading},{value},{value}\n");
    }
    for told in [None, Some(INTERNSHIPS.to_owned())] {
        let path = file(&college, "a.csv", turned.as_bytes());
        let book = open(&path, &Limits::default()).unwrap();
        let reading = book.survey(edition(), &Survey { table: told, ..Survey::default() }).remove(0);
        let codes: Vec<&str> = reading.remarks.iter().map(|remark| remark.code).collect();
        assert_eq!((codes, reading.header_row), (vec!["turned"], None));
    }
}

#[test]
fn hidden_sheets_are_named() {
    let college = College::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, hidden) in [("实习", false), ("旧数据", true), ("空表", true)] {
        let sheet = book.add_worksheet().set_name(name).unwrap().set_hidden(hidden);
        for (at, text) in ["学号", "学生姓名", "实习内容"].into_iter().enumerate().filter(|_| name != "空表")
        {
            sheet.write(0, at as u16, text).unwrap();
            sheet.write(1, at as u16, "1").unwrap();
        }
    }
    book.save(college.path("a.xlsx")).unwrap();
    let (_, remarks, rows) = read(&college.path("a.xlsx"), &Survey::default());
    assert_eq!((remarks, rows.len()), (vec![("hidden-sheets", "旧数据".to_owned())], 1));
}

/// calamine gives the values of an .xlsb; the rest is read here.
#[test]
fn a_binary_workbook_says_more_than_its_values() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/workbooks/corpus/hand.xlsb");
    let (_, remarks, rows) = read(&path, &Survey::default());
    let codes: Vec<&str> = remarks.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["shown-by-format", "merged-cells", "hidden-rows"]);
    assert_eq!(text(&rows[6], "XH"), "2024010107");
    assert_eq!(text(&rows[2], "ZYMC"), "软件技术");
}
