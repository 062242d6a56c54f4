//! The printed specification says what the standard says, and an office program prints it.

mod college;

use college::{College, INTERNSHIPS, edition, table};
use standard::definition::SheetText;
use standard::{Coded, Table};
use workbook::{Limits, open, write_specification};

const WRITTEN_AT: &str = "2026-11-21T08:30:00+08:00";

fn write(college: &College, name: &str, tables: &[&Table]) -> Vec<SheetText> {
    write_specification(&college.path(name), edition(), tables, WRITTEN_AT).unwrap();
    open(&college.path(name), &Limits::default()).unwrap().texts(|_| false).unwrap()
}

/// The texts of a sheet, row by row.
fn rows(sheet: &SheetText) -> Vec<Vec<&str>> {
    sheet.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text()).collect()).collect()
}

#[test]
fn one_table_has_its_facts_fields_lists_and_rules() {
    let college = College::new();
    let sheets = write(&college, "实习.xlsx", &[table()]);
    assert_eq!(sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["实习基础"]);
    let rows = rows(&sheets[0]);
    assert_eq!(rows[0][0], "实习基础数据子类表（ODS_SXJCSJ）");
    assert!(rows.iter().any(|row| row[0] == "数据范围" && row[2] == "本学年秋季学期"));
    let heading = rows.iter().position(|row| row.starts_with(&["序号", "列名", "数据项"])).unwrap();
    for (row, field) in rows[heading + 1..].iter().zip(&table().fields) {
        assert_eq!((row[1], row[2], row[9]), (field.column.as_str(), field.title.as_str(), field.item_id.as_str()));
        assert_eq!(row[5] == "是", field.required);
        let list = field.code_list.as_ref();
        assert!(list.is_none_or(|list| row[6].contains(list.as_str())), "{row:?}");
    }
    let text: Vec<&str> = rows.iter().flatten().copied().collect();
    for id in table().fields.iter().filter_map(|field| field.code_list.as_ref()) {
        let list = edition().code_list(id).unwrap();
        assert!(text.iter().any(|cell| cell.starts_with(&format!("代码集：{}（{id}）", list.title))), "{id}");
        for code in list.codes.iter().filter(|_| list.codes.len() <= 240) {
            assert!(text.contains(&format!("{}　{}", code.code, code.name).as_str()), "{id} {}", code.code);
        }
    }
    assert!(edition().rules_of(INTERNSHIPS).count() > 0);
    for rule in edition().rules_of(INTERNSHIPS) {
        assert!(text.iter().any(|cell| cell.starts_with(&rule.reason)), "{}", rule.id);
    }
    assert!(!text.iter().any(|cell| cell.contains("{value}")), "no placeholder is printed");
}

#[test]
fn several_tables_have_a_sheet_each_and_contents() {
    let college = College::new();
    let all: Vec<&Table> = edition().tables.iter().collect();
    let sheets = write(&college, "全部.xlsx", &all);
    assert_eq!((sheets.len(), sheets[0].name.as_str()), (99, "目录"));
    let contents = rows(&sheets[0]);
    for (row, table) in contents[3..].iter().zip(&all) {
        assert_eq!((row[1], row[2]), (table.name.as_str(), table.title.as_str()));
    }
    let first = college.part("全部.xlsx", "xl/worksheets/sheet1.xml");
    assert!(first.contains("<hyperlink") && first.contains("paperSize=\"9\"") && first.contains("landscape"));
    let code = write_specification(&college.path("无.xlsx"), edition(), &[], WRITTEN_AT).unwrap_err().code();
    assert_eq!(code, "workbook.no-table");
}

/// LibreOffice makes pages of it: A4 across, and the headings of the fields on each.
#[cfg(target_os = "linux")]
#[test]
fn an_office_program_prints_it() {
    let college = College::new();
    let tables = [table(), edition().table("ODS_XSHXSJ").unwrap()];
    write(&college, "实习.xlsx", &tables);
    let profile = format!("-env:UserInstallation=file://{}", college.path("profile").display());
    let mut command = std::process::Command::new("soffice");
    command.args([&profile, "--headless", "--norestore", "--nologo", "--convert-to", "pdf", "--outdir"]);
    command.arg(college.path("pdf")).arg(college.path("实习.xlsx"));
    let output = command.output().expect("soffice is on the path: cargo xtask test installs libreoffice-calc");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pdf = std::fs::read(college.path("pdf/实习.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let text = String::from_utf8_lossy(&pdf);
    let pages = text.matches("/MediaBox[0 0 84").count();
    assert!(pages >= 3, "{pages} pages across");
    let sheet = college.part("实习.xlsx", "xl/workbook.xml");
    assert!(sheet.matches("_xlnm.Print_Titles").count() == 3, "contents and both tables repeat their headings");
}
