//! Wrong passwords of a book slow down: after a few of them the next one has to wait, each time longer. They are counted
//! in a file of this PC, so that another start of the program does not begin anew. Whoever copies the book is not held
//! up by this; Argon2id is what makes guessing slow there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::Salt;

use super::api::CallError;
use super::env::Env;
use super::places::write_whole;

/// Wrong passwords in a row after which nothing has to wait yet.
const FREE: u32 = 4;

/// The first wait, in milliseconds. Each further wrong password doubles it.
const FIRST_WAIT: i64 = 30_000;

/// The longest wait, in milliseconds.
const LONGEST_WAIT: i64 = 15 * 60_000;

/// The wrong passwords of one book since it was opened last.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Wrong {
    times: u32,
    /// When the last one was entered, in milliseconds since 1970 on this PC's clock.
    at: i64,
}

impl Wrong {
    /// Milliseconds that the next password has to wait.
    fn wait(self, now: i64) -> i64 {
        let Some(beyond) = self.times.checked_sub(FREE + 1) else { return 0 };
        let wait = FIRST_WAIT.saturating_mul(1 << beyond.min(20)).min(LONGEST_WAIT);
        // Where the clock was set back, the whole wait counts and no more.
        (self.at.saturating_add(wait).saturating_sub(now)).clamp(0, wait)
    }
}

/// An error while the next password of this book has to wait.
pub(crate) fn allowed(env: &Env, salt: &Salt) -> Result<(), CallError> {
    let wrong = read(env).remove(&hex::encode(salt)).unwrap_or_default();
    match wrong.wait((env.now)().as_millisecond()) {
        0 => Ok(()),
        wait => {
            let seconds = (wait + 999) / 1000;
            Err(CallError::new("book.wait").with("times", wrong.times).with("seconds", seconds))
        }
    }
}

/// Counts a wrong password. Where the file cannot be written, nothing slows down.
pub(crate) fn note_wrong(env: &Env, salt: &Salt) {
    let mut all = read(env);
    let one = all.entry(hex::encode(salt)).or_default();
    *one = Wrong { times: one.times.saturating_add(1), at: (env.now)().as_millisecond() };
    write(env, &all);
}

/// Forgets the wrong passwords of a book that was opened, and gives their number.
pub(crate) fn note_right(env: &Env, salt: &Salt) -> u32 {
    let mut all = read(env);
    let Some(wrong) = all.remove(&hex::encode(salt)) else { return 0 };
    write(env, &all);
    wrong.times
}

fn file(env: &Env) -> std::path::PathBuf {
    env.home.join("attempts.json")
}

fn read(env: &Env) -> BTreeMap<String, Wrong> {
    let text = std::fs::read_to_string(file(env)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Where the file cannot be written, the wait is not kept; the password is still needed.
fn write(env: &Env, all: &BTreeMap<String, Wrong>) {
    let _ = std::fs::create_dir_all(&env.home);
    let _ = write_whole(&file(env), serde_json::to_string(all).unwrap_or_default().as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_password_after_the_first_few_waits_longer() {
        let wait = |times, passed: i64| Wrong { times, at: 1_000_000 }.wait(1_000_000 + passed);
        assert_eq!([0, 1, 4].map(|times| wait(times, 0)), [0, 0, 0]);
        assert_eq!([5, 6, 7, 9, 10, u32::MAX].map(|times| wait(times, 0) / 1000), [30, 60, 120, 480, 900, 900]);
        assert_eq!((wait(5, 29_000), wait(5, 30_000), wait(5, 90_000)), (1_000, 0, 0));
        assert_eq!(wait(5, -86_400_000), 30_000, "the clock was set back");
    }
}
