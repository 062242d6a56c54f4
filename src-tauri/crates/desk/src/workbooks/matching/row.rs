//! What is known of a row while it is matched.

use serde::{Deserialize, Serialize};
use store::ProposedRow;
use workbook::RecordMark;

/// What a row is about.
pub(super) enum Target {
    New,
    Record(i64),
    /// A correction of this record, or another record: the clerk decides.
    OtherKey(i64),
    /// A record that is not in the book any more.
    Deleted(i64),
}

/// A row that was taken.
pub(super) struct Pending {
    pub(super) row: ProposedRow,
    pub(super) mark: Option<RecordMark>,
    pub(super) masks: Masks,
    /// The record key that is computed from these values.
    pub(super) natural: Option<String>,
}

/// What else is known of a row that is settled.
pub(super) struct Told {
    /// The record that its mark names.
    pub(super) marked: Option<i64>,
    /// Whether it has a mark.
    pub(super) was_written: bool,
    pub(super) masks: Masks,
    /// The record key that was computed from its values; absent where it has to be computed again.
    pub(super) key: Option<Option<String>>,
}

/// What is needed to match a row once the whole sheet is read.
#[derive(Serialize, Deserialize)]
pub(super) struct Waits {
    /// The record that the mark names.
    pub(super) marked: i64,
    pub(super) masks: Masks,
}

/// Cells with a masked value: positions of the fields, and what stands there.
pub(super) type Masks = Vec<(usize, String)>;
