//! A PC: its ledger, which survives a crash, and its line to the receiver.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use protocol::{Connection, QueryRequest, ResultPage, Row};
use standard::delivery::DeliveryState;
use submit::error::SubmitError;
use submit::{Delivery, DeliveryId, Event, Item, Ledger, SubmissionOutcome, Wire};

use crate::rows::row_of;
use crate::world::{Bug, World};

/// How long a PC waits for a reply.
pub const TIME_OUT: SignedDuration = SignedDuration::from_secs(60);

/// The error that stands for a crash.
#[derive(Debug, PartialEq, Eq)]
pub struct Crash;

fn texts(rows: &[(String, u64)]) -> Vec<String> {
    rows.iter().map(|(key, version)| row_of(key, *version).get().to_owned()).collect()
}

/// What the disk has of a delivery.
#[derive(Clone)]
pub struct Kept {
    pub delivery: Delivery,
    /// Key and version of each row, as they were frozen.
    pub rows: Vec<(String, u64)>,
    /// The same rows as they are sent; the oracles compare them with what arrived.
    pub texts: Vec<String>,
    pub receipt: Option<String>,
}

/// The disk of a PC.
pub struct Disk {
    pub kept: RefCell<Vec<Kept>>,
    /// The records as they are now: versions by table and key.
    pub records: RefCell<BTreeMap<(String, String), u64>>,
    /// Records of the ledger until the PC crashes, and whether the last of them is on the disk then; absent: it does
    /// not.
    pub crash_in: Cell<Option<(u64, bool)>>,
    /// The PC's clock minus the true time.
    pub off: SignedDuration,
    pub account: String,
    /// Rows that the receiver takes at once, as far as it was learned.
    pub learned_rows: Cell<Option<u32>>,
    pub world: Rc<World>,
}

impl Disk {
    /// Freezes these records as a batch, in deliveries of at most so many rows.
    pub fn freeze(&self, batch: i64, table: &str, rows: Vec<(String, u64)>, most: usize) {
        for (no, rows) in (1..).zip(rows.chunks(most)) {
            let delivery = Delivery {
                id: DeliveryId { batch, no },
                table: table.to_owned(),
                rows: rows.len() as u32,
                state: DeliveryState::Frozen,
                sent_at: None,
                receiver_at: None,
                time: None,
            };
            self.kept.borrow_mut().push(Kept { delivery, texts: texts(rows), rows: rows.to_vec(), receipt: None });
        }
    }

    fn of<T>(&self, id: DeliveryId, read: impl FnOnce(&mut Kept) -> T) -> T {
        let mut kept = self.kept.borrow_mut();
        let place = kept.iter().position(|kept| kept.delivery.id == id).expect("a delivery of this PC");
        read(&mut kept[place])
    }

    /// When the delivery of a table that is on its way left; one of a table is on its way at a time.
    fn left_at(&self, table: &str) -> Timestamp {
        let kept = self.kept.borrow();
        let flying = |kept: &&Kept| kept.delivery.table == table && kept.delivery.state == DeliveryState::Sending;
        let sent_at = kept.iter().find(flying).and_then(|kept| kept.delivery.sent_at);
        sent_at.map_or(self.world.now(), |at| at - self.off)
    }

    /// A crash may come before something is on the disk, or right behind it.
    fn durable(&self, write: impl FnOnce()) -> Result<(), Crash> {
        match self.crash_in.get() {
            Some((0, false)) => return Err(Crash),
            Some((0, true)) => {
                write();
                return Err(Crash);
            }
            Some((left, durable)) => self.crash_in.set(Some((left - 1, durable))),
            None => {}
        }
        write();
        Ok(())
    }
}

impl Ledger for Disk {
    type Error = Crash;

    fn now(&self) -> Timestamp {
        self.world.now() + self.off
    }

    fn open_deliveries(&self) -> Result<Vec<Delivery>, Crash> {
        let mut open: Vec<Delivery> = self.kept.borrow().iter().map(|kept| kept.delivery.clone()).collect();
        open.retain(|delivery| !delivery.state.is_closed());
        open.sort_by_key(|delivery| delivery.id);
        if self.world.bug == Some(Bug::CrashForgotten) {
            for delivery in open.iter_mut().filter(|delivery| delivery.state == DeliveryState::Sending) {
                delivery.state = DeliveryState::Frozen;
            }
        }
        Ok(open)
    }

    fn items(&self, id: DeliveryId) -> Result<Vec<Item>, Crash> {
        let table = self.of(id, |kept| kept.delivery.table.clone());
        let rows = self.of(id, |kept| kept.rows.clone());
        let version = |(key, frozen): &(String, u64)| match self.world.bug {
            Some(Bug::FreezeNotKept) => self.records.borrow()[&(table.clone(), key.clone())],
            _ => *frozen,
        };
        Ok(rows.iter().map(|row| Item { key: row.0.clone(), row: row_of(&row.0, version(row)) }).collect())
    }

    fn keys(&self, id: DeliveryId) -> Result<Vec<String>, Crash> {
        Ok(self.of(id, |kept| kept.rows.iter().map(|(key, _)| key.clone()).collect()))
    }

    fn receipts(&self, _: Timestamp) -> Result<Vec<String>, Crash> {
        if self.world.bug == Some(Bug::EntryTakenTwice) {
            return Ok(Vec::new());
        }
        Ok(self.kept.borrow().iter().filter_map(|kept| kept.receipt.clone()).collect())
    }

    fn learned_rows(&self) -> Result<Option<u32>, Crash> {
        Ok(self.learned_rows.get())
    }

    fn learn_rows(&self, rows: Option<u32>) -> Result<(), Crash> {
        self.durable(|| self.learned_rows.set(rows))
    }

    fn split(&self, batch: i64, most: u32) -> Result<(), Crash> {
        self.durable(|| {
            let mut kept = self.kept.borrow_mut();
            let of_batch = |kept: &Kept| kept.delivery.id.batch == batch;
            let mut next = kept.iter().filter(|kept| of_batch(kept)).map(|kept| kept.delivery.id.no).max().unwrap_or(0);
            let mut more = Vec::new();
            for one in kept.iter_mut().filter(|kept| of_batch(kept)) {
                if one.delivery.state != DeliveryState::Frozen || one.rows.len() <= most as usize {
                    continue;
                }
                let pieces: Vec<_> = one.rows.chunks(most as usize).map(<[_]>::to_vec).collect();
                for piece in &pieces[1..] {
                    next += 1;
                    let id = DeliveryId { batch, no: next };
                    let delivery = Delivery { id, rows: piece.len() as u32, ..one.delivery.clone() };
                    more.push(Kept { delivery, texts: texts(piece), rows: piece.clone(), receipt: None });
                }
                one.rows = pieces[0].clone();
                one.texts = texts(&one.rows);
                one.delivery.rows = one.rows.len() as u32;
            }
            kept.extend(more);
        })
    }

    fn record(&self, id: DeliveryId, event: &Event) -> Result<(), Crash> {
        let late = matches!(event, Event::Sending { .. }) && self.world.bug == Some(Bug::SendingNotRecorded);
        let forgets = matches!(event, Event::Unknown { .. }) && self.world.bug == Some(Bug::ResendWithoutAsking);
        self.durable(|| {
            if late {
                return;
            }
            self.of(id, |kept| {
                event.apply(&mut kept.delivery);
                if forgets {
                    kept.delivery.state = DeliveryState::Frozen;
                }
                if let Event::Result { receipt, .. } = event {
                    kept.receipt = Some(receipt.clone());
                }
            });
        })
    }
}

/// The line of a PC to the receiver.
pub struct Line<'a> {
    pub disk: &'a Disk,
    pub connection: Connection,
}

impl Wire for Line<'_> {
    fn connection(&self) -> &Connection {
        &self.connection
    }

    fn now(&self) -> Timestamp {
        self.disk.world.receiver_now()
    }

    async fn ready(&self) -> Result<(), SubmitError> {
        if self.disk.world.fails(6) { Err(SubmitError::LoginBroken) } else { Ok(()) }
    }

    async fn submit(&self, table: &str, rows: Vec<Row>) -> SubmissionOutcome {
        let rows: Vec<String> = rows.iter().map(|row| serde_json::to_string(row).expect("JSON")).collect();
        // Requests that are on their way at once overtake each other. While another one gets no reply, time passes for
        // this one, too.
        let began = self.disk.left_at(table);
        for _ in 0..self.disk.world.below(4) {
            let mut waited = false;
            poll_fn(|context| {
                context.waker().wake_by_ref();
                if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        }
        if self.disk.world.now().duration_since(began) > TIME_OUT / 2 {
            return SubmissionOutcome::Unknown(SubmitError::TimedOut);
        }
        self.disk.world.submit(&self.disk.account, table, &rows)
    }

    async fn results(&self, query: &QueryRequest) -> Result<ResultPage, SubmitError> {
        self.disk.world.results(query)
    }

    fn random(&self) -> u64 {
        self.disk.world.below(u64::MAX)
    }

    async fn wait(&self, time: Duration, _: &dyn Fn() -> bool) {
        self.disk.world.pass(time.try_into().expect("at most a minute"));
    }
}
