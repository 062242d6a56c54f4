//! 迁移: moving the open book to another edition, in one step that can be taken back.

use crate::Desk;
use crate::api::migration::{
    AsideExported, AsidePage, AsideQuery, ExportAside, MigrationDone, MigrationOffer, MigrationPreview, MigrationState,
    PreviewMigration, RunMigration, TakenBack,
};
use crate::api::{CallError, Nothing};

fn later<T>() -> Result<T, CallError> {
    Err(CallError::new("program.failed"))
}

/// `migration.offers`.
pub(crate) fn offers(_: &Desk, _: Nothing) -> Result<Vec<MigrationOffer>, CallError> {
    Ok(Vec::new())
}

/// `migration.preview`.
pub(crate) fn preview(_: &Desk, _: PreviewMigration) -> Result<MigrationPreview, CallError> {
    later()
}

/// `migration.run`.
pub(crate) fn run(_: &Desk, _: RunMigration) -> Result<MigrationDone, CallError> {
    later()
}

/// `migration.state`.
pub(crate) fn state(_: &Desk, _: Nothing) -> Result<MigrationState, CallError> {
    later()
}

/// `migration.take_back`.
pub(crate) fn take_back(_: &Desk, _: Nothing) -> Result<TakenBack, CallError> {
    later()
}

/// `migration.aside`.
pub(crate) fn aside(_: &Desk, _: AsideQuery) -> Result<AsidePage, CallError> {
    later()
}

/// `migration.export_aside`.
pub(crate) fn export_aside(_: &Desk, _: ExportAside) -> Result<AsideExported, CallError> {
    later()
}
