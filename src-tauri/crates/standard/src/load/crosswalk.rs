//! Crosswalks: `crosswalks/*.json`, found by their place.
//!
//! What they name in their own edition is checked when it is read; what they name in the older one as soon as that is
//! at hand, too.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{LoadError, json_error};
use super::files::Files;
use crate::crosswalk::{CodeChange, Crosswalk, MovedWay, Replacement, Succession, SuccessionKind};
use crate::{Edition, EditionId, Table};

const FOLDER: &str = "crosswalks/";
const ENDING: &str = ".json";

/// Reads the crosswalks into an edition whose tables and lists are read.
pub fn read(files: &mut Files, edition: &Edition) -> Result<BTreeMap<EditionId, Crosswalk>, LoadError> {
    let mut crosswalks = BTreeMap::new();
    for (path, bytes) in files.take_below(FOLDER, ENDING) {
        let file = files.full_name(&path);
        let crosswalk: Crosswalk = serde_json::from_slice(&bytes).map_err(|e| json_error(&file, &e))?;
        if path != format!("{FOLDER}{}{ENDING}", crosswalk.from) || crosswalk.from == edition.id {
            return Err(LoadError::wrong(&file, "/from", &crosswalk.from, "the file's name, another edition"));
        }
        check_new(&file, &crosswalk, edition)?;
        crosswalks.insert(crosswalk.from.clone(), crosswalk);
    }
    Ok(crosswalks)
}

/// Checks what the crosswalks of an edition say about older editions that are at hand.
pub fn check_old<'a>(edition: &Edition, older: impl Iterator<Item = &'a Edition>) -> Result<(), LoadError> {
    for older in older {
        if let Some(crosswalk) = edition.crosswalks.get(&older.id) {
            let file = format!("{}/{FOLDER}{}{ENDING}", edition.id, older.id);
            check(&file, crosswalk, older, edition)?;
        }
    }
    Ok(())
}

/// Found and expected of something wrong, and the key where it stands.
type Fault = (String, String, &'static str);

fn fault<T>(key: impl Into<String>, found: impl Into<String>, expected: &'static str) -> Result<T, Fault> {
    Err((key.into(), found.into(), expected))
}

/// Runs a check over all entries of a list and says which one is wrong.
fn each<T>(file: &str, list: &str, entries: &[T], check: impl Fn(&T) -> Result<(), Fault>) -> Result<(), LoadError> {
    entries.iter().enumerate().try_for_each(|(at, entry)| {
        check(entry)
            .map_err(|(key, found, expected)| LoadError::wrong(file, format!("/{list}/{at}/{key}"), found, expected))
    })
}

/// What can be checked against the newer edition alone.
fn check_new(file: &str, crosswalk: &Crosswalk, new: &Edition) -> Result<(), LoadError> {
    each(file, "tables", &crosswalk.tables, |s| succession_in_new(s, new))?;
    each(file, "columns", &crosswalk.columns, |r| {
        let table = crosswalk.new_table(&r.table).and_then(|name| new.table(name));
        let Some(table) = table else { return fault("table", &r.table, "a table that the newer edition has") };
        column("to", table, &r.to)
    })?;
    each(file, "codes", &crosswalk.codes, |c| codes_in_new(c, new))?;
    let tables = crosswalk.tables.iter().map(|s| (s.from.as_str(), s.kind == SuccessionKind::SplitOff));
    let columns = crosswalk.columns.iter().map(|r| (r.table.as_str(), r.from.as_str()));
    let lists = crosswalk.codes.iter().map(|c| c.list.as_str());
    once(file, "tables", tables)?;
    once(file, "columns", columns)?;
    once(file, "codes", lists)
}

/// Checks that there are no two entries for one thing.
fn once<T: Ord>(file: &str, list: &str, names: impl Iterator<Item = T>) -> Result<(), LoadError> {
    let mut seen = BTreeSet::new();
    for (at, name) in names.enumerate() {
        if !seen.insert(name) {
            return Err(LoadError::wrong(
                file,
                format!("/{list}/{at}"),
                "the same a second time",
                "one entry for each",
            ));
        }
    }
    Ok(())
}

fn succession_in_new(s: &Succession, new: &Edition) -> Result<(), Fault> {
    if s.to.is_none() != (s.kind == SuccessionKind::Dropped) {
        return fault("to", s.to.as_deref().unwrap_or("nothing"), "a table, unless the old one was dropped");
    }
    let target = match &s.to {
        Some(name) => Some(new.table(name).map_or_else(|| fault("to", name, "a table of the newer edition"), Ok)?),
        None => None,
    };
    let stays = new.table(&s.from).is_some();
    if stays != (s.kind == SuccessionKind::SplitOff) {
        return fault("from", &s.from, "a table that is gone, or stays beside a split-off one");
    }
    for (at, constant) in s.constants.iter().enumerate() {
        let key = |name: &str| format!("constants/{at}/{name}");
        let Some(table) = target else { return fault("constants", &constant.column, "nothing without a table") };
        column(&key("column"), table, &constant.column)?;
        let list = table.field(&constant.column).and_then(|f| new.code_list(f.code_list.as_deref()?));
        if list.is_some_and(|list| list.get(&constant.value).is_none()) {
            return fault(key("value"), &constant.value, "a code of the column's list");
        }
    }
    for (at, moved) in s.moved.iter().enumerate() {
        let key = |name: &str| format!("moved/{at}/{name}");
        let table = new.table(&moved.table);
        let Some(table) = table else { return fault(key("table"), &moved.table, "a table of the newer edition") };
        column(&key("to"), table, &moved.to)?;
        if moved.by.is_empty() != (moved.way == MovedWay::Already) {
            return fault(key("by"), moved.by.join(","), "columns, unless that table says it already");
        }
        moved.by.iter().try_for_each(|by| column(&key("by"), table, by))?;
    }
    Ok(())
}

fn codes_in_new(change: &CodeChange, new: &Edition) -> Result<(), Fault> {
    let Some(list) = new.code_lists.get(&change.list) else {
        return fault("list", &change.list, "a code list of the newer edition");
    };
    if let Some(c) = change.convert.iter().find(|c| list.get(&c.to).is_none()) {
        return fault("convert", &c.to, "a code of the newer edition");
    }
    match change.gone.iter().find(|code| list.get(code).is_some()) {
        Some(code) => fault("gone", code, "a code that the newer edition does not have"),
        None => Ok(()),
    }
}

/// What can be checked against both editions.
fn check(file: &str, crosswalk: &Crosswalk, old: &Edition, new: &Edition) -> Result<(), LoadError> {
    each(file, "tables", &crosswalk.tables, |s| succession_in_old(s, old))?;
    each(file, "columns", &crosswalk.columns, |r| replacement_in_old(r, crosswalk, old, new))?;
    each(file, "codes", &crosswalk.codes, |c| codes_in_old(c, old))
}

fn succession_in_old(s: &Succession, old: &Edition) -> Result<(), Fault> {
    let Some(table) = old.table(&s.from) else { return fault("from", &s.from, "a table of the older edition") };
    for (at, moved) in s.moved.iter().enumerate() {
        column(&format!("moved/{at}/column"), table, &moved.column)?;
        moved.by.iter().try_for_each(|by| column(&format!("moved/{at}/by"), table, by))?;
    }
    s.lost.iter().enumerate().try_for_each(|(at, lost)| column(&format!("lost/{at}/column"), table, &lost.column))
}

fn replacement_in_old(r: &Replacement, crosswalk: &Crosswalk, old: &Edition, new: &Edition) -> Result<(), Fault> {
    let Some(table) = old.table(&r.table) else { return fault("table", &r.table, "a table of the older edition") };
    column("from", table, &r.from)?;
    let target = crosswalk.new_table(&r.table).and_then(|name| new.table(name));
    if target.is_some_and(|table| table.field(&r.from).is_some()) {
        return fault("from", &r.from, "a column that is gone");
    }
    Ok(())
}

fn codes_in_old(change: &CodeChange, old: &Edition) -> Result<(), Fault> {
    let Some(list) = old.code_lists.get(&change.list) else {
        return fault("list", &change.list, "a code list of the older edition");
    };
    let named = change.convert.iter().map(|c| &c.from).chain(&change.gone);
    let mut seen = BTreeSet::new();
    for code in named {
        if list.get(code).is_none() || !seen.insert(code) {
            return fault("convert", code, "a code of the older edition, once");
        }
    }
    Ok(())
}

/// A column that must exist.
fn column(key: &str, table: &Table, column: &str) -> Result<(), Fault> {
    if table.field(column).is_some() {
        return Ok(());
    }
    fault(key, format!("{}.{column}", table.name), "a column of that table")
}
