//! One table of the facts as a Table Schema.
//!
//! What Table Schema knows is said in its own words (type, format, constraints, keys); the rest under `tianbao:`. Where
//! the facts are silent, the key is absent.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::facts::{Edition, Field, Reference, Table};
use super::judgement::Judged;
use super::pretty::Object;
use crate::run::Failure;

const SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// The schema's file.
pub fn table(edition: &Edition, table: &Table, judged: &Judged) -> Result<String, Failure> {
    let fail = |words: String| Failure(format!("{}: {words}", table.name));
    let mut file = Object::default();
    file.put("$schema", SCHEMA);
    file.put("tianbao:name", table.name.as_str());
    file.put("title", table.title.as_str());
    file.put("tianbao:no", table.no);
    file.put("tianbao:subset", table.subset.as_str());
    file.put("tianbao:class", table.data_class.as_str());
    file.put("tianbao:subclass", table.data_subclass.as_str());
    file.put_some("tianbao:sourceSystem", table.source_system.as_deref());
    file.put("tianbao:frequency", table.frequency.value.as_str());
    file.put("tianbao:frequencyText", table.frequency.text.as_str());
    file.put("tianbao:scope", table.scope.as_str());
    file.put("tianbao:periodic", periodic(table));
    file.put("tianbao:association", association(table).map_err(fail)?);
    file.put_some("tianbao:doubt", table.doubt.as_deref());
    let mut fields = Vec::new();
    for (at, f) in table.fields.iter().enumerate() {
        if f.no as usize != at + 1 {
            return Err(fail(format!("field {} stands at place {}", f.no, at + 1)));
        }
        let aliases = judged.aliases(&table.name, &f.column);
        fields.push(field(f, aliases).map_err(|words| fail(format!("{}: {words}", f.column)))?);
    }
    file.put("fields", fields.into_iter().map(Value::from).collect::<Vec<_>>());
    file.put("missingValues", vec![""]);
    file.put("primaryKey", vec![table.primary_key.as_str()]);
    file.put("tianbao:naturalKey", judged.natural_key(&table.name).cloned().unwrap_or_default());
    file.put_list("foreignKeys", foreign_keys(edition, table));
    Ok(file.into_text())
}

/// Whether a record speaks for a period. Records of "all data" (全量数据) live on, and so does the one row of a table
/// that is reported once and brought up to date by its key; all others belong to the period that the scope names.
fn periodic(table: &Table) -> bool {
    !table.scope.contains("全量数据") && table.frequency.value != "once"
}

fn association(table: &Table) -> Result<Object, String> {
    let printed = &table.association;
    let mut association = Object::default();
    match (printed.kind.as_str(), printed.tables.as_slice()) {
        ("none" | "unspecified", []) | ("listed", [_, ..]) => association.put("kind", printed.kind.as_str()),
        (kind, _) => return Err(format!("association {kind} with its tables")),
    }
    association.put_list("tables", printed.tables.clone());
    association.put_some("doubt", printed.doubt.as_deref());
    Ok(association)
}

fn field(f: &Field, aliases: Vec<String>) -> Result<Object, String> {
    let shape = shape(f)?;
    let mut field = Object::default();
    field.put("name", f.column.as_str());
    field.put("title", f.title.as_str());
    field.put_some("description", f.description.as_deref());
    field.put("type", shape.kind);
    field.put_some("format", shape.format);
    field.put_some("example", f.example.as_deref());
    let mut constraints = Object::default();
    if f.required {
        constraints.put("required", true);
    }
    let text = shape.kind == "string";
    constraints.put_some("maxLength", f.max_length.filter(|_| text));
    constraints.put_some("pattern", shape.pattern);
    constraints.put_list("enum", f.values.clone().unwrap_or_default());
    field.put_object("constraints", constraints);
    field.put("tianbao:item", f.item_id.as_str());
    field.put("tianbao:letter", f.letter.as_str());
    field.put("tianbao:kind", f.kind.as_str());
    field.put_some("tianbao:format", f.format.as_deref().filter(|format| !format.starts_with('^')));
    field.put_some("tianbao:maxLength", f.max_length.filter(|_| !text));
    field.put_some("tianbao:maxChars", f.max_chars);
    field.put_some("tianbao:precision", f.precision);
    field.put_some("tianbao:scale", f.scale);
    field.put_some("tianbao:unit", f.unit.as_deref());
    field.put_some("tianbao:codeList", f.code_list.as_deref());
    field.put_some("tianbao:separator", f.separator.as_deref());
    field.put_some("tianbao:maxItems", f.max_items);
    if let Some(when) = &f.required_when {
        field.put("tianbao:requiredWhen", condition(when.column.as_deref(), when.equals.as_deref(), Some(&when.note)));
    }
    if let Some(c) = &f.conditional_value {
        let mut value = condition(Some(&c.column), Some(&c.equals), None);
        value.put("value", c.value.as_str());
        field.put("tianbao:conditionalValue", value);
    }
    field.put_some("tianbao:sensitivity", f.sensitive.as_deref());
    if let Some(reference) = &f.references {
        field.put("tianbao:references", places(reference));
    }
    field.put_some("tianbao:referenceBasis", f.reference_basis.as_deref());
    field.put_some("tianbao:doubt", f.doubt.as_deref());
    field.put_list("tianbao:aliases", aliases);
    Ok(field)
}

fn condition(column: Option<&str>, equals: Option<&[String]>, note: Option<&String>) -> Object {
    let mut condition = Object::default();
    condition.put_some("column", column);
    condition.put_some("equals", equals.map(<[String]>::to_vec));
    condition.put_some("note", note.map(String::as_str));
    condition
}

/// The place of the key and the alternative ones, in printed order.
fn places(reference: &Reference) -> Vec<Value> {
    let first = json!({ "table": reference.table, "column": reference.column });
    std::iter::once(first).chain(reference.or.iter().flat_map(places)).collect()
}

/// Type, format and pattern of Table Schema.
struct Shape {
    kind: &'static str,
    format: Option<&'static str>,
    pattern: Option<String>,
}

/// A kind with its printed format in the words of Table Schema. What an exact type would misread stays a string:
/// codes keep their zeros, several codes are one text of limited length, `YYYYMM` is no `yearmonth` of Table Schema
/// (that has a hyphen), JSON may be any JSON.
fn shape(f: &Field) -> Result<Shape, String> {
    let plain = |kind, format| Shape { kind, format, pattern: None };
    let text = |pattern: Option<&str>| Shape { kind: "string", format: None, pattern: pattern.map(str::to_owned) };
    let regex = f.format.as_deref().filter(|format| format.starts_with('^'));
    Ok(match (f.kind.as_str(), f.format.as_deref()) {
        ("text" | "longtext" | "code" | "codes" | "json", None) => text(None),
        ("text" | "longtext" | "code", Some(_)) if regex.is_some() => text(regex),
        ("url", None) => plain("string", Some("uri")),
        ("url", Some(_)) if regex.is_some() => Shape { format: Some("uri"), ..text(regex) },
        ("integer", None) => plain("integer", None),
        ("decimal", None) => plain("number", None),
        ("date", Some("YYYYMMDD")) => plain("date", Some("%Y%m%d")),
        ("datetime", Some("YYYYMMDD hhmmss")) => plain("datetime", Some("%Y%m%d %H%M%S")),
        ("time", Some("hhmmss")) => plain("time", Some("%H%M%S")),
        ("year", Some("YYYY")) => plain("year", None),
        ("yearmonth", Some("YYYYMM")) => text(Some("^[0-9]{4}(0[1-9]|1[0-2])$")),
        ("yearrange", Some("YYYY-YYYY")) => text(Some("^[0-9]{4}-[0-9]{4}$")),
        ("yearrange", Some("YYYY-YYYY学年")) => text(Some("^[0-9]{4}-[0-9]{4}学年$")),
        (kind, format) => return Err(format!("kind {kind} with format {format:?}")),
    })
}

/// Foreign keys: from single codes to the edition's own lists, from single references to tables. None where a doubt
/// leaves open what the field may hold, where one of several tables may hold the key, and to national lists (they are
/// in another package). What is a matter of judgement for a clerk is in `tianbao:codeList` and `tianbao:references`.
fn foreign_keys(edition: &Edition, table: &Table) -> Vec<Value> {
    let own: BTreeSet<&str> = edition.code_lists.iter().map(|list| list.id.as_str()).collect();
    let key = |column: &str, resource: &str, to: &str| json!({ "fields": [column], "reference": { "resource": resource.to_lowercase(), "fields": [to] } });
    let certain = table.fields.iter().filter(|f| f.doubt.is_none() && f.separator.is_none());
    certain
        .filter_map(|f| match (&f.code_list, &f.references) {
            (Some(list), _) => own.contains(list.as_str()).then(|| key(&f.column, list, "code")),
            (None, Some(to)) => to.or.is_empty().then(|| key(&f.column, &to.table, &to.column)),
            (None, None) => None,
        })
        .collect()
}
