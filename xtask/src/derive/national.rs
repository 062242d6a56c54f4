//! The package of the national lists.

use std::path::Path;

use serde_json::{Value, json};
use standard::write::{self, Object};
use standard::{Code, CodeList};

use super::facts::{self, National, NationalCode};
use super::folder::Package;
use crate::run::Failure;

const SCHEMA: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// Adds the package.
pub fn package(facts: &Path, index: &[National], version: &str, into: &mut Package) -> Result<(), Failure> {
    let mut resources = Vec::new();
    for list in index {
        let rows = facts::read_national(facts, &list.file)?;
        if rows.len() != list.rows {
            return Err(Failure(format!("{}: {} rows, the index says {}", list.file, rows.len(), list.rows)));
        }
        let some = |cell: String| (!cell.is_empty()).then_some(cell);
        let code = |c: NationalCode| Code { code: c.code, name: c.name, parent: some(c.parent), note: some(c.note) };
        let made = CodeList::new(list.id.clone(), list.title.clone(), rows.into_iter().map(code).collect());
        into.add(&format!("codes/{}.csv", list.id), write::code_list(&made));
        resources.push(resource(list));
    }
    into.add("codes/schema.json", write::code_schema());
    let mut package = Object::default();
    package.put("$schema", SCHEMA);
    package.put("name", "national");
    package.put("title", "国家标准代码集");
    package.put("version", version);
    package.put("resources", resources);
    into.add("datapackage.json", package.into_text());
    Ok(())
}

fn resource(list: &National) -> Value {
    let mut resource = Object::default();
    resource.put("name", list.id.to_lowercase());
    resource.put("title", list.title.as_str());
    resource.put("type", "table");
    resource.put("path", format!("codes/{}.csv", list.id));
    resource.put("schema", "codes/schema.json");
    resource.put("sources", vec![json!({ "title": list.standard, "version": list.edition })]);
    resource.put("tianbao:completeness", list.completeness.as_str());
    resource.put("tianbao:basis", list.basis.as_str());
    resource.put_list("tianbao:doubts", list.doubts.clone());
    resource.into()
}
