//! The actions of the clerk, the same for one seed, and the content of the book after each of them.

use std::collections::BTreeMap;

use jiff::civil::date;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Column with the natural key.
pub const DAY: &str = "FWRQ";
/// Column that the actions change.
pub const COUNT: &str = "DZQKFWCS";

/// Largest number of records; a small book is read quickly.
const DAYS: u32 = 60;
/// Number of records in one import.
const IMPORTED: u32 = 25;

/// One action. The value that it writes into [`COUNT`] is its own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Writes the number into the record of one day; adds the record if it is missing.
    Edit(u32),
    /// Imports a file with the number for [`IMPORTED`] days from this one on.
    Import(u32),
    /// Undoes the newest step.
    Undo,
    /// Sends the changed records and asks for results.
    Submit,
}

impl Action {
    /// Its name in the output of a run.
    pub fn name(self) -> &'static str {
        match self {
            Action::Edit(_) => "edit",
            Action::Import(_) => "import",
            Action::Undo => "undo",
            Action::Submit => "submit",
        }
    }

    /// The days whose records it changes, as `YYYYMMDD`.
    pub fn days(self) -> Vec<String> {
        let numbers = match self {
            Action::Edit(day) => day..day + 1,
            Action::Import(first) => first..first + IMPORTED,
            Action::Undo | Action::Submit => 0..0,
        };
        numbers.map(|number| day(number % DAYS)).collect()
    }
}

/// The action with this number, from 1.
pub fn action(seed: u64, number: u64) -> Action {
    let mut random = StdRng::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(number));
    match random.gen_range(0..10) {
        0..4 => Action::Edit(random.gen_range(0..DAYS)),
        4..7 => Action::Import(random.gen_range(0..DAYS)),
        7 => Action::Undo,
        _ => Action::Submit,
    }
}

fn day(number: u32) -> String {
    let day = date(2026, 9, 1).saturating_add(jiff::Span::new().days(i64::from(number)));
    day.strftime("%Y%m%d").to_string()
}

/// The count of each day that has a record.
pub type Counts = BTreeMap<String, String>;

/// The expected content of the book after a number of actions.
#[derive(Debug, Clone, Default)]
pub struct Records {
    done: u64,
    now: Counts,
    /// The content before each step that can be undone.
    before: Vec<Counts>,
}

impl Records {
    /// Number of actions done.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// The content after these actions.
    pub fn now(&self) -> &Counts {
        &self.now
    }

    /// Adds actions until this many are done.
    pub fn advance(&mut self, seed: u64, done: u64) {
        while self.done < done {
            self.done += 1;
            let action = action(seed, self.done);
            match action {
                Action::Edit(_) | Action::Import(_) => {
                    self.before.push(self.now.clone());
                    self.now.extend(action.days().into_iter().map(|day| (day, self.done.to_string())));
                }
                Action::Undo => self.now = self.before.pop().unwrap_or_default(),
                Action::Submit => {}
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
    let names: std::collections::BTreeSet<_> = (1..=50).map(|number| action(7, number).name()).collect();
    assert_eq!(names.len(), 4, "every kind of action occurs");
}
