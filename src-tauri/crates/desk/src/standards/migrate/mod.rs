//! 迁移: moving the open book to another edition, in one step that can be taken back.
//!
//! - [`route`]: where each table and column goes; [`convert`]: how values are turned
//! - [`carry`]: one record after the other into the newer edition; preview and move both go through it
//! - [`survey`]: what that does to this book, counted; [`view`]: the same as the page and the command line show it
//! - [`files`]: names of the copies beside the book; [`aside`]: values without a place

mod aside;
mod carry;
mod convert;
mod files;
mod route;
mod survey;
mod view;

use std::ops::ControlFlow;
use std::sync::Arc;

use standard::{Crosswalk, Edition};
use store::Adoption;

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Nothing};
use crate::session::editions::short_name;
use crate::session::env::rfc3339;
use crate::session::jobs::Job;
use crate::session::kept_copy::{clear_halves, copy_of};
use crate::session::open_book::CHECK_DUE;
use crate::session::own::laid;
use crate::session::places::ThisPc;
use crate::session::settings::{SETTING, Settings};
use crate::standards::api::migrate::{
    AsideExported, AsidePage, AsideQuery, ExportAside, MigrationCounts, MigrationDone, MigrationOffer,
    MigrationPreview, MigrationState, MovedBook, PreviewMigration, RunMigration, TakenBack,
};
use crate::verify::due::check_anew;
use crate::verify::findings;
use route::Crossing;
use survey::Survey;

/// Number of records between two checks whether the clerk has cancelled.
const BETWEEN_LOOKS: u64 = 64;

/// `migration.offers`.
pub(crate) fn offers(desk: &Desk, _: Nothing) -> Result<Vec<MigrationOffer>, CallError> {
    let open = desk.opened()?;
    let leads_here = |edition: &Arc<Edition>| edition.crosswalks.contains_key(&open.base.id);
    let offer = |edition: Arc<Edition>| MigrationOffer {
        from: open.base.id.clone(),
        from_name: short_name(&open.base),
        to: edition.id.clone(),
        to_name: short_name(&edition),
        title: edition.title.clone(),
    };
    Ok(desk.standards.editions().into_iter().filter(leads_here).map(offer).collect())
}

/// The edition to move to: as published, and with the college's additions laid over it.
struct Target {
    base: Arc<Edition>,
    laid: Arc<Edition>,
}

impl Target {
    /// The edition `to`; an error where the book has it already, or where no crosswalk leads to it.
    fn find(desk: &Desk, open: &OpenBook, to: &str) -> Result<Target, CallError> {
        let base = desk.edition(Some(to))?;
        if base.id == open.base.id {
            return Err(CallError::new("migration.same-edition").with("edition", short_name(&base)));
        }
        if !base.crosswalks.contains_key(&open.base.id) {
            return Err(CallError::new("migration.no-way")
                .with("from", short_name(&open.base))
                .with("to", short_name(&base)));
        }
        let laid = laid(&base, &open.own()?).0;
        Ok(Target { base, laid })
    }

    fn crosswalk(&self, from: &str) -> Result<&Crosswalk, CallError> {
        self.base.crosswalks.get(from).ok_or_else(|| CallError::failed("a crosswalk that was there is gone"))
    }
}

/// `migration.preview`.
pub(crate) fn preview(desk: &Desk, request: PreviewMigration) -> Result<MigrationPreview, CallError> {
    let open = desk.opened()?;
    let target = Target::find(desk, &open, &request.to)?;
    let crossing = Crossing { from: &open.edition, to: &target.laid, crosswalk: target.crosswalk(&open.base.id)? };
    let mut job = desk.job(request.job);
    let total = records_of(&open)?;
    let mut survey = Survey::new(crossing, &open.book)?;
    let mut done = 0;
    for table in &open.edition.tables {
        open.book.stream_all(&table.name, |record| {
            survey.record(table, record);
            done += 1;
            step(&mut job, done, total)
        })?;
        job.go_on()?;
    }
    Ok(MigrationPreview {
        from: open.base.id.clone(),
        from_name: short_name(&open.base),
        to: target.base.id.clone(),
        to_name: short_name(&target.base),
        counts: survey.counts(),
        tables: view::tables(&survey),
        blocked: blocked(&open)?,
        copy: files::before(desk.clock.now(), &open.path, &open.base).display().to_string(),
        notes: crossing.crosswalk.notes.clone(),
    })
}

/// Why a move cannot be made, or taken back, now.
fn blocked(open: &OpenBook) -> Result<Option<CallError>, CallError> {
    let batches = open.book.batches_under_way()?;
    Ok((batches > 0).then(|| store::StoreError::UnderWay { batches }.into()))
}

fn records_of(open: &OpenBook) -> Result<u64, CallError> {
    let counts = open.edition.tables.iter().map(|table| open.book.count_all(&table.name));
    Ok(counts.sum::<Result<u64, _>>()?)
}

fn step(job: &mut Job<'_>, done: u64, total: u64) -> ControlFlow<()> {
    if done.is_multiple_of(BETWEEN_LOOKS) || done == total {
        job.at("move", done, total);
        if job.go_on().is_err() {
            return ControlFlow::Break(());
        }
    }
    ControlFlow::Continue(())
}

/// `migration.run`.
pub(crate) fn run(desk: &Desk, request: RunMigration) -> Result<MigrationDone, CallError> {
    let mut job = desk.job(request.job);
    // No batch is sent while the book is moved.
    let exchange = desk.exchange.try_lock().map_err(|_| CallError::new("book.busy"))?;
    let moved = desk.alone(|open| move_book(desk, open, &request.to, &mut job))?;
    drop(exchange);
    // The findings came from the checks of the older edition. From here on the move is kept, whether or not the check
    // succeeds.
    job.cannot_stop();
    let open = desk.opened()?;
    ThisPc::read(&desk.env).remember(&desk.env, &open.path, &open.settings().college.name, &open.base.id);
    check_anew(desk, &open, &mut job)?;
    Ok(MigrationDone { findings: findings::counts(&open, None)?, ..moved })
}

fn move_book(desk: &Desk, open: &mut OpenBook, to: &str, job: &mut Job<'_>) -> Result<MigrationDone, CallError> {
    let target = Target::find(desk, open, to)?;
    clear_halves(&open.path);
    let (from, base) = (open.edition.clone(), open.base.clone());
    let crosswalk = target.crosswalk(&base.id)?;
    let crossing = Crossing { from: &from, to: &target.laid, crosswalk };
    let total = records_of(open)?;
    let mut survey = Survey::new(crossing, &open.book)?;
    let copy = files::before(desk.clock.now(), &open.path, &base);
    let settings = moved_settings(open.settings(), &target.laid, crosswalk);
    let person = settings.person.clone();
    let adoption = Adoption {
        edition: target.laid.clone(),
        copy: &copy,
        at: desk.clock.now_of_step(),
        who: &person,
        period: &settings.period.clone(),
        settings: vec![
            (
                SETTING.to_owned(),
                serde_json::to_value(&settings).map_err(|_| CallError::failed("settings are not JSON"))?,
            ),
            (CHECK_DUE.to_owned(), true.into()),
        ],
    };
    let adopted = open
        .book
        .adopt(&adoption, &mut |table, record| survey.record(table, record), &mut |done| step(job, done, total));
    // Where the clerk cancelled, the error says so instead of naming the record at which it stopped.
    if adopted.is_err() {
        job.go_on()?;
    }
    adopted?;
    let counts: MigrationCounts = survey.counts();
    open.read_again(target.base.clone())?;
    Ok(MigrationDone {
        from: base.id.clone(),
        to: target.base.id.clone(),
        counts,
        kept_copy: copy.display().to_string(),
        findings: Default::default(),
    })
}

/// The settings with tables by the names that they have in the new edition; tables that the new edition does not have
/// are left out.
fn moved_settings(mut settings: Settings, to: &Edition, crosswalk: &Crosswalk) -> Settings {
    let mut taken = std::collections::BTreeSet::new();
    for department in &mut settings.departments {
        let tables = std::mem::take(&mut department.tables);
        for table in tables {
            let name = match to.table(&table) {
                Some(_) => Some(table.as_str()),
                None => crosswalk.new_table(&table).filter(|name| to.table(name).is_some()),
            };
            if let Some(name) = name
                && taken.insert(name.to_owned())
            {
                department.tables.push(name.to_owned());
            }
        }
    }
    settings
}

/// `migration.state`.
pub(crate) fn state(desk: &Desk, _: Nothing) -> Result<MigrationState, CallError> {
    let open = desk.opened()?;
    let name = |id: &str| desk.standards.edition(id).map_or_else(|| id.to_owned(), |e| short_name(&e));
    let moved = open.book.moves()?.pop().map(|last| {
        let copy = copy_of(&open.path, &last.copy);
        let why_not = can_take_back(desk, &open, &copy).err();
        MovedBook {
            from_name: name(&last.from),
            to_name: name(&last.to),
            from: last.from,
            to: last.to,
            at: rfc3339(last.at),
            who: last.who,
            copy: copy.display().to_string(),
            can_take_back: why_not.is_none(),
            why_not,
        }
    });
    Ok(MigrationState { moved, aside: aside::counts(&open)? })
}

fn can_take_back(desk: &Desk, open: &OpenBook, copy: &std::path::Path) -> Result<(), CallError> {
    let error = |code: &str| CallError::new(code).with("file", copy.display());
    if !copy.is_file() {
        return Err(error("migration.no-copy"));
    }
    let edition = open.book.edition_of(copy).map_err(|e| match e {
        store::StoreError::WrongKey { .. } => error("migration.copy-other-key"),
        other => other.into(),
    })?;
    desk.edition(Some(&edition))?;
    match blocked(open)? {
        Some(blocked) => Err(blocked),
        None => Ok(()),
    }
}

/// `migration.take_back`.
pub(crate) fn take_back(desk: &Desk, _: Nothing) -> Result<TakenBack, CallError> {
    let exchange = desk.exchange.try_lock().map_err(|_| CallError::new("book.busy"))?;
    let taken = desk.alone(|open| {
        let last = open.book.moves()?.pop().ok_or_else(|| CallError::new("migration.not-moved"))?;
        let copy = copy_of(&open.path, &last.copy);
        can_take_back(desk, open, &copy)?;
        clear_halves(&open.path);
        let kept = files::after(desk.clock.now(), &open.path, &open.base);
        open.book.take_back(&copy, &kept, |id| desk.standards.edition(id))?;
        open.read_again(open.book.edition().clone())?;
        Ok(TakenBack {
            path: open.path.display().to_string(),
            edition: open.base.id.clone(),
            moved_file: kept.display().to_string(),
        })
    })?;
    drop(exchange);
    desk.tell_replaced()?;
    Ok(taken)
}

/// `migration.aside`.
pub(crate) fn aside(desk: &Desk, request: AsideQuery) -> Result<AsidePage, CallError> {
    aside::page(desk, request)
}

/// `migration.export_aside`.
pub(crate) fn export_aside(desk: &Desk, request: ExportAside) -> Result<AsideExported, CallError> {
    aside::export(desk, request)
}
