//! Errors as the page gets them: a code, and parameters for the words of that code.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// The code of an error that does not give one.
const UNCODED: &str = "program.failed";

/// An error whose words are in the catalogue under a code.
///
/// Every error that derives `Serialize` is one. The type has `#[serde(tag = "code", content = "params")]`, and each
/// variant its code by `#[serde(rename = "book.not-found")]`. A variant that holds another such error is
/// `#[serde(untagged)]` and has the inner error's code.
pub trait Coded {
    /// The name by which the words are looked up, such as `book.not-found`.
    fn code(&self) -> String;

    /// The values that the words name, as text: the members of `params`, and all other members beside `code`.
    fn params(&self) -> BTreeMap<String, String>;
}

impl<E: std::error::Error + Serialize> Coded for E {
    fn code(&self) -> String {
        match members(self).remove("code") {
            Some(Value::String(code)) => code,
            _ => UNCODED.to_owned(),
        }
    }

    fn params(&self) -> BTreeMap<String, String> {
        let mut members = members(self);
        members.remove("code");
        if let Some(Value::Object(params)) = members.remove("params") {
            members.extend(params);
        }
        members.into_iter().map(|(name, value)| (name, text(value))).collect()
    }
}

fn members(error: &impl Serialize) -> BTreeMap<String, Value> {
    match serde_json::to_value(error) {
        Ok(Value::Object(members)) => members.into_iter().collect(),
        _ => BTreeMap::new(),
    }
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error, Serialize)]
    #[serde(tag = "code", content = "params")]
    enum Inner {
        #[serde(rename = "inner.bare")]
        #[error("bare")]
        Bare,
        #[serde(rename = "inner.full")]
        #[error("full")]
        Full { file: String, limit: u64 },
    }

    #[derive(Debug, thiserror::Error, Serialize)]
    #[serde(tag = "code", content = "params")]
    enum Outer {
        #[serde(rename = "outer.silent")]
        #[error("silent")]
        Silent(#[serde(skip)] std::io::Error),
        #[serde(untagged)]
        #[error("inner")]
        Inner(Inner),
    }

    #[derive(Debug, thiserror::Error, Serialize)]
    #[error("placed")]
    struct Placed {
        row: u32,
        #[serde(flatten)]
        why: Inner,
    }

    #[derive(Debug, thiserror::Error, Serialize)]
    #[error("uncoded")]
    struct Uncoded;

    #[test]
    fn errors_have_codes_and_params() {
        let full = || Inner::Full { file: "a".into(), limit: 7 };
        let silent = Outer::Silent(std::io::Error::other("words of the system"));
        type Expected<'e> = (&'e dyn Coded, &'e str, &'e [(&'e str, &'e str)]);
        let table: [Expected<'_>; 7] = [
            (&Inner::Bare, "inner.bare", &[]),
            (&full(), "inner.full", &[("file", "a"), ("limit", "7")]),
            (&silent, "outer.silent", &[]),
            (&Outer::Inner(full()), "inner.full", &[("file", "a"), ("limit", "7")]),
            (&Placed { row: 3, why: full() }, "inner.full", &[("file", "a"), ("limit", "7"), ("row", "3")]),
            (&Placed { row: 3, why: Inner::Bare }, "inner.bare", &[("row", "3")]),
            (&Uncoded, "program.failed", &[]),
        ];
        for (error, code, params) in table {
            let got = error.params();
            let got: Vec<(&str, &str)> = got.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!((error.code().as_str(), got.as_slice()), (code, params));
        }
    }
}
