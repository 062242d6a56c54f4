//! What a text means that a clerk typed, Excel stored or another system exported.
//!
//! Reading does not make findings: it says what a text stands for, and how sure that is. [`crate::normalise()`] takes
//! what is certain, the checks suggest also what is likely.

mod aliases;
pub(crate) mod code;
pub(crate) mod damaged;
pub(crate) mod date;
mod date_words;
pub(crate) mod fold;
pub(crate) mod number;
mod number_words;
pub(crate) mod pattern;
pub(crate) mod placeholder;
mod region;

/// What a text stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// This value; no information of the text is lost.
    Certain(String),
    /// Probably this value; a person should look.
    Likely(String),
    /// It cannot be told what the text stands for.
    Unknown,
}

impl Reading {
    /// The value, certain or likely.
    pub fn value(self) -> Option<String> {
        match self {
            Reading::Certain(value) | Reading::Likely(value) => Some(value),
            Reading::Unknown => None,
        }
    }
}
