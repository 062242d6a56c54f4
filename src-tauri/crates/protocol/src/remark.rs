//! What a result says about the rows that were dropped.
//!
//! A remark is null, a JSON text with one object for each row, or one plain sentence about the whole submission. The
//! messages name the column in free text. Left out: which record a row is; the sender's ledger knows that.

use serde::Deserialize;

use crate::lenient;

/// What the field `remark` of a result says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The remark is null or empty.
    Nothing,
    /// These rows were dropped.
    Rows(Vec<RowError>),
    /// A sentence about the whole submission.
    Sentence(String),
}

/// A dropped row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RowError {
    /// Number of the row in the submission, from 1.
    #[serde(default, deserialize_with = "lenient::any_count")]
    pub num: Option<u64>,
    /// The record key of the row, as it was sent.
    #[serde(default, deserialize_with = "lenient::text")]
    pub pk_value: String,
    /// The reason that the receiver gives.
    #[serde(default, deserialize_with = "lenient::text")]
    pub error: String,
}

/// Reads a remark. Any text that is not the list of rows is taken as a sentence.
pub fn parse(remark: Option<&str>) -> Remark {
    let text = remark.unwrap_or_default().trim();
    if text.is_empty() || text == "null" {
        return Remark::Nothing;
    }
    match serde_json::from_str::<Vec<RowError>>(text) {
        Ok(rows) if rows.is_empty() => Remark::Nothing,
        Ok(rows) if rows.iter().any(|row| row.num.is_some() || !row.pk_value.is_empty()) => Remark::Rows(rows),
        _ => Remark::Sentence(text.to_owned()),
    }
}

/// The first of `columns` that a message names as a word of its own.
pub fn column_in<'a>(message: &str, columns: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let words: Vec<&str> =
        message.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    columns
        .into_iter()
        .filter_map(|column| Some((words.iter().position(|word| word.eq_ignore_ascii_case(column))?, column)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, column)| column)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_receivers_print() {
        let row = |num, pk: &str, error: &str| RowError { num, pk_value: pk.into(), error: error.into() };
        let sentence = |text: &str| Remark::Sentence(text.into());
        let check = |text: Option<&str>, expect: Remark| assert_eq!(parse(text), expect, "{text:?}");
        check(None, Remark::Nothing);
        check(Some(""), Remark::Nothing);
        check(Some(" null "), Remark::Nothing);
        check(Some("[]"), Remark::Nothing);
        check(
            Some(r#"[{"num":1,"pkValue":"K","error":"DAY 字段DAY 此字段内容格式不正确"}]"#),
            Remark::Rows(vec![row(Some(1), "K", "DAY 字段DAY 此字段内容格式不正确")]),
        );
        check(
            Some(r#"[{"num":"2","error":"E"},{"pkValue":7,"error":null}]"#),
            Remark::Rows(vec![row(Some(2), "", "E"), row(None, "7", "")]),
        );
        check(Some("字段数量与数据对象不符"), sentence("字段数量与数据对象不符"));
        check(Some(r#"[{"error":"E"}]"#), sentence(r#"[{"error":"E"}]"#));
        check(Some(r#"{"num":1}"#), sentence(r#"{"num":1}"#));
        check(Some(r#"["a"]"#), sentence(r#"["a"]"#));
    }

    #[test]
    fn finds_the_column() {
        let columns = ["XH", "XHDM", "DAY", "SJ_1"];
        let check = |text: &str, expect: Option<&str>| assert_eq!(column_in(text, columns), expect, "{text}");
        check("DAY 字段DAY 此字段内容格式不正确", Some("DAY"));
        check("字段XHDM此字段内容格式不正确", Some("XHDM"));
        check("字段「day」不正确，见 XH", Some("DAY"));
        check("字段SJ_1过长", Some("SJ_1"));
        check("字段ABC过长", None);
        check("XHX DAYS", None);
        check("", None);
    }

    proptest! {
        #[test]
        fn never_panics(text: String) {
            let _ = parse(Some(&text));
            let _ = column_in(&text, ["A", "B"]);
        }

        #[test]
        fn written_rows_are_read(num in 1u64..1000, pk: String, error: String) {
            let rows = vec![RowError { num: Some(num), pk_value: pk, error }];
            let text = serde_json::to_string(&rows).unwrap();
            prop_assert_eq!(parse(Some(&text)), Remark::Rows(rows));
        }
    }
}
