//! Which findings belong to the period of a book: each table has its own kind of period, and some have none.

use crate::sql::json_texts;

/// Whether the finding `f` is of one of [`periods`], or of a table without.
pub(crate) const IN_PERIOD: &str = "(f.period = '' OR f.period IN (SELECT value FROM json_each(?)))";

/// The periods that tables have in a book of `period`, as a JSON list: each table has its own kind.
pub(crate) fn periods(period: &str) -> String {
    json_texts(standard::period::within(period))
}
