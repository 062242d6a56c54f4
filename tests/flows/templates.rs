//! The 47 import workbooks that secondary schools use are recognised and imported without changes. Names of codes
//! become codes, and the import is one step of the log, which one undo reverses.

mod workbooks;

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use standard::templates::Template;
use standard::{Edition, Standards};

use crate::fixture::{Clerk, Home, PASSPHRASE, PERIOD, SCHOOL, env};
use workbooks::{Cell, rows, write};

const EDITION: &str = "zhongzhi-2023.06";
/// The only choice of a drop-down whose name belongs to no code of the list.
const NO_CODE: (&str, &str, &str) = ("ODS_ZZSXJCSJ", "SXCSLXM", "一体化教室");
const ROWS: usize = 2;

fn edition() -> Arc<Edition> {
    Standards::builtin().unwrap().edition(EDITION).unwrap()
}

/// A client with an empty book of a secondary school.
fn clerk(home: &Home) -> Clerk {
    let clerk = Clerk::new(env(home.folder()));
    let college = json!({ "code": SCHOOL, "name": "示例中等职业学校" });
    clerk.call(
        "book.create",
        json!({ "edition": EDITION, "college": college, "period": PERIOD, "passphrase": PASSPHRASE, "sample": false }),
    );
    clerk
}

/// Up to ten records of a table.
fn stored(clerk: &Clerk, table: &str) -> Vec<Value> {
    clerk.call("fill.rows", json!({ "table": table, "limit": 10 }))["rows"].as_array().unwrap().clone()
}

#[test]
fn all_47_workbooks_are_imported_without_changes() {
    let (home, edition) = (Home::new(), edition());
    let clerk = clerk(&home);
    let templates = &edition.templates.templates;
    assert_eq!((templates.len(), templates.iter().map(|t| t.columns.len()).sum::<usize>()), (47, 576));
    let filled: Vec<(&Template, Vec<Vec<Cell>>, PathBuf)> = templates
        .iter()
        .map(|template| {
            let (rows, path) = (rows(&edition, template, ROWS), home.path(&template.file));
            write(&edition, template, &template.sheet, &rows, &path);
            (template, rows, path)
        })
        .collect();

    let files: Vec<&PathBuf> = filled.iter().map(|(_, _, path)| path).collect();
    let proposal = clerk.call("workbook.preview", json!({ "files": files }));
    for ((template, ..), file) in filled.iter().zip(proposal["files"].as_array().unwrap()) {
        is_recognised(template, file);
    }

    let apply = json!({ "proposal": proposal["id"], "conflicts": "theirs" });
    let applied = clerk.call("workbook.apply", apply);
    assert_eq!((&applied["new"], &applied["changed"]), (&json!(47 * ROWS), &json!(0)));
    let mut names = 0;
    for (template, rows, _) in &filled {
        let records = stored(&clerk, &template.table);
        assert_eq!(records.len(), ROWS, "{}", template.file);
        for (record, row) in records.iter().zip(rows) {
            names += row.iter().filter(|cell| cell.typed != cell.stored).count();
            is_stored(template, record, row);
        }
    }
    assert_eq!(names, 183, "names that became codes");
    a_name_without_a_code_is_a_finding(&clerk);

    let undone = clerk.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(undone["tables"].as_array().unwrap().len(), 47);
    for template in templates {
        assert_eq!(stored(&clerk, &template.table), [] as [Value; 0], "{}", template.file);
    }
}

/// The preview has one sheet with all columns of the template, and nothing of the hidden sheet.
fn is_recognised(template: &Template, file: &Value) {
    let sheets = file["sheets"].as_array().unwrap();
    assert_eq!(sheets.len(), 1, "{file}");
    // A table with one record for the school: its second row is about the same record and waits.
    let (new, conflicts) = if template.table == "ODS_ZZZZZSSJ" { (1, ROWS - 1) } else { (ROWS, 0) };
    let expect = json!({
        "sheet": template.sheet, "table": template.table, "header_row": 2, "rows": ROWS, "new": new, "conflicts": conflicts,
        "unreadable": 0, "unmapped_columns": [], "missing_columns": [], "remarks": [],
    });
    for (key, expect) in expect.as_object().unwrap() {
        assert_eq!(&sheets[0][key], expect, "{key} of {}: {}", template.file, sheets[0]);
    }
    let columns = sheets[0]["columns"].as_array().unwrap().iter();
    let found: Vec<&str> = columns.map(|column| column["column"].as_str().unwrap()).collect();
    let of_program = |column: &&str| matches!(*column, "ZJSJWYXBS" | "XXDM" | "SJCJSJ");
    let own = template.columns.iter().map(|column| column.column.as_str());
    assert_eq!(found, own.filter(|column| !of_program(column)).collect::<Vec<_>>(), "{}", template.file);
}

/// Each cell is stored as expected; school code and collection time come from the program.
fn is_stored(template: &Template, record: &Value, row: &[Cell]) {
    for cell in row {
        let expect = match cell.column.as_str() {
            "XXDM" => SCHOOL,
            "SJCJSJ" => continue,
            _ => &cell.stored,
        };
        assert_eq!(record[&cell.column], expect, "{} of {}", cell.column, template.file);
    }
}

/// A name without a code is stored as it was typed, and the check finds it.
fn a_name_without_a_code_is_a_finding(clerk: &Clerk) {
    let (table, column, name) = NO_CODE;
    clerk.call("check.run", json!({}));
    let asked = json!({ "table": table, "column": column, "rule": "code", "offset": 0, "limit": 100 });
    let found = clerk.call("check.findings", asked);
    assert_eq!((&found["total"], &found["findings"][0]["value"]), (&json!(1), &json!(name)), "{found}");
    assert_eq!(stored(clerk, table)[1][column], name);
}

/// Two tables have the same columns, so when the sheet was renamed only the name of the file shows which table it is.
#[test]
fn a_renamed_sheet_is_recognised_by_the_name_of_its_file() {
    let (home, edition) = (Home::new(), edition());
    let clerk = clerk(&home);
    for table in ["ODS_ZZDJHDDYDHSJ", "ODS_ZZDJHDDYRCSJ"] {
        let template = edition.templates.of(table).next().unwrap();
        let path = home.path(&template.file);
        write(&edition, template, "Sheet1", &rows(&edition, template, ROWS), &path);
        let proposal = clerk.call("workbook.preview", json!({ "files": [path] }));
        let sheet = &proposal["files"][0]["sheets"][0];
        assert_eq!((&sheet["table"], &sheet["remarks"]), (&json!(table), &json!([])), "{sheet}");
    }
}
