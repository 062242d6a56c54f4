//! Files that are larger than anybody's table: read in pieces, with memory that does not grow with them.
//!
//! `TIANBAO_LARGE_MB` says how large the text file is (16), `TIANBAO_LARGE_ROWS` how many rows the workbook has
//! (20,000). The limits of the forms:
//! `TIANBAO_LARGE_MB=2048 TIANBAO_LARGE_ROWS=1048575 cargo test -p tianbao-workbook --release --test large`.

mod college;

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use college::{College, INTERNSHIPS, edition, table};
use workbook::{CellIn, Limits, Survey, open};
use zip::write::{SimpleFileOptions, ZipWriter};

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The most memory that this process ever used, in MB; `None` where the system does not report it.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb / 1024)
}

/// Reads all rows: how many, and the last student's number.
fn read(path: &Path) -> (u64, String) {
    let mut book = open(path, &Limits::default()).unwrap();
    let wishes = Survey { table: Some(INTERNSHIPS.into()), ..Survey::default() };
    let reading = book.survey(edition(), &wishes).remove(0);
    let at = table().position("XH").unwrap();
    let mut last = String::new();
    let read = book.rows(edition(), table(), &reading, &mut |row| {
        if let CellIn::Value(text) = &row.cells[at] {
            last.clone_from(text);
        }
        ControlFlow::Continue(())
    });
    (read.unwrap().rows, last)
}

/// One test, so that nothing else takes memory in between.
#[test]
fn memory_does_not_grow_with_the_file() {
    let college = College::new();
    let content = "在软件测试员岗位跟随企业指导人员学习，熟悉岗位职责和安全规范。";

    let (path, megabytes) = (college.path("large.csv"), number("TIANBAO_LARGE_MB", 16));
    let mut file = BufWriter::new(std::fs::File::create(&path).unwrap());
    writeln!(file, "学号,学生姓名,班级名称,实习内容").unwrap();
    let (mut rows, mut bytes) = (0u64, 0);
    while bytes < megabytes * 1024 * 1024 {
        let line = format!("{:012},张小明,软件2401班,\"{content}\n第 {rows} 组\"\r\n", rows + 1);
        bytes += line.len() as u64;
        rows += 1;
        file.write_all(line.as_bytes()).unwrap();
    }
    drop(file);
    read(&path_of_few(&college)); // what the edition and the reader take
    let before = most_memory();
    assert_eq!(read(&path), (rows, format!("{rows:012}")));
    let grown = before.zip(most_memory()).map(|(before, after)| after - before);
    assert!(grown.is_none_or(|mb| mb < 32), "{grown:?} MB for {megabytes} MB");
    std::fs::remove_file(&path).unwrap();

    let (path, rows) = (college.path("large.xlsx"), number("TIANBAO_LARGE_ROWS", 20_000));
    write_workbook(&path, rows, content);
    let before = most_memory();
    assert_eq!(read(&path), (rows, format!("{rows:012}")));
    let grown = before.zip(most_memory()).map(|(before, after)| after - before);
    assert!(grown.is_none_or(|mb| mb < 64), "{grown:?} MB for {rows} rows");
}

fn path_of_few(college: &College) -> std::path::PathBuf {
    std::fs::write(college.path("few.csv"), "学号,学生姓名\n1,a\n").unwrap();
    college.path("few.csv")
}

/// A workbook as programs write it that keep nothing in memory: texts stand in the cells.
fn write_workbook(path: &Path, rows: u64, content: &str) {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="实习" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
    ];
    let mut zip = ZipWriter::new(BufWriter::new(std::fs::File::create(path).unwrap()));
    let options = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
    for (name, text) in parts {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let head = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>");
    zip.write_all(head.as_bytes()).unwrap();
    let mut row = |number: u64, cells: [&str; 5]| {
        let mut line = format!("<row r=\"{number}\">");
        for (column, cell) in ('A'..).zip(cells) {
            line.push_str(&format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"));
        }
        line.push_str("</row>");
        zip.write_all(line.as_bytes()).unwrap();
    };
    row(1, ["学号", "学生姓名", "班级名称", "实习内容", "实习企业名称"]);
    for number in 1..=rows {
        let firm = format!("示例企业{}有限公司", number.wrapping_mul(2_654_435_761) % 1_000_003);
        row(number + 1, [&format!("{number:012}"), "张小明", "软件2401班", content, &firm]);
    }
    zip.write_all(b"</sheetData></worksheet>").unwrap();
    zip.finish().unwrap();
}
