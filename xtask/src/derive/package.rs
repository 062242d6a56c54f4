//! A package: datapackage.json, the schemas of its tables, its code lists as CSV.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::facts::{self, CodeList, Edition, National};
use super::folder::Package;
use super::judgement::Judged;
use super::pretty::Object;
use super::schema;
use crate::run::Failure;

const SCHEMA: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const TABLE_SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";
/// The schema that all code lists of a package share.
const CODE_SCHEMA: &str = "codes/schema.json";

/// An edition's package.
pub fn edition(
    edition: &Edition,
    id: &str,
    version: &str,
    judged: &Judged,
    national: &BTreeSet<&str>,
    into: &mut Package,
) -> Result<(), Failure> {
    let own: BTreeSet<&str> = edition.code_lists.iter().map(|list| list.id.as_str()).collect();
    let mut resources = Vec::new();
    for table in &edition.tables {
        let lists = table.fields.iter().filter_map(|f| f.code_list.as_deref());
        if let Some(list) = lists.into_iter().find(|list| !own.contains(list) && !national.contains(list)) {
            return Err(Failure(format!("{}: no code list {list}", table.name)));
        }
        let path = format!("tables/{}.json", table.name);
        into.add(&path, schema::table(edition, table, judged)?);
        resources.push(table_resource(table, &path));
    }
    for list in &edition.code_lists {
        let rows = list.codes.iter().map(|c| [Some(&c.code), Some(&c.name), c.parent.as_ref(), c.note.as_ref()]);
        into.add(&format!("codes/{}.csv", list.id), csv_text(rows)?);
        resources.push(list_resource(list));
    }
    into.add(CODE_SCHEMA, code_schema());
    let mut package = Object::default();
    package.put("$schema", SCHEMA);
    package.put("name", id);
    package.put("title", edition.title.as_str());
    package.put("version", version);
    package.put("tianbao:level", edition.level.as_str());
    package.put_some("tianbao:printedVersion", edition.version.as_deref());
    package.put("tianbao:issued", edition.issued.as_str());
    package.put("tianbao:issuers", edition.issuers.clone());
    package.put("tianbao:subsets", edition.subsets.iter().map(named).collect::<Vec<_>>());
    package.put("tianbao:classes", edition.classes.iter().map(class).collect::<Vec<_>>());
    package.put("resources", resources);
    into.add("datapackage.json", package.into_text());
    Ok(())
}

/// The package of the national lists.
pub fn national(facts: &Path, index: &[National], version: &str, into: &mut Package) -> Result<(), Failure> {
    let mut resources = Vec::new();
    for list in index {
        let rows = facts::read_national(facts, &list.file)?;
        if rows.len() != list.rows {
            return Err(Failure(format!("{}: {} rows, the index says {}", list.file, rows.len(), list.rows)));
        }
        let cells = rows.iter().map(|c| [&c.code, &c.name, &c.parent, &c.note].map(Some));
        into.add(&format!("codes/{}.csv", list.id), csv_text(cells)?);
        let mut resource = code_resource(&list.id, &list.title);
        resource.put("sources", vec![json!({ "title": list.standard, "version": list.edition })]);
        resource.put("tianbao:completeness", list.completeness.as_str());
        resource.put("tianbao:basis", list.basis.as_str());
        resource.put_list("tianbao:doubts", list.doubts.clone());
        resources.push(Value::from(resource));
    }
    into.add(CODE_SCHEMA, code_schema());
    let mut package = Object::default();
    package.put("$schema", SCHEMA);
    package.put("name", "national");
    package.put("title", "国家标准代码集");
    package.put("version", version);
    package.put("resources", resources);
    into.add("datapackage.json", package.into_text());
    Ok(())
}

fn named(subset: &facts::Subset) -> Value {
    json!({ "code": subset.code, "name": subset.name })
}

fn class(class: &facts::Class) -> Value {
    let subclasses: Vec<Value> = class.subclasses.iter().map(named).collect();
    json!({ "code": class.code, "name": class.name, "subset": class.subset, "subclasses": subclasses })
}

/// A table without rows: the package says what a table looks like, colleges have the rows. Its data is the row of
/// headings alone, since tools take data without headings for a broken file.
fn table_resource(table: &facts::Table, path: &str) -> Value {
    let headings: Vec<&str> = table.fields.iter().map(|f| f.column.as_str()).collect();
    json!({
        "name": table.name.to_lowercase(),
        "title": table.title,
        "type": "table",
        "data": [headings],
        "schema": path,
    })
}

fn list_resource(list: &CodeList) -> Value {
    let mut resource = code_resource(&list.id, &list.title);
    if let Some(source) = &list.source {
        let mut from = Object::default();
        from.put_some("relation", source.relation.as_deref());
        from.put_some("standard", source.standard.as_deref());
        from.put_some("list", source.list.as_deref());
        resource.put("tianbao:source", from);
    }
    resource.put_list("tianbao:doubts", list.doubt.iter().cloned().collect());
    resource.into()
}

fn code_resource(id: &str, title: &str) -> Object {
    let mut resource = Object::default();
    resource.put("name", id.to_lowercase());
    resource.put("title", title);
    resource.put("type", "table");
    resource.put("path", format!("codes/{id}.csv"));
    resource.put("schema", CODE_SCHEMA);
    resource
}

/// Codes are strings: they keep their leading zeros. `parent` is a code of the same list, one level up.
fn code_schema() -> String {
    let column = |name: &str, title: &str, required: bool| {
        let mut field = Object::default();
        field.put("name", name);
        field.put("title", title);
        field.put("type", "string");
        if required {
            field.put("constraints", json!({ "required": true }));
        }
        Value::from(field)
    };
    let mut schema = Object::default();
    schema.put("$schema", TABLE_SCHEMA);
    let columns =
        [("code", "代码", true), ("name", "名称", true), ("parent", "上级代码", false), ("note", "说明", false)];
    schema.put("fields", columns.map(|(name, title, required)| column(name, title, required)).to_vec());
    schema.put("missingValues", vec![""]);
    schema.put("primaryKey", vec!["code"]);
    schema.into_text()
}

fn csv_text<'a>(rows: impl Iterator<Item = [Option<&'a String>; 4]>) -> Result<String, Failure> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["code", "name", "parent", "note"]).map_err(|e| Failure(e.to_string()))?;
    for row in rows {
        csv.write_record(row.map(|cell| cell.map_or("", String::as_str))).map_err(|e| Failure(e.to_string()))?;
    }
    let bytes = csv.into_inner().map_err(|e| Failure(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| Failure(e.to_string()))
}
