//! A Data Package in a .zip: `datapackage.json`, a .csv for each table, the Table Schema of each, and the code lists
//! that they refer to. Tools for Table Schema, such as frictionless, read and validate it as it is. Texts that a
//! spreadsheet would calculate are guarded as in every .csv of this program.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Map, Value, json};
use standard::load::Package;
use standard::{DoubtKind, Field, Table};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::{RowSource, Written, WrittenSheet};
use super::csv;
use super::exported::Plain;
use crate::WriteError;

pub(super) fn write(plain: &Plain<'_>, mut rows: RowSource<'_>) -> Result<Written, WriteError> {
    let target = plain.target;
    let files = files(plain);
    target.write(|out| {
        let (zipped, io) = (|e| target.zip(e), |e: std::io::Error| target.io(&e));
        let mut zip = ZipWriter::new(&mut *out);
        let packed = SimpleFileOptions::default();
        for (path, bytes) in &files {
            zip.start_file(path.as_str(), packed).map_err(zipped)?;
            zip.write_all(bytes).map_err(io)?;
        }
        let mut sheets = Vec::new();
        for (table, sheet) in plain.sheets() {
            zip.start_file(path_of(table), packed.large_file(true)).map_err(zipped)?;
            let rows = csv::write_table(plain, table, &mut zip, &mut rows)?;
            sheets.push(WrittenSheet { table: table.name.clone(), sheet, rows });
        }
        zip.finish().map_err(zipped)?;
        Ok(Written { sheets })
    })
}

fn path_of(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// Everything but the records, from the edition's own package.
fn files(plain: &Plain<'_>) -> Package {
    let all = standard::write::package(plain.edition);
    let read = |path: &str| all.get(path).and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
    let mut files = Package::new();
    let mut resources = Vec::new();
    let (mut lists, mut others) = (BTreeSet::new(), BTreeSet::new());
    for table in plain.tables {
        let mut schema = read(&schema_path(table)).unwrap_or_else(|| json!({ "title": table.title, "fields": [] }));
        add_own(&mut schema, table);
        accept_longer(&mut schema, table);
        // A key of a table that is not in the package cannot be followed.
        let there = |name: &str| {
            let listed = plain.edition.code_lists.values().any(|list| list.id.to_lowercase() == name);
            listed || plain.tables.iter().any(|table| table.name.to_lowercase() == name)
        };
        if let Some(keys) = schema.get_mut("foreignKeys").and_then(Value::as_array_mut) {
            keys.retain(|key| key["reference"]["resource"].as_str().is_some_and(there));
            for name in keys.iter().filter_map(|key| key["reference"]["resource"].as_str()) {
                lists.insert(name.to_owned());
            }
        }
        files.insert(schema_path(table), text(&schema));
        resources.push(json!({
            "name": table.name.to_lowercase(),
            "title": table.title,
            "type": "table",
            "path": path_of(table),
            "encoding": "utf-8",
            "schema": schema_path(table),
        }));
    }
    let package = read("datapackage.json").unwrap_or_else(|| Value::Object(Map::new()));
    for resource in package["resources"].as_array().into_iter().flatten() {
        let name = resource["name"].as_str().unwrap_or_default();
        if !lists.contains(name) {
            continue;
        }
        // A table among the resources has its records already; a list is taken over with its files.
        for path in ["path", "schema"].into_iter().filter_map(|key| resource[key].as_str()) {
            if path.starts_with("codes/")
                && let Some(bytes) = all.get(path)
            {
                files.insert(path.to_owned(), bytes.clone());
                others.insert(name.to_owned());
            }
        }
        if others.contains(name) {
            resources.push(resource.clone());
        }
    }
    let descriptor = json!({
        "$schema": package["$schema"],
        "name": plain.edition.id,
        "title": format!("{} {}", plain.stamp.school_name, plain.edition.title).trim(),
        "version": plain.edition.revision,
        "created": plain.stamp.written_at,
        "tianbao:period": plain.stamp.period,
        "tianbao:school": plain.stamp.school,
        "tianbao:guardSign": "'",
        "resources": resources,
    });
    files.insert("datapackage.json".to_owned(), text(&descriptor));
    files
}

fn schema_path(table: &Table) -> String {
    format!("tables/{}.json", table.name)
}

/// The standard has no schema for the college's own fields; they are text of any form.
fn add_own(schema: &mut Value, table: &Table) {
    let Some(fields) = schema.get_mut("fields").and_then(Value::as_array_mut) else { return };
    let describe = |field: &Field| json!({ "name": field.column, "title": field.title, "type": "string" });
    let known: BTreeSet<String> = fields.iter().filter_map(|f| f["name"].as_str().map(str::to_owned)).collect();
    fields.extend(table.fields.iter().filter(|field| !known.contains(&field.column)).map(describe));
    // In the order of the columns of the .csv.
    fields.sort_by_key(|field| field["name"].as_str().and_then(|name| table.position(name)));
}

/// A printed length that the program doubts is not a constraint of what it accepts.
fn accept_longer(schema: &mut Value, table: &Table) {
    let Some(fields) = schema.get_mut("fields").and_then(Value::as_array_mut) else { return };
    for described in fields {
        let field = described["name"].as_str().and_then(|name| table.field(name));
        let in_doubt = field.is_some_and(|field| field.doubts.iter().any(|doubt| doubt.kind == DoubtKind::Length));
        if let (true, Some(constraints)) = (in_doubt, described.get_mut("constraints").and_then(Value::as_object_mut)) {
            constraints.remove("maxLength");
        }
    }
}

fn text(value: &Value) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).unwrap_or_default();
    text.push(b'\n');
    text
}
