//! `datapackage.json` of an edition.

use serde_json::{Value, json};

use super::object::Object;
use super::{CODE_SCHEMA, is_own, list_path, table_path, tables};
use crate::load::PACKAGE_SCHEMA;
use crate::{Class, CodeList, Edition, Subset, Table};

/// The file's text, for an edition that takes the shared rules of these folders.
pub fn file(edition: &Edition, rules: &[&str]) -> String {
    let used = |subset: &&Subset| !is_own(edition, &subset.code);
    let mut file = Object::default();
    file.put("$schema", PACKAGE_SCHEMA);
    file.put("name", edition.id.as_str());
    file.put("title", edition.title.as_str());
    file.put("version", edition.revision.as_str());
    file.put("tianbao:level", edition.level.as_str());
    file.put_some("tianbao:printedVersion", edition.version.as_deref());
    file.put("tianbao:issued", edition.issued.as_str());
    file.put("tianbao:issuers", edition.issuers.clone());
    file.put("tianbao:subsets", edition.subsets.iter().filter(used).map(subset).collect::<Vec<_>>());
    let classes = edition.classes.iter().filter(|class| !is_own(edition, &class.subset));
    file.put("tianbao:classes", classes.map(class).collect::<Vec<_>>());
    file.put_list("tianbao:rules", rules.to_vec());
    let mut lists: Vec<&CodeList> = edition.code_lists.values().map(|list| &**list).collect();
    lists.sort_by_key(|list| list.no);
    let resources = tables(edition).map(table_resource).chain(lists.into_iter().map(list_resource));
    file.put("resources", resources.collect::<Vec<_>>());
    file.into_text()
}

fn subset(subset: &Subset) -> Value {
    json!({ "code": subset.code, "name": subset.name })
}

fn class(class: &Class) -> Value {
    let named = |code: &str, name: &str| json!({ "code": code, "name": name });
    let subclasses: Vec<Value> = class.subclasses.iter().map(|s| named(&s.code, &s.name)).collect();
    json!({ "code": class.code, "name": class.name, "subset": class.subset, "subclasses": subclasses })
}

/// A table without rows: the package describes the table, colleges have the rows. Its data is the row of
/// headings alone, because tools report data without headings as a broken file.
fn table_resource(table: &Table) -> Value {
    let headings: Vec<&str> = table.fields.iter().filter(|f| !f.own).map(|f| f.column.as_str()).collect();
    json!({
        "name": table.name.to_lowercase(),
        "title": table.title,
        "type": "table",
        "data": [headings],
        "schema": table_path(table),
    })
}

fn list_resource(list: &CodeList) -> Value {
    let mut resource = Object::default();
    resource.put("name", list.id.to_lowercase());
    resource.put("title", list.title.as_str());
    resource.put("type", "table");
    resource.put("path", list_path(list));
    resource.put("schema", CODE_SCHEMA);
    if let Some(source) = &list.source {
        let mut from = Object::default();
        from.put_some("relation", source.relation.as_deref());
        from.put_some("standard", source.standard.as_deref());
        from.put_some("list", source.list.as_deref());
        from.put_some("version", source.version.as_deref());
        resource.put("tianbao:source", from);
    }
    if !list.complete {
        resource.put("tianbao:completeness", "partial");
    }
    resource.put_list("tianbao:doubts", list.doubt.iter().cloned().collect());
    resource.into()
}
