//! One schedule: what the PCs do and when.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Waker};

use jiff::SignedDuration;
use protocol::{Connection, Options};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use standard::{Edition, Standards};
use submit::{Watch, collect, drive};

use crate::oracles::{holds_in_the_end, holds_now, nothing_else_arrived};
use crate::pc::{Disk, Line};
use crate::world::{Bug, TABLES, World};

/// Records of a table on one PC.
const KEYS: u64 = 3;

const DAY: SignedDuration = SignedDuration::from_hours(24);

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

/// Runs a future that waits for nothing but its own next turn.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
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
            calls_at_once: disk.world.calls_at_once,
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
    let mut watch = Watch { progress: &mut |_| {}, cancelled: &|| false, paused: &|| disk.world.pauses() };
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
    let mut chance = StdRng::seed_from_u64(seed);
    let mut off = || [-DAY, -DAY / 24, SignedDuration::ZERO, DAY / 24, DAY][chance.gen_range(0..5)];
    let (receiver_off, offs) = (off(), [off(), off()]);
    let page = [1, 3, 100][chance.gen_range(0..3)];
    let newest_first = chance.gen_bool(0.5);
    let calls_at_once = [1, 2, 8][chance.gen_range(0..3)];
    let most_rows = [1, 2, 100][chance.gen_range(0..3)];
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
        calls_at_once,
        most_rows,
    });
    let pcs = [("a", offs[0]), ("b", offs[1])].map(|(account, off)| Disk {
        kept: RefCell::default(),
        records: RefCell::default(),
        crash_in: Cell::new(None),
        off,
        learned_rows: Cell::new(None),
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
