//! A cell as a spreadsheet program keeps it, and the text that a person sees in it.
//!
//! Numbers become exact decimal text with the 15 digits that Excel itself shows, dates take the form that the field's
//! kind asks for. Nothing is judged here: a date in a text field stays a readable date, a number in a date field stays
//! that number.

use standard::Kind;

use super::decimal::number_text;
use super::moment::Moment;
use super::number_format::NumberFormat;

/// One cell of a sheet, whatever the form of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Raw {
    /// No value, whatever its format.
    Empty,
    /// Text as it stands.
    Text(String),
    /// A number and how its format shows it.
    Number(f64, NumberFormat),
    /// A date, a time or both.
    Moment(Moment),
    /// A truth value.
    Bool(bool),
    /// Text that its format shows with more text around it.
    Framed(String, NumberFormat),
    /// A cell whose content is not a value.
    Unreadable(Unreadable),
}

/// Why a cell has no value that could be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// An error value such as `#REF!`, as text.
    ErrorValue(String),
    /// A formula whose result is not in the file: it was written by a program that does not calculate.
    NotCalculated,
    /// A picture in the cell.
    Picture,
    /// A number with more digits than a spreadsheet keeps, or in exponents: the last digits are lost.
    DigitsLost(String),
    /// The mask of a value that is not the book's own, as text.
    Masked(String),
}

impl Unreadable {
    /// Name of the reason; the words are under `import.unreadable.` in ui/src/text.
    pub fn code(&self) -> &'static str {
        match self {
            Unreadable::ErrorValue(_) => "error-value",
            Unreadable::NotCalculated => "not-calculated",
            Unreadable::Picture => "picture",
            Unreadable::DigitsLost(_) => "digits-lost",
            Unreadable::Masked(_) => "masked",
        }
    }

    /// The text of the cell; empty where the cell is empty.
    pub fn shown(&self) -> &str {
        match self {
            Unreadable::ErrorValue(text) | Unreadable::DigitsLost(text) | Unreadable::Masked(text) => text,
            Unreadable::NotCalculated | Unreadable::Picture => "",
        }
    }
}

/// The text of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Text, trimmed.
    Text(String),
    /// Text that the cell shows only because of its format.
    ByFormat(String),
    /// No value.
    Unreadable(Unreadable),
}

impl Raw {
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Raw::Empty => true,
            Raw::Text(text) | Raw::Framed(text, _) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The text for a field of this kind.
    pub(crate) fn seen(&self, kind: Kind) -> Seen {
        match self {
            Raw::Empty => Seen::Text(String::new()),
            Raw::Text(text) => text_of(text, kind),
            Raw::Framed(text, format) => framed(text, format, kind),
            Raw::Number(value, format) => number(*value, format, kind),
            Raw::Moment(moment) => Seen::Text(moment.text(kind)),
            Raw::Bool(true) => Seen::Text("是".to_owned()),
            Raw::Bool(false) => Seen::Text("否".to_owned()),
            Raw::Unreadable(why) => Seen::Unreadable(why.clone()),
        }
    }

    /// The text where no field is known: headings, the stamp.
    pub(crate) fn plain(&self) -> String {
        match self.seen(Kind::Text) {
            Seen::Text(text) | Seen::ByFormat(text) => text,
            Seen::Unreadable(why) => why.shown().to_owned(),
        }
    }
}

/// What an error value leaves behind where only text can be kept: in a .csv, or pasted as text.
fn is_error_word(text: &str) -> bool {
    const WORDS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    text.starts_with('#') && WORDS.contains(&text)
}

/// Whether what stands in a field of this kind is a quantity: then a format changes only how it looks.
fn is_quantity(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Decimal)
}

fn text_of(text: &str, kind: Kind) -> Seen {
    let text = text.trim();
    if is_error_word(text) {
        return Seen::Unreadable(Unreadable::ErrorValue(text.to_owned()));
    }
    if is_picture(text) {
        return Seen::Unreadable(Unreadable::Picture);
    }
    match quoted_formula(text) {
        Some(inside) => Seen::Text(inside.trim().to_owned()),
        None if !is_quantity(kind) && is_exponent(text) => Seen::Unreadable(Unreadable::DigitsLost(text.to_owned())),
        None => Seen::Text(text.to_owned()),
    }
}

/// What WPS leaves instead of a picture in a cell.
fn is_picture(text: &str) -> bool {
    let formula = text.strip_prefix('=').unwrap_or(text);
    let name = formula.strip_prefix("_xlfn.").unwrap_or(formula);
    name.strip_prefix("DISPIMG(").is_some_and(|rest| rest.ends_with(')'))
}

/// `0012` of `="0012"`, as web systems write identifiers into .csv so that Excel keeps them.
fn quoted_formula(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("=\"")?.strip_suffix('"')?;
    (!inside.contains('"')).then_some(inside)
}

/// `2.02401E+11`: what Excel shows of a long number, and saves into text files instead of it.
fn is_exponent(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    plain(whole) && whole.len() == 1 && plain(fraction) && power.strip_prefix('+').is_some_and(plain)
}

fn framed(text: &str, format: &NumberFormat, kind: Kind) -> Seen {
    match format {
        NumberFormat::Literal(literal) if !is_quantity(kind) && !text.trim().is_empty() => {
            literal.text(text.trim()).map_or_else(|| text_of(text, kind), Seen::ByFormat)
        }
        _ => text_of(text, kind),
    }
}

fn number(value: f64, format: &NumberFormat, kind: Kind) -> Seen {
    let whole = value.trunc() == value;
    let plain = || match whole && value.abs() >= 1e15 && !is_quantity(kind) {
        true => Seen::Unreadable(Unreadable::DigitsLost(number_text(value))),
        false => Seen::Text(number_text(value)),
    };
    match format {
        NumberFormat::Percent => Seen::Text(format!("{}%", number_text(value * 100.0))),
        NumberFormat::Padded(digits) if whole && (0.0..1e15).contains(&value) => {
            Seen::Text(format!("{:0>width$}", number_text(value), width = *digits as usize))
        }
        NumberFormat::Literal(literal) if !is_quantity(kind) => {
            literal.number(value).map_or_else(plain, Seen::ByFormat)
        }
        NumberFormat::Shown(text) if !is_quantity(kind) => Seen::ByFormat(text.trim().to_owned()),
        _ => plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::number_format::number_format;
    use proptest::prelude::*;

    #[test]
    fn numbers_as_people_see_them() {
        let table = [
            (1.0, "1"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (1234.5, "1234.5"),
            (-0.05, "-0.05"),
            (1e-7, "0.0000001"),
            (20260901.0, "20260901"),
            (99999999999999.9, "99999999999999.9"),
            (1e17, "100000000000000000"),
            (123456789012346000.0, "123456789012346000"),
            (4_100_000_001.0, "4100000001"),
            (66.67, "66.67"),
        ];
        for (value, text) in table {
            assert_eq!(number_text(value), text);
        }
    }

    #[test]
    fn formats_that_change_the_meaning() {
        let table = [
            ("General", 7.0, Seen::Text("7".into())),
            ("000000", 7.0, Seen::Text("000007".into())),
            ("0", 7.0, Seen::Text("7".into())),
            ("0.00%", 0.125, Seen::Text("12.5%".into())),
            ("0\"%\"", 12.0, Seen::ByFormat("12%".into())),
            ("#,##0.00", 12.5, Seen::Text("12.5".into())),
            ("0", 410_000_000_123_456_789.0, lost("410000000123457000")),
            ("000", 1.5, Seen::Text("1.5".into())),
        ];
        for (format, value, seen) in table {
            assert_eq!(number(value, &number_format(format), Kind::Text), seen, "{format}");
        }
        // A quantity is what it is, however it is shown.
        let table = [("0\"%\"", 12.0, "12"), ("0\"周\"", 12.0, "12"), ("0", 4e17, "400000000000000000")];
        for (format, value, text) in table {
            assert_eq!(number(value, &number_format(format), Kind::Decimal), Seen::Text(text.into()), "{format}");
        }
    }

    fn lost(text: &str) -> Seen {
        Seen::Unreadable(Unreadable::DigitsLost(text.into()))
    }

    #[test]
    fn what_other_programs_left_in_the_place_of_a_value() {
        let seen = |text: &str| Raw::Text(text.into()).seen(Kind::Text);
        let text = |text: &str| Seen::Text(text.into());
        let table = [
            (" #N/A ", Seen::Unreadable(Unreadable::ErrorValue("#N/A".into()))),
            ("#1 宿舍", text("#1 宿舍")),
            ("=DISPIMG(\"ID_0A1B\",1)", Seen::Unreadable(Unreadable::Picture)),
            ("=_xlfn.DISPIMG(\"ID_0A1B\",1)", Seen::Unreadable(Unreadable::Picture)),
            ("=\"0012\"", text("0012")),
            ("=\"a\"&\"b\"", text("=\"a\"&\"b\"")),
            ("2.02401E+11", lost("2.02401E+11")),
            ("1e+17", lost("1e+17")),
            ("E+17", text("E+17")),
            ("1E11", text("1E11")),
            ("22E+1", text("22E+1")),
        ];
        for (cell, expected) in table {
            assert_eq!(seen(cell), expected, "{cell}");
        }
        assert_eq!(
            Raw::Text("1.5E+3".into()).seen(Kind::Decimal),
            text("1.5E+3"),
            "a number is asked about, not refused"
        );
    }

    proptest! {
        /// A number of up to 15 digits is read back as it was typed.
        #[test]
        fn decimal_text_survives(whole in 0u64..1_000_000_000, tenth in 0u32..10_000) {
            let typed = format!("{whole}.{tenth:04}");
            let typed = typed.trim_end_matches('0').trim_end_matches('.');
            let value: f64 = typed.parse().unwrap();
            prop_assert_eq!(number_text(value), typed);
        }

        #[test]
        fn any_number_is_plain_decimal(value in proptest::num::f64::NORMAL) {
            let text = number_text(value);
            prop_assert!(text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-'), "{}", text);
        }

        #[test]
        fn no_text_upsets_the_parsers(text in ".{0,40}") {
            let _ = (text_of(&text, Kind::Text), text_of(&text, Kind::Decimal));
        }
    }
}
