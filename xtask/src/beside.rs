//! Layers that run beside each other, two at a time: each in a process of its own, whose output is shown in one piece
//! when it ends.

use std::fs::File;
use std::io::Write;
use std::process::{Command, ExitCode, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::folders;
use crate::run::{Failure, Result, heading};
use crate::tally::Tally;

/// The argument with which this program runs one layer for another run of itself.
pub const PART: &str = "--part";

/// A layer with an office, a browser or a server waits for much of its time, so that two fill the processors.
const AT_A_TIME: usize = 2;

/// How the last line of a part begins.
const SAID: &str = "part:";

/// A layer's name, how many of its tests passed and failed, and how long it ran.
type Outcome = (&'static str, Tally, Duration);

/// Runs these layers, in this order as far as one has ended before the next begins. Each is a name and what it is about.
pub fn run(layers: &[(&'static str, &'static str)]) -> Vec<Outcome> {
    let names: Vec<_> = layers.iter().map(|(name, _)| *name).collect();
    heading(&format!("{AT_A_TIME} at a time: {}", names.join(", ")));
    let next = Mutex::new(layers.iter().enumerate());
    let outcomes = Mutex::new(Vec::new());
    let work = || {
        loop {
            let taken = next.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((place, (name, about))) = taken else { return };
            println!("{name}: begun; its output comes when it ends");
            let begun = Instant::now();
            let part = part(name);
            // One lock for the list and for the terminal, so that one output comes after another.
            let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
            heading(&format!("{name}: {about}"));
            let tally = part.map(|(output, tally)| {
                // A broken pipe shows at the next line anyway.
                let _ = std::io::stdout().write_all(&output);
                tally
            });
            let tally = tally.unwrap_or_else(|failure| {
                eprintln!("{name}: {failure}");
                Tally::step(false)
            });
            outcomes.push((place, (*name, tally, begun.elapsed())));
        }
    };
    std::thread::scope(|scope| (0..AT_A_TIME).for_each(|_| drop(scope.spawn(work))));
    let mut outcomes = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by_key(|(place, _)| *place);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Runs one layer in a process of its own; its output, and what it said last. What it writes goes into a file among the
/// results, so that a run that hangs can be looked at.
fn part(name: &str) -> Result<(Vec<u8>, Tally)> {
    let program = std::env::args_os().next().ok_or("the name of this program is missing")?;
    let folder = folders::results();
    let log = folder.join(format!("{name}.log"));
    let explain = |error: std::io::Error| Failure(format!("{}: {error}", log.display()));
    std::fs::create_dir_all(&folder).map_err(explain)?;
    let file = File::create(&log).map_err(explain)?;
    let errors = file.try_clone().map_err(explain)?;
    let mut part = Command::new(program);
    part.args(["test", PART, name]).stdin(Stdio::null()).stdout(file).stderr(errors);
    let status = part.status().map_err(|error| format!("the layer does not start: {error}"))?;
    let output = std::fs::read(&log).map_err(explain)?;
    match said(&String::from_utf8_lossy(&output)) {
        Some(tally) if status.success() == (tally.failed == 0) => Ok((output, tally)),
        _ => {
            eprintln!("{name}: ended without a result ({status})");
            Ok((output, Tally::step(false)))
        }
    }
}

/// Ends a part: says its tally in the last line.
pub fn say(tally: Tally) -> ExitCode {
    println!("{SAID} {} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The tally that a part said last. `None`: it ended before.
fn said(output: &str) -> Option<Tally> {
    let line = output.lines().rev().find_map(|line| line.strip_prefix(SAID))?;
    let (passed, failed) = line.trim().strip_suffix(" failed")?.split_once(" passed, ")?;
    Some(Tally { passed: passed.parse().ok()?, failed: failed.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::tally::Tally;

    #[test]
    fn a_part_says_its_tally_in_its_last_line_whatever_a_program_that_it_ended_still_says() {
        assert_eq!(said("test a ... ok\npart: 12 passed, 3 failed\n"), Some(Tally { passed: 12, failed: 3 }));
        assert_eq!(said("part: 12 passed, 0 failed\nthe browser ends\n"), Some(Tally { passed: 12, failed: 0 }));
        assert_eq!(said("part: 12 passed, 3 f"), None);
        assert_eq!(said(""), None);
    }
}
