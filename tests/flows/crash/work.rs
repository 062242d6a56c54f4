//! The work of a busy clerk: thing after thing, the same for a seed, and what the book holds after each.

use std::collections::BTreeMap;

use jiff::civil::date;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// The column that tells records apart.
pub const DAY: &str = "FWRQ";
/// The column that changes.
pub const COUNT: &str = "DZQKFWCS";

/// Days that have records at most: a small book is quick to look at.
const DAYS: u32 = 60;
/// Records of one import.
const IMPORTED: u32 = 25;

/// One thing to do. Whatever it writes is its own number in [`COUNT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Puts the number on one day, adding it where it is not there.
    Edit(u32),
    /// Puts the number on many days from this one on, out of a file.
    Import(u32),
    /// Takes the newest step back that still stands.
    Undo,
    /// Sends what changed and asks for results.
    Submit,
}

impl Work {
    /// What it is called in the account of a run.
    pub fn name(self) -> &'static str {
        match self {
            Work::Edit(_) => "edit",
            Work::Import(_) => "import",
            Work::Undo => "undo",
            Work::Submit => "submit",
        }
    }

    /// The days it writes to.
    pub fn days(self) -> Vec<String> {
        let numbers = match self {
            Work::Edit(day) => day..day + 1,
            Work::Import(first) => first..first + IMPORTED,
            Work::Undo | Work::Submit => 0..0,
        };
        numbers.map(|number| day(number % DAYS)).collect()
    }
}

/// The thing of this number, from 1.
pub fn work(seed: u64, number: u64) -> Work {
    let mut random = StdRng::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(number));
    match random.gen_range(0..10) {
        0..4 => Work::Edit(random.gen_range(0..DAYS)),
        4..7 => Work::Import(random.gen_range(0..DAYS)),
        7 => Work::Undo,
        _ => Work::Submit,
    }
}

fn day(number: u32) -> String {
    let day = date(2026, 9, 1).saturating_add(jiff::Span::new().days(i64::from(number)));
    day.strftime("%Y%m%d").to_string()
}

/// The count of each day that has a record.
pub type Counts = BTreeMap<String, String>;

/// What the book holds after so many things were done.
#[derive(Debug, Clone, Default)]
pub struct Records {
    done: u64,
    now: Counts,
    /// What it held before each step that can be taken back.
    before: Vec<Counts>,
}

impl Records {
    /// How many things were done.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// The records now.
    pub fn now(&self) -> &Counts {
        &self.now
    }

    /// Does things until so many are done.
    pub fn advance(&mut self, seed: u64, done: u64) {
        while self.done < done {
            self.done += 1;
            let work = work(seed, self.done);
            match work {
                Work::Edit(_) | Work::Import(_) => {
                    self.before.push(self.now.clone());
                    self.now.extend(work.days().into_iter().map(|day| (day, self.done.to_string())));
                }
                Work::Undo => self.now = self.before.pop().unwrap_or_default(),
                Work::Submit => {}
            }
        }
    }
}

#[test]
fn work_is_the_same_for_a_seed() {
    let mut records = Records::default();
    records.advance(7, 50);
    let mut again = Records::default();
    (1..=50).for_each(|done| again.advance(7, done));
    assert_eq!(records.now(), again.now());
    assert!(!records.now().is_empty());
    let names: std::collections::BTreeSet<_> = (1..=50).map(|number| work(7, number).name()).collect();
    assert_eq!(names.len(), 4, "a bit of everything");
}
