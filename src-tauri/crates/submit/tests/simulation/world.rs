//! One schedule: what happens when, and what has to hold at its end.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};

use jiff::{SignedDuration, Timestamp};
use protocol::{Connection, Options, QueryRequest, ResultPage};
use standard::{Edition, Standards};
use submit::error::SubmitError;
use submit::{SubmissionOutcome, Watch, collect, drive};

use crate::chance::Chance;
use crate::oracles::{holds_in_the_end, holds_now, nothing_else_arrived};
use crate::pc::{Disk, Line, reply_time, row_of};
use crate::receiver::Receiver;

/// Bugs that the simulation has to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// What may have arrived goes out again without asking for it.
    ResendWithoutAsking,
    /// What goes out is the record as it is now, not as it was frozen.
    FreezeNotKept,
    /// An entry that belongs to a closed delivery is taken for another one.
    EntryTakenTwice,
    /// Entries are told apart by table and number of rows only, and not by account and time.
    MatchedByCountOnly,
    /// That a delivery is going out is not on the disk before its first byte leaves.
    SendingNotRecorded,
    /// A delivery that was going out when the PC crashed counts as not sent.
    CrashForgotten,
}

impl Bug {
    pub const ALL: [Bug; 6] = [
        Bug::ResendWithoutAsking,
        Bug::FreezeNotKept,
        Bug::EntryTakenTwice,
        Bug::MatchedByCountOnly,
        Bug::SendingNotRecorded,
        Bug::CrashForgotten,
    ];
}

const TABLES: [&str; 2] = ["ODS_FWSZTSGZYSJ", "ODS_XLZXJLSJ"];

/// Records of a table on one PC.
const KEYS: u64 = 3;

/// The account of another college at the same receiver.
pub const OTHER: &str = "c";

const DAY: SignedDuration = SignedDuration::from_hours(24);

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

/// A request that is still on its way.
struct Late {
    at: Timestamp,
    account: String,
    table: String,
    rows: Vec<String>,
}

/// Everything outside of the PCs.
pub struct World {
    pub bug: Option<Bug>,
    now: Cell<Timestamp>,
    receiver_off: SignedDuration,
    pub receiver: RefCell<Receiver>,
    late: RefCell<Vec<Late>>,
    chance: RefCell<Chance>,
    faults: Cell<bool>,
    /// Entries of results that the receiver gives at most at once.
    page: u32,
    /// The receiver lists the newest entry first, so that pages shift while they are read.
    newest_first: bool,
}

impl World {
    pub fn now(&self) -> Timestamp {
        self.now.get()
    }

    pub fn receiver_now(&self) -> Timestamp {
        self.now.get() + self.receiver_off
    }

    fn below(&self, end: u64) -> u64 {
        self.chance.borrow_mut().below(end)
    }

    fn happens(&self, percent: u64) -> bool {
        self.chance.borrow_mut().happens(percent)
    }

    /// Whether a fault happens now; none does once faults have stopped.
    pub fn fails(&self, percent: u64) -> bool {
        self.faults.get() && self.happens(percent)
    }

    /// Lets time pass; what was on its way arrives in its order.
    fn pass(&self, time: SignedDuration) {
        let until = self.now.get() + time;
        loop {
            let next = {
                let late = self.late.borrow();
                let due = late.iter().enumerate().filter(|(_, one)| one.at <= until);
                due.min_by_key(|(_, one)| one.at).map(|(place, _)| place)
            };
            let Some(place) = next else { break };
            let one = self.late.borrow_mut().remove(place);
            self.now.set(one.at.max(self.now.get()));
            self.take(&one.account, &one.table, &one.rows, false);
        }
        self.now.set(until);
    }

    fn take(&self, account: &str, table: &str, rows: &[String], rejected: bool) {
        self.receiver.borrow_mut().take(account, table, rows, self.receiver_now(), rejected);
    }

    pub fn submit(&self, account: &str, table: &str, rows: &[String]) -> SubmissionOutcome {
        self.pass(SignedDuration::from_millis(1_000 + self.below(2_000) as i64));
        let accepted = |at| SubmissionOutcome::Accepted { time: reply_time(at), size: None };
        let at = self.receiver_now();
        if !self.faults.get() {
            self.take(account, table, rows, false);
            return accepted(at);
        }
        match self.below(100) {
            0..6 => SubmissionOutcome::NotSent(SubmitError::LoginBroken),
            // The request is lost.
            6..12 => {
                self.pass(SignedDuration::from_secs(60));
                SubmissionOutcome::Unknown(SubmitError::TimedOut)
            }
            // The reply is lost.
            12..22 => {
                self.take(account, table, rows, false);
                SubmissionOutcome::Unknown(SubmitError::Cut)
            }
            // It comes late, when the PC has given up waiting for a reply or is about to.
            22..28 => {
                let at = self.now() + SignedDuration::from_secs(1 + self.below(58) as i64);
                let (account, table, rows) = (account.to_owned(), table.to_owned(), rows.to_vec());
                self.late.borrow_mut().push(Late { at, account, table, rows });
                if self.happens(50) {
                    self.pass(SignedDuration::from_secs(60));
                }
                SubmissionOutcome::Unknown(SubmitError::TimedOut)
            }
            28..35 => SubmissionOutcome::Refused(SubmitError::RefusedWithoutWords { returned: "500".to_owned() }),
            35..38 if rows.len() > 1 => SubmissionOutcome::TooLarge,
            38..41 => {
                self.take(account, table, rows, true);
                accepted(at)
            }
            _ => {
                self.take(account, table, rows, false);
                accepted(at)
            }
        }
    }

    pub fn results(&self, query: &QueryRequest) -> Result<ResultPage, SubmitError> {
        self.pass(SignedDuration::from_secs(1));
        if self.fails(10) {
            return Err(SubmitError::Unreadable { status: 200 });
        }
        if self.fails(15) {
            // Another college submits as many rows of the same table; where the newest entry comes first, the next page
            // repeats an entry of this one.
            let rows: Vec<String> =
                (0..=self.below(3)).map(|n| row_of(&format!("{OTHER}-{n}"), 1).get().to_owned()).collect();
            self.take(OTHER, TABLES[self.below(2) as usize], &rows, false);
        }
        let query = QueryRequest { limit: query.limit.min(self.page), ..query.clone() };
        let mut page = self.receiver.borrow().results(&query, self.receiver_now(), self.newest_first);
        if self.bug == Some(Bug::MatchedByCountOnly) {
            for entry in &mut page.entries {
                entry.sys_name.clear();
                entry.timestamps.clear();
            }
        }
        Ok(page)
    }
}

/// Runs a future that never has to wait.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("nothing in the simulation waits"),
    }
}

fn line(disk: &Disk) -> Line<'_> {
    let connection = Connection {
        address: "http://receiver".to_owned(),
        client_id: "1".to_owned(),
        username: disk.account.clone(),
        password: "p".into(),
        app_key: "k".into(),
        app_secret: "s".into(),
        options: Options {
            pause_ms: 0,
            first_query_after_s: 1800,
            resend_margin_s: 300,
            call_timeout_s: 60,
            ..Options::default()
        },
    };
    Line { disk, connection }
}

/// Sends or collects; a crash ends it, and the PC starts again.
fn work(disk: &Disk, send: bool) {
    if disk.world.faults.get() && disk.world.happens(30) {
        disk.crash_in.set(Some((disk.world.below(8), disk.world.happens(50))));
    }
    let mut watch = Watch { progress: &mut |_| {}, cancelled: &|| false };
    let line = line(disk);
    // A crash is no result: what the disk has is looked at in the end.
    if send {
        drop(ready(drive(&line, disk, &EDITION, &mut watch)));
    } else {
        drop(ready(collect(&line, disk, &EDITION, &mut watch)));
    }
    disk.crash_in.set(None);
}

/// Runs the schedule of a seed; what does not hold.
pub fn run(seed: u64, bug: Option<Bug>) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let mut off = || [-DAY, -DAY / 24, SignedDuration::ZERO, DAY / 24, DAY][chance.below(5) as usize];
    let (receiver_off, offs) = (off(), [off(), off()]);
    let page = [1, 3, 100][chance.below(3) as usize];
    let newest_first = chance.happens(50);
    let world = Rc::new(World {
        bug,
        now: Cell::new("2026-11-27T00:00:00Z".parse().unwrap()),
        receiver_off,
        receiver: RefCell::default(),
        late: RefCell::default(),
        chance: RefCell::new(chance),
        faults: Cell::new(true),
        page,
        newest_first,
    });
    let pcs = [("a", offs[0]), ("b", offs[1])].map(|(account, off)| Disk {
        kept: RefCell::default(),
        records: RefCell::default(),
        crash_in: Cell::new(None),
        off,
        account: account.to_owned(),
        world: Rc::clone(&world),
    });
    let mut batch = 0;
    for _ in 0..2 + world.below(3) {
        for pc in &pcs {
            if world.happens(70) {
                batch += 1;
                freeze(pc, batch);
            }
            if world.happens(60) {
                work(pc, true);
            }
            edit(pc);
            world.pass(SignedDuration::from_secs(world.below(45 * 60) as i64));
            if world.happens(60) {
                work(pc, false);
            }
            holds_now(pc)?;
        }
    }
    world.faults.set(false);
    for _ in 0..3 {
        for pc in &pcs {
            work(pc, true);
        }
        world.pass(SignedDuration::from_mins(40));
        for pc in &pcs {
            work(pc, false);
            holds_now(pc)?;
        }
    }
    pcs.iter().try_for_each(holds_in_the_end)?;
    nothing_else_arrived(&world, &pcs)
}

/// Freezes some records of a table, each with a new version.
fn freeze(pc: &Disk, batch: i64) {
    let world = &pc.world;
    let table = TABLES[world.below(2) as usize];
    let mut rows = Vec::new();
    for n in 0..KEYS {
        if world.happens(60) {
            let key = format!("{}-{n}", pc.account);
            let mut records = pc.records.borrow_mut();
            let version = records.entry((table.to_owned(), key.clone())).or_default();
            *version += 1;
            rows.push((key, *version));
        }
    }
    pc.freeze(batch, table, rows, 1 + world.below(3) as usize);
}

/// Changes a record that may be in a batch.
fn edit(pc: &Disk) {
    if pc.world.happens(50) {
        let mut records = pc.records.borrow_mut();
        let place = pc.world.below(records.len() as u64) as usize;
        if let Some(version) = records.values_mut().nth(place) {
            *version += 1;
        }
    }
}
