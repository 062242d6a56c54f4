//! What the clerk decides about a proposal.

use store::{Choice, DecisionScope, RowKind};

use super::api::{Decide, Outlook};
use super::proposals::usable;
use super::view::{outlook, position};
use crate::Desk;
use crate::session::api::{CallError, Changed};

/// `workbook.decide`.
pub(crate) fn decide(desk: &Desk, request: Decide) -> Result<Outlook, CallError> {
    let open = desk.opened()?;
    let kept = usable(&open, request.proposal)?;
    let sheet = request.sheet.map(|no| kept.sheet(&open, i64::from(no))).transpose()?;
    let column = match (&request.column, sheet) {
        (Some(column), Some((_, table))) => Some(position(table, column)?),
        (Some(_), None) => return Err(CallError::new("import.decide-what")),
        (None, _) => None,
    };
    // A decision about many rows must name their kind, so that emptying and deleting are never included by accident.
    let narrow = request.row.is_some() && request.sheet.is_some();
    let decidable = [RowKind::New, RowKind::Changed, RowKind::Cleared, RowKind::Conflict, RowKind::Missing].map(Some);
    if (request.kind.is_none() && !narrow)
        || (request.kind.is_some() && !decidable.contains(&request.kind))
        || (request.row.is_some() && request.sheet.is_none())
        || (request.choice == Some(Choice::Add) && column.is_some())
    {
        return Err(CallError::new("import.decide-what"));
    }
    let scope = DecisionScope {
        proposal: kept.id(),
        sheet: sheet.map(|(sheet, _)| sheet.id),
        row: request.row,
        column,
        kind: request.kind,
    };
    open.book.decide_proposal(&scope, request.choice)?;
    desk.tell(Changed::Proposals);
    outlook(&open, &kept)
}
