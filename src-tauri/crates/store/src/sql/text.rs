//! Names and lists as SQL statements take them.

/// A name of a table or column in double quotes, so that it cannot be taken for anything else.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Numbers as a JSON array, for `json_each`.
pub fn json_numbers(numbers: &[i64]) -> String {
    format!("{numbers:?}")
}

/// Texts as a JSON array, for `json_each`.
pub fn json_texts(texts: &[impl AsRef<str>]) -> String {
    serde_json::Value::from_iter(texts.iter().map(AsRef::as_ref)).to_string()
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
        assert_eq!(json_numbers(&[1, -2]), "[1, -2]");
        assert_eq!(json_texts(&["a\"", "语"]), r#"["a\"","语"]"#);
    }
}
