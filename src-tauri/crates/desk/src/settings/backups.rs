//! The backups of the open book: the list, one by hand, and replacing the book by one.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use standard::delivery::DeliveryState;
use store::{BatchQuery, BatchState, CopyState, HistoryQuery, NATIONAL_TIME, StoreError};

use super::api::{BackupList, BackupRef, BackupView, RestorePreview, Restored};
use crate::session::api::{CallError, Nothing};
use crate::session::backups::files::{self, Backup, Occasion};
use crate::session::env::rfc3339;
use crate::session::places::file_error;
use crate::session::{Desk, OpenBook};
use crate::verify::api::StepView;
use crate::verify::steps::step_view;

/// Steps that are read at once.
const PAGE: u64 = 200;

/// Steps that the preview of a restore shows.
const SHOWN: usize = 20;

/// `backup.list`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<BackupList, CallError> {
    let open = desk.opened()?;
    let backups = desk.backups_of(&open);
    Ok(BackupList {
        by_itself: desk.keeps_backups(&open),
        folder: files::folder(&desk.env.home, &open.id).display().to_string(),
        bytes: backups.iter().map(|backup| backup.bytes).sum(),
        backups: backups.iter().filter_map(view).collect(),
        problem: desk.backups.problem(),
    })
}

/// `backup.make`.
pub(crate) fn make(desk: &Desk, _: Nothing) -> Result<BackupList, CallError> {
    desk.back_up(&*desk.opened()?, Occasion::ByHand, &Arc::default())?;
    list(desk, Nothing {})
}

fn view(backup: &Backup) -> Option<BackupView> {
    Some(BackupView {
        path: backup.path.display().to_string(),
        at: rfc3339(moment(backup)?),
        occasion: backup.occasion,
        bytes: backup.bytes,
    })
}

/// When a backup was begun.
fn moment(backup: &Backup) -> Option<Timestamp> {
    backup.at.to_zoned(NATIONAL_TIME).ok().map(|at| at.timestamp())
}

/// A backup of the open book by its path: one that the program made, or a copy that lies elsewhere.
fn find(desk: &Desk, open: &OpenBook, path: &str) -> Result<(Backup, CopyState), CallError> {
    let path = Path::new(path);
    let state = open.book.copy_state(path).map_err(|error| match error {
        StoreError::WrongKey { .. } => CallError::new("backup.other-key").with("file", path.display()),
        StoreError::NotACopy { .. } => CallError::new("backup.other-book").with("file", path.display()),
        other => other.into(),
    })?;
    let listed = desk.backups_of(open).into_iter().find(|backup| backup.path == path);
    let backup = match listed {
        Some(backup) => backup,
        None => {
            let facts = std::fs::metadata(path).map_err(|error| file_error(&error, path))?;
            let written = facts.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
            let at = written.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(NATIONAL_TIME).datetime();
            Backup { path: path.to_owned(), at, occasion: Occasion::ByHand, bytes: facts.len() }
        }
    };
    Ok((backup, state))
}

/// `backup.preview`: what is in the open book and not in the backup.
pub(crate) fn preview(desk: &Desk, request: BackupRef) -> Result<RestorePreview, CallError> {
    let open = desk.opened()?;
    let (backup, state) = find(desk, &open, &request.path)?;
    let (steps, shown) = steps_since(&open, state.last_step)?;
    let (mut batches, mut sent_rows) = (0, 0);
    for batch in open.book.all_batches(&BatchQuery::default()) {
        let batch = batch?;
        if batch.id <= state.last_batch {
            break;
        }
        batches += 1;
        sent_rows += batch.rows;
    }
    Ok(RestorePreview {
        path: backup.path.display().to_string(),
        at: rfc3339(moment(&backup).unwrap_or(Timestamp::UNIX_EPOCH)),
        steps,
        shown,
        batches,
        sent_rows,
        under_way: open.book.batches_under_way()?,
    })
}

/// How many steps were made after that one, and the newest of them.
fn steps_since(open: &OpenBook, last: i64) -> Result<(u64, Vec<StepView>), CallError> {
    let (mut count, mut shown) = (0, Vec::new());
    loop {
        let page = open.book.history(&HistoryQuery { offset: count, limit: PAGE, ..HistoryQuery::default() })?.steps;
        let read = page.len() as u64;
        for step in page {
            if step.step <= last {
                return Ok((count, shown));
            }
            count += 1;
            if shown.len() < SHOWN {
                shown.push(step_view(open, step));
            }
        }
        if read < PAGE {
            return Ok((count, shown));
        }
    }
}

/// `backup.restore`: replaces the book by a backup. The book as it is now becomes a backup itself.
pub(crate) fn restore(desk: &Desk, request: BackupRef) -> Result<Restored, CallError> {
    let exchange = desk.exchange.try_lock().map_err(|_| CallError::new("book.busy"))?;
    let kept = desk.alone(|open| {
        let (backup, _) = find(desk, open, &request.path)?;
        match open.book.batches_under_way()? {
            0 => {}
            batches => return Err(CallError::new("backup.under-way").with("batches", batches)),
        }
        let folder = files::folder(&desk.env.home, &open.id);
        std::fs::create_dir_all(&folder).map_err(|error| file_error(&error, &folder))?;
        let kept = files::new(&folder, desk.clock.now(), Occasion::BeforeRestore);
        // The backup stays where it is: a copy of it becomes the book.
        let copy = open.path.with_extension("restoring");
        let copied = std::fs::copy(&backup.path, &copy).map_err(|error| file_error(&error, &copy));
        let taken = copied.and_then(|_| Ok(open.book.take_back(&copy, &kept, |id| desk.standards.edition(id))?));
        if taken.is_err() {
            let _ = std::fs::remove_file(&copy);
        }
        taken?;
        open.read_again(open.book.edition().clone())?;
        ask_before_sending(open)?;
        Ok(kept)
    })?;
    drop(exchange);
    desk.tell_replaced()?;
    Ok(Restored { kept: kept.display().to_string() })
}

/// Batches that waited when the backup was made may have been sent since. They are marked as unknown, so that the
/// receiver is asked before they are sent.
fn ask_before_sending(open: &OpenBook) -> Result<(), CallError> {
    let waiting = BatchQuery { states: vec![BatchState::Frozen, BatchState::Sending], ..BatchQuery::default() };
    let batches: Vec<_> = open.book.all_batches(&waiting).collect::<Result<_, _>>()?;
    for batch in batches {
        for delivery in open.book.deliveries(batch.id)? {
            if delivery.state == DeliveryState::Frozen {
                let why = serde_json::to_string(&CallError::new("batch.restored"))
                    .map_err(|_| CallError::failed("an error is not JSON"))?;
                open.book.delivery_sending(batch.id, delivery.no, batch.frozen_at, batch.frozen_at)?;
                open.book.delivery_unknown(batch.id, delivery.no, &why, batch.frozen_at)?;
            }
        }
    }
    Ok(())
}
