//! Reads values that one edition of the protocol prints as a number and another as a string.
//!
//! Functions for serde's `deserialize_with`. They accept null as absence and refuse everything else with a type error
//! that does not repeat the value.

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Text, from a string, a number or a boolean; null and absence are `None`.
pub fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<Value>::deserialize(deserializer)? {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(other) => Some(other.to_string()),
    })
}

/// Text as [`optional_text`], with absence as the empty string.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(optional_text(deserializer)?.unwrap_or_default())
}

/// A whole number not below 0, from a number or a string of digits; null and the empty string are `None`.
pub fn optional_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    match optional_text(deserializer)?.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| D::Error::custom("expected a whole number")),
    }
}

/// A whole number not below 0, written in any of these ways: `12`, `"12"`, `12.0`, `"1,200"`. Anything else is `None`,
/// because one odd field must not make a whole reply unreadable.
pub fn any_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let text = optional_text(deserializer)?.unwrap_or_default().replace(',', "");
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    Ok(if fraction.bytes().all(|b| b == b'0') { whole.parse().ok() } else { None })
}

/// A whole number not below 0; a missing one is an error.
pub fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    optional_count(deserializer)?.ok_or_else(|| D::Error::custom("expected a whole number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Probe {
        #[serde(default, deserialize_with = "optional_text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "optional_count")]
        count: Option<u64>,
    }

    #[test]
    fn a_count_is_read_where_there_is_one() {
        #[derive(Deserialize)]
        struct Any {
            #[serde(default, deserialize_with = "any_count")]
            n: Option<u64>,
        }
        for (json, expect) in [
            (r#"{}"#, None),
            (r#"{"n":null}"#, None),
            (r#"{"n":12}"#, Some(12)),
            (r#"{"n":"12"}"#, Some(12)),
            (r#"{"n":12.0}"#, Some(12)),
            (r#"{"n":"1,200"}"#, Some(1200)),
            (r#"{"n":-1}"#, None),
            (r#"{"n":1.5}"#, None),
            (r#"{"n":9e18}"#, None),
            (r#"{"n":"two"}"#, None),
            (r#"{"n":[]}"#, None),
        ] {
            assert_eq!(serde_json::from_str::<Any>(json).unwrap().n, expect, "{json}");
        }
    }

    #[test]
    fn accepts_what_the_texts_print() {
        let check = |json: &str, text: Option<&str>, count: Option<u64>| {
            let probe: Probe = serde_json::from_str(json).unwrap();
            assert_eq!((probe.text.as_deref(), probe.count), (text, count), "{json}");
        };
        check(r#"{}"#, None, None);
        check(r#"{"text":null,"count":null}"#, None, None);
        check(r#"{"text":"200","count":"12"}"#, Some("200"), Some(12));
        check(r#"{"text":200,"count":12}"#, Some("200"), Some(12));
        check(r#"{"text":true,"count":" 7 "}"#, Some("true"), Some(7));
        check(r#"{"text":[1],"count":""}"#, Some("[1]"), None);
        for json in [r#"{"count":-1}"#, r#"{"count":"x"}"#, r#"{"count":1.5}"#, r#"{"count":[]}"#] {
            assert!(serde_json::from_str::<Probe>(json).is_err(), "{json}");
        }
    }
}
