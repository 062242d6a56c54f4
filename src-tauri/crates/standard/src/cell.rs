//! Values of a record.
//!
//! A value is the text that will be sent: codes keep their leading zeros, dates are `YYYYMMDD`, numbers are decimal
//! text. An empty cell is the empty string. Any text can be a value, also one that is wrong.

/// Values of one record, in the order of [`crate::Table::fields`].
pub type Values = Vec<String>;
