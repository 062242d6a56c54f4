//! Two records have the same key.
//!
//! **Why**: the record key ZJSJWYXBS follows from the natural key, and the receiver keeps one row per record key: of two
//! records with the same key, the later overwrites the earlier. **Source**: the primary key of every table; which columns
//! tell two records apart is our judgement (see ARCHITECTURE.md).
//!
//! Two cases. Records with the same natural key: all of them are told. Records whose natural keys differ while their
//! record keys are the same, because one of them kept its key when it was corrected after having been sent: they would
//! overwrite each other all the same.
//!
//! Records speak for a period where their table is periodic; keys of different periods differ. A natural key that is all
//! empty is no key yet. The words name the other record by its position as it is while checking.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use standard::model::KEY_COLUMN;
use standard::{Finding, Level, Words};
use store::{ReadError, Scope, SqlValue};

use super::sweep::{Sweep, hand};
use crate::join;
use crate::sql::{Within, collect, json_rows, quoted};

/// The name of these findings.
pub(super) const RULE: &str = "unique-key";

/// Other records that are named by position, before words turn to a number.
const NAMED: usize = 3;

/// A record that shares its key.
struct Twin {
    row: i64,
    key: String,
    natural: String,
    value: String,
}

pub(super) fn check(sweep: &Sweep<'_>, found: &mut dyn FnMut(Finding) -> ControlFlow<()>) -> Result<(), ReadError> {
    // Records whose natural keys are the same have one record key while it is not fixed. Looking for both covers a fixed
    // key beside a natural key of its own.
    let natural = groups(sweep, "_natural")?;
    let told: HashSet<i64> = natural.iter().flatten().map(|twin| twin.row).collect();
    report(sweep, &natural, same_natural_key, found)?;
    let keys: Vec<Vec<Twin>> = groups(sweep, &quoted(KEY_COLUMN))?
        .into_iter()
        .filter(|group| group.iter().any(|twin| twin.natural != group[0].natural))
        .map(|group| group.into_iter().filter(|twin| !told.contains(&twin.row)).collect())
        .filter(|group: &Vec<Twin>| group.len() > 1)
        .collect();
    report(sweep, &keys, same_record_key, found)
}

/// Groups of records that share what is in `column`, in the order of their places. For a scope of records: the groups
/// that hold one of them.
fn groups(sweep: &Sweep<'_>, column: &str) -> Result<Vec<Vec<Twin>>, ReadError> {
    let table = quoted(&sweep.table.name);
    let value = first_column(sweep).map_or_else(|| "NULL".to_owned(), |column| format!("t.{}", quoted(column)));
    let within = Within::new(sweep.table, sweep.scope);
    // Groups come out of the index alone; the scope is asked of the few records in them.
    let (shared, also) = match sweep.scope {
        Scope::Rows(_) => {
            (format!("SELECT t.{column} FROM {table} t WHERE {} AND t.{column} IS NOT NULL", within.sql), "1")
        }
        _ => {
            let twice = format!(
                "SELECT d.{column} FROM {table} d WHERE d.{column} IS NOT NULL GROUP BY d.{column} HAVING count(*) > 1"
            );
            (twice, within.sql)
        }
    };
    let sql = format!(
        "SELECT t._row, t.{column}, t._natural, {value} FROM {table} t WHERE t.{column} IN ({shared}) AND {also} \
         ORDER BY t.{column}, t._period, t._place, t._row"
    );
    let twins = collect(sweep.reader, &sql, &[within.value()], |row| Twin {
        row: row.integer(0).unwrap_or_default(),
        key: row.text(1),
        natural: row.text(2),
        value: row.text(3),
    })?;
    let mut groups: Vec<Vec<Twin>> = Vec::new();
    for twin in twins {
        match groups.last_mut() {
            Some(group) if group[0].key == twin.key => group.push(twin),
            _ => groups.push(vec![twin]),
        }
    }
    groups.retain(|group| group.len() > 1);
    Ok(groups)
}

/// The column that a finding is shown at: the first of the natural key.
fn first_column<'a>(sweep: &Sweep<'a>) -> Option<&'a str> {
    sweep.table.natural_key.first().map(String::as_str).filter(|column| sweep.table.field(column).is_some())
}

/// Tells each record of the scope of the others in its group.
fn report(
    sweep: &Sweep<'_>,
    groups: &[Vec<Twin>],
    words: fn(&Sweep<'_>) -> Words,
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
                (1, _) => Words::phrase("rows.one").with("rows", others),
                (_, named) if named < count => Words::phrase("rows.more").with("rows", others).with("count", count),
                _ => Words::phrase("rows.all").with("rows", others),
            };
            let finding = Finding {
                table: sweep.table.name.clone(),
                row: Some(twin.row),
                column: first_column(sweep).map(str::to_owned),
                rule: RULE.to_owned(),
                level: Level::Mandatory,
                value: twin.value.clone(),
                message: words(sweep).with("others", others),
                suggestion: None,
            };
            hand(found, finding)?;
        }
    }
    Ok(())
}

fn same_natural_key(sweep: &Sweep<'_>) -> Words {
    let titles = sweep.table.natural_key.iter().filter_map(|column| sweep.table.field(column)).map(|f| &f.title);
    let titles: Vec<Words> = titles.map(join::quoted).collect();
    match titles.as_slice() {
        [] => Words::phrase("finding.unique.all"),
        [_] => Words::phrase("finding.unique.one").with("titles", titles),
        _ => Words::phrase("finding.unique.several").with("titles", titles),
    }
}

fn same_record_key(_: &Sweep<'_>) -> Words {
    Words::phrase("finding.unique.record-key")
}

/// Positions of records in their period, counted from 1, as the grid counts them.
///
/// A few are counted one by one along the index of places; for many one walk along it is shorter.
fn positions(sweep: &Sweep<'_>, rows: HashSet<i64>) -> Result<HashMap<i64, u64>, ReadError> {
    const FEW: usize = 8;
    let table = quoted(&sweep.table.name);
    let mut positions = HashMap::new();
    if rows.len() <= FEW {
        let sql = format!(
            "SELECT t._row, (SELECT count(*) FROM {table} o WHERE o._period = t._period AND \
             (o._place < t._place OR (o._place = t._place AND o._row <= t._row))) \
             FROM {table} t WHERE t._row IN (SELECT value FROM json_each(?1))"
        );
        let listed = json_rows(rows);
        sweep.reader.query(&sql, &[SqlValue::Text(&listed)], |row| {
            if let (Some(row), Some(position)) = (row.integer(0), row.integer(1)) {
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
