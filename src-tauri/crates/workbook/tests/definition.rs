//! A definition workbook gives back the edition that it was written from: from the file itself, and after LibreOffice
//! saved it in its own form and back.

mod college;

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use college::College;
use standard::definition::{self, plan};
use standard::{Coded, Edition, Standards};
use workbook::{Limits, open, write_definition};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::builtin().expect("the built-in standards load"));

/// Writes the definition of an edition.
fn write(path: &Path, edition: &Edition) {
    let sheets = definition::sheets(edition);
    let names = write_definition(path, &edition.title, &sheets, "2026-11-21T08:30:00+08:00").unwrap();
    assert_eq!(names, plan::ALL.map(|plan| plan.name));
}

/// Reads a definition and compares it.
#[track_caller]
fn holds(path: &Path, edition: &Edition) {
    let mut book = open(path, &Limits::of_definitions()).unwrap();
    let texts = book.texts(|name| plan::ALL.iter().any(|plan| plan.name == name)).unwrap();
    let read = definition::read(&texts, &STANDARDS).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    for (read, table) in read.edition.tables.iter().zip(&edition.tables) {
        assert_eq!(read, table, "{}: {}", path.display(), table.name);
    }
    for (read, rule) in read.edition.rules.iter().zip(&edition.rules) {
        assert_eq!(read, rule, "{}: {}", path.display(), rule.id);
    }
    assert_eq!(read.edition.code_lists, edition.code_lists, "{}", path.display());
    assert!(read.edition == *edition, "{}", path.display());
}

#[test]
fn every_edition_comes_back_from_its_workbook() {
    let college = College::new();
    for edition in STANDARDS.editions() {
        let path = college.path(&format!("{}.xlsx", edition.id));
        write(&path, edition);
        holds(&path, edition);
    }
}

/// Drop-downs, notes and frozen headings are there for those who write an edition.
#[test]
fn the_workbook_helps_those_who_fill_it() {
    let college = College::new();
    write(&college.path("x.xlsx"), &STANDARDS.edition("zhongzhi-2023.06").unwrap());
    let names = ["说明"].into_iter().chain(plan::ALL.map(|plan| plan.name));
    let book = open(&college.path("x.xlsx"), &Limits::default()).unwrap();
    assert!(book.sheets().map(|sheet| sheet.name.as_str()).eq(names));
    // The third sheet behind the guide: fields.
    let fields = college.part("x.xlsx", "xl/worksheets/sheet4.xml");
    assert!(fields.contains("ySplit=\"1\"") && fields.contains("xSplit=\"2\""));
    assert!(fields.contains("文字,长文字,整数") && fields.contains("是,否"));
    assert!(college.part("x.xlsx", "xl/comments3.xml").contains("每张表都要有 ZJSJWYXBS"));
}

/// A definition is kept in memory as a whole: what could fill it is refused, by name.
#[test]
fn a_file_that_claims_too_much_is_refused() {
    let college = College::new();
    for (name, text, code) in [
        ("长.csv", "行\n".repeat(100_001), "workbook.too-many-rows"),
        ("宽.csv", "列,".repeat(61) + "\n", "workbook.too-many-columns"),
    ] {
        std::fs::write(college.path(name), text).unwrap();
        let read = open(&college.path(name), &Limits::of_definitions()).and_then(|mut book| book.texts(|_| false));
        assert_eq!(read.err().map(|error| error.code()).as_deref(), Some(code), "{name}");
    }
}

/// LibreOffice opens each workbook, saves it as .ods and as .xls, and the .ods as .xlsx again.
#[cfg(target_os = "linux")]
#[test]
fn every_edition_comes_back_through_an_office_program() {
    let college = College::new();
    let files: Vec<_> =
        STANDARDS.editions().iter().map(|edition| college.path(&format!("{}.xlsx", edition.id))).collect();
    for (path, edition) in files.iter().zip(STANDARDS.editions()) {
        write(path, edition);
    }
    let convert = |from: &[std::path::PathBuf], to: &str, folder: &str| -> Vec<std::path::PathBuf> {
        let profile = format!("-env:UserInstallation=file://{}", college.path("profile").display());
        let mut command = Command::new("soffice");
        command.args([&profile, "--headless", "--norestore", "--nologo", "--convert-to", to, "--outdir"]);
        command.arg(college.path(folder)).args(from);
        let output = command.output().expect("soffice is on the path: cargo xtask test installs libreoffice-calc");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let there = |path: &std::path::PathBuf| {
            let name = path.with_extension(to);
            college.path(folder).join(name.file_name().unwrap())
        };
        from.iter().map(there).collect()
    };
    let open_document = convert(&files, "ods", "ods");
    let old = convert(&files, "xls", "xls");
    let back = convert(&open_document, "xlsx", "back");
    for (at, edition) in STANDARDS.editions().iter().enumerate() {
        for path in [&open_document[at], &old[at], &back[at]] {
            holds(path, edition);
        }
    }
}
