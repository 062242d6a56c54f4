//! Typing and pasting.

use std::collections::BTreeMap;

use check::TableChecker;
use standard::Table;
use store::{RowChange, StepKind};

use super::api::{Change, Edit, Paste};
use crate::session::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::verify::api::Edited;
use crate::verify::checks::Checks;
use crate::verify::commit;

/// `fill.edit`.
pub(crate) fn edit(desk: &Desk, request: Edit) -> Result<Edited, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let checker = open.extensions.get::<Checks>().checker(&open, table);
    let changes =
        request.changes.into_iter().map(|change| row_change(table, &checker, change)).collect::<Result<Vec<_>, _>>()?;
    commit::edit(desk, &open, table, StepKind::Edit, changes)
}

fn row_change(table: &Table, checker: &TableChecker, change: Change) -> Result<RowChange, CallError> {
    let name = || table.name.clone();
    Ok(match change {
        Change::Set { row, column, value } => {
            position(table, &column)?;
            let value = checker.normalise(&column, &value);
            RowChange::Update { table: name(), row, values: BTreeMap::from([(column, value)]) }
        }
        Change::Insert { values: typed, after } => {
            let mut values = vec![String::new(); table.fields.len()];
            for (column, value) in typed {
                values[position(table, &column)?] = checker.normalise(&column, &value);
            }
            RowChange::Insert { table: name(), values, after }
        }
        Change::Delete { row } => RowChange::Delete { table: name(), row },
    })
}

/// Position of a column that a clerk fills.
pub(super) fn position(table: &Table, column: &str) -> Result<usize, CallError> {
    let error = |code: &str| CallError::new(code).with("table", &table.name).with("column", column);
    let position = table.position(column).ok_or_else(|| error("book.no-such-column"))?;
    if table.fields[position].is_system() { Err(error("book.system-column")) } else { Ok(position) }
}

/// `fill.paste`: a block over the records that are named; rows without one are added.
pub(crate) fn paste(desk: &Desk, request: Paste) -> Result<Edited, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let checker = open.extensions.get::<Checks>().checker(&open, table);
    let positions = request.columns.iter().map(|column| position(table, column)).collect::<Result<Vec<_>, _>>()?;
    let records = request.rows.into_iter().chain(std::iter::repeat(None));
    let change = |(cells, record): (Vec<String>, Option<i64>)| {
        let typed =
            positions.iter().zip(cells).map(|(&at, text)| (at, checker.normalise(&table.fields[at].column, &text)));
        match record {
            Some(row) => {
                let values = typed.map(|(position, value)| (table.fields[position].column.clone(), value));
                RowChange::Update { table: table.name.clone(), row, values: values.collect() }
            }
            None => {
                let mut values = vec![String::new(); table.fields.len()];
                typed.for_each(|(position, value)| values[position] = value);
                RowChange::Insert { table: table.name.clone(), values, after: None }
            }
        }
    };
    let changes = request.cells.into_iter().zip(records).map(change).collect();
    commit::edit(desk, &open, table, StepKind::Paste, changes)
}
