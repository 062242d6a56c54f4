//! Fields of a table that is in both editions.

use super::change::{Aspect, Change, FieldChange, Value, What};
use super::join::{aspect, joined, text};
use crate::{Condition, Edition, Field, Table};

/// Fields that differ, in the order of the second edition, then the removed ones.
pub(super) fn changes(from: &Edition, to: &Edition, before: &Table, after: &Table) -> Vec<FieldChange> {
    let told = |change, field: &Field, aspects| FieldChange {
        change,
        column: field.column.clone(),
        title: field.title.clone(),
        aspects,
    };
    joined(&before.fields, &after.fields, |field| field.column.as_str())
        .into_iter()
        .filter_map(|pair| match pair {
            (None, Some(field)) => Some(told(Change::Added, field, Vec::new())),
            (Some(field), None) => Some(told(Change::Removed, field, Vec::new())),
            (Some(a), Some(b)) => {
                let aspects = aspects(from, to, a, b);
                (!aspects.is_empty()).then(|| told(Change::Changed, b, aspects))
            }
            (None, None) => None,
        })
        .collect()
}

fn aspects(from: &Edition, to: &Edition, a: &Field, b: &Field) -> Vec<Aspect> {
    let optional = |words: &Option<String>| words.as_deref().and_then(text);
    let number = |number: Option<u32>| number.map(Value::Number);
    let letter = |field: &Field| text(&field.printed_type.to_string());
    let prescribed = |field: &Field| {
        let (condition, value) = field.conditional_value.as_ref()?;
        text(&format!("{} → {value}", condition_words(condition)))
    };
    let when = |field: &Field| field.required_when.as_ref().and_then(|c| text(&condition_words(c)));
    [
        aspect(What::Title, text(&a.title), text(&b.title)),
        aspect(What::PrintedType, letter(a), letter(b)),
        aspect(What::Kind, Some(Value::Kind(a.kind)), Some(Value::Kind(b.kind))),
        aspect(What::Length, number(a.max_length), number(b.max_length)),
        aspect(What::Precision, number(a.precision), number(b.precision)),
        aspect(What::Scale, number(a.scale), number(b.scale)),
        aspect(What::Required, Some(Value::Flag(a.required)), Some(Value::Flag(b.required))),
        aspect(What::RequiredWhen, when(a), when(b)),
        aspect(What::ConditionalValue, prescribed(a), prescribed(b)),
        list_aspect(from, to, a, b),
        aspect(What::Separator, optional(&a.separator), optional(&b.separator)),
        aspect(What::Format, optional(&a.format), optional(&b.format)),
        aspect(What::Unit, optional(&a.unit), optional(&b.unit)),
        aspect(What::Values, text(&a.values.join("、")), text(&b.values.join("、"))),
        aspect(What::MaxItems, number(a.max_items), number(b.max_items)),
        aspect(What::MaxChars, number(a.max_chars), number(b.max_chars)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Another list by its id; what differs within a list stands with the list.
fn list_aspect(from: &Edition, to: &Edition, a: &Field, b: &Field) -> Option<Aspect> {
    if a.code_list == b.code_list {
        return None;
    }
    let named = |edition: &Edition, field: &Field| {
        let id = field.code_list.as_deref()?;
        text(&edition.code_list(id).map_or(id.to_owned(), |list| format!("{} {id}", list.title)))
    };
    Some(Aspect { what: What::CodeList, before: named(from, a), after: named(to, b) })
}

/// As it is printed, or in the form `COLUMN = 1、2`.
fn condition_words(condition: &Condition) -> String {
    match &condition.column {
        _ if !condition.note.is_empty() => condition.note.clone(),
        Some(column) => format!("{column} = {}", condition.equals.join("、")),
        None => String::new(),
    }
}
