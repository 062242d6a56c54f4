//! schema
/// The newest book format that this program knows.
pub const FORMAT: i64 = 1;
