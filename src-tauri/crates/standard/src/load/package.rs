//! `datapackage.json`: what a package is, and the list of all its files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;

use super::error::{LoadError, expect};
use super::files::Files;
use super::rules::SharedRules;
use super::schema::is_name;
use super::{codes, cross, crosswalk, rules, table, templates};
use crate::{Class, CodeList, Edition, Source, Subset, Templates};

const FILE: &str = "datapackage.json";
pub const SCHEMA: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const CODE_SCHEMA: &str = "codes/schema.json";

/// An edition's `datapackage.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionPackage {
    #[serde(rename = "$schema")]
    schema: String,
    name: String,
    title: String,
    version: String,
    #[serde(rename = "tianbao:level")]
    level: String,
    #[serde(rename = "tianbao:printedVersion")]
    printed_version: Option<String>,
    #[serde(rename = "tianbao:issued")]
    issued: String,
    #[serde(rename = "tianbao:issuers")]
    issuers: Vec<String>,
    #[serde(rename = "tianbao:subsets")]
    subsets: Vec<Subset>,
    #[serde(rename = "tianbao:classes")]
    classes: Vec<Class>,
    #[serde(rename = "tianbao:rules", default)]
    rules: Vec<String>,
    resources: Vec<Resource>,
}

/// The national lists' `datapackage.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NationalPackage {
    #[serde(rename = "$schema")]
    schema: String,
    name: String,
    // These members are for people and other tools; they are not used here.
    #[serde(rename = "title")]
    _title: String,
    version: String,
    resources: Vec<Resource>,
}

/// A table (headings and a schema of its own) or a code list (a path and the shared schema).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resource {
    name: String,
    title: String,
    #[serde(rename = "type")]
    kind: String,
    data: Option<Vec<Vec<String>>>,
    path: Option<String>,
    schema: String,
    #[serde(rename = "sources", default)]
    sources: Vec<NationalSource>,
    #[serde(rename = "tianbao:source")]
    source: Option<Source>,
    #[serde(rename = "tianbao:completeness")]
    completeness: Option<Completeness>,
    #[serde(rename = "tianbao:basis")]
    _basis: Option<String>,
    #[serde(rename = "tianbao:doubts", default)]
    doubts: Vec<String>,
}

/// The standard that a national list renders.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NationalSource {
    title: String,
    version: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Completeness {
    Complete,
    Partial,
    Unverified,
}

/// Reads an edition's package. It may take the rules of `shared` that it names.
pub fn edition(
    id: &str,
    mut files: Files,
    shared: &SharedRules,
    national: &BTreeMap<String, Arc<CodeList>>,
) -> Result<Edition, LoadError> {
    let package: EditionPackage = files.take_json(FILE, "")?;
    let file = files.full_name(FILE);
    expect(&file, "/$schema", &package.schema, SCHEMA)?;
    expect(&file, "/name", &package.name, id)?;
    unique_names(&file, &package.resources)?;
    let mut tables = Vec::new();
    let mut code_lists = BTreeMap::new();
    for (at, resource) in package.resources.into_iter().enumerate() {
        let pointer = format!("/resources/{at}");
        if let Some(data) = &resource.data {
            let read = table::read(&resource.schema, &format!("{pointer}/schema"), &mut files)?;
            expect(&file, &format!("{pointer}/name"), &resource.name, &read.table.name.to_lowercase())?;
            expect(&file, &format!("{pointer}/title"), &resource.title, &read.table.title)?;
            let headings: Vec<&str> = read.table.fields.iter().map(|f| f.column.as_str()).collect();
            if data.len() != 1 || data[0] != headings {
                let found = data.first().map_or("no row".into(), |row| row.join(","));
                return Err(LoadError::wrong(&file, format!("{pointer}/data"), found, headings.join(",")));
            }
            tables.push(read);
        } else {
            let mut list = code_list(&file, &pointer, resource, &mut files)?;
            list.no = number(code_lists.len());
            codes::check_parents(&list_file(id, &list.id), &list)?;
            code_lists.insert(list.id.clone(), Arc::new(list));
        }
    }
    if !code_lists.is_empty() {
        files.take(CODE_SCHEMA, "/resources")?;
    }
    let (tables, links) = tables.into_iter().map(|read| (read.table, read.links)).unzip();
    let mut edition = Edition {
        id: id.to_owned(),
        level: package.level,
        title: package.title,
        version: package.printed_version,
        revision: package.version,
        issued: package.issued,
        issuers: package.issuers,
        subsets: package.subsets,
        classes: package.classes,
        tables,
        code_lists,
        national: national.clone(),
        rules: Vec::new(),
        crosswalks: BTreeMap::new(),
        templates: Templates::default(),
    };
    cross::check(&edition, links)?;
    let taken = shared.taken(&file, &package.rules)?;
    edition.rules = rules::read(&taken, &mut files, &edition)?;
    edition.crosswalks = crosswalk::read(&mut files, &edition)?;
    edition.templates = templates::read(&mut files, &edition)?;
    files.finish()?;
    Ok(edition)
}

/// Reads the package of the national lists: its version, and the lists by id.
pub fn national(mut files: Files) -> Result<(String, BTreeMap<String, Arc<CodeList>>), LoadError> {
    let package: NationalPackage = files.take_json(FILE, "")?;
    let file = files.full_name(FILE);
    expect(&file, "/$schema", &package.schema, SCHEMA)?;
    expect(&file, "/name", &package.name, super::NATIONAL)?;
    unique_names(&file, &package.resources)?;
    let mut lists = BTreeMap::new();
    for (at, resource) in package.resources.into_iter().enumerate() {
        let mut list = code_list(&file, &format!("/resources/{at}"), resource, &mut files)?;
        list.no = number(lists.len());
        lists.insert(list.id.clone(), Arc::new(list));
    }
    if !lists.is_empty() {
        files.take(CODE_SCHEMA, "/resources")?;
    }
    files.finish()?;
    // A list that is marked as incomplete may lack its upper levels.
    for list in lists.values().filter(|list| list.complete) {
        codes::check_parents(&list_file(super::NATIONAL, &list.id), list)?;
    }
    Ok((package.version, lists))
}

/// Reads the code list of a resource.
fn code_list(file: &str, pointer: &str, resource: Resource, files: &mut Files) -> Result<CodeList, LoadError> {
    let path = resource.path.as_deref().unwrap_or_default();
    let id = path.strip_prefix("codes/").and_then(|path| path.strip_suffix(".csv"));
    let Some(id) = id.filter(|id| is_name(id)) else {
        return Err(LoadError::wrong(file, format!("{pointer}/path"), format!("{path:?}"), "codes/ID.csv"));
    };
    expect(file, &format!("{pointer}/name"), &resource.name, &id.to_lowercase())?;
    expect(file, &format!("{pointer}/schema"), &resource.schema, CODE_SCHEMA)?;
    let bytes = files.take(path, pointer)?;
    let mut list = codes::read(&files.full_name(path), id, &resource.title, &bytes)?;
    let renders = |s: NationalSource| Source { standard: Some(s.title), version: Some(s.version), ..Source::default() };
    list.source = resource.source.or_else(|| resource.sources.into_iter().next().map(renders));
    list.doubt = (!resource.doubts.is_empty()).then(|| resource.doubts.join("；"));
    list.complete = resource.completeness.is_none_or(|c| c == Completeness::Complete);
    Ok(list)
}

/// The number of a list that follows so many.
fn number(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

fn unique_names(file: &str, resources: &[Resource]) -> Result<(), LoadError> {
    let mut names = BTreeSet::new();
    for (at, resource) in resources.iter().enumerate() {
        expect(file, &format!("/resources/{at}/type"), &resource.kind, "table")?;
        if !names.insert(&resource.name) {
            let found = format!("{} a second time", resource.name);
            return Err(LoadError::wrong(file, format!("/resources/{at}/name"), found, "a name of its own"));
        }
    }
    Ok(())
}

fn list_file(package: &str, id: &str) -> String {
    format!("{package}/codes/{id}.csv")
}
