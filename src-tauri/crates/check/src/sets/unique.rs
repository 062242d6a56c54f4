//! Two records have the same key.
//!
//! **Why**: the record key ZJSJWYXBS follows from the natural key, and the receiver keeps one row per record key: of
//! two records with the same key, the later overwrites the earlier. **Source**: the primary key of every table; which
//! columns distinguish two records was chosen by this project (see docs/decisions.md).
//!
//! Two cases. Records with the same natural key: all of them are reported. Records whose natural keys differ while
//! their record keys are the same, because one of them kept its key when it was corrected after having been sent: they
//! would overwrite each other all the same.
//!
//! **Level**: mandatory where the standard prints what tells records apart. Where it prints nothing
//! ([`standard::KeyRule::repeats`]), and for records that the clerk declared to be different ones, it is to be
//! confirmed; after that statement an ordinal makes their keys different. Where a row is meant to be a sum, the message
//! says to add the rows up.
//!
//! Records share a natural key within a period only: in the next one it is the same record, reported again. A natural
//! key that is all empty is not a key yet. The words name the other record by its position as it is while checking.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use standard::field::KEY_COLUMN;
use standard::{Finding, Level, Merge, Words};
use store::{ReadError, Scope, SqlValue};

use super::reach;
use super::sweep::{Sweep, hand};
use crate::join;
use crate::sql::{Within, collect, json_rows, quoted};

/// The name of these findings.
pub(super) const RULE: &str = store::UNIQUE_RULE;

/// The largest number of other records that a message names by their position; for more it gives their number.
const NAMED: usize = 3;

/// A record that shares its key.
struct Twin {
    row: i64,
    key: String,
    period: String,
    natural: String,
    value: String,
    /// Whether the clerk said that it is a true record beside the others.
    told: bool,
}

pub(super) fn check(sweep: &Sweep<'_>, found: &mut dyn FnMut(Finding) -> ControlFlow<()>) -> Result<(), ReadError> {
    // Records whose natural keys are the same have one record key while it is not fixed. Looking for both covers a
    // fixed key beside a natural key of its own.
    let natural = groups(sweep, "_natural", "_natural, _period", |a, b| (&a.key, &a.period) == (&b.key, &b.period))?;
    let told: HashSet<i64> = natural.iter().flatten().map(|twin| twin.row).collect();
    report(sweep, &natural, same_natural_key, found)?;
    let key = quoted(KEY_COLUMN);
    let keys: Vec<Vec<Twin>> = groups(sweep, &key, &key, |a, b| a.key == b.key)?
        .into_iter()
        .filter(|group| group.iter().any(|twin| twin.natural != group[0].natural))
        .map(|group| group.into_iter().filter(|twin| !told.contains(&twin.row)).collect())
        .filter(|group: &Vec<Twin>| group.len() > 1)
        .collect();
    report(sweep, &keys, same_record_key, found)
}

/// Groups of records that share what is in `column`, in the order of their places. For a scope of records: the groups
/// that hold one of them. `by` are the columns of the index that the groups come from, `same` tells what a group
/// shares.
fn groups(
    sweep: &Sweep<'_>,
    column: &str,
    by: &str,
    same: fn(&Twin, &Twin) -> bool,
) -> Result<Vec<Vec<Twin>>, ReadError> {
    let table = quoted(&sweep.table.name);
    let value = first_column(sweep).map_or_else(|| "NULL".to_owned(), |column| format!("t.{}", quoted(column)));
    let within = Within::new(sweep.table, sweep.scope);
    // Groups come out of the index alone; the scope is asked of the few records in them.
    let (shared, also) = match sweep.scope {
        Scope::Rows(_) => (
            format!(
                "(t.{column} IN (SELECT t.{column} FROM {table} t WHERE {} AND t.{column} IS NOT NULL))",
                within.sql
            ),
            "1",
        ),
        _ => {
            let of_t = by.split(", ").map(|column| format!("t.{column}")).collect::<Vec<_>>().join(", ");
            let twice = format!(
                "(({of_t}) IN (SELECT {by} FROM {table} WHERE {column} IS NOT NULL GROUP BY {by} HAVING count(*) > 1))"
            );
            (twice, within.sql)
        }
    };
    let sql = format!(
        "SELECT t._row, t.{column}, t._period, t._natural, {value}, t._ordinal > 0 FROM {table} t WHERE {shared} AND {also} \
         ORDER BY t.{column}, t._period, t._place, t._row"
    );
    let twins = collect(sweep.reader, &sql, &[within.value()], |row| Twin {
        row: row.integer(0).unwrap_or_default(),
        key: row.text(1),
        period: row.text(2),
        natural: row.text(3),
        value: row.text(4),
        told: row.integer(5) == Some(1),
    })?;
    let mut groups: Vec<Vec<Twin>> = Vec::new();
    for twin in twins {
        match groups.last_mut() {
            Some(group) if same(&group[0], &twin) => group.push(twin),
            _ => groups.push(vec![twin]),
        }
    }
    groups.retain(|group| group.len() > 1);
    Ok(groups)
}

/// The column that a finding is shown at: the first of the natural key.
fn first_column<'a>(sweep: &Sweep<'a>) -> Option<&'a str> {
    let first = sweep.table.natural_key.first().map(String::as_str);
    first.filter(|column| sweep.table.field(column).is_some_and(|field| !field.is_system()))
}

/// Reports each record of the scope with the others in its group.
fn report(
    sweep: &Sweep<'_>,
    groups: &[Vec<Twin>],
    words: fn(&Sweep<'_>, &Twin) -> (Level, Words),
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let wanted: HashSet<i64> = match sweep.scope {
        Scope::Rows(rows) => rows.iter().copied().collect(),
        _ => HashSet::new(),
    };
    let is_wanted = |row: i64| !matches!(sweep.scope, Scope::Rows(_)) || wanted.contains(&row);
    let named = groups.iter().flat_map(|group| group.iter().take(NAMED + 1)).map(|twin| twin.row);
    let positions = positions(sweep, named.collect())?;
    for group in groups {
        for twin in group.iter().filter(|twin| is_wanted(twin.row)) {
            let others: Vec<Words> = group
                .iter()
                .filter(|other| other.row != twin.row)
                .take(NAMED)
                .filter_map(|other| positions.get(&other.row).map(|position| Words::from(position.to_string())))
                .collect();
            let count = group.len() - 1;
            let others = match (count, others.len()) {
                (_, 0) => Words::phrase("rows.uncounted").with("count", count),
                (1, _) => Words::phrase("rows.one").with("rows", others),
                (_, named) if named < count => Words::phrase("rows.more").with("rows", others).with("count", count),
                _ => Words::phrase("rows.all").with("rows", others),
            };
            let (level, message) = words(sweep, twin);
            let finding = Finding {
                table: sweep.table.name.clone(),
                row: Some(twin.row),
                column: first_column(sweep).map(str::to_owned),
                rule: RULE.to_owned(),
                level,
                value: twin.value.clone(),
                message: message.with("others", others),
                suggestion: None,
            };
            hand(found, finding)?;
        }
    }
    Ok(())
}

fn same_natural_key(sweep: &Sweep<'_>, twin: &Twin) -> (Level, Words) {
    let titles = sweep.table.natural_key.iter().filter_map(|column| sweep.table.field(column)).map(|f| &f.title);
    let titles: Vec<Words> = titles.map(join::quoted).collect();
    let words = match titles.as_slice() {
        [] => Words::phrase("finding.unique.all"),
        [_] => Words::phrase("finding.unique.one").with("titles", titles),
        _ => Words::phrase("finding.unique.several").with("titles", titles),
    };
    let rule = &sweep.table.key_rule;
    let repeats = rule.repeats.is_some();
    let way = match rule.merge {
        Some(Merge::Sum) => Words::phrase("unique.sum"),
        Some(Merge::Average) => Words::phrase("unique.average"),
        None if repeats => Words::phrase("unique.repeats"),
        None => Words::phrase("unique.once"),
    };
    let level = if repeats || twin.told { Level::Confirm } else { Level::Mandatory };
    (level, words.with("way", way))
}

fn same_record_key(_: &Sweep<'_>, _: &Twin) -> (Level, Words) {
    (Level::Mandatory, Words::phrase("finding.unique.record-key"))
}

/// Positions of records in their period, counted from 1, as the grid counts them.
///
/// The positions of a few records are counted one by one in the index of ordering keys; for many the index is read
/// once. After an edit of a table that is not small, only the positions of a few records are counted, and not beyond
/// [`reach::SMALL`]; the others have no position.
fn positions(sweep: &Sweep<'_>, rows: HashSet<i64>) -> Result<HashMap<i64, u64>, ReadError> {
    const FEW: usize = 8;
    let table = quoted(&sweep.table.name);
    let mut positions = HashMap::new();
    if rows.is_empty() {
        return Ok(positions);
    }
    let everywhere = sweep.reaches()?;
    if rows.len() <= FEW || !everywhere {
        let limit = if everywhere { String::new() } else { format!(" LIMIT {}", reach::SMALL + 1) };
        let sql = format!(
            "SELECT t._row, (SELECT count(*) FROM (SELECT 1 FROM {table} o WHERE o._period = t._period AND \
             (o._place, o._row) <= (t._place, t._row){limit})) \
             FROM {table} t WHERE t._row IN (SELECT value FROM json_each(?1))"
        );
        let listed = json_rows(rows.into_iter().take(FEW));
        sweep.reader.query(&sql, &[SqlValue::Text(&listed)], |row| {
            if let (Some(row), Some(position)) = (row.integer(0), row.integer(1))
                && (everywhere || position <= reach::SMALL as i64)
            {
                positions.insert(row, position.unsigned_abs());
            }
            ControlFlow::Continue(())
        })?;
        return Ok(positions);
    }
    let (mut period, mut position) = (None, 0);
    let sql = format!("SELECT t._row, t._period FROM {table} t ORDER BY t._period, t._place, t._row");
    sweep.reader.query(&sql, &[], |row| {
        let now = Some(row.text(1));
        if now != period {
            (period, position) = (now, 0);
        }
        position += 1;
        if let Some(row) = row.integer(0).filter(|row| rows.contains(row)) {
            positions.insert(row, position);
        }
        ControlFlow::Continue(())
    })?;
    Ok(positions)
}
