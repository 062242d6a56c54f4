//! How good the rules of an edition are, as it was measured when the program was made.

use standard::quality::{GOAL, builtin};

use crate::Desk;
use crate::session::api::CallError;
use crate::standards::api::browse::EditionRef;
use crate::standards::api::quality::RulesQuality;

/// `standard.quality`.
pub(crate) fn quality(desk: &Desk, request: EditionRef) -> Result<RulesQuality, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let quality = builtin().map_err(|_| CallError::failed("the packed figures cannot be read"))?;
    Ok(RulesQuality {
        measured: quality.measured,
        seed: quality.seed,
        wanted: quality.wanted,
        goal: GOAL,
        figures: quality.editions.into_iter().find(|figures| figures.edition == edition.id),
    })
}
