//! A survey as the page and the command line show it.

use standard::{Crosswalk, Table};

use super::route::{ColumnRoute, Reason, TableRoute};
use super::survey::{At, ColumnKey, ColumnTally, Survey, TableTally};
use crate::session::api::CallError;
use crate::standards::api::migrate::{ColumnFate, MigrationColumn, MigrationTable, TableFate};

/// All tables: those of the old edition, then those that only the new one has.
pub(crate) fn tables(survey: &Survey<'_>) -> Vec<MigrationTable> {
    let crossing = survey.crossing;
    let crosswalk = crossing.crosswalk;
    let mut tables: Vec<MigrationTable> = Vec::new();
    for table in &crossing.from.tables {
        let (route, tally) = (&survey.carrier.routes[table.name.as_str()], &survey.tallies[table.name.as_str()]);
        tables.push(MigrationTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            to: route.new.map(|new| new.name.clone()),
            to_title: route.new.map(|new| new.short_title().to_owned()),
            kind: route.fate,
            basis: route.note.map(str::to_owned),
            counts: tally.counts,
            columns: tally.columns.iter().map(|(key, tally)| column(crosswalk, route, *key, tally)).collect(),
        });
    }
    let reached = |table: &&Table| {
        !survey.carrier.routes.values().any(|route| route.new.is_some_and(|new| new.name == table.name))
    };
    for table in crossing.to.tables.iter().filter(reached) {
        let nothing = TableTally::default();
        let tally = survey.made.get(table.name.as_str()).unwrap_or(&nothing);
        tables.push(MigrationTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            to: Some(table.name.clone()),
            to_title: Some(table.short_title().to_owned()),
            kind: TableFate::New,
            basis: None,
            counts: tally.counts,
            columns: tally
                .columns
                .iter()
                .filter_map(|(key, tally)| new_column(crosswalk, table, *key, tally))
                .collect(),
        });
    }
    tables
}

fn column(crosswalk: &Crosswalk, route: &TableRoute<'_>, key: ColumnKey, tally: &ColumnTally) -> MigrationColumn {
    let (fate, at, _) = key;
    let what = what(crosswalk, route, key);
    match at {
        At::Old(at) => {
            let field = &route.old.fields[at];
            let to = match &route.columns[at] {
                ColumnRoute::Along(to, _) => route.new.map(|new| (new, *to)),
                ColumnRoute::Elsewhere(elsewhere) if fate == ColumnFate::Moved => Some((elsewhere.table, elsewhere.to)),
                ColumnRoute::Nowhere(Reason::ByHand(to, _)) if fate == ColumnFate::Hand => {
                    route.new.map(|new| (new, *to))
                }
                _ => None,
            };
            MigrationColumn {
                column: field.column.clone(),
                title: field.title.clone(),
                to: to.map(|(table, to)| table.fields[to].column.clone()),
                to_title: to.map(|(table, to)| table.fields[to].title.clone()),
                to_table: to
                    .filter(|(table, _)| route.new.is_none_or(|new| new.name != table.name))
                    .map(|(table, _)| table.name.clone()),
                kind: fate,
                what,
                cells: tally.cells,
                examples: tally.examples.clone(),
            }
        }
        At::New(to) => {
            let field = route.new.map(|new| &new.fields[to]);
            let (column, title) = field.map(|f| (f.column.clone(), f.title.clone())).unwrap_or_default();
            MigrationColumn {
                to: Some(column.clone()),
                to_title: Some(title.clone()),
                column,
                title,
                to_table: None,
                kind: fate,
                what,
                cells: tally.cells,
                examples: tally.examples.clone(),
            }
        }
    }
}

/// A column of a table that only the new edition has.
fn new_column(
    crosswalk: &Crosswalk,
    table: &Table,
    (fate, at, code): ColumnKey,
    tally: &ColumnTally,
) -> Option<MigrationColumn> {
    let At::New(to) = at else { return None };
    let field = &table.fields[to];
    Some(MigrationColumn {
        column: field.column.clone(),
        title: field.title.clone(),
        to: Some(field.column.clone()),
        to_title: Some(field.title.clone()),
        to_table: None,
        kind: fate,
        what: Some(match fate {
            ColumnFate::Hand => hand(crosswalk, table, to, code),
            _ => CallError::new("moving.given"),
        }),
        cells: tally.cells,
        examples: tally.examples.clone(),
    })
}

/// What is done or has to be done, as a code with words.
fn what(crosswalk: &Crosswalk, route: &TableRoute<'_>, (fate, at, code): ColumnKey) -> Option<CallError> {
    let column_route = match at {
        At::Old(at) => Some(&route.columns[at]),
        At::New(_) => None,
    };
    match (fate, column_route) {
        (ColumnFate::Same, _) => None,
        (ColumnFate::Convert, Some(ColumnRoute::Along(_, convert))) => Some(convert.what()),
        (ColumnFate::Moved, Some(ColumnRoute::Along(_, convert))) if code == "moving.converted" => Some(convert.what()),
        (ColumnFate::Moved, Some(ColumnRoute::Elsewhere(elsewhere))) => {
            let error = match elsewhere.new_record {
                true => CallError::new("moving.new-record"),
                false => CallError::new("moving.record"),
            };
            Some(error.with("table", elsewhere.table.short_title()))
        }
        (ColumnFate::Aside, Some(column_route)) => Some(aside(column_route, code)),
        (ColumnFate::Hand, Some(ColumnRoute::Nowhere(Reason::ByHand(_, note)))) => {
            Some(CallError::new("moving.fill-by-hand").with("note", note))
        }
        (ColumnFate::Hand, _) => {
            let to = match (at, column_route) {
                (At::New(to), _) => to,
                (_, Some(ColumnRoute::Along(to, _))) => *to,
                _ => return None,
            };
            route.new.map(|new| hand(crosswalk, new, to, code))
        }
        (ColumnFate::New, _) => Some(new(route, at, code)),
        _ => None,
    }
}

fn new(route: &TableRoute<'_>, at: At, code: &str) -> CallError {
    match (code, at) {
        ("moving.constant", At::New(to)) => {
            let constant = route.constants.iter().find(|(at, _)| *at == to).map(|(_, value)| *value);
            CallError::new("moving.constant").with("value", constant.unwrap_or_default())
        }
        ("moving.given", _) => CallError::new("moving.given"),
        _ => CallError::new("moving.new"),
    }
}

fn aside(column_route: &ColumnRoute<'_>, code: &str) -> CallError {
    match (column_route, code) {
        (ColumnRoute::Elsewhere(elsewhere), "moving.nobody-takes-it") => {
            CallError::new("moving.nobody-takes-it").with("table", elsewhere.table.short_title())
        }
        (ColumnRoute::Nowhere(Reason::ByHand(_, note)), _) => CallError::new("moving.by-hand").with("note", note),
        (ColumnRoute::Nowhere(Reason::Lost(note)), _) => CallError::new("moving.lost").with("note", note),
        (ColumnRoute::Nowhere(Reason::Already(table)), _) => CallError::new("moving.already").with("table", table),
        (_, "moving.unclear") => CallError::new("moving.unclear"),
        _ => CallError::new("moving.no-place"),
    }
}

/// What a clerk has to correct in a column of the new edition.
fn hand(crosswalk: &Crosswalk, table: &Table, to: usize, code: &str) -> CallError {
    match code {
        "moving.required" => CallError::new("moving.required"),
        "moving.too-long" => {
            let field = &table.fields[to];
            let limit = field.length_limit().or(field.precision).unwrap_or_default();
            CallError::new("moving.too-long").with("limit", limit)
        }
        "moving.code-gone" => {
            let change = table.fields[to].code_list.as_deref().and_then(|list| crosswalk.code_change(list));
            let note = change.filter(|change| !change.gone.is_empty()).map_or("", |change| change.note.as_str());
            CallError::new("moving.code-gone").with("note", note)
        }
        _ => CallError::new("moving.not-valid"),
    }
}
