//! Files that must be refused, each by its own name, quickly and without much memory; and files so broken that only
//! surviving them counts.

mod college;

use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use college::{College, INTERNSHIPS, edition, internships, table};
use proptest::prelude::*;
use standard::Coded;
use workbook::{Limits, OpenError, PlainOptions, Shown, Survey, open};
use zip::write::{SimpleFileOptions, ZipWriter};

fn refused(path: &Path) -> OpenError {
    match open(path, &Limits::default()) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

fn write(college: &College, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    std::fs::write(college.path(name), bytes).unwrap();
    college.path(name)
}

#[test]
fn what_is_no_workbook_is_told_apart() {
    let college = College::new();
    let table: [(&str, &[u8], &str); 8] = [
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "workbook.is-picture"),
        ("picture.csv", b"\xff\xd8\xff\xe0\0\x10JFIF", "workbook.is-picture"),
        ("a.pdf.xlsx", b"%PDF-1.7\n", "workbook.is-pdf"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "workbook.is-web-page"),
        ("program.xlsx", b"MZ\x90\0\x03\0\0\0", "workbook.is-program"),
        ("noise.csv", b"\x01\x02\x03\x04", "workbook.not-a-workbook"),
        ("cut.xlsx", b"PK\x03\x04\x14\0", "workbook.damaged"),
        ("cut.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "workbook.damaged"),
    ];
    for (name, bytes, code) in table {
        let error = refused(&write(&college, name, bytes));
        assert_eq!(error.code(), code, "{name}");
        assert_eq!(error.params()["file"], name);
    }
    assert_eq!(refused(&college.path("none.xlsx")).code(), "workbook.missing");
    assert_eq!(refused(college.path("x").parent().unwrap()).code(), "workbook.folder");
    assert_eq!(refused(&write(&college, "empty.xlsx", b"")).code(), "workbook.empty");
    // A line that neither UTF-8 nor GB18030 has.
    let error = refused(&write(&college, "bytes.csv", b"a,b\n1,2\n\xff\xff,3\n"));
    assert_eq!((error.code().as_str(), error.params()["line"].as_str()), ("workbook.encoding", "3"));
}

#[test]
fn other_archives_are_told_apart() {
    let college = College::new();
    for (part, content, code) in [
        ("word/document.xml", "<w/>", "workbook.is-document"),
        ("mimetype", "application/vnd.oasis.opendocument.text", "workbook.is-document"),
        ("xl/workbook.bin", "", "workbook.damaged"),
        ("readme.txt", "hello", "workbook.is-archive"),
    ] {
        let path = zip_of(&college, "a.xlsx", &[(part, content)]);
        assert_eq!(refused(&path).code(), code, "{part}");
    }
    let manifest = "<manifest:encryption-data/>";
    let ods = "application/vnd.oasis.opendocument.spreadsheet";
    let path = zip_of(&college, "a.ods", &[("mimetype", ods), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(refused(&path).code(), "workbook.password");
}

fn zip_of(college: &College, name: &str, parts: &[(&str, &str)]) -> std::path::PathBuf {
    let mut zip = ZipWriter::new(std::fs::File::create(college.path(name)).unwrap());
    for (part, content) in parts {
        zip.start_file(*part, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    college.path(name)
}

/// A workbook like ours whose sheet inflates to this number of megabytes.
fn bomb(college: &College, name: &str, part: &str, megabytes: usize) -> std::path::PathBuf {
    college.template("real.xlsx", &[INTERNSHIPS], None);
    let mut zip = ZipWriter::new(std::fs::File::create(college.path(name)).unwrap());
    for (real, bytes) in college.parts("real.xlsx").into_iter().filter(|(real, _)| real != part) {
        zip.start_file(real, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.start_file(part, SimpleFileOptions::default().compression_level(Some(1))).unwrap();
    let blank = vec![b' '; 1024 * 1024];
    (0..megabytes).for_each(|_| zip.write_all(&blank).unwrap());
    zip.finish().unwrap();
    college.path(name)
}

#[test]
fn a_zip_bomb_is_refused_by_what_it_declares() {
    let college = College::new();
    let path = bomb(&college, "bomb.xlsx", "xl/worksheets/sheet1.xml", 300);
    assert!(path.metadata().unwrap().len() < 4 * 1024 * 1024, "small on the disk");
    let error = refused(&path);
    assert_eq!((error.code().as_str(), error.params()["limit_mb"].as_str()), ("workbook.inflates", "64"));
}

#[test]
fn a_zip_bomb_that_lies_is_refused_as_well() {
    let college = College::new();
    let path = bomb(&college, "liar.xlsx", "xl/sharedStrings.xml", 80);
    let mut bytes = std::fs::read(&path).unwrap();
    // Both headers of the part say that it has 1,000 bytes.
    let real = (80u32 * 1024 * 1024).to_le_bytes();
    let mut lies = 0;
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == real {
            bytes[at..at + 4].copy_from_slice(&1_000u32.to_le_bytes());
            lies += 1;
        }
    }
    assert!(lies >= 1, "the declared size was found");
    std::fs::write(&path, bytes).unwrap();
    let code = refused(&path).code();
    assert!(["workbook.inflates", "workbook.damaged"].contains(&code.as_str()), "{code}");
}

#[test]
fn a_promise_of_strings_is_not_believed() {
    let college = College::new();
    college.template("real.xlsx", &[INTERNSHIPS], None);
    let mut parts = college.parts("real.xlsx");
    for (name, bytes) in &mut parts {
        if name == "xl/sharedStrings.xml" {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let count = text.split("uniqueCount=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            let lie = text.replace(&format!("uniqueCount=\"{count}\""), "uniqueCount=\"99999999999999\"");
            assert_ne!(text, lie);
            *bytes = lie.into_bytes();
        }
    }
    let mut zip = ZipWriter::new(std::fs::File::create(college.path("lie.xlsx")).unwrap());
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
    assert_eq!(refused(&college.path("lie.xlsx")).code(), "workbook.damaged");
}

#[test]
fn limits_are_named() {
    let college = College::new();
    college.template("a.xlsx", &[INTERNSHIPS], Some(&internships(50)));
    let codes = PlainOptions::for_file(&college.path("a.ods"), Shown::Codes).unwrap();
    college.plain("a.ods", &[INTERNSHIPS], codes, &internships(50));
    std::fs::write(college.path("a.csv"), "a,b\n".repeat(50)).unwrap();
    let first = |limits: Limits, name: &str| -> OpenError {
        match open(&college.path(name), &limits) {
            Err(error) => error,
            Ok(mut book) => {
                let wishes = Survey { table: Some(INTERNSHIPS.into()), ..Survey::default() };
                let reading = book.survey(edition(), &wishes).remove(0);
                book.rows(edition(), table(), &reading, &mut |_| ControlFlow::Continue(())).unwrap_err()
            }
        }
    };
    for name in ["a.xlsx", "a.ods", "a.csv"] {
        let error = first(Limits { rows: 40, text_rows: 40, ..Limits::default() }, name);
        assert_eq!(
            (error.code().as_str(), error.params()["limit"].as_str()),
            ("workbook.too-many-rows", "40"),
            "{name}"
        );
        let error = first(Limits { columns: 1, ..Limits::default() }, name);
        assert_eq!(
            (error.code().as_str(), error.params()["limit"].as_str()),
            ("workbook.too-many-columns", "1"),
            "{name}"
        );
        let error = first(Limits { file_bytes: 10, ..Limits::default() }, name);
        assert_eq!(error.code(), "workbook.too-large", "{name}");
    }
    let error = first(Limits { sheets: 1, ..Limits::default() }, "a.xlsx");
    assert_eq!(error.code(), "workbook.too-many-sheets");
}

/// An .ods of this content, as another program might write it.
fn ods(college: &College, rows: &str) -> std::path::PathBuf {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content><office:body><office:spreadsheet><table:table table:name="实习基础">
        <table:table-row><table:table-cell office:value-type="string"><text:p>学号</text:p></table:table-cell>
        <table:table-cell office:value-type="string"><text:p>学生姓名</text:p></table:table-cell></table:table-row>
        {rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let ods = "application/vnd.oasis.opendocument.spreadsheet";
    zip_of(college, "a.ods", &[("mimetype", ods), ("content.xml", &content)])
}

#[test]
fn an_ods_cannot_claim_a_million_cells() {
    let college = College::new();
    let cell = "<table:table-cell office:value-type=\"string\" REPEATED><text:p>1</text:p></table:table-cell>";
    let row = |attribute: &str| {
        let wide = cell.replace("REPEATED", attribute);
        format!("<table:table-row>{wide}</table:table-row>")
    };
    let error = refused(&ods(&college, &row("table:number-columns-repeated=\"2000000000\"")));
    assert_eq!(error.code(), "workbook.too-many-columns");
    // Repeated nothing costs nothing.
    let blank = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell \
                 table:number-columns-repeated=\"16384\"/></table:table-row>";
    assert!(open(&ods(&college, blank), &Limits::default()).is_ok());
    let many = row("").replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"999999999\">");
    let mut book = open(&ods(&college, &many), &Limits::default()).unwrap();
    let wishes = Survey { table: Some(INTERNSHIPS.into()), ..Survey::default() };
    let reading = book.survey(edition(), &wishes).remove(0);
    let error = book.rows(edition(), table(), &reading, &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(error.code(), "workbook.too-many-rows");
}

/// Opens, surveys and reads everything; only surviving counts.
fn exhaust(path: &Path) {
    let limits = Limits { rows: 2_000, columns: 300, ..Limits::default() };
    let Ok(mut book) = open(path, &limits) else { return };
    for reading in book.survey(edition(), &Survey::default()) {
        if let Some(table) = reading.table.as_deref().and_then(|name| edition().table(name)) {
            let _ = book.rows(edition(), table, &reading, &mut |_| ControlFlow::Continue(()));
        }
    }
}

/// The sound workbooks that are broken below: one of each form.
fn sound(form: usize) -> Vec<u8> {
    static SOUND: std::sync::LazyLock<Vec<Vec<u8>>> = std::sync::LazyLock::new(|| {
        let college = College::new();
        let records = internships(3);
        college.template("a.xlsx", &[INTERNSHIPS], Some(&records));
        let mut files = vec![std::fs::read(college.path("a.xlsx")).unwrap()];
        for name in ["b.ods", "c.csv"] {
            let options = PlainOptions::for_file(&college.path(name), Shown::Codes).unwrap();
            college.plain(name, &[INTERNSHIPS], options, &records);
            files.push(std::fs::read(college.path(name)).unwrap());
        }
        let xls = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/workbooks/internships.xls");
        files.push(std::fs::read(xls).unwrap());
        files
    });
    SOUND[form].clone()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn broken_bytes_are_survived(
        form in 0usize..4,
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = sound(form);
        for (at, byte) in breaks {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let college = College::new();
        exhaust(&write(&college, "broken", &bytes));
    }

    /// Zipped forms guard their bytes with checksums, so what is inside is broken before it is packed.
    #[test]
    fn broken_parts_are_survived(
        form in 0usize..2,
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[<>\"'/=0-9A-Za-z&;]"), 1..8),
    ) {
        let college = College::new();
        let path = write(&college, "sound", &sound(form));
        let mut parts = Vec::new();
        let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            parts.push((part.name().unwrap().into_owned(), bytes));
        }
        for (part, at, byte) in breaks {
            let part = part.index(parts.len());
            let bytes = &mut parts[part].1;
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte.as_bytes()[0];
            }
        }
        let mut zip = ZipWriter::new(std::fs::File::create(college.path("broken")).unwrap());
        for (name, bytes) in parts {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        zip.finish().unwrap();
        exhaust(&college.path("broken"));
    }

    #[test]
    fn noise_is_survived(start in 0usize..5, noise in prop::collection::vec(any::<u8>(), 0..600)) {
        const STARTS: [&[u8]; 5] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf"];
        let college = College::new();
        exhaust(&write(&college, "noise", &[STARTS[start], &noise].concat()));
    }
}
