//! The editions that can be used: those built into the program and those installed on this PC.
//!
//! - [`editions`]: all of them; [`at_hand`]: one of them
//! - [`folder`]: the installed files in `editions/`, written whole or not at all
//! - [`arrival`]: reading an edition that is to be installed, and whether it may be
//! - [`publishers`]: whose packages are accepted
//!
//! An installed edition stays the file that it came as, and is verified whenever the program starts: one that is
//! damaged or whose publisher is no longer trusted is listed with its problem; the others are not affected. Books are
//! not changed here. They keep the id of their edition, and are brought up to its revision when they are opened.

pub(crate) mod arrival;
pub mod at_hand;
pub(crate) mod editions;
pub(crate) mod folder;
pub(crate) mod publishers;
mod revision;

pub(crate) use arrival::Arrival;
pub(crate) use editions::Shelf;
