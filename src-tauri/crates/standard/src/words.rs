//! Words that are composed where they are shown: a code with parameters, or a text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The words of a finding. JSON has a text as a string, a phrase as `{code, params}`, a list as an array.
///
/// Texts and phrases may hold the placeholder `{value}` for the value that the finding is about; it is filled when the
/// words are shown: with the value in full for the clerk, and with its mask elsewhere (see [`crate::mask`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum Words {
    /// Words that stand elsewhere: in a rule file, in a receiver's reply, in the standard, in a book of an earlier
    /// build.
    Text(String),
    /// Words of the program: their code in ui/src/text/findings.json, and what their placeholders stand for.
    Phrase {
        /// Key in the catalogue, such as `finding.required`.
        code: String,
        /// What each placeholder of the catalogue's text stands for.
        params: BTreeMap<String, Words>,
    },
    /// Several words, separated as the language does it: `甲、乙`.
    List(Vec<Words>),
}

impl Words {
    /// A phrase without params; [`Words::with`] adds them.
    pub fn phrase(code: &str) -> Self {
        Words::Phrase { code: code.to_owned(), params: BTreeMap::new() }
    }

    /// The phrase with one placeholder more; a text or a list has no placeholders and stays as it is.
    pub fn with(mut self, name: &str, words: impl Into<Words>) -> Self {
        if let Words::Phrase { params, .. } = &mut self {
            params.insert(name.to_owned(), words.into());
        }
        self
    }

    /// The code of a phrase.
    pub fn code(&self) -> Option<&str> {
        match self {
            Words::Phrase { code, .. } => Some(code),
            Words::Text(_) | Words::List(_) => None,
        }
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Words::Text(text)
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Words::Text(text.to_owned())
    }
}

impl From<&String> for Words {
    fn from(text: &String) -> Self {
        Words::Text(text.clone())
    }
}

impl From<usize> for Words {
    fn from(number: usize) -> Self {
        Words::Text(number.to_string())
    }
}

impl From<u32> for Words {
    fn from(number: u32) -> Self {
        Words::Text(number.to_string())
    }
}

impl From<Vec<Words>> for Words {
    fn from(list: Vec<Words>) -> Self {
        Words::List(list)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_round_trips() {
        let words = Words::phrase("finding.code")
            .with("list", "学制")
            .with("right", Words::phrase("finding.choose").with("names", vec!["甲".into(), "乙".into()]));
        let written = serde_json::to_value(&words).unwrap();
        let expected = json!({"code": "finding.code", "params": {
            "list": "学制", "right": {"code": "finding.choose", "params": {"names": ["甲", "乙"]}}}});
        assert_eq!(written, expected);
        assert_eq!(serde_json::from_value::<Words>(written).unwrap(), words);
        assert_eq!(serde_json::from_value::<Words>(json!("必填")).unwrap(), Words::from("必填"));
    }
}
