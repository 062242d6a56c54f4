//! A survey as the faces see it.

use standard::{Crosswalk, Table};

use super::route::{Reason, Route, Way};
use super::survey::{At, Line, LineKey, Says, Survey, Tally};
use crate::session::api::CallError;
use crate::standards::api::migrate::{MigrationColumn, MigrationTable};

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
            kind: route.fate.word().to_owned(),
            basis: route.note.map(str::to_owned),
            counts: tally.counts,
            columns: tally.lines.iter().map(|(key, line)| column(crosswalk, route, *key, line)).collect(),
        });
    }
    let reached = |table: &&Table| {
        !survey.carrier.routes.values().any(|route| route.new.is_some_and(|new| new.name == table.name))
    };
    for table in crossing.to.tables.iter().filter(reached) {
        let nothing = Tally::default();
        let tally = survey.made.get(table.name.as_str()).unwrap_or(&nothing);
        tables.push(MigrationTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            to: Some(table.name.clone()),
            to_title: Some(table.short_title().to_owned()),
            kind: "new".to_owned(),
            basis: None,
            counts: tally.counts,
            columns: tally.lines.iter().filter_map(|(key, line)| new_column(crosswalk, table, *key, line)).collect(),
        });
    }
    tables
}

fn column(crosswalk: &Crosswalk, route: &Route<'_>, key: LineKey, line: &Line) -> MigrationColumn {
    let (says, at, _) = key;
    let what = what(crosswalk, route, key);
    match at {
        At::Old(at) => {
            let field = &route.old.fields[at];
            let to = match &route.ways[at] {
                Way::Along(to, _) => route.new.map(|new| (new, *to)),
                Way::Elsewhere(elsewhere) if says == Says::Moved => Some((elsewhere.table, elsewhere.to)),
                Way::Nowhere(Reason::ByHand(to, _)) if says == Says::Hand => route.new.map(|new| (new, *to)),
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
                kind: says.word().to_owned(),
                what,
                cells: line.cells,
                examples: line.examples.clone(),
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
                kind: says.word().to_owned(),
                what,
                cells: line.cells,
                examples: line.examples.clone(),
            }
        }
    }
}

/// A column of a table that only the new edition has.
fn new_column(crosswalk: &Crosswalk, table: &Table, (says, at, code): LineKey, line: &Line) -> Option<MigrationColumn> {
    let At::New(to) = at else { return None };
    let field = &table.fields[to];
    Some(MigrationColumn {
        column: field.column.clone(),
        title: field.title.clone(),
        to: Some(field.column.clone()),
        to_title: Some(field.title.clone()),
        to_table: None,
        kind: says.word().to_owned(),
        what: Some(match says {
            Says::Hand => hand(crosswalk, table, to, code),
            _ => CallError::new("moving.given"),
        }),
        cells: line.cells,
        examples: line.examples.clone(),
    })
}

/// What a line has to say, in words.
fn what(crosswalk: &Crosswalk, route: &Route<'_>, (says, at, code): LineKey) -> Option<CallError> {
    let way = match at {
        At::Old(at) => Some(&route.ways[at]),
        At::New(_) => None,
    };
    match (says, way) {
        (Says::Same, _) => None,
        (Says::Converted, Some(Way::Along(_, convert))) => Some(convert.what()),
        (Says::Moved, Some(Way::Along(_, convert))) if code == "moving.converted" => Some(convert.what()),
        (Says::Moved, Some(Way::Elsewhere(elsewhere))) => {
            let error = match elsewhere.new_record {
                true => CallError::new("moving.new-record"),
                false => CallError::new("moving.record"),
            };
            Some(error.with("table", elsewhere.table.short_title()))
        }
        (Says::Aside, Some(way)) => Some(aside(way, code)),
        (Says::Hand, Some(Way::Nowhere(Reason::ByHand(_, note)))) => {
            Some(CallError::new("moving.fill-by-hand").with("note", note))
        }
        (Says::Hand, _) => {
            let to = match (at, way) {
                (At::New(to), _) => to,
                (_, Some(Way::Along(to, _))) => *to,
                _ => return None,
            };
            route.new.map(|new| hand(crosswalk, new, to, code))
        }
        (Says::New, _) => Some(new(route, at, code)),
        _ => None,
    }
}

fn new(route: &Route<'_>, at: At, code: &str) -> CallError {
    match (code, at) {
        ("moving.constant", At::New(to)) => {
            let constant = route.constants.iter().find(|(at, _)| *at == to).map(|(_, value)| *value);
            CallError::new("moving.constant").with("value", constant.unwrap_or_default())
        }
        ("moving.given", _) => CallError::new("moving.given"),
        _ => CallError::new("moving.new"),
    }
}

fn aside(way: &Way<'_>, code: &str) -> CallError {
    match (way, code) {
        (Way::Elsewhere(elsewhere), "moving.nobody-takes-it") => {
            CallError::new("moving.nobody-takes-it").with("table", elsewhere.table.short_title())
        }
        (Way::Nowhere(Reason::ByHand(_, note)), _) => CallError::new("moving.by-hand").with("note", note),
        (Way::Nowhere(Reason::Lost(note)), _) => CallError::new("moving.lost").with("note", note),
        (Way::Nowhere(Reason::Already(table)), _) => CallError::new("moving.already").with("table", table),
        (_, "moving.unclear") => CallError::new("moving.unclear"),
        _ => CallError::new("moving.no-place"),
    }
}

/// What a clerk has to mend in a column of the new edition.
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
