//! Sends the frozen deliveries: carries out what [`crate::step`] decides, and records each step before and after it.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use jiff::Timestamp;
use standard::Edition;
use standard::delivery::DeliveryState;

use crate::backoff;
use crate::collect::{ask, note, recover};
use crate::error::SubmitError;
use crate::flight::Flight;
use crate::ledger::{Delivery, DeliveryId, Event, Ledger};
use crate::outcome::SubmissionOutcome;
use crate::size;
use crate::step::{self, Run, Step};
use crate::watch::{Progress, Stop, Watch};
use crate::wire::Wire;

/// The outcome of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Driven {
    /// Deliveries that the receiver took, in the order of its replies.
    pub sent: Vec<DeliveryId>,
    /// Deliveries that the receiver refused, in order, with its words; they wait, and their batches with them.
    pub refused: Vec<(DeliveryId, SubmitError)>,
    /// Deliveries whose outcome is unknown.
    pub unknown: Vec<DeliveryId>,
    /// Deliveries that still wait to be sent.
    pub waiting: usize,
    /// When an unknown delivery may be known; absent if there is none.
    pub next: Option<Timestamp>,
    /// Why something is left, if that is a failure of this run. Deliveries that wait for an older one whose outcome is
    /// unknown are not a failure.
    pub stop: Option<Stop>,
}

/// Sends every frozen delivery, oldest first; as many at once as the connection sets, each of another table. Deliveries
/// whose outcome is unknown are asked for first; one that is not among the results in time is sent again. Ends when
/// there is no connection, or after two refusals or lost replies in a row. After a failure requests go one by one, with
/// a growing wait between them; where only the line or a busy receiver is in the way, and something was sent before,
/// they are tried again. A request that the receiver finds too large is cut into smaller ones. What is on its way when
/// the run ends is waited for.
pub async fn drive<W: Wire, L: Ledger>(
    client: &W,
    ledger: &L,
    edition: &Edition,
    watch: &mut Watch<'_>,
) -> Result<Driven, L::Error> {
    let mut deliveries = ledger.open_deliveries()?;
    recover(ledger, &mut deliveries)?;
    let frozen = deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Frozen);
    let of = frozen.map(|delivery| u64::from(delivery.rows)).sum();
    let most_rows = Learned { rows: ledger.learned_rows()?, reached: false, too_large: false };
    let mut sending = Sending {
        client,
        ledger,
        edition,
        watch,
        deliveries,
        run: Run::default(),
        flight: Flight::default(),
        driven: Driven::default(),
        progress: (0, of),
        first: true,
        failures: 0,
        refusals: 0,
        again: VecDeque::new(),
        doubted: HashSet::new(),
        lost: None,
        most_rows,
    };
    loop {
        sending.launch().await?;
        let Some((id, outcome)) = sending.flight.next().await else { break };
        sending.settle(id, outcome)?;
    }
    sending.end()
}

/// What is known about how many rows the receiver takes at once.
struct Learned {
    /// Absent while no request was too large.
    rows: Option<u32>,
    /// A request of that size was taken in this run.
    reached: bool,
    /// A request was too large in this run.
    too_large: bool,
}

/// One run.
struct Sending<'a, 'w, W, L> {
    client: &'a W,
    ledger: &'a L,
    edition: &'a Edition,
    watch: &'a mut Watch<'w>,
    deliveries: Vec<Delivery>,
    run: Run,
    flight: Flight<'a>,
    driven: Driven,
    /// Rows sent, and rows that waited when the run began.
    progress: (u64, u64),
    /// Nothing was sent yet.
    first: bool,
    /// Failures of any kind in a row; the wait before the next request grows with them.
    failures: u32,
    /// Refusals and lost replies in a row, which end the run.
    refusals: u32,
    /// Deliveries that go out once more with this PC's time.
    again: VecDeque<DeliveryId>,
    /// Deliveries that went out once more with this PC's time.
    doubted: HashSet<DeliveryId>,
    /// Why a reply was lost in this run.
    lost: Option<SubmitError>,
    most_rows: Learned,
}

impl<W: Wire, L: Ledger> Sending<'_, '_, W, L> {
    /// Sends until as many requests are on their way as may be, or nothing more can go now.
    async fn launch(&mut self) -> Result<(), L::Error> {
        while self.driven.stop.is_none() && self.flight.len() < self.at_once() {
            if let Err(stop) = self.watch.check() {
                self.driven.stop = Some(stop);
                return Ok(());
            }
            let step = self.again.pop_front().map_or_else(|| step::next(&self.deliveries, &self.run), Step::Send);
            match step {
                Step::Done => return Ok(()),
                // What is on its way may become unknown, too; then one question is enough.
                Step::Ask if self.flight.len() > 0 => return Ok(()),
                Step::Ask => self.ask().await?,
                Step::Send(id) => self.send(id).await?,
            }
        }
        Ok(())
    }

    /// How many requests may be on their way now: one after a failure, because a receiver in trouble is not to get
    /// more, and because a request with another time shows only alone whose clock is wrong.
    fn at_once(&self) -> usize {
        let trouble = self.failures > 0 || !self.again.is_empty();
        if trouble { 1 } else { self.client.connection().options.calls_at_once.max(1) as usize }
    }

    async fn ask(&mut self) -> Result<(), L::Error> {
        let unknown = self.deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Unknown);
        self.run.asked.extend(unknown.map(|delivery| delivery.id));
        let asked = ask(self.client, self.ledger, self.edition, &mut self.deliveries, self.watch).await?;
        self.driven.stop = asked.stop;
        Ok(())
    }

    /// Waits as long as the settings and earlier failures say, records `sending`, and hands the delivery to the
    /// network.
    async fn send(&mut self, id: DeliveryId) -> Result<(), L::Error> {
        let Self { client, flight, watch, .. } = self;
        let client = *client;
        let pause = if self.first { 0 } else { client.connection().options.pause_ms };
        let wait = Duration::from_millis(pause.into()).max(backoff::wait(self.failures, client.random()));
        self.first = false;
        flight.during(client.wait(wait, &|| watch.check().is_err())).await;
        if let Err(stop) = watch.check() {
            self.driven.stop = Some(stop);
            return Ok(());
        }
        if let Err(error) = flight.during(client.ready()).await {
            self.trouble(error);
            return Ok(());
        }
        let Some(delivery) = self.deliveries.iter_mut().find(|delivery| delivery.id == id) else { return Ok(()) };
        if let Some(most) = self.most_rows.rows.filter(|most| delivery.rows > *most) {
            self.ledger.split(id.batch, most)?;
            self.deliveries = self.ledger.open_deliveries()?;
            return Ok(());
        }
        let (rows, of) = self.progress;
        (watch.progress)(Progress { rows, of, table: delivery.table.clone() });
        let rows = self.ledger.items(id)?.into_iter().map(|item| item.row).collect();
        let sending = Event::Sending { at: self.ledger.now(), receiver_at: client.now() };
        note(self.ledger, delivery, &sending)?;
        let table = delivery.table.clone();
        self.flight.add(id, async move { client.submit(&table, rows).await });
        Ok(())
    }

    /// Records what became of a delivery. If the receiver refused it for the time in its own replies, it goes out once
    /// more with this PC's time.
    fn settle(&mut self, id: DeliveryId, outcome: SubmissionOutcome) -> Result<(), L::Error> {
        let Some(delivery) = self.deliveries.iter_mut().find(|delivery| delivery.id == id) else { return Ok(()) };
        let rows = delivery.rows;
        let event = match &outcome {
            SubmissionOutcome::Accepted { time, size } => Event::Sent { time: time.clone(), size: *size },
            SubmissionOutcome::Refused(why) | SubmissionOutcome::Doubted(why) => Event::Refused { why: why.clone() },
            SubmissionOutcome::TooLarge => Event::Refused { why: SubmitError::TooLarge },
            SubmissionOutcome::NotSent(why) => Event::NotSent { why: why.clone() },
            SubmissionOutcome::Unknown(why) => Event::Unknown { why: Some(why.clone()) },
        };
        note(self.ledger, delivery, &event)?;
        match outcome {
            SubmissionOutcome::Accepted { .. } => {
                (self.failures, self.refusals) = (0, 0);
                self.driven.sent.push(id);
                self.progress.0 += u64::from(rows);
                self.most_rows.reached |= self.most_rows.rows == Some(rows);
            }
            SubmissionOutcome::Doubted(_) if self.doubted.insert(id) => self.again.push_back(id),
            SubmissionOutcome::TooLarge => return self.too_large(id, rows),
            SubmissionOutcome::NotSent(error) => self.trouble(error),
            SubmissionOutcome::Refused(error) | SubmissionOutcome::Doubted(error) if error.may_pass() => {
                self.trouble(error);
            }
            SubmissionOutcome::Refused(error) | SubmissionOutcome::Doubted(error) => {
                self.run.refused.insert(id.batch);
                self.driven.refused.push((id, error.clone()));
                self.refused_or_lost(error);
            }
            SubmissionOutcome::Unknown(error) => {
                // It became unknown just now: ask (again).
                self.run.asked.remove(&id);
                self.lost = Some(error.clone());
                self.refused_or_lost(error);
            }
        }
        Ok(())
    }

    /// A delivery was too large: what waits of its batch is cut, and so is every larger one from now on.
    fn too_large(&mut self, id: DeliveryId, rows: u32) -> Result<(), L::Error> {
        if rows <= 1 {
            self.run.refused.insert(id.batch);
            self.driven.refused.push((id, SubmitError::TooLarge));
            self.refused_or_lost(SubmitError::TooLarge);
            return Ok(());
        }
        (self.failures, self.refusals) = (0, 0);
        let half = size::halved(rows);
        self.most_rows = Learned { rows: Some(half), reached: false, too_large: true };
        self.ledger.learn_rows(Some(half))?;
        self.ledger.split(id.batch, half)?;
        self.deliveries = self.ledger.open_deliveries()?;
        Ok(())
    }

    fn refused_or_lost(&mut self, error: SubmitError) {
        self.failures += 1;
        self.refusals += 1;
        if self.refusals > 1 {
            self.stop(error);
        }
    }

    /// Nothing arrived. Where the line broke in the middle, or the receiver is busy, the delivery is tried again after
    /// a wait. A line that never was there is told at once, because a person waits for it.
    fn trouble(&mut self, error: SubmitError) {
        self.failures += 1;
        let busy = !matches!(error, SubmitError::Unreachable { .. } | SubmitError::LoginBroken);
        let worth = error.may_pass() && (busy || !self.driven.sent.is_empty());
        if !worth || self.failures > backoff::MOST_TRIES {
            self.stop(error);
        }
    }

    /// Ends the run for this failure, unless it already ends for another reason.
    fn stop(&mut self, error: SubmitError) {
        self.driven.stop.get_or_insert(Stop::Failed(error));
    }

    fn end(mut self) -> Result<Driven, L::Error> {
        if let Learned { rows: Some(rows), reached: true, too_large: false } = self.most_rows {
            self.ledger.learn_rows(size::grown(rows, self.client.connection().options.rows_per_call))?;
        }
        let unknown = || self.deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Unknown);
        let refused = self.driven.refused.last().map(|(_, error)| error.clone());
        // A reply lost in this run and not found since.
        let left = refused.or(self.lost.take().filter(|_| unknown().next().is_some()));
        let mut driven = self.driven;
        driven.stop = driven.stop.or(left.map(Stop::Failed));
        driven.unknown = unknown().map(|delivery| delivery.id).collect();
        driven.waiting = self.deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Frozen).count();
        let options = &self.client.connection().options;
        driven.next = unknown().filter_map(|delivery| step::given_up_at(delivery, options)).min();
        Ok(driven)
    }
}
