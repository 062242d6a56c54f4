//! A real office program opens what we write and saves what we read: LibreOffice, without a window, driven by a macro
//! that types into the cells as a clerk would.
//!
//! `cargo xtask test` installs it. It is looked for on the path, so this program of tests is for Linux.
#![cfg(target_os = "linux")]

mod college;

use std::process::Command;

use college::{College, INTERNSHIPS, as_read, edition, internships, read_all, table};
use standard::Coded;
use workbook::{CellIn, Limits, PlainOptions, RecordMark, RowIn, Shown, Survey, open};

/// Runs one macro of StarBasic in LibreOffice with a profile of its own.
fn run_macro(college: &College, body: &str) {
    let profile = format!("-env:UserInstallation=file://{}", college.path("profile").display());
    let soffice = |last: &str| {
        let mut command = Command::new("soffice");
        command.args([&profile, "--headless", "--norestore", "--nologo", last]);
        let output = command.output().expect("soffice is on the path: cargo xtask test installs libreoffice-calc");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    // The first start fills the profile, and would put its own empty module over ours.
    soffice("--terminate_after_init");
    let escaped = body.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let module = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{escaped}</script:module>"#
    );
    std::fs::write(college.path("profile/user/basic/Standard/Module1.xba"), module).unwrap();
    soffice("macro:///Standard.Module1.Main");
}

/// Opens a workbook, runs `fill` on its first sheet, and saves it in these forms (name, LibreOffice's filter).
fn fill_and_save(college: &College, file: &str, fill: &str, forms: &[(&str, &str)]) {
    save_with(college, file, fill, forms, None);
}

/// The same with a password.
fn save_with(college: &College, file: &str, fill: &str, forms: &[(&str, &str)], password: Option<&str>) {
    let url = |name: &str| format!("file://{}", college.path(name).display());
    let mut body = format!(
        "Sub Main\nOn Error GoTo Failed\nDim hidden(0) As New com.sun.star.beans.PropertyValue\nhidden(0).Name = \"Hidden\"\n\
         hidden(0).Value = True\ndoc = StarDesktop.loadComponentFromURL(\"{}\", \"_blank\", 0, hidden())\n\
         sheet = doc.Sheets.getByIndex(0)\n{fill}",
        url(file)
    );
    body.push_str("Dim kind(1) As New com.sun.star.beans.PropertyValue\nkind(0).Name = \"FilterName\"\n");
    body.push_str("Dim ed(1) As New com.sun.star.beans.NamedValue\n");
    for (name, filter) in forms {
        body.push_str(&format!("kind(0).Value = \"{filter}\"\n"));
        if let Some(password) = password {
            // The newest form takes its password in another property than the older ones.
            let newest = "ed(0).Name = \"OOXPassword\"\ned(1).Name = \"CryptoType\"\ned(1).Value = \"Standard\"\n\
                          kind(1).Name = \"EncryptionData\"\nkind(1).Value = ed()\n";
            let older = format!("kind(1).Name = \"Password\"\nkind(1).Value = \"{password}\"\n");
            body.push_str(&format!("ed(0).Value = \"{password}\"\n"));
            body.push_str(if filter.contains("2007") { newest } else { &older });
        }
        body.push_str(&format!("doc.storeToURL(\"{}\", kind())\n", url(name)));
    }
    // Without a window nobody could answer the message box of an error.
    body.push_str("doc.close(True)\nFailed:\nStarDesktop.terminate()\nEnd Sub\n");
    run_macro(college, &body);
    for (name, _) in forms {
        assert!(college.path(name).is_file(), "{name} was saved");
    }
}

/// What a clerk types into a cell of text, of the form of StarBasic.
fn typed(column: usize, row: usize, text: &str) -> String {
    let parts: Vec<String> = text.split('\n').map(|line| format!("\"{}\"", line.replace('"', "\"\""))).collect();
    format!("sheet.getCellByPosition({column}, {row}).String = {}\n", parts.join(" & Chr(10) & "))
}

fn read(college: &College, name: &str) -> Vec<RowIn> {
    let mut book = open(&college.path(name), &Limits::default()).unwrap();
    assert_eq!(book.stamp().unwrap().edition, "gaozhi-2024.09", "{name}");
    assert_eq!(book.sheets().count(), 1, "{name}: hidden sheets stay ours");
    let reading = book.survey(edition(), &Survey::default()).remove(0);
    assert_eq!((reading.header_row, reading.unmapped.len()), (Some(2), 0), "{name}");
    let (rows, read) = read_all(&mut book, &reading);
    assert_eq!(read.remarks, [], "{name}");
    rows
}

const FORMS: [(&str, &str); 3] =
    [("saved.xlsx", "Calc MS Excel 2007 XML"), ("saved.xls", "MS Excel 97"), ("saved.ods", "calc8")];

#[test]
fn a_template_filled_in_libreoffice_is_read_the_same_in_all_forms() {
    let college = College::new();
    college.template("template.xlsx", &[INTERNSHIPS], None);
    let records = internships(12);
    let filled: Vec<(usize, &standard::Field)> =
        table().fields.iter().enumerate().filter(|(_, field)| !field.is_system()).collect();
    let mut fill = String::new();
    for (row, record) in records.iter().enumerate() {
        for (column, (at, field)) in filled.iter().enumerate() {
            // Coded cells are chosen from the drop-down, numbers are numbers, everything else is typed as text.
            let list = field.code_list.as_deref().and_then(|id| edition().code_list(id));
            let chosen = list.and_then(|l| l.get(&record[*at])).map(|c| format!("{} {}", c.code, c.name));
            match field.kind {
                standard::Kind::Integer | standard::Kind::Decimal => {
                    fill += &format!("sheet.getCellByPosition({column}, {}).Value = {}\n", row + 2, record[*at]);
                }
                _ => fill += &typed(column, row + 2, chosen.as_deref().unwrap_or(&record[*at])),
            }
        }
    }
    fill_and_save(&college, "template.xlsx", &fill, &FORMS);
    for (name, _) in FORMS {
        let rows = read(&college, name);
        assert_eq!(rows.len(), records.len(), "{name}");
        for (row, record) in rows.iter().zip(&records) {
            assert_eq!(row.cells, as_read(record), "{name}");
            assert_eq!(row.mark, None);
        }
    }
    // The drop-downs are still there.
    let sheet = college.part("saved.xlsx", "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("type=\"list\"") && sheet.contains("_codes"), "drop-downs in .xlsx");
    let content = college.part("saved.ods", "content.xml");
    assert!(content.contains("cell-content-is-in-list([$_codes."), "drop-downs in .ods");
    let bytes = std::fs::read(college.path("saved.xls")).unwrap();
    let stream = xls_stream(&college, &bytes);
    // Record DV (0x01BE); the low four bits of its flags are the kind, 3 for a list.
    let lists = records_of(&stream, 0x01be).filter(|data| data[0] & 0x0f == 3).count();
    let coded = filled.iter().filter(|(_, field)| field.kind == standard::Kind::Code);
    let coded =
        coded.filter(|(_, field)| field.code_list.as_deref().is_some_and(|id| edition().code_list(id).is_some()));
    assert_eq!(lists, coded.count(), "drop-downs in .xls");
}

/// The stream `Workbook` of an .xls.
fn xls_stream(college: &College, bytes: &[u8]) -> Vec<u8> {
    std::fs::write(college.path("copy"), bytes).unwrap();
    let mut container = cfb::open(college.path("copy")).unwrap();
    let mut stream = Vec::new();
    std::io::Read::read_to_end(&mut container.open_stream("/Workbook").unwrap(), &mut stream).unwrap();
    stream
}

fn records_of(stream: &[u8], kind: u16) -> impl Iterator<Item = &[u8]> {
    let mut rest = stream;
    let records = std::iter::from_fn(move || {
        let (head, tail) = rest.split_at_checked(4)?;
        let (data, next) = tail.split_at_checked(u16::from_le_bytes([head[2], head[3]]) as usize)?;
        rest = next;
        Some((u16::from_le_bytes([head[0], head[1]]), data))
    });
    records.filter(move |(found, _)| *found == kind).map(|(_, data)| data)
}

#[test]
fn dates_numbers_and_errors_of_libreoffice() {
    let college = College::new();
    college.template("template.xlsx", &[INTERNSHIPS], Some(&internships(1)));
    let at = |column: &str| table().filled_fields().position(|f| f.column == column).unwrap();
    let day = "Dim day As New com.sun.star.lang.Locale\nformats = doc.NumberFormats\n\
               key = formats.queryKey(\"YYYY-MM-DD\", day, False)\n\
               If key = -1 Then key = formats.addNew(\"YYYY-MM-DD\", day)\n\
               zeros = formats.queryKey(\"000000\", day, False)\n\
               If zeros = -1 Then zeros = formats.addNew(\"000000\", day)\n";
    let cell = |column: &str, what: &str| format!("sheet.getCellByPosition({}, 2).{what}\n", at(column));
    let fill = [
        day.to_owned(),
        cell("SXKSRQ", "NumberFormat = key"),
        cell("SXKSRQ", "Value = 46266"),
        cell("SXDDSZSJGBM", "NumberFormat = zeros"),
        cell("SXDDSZSJGBM", "Value = 11001"),
        cell("SXSC", "Formula = \"=4*4.5\""),
        cell("SXCJ", "Formula = \"=0.1+0.2\""),
        cell("ZFSXXSSJBC", "Formula = \"=1/0\""),
    ]
    .concat();
    fill_and_save(&college, "template.xlsx", &fill, &FORMS);
    for (name, _) in FORMS {
        let row = read(&college, name).remove(0);
        let value = |column: &str| row.cells[table().position(column).unwrap()].clone();
        assert_eq!(value("SXKSRQ"), CellIn::Value("20260901".into()), "{name}");
        assert_eq!(value("SXSC"), CellIn::Value("18".into()), "{name}");
        assert_eq!(value("SXCJ"), CellIn::Value("0.3".into()), "{name}");
        assert_eq!(
            value("ZFSXXSSJBC"),
            CellIn::Unreadable(workbook::Unreadable::ErrorValue("#DIV/0!".into())),
            "{name}"
        );
        assert_eq!(value("SXDDSZSJGBM"), CellIn::Value("011001".into()), "{name}");
        assert!(matches!(row.mark, Some(RecordMark::Key(_))), "{name}: the hidden column is kept");
    }
}

#[test]
fn our_plain_forms_open_in_libreoffice_as_they_are() {
    let college = College::new();
    let records = internships(5);
    for name in ["plain.ods", "plain.xlsx"] {
        let options = PlainOptions::for_file(&college.path(name), Shown::Codes).unwrap();
        college.plain(name, &[INTERNSHIPS], options, &records);
        fill_and_save(&college, name, "", &[("again.xlsx", "Calc MS Excel 2007 XML"), ("again.ods", "calc8")]);
        for again in ["again.xlsx", "again.ods"] {
            let mut book = open(&college.path(again), &Limits::default()).unwrap();
            let reading = book.survey(edition(), &Survey::default()).remove(0);
            let (rows, _) = read_all(&mut book, &reading);
            assert_eq!(rows.len(), 5, "{name} as {again}");
            for (row, record) in rows.iter().zip(&records) {
                assert_eq!(row.cells, as_read(record), "{name} as {again}");
            }
        }
    }
}

#[test]
fn passwords_of_all_forms_are_recognised() {
    let college = College::new();
    college.template("template.xlsx", &[INTERNSHIPS], None);
    save_with(&college, "template.xlsx", "", &FORMS, Some("secret"));
    for (name, _) in FORMS {
        let code = open(&college.path(name), &Limits::default()).err().map(|error| error.code());
        assert_eq!(code.as_deref(), Some("workbook.password"), "{name}");
    }
}

/// The drop-down of a city offers the cities of its province, that of a county the counties of its city: LibreOffice
/// itself says which cells hold what their lists do not offer. Missing required cells are coloured by its own
/// reckoning.
#[test]
fn lists_of_regions_depend_on_one_another_in_libreoffice() {
    let college = College::new();
    let name = "ODS_XXJBSJ";
    college.template("regions.xlsx", &[name], None);
    let school = edition().table(name).unwrap();
    let fields: Vec<&standard::Field> = school.filled_fields().collect();
    let at = |column: &str| fields.iter().position(|field| field.column == column).unwrap();
    let places = ["SJGBM", "SHJGBM", "QXJGBM"].map(at);
    // Row by row: what stands in the three cells, and whether all of it is offered.
    let rows = [
        (["320000 江苏省", "320100 南京市", "320102 玄武区"], true),
        (["320000 江苏省", "110100 市辖区", ""], false),
        (["320000 江苏省", "320200 无锡市", "320102 玄武区"], false),
        (["", "110100 市辖区", "110101 东城区"], true),
        (["420000 湖北省", "429000 省直辖县级行政区划", "429004 仙桃市"], true),
    ];
    let mut fill = String::from("said = \"\"\n");
    for (n, (texts, _)) in rows.iter().enumerate() {
        for (place, text) in places.iter().zip(texts) {
            fill += &typed(*place, 2, text);
        }
        // One row at a time, because the answer is for the whole sheet.
        fill += &format!("said = said & \"{n}=\" & sheet.showInvalid() & \";\"\nsheet.clearArrows()\n");
    }
    fill += &format!("sheet.getCellByPosition({}, 0).String = said\n", fields.len() + 3);
    fill_and_save(&college, "regions.xlsx", &fill, &[("regions.ods", "calc8"), ("regions.xls", "MS Excel 97")]);
    let content = college.part("regions.ods", "content.xml");
    let said = content.split("0=").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
    for (n, (texts, offered)) in rows.iter().enumerate() {
        let invalid = format!("0={said}").split(';').any(|part| part.to_lowercase() == format!("{n}=true"));
        assert_eq!(!invalid, *offered, "{texts:?}: 0={said}");
    }
    assert!(content.contains("is-true-formula(AND(LEN(TRIM(") || content.contains("formula-is(AND(LEN(TRIM("), "marks");
}
