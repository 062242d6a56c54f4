//! Checking records after every change, so that the findings in the book always agree with them.
//!
//! - [`commit`]: changing records; [`walk`]: undo and redo
//! - [`recheck`]: what is checked after a change; [`changed`]: the same after a change of many records
//! - [`rules`]: when rules run; [`found`]: writing what they find; [`waiting`]: running those that an edit left for later
//! - [`drift`]: tables against what they held in earlier periods, and against what is expected of them
//! - [`checks`]: what is kept between two checks; [`due`]: a check of the whole book
//! - [`findings`], [`records`], [`steps`]: the same as pages show it, in the types of [`api`]

pub mod api;
mod changed;
pub(crate) mod checks;
pub(crate) mod commit;
pub(crate) mod drift;
pub(crate) mod due;
pub(crate) mod findings;
mod found;
pub(crate) mod recheck;
pub(crate) mod records;
mod rules;
pub(crate) mod steps;
pub(crate) mod waiting;
pub(crate) mod walk;
