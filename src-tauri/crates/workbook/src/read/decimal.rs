//! Numbers as the text that a spreadsheet promises.

/// A number as decimal text: no exponent, no `.0`, and the 15 digits that a spreadsheet promises.
pub(crate) fn number_text(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned(); // also for -0
    }
    // Whole numbers below 2^53 are exact, and LibreOffice keeps all their digits.
    if value.trunc() == value && value.abs() <= 9_007_199_254_740_992.0 {
        return format!("{}", value as i64);
    }
    let rounded = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    format!("{rounded}")
}
