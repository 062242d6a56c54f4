//! Which rows of our sheets hold what.

/// Row of the headings, from 0: the line above it explains what the sheet is.
pub(crate) const HEADING_ROW: u32 = 1;
/// First row of records, from 0.
pub(crate) const FIRST_ROW: u32 = 2;
/// Last row of a sheet, from 0.
pub(crate) const LAST_ROW: u32 = 1_048_575;
