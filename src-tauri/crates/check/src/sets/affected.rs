//! Which records an edit may have changed the set findings of: its own, those that share or shared a key with them,
//! those whose names are beginnings of a name that appeared or went away, and those elsewhere that name such a key.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use standard::field::{KEY_COLUMN, SCHOOL_COLUMN};
use standard::key::record_key;
use standard::{Edition, Reference, Table};
use store::{ReadConnection, ReadError, SqlValue};

use super::reference::holds_several;
use super::{cut, reach};
use crate::sql::{any, collect, json_list, quoted};

/// If more records than this are affected, the whole table is checked again instead.
const MANY: usize = 20_000;

/// If more keys than this changed, fields with several values are not searched for each of them.
const SEARCHED: usize = 50;

/// A record before and after an edit.
#[derive(Debug, Clone, Copy)]
pub struct Edited<'a> {
    /// The record.
    pub row: i64,
    /// Period that it belongs to.
    pub period: &'a str,
    /// Its values before; absent for a new record.
    pub before: Option<&'a [String]>,
    /// Its values now; absent for one that is gone.
    pub after: Option<&'a [String]>,
}

/// Records of one table whose set findings are to be made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Affected {
    /// All of them, and the findings about the table as a whole.
    All,
    /// The records with these numbers (`_row`).
    Rows(BTreeSet<i64>),
}

/// What an edit may have changed in the set findings of all tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AffectedTables {
    /// The records to look at again, by table.
    pub records: BTreeMap<String, Affected>,
    /// Tables that are not small ([`super::is_small`]) and have a column that names keys which the edit added or removed.
    /// Which of their records name such a key is not known, because these columns have no index.
    pub referring: BTreeMap<String, Referring>,
}

/// How the keys that a table refers to changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Referring {
    /// The columns that name them.
    pub columns: BTreeSet<String>,
    /// Whether keys were only added to a table that had some: then only what was found before may have changed.
    pub only_came: bool,
}

impl Affected {
    /// Adds records; beyond a limit all are affected.
    fn add(&mut self, more: impl IntoIterator<Item = i64>) {
        if let Affected::Rows(rows) = self {
            rows.extend(more);
            if rows.len() > MANY {
                *self = Affected::All;
            }
        }
    }
}

/// Tables with the records whose findings of [`super::SET_RULES`] an edit of `table` may have changed. The book is as
/// the edit left it.
///
/// Records of a table that is not small ([`reach`]) are not searched for names and keys in columns without an index.
/// [`AffectedTables::referring`] says in which of them that would have been needed for keys, [`super::edited_names`]
/// for names.
pub fn affected(
    reader: &ReadConnection,
    edition: &Edition,
    table: &Table,
    edits: &[Edited<'_>],
) -> Result<AffectedTables, ReadError> {
    let mut all: BTreeMap<String, Affected> = BTreeMap::new();
    let mut referring: BTreeMap<String, Referring> = BTreeMap::new();
    let mut own = Affected::Rows(BTreeSet::new());
    own.add(edits.iter().filter(|edit| edit.after.is_some()).map(|edit| edit.row));
    own.add(sharing_keys(reader, table, edits)?);
    own.add(beginning_alike(reader, table, edits)?);
    all.insert(table.name.clone(), own);
    for field in &table.fields {
        let Some(at) = table.position(&field.column) else { continue };
        let mut pointing = pointing_at(edition, &table.name, &field.column).peekable();
        if pointing.peek().is_none() {
            continue;
        }
        let Moved { came, went } = moved_values(edits, at);
        let moved: HashSet<String> = came.union(&went).cloned().collect();
        if moved.is_empty() {
            continue;
        }
        let only_came = went.is_subset(&came);
        let whole = came_or_went_empty(reader, table, &field.column, edits, at)?;
        for (other, column, several) in pointing {
            if !reach::is_small(reader, other)? {
                let new = Referring { columns: BTreeSet::new(), only_came: true };
                let entry = referring.entry(other.name.clone()).or_insert(new);
                entry.columns.insert(column.to_owned());
                entry.only_came &= only_came && !whole;
                continue;
            }
            let entry = all.entry(other.name.clone()).or_insert_with(|| Affected::Rows(BTreeSet::new()));
            if whole || (several && moved.len() > SEARCHED) {
                *entry = Affected::All;
            } else if *entry != Affected::All {
                entry.add(naming(reader, other, column, several, &moved)?);
            }
        }
    }
    all.retain(|_, affected| *affected != Affected::Rows(BTreeSet::new()));
    Ok(AffectedTables { records: all, referring })
}

/// Records that have a key which one of the edited records had or has.
fn sharing_keys(reader: &ReadConnection, table: &Table, edits: &[Edited<'_>]) -> Result<Vec<i64>, ReadError> {
    let value = |values: &[String], column: &str| table.position(column).and_then(|at| values.get(at)).cloned();
    let mut natural: HashSet<String> = HashSet::new();
    let mut keys: HashSet<String> = HashSet::new();
    for edit in edits {
        for values in [edit.before, edit.after].into_iter().flatten() {
            let school = value(values, SCHOOL_COLUMN).unwrap_or_default();
            natural.extend(record_key(table, &school, edit.period, values));
            keys.extend(value(values, KEY_COLUMN).filter(|key| !key.is_empty()));
        }
    }
    let mut rows = with_one_of(reader, table, "_natural", &natural)?;
    rows.extend(with_one_of(reader, table, &quoted(KEY_COLUMN), &keys)?);
    Ok(rows)
}

/// Records whose name may be the beginning of one that an edit removed or added.
fn beginning_alike(reader: &ReadConnection, table: &Table, edits: &[Edited<'_>]) -> Result<Vec<i64>, ReadError> {
    let mut rows = Vec::new();
    if !reach::is_small(reader, table)? {
        return Ok(rows);
    }
    for field in cut::names(table) {
        let Some(at) = table.position(&field.column) else { continue };
        let Moved { came, went } = moved_values(edits, at);
        let beginnings: HashSet<String> = came.union(&went).flat_map(|name| cut::beginnings(name)).collect();
        if !beginnings.is_empty() {
            rows.extend(with_one_of(reader, table, &quoted(&field.column), &beginnings)?);
        }
    }
    Ok(rows)
}

/// Records of a table that have one of these values in a column.
fn with_one_of(
    reader: &ReadConnection,
    table: &Table,
    column: &str,
    values: &HashSet<String>,
) -> Result<Vec<i64>, ReadError> {
    let sql = format!(
        "SELECT t._row FROM {} t WHERE t.{column} IN (SELECT value FROM json_each(?1)) LIMIT {}",
        quoted(&table.name),
        MANY + 1
    );
    let listed = json_list(values.iter().map(String::as_str));
    collect(reader, &sql, &[SqlValue::Text(&listed)], |row| row.integer(0).unwrap_or_default())
}

/// Fields of all tables that refer to a column, with whether they may hold several keys.
fn pointing_at<'a>(
    edition: &'a Edition,
    table: &'a str,
    column: &'a str,
) -> impl Iterator<Item = (&'a Table, &'a str, bool)> {
    let points = move |reference: &Reference| reference.table == table && reference.column == column;
    edition.tables.iter().flat_map(move |other| {
        let fields = other.fields.iter().filter(move |field| field.references.iter().any(points));
        fields.map(move |field| (other, field.column.as_str(), holds_several(edition, field)))
    })
}

/// Values that records have in a column now and did not have before an edit, and those that they had.
struct Moved {
    came: HashSet<String>,
    went: HashSet<String>,
}

/// Values that an edit removed from a column or added to it.
fn moved_values(edits: &[Edited<'_>], at: usize) -> Moved {
    let value = |values: Option<&[String]>| values.and_then(|v| v.get(at)).map_or("", |v| v.trim()).to_owned();
    let (mut came, mut went) = (HashSet::new(), HashSet::new());
    for edit in edits {
        let (before, after) = (value(edit.before), value(edit.after));
        if before != after {
            went.extend(Some(before).filter(|value| !value.is_empty()));
            came.extend(Some(after).filter(|value| !value.is_empty()));
        }
    }
    Moved { came, went }
}

/// Whether a column held no value before the edit, or holds none now: then findings about whole tables change.
fn came_or_went_empty(
    reader: &ReadConnection,
    table: &Table,
    column: &str,
    edits: &[Edited<'_>],
    at: usize,
) -> Result<bool, ReadError> {
    let filled = |values: Option<&[String]>| values.and_then(|v| v.get(at)).is_some_and(|v| !v.trim().is_empty());
    let (name, column) = (quoted(&table.name), quoted(column));
    if !any(reader, &format!("SELECT 1 FROM {name} t WHERE t.{column} IS NOT NULL LIMIT 1"), &[])? {
        return Ok(true);
    }
    if edits.iter().any(|edit| filled(edit.before)) {
        return Ok(false);
    }
    let edited: HashSet<i64> = edits.iter().map(|edit| edit.row).collect();
    let sql = format!("SELECT t._row FROM {name} t WHERE t.{column} IS NOT NULL LIMIT {}", edited.len() + 1);
    let rows = collect(reader, &sql, &[], |row| row.integer(0).unwrap_or_default())?;
    Ok(rows.iter().all(|row| edited.contains(row)))
}

/// Records of another table whose field names one of these keys, alone or among several.
fn naming(
    reader: &ReadConnection,
    table: &Table,
    column: &str,
    several: bool,
    keys: &HashSet<String>,
) -> Result<Vec<i64>, ReadError> {
    if !several {
        return with_one_of(reader, table, &quoted(column), keys);
    }
    let sql = format!(
        "SELECT t._row FROM {} t WHERE t.{column} IS NOT NULL AND EXISTS \
         (SELECT 1 FROM json_each(?1) k WHERE instr(t.{column}, k.value) > 0) LIMIT {}",
        quoted(&table.name),
        MANY + 1,
        column = quoted(column),
    );
    let listed = json_list(keys.iter().map(String::as_str));
    collect(reader, &sql, &[SqlValue::Text(&listed)], |row| row.integer(0).unwrap_or_default())
}
