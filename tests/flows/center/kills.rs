//! A centre that is killed at any moment loses no acknowledged row, stores no delivery in part, and keeps its audit log
//! whole.
//!
//! `TIANBAO_CENTER_KILLS` is the number of kills: a few here, 200 in the long form.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::time::Duration;

use rand::Rng;

use super::sender::{TABLE, client, connection, key, submit};
use crate::fixture::{Home, Receiver};

/// Number of kills without `TIANBAO_CENTER_KILLS`.
const KILLS: u32 = 12;

/// Rows of a delivery.
const ROWS: u64 = 40;

/// The longest time between the first delivery and the kill.
const WORKING: Duration = Duration::from_millis(150);

#[test]
fn no_acknowledged_row_is_lost() {
    let kills = std::env::var("TIANBAO_CENTER_KILLS").map_or(KILLS, |text| text.parse().expect("a number of kills"));
    let home = Home::new();
    let data = home.path("receiver");
    // Whether each delivery was acknowledged, by its first key.
    let mut deliveries: BTreeMap<u64, bool> = BTreeMap::new();
    let mut next = 0;
    for _ in 0..kills {
        let receiver = Receiver::with(&data, &["--requests", "0"]);
        let college = client(connection(&receiver));
        let (stop, stopped) = mpsc::channel::<()>();
        let sending = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            let mut sent = Vec::new();
            while stopped.try_recv().is_err() {
                let first = next + sent.len() as u64 * ROWS;
                sent.push((first, runtime.block_on(submit(&college, first..first + ROWS))));
            }
            sent
        });
        // Nothing is ever sent on this channel: the time passes.
        let (_never, moment) = mpsc::channel::<()>();
        let _ = moment.recv_timeout(rand::thread_rng().gen_range(Duration::ZERO..WORKING));
        receiver.kill();
        stop.send(()).unwrap();
        let sent = sending.join().unwrap();
        next += sent.len() as u64 * ROWS;
        deliveries.extend(sent);
    }
    let acknowledged = deliveries.values().filter(|acknowledged| **acknowledged).count();
    assert!(kills < 10 || acknowledged > 0, "nothing was acknowledged: the test tests nothing");
    let inbox = store::Inbox::open(&data, || panic!("the centre made its folder")).unwrap();
    for (first, acknowledged) in deliveries {
        let stored = (first..first + ROWS).filter(|n| inbox.row(TABLE, &key(*n)).unwrap().is_some()).count() as u64;
        assert!(stored == ROWS || (stored == 0 && !acknowledged), "{first}: {stored} rows of {ROWS}, {acknowledged}");
    }
    assert_eq!(inbox.audit_flaw().unwrap(), None);
}
