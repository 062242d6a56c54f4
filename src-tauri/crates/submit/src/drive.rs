//! Sends the frozen deliveries: carries out what [`crate::step`] decides, and records each step before and after it.

use jiff::Timestamp;
use standard::Edition;
use standard::delivery::DeliveryState;

use crate::client::SubmissionOutcome;
use crate::collect::{ask, note, recover};
use crate::error::SubmitError;
use crate::ledger::{Delivery, DeliveryId, Event, Ledger};
use crate::step::{self, Run, Step};
use crate::watch::{Progress, Stop, Watch};
use crate::wire::Wire;

/// The outcome of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Driven {
    /// Deliveries that the receiver took, in order.
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

/// Sends every frozen delivery, oldest first. Deliveries whose outcome is unknown are asked for first; one that is not
/// among the results in time is sent again. Ends when there is no connection, or after two refusals or lost replies in
/// a row. A request that the receiver finds too large is cut into smaller ones.
pub async fn drive<W: Wire, L: Ledger>(
    client: &W,
    ledger: &L,
    edition: &Edition,
    watch: &mut Watch<'_>,
) -> Result<Driven, L::Error> {
    let mut deliveries = ledger.open_deliveries()?;
    recover(ledger, &mut deliveries)?;
    let of = deliveries
        .iter()
        .filter(|delivery| delivery.state == DeliveryState::Frozen)
        .map(|delivery| u64::from(delivery.rows))
        .sum();
    let mut driven = Driven::default();
    let mut run = Run::default();
    let mut rows = 0;
    let mut failures = 0;
    let mut first = true;
    let mut lost = None;
    // The largest number of rows of one request, once the receiver found one too large.
    let mut most: Option<u32> = None;

    driven.stop = loop {
        if let Err(stop) = watch.check() {
            break Some(stop);
        }
        match step::next(&deliveries, &run) {
            Step::Done => break left_by(&deliveries, &driven, lost),
            Step::Ask => {
                run.asked.extend(
                    deliveries
                        .iter()
                        .filter(|delivery| delivery.state == DeliveryState::Unknown)
                        .map(|delivery| delivery.id),
                );
                if let Some(stop) = ask(client, ledger, edition, &mut deliveries, watch).await?.stop {
                    break Some(stop);
                }
            }
            Step::Send(id) => {
                let Some(delivery) = deliveries.iter_mut().find(|delivery| delivery.id == id) else { break None };
                if !std::mem::replace(&mut first, false)
                    && let Err(stop) = watch.pause(&client.connection().options).await
                {
                    break Some(stop);
                }
                if let Err(error) = client.ready().await {
                    break Some(Stop::Failed(error));
                }
                if most.is_some_and(|most| delivery.rows > most) {
                    // The receiver refused a smaller request in this run already.
                    ledger.split(id.batch, most.unwrap_or(1))?;
                    deliveries = ledger.open_deliveries()?;
                    continue;
                }
                (watch.progress)(Progress { rows, of, table: delivery.table.clone() });
                let fate = send(client, ledger, delivery).await?;
                failures = if matches!(fate, Fate::Taken) { 0 } else { failures + 1 };
                match fate {
                    Fate::Taken => {
                        driven.sent.push(id);
                        rows += u64::from(delivery.rows);
                    }
                    Fate::NotSent(error) => break Some(Stop::Failed(error)),
                    Fate::TooLarge if delivery.rows > 1 => {
                        failures = 0;
                        let half = delivery.rows.div_ceil(2);
                        most = Some(half);
                        ledger.split(id.batch, half)?;
                        deliveries = ledger.open_deliveries()?;
                    }
                    Fate::TooLarge => {
                        run.refused.insert(id.batch);
                        driven.refused.push((id, SubmitError::TooLarge));
                    }
                    Fate::Refused(error) | Fate::Lost(error) if failures > 1 => break Some(Stop::Failed(error)),
                    Fate::Refused(error) => {
                        run.refused.insert(id.batch);
                        driven.refused.push((id, error));
                    }
                    Fate::Lost(error) => {
                        // It became unknown just now: ask (again).
                        run.asked.remove(&id);
                        lost = Some(error);
                    }
                }
            }
        }
    };

    let unknown = || deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Unknown);
    driven.unknown = unknown().map(|delivery| delivery.id).collect();
    driven.waiting = deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Frozen).count();
    driven.next = unknown().filter_map(|delivery| step::given_up_at(delivery, &client.connection().options)).min();
    Ok(driven)
}

/// Why something is left when nothing more can be done: a refusal, or a reply lost in this run and not found since.
fn left_by(deliveries: &[Delivery], driven: &Driven, lost: Option<SubmitError>) -> Option<Stop> {
    let refused = driven.refused.last().map(|(_, error)| error.clone());
    let still_unknown = deliveries.iter().any(|delivery| delivery.state == DeliveryState::Unknown);
    refused.or(lost.filter(|_| still_unknown)).map(Stop::Failed)
}

/// The outcome of handing one delivery to the network.
enum Fate {
    Taken,
    Refused(SubmitError),
    TooLarge,
    NotSent(SubmitError),
    Lost(SubmitError),
}

/// Sends one delivery: records `sending`, sends, records what became of it. If the receiver refuses it for the time in
/// its own replies, the delivery goes out once more with this PC's time, and that is recorded, too, because its result
/// is found by that time.
async fn send<W: Wire, L: Ledger>(client: &W, ledger: &L, delivery: &mut Delivery) -> Result<Fate, L::Error> {
    let mut outcome = attempt(client, ledger, delivery).await?;
    if let SubmissionOutcome::Doubted(why) = outcome {
        note(ledger, delivery, &Event::Refused { why })?;
        outcome = attempt(client, ledger, delivery).await?;
    }
    let (event, fate) = match outcome {
        SubmissionOutcome::Accepted { time, size } => (Event::Sent { time, size }, Fate::Taken),
        SubmissionOutcome::Refused(why) | SubmissionOutcome::Doubted(why) => {
            (Event::Refused { why: why.clone() }, Fate::Refused(why))
        }
        SubmissionOutcome::TooLarge => (Event::Refused { why: SubmitError::TooLarge }, Fate::TooLarge),
        SubmissionOutcome::NotSent(why) => (Event::NotSent { why: why.clone() }, Fate::NotSent(why)),
        SubmissionOutcome::Unknown(why) => (Event::Unknown { why: Some(why.clone()) }, Fate::Lost(why)),
    };
    note(ledger, delivery, &event)?;
    Ok(fate)
}

/// Records `sending`, and sends.
async fn attempt<W: Wire, L: Ledger>(
    client: &W,
    ledger: &L,
    delivery: &mut Delivery,
) -> Result<SubmissionOutcome, L::Error> {
    let rows = ledger.items(delivery.id)?.into_iter().map(|item| item.row).collect();
    note(ledger, delivery, &Event::Sending { at: ledger.now(), receiver_at: client.now() })?;
    Ok(client.submit(&delivery.table, rows).await)
}
