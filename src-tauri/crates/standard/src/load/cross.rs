//! Checks that need the whole edition.

use std::collections::BTreeMap;

use super::error::LoadError;
use super::table::Links;
use crate::{Association, CodeList, Condition, Edition, Field, Table};

/// Checks all references from one file of the edition to another. `links` are in the order of the tables.
pub fn check(edition: &Edition, links: Vec<Links>) -> Result<(), LoadError> {
    check_classes(edition)?;
    let tables: BTreeMap<&str, &Table> = edition.tables.iter().map(|t| (t.name.as_str(), t)).collect();
    for (at, (table, links)) in edition.tables.iter().zip(&links).enumerate() {
        let wrong =
            |place: &str, found: &str, expected: &str| Err(LoadError::wrong(&links.file, place, found, expected));
        if table.no as usize != at + 1 {
            return wrong("/tianbao:no", &table.no.to_string(), &format!("{}", at + 1));
        }
        if let Some((place, found)) = misplaced(edition, table) {
            return wrong(place, found, "what datapackage.json lists");
        }
        if let Association::Listed(others) = &table.association
            && let Some(other) = others.iter().find(|other| !tables.contains_key(other.as_str()))
        {
            return wrong("/tianbao:association/tables", other, "a table of the edition");
        }
        for (at, field) in table.fields.iter().enumerate() {
            if let Some((key, found, expected)) = field_error(edition, &tables, table, field) {
                return wrong(&format!("/fields/{at}/{key}"), &found, expected);
            }
        }
        for (at, key) in links.foreign_keys.iter().enumerate() {
            let ([column], [to]) = (&key.fields, &key.reference.fields);
            let agrees = table.field(column).is_some_and(|f| agrees(edition, f, &key.reference.resource, to));
            if !agrees {
                let found = format!("{column} to {}.{to}", key.reference.resource);
                return wrong(&format!("/foreignKeys/{at}"), &found, "the code list or a reference of that field");
            }
        }
    }
    Ok(())
}

/// Classes belong to subsets.
fn check_classes(edition: &Edition) -> Result<(), LoadError> {
    for (at, class) in edition.classes.iter().enumerate() {
        if !edition.subsets.iter().any(|subset| subset.code == class.subset) {
            let place = format!("/tianbao:classes/{at}/subset");
            let file = format!("{}/datapackage.json", edition.id);
            return Err(LoadError::wrong(&file, place, &class.subset, "a subset of the edition"));
        }
    }
    Ok(())
}

/// Subset, class and subclass of a table must belong together.
fn misplaced<'a>(edition: &Edition, table: &'a Table) -> Option<(&'static str, &'a str)> {
    if !edition.subsets.iter().any(|subset| subset.code == table.subset) {
        return Some(("/tianbao:subset", &table.subset));
    }
    let class = edition.classes.iter().find(|class| class.code == table.data_class && class.subset == table.subset);
    let Some(class) = class else { return Some(("/tianbao:class", &table.data_class)) };
    let known = class.subclasses.iter().any(|subclass| subclass.code == table.data_subclass);
    (!known).then_some(("/tianbao:subclass", &table.data_subclass))
}

/// The key, what was found and what was expected of the first thing that is wrong with a field.
fn field_error(
    edition: &Edition,
    tables: &BTreeMap<&str, &Table>,
    table: &Table,
    field: &Field,
) -> Option<(String, String, &'static str)> {
    if let Some(id) = &field.code_list
        && edition.code_list(id).is_none()
    {
        return Some(("tianbao:codeList".into(), id.clone(), "a code list of the edition or a national one"));
    }
    for (at, to) in field.references.iter().enumerate() {
        if tables.get(to.table.as_str()).is_none_or(|other| other.field(&to.column).is_none()) {
            let found = format!("{}.{}", to.table, to.column);
            return Some((format!("tianbao:references/{at}"), found, "a column of a table of the edition"));
        }
    }
    let list_of = |condition: &Condition| {
        let column = condition.column.as_deref()?;
        edition.code_list(table.field(column)?.code_list.as_deref()?).map(|list| &**list)
    };
    let unknown = |condition: &Condition| {
        let list: Option<&CodeList> = list_of(condition);
        condition.equals.iter().find(|code| list.is_some_and(|list| list.get(code).is_none())).cloned()
    };
    if let Some(code) = field.required_when.as_ref().and_then(unknown) {
        return Some(("tianbao:requiredWhen/equals".into(), code, "a code of that column's list"));
    }
    if let Some((condition, value)) = &field.conditional_value {
        if let Some(code) = unknown(condition) {
            return Some(("tianbao:conditionalValue/equals".into(), code, "a code of that column's list"));
        }
        let own = field.code_list.as_deref().and_then(|id| edition.code_list(id));
        if own.is_some_and(|list| list.get(value).is_none()) {
            return Some(("tianbao:conditionalValue/value".into(), value.clone(), "a code of the field's list"));
        }
    }
    None
}

/// Whether a foreign key agrees with the field's code list or references. National lists are in another package.
fn agrees(edition: &Edition, field: &Field, resource: &str, to: &str) -> bool {
    let own = field.code_list.iter().filter(|id| edition.code_lists.contains_key(*id));
    let lists = own.map(|id| (id.to_lowercase(), "code"));
    let references = field.references.iter().map(|r| (r.table.to_lowercase(), r.column.as_str()));
    lists.chain(references).any(|(name, column)| name == resource && column == to)
}
