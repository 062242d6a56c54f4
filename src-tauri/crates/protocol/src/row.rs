//! A record as it is sent: a JSON object, one member for each column of the table, kept as text.
//!
//! The text is signed and encrypted byte for byte, and a number keeps every digit that the clerk typed. Left out: which
//! columns are numbers; the caller says so.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::options::{EmptyValue, Numbers, Options};

/// One record as JSON text.
pub type Row = Box<RawValue>;

/// One cell to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Column name.
    pub column: &'a str,
    /// The value as text; empty where the cell is empty.
    pub text: &'a str,
    /// Whether the column's printed type is a number (N or M).
    pub number: bool,
}

/// Writes a record. A number is written with its own digits; a text that is not a JSON number stays a string, so that
/// its value is not changed.
pub fn write<'a>(cells: impl IntoIterator<Item = Cell<'a>>, options: &Options) -> Row {
    let members = cells.into_iter().map(|cell| {
        let value = match cell.text {
            "" if options.empty_value == EmptyValue::Null => "null".to_owned(),
            text if cell.number && options.numbers == Numbers::Number && is_number(text) => text.to_owned(),
            text => quote(text),
        };
        format!("{}:{value}", quote(cell.column))
    });
    let text = format!("{{{}}}", members.collect::<Vec<_>>().join(","));
    // Quoted names, quoted texts, numbers and nulls between commas are always an object.
    RawValue::from_string(text).expect("a JSON object")
}

/// Columns and texts of a row, in the order of the JSON text; a column that stands twice is listed twice. Null is the
/// empty text, a number keeps its digits, a nested value stays JSON text. `None` if it is not an object.
pub fn cells(row: &RawValue) -> Option<Vec<(String, String)>> {
    serde_json::from_str::<Cells>(row.get()).ok().map(|cells| cells.0)
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The number grammar of JSON, without an exponent.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && part.is_none_or(digits)
}

struct Cells(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Cells;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cells, A::Error> {
                let mut cells = Vec::new();
                while let Some((column, value)) = map.next_entry::<String, Row>()? {
                    let text = match value.get() {
                        "null" => String::new(),
                        quoted if quoted.starts_with('"') => serde_json::from_str(quoted).map_err(A::Error::custom)?,
                        other => other.to_owned(),
                    };
                    cells.push((column, text));
                }
                Ok(Cells(cells))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell<'a>(column: &'a str, text: &'a str, number: bool) -> Cell<'a> {
        Cell { column, text, number }
    }

    #[test]
    fn values_follow_the_settings() {
        let check = |numbers, empty_value, expect: &str| {
            let options = Options { numbers, empty_value, ..Options::default() };
            let cells = [
                cell("XM", "张\"三\n", false),
                cell("DM", "007", false),
                cell("JE", "100.0000", true),
                cell("SL", "12345678901234567890", true),
                cell("BZ", "", false),
                cell("GS", "", true),
            ];
            assert_eq!(write(cells, &options).get(), expect);
        };
        check(
            Numbers::Number,
            EmptyValue::Empty,
            r#"{"XM":"张\"三\n","DM":"007","JE":100.0000,"SL":12345678901234567890,"BZ":"","GS":""}"#,
        );
        check(
            Numbers::String,
            EmptyValue::Null,
            r#"{"XM":"张\"三\n","DM":"007","JE":"100.0000","SL":"12345678901234567890","BZ":null,"GS":null}"#,
        );
    }

    #[test]
    fn only_json_numbers_are_written_as_numbers() {
        for text in ["0", "-0", "7", "-7.50", "0.0001", "100"] {
            assert!(is_number(text), "{text}");
            assert!(serde_json::from_str::<serde_json::Number>(text).is_ok(), "{text}");
        }
        for text in ["", "-", "007", "+7", ".5", "5.", "1e3", "1,000", "７", "NaN", "1 "] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn cells_keep_digits_and_doubles() {
        let row = |text: &str| Row::from(serde_json::value::RawValue::from_string(text.into()).unwrap());
        let text = r#"{"A":"甲\n","B":null,"C":100.0000,"A":12345678901234567890123,"D":{"x":[1]},"E":true}"#;
        let cells = super::cells(&row(text)).unwrap();
        let cells: Vec<(&str, &str)> = cells.iter().map(|(c, v)| (c.as_str(), v.as_str())).collect();
        let expect = [
            ("A", "甲\n"),
            ("B", ""),
            ("C", "100.0000"),
            ("A", "12345678901234567890123"),
            ("D", r#"{"x":[1]}"#),
            ("E", "true"),
        ];
        assert_eq!(cells, expect);
        assert_eq!(super::cells(&row("[1]")), None);
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote(texts: Vec<String>, numbers: Vec<bool>, null: bool) {
            let empty_value = if null { EmptyValue::Null } else { EmptyValue::Empty };
            let options = Options { empty_value, ..Options::default() };
            let written = texts.iter().zip(&numbers).map(|(text, number)| cell(text, text, *number));
            let read = cells(&write(written, &options)).unwrap();
            let expect: Vec<_> = texts.iter().zip(&numbers).map(|(text, _)| (text.clone(), text.clone())).collect();
            prop_assert_eq!(read, expect);
        }
    }
}
