//! What a kind of unusual record is.

use super::case::Case;

/// One kind of true but unusual record.
pub struct UnusualKind {
    /// Name for programs, such as `summer-term`.
    pub id: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// What is so, in Chinese.
    pub what: &'static str,
    /// Why it is right that the program asks to confirm it, in Chinese; empty where it should ask nothing.
    pub asked: &'static str,
    pub(super) make: fn(&mut Case<'_>),
}
