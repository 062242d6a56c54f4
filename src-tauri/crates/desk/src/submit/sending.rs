//! 上报: freezing what changed and sending what is frozen.
//!
//! These calls run on threads that may wait, so that neither the network nor the book blocks the threads of the window.
//! One exchange with a receiver runs at a time.

use check::rules::FailedRule;
use standard::Table;
use store::{Batch, BatchQuery, BatchState, Freeze};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed};
use crate::session::calendar::standing::DueBook;
use crate::session::editions::table_of;
use crate::session::jobs::Job;
use crate::session::open_book::REHEARSAL;
use crate::submit::api::{Send, Sent, Skipped};
use crate::submit::batches::{batch_view, name_of, waiting_rows};
use crate::submit::ledger::{learned_rows, rule_of};
use crate::submit::receiver_link::ReceiverLink;
use crate::submit::signing::Signing;
use crate::verify::recheck::recheck_table;

/// `submit.send`: freezes what changed since it was accepted, and sends everything that is frozen.
pub(crate) fn send(desk: &Desk, request: Send) -> Result<Sent, CallError> {
    let open = desk.opened()?;
    let sent = freeze_and_send(desk, &open, &request, &mut CheckedAnew::default());
    if !request.dry_run {
        // Also after an error, because batches were frozen or sent before it.
        desk.tell(Changed::Batches);
    }
    sent
}

/// What was checked anew before records were frozen.
#[derive(Debug, Default)]
pub(super) struct CheckedAnew {
    /// How many tables.
    pub tables: u64,
    /// Rules that could not be run to their end.
    pub failed: Vec<FailedRule>,
}

/// Sends, or says what would be sent; enters into `checked` what was checked for it.
pub(super) fn freeze_and_send(
    desk: &Desk,
    open: &OpenBook,
    request: &Send,
    checked: &mut CheckedAnew,
) -> Result<Sent, CallError> {
    let name = name_of(&request.target).to_owned();
    let signing = Signing::of(open, request.sign.as_ref(), name == REHEARSAL)?;
    let tables = tables_asked(desk, open, request)?;
    if !request.dry_run
        && let Some(since) = open.paused_since(&name)?
    {
        return Err(CallError::new("pause.on").with("since", since));
    }
    let _exchange = desk.exchange.blocking_lock();
    let mut job = desk.job(request.job);
    let link = desk.connect(open, &name)?;
    let mut sent = Sent { batches: Vec::new(), skipped: Vec::new(), interrupted: None };
    let mut touched = open_batches(open, &name, &request.tables)?;
    let before = touched.len();
    let run = Run { desk, open, link: &link, request, signing: &signing };
    let mut ended = if request.waiting {
        None
    } else if request.again {
        run.freeze_again(&tables, &mut sent.skipped, &mut touched).err()
    } else {
        run.freeze_new(&tables, &mut job, checked, (&mut sent, &mut touched)).err()
    };
    if request.dry_run {
        return ended.map_or(Ok(sent), Err);
    }
    // A submission that was cancelled before it sent anything returns only the error.
    if ended.as_ref().is_some_and(|error| error.code == "job.cancelled") {
        return ended.map_or(Ok(sent), Err);
    }
    if ended.is_none() {
        ended = run.drive(&touched, &mut sent.skipped, &mut job).unwrap_or_else(Some);
    } else if touched.len() == before {
        // Nothing was frozen, so nothing changed.
        return ended.map_or(Ok(sent), Err);
    }
    if let Some(error) = ended.as_ref().filter(|error| error.code != "job.cancelled") {
        note_waiting(open, &touched, error);
    }
    // What was frozen or sent stays, so an error from here on is part of the answer.
    for id in touched {
        let batch = open.book.batch(id).map_err(CallError::from);
        match batch.and_then(|batch| batch_view(desk, open, batch)) {
            Ok(batch) => sent.batches.push(batch),
            Err(error) => ended = ended.or(Some(error)),
        }
    }
    sent.interrupted = ended;
    Ok(sent)
}

/// Stores at the waiting batches why they were not sent, unless they already have a reason. An error is ignored,
/// because the batches themselves are stored.
fn note_waiting(open: &OpenBook, touched: &[i64], error: &CallError) {
    let Ok(why) = serde_json::to_string(error) else { return };
    for id in touched {
        let waits = open.book.batch(*id).is_ok_and(|batch| {
            batch.problem.is_none() && matches!(batch.state, BatchState::Frozen | BatchState::Sending)
        });
        if waits {
            drop(open.book.note_waiting(*id, &why));
        }
    }
}

/// One submission.
struct Run<'a> {
    desk: &'a Desk,
    open: &'a OpenBook,
    link: &'a ReceiverLink,
    request: &'a Send,
    signing: &'a Signing,
}

impl Run<'_> {
    /// Freezes what is new or changed of these tables; adds the numbers of the batches, or for a dry run what they
    /// would be.
    fn freeze_new(
        &self,
        tables: &[&Table],
        job: &mut Job<'_>,
        checked: &mut CheckedAnew,
        (sent, touched): (&mut Sent, &mut Vec<i64>),
    ) -> Result<(), CallError> {
        for table in tables {
            job.go_on()?;
            match self.prepare(table, job, checked, &mut sent.skipped)? {
                Some(batch) if self.request.dry_run => {
                    sent.batches.push(batch_view(self.desk, self.open, batch)?);
                }
                Some(batch) => touched.push(batch.id),
                None => {}
            }
        }
        Ok(())
    }

    /// Sends what is frozen and consented to.
    fn drive(
        &self,
        touched: &[i64],
        skipped: &mut Vec<Skipped>,
        job: &mut Job<'_>,
    ) -> Result<Option<CallError>, CallError> {
        let Run { desk, open, link, request, signing } = self;
        signing.sign(desk, open, touched)?;
        let mut held = Vec::new();
        for id in touched {
            let batch = open.book.batch(*id)?;
            let rows = waiting_rows(open, *id)?;
            if rows > 0 && !signing.lets_leave(open, &batch)? {
                skipped.push(Skipped { table: batch.table, reason: "skipped.not-signed".to_owned(), rows });
                held.push(*id);
            }
        }
        note_waiting(open, &held, &CallError::new("sign-off.missing"));
        desk.drive(open, link, (&request.tables, &held), job)
    }

    /// Freezes once more, unchanged, what the receiver rejected as a whole.
    fn freeze_again(
        &self,
        tables: &[&Table],
        skipped: &mut Vec<Skipped>,
        touched: &mut Vec<i64>,
    ) -> Result<(), CallError> {
        let Run { desk, open, link, request, signing } = *self;
        let states = vec![BatchState::Rejected, BatchState::PartlyStored];
        let query = BatchQuery { connection: Some(link.name.clone()), states, ..Default::default() };
        let rejected: Vec<Batch> = open.book.all_batches(&query).collect::<Result<_, _>>()?;
        let asked = |batch: &&Batch| {
            batch.rejected_whole > 0
                && request.batch.is_none_or(|id| id == batch.id)
                && tables.iter().any(|table| table.name == batch.table)
        };
        for batch in rejected.iter().filter(asked) {
            if !signing.lets_freeze() {
                let (table, rows) = (batch.table.clone(), batch.rows);
                skipped.push(Skipped { table, reason: "skipped.not-signed".to_owned(), rows });
                continue;
            }
            let _held = open.hold();
            open.book.forget_rejection(batch.id, rule_of(&link.name))?;
            let freeze = Freeze {
                table: batch.table.clone(),
                period: batch.period.clone(),
                connection: link.name.clone(),
                at: desk.clock.now(),
                rows_per_delivery: rows_per_request(open, link)?,
                hold_back: true,
                only_of: Some(batch.id),
                expected: None,
            };
            touched.extend(open.book.freeze(&freeze)?.batch.map(|batch| batch.id));
        }
        Ok(())
    }

    /// Checks a table and freezes the records that may be sent; adds to `skipped` what is left out and why.
    fn prepare(
        &self,
        table: &Table,
        job: &mut Job<'_>,
        checked: &mut CheckedAnew,
        skipped: &mut Vec<Skipped>,
    ) -> Result<Option<Batch>, CallError> {
        let Run { desk, open, link, request, signing } = *self;
        let period = open.period();
        let mut skip = |reason: CallError, rows: u64| {
            skipped.push(Skipped { table: table.name.clone(), reason: reason.code, rows });
        };
        let before = open.book.readiness(&link.name, &table.name, &period)?;
        if table.own {
            skip(CallError::new("skipped.own"), before.rows);
            return Ok(None);
        }
        // A table that was asked for by name is always reported; of the others only those with records that are left
        // out.
        let named = !request.tables.is_empty();
        if before.to_send == 0 {
            if named {
                match (before.rows, before.under_way) {
                    (0, _) => skip(CallError::new("skipped.no-rows"), 0),
                    (_, 0) => skip(CallError::new("skipped.nothing-new"), before.rows),
                    (_, under_way) => skip(CallError::new("skipped.under-way"), under_way),
                }
            }
            return Ok(None);
        }
        let _held = open.hold();
        checked.failed.extend(recheck_table(open, table, job)?.failed);
        checked.tables += 1;
        let mut freeze = freeze_of(desk, open, table, &link.name);
        freeze.rows_per_delivery = rows_per_request(open, link)?;
        freeze.expected = request.expected.get(&table.name).cloned();
        let (batch, blocked, unexplained) = if request.dry_run || !signing.lets_freeze() {
            let would = open.book.would_freeze(&freeze)?;
            let rows = would.rows.len() as u64;
            if !request.dry_run && rows > 0 {
                skip(CallError::new("skipped.not-signed"), rows);
            }
            let batch = (request.dry_run && rows > 0).then(|| would_be(open, table, &freeze, rows, would.hash));
            (batch, would.blocked, would.unexplained)
        } else {
            let frozen = open.book.freeze(&freeze)?;
            if frozen.differs {
                skip(CallError::new("skipped.changed-meanwhile"), before.to_send);
            }
            (frozen.batch, frozen.blocked, frozen.unexplained)
        };
        if blocked > 0 {
            skip(CallError::new("skipped.mandatory"), blocked);
        }
        if unexplained > 0 {
            skip(CallError::new("skipped.unexplained"), unexplained);
        }
        Ok(batch)
    }
}

/// The tables that are asked for: by name, or all; only those with a due day that has come, if wished.
pub(super) fn tables_asked<'o>(desk: &Desk, open: &'o OpenBook, request: &Send) -> Result<Vec<&'o Table>, CallError> {
    let named = request.tables.iter().map(|name| table_of(&open.edition, name)).collect::<Result<Vec<_>, _>>()?;
    let published = || open.edition.tables.iter().filter(|table| !table.own);
    let all = if named.is_empty() { published().collect() } else { named };
    if !request.due {
        return Ok(all);
    }
    let book = DueBook::new(desk, open, name_of(&request.target))?;
    let mut due = Vec::new();
    for table in all {
        if book.of(table)?.due.is_some_and(|due| due.day <= book.today) {
            due.push(table);
        }
    }
    Ok(due)
}

/// Numbers of the batches that have not left in full, or may not have arrived, oldest first.
pub(super) fn open_batches(open: &OpenBook, connection: &str, tables: &[String]) -> Result<Vec<i64>, CallError> {
    let states = vec![BatchState::Frozen, BatchState::Sending, BatchState::Unknown];
    let query = BatchQuery { connection: Some(connection.to_owned()), states, ..Default::default() };
    let batches = open.book.all_batches(&query).collect::<Result<Vec<Batch>, _>>()?;
    let asked = batches.into_iter().filter(|batch| tables.is_empty() || tables.contains(&batch.table));
    Ok(asked.map(|batch| batch.id).rev().collect())
}

/// What is frozen of a table of the current period: everything that may be sent.
pub(super) fn freeze_of(desk: &Desk, open: &OpenBook, table: &Table, connection: &str) -> Freeze {
    Freeze {
        table: table.name.clone(),
        period: open.period(),
        connection: connection.to_owned(),
        at: desk.clock.now(),
        rows_per_delivery: 1,
        hold_back: true,
        only_of: None,
        expected: None,
    }
}

/// Rows of one request: those of the settings, or fewer if the receiver found so many too large.
fn rows_per_request(open: &OpenBook, link: &ReceiverLink) -> Result<u32, CallError> {
    let most = link.options().rows_per_call;
    Ok(learned_rows(open, &link.name)?.map_or(most, |learned| learned.min(most)))
}

/// The batch that a dry run would freeze; it has no number.
fn would_be(open: &OpenBook, table: &Table, freeze: &Freeze, rows: u64, hash: String) -> Batch {
    Batch {
        id: 0,
        table: table.name.clone(),
        period: freeze.period.clone(),
        connection: freeze.connection.clone(),
        edition: open.edition.id.clone(),
        state: BatchState::Frozen,
        frozen_at: freeze.at,
        sent_at: None,
        result_after: None,
        hash,
        rows,
        deliveries: u32::try_from(rows.div_ceil(freeze.rows_per_delivery.max(1).into())).unwrap_or(u32::MAX),
        collected: None,
        stored: None,
        receipt: None,
        problem: None,
        rejected_whole: 0,
    }
}
