//! 情况说明: why a confirm finding is right as it stands. Bound to the value: when the value changes the explanation no
//! longer holds, when the value comes back (by undo, say) it holds again.

use jiff::Timestamp;

use crate::{Book, StoreError};

/// One explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Table.
    pub table: String,
    /// Record.
    pub row: Option<i64>,
    /// Column.
    pub column: Option<String>,
    /// Rule.
    pub rule: String,
    /// The value it speaks of.
    pub value: String,
    /// The reason; empty takes the explanation back.
    pub text: String,
}

impl Book {
    /// Keeps (or, with an empty text, takes back) explanations, all or none.
    pub fn explain(&self, at: Timestamp, who: &str, explanations: &[Explanation]) -> Result<(), StoreError> {
        let _ = (at, who, explanations);
        unimplemented!()
    }
}
