//! Findings of a table by rule and cause, and correcting all of a cause with their suggestions.

use std::collections::BTreeMap;

use standard::{Sensitivity, Words, mask};
use store::{FindingQuery, RowChange, StepKind};

use super::api::{Cause, CausesQuery, MendCause};
use crate::session::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::verify::api::Edited;
use crate::verify::commit;

/// The largest number of causes of one answer; a table has fewer rules.
const CAUSES: u64 = 300;

/// `fill.causes`.
pub(crate) fn causes(desk: &Desk, request: CausesQuery) -> Result<Vec<Cause>, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let show_personal = open.settings().show_personal;
    let view = |cause: store::FindingCause| {
        let field = cause.column.as_deref().and_then(|column| table.field(column));
        let sensitivity = field.map_or(Sensitivity::None, |field| field.sensitivity);
        let hidden = sensitivity != Sensitivity::None && !show_personal;
        Cause {
            column_title: field.map(|field| field.title.clone()),
            code: code(&cause.message),
            shown: if hidden { mask::mask(sensitivity, &cause.value) } else { cause.value },
            suggestion: cause.suggestion.filter(|_| !hidden),
            column: cause.column,
            rule: cause.rule,
            level: cause.level,
            count: cause.count,
            explained: cause.explained,
            suggested: cause.suggested,
            message: cause.message,
            first_row: cause.first_row,
        }
    };
    Ok(open.book.finding_causes(&table.name, &open.period(), CAUSES)?.into_iter().map(view).collect())
}

/// What distinguishes causes of one rule: the code of a phrase; empty for a sentence of a rule file.
fn code(words: &Words) -> String {
    words.code().unwrap_or_default().to_owned()
}

/// `fill.mend_cause`.
pub(crate) fn mend_cause(desk: &Desk, request: MendCause) -> Result<Edited, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let MendCause { column, rule, code: wanted, .. } = request;
    super::edit::position(table, &column)?;
    let query = FindingQuery {
        table: Some(table.name.clone()),
        period: Some(open.period()),
        column: Some(column.clone()),
        rule: Some(rule),
        limit: u64::MAX,
        ..FindingQuery::default()
    };
    let change = |stored: store::StoredFinding| {
        let finding = stored.finding;
        let (row, value) = (finding.row?, finding.suggestion?);
        let values = BTreeMap::from([(column.clone(), value)]);
        (code(&finding.message) == wanted).then(|| RowChange::Update { table: table.name.clone(), row, values })
    };
    let changes = open.book.findings(&query)?.findings.into_iter().filter_map(change).collect();
    commit::edit(desk, &open, table, StepKind::Mend, changes)
}
