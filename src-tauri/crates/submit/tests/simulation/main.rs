//! The decisions of sending and collecting in a simulation without network: PCs, a receiver, crashes at any step, lost,
//! late and reordered exchanges, several requests on their way at once, pauses, a receiver that finds requests too large,
//! entries that come twice, answers in pieces and clocks a day off. A seed makes the same
//! schedule on every machine; a failure prints it.
//!
//! What has to hold of every schedule: a delivery is taken by the receiver exactly once, or is still shown as unknown;
//! what arrives is what was frozen; each receipt is that of the delivery it is filed for; the newest rows win; and once
//! faults have stopped, everything settles within three rounds.
//!
//! A request that a line doubles on its way is left out: the receiver knows it by its signature and takes it once, and
//! where it does not, two entries of one second and size cannot be told from two deliveries.
//!
//! `TIANBAO_SCHEDULES` sets the number of schedules, `TIANBAO_SEED` the first seed.

#![expect(clippy::print_stdout, reason = "the speed, and the seed that shows a planted bug, are what a run tells")]

mod oracles;
mod pc;
mod receiver;
mod rows;
mod schedule;
mod world;

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use schedule::run;
use world::Bug;

/// Schedules of a short run.
const SHORT: u64 = 10_000;

/// Schedules in which a planted bug has to be seen.
const WITH_BUG: u64 = 3_000;

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Runs these schedules on all processors; the failure of the lowest seed, whichever of them comes first.
fn first_failure(seeds: Range<u64>) -> Option<(u64, String)> {
    let (next, failure) = (AtomicU64::new(seeds.start), Mutex::new(None));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            // The seeds before a failure are all taken when it is found, so the lowest one is never missed.
            if seed >= seeds.end || failure.lock().expect("no schedule panics here").is_some() {
                return;
            }
            if let Err(why) = run(seed, None) {
                let mut failure = failure.lock().expect("no schedule panics here");
                if failure.as_ref().is_none_or(|(other, _)| seed < *other) {
                    *failure = Some((seed, why));
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, |threads| threads.get()) {
            scope.spawn(work);
        }
    });
    failure.into_inner().expect("no schedule panics here")
}

#[test]
fn every_schedule_ends_with_every_row_once() {
    let (first, schedules) = (number("TIANBAO_SEED", 1), number("TIANBAO_SCHEDULES", SHORT));
    let began = Instant::now();
    if let Some((seed, why)) = first_failure(first..first + schedules) {
        panic!("TIANBAO_SEED={seed} TIANBAO_SCHEDULES=1: {why}");
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("{schedules} schedules in {seconds:.1} s, {:.0} a second", schedules as f64 / seconds);
}

#[test]
fn a_seed_makes_the_same_schedule_again() {
    for seed in 1..50 {
        assert_eq!(run(seed, None), run(seed, None), "{seed}");
        assert_eq!(run(seed, Some(Bug::ResendWithoutAsking)), run(seed, Some(Bug::ResendWithoutAsking)), "{seed}");
    }
}

#[test]
fn planted_bugs_are_seen() {
    for bug in Bug::ALL {
        let seen = (1..=WITH_BUG).find_map(|seed| run(seed, Some(bug)).err().map(|why| (seed, why)));
        let (seed, why) = seen.unwrap_or_else(|| panic!("{bug:?} was not seen in {WITH_BUG} schedules"));
        println!("{bug:?} is seen with seed {seed}: {why}");
    }
}
