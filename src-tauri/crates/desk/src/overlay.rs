//! The college's own additions to the open book's edition.

use crate::Desk;
use crate::api::overlay::{Overlay, OverlayFile, OverlayProblems, TriedRule, TryRule};
use crate::api::{CallError, Nothing};

/// `overlay.get`.
pub(crate) fn get(desk: &Desk, _: Nothing) -> Result<Overlay, CallError> {
    desk.opened()?;
    Ok(Overlay::default())
}

/// `overlay.save`.
pub(crate) fn save(_: &Desk, _: Overlay) -> Result<Overlay, CallError> {
    Err(CallError::new("program.failed"))
}

/// `overlay.problems`.
pub(crate) fn problems(_: &Desk, _: Nothing) -> Result<OverlayProblems, CallError> {
    Ok(OverlayProblems { problems: Vec::new() })
}

/// `overlay.try_rule`.
pub(crate) fn try_rule(_: &Desk, _: TryRule) -> Result<TriedRule, CallError> {
    Ok(TriedRule { problem: None })
}

/// `overlay.export`.
pub(crate) fn export(_: &Desk, _: OverlayFile) -> Result<Nothing, CallError> {
    Err(CallError::new("program.failed"))
}

/// `overlay.import`.
pub(crate) fn import(_: &Desk, _: OverlayFile) -> Result<Overlay, CallError> {
    Err(CallError::new("program.failed"))
}
