//! Code lists as CSV, and the Table Schema that they share.

use serde_json::{Value, json};

use super::object::Object;
use crate::load::TABLE_SCHEMA;
use crate::{Code, CodeList};

/// The text of a code list's file: `code,name,parent,note`.
pub fn code_list(list: &CodeList) -> String {
    let mut text = String::from("code,name,parent,note\n");
    for Code { code, name, parent, note } in &list.codes {
        let cells = [code, name, parent.as_deref().unwrap_or_default(), note.as_deref().unwrap_or_default()];
        text.push_str(&cells.map(quoted).join(","));
        text.push('\n');
    }
    text
}

/// A cell, in quotes where CSV needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The schema that the code lists of a package share. Codes are strings: they keep their leading zeros. `parent` is a
/// code of the same list, one level up.
pub fn code_schema() -> String {
    let column = |(name, title, required): (&str, &str, bool)| {
        let mut field = Object::default();
        field.put("name", name);
        field.put("title", title);
        field.put("type", "string");
        if required {
            field.put("constraints", json!({ "required": true }));
        }
        Value::from(field)
    };
    let columns =
        [("code", "代码", true), ("name", "名称", true), ("parent", "上级代码", false), ("note", "说明", false)];
    let mut schema = Object::default();
    schema.put("$schema", TABLE_SCHEMA);
    schema.put("fields", columns.map(column).to_vec());
    schema.put("missingValues", vec![""]);
    schema.put("primaryKey", vec!["code"]);
    schema.into_text()
}
