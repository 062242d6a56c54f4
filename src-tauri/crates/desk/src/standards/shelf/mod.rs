//! The calls about editions at hand. Those of definition workbooks are beside the workbooks.

pub(crate) mod packing;

use std::path::Path;

use crate::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::shelf::folder::read_file;
use crate::session::shelf::{Arrival, AtHand, publishers};
use crate::standards::api::shelf::{EditionFile, EditionId, EditionPreview};
use crate::start::api::EditionSummary;

/// `standard.editions`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<Vec<EditionSummary>, CallError> {
    Ok(desk.standards.all().iter().map(AtHand::summary).collect())
}

/// `edition.preview_package`.
pub(crate) fn preview_package(desk: &Desk, request: EditionFile) -> Result<EditionPreview, CallError> {
    arrived(desk, &request)?.preview(&desk.standards)
}

/// `edition.install_package`.
pub(crate) fn install_package(desk: &Desk, request: EditionFile) -> Result<EditionSummary, CallError> {
    let installed = desk.standards.install(&desk.env, &arrived(desk, &request)?)?;
    desk.tell(Changed::Book);
    Ok(installed)
}

fn arrived(desk: &Desk, request: &EditionFile) -> Result<Arrival, CallError> {
    Arrival::package(read_file(Path::new(&request.path))?, &publishers::trusted(&desk.env))
}

/// `edition.remove`. Books of it stay as they are and can be opened when it is there again.
pub(crate) fn remove(desk: &Desk, request: EditionId) -> Result<Vec<EditionSummary>, CallError> {
    if desk.opened().is_ok_and(|open| open.edition.id == request.id) {
        return Err(CallError::new("edition.in-use").with("edition", &request.id));
    }
    desk.standards.remove(&desk.env, &request.id)?;
    desk.tell(Changed::Book);
    list(desk, Nothing {})
}
