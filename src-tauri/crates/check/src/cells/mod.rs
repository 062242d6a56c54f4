//! Checks of one cell by itself.

use standard::Level;

/// Every kind of cell check, as (rule, level).
pub fn rules() -> impl Iterator<Item = (&'static str, Level)> {
    std::iter::empty()
}
