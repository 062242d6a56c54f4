//! The oldest record that is not accepted, as it was found last.

use std::collections::HashMap;

/// By connection, table and period: the number of the record, and the step that changed it last.
pub(crate) type OldestOpen = HashMap<[String; 3], (i64, i64)>;
