//! Subsets and tables.

use std::collections::HashMap;

use super::change::{Aspect, Change, FieldChange, SubsetChange, TableChange, Value, What};
use super::fields;
use super::join::{aspect, joined, text};
use crate::{Association, Edition, Table};

/// Subsets that differ.
pub(super) fn subsets(from: &Edition, to: &Edition) -> Vec<SubsetChange> {
    joined(&from.subsets, &to.subsets, |subset| subset.code.as_str())
        .into_iter()
        .filter(|(before, after)| before.map(|s| &s.name) != after.map(|s| &s.name))
        .filter_map(|(before, after)| {
            Some(SubsetChange {
                change: match (before, after) {
                    (None, _) => Change::Added,
                    (_, None) => Change::Removed,
                    _ => Change::Changed,
                },
                code: after.or(before)?.code.clone(),
                before: before.map(|s| s.name.clone()),
                after: after.map(|s| s.name.clone()),
            })
        })
        .collect()
}

/// Tables that differ, and what differs alike in each table of both editions.
pub(super) fn changes(from: &Edition, to: &Edition) -> (Vec<TableChange>, Vec<FieldChange>) {
    let pairs = joined(&from.tables, &to.tables, |table| table.name.as_str());
    let mut found: Vec<TableChange> = pairs.iter().filter_map(|pair| table(from, to, pair.0, pair.1)).collect();
    let kept = pairs.iter().filter(|pair| pair.0.is_some() && pair.1.is_some()).count();
    let everywhere = everywhere(&found, kept);
    for table in &mut found {
        table.fields.retain(|field| !everywhere.contains(field));
    }
    found.retain(|t| t.change != Change::Changed || !t.aspects.is_empty() || !t.fields.is_empty());
    (found, everywhere)
}

/// Field changes that stand in all of the `kept` tables; where there is only one such table, nothing is everywhere.
fn everywhere(tables: &[TableChange], kept: usize) -> Vec<FieldChange> {
    let mut seen: HashMap<&FieldChange, usize> = HashMap::new();
    for field in tables.iter().flat_map(|table| &table.fields).filter(|field| field.change == Change::Changed) {
        *seen.entry(field).or_default() += 1;
    }
    let first = tables.iter().find(|table| !table.fields.is_empty());
    let fields = first.into_iter().flat_map(|table| &table.fields);
    fields.filter(|field| kept > 1 && seen.get(field) == Some(&kept)).cloned().collect()
}

fn table(from: &Edition, to: &Edition, before: Option<&Table>, after: Option<&Table>) -> Option<TableChange> {
    let told = |change, edition: &Edition, table: &Table, aspects, fields| TableChange {
        change,
        name: table.name.clone(),
        title: table.short_title().to_owned(),
        subset: subset_name(edition, table),
        aspects,
        fields,
    };
    match (before, after) {
        (None, Some(table)) => Some(told(Change::Added, to, table, Vec::new(), Vec::new())),
        (Some(table), None) => Some(told(Change::Removed, from, table, Vec::new(), Vec::new())),
        (Some(a), Some(b)) => {
            let aspects = aspects(from, to, a, b);
            let fields = fields::changes(from, to, a, b);
            let change = if a.subset == b.subset { Change::Changed } else { Change::Moved };
            let same = change == Change::Changed && aspects.is_empty() && fields.is_empty();
            (!same).then(|| told(change, to, b, aspects, fields))
        }
        (None, None) => None,
    }
}

fn aspects(from: &Edition, to: &Edition, a: &Table, b: &Table) -> Vec<Aspect> {
    let moved = a.subset != b.subset;
    let subset = moved.then(|| Aspect {
        what: What::Subset,
        before: text(&subset_name(from, a)),
        after: text(&subset_name(to, b)),
    });
    let source = |table: &Table| table.source_system.as_deref().and_then(text);
    [
        aspect(What::Title, text(&a.title), text(&b.title)),
        subset,
        aspect(What::Class, text(&class_name(from, a)), text(&class_name(to, b))),
        aspect(What::Subclass, text(&subclass_name(from, a)), text(&subclass_name(to, b))),
        aspect(What::SourceSystem, source(a), source(b)),
        aspect(What::Frequency, Some(Value::Frequency(a.frequency)), Some(Value::Frequency(b.frequency))),
        aspect(What::FrequencyText, text(&a.frequency_text), text(&b.frequency_text)),
        aspect(What::Scope, text(&a.scope), text(&b.scope)),
        association(from, to, a, b),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Statements differ by the tables that they name, not by how those tables are called.
fn association(from: &Edition, to: &Edition, a: &Table, b: &Table) -> Option<Aspect> {
    if a.association == b.association {
        return None;
    }
    let said = |edition: &Edition, table: &Table| match &table.association {
        Association::Unspecified => None,
        Association::None => Some(Value::Flag(false)),
        Association::Listed(names) => {
            let title = |name: &String| edition.table(name).map_or(name.clone(), |t| t.short_title().to_owned());
            text(&names.iter().map(title).collect::<Vec<_>>().join("、"))
        }
    };
    Some(Aspect { what: What::Association, before: said(from, a), after: said(to, b) })
}

fn subset_name(edition: &Edition, table: &Table) -> String {
    let subset = edition.subsets.iter().find(|subset| subset.code == table.subset);
    subset.map_or(table.subset.clone(), |subset| subset.name.trim_end_matches("数据子集").to_owned())
}

fn class_name(edition: &Edition, table: &Table) -> String {
    let class = edition.classes.iter().find(|class| class.code == table.data_class);
    class.map_or(table.data_class.clone(), |class| class.name.clone())
}

fn subclass_name(edition: &Edition, table: &Table) -> String {
    let subclasses = edition.classes.iter().flat_map(|class| &class.subclasses);
    let subclass = subclasses.into_iter().find(|subclass| subclass.code == table.data_subclass);
    subclass.map_or(table.data_subclass.clone(), |subclass| subclass.name.clone())
}
