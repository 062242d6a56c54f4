//! Names and lists as SQL statements take them.

use std::borrow::Borrow;

/// A name of a table or column in double quotes, so that it cannot be taken for anything else.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Numbers as a JSON array, for `json_each`.
pub fn json_numbers(numbers: impl IntoIterator<Item = impl Borrow<i64>>) -> String {
    serde_json::Value::from_iter(numbers.into_iter().map(|number| *number.borrow())).to_string()
}

/// Texts as a JSON array, for `json_each`.
pub fn json_texts(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    serde_json::Value::from_iter(texts.into_iter().map(|text| text.as_ref().to_owned())).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted() {
        assert_eq!(quoted("ODS_X"), "\"ODS_X\"");
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }

    #[test]
    fn lists_are_json() {
        assert_eq!(json_numbers([1, -2]), "[1,-2]");
        assert_eq!(json_texts(["a\"", "语"]), r#"["a\"","语"]"#);
    }
}
