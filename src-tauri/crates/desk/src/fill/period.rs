//! Records that belong to another period by the dates that they have.

use std::collections::BTreeSet;

use store::{FindingQuery, RowChange, StepKind};

use super::api::{Moved, ToPeriod};
use crate::session::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::verify::checks::Checks;
use crate::verify::commit::{self, Extent};
use crate::verify::findings::counts;

/// `fill.to_period`: each of the records goes to the period that its dates name, all in one step. A record whose dates
/// lie in the period that it has stays.
pub(crate) fn to_period(desk: &Desk, request: ToPeriod) -> Result<Moved, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let checker = open.extensions.get::<Checks>().checker(&open, table);
    let rows: BTreeSet<i64> = if request.rows.is_empty() {
        let query = FindingQuery {
            table: Some(table.name.clone()),
            period: Some(open.period()),
            rule: Some(check::EVENT_RULE.to_owned()),
            value: request.value,
            limit: u64::MAX,
            ..FindingQuery::default()
        };
        open.book.findings(&query)?.findings.iter().filter_map(|stored| stored.finding.row).collect()
    } else {
        request.rows.into_iter().collect()
    };
    let rows: Vec<i64> = rows.into_iter().collect();
    let changes = || {
        let records = open.book.get_many(&table.name, &rows)?;
        let moved = records.into_iter().flatten().filter_map(|record| {
            let period = checker.other_period(&record.period, &record.values)?;
            Some(RowChange::Move { table: table.name.clone(), row: record.row, period })
        });
        Ok(moved.collect())
    };
    let done = commit::commit(desk, &open, (StepKind::Period, ""), changes, Extent::Records)?;
    Ok(Moved { step: done.step, moved: done.rows().len() as u64, counts: counts(&open, Some(&table.name))? })
}
