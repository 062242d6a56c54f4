//! Two threads on one book: findings that the clerk corrects while a check runs stay corrected, and no value is sent
//! that was not checked.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::json;

use crate::fixture::{Clerk, Home, StopOnDrop, VISITS, env};

const EDITS: usize = 40;

#[test]
fn a_check_does_not_restore_findings_that_were_corrected_meanwhile() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(true);
    let set = |value: &str| {
        let change = json!({ "do": "set", "row": 1, "column": "DZQKFWCS", "value": value });
        clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }))
    };
    let mandatory = || {
        let found = clerk.call("check.findings", json!({ "table": VISITS, "level": "mandatory", "limit": 10 }));
        found["total"].as_u64().unwrap()
    };
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let checks = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                clerk.call("check.run", json!({ "tables": [VISITS] }));
            }
        });
        let stop = StopOnDrop(&done);
        for _ in 0..EDITS {
            assert_eq!(set("很多次")["counts"]["mandatory"], 1);
            assert_eq!(mandatory(), 1, "the mistake is a finding, although a check began before it");
            assert_eq!(set("12")["counts"]["mandatory"], 0);
            assert_eq!(mandatory(), 0, "the corrected value has no finding");
        }
        drop(stop);
        checks.join().unwrap();
    });
    assert_eq!(mandatory(), 0);
}

#[test]
fn only_checked_values_are_sent() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(true);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let edits = scope.spawn(|| {
            for value in ["很多次", "12"].iter().cycle() {
                if done.load(Ordering::Relaxed) {
                    return;
                }
                let change = json!({ "do": "set", "row": 1, "column": "DZQKFWCS", "value": value });
                clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }));
            }
        });
        let stop = StopOnDrop(&done);
        for _ in 0..8 {
            clerk.call("submit.send", json!({ "target": {}, "tables": [VISITS] }));
            let results = clerk.call("submit.results", json!({ "wait": 30 }));
            for batch in results["batches"].as_array().unwrap() {
                // The receiver runs the same checks, so it would reject a value that was sent unchecked.
                assert_eq!(batch["batch"]["state"], "stored", "{batch}");
            }
        }
        drop(stop);
        edits.join().unwrap();
    });
}
