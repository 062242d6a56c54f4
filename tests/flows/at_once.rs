//! Two things at once on one book: what the clerk mends while a check runs stays mended, and nothing is sent that was
//! not checked as it stands.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::json;

use crate::stage::{Clerk, Home, VISITS, env};

const EDITS: usize = 40;

/// Ends the other thread when this one is through, also by a failed assertion.
struct Through<'a>(&'a AtomicBool);

impl Drop for Through<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_check_never_puts_back_what_was_mended_meanwhile() {
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
        let through = Through(&done);
        for _ in 0..EDITS {
            assert_eq!(set("很多次")["counts"]["mandatory"], 1);
            assert_eq!(mandatory(), 1, "the mistake is told, whatever a check began with");
            assert_eq!(set("12")["counts"]["mandatory"], 0);
            assert_eq!(mandatory(), 0, "what is mended stays mended");
        }
        drop(through);
        checks.join().unwrap();
    });
    assert_eq!(mandatory(), 0);
}

#[test]
fn only_what_was_checked_as_it_stands_is_sent() {
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
        let through = Through(&done);
        for _ in 0..8 {
            clerk.call("submit.send", json!({ "target": {}, "tables": [VISITS] }));
            let results = clerk.call("submit.results", json!({ "wait": 30 }));
            for batch in results["batches"].as_array().unwrap() {
                // The receiver runs the same checks: it would reject what had slipped through.
                assert_eq!(batch["batch"]["state"], "stored", "{batch}");
            }
        }
        drop(through);
        edits.join().unwrap();
    });
}
