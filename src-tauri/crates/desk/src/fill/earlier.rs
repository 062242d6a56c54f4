//! Carrying records over from an earlier period.

use std::ops::ControlFlow;

use store::{RowChange, StepKind};

use super::api::{CarriedOver, CarryOver, EarlierPeriod, EarlierQuery};
use super::edit::position;
use crate::session::Desk;
use crate::session::api::{CallError, Changed};
use crate::session::editions::table_of;
use crate::verify::commit;

/// `fill.earlier`: the periods of a table other than the present one, the newest first.
pub(crate) fn earlier(desk: &Desk, request: EarlierQuery) -> Result<Vec<EarlierPeriod>, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let present = open.period();
    let mut periods = open.book.periods(&table.name)?;
    periods.retain(|period| !period.is_empty() && period != table.period.of(&present));
    periods.reverse();
    let view = |period: String| {
        let rows = open.book.count(&table.name, &period)?;
        Ok(EarlierPeriod { words: standard::period::words(&period), rows, period })
    };
    periods.into_iter().map(view).collect()
}

/// `fill.carry_over`: records that the present period has already, by their natural key, are left out.
pub(crate) fn carry_over(desk: &Desk, request: CarryOver) -> Result<CarriedOver, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let mut carried = vec![false; table.fields.len()];
    match request.columns.as_slice() {
        [] => table.fields.iter().zip(&mut carried).for_each(|(field, carried)| *carried = !field.is_system()),
        columns => {
            for column in columns {
                carried[position(table, column)?] = true;
            }
        }
    }
    let mut records = Vec::new();
    open.book.stream(&table.name, &request.from, |record| {
        records.push(record.values);
        ControlFlow::Continue(())
    })?;
    let present = open.period();
    let (mut changes, mut there) = (Vec::with_capacity(records.len()), 0);
    for mut values in records {
        for (value, carried) in values.iter_mut().zip(&carried) {
            if !carried {
                value.clear();
            }
        }
        if values.iter().all(String::is_empty) {
            continue;
        }
        if open.book.find_by_natural(&table.name, &present, &values)?.is_empty() {
            changes.push(RowChange::Insert { table: table.name.clone(), values, after: None });
        } else {
            there += 1;
        }
    }
    let edited = commit::edit(desk, &open, table, StepKind::CarryOver, changes)?;
    // What was explained of these records is still true where the same is found again.
    let explained = open.book.carry_explanations(&table.name, &request.from, &present)?;
    if explained > 0 {
        desk.tell(Changed::Tables { tables: vec![table.name.clone()], step: None });
    }
    Ok(CarriedOver { edited, there, explained })
}
