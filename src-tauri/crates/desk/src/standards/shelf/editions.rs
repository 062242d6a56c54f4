//! Installing and removing editions. Those of definition workbooks come through [`super::super::definitions`].

use std::path::Path;
use std::sync::Arc;

use standard::Edition;

use crate::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::shelf::at_hand::{AtHand, EditionSummary};
use crate::session::shelf::folder::read_file;
use crate::session::shelf::{Arrival, publishers};
use crate::standards::api::shelf::{EditionFile, EditionId, EditionPreview};
use crate::standards::own::may_run;

/// `standard.editions`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<Vec<EditionSummary>, CallError> {
    Ok(desk.standards.all().iter().map(AtHand::summary).collect())
}

/// `edition.preview_package`.
pub(crate) fn preview_package(desk: &Desk, request: EditionFile) -> Result<EditionPreview, CallError> {
    preview(desk, &arrived(desk, &request)?)
}

/// `edition.install_package`.
pub(crate) fn install_package(desk: &Desk, request: EditionFile) -> Result<EditionSummary, CallError> {
    install(desk, &arrived(desk, &request)?)
}

fn arrived(desk: &Desk, request: &EditionFile) -> Result<Arrival, CallError> {
    Arrival::package(read_file(Path::new(&request.path))?, &publishers::trusted(&desk.env)?)
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

fn admitted(desk: &Desk, arrival: &Arrival) -> Result<Arc<Edition>, CallError> {
    arrival.admitted(desk.standards.builtin(), |id| desk.standards.find(id))
}

/// A preview of an edition that is to be installed.
pub(crate) fn preview(desk: &Desk, arrival: &Arrival) -> Result<EditionPreview, CallError> {
    let edition = admitted(desk, arrival)?;
    let present = desk.standards.edition(&edition.id);
    Ok(EditionPreview {
        tables: edition.tables.len(),
        fields: edition.field_count(),
        code_lists: edition.code_lists.len(),
        codes: edition.code_count(),
        rules: edition.rules.len(),
        id: edition.id.clone(),
        title: edition.title.clone(),
        level: edition.level.clone(),
        issued: edition.issued.clone(),
        revision: edition.revision.clone(),
        publisher: arrival.signed().map(|s| s.publisher.clone()),
        fingerprint: arrival.signed().map(|s| s.fingerprint.clone()),
        replaces: present.map(|edition| edition.revision.clone()),
    })
}

/// Installs an edition, whole or not at all, where its rules may run. Open books stay as they are.
pub(crate) fn install(desk: &Desk, arrival: &Arrival) -> Result<EditionSummary, CallError> {
    let edition = admitted(desk, arrival)?;
    edition.rules.iter().try_for_each(|rule| may_run(&edition, rule))?;
    desk.standards.keep(&desk.env, &edition, arrival)?;
    let one =
        desk.standards.find(&edition.id).ok_or_else(|| CallError::failed("an edition just kept is not at hand"))?;
    desk.tell(Changed::Book);
    Ok(one.summary())
}
