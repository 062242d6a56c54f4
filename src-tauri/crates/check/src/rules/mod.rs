//! Rules of an edition and of a college: what its rule files say, run as SQL over the book.
//!
//! * [`functions()`] is what rules may call besides SQLite's own functions.
//! * [`rules()`] runs all rules of a table, [`rule()`] one of them, [`RowRules`] those over single records
//!   for many records; [`touched()`] tells which an edit may have changed.
//! * [`validate()`] checks a rule without running it, [`try_cases()`] runs it on its own passing and failing rows.
//!
//! A rule over single records sees its own record. A select sees the tables by their plain names, with the records of
//! the current period, and by two further names: `year_ODS_X` has the records of the school year of that period,
//! `all_ODS_X` those of every period. A statement is wrapped so that these names stand for that part of the book. It
//! runs on a connection that can only read, and has a time limit. A rule that fails is reported by its name, as a
//! finding too, and does not stop other rules.
//!
//! Left out on purpose: reading rule files (`standard`), and keeping findings (the caller).

mod alone;
mod cases;
mod functions;
mod lexer;
mod many;
mod message;
mod names;
mod run;
mod statement;
pub(crate) mod texts;
mod touched;
mod validate;
mod views;

use std::time::Duration;

use jiff::civil::Date;

pub use alone::sees_each_alone;
pub use cases::{CaseProblem, Wrong, try_cases};
pub use functions::functions;
pub use many::RowRules;
pub use run::{FailedRule, looks_up, plan, rule, rules};
pub use touched::{reads, row_rules, touched, touched_by_many, using, wide};
pub use validate::{RuleProblem, Why, validate};

/// How long a rule may take in a full check.
pub const RULE_TIME: Duration = Duration::from_secs(10);

/// When and for which period rules run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Today in national time.
    pub today: Date,
    /// The period whose records are looked at, as records have it (`2026-2027-1`).
    pub period: String,
    /// How long one rule may take.
    pub time: Duration,
}

impl Context {
    /// A full check on a day.
    pub fn new(today: Date, period: impl Into<String>) -> Context {
        Context { today, period: period.into(), time: RULE_TIME }
    }
}
