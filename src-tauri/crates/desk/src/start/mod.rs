//! The start screen: making, opening and closing draft books.

pub mod api;
pub(crate) mod books;
pub(crate) mod locking;
pub(crate) mod sample;
