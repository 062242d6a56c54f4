//! An edition as a Data Package with rows in some of its tables, made as standards/README.md describes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use standard::{Edition, Table};

use crate::python;

/// An error that frictionless reports.
#[derive(Debug, Clone)]
pub struct Error {
    /// Name of the table; `None` when the error is in the package itself.
    pub table: Option<String>,
    /// Index of the row; `None` when the error belongs to no row.
    pub row: Option<usize>,
    /// Names of the columns that the error is about.
    pub columns: Vec<String>,
    /// Type of the error, such as `type-error`.
    pub kind: String,
}

/// Validates packages (paths of `datapackage.json`) with frictionless: for each, the number of resources and all
/// errors.
pub fn judge(packages: &[&Path]) -> Vec<(u64, Vec<Error>)> {
    let paths = packages.iter().map(|path| path.to_str().unwrap().into()).collect();
    let answer = python::ask("tables.py", &Value::Array(paths));
    let report = |report: &Value| {
        let errors: Vec<Error> = report["errors"].as_array().unwrap().iter().map(error).collect();
        assert_eq!(report["valid"].as_bool().unwrap(), errors.is_empty(), "{report}");
        (report["resources"].as_u64().unwrap(), errors)
    };
    answer.as_array().unwrap().iter().map(report).collect()
}

fn error(answer: &Value) -> Error {
    Error {
        table: answer["resource"].as_str().map(str::to_uppercase),
        // frictionless counts rows from 1 and includes the headings.
        row: answer["row"].as_u64().map(|row| row as usize - 2),
        columns: answer["fields"].as_array().unwrap().iter().filter_map(|c| Some(c.as_str()?.to_owned())).collect(),
        kind: answer["type"].as_str().unwrap().to_owned(),
    }
}

/// Copies the part of the package of an edition that these tables need to a folder, and writes rows into the tables.
pub fn with_rows(edition: &Edition, tables: &BTreeMap<&str, Vec<Vec<String>>>, to: &Path) {
    let from = tianbao_tests::root().join("standards").join(&edition.id);
    let mut package = read(&from.join("datapackage.json"));
    let needed = needed(&package, &from, tables.keys().map(|name| name.to_lowercase()));
    let resources = package["resources"].as_array_mut().unwrap();
    resources.retain(|resource| needed.contains(resource["name"].as_str().unwrap()));
    for resource in resources {
        for file in [&resource["schema"], &resource["path"]].into_iter().filter_map(Value::as_str) {
            fs::create_dir_all(to.join(file).parent().unwrap()).unwrap();
            fs::copy(from.join(file), to.join(file)).unwrap();
        }
        let name = resource["name"].as_str().unwrap().to_uppercase();
        let Some(rows) = tables.get(name.as_str()) else { continue };
        write(edition.table(&name).unwrap(), rows, &to.join(format!("{name}.csv")));
        let resource = resource.as_object_mut().unwrap();
        resource.remove("data");
        resource.insert("path".into(), format!("{name}.csv").into());
    }
    fs::write(to.join("datapackage.json"), package.to_string()).unwrap();
}

/// The names of these resources and of all that their foreign keys refer to, directly or through others.
fn needed(package: &Value, from: &Path, some: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut open: Vec<String> = some.collect();
    let mut needed = BTreeSet::new();
    while let Some(name) = open.pop() {
        if needed.contains(&name) {
            continue;
        }
        let resource = package["resources"].as_array().unwrap().iter().find(|resource| resource["name"] == *name);
        let schema = read(&from.join(resource.unwrap()["schema"].as_str().unwrap()));
        let keys = schema["foreignKeys"].as_array().into_iter().flatten();
        open.extend(keys.map(|key| key["reference"]["resource"].as_str().unwrap().to_owned()));
        needed.insert(name);
    }
    needed
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn write(table: &Table, rows: &[Vec<String>], path: &Path) {
    let mut file = csv::Writer::from_path(path).unwrap();
    file.write_record(table.fields.iter().map(|field| &field.column)).unwrap();
    rows.iter().for_each(|row| file.write_record(row).unwrap());
    file.flush().unwrap();
}
