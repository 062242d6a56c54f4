//! What several kinds of identifiers need: regions, weighted sums, digits, and texts without hyphens.

/// First two digits of the regions of GB/T 2260, as identity numbers and school codes have them.
const PROVINCES: [&str; 34] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
];

/// Whether a text begins with the two digits of a region.
pub(super) fn has_province(text: &str) -> bool {
    text.get(..2).is_some_and(|two| PROVINCES.contains(&two))
}

/// The sum of values times weights.
pub(super) fn weighted(values: impl IntoIterator<Item = u32>, weights: impl IntoIterator<Item = u32>) -> u32 {
    values.into_iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// The values of digits; `None` where a character is not a digit.
pub(super) fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// The text without hyphens and blanks.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '-' | ' ')).collect()
}
