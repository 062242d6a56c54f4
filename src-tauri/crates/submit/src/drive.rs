//! Sends what is frozen: carries out what [`crate::step`] decides, and records everything before and after.

use jiff::Timestamp;
use standard::Edition;
use standard::delivery::DeliveryState;

use crate::client::{Client, Outcome};
use crate::collect::{ask, note, recover};
use crate::error::SubmitError;
use crate::ledger::{Delivery, DeliveryId, Event, Ledger};
use crate::step::{self, Run, Step};
use crate::watch::{Progress, Stop, Watch};

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Driven {
    /// Calls that the receiver took, in order.
    pub sent: Vec<DeliveryId>,
    /// Calls that the receiver refused, in order, with its words; they wait, and their batches with them.
    pub refused: Vec<(DeliveryId, SubmitError)>,
    /// Calls whose fate is unknown.
    pub unknown: Vec<DeliveryId>,
    /// Calls that still wait to be sent.
    pub waiting: usize,
    /// When an unknown call may be known; absent if there is none.
    pub next: Option<Timestamp>,
    /// Why something is left, if that is a failure of this run. Calls that wait for an older one of unknown fate are
    /// none.
    pub stop: Option<Stop>,
}

/// Sends every frozen call, oldest first. Calls of unknown fate are asked for first; one that is not among the results
/// in time is sent again. Ends at the first sign that nothing gets through: no connection, or two refusals or lost
/// replies in a row.
pub async fn drive<L: Ledger>(
    client: &Client,
    ledger: &L,
    edition: &Edition,
    watch: &mut Watch<'_>,
) -> Result<Driven, L::Error> {
    let mut calls = ledger.open_deliveries()?;
    recover(ledger, &mut calls)?;
    let of = calls.iter().filter(|call| call.state == DeliveryState::Frozen).map(|call| u64::from(call.rows)).sum();
    let mut driven = Driven::default();
    let mut run = Run::default();
    let mut rows = 0;
    let mut failures = 0;
    let mut first = true;
    let mut lost = None;

    driven.stop = loop {
        if let Err(stop) = watch.check() {
            break Some(stop);
        }
        match step::next(&calls, &run) {
            Step::Done => break left_by(&calls, &driven, lost),
            Step::Ask => {
                run.asked.extend(calls.iter().filter(|call| call.state == DeliveryState::Unknown).map(|call| call.id));
                if let Some(stop) = ask(client, ledger, edition, &mut calls, watch).await? {
                    break Some(stop);
                }
            }
            Step::Send(id) => {
                let Some(call) = calls.iter_mut().find(|call| call.id == id) else { break None };
                if !std::mem::replace(&mut first, false)
                    && let Err(stop) = watch.pause(client).await
                {
                    break Some(stop);
                }
                if let Err(error) = client.ready().await {
                    break Some(Stop::Failed(error));
                }
                (watch.progress)(Progress { rows, of, table: call.table.clone() });
                let fate = send(client, ledger, call).await?;
                failures = if matches!(fate, Fate::Taken) { 0 } else { failures + 1 };
                match fate {
                    Fate::Taken => {
                        driven.sent.push(id);
                        rows += u64::from(call.rows);
                    }
                    Fate::NotSent(error) => break Some(Stop::Failed(error)),
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

    let unknown = || calls.iter().filter(|call| call.state == DeliveryState::Unknown);
    driven.unknown = unknown().map(|call| call.id).collect();
    driven.waiting = calls.iter().filter(|call| call.state == DeliveryState::Frozen).count();
    driven.next = unknown().filter_map(|call| step::given_up_at(call, &client.connection().options)).min();
    Ok(driven)
}

/// Why something is left when nothing more can be done: a refusal, or a reply lost in this run and not found since.
fn left_by(calls: &[Delivery], driven: &Driven, lost: Option<SubmitError>) -> Option<Stop> {
    let refused = driven.refused.last().map(|(_, error)| error.clone());
    let still_unknown = calls.iter().any(|call| call.state == DeliveryState::Unknown);
    refused.or(lost.filter(|_| still_unknown)).map(Stop::Failed)
}

/// What became of one call.
enum Fate {
    Taken,
    Refused(SubmitError),
    NotSent(SubmitError),
    Lost(SubmitError),
}

/// Sends one call: records `sending`, sends, records what became of it.
async fn send<L: Ledger>(client: &Client, ledger: &L, call: &mut Delivery) -> Result<Fate, L::Error> {
    let rows = ledger.items(call.id)?.into_iter().map(|item| item.row).collect();
    note(ledger, call, &Event::Sending { at: client.now() })?;
    let (event, fate) = match client.submit(&call.table, rows).await {
        Outcome::Accepted { time, size } => (Event::Sent { time, size }, Fate::Taken),
        Outcome::Refused(refusal) => {
            let event = Event::Refused { code: refusal.code.clone(), message: refusal.message.clone() };
            (event, Fate::Refused(SubmitError::Refused(refusal)))
        }
        Outcome::NotSent(why) => (Event::NotSent { why: why.clone() }, Fate::NotSent(why)),
        Outcome::Unknown(why) => (Event::Unknown { why: Some(why.clone()) }, Fate::Lost(why)),
    };
    note(ledger, call, &event)?;
    Ok(fate)
}
