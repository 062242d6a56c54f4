//! The college's calendar, and what is due by it.
//!
//! - [`work_days`]: which days people work, by the State Council's notices and the college's own days
//! - [`settings`]: what the standard does not say, as the college has set it
//! - [`due_day`]: the day on which a table is due, without I/O
//! - [`standing`]: the state of a table of the open book: due, overdue, ready, blocked and why

pub(crate) mod due_day;
pub mod settings;
pub mod standing;
pub mod work_days;
