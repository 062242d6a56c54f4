//! What is kept and shown after a submission.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes batches as a page to print: 数据上报单 before the result, 上报回执单 with it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintBatches {
    /// Numbers of the batches, in the order of the page.
    pub batches: Vec<i64>,
    /// File to write; its name ends in `.html`.
    pub path: String,
}

/// The page that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintedBatches {
    /// Path of the file.
    pub file: String,
    /// Batches on it.
    pub batches: u64,
}
