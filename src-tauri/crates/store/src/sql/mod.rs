//! Pieces of SQL text, and how Rust values stand in the columns of the book.

pub(crate) mod column;
pub(crate) mod conditions;
mod text;

pub use text::{json_numbers, json_texts, quoted};
