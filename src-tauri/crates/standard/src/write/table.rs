//! One table as a Table Schema.
//!
//! What Table Schema can express has its keys (type, format, constraints, keys); the rest is under `tianbao:`. Where
//! the model has no value, the key is absent.

use serde::Serialize;
use serde_json::{Value, json};

use super::object::Object;
use crate::doubt;
use crate::load::{TABLE_SCHEMA, Type, shape};
use crate::{Association, Condition, DoubtKind, Edition, Field, Kind, Sensitivity, Table};

/// The file's text.
pub fn file(edition: &Edition, table: &Table) -> String {
    let fields = || table.fields.iter().filter(|field| !field.own);
    let mut file = Object::default();
    file.put("$schema", TABLE_SCHEMA);
    file.put("tianbao:name", table.name.as_str());
    file.put("title", table.title.as_str());
    file.put("tianbao:no", table.no);
    file.put("tianbao:subset", table.subset.as_str());
    file.put("tianbao:class", table.data_class.as_str());
    file.put("tianbao:subclass", table.data_subclass.as_str());
    file.put_some("tianbao:sourceSystem", table.source_system.as_deref());
    file.put_some("tianbao:department", table.department.as_deref());
    file.put("tianbao:frequency", word(&table.frequency));
    file.put("tianbao:frequencyText", table.frequency_text.as_str());
    file.put("tianbao:scope", table.scope.as_str());
    file.put("tianbao:period", word(&table.period));
    if let Some(event) = &table.event {
        file.put("tianbao:eventDate", event.date.as_str());
        file.put_some("tianbao:eventEnd", event.end.as_deref());
        file.put_some("tianbao:eventGoesOn", event.goes_on.then_some(true));
    }
    file.put("tianbao:association", association(table));
    file.put_some("tianbao:doubt", table.doubt.as_deref());
    file.put("fields", fields().map(|f| Value::from(field(f))).collect::<Vec<_>>());
    file.put("missingValues", vec![""]);
    file.put("primaryKey", vec![table.primary_key.as_str()]);
    file.put("tianbao:naturalKey", table.natural_key.clone());
    let rule = &table.key_rule;
    file.put_some("tianbao:naturalKeyBasis", rule.basis.as_deref());
    file.put("tianbao:keyPeriod", word(&rule.period));
    file.put_some("tianbao:keyPeriodBasis", rule.period_basis.as_deref());
    file.put_some("tianbao:repeats", rule.repeats.as_deref());
    file.put_some("tianbao:merge", rule.merge.map(|merge| word(&merge)));
    file.put_list("foreignKeys", fields().filter_map(|f| foreign_key(edition, f)).collect());
    file.into_text()
}

/// A name as serde writes it.
fn word(name: &impl Serialize) -> Value {
    serde_json::to_value(name).unwrap_or_default()
}

fn association(table: &Table) -> Object {
    let mut association = Object::default();
    match &table.association {
        Association::None => association.put("kind", "none"),
        Association::Unspecified => association.put("kind", "unspecified"),
        Association::Listed(tables) => {
            association.put("kind", "listed");
            association.put_list("tables", tables.clone());
        }
    }
    association.put_some("doubt", table.association_doubt.as_deref());
    association
}

fn field(f: &Field) -> Object {
    let (kind, format) = shape(f.kind);
    let text = kind == Type::String;
    let mut field = Object::default();
    field.put("name", f.column.as_str());
    field.put("title", f.title.as_str());
    field.put_some("description", f.description.as_deref());
    field.put("type", word(&kind));
    field.put_some("format", format);
    field.put_some("example", f.example.as_deref());
    let mut constraints = Object::default();
    if f.required {
        constraints.put("required", true);
    }
    constraints.put_some("maxLength", f.max_length.filter(|_| text));
    constraints.put_some("pattern", pattern(f));
    constraints.put_list("enum", f.values.clone());
    field.put_object("constraints", constraints);
    field.put("tianbao:item", f.item_id.as_str());
    field.put("tianbao:letter", f.printed_type.to_string());
    field.put("tianbao:kind", word(&f.kind));
    // The standard's own regular expressions stand among the constraints already.
    field.put_some("tianbao:format", f.format.as_deref().filter(|format| Some(*format) != f.pattern.as_deref()));
    field.put_some("tianbao:maxLength", f.max_length.filter(|_| !text));
    field.put_some("tianbao:maxChars", f.max_chars);
    field.put_some("tianbao:precision", f.precision);
    field.put_some("tianbao:scale", f.scale);
    field.put_some("tianbao:unit", f.unit.as_deref());
    field.put_some("tianbao:codeList", f.code_list.as_deref());
    field.put_some("tianbao:separator", f.separator.as_deref());
    field.put_some("tianbao:maxItems", f.max_items);
    if let Some(when) = &f.required_when {
        let mut object = condition(when);
        object.put("note", when.note.as_str());
        field.put("tianbao:requiredWhen", object);
    }
    if let Some((when, value)) = &f.conditional_value {
        let mut object = condition(when);
        object.put("value", value.as_str());
        field.put("tianbao:conditionalValue", object);
    }
    field.put_some("tianbao:sensitivity", (f.sensitivity != Sensitivity::None).then(|| word(&f.sensitivity)));
    let references = f.references.iter().map(|r| json!({ "table": r.table, "column": r.column }));
    field.put_list("tianbao:references", references.collect());
    field.put_some("tianbao:referenceBasis", f.reference_basis.as_deref());
    field.put_some("tianbao:doubt", doubt::write(&f.doubts));
    field.put_list("tianbao:aliases", f.aliases.clone());
    field
}

fn condition(when: &Condition) -> Object {
    let mut condition = Object::default();
    condition.put_some("column", when.column.as_deref());
    condition.put_list("equals", when.equals.clone());
    condition
}

/// The pattern among the constraints: the field's own, or the one that says a kind which Table Schema does not have
/// (its own yearmonth has a hyphen).
fn pattern(f: &Field) -> Option<&str> {
    match f.kind {
        Kind::YearMonth => Some("^[0-9]{4}(0[1-9]|1[0-2])$"),
        Kind::YearRange if f.format.as_deref().is_some_and(|format| format.ends_with("学年")) => {
            Some("^[0-9]{4}-[0-9]{4}学年$")
        }
        Kind::YearRange => Some("^[0-9]{4}-[0-9]{4}$"),
        _ => f.pattern.as_deref(),
    }
}

/// Foreign keys lead from single codes to the edition's own lists, from single references to tables. There is none
/// where a doubt leaves open what the field may hold, where one of several tables may hold the key, and to national
/// lists (they are in another package). `tianbao:codeList` and `tianbao:references` have all of them.
fn foreign_key(edition: &Edition, f: &Field) -> Option<Value> {
    let open = f.is_doubtful(DoubtKind::List) || f.is_doubtful(DoubtKind::SeveralValues);
    if open || f.separator.is_some() || (f.code_list.is_none() && !f.doubts.is_empty()) {
        return None;
    }
    let key = |resource: &str, to: &str| json!({ "fields": [f.column], "reference": { "resource": resource.to_lowercase(), "fields": [to] } });
    match (&f.code_list, f.references.as_slice()) {
        (Some(list), _) => edition.code_lists.contains_key(list).then(|| key(list, "code")),
        (None, [to]) => Some(key(&to.table, &to.column)),
        (None, _) => None,
    }
}
