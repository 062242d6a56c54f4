//! Open questions about a field of the standard: a misprint, or what the text leaves open. The kind says which check
//! they make weaker.

use serde::{Deserialize, Serialize};

/// What an open question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum DoubtKind {
    /// The printed length, which may be a misprint.
    Length,
    /// The printed code list or the permitted values: others may be meant.
    List,
    /// The blank between date and time.
    Blank,
    /// The value for a case for which the standard does not print one.
    Value,
    /// The printed type: a number printed as text, an amount that needs decimals.
    Type,
    /// Whether several values may stand in the field, and what stands between them.
    SeveralValues,
    /// Anything else: a reference, a name, a unit. No check becomes weaker.
    Other,
}

/// One open question about a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Doubt {
    /// What it is about.
    pub kind: DoubtKind,
    /// The question in words, for the people who read the standard.
    pub text: String,
}

/// Kinds and their words in the workbook of a definition.
const WORDS: [(DoubtKind, &str); 7] = [
    (DoubtKind::Length, "长度"),
    (DoubtKind::List, "代码集"),
    (DoubtKind::Blank, "空格"),
    (DoubtKind::Value, "取值"),
    (DoubtKind::Type, "类型"),
    (DoubtKind::SeveralValues, "多项"),
    (DoubtKind::Other, "其他"),
];

impl DoubtKind {
    /// The kind in one Chinese word.
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }
}

impl Doubt {
    /// The question with its kind in front: `【长度】…`.
    pub fn line(&self) -> String {
        format!("【{}】{}", self.kind.word(), self.text)
    }

    /// Reads lines of [`Doubt::line`]. A line without a known kind in front goes on with the doubt before it; at the
    /// beginning it is [`DoubtKind::Other`].
    pub fn read(lines: &str) -> Vec<Doubt> {
        let mut doubts: Vec<Doubt> = Vec::new();
        for line in lines.split('\n') {
            let named = line.strip_prefix('【').and_then(|rest| rest.split_once('】'));
            let known = named.and_then(|(word, text)| {
                let (kind, _) = WORDS.iter().find(|(_, known)| *known == word)?;
                (!text.is_empty()).then(|| Doubt { kind: *kind, text: text.to_owned() })
            });
            match (known, doubts.last_mut()) {
                (Some(doubt), _) => doubts.push(doubt),
                (None, Some(before)) => before.text = format!("{}\n{line}", before.text),
                (None, None) => doubts.push(Doubt { kind: DoubtKind::Other, text: line.to_owned() }),
            }
        }
        doubts
    }
}

/// How doubts stand in a table's file: one, several, or the plain text of packages that were made before doubts had
/// kinds.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Plain(String),
    One(Doubt),
    Several(Vec<Doubt>),
}

/// Reads what [`write`] writes, and a plain text as [`DoubtKind::Other`].
pub(crate) fn read<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Doubt>, D::Error> {
    Ok(match Written::deserialize(from)? {
        Written::Plain(text) => vec![Doubt { kind: DoubtKind::Other, text }],
        Written::One(one) => vec![one],
        Written::Several(several) => several,
    })
}

/// One doubt as an object, several as a list of objects.
pub(crate) fn write(doubts: &[Doubt]) -> Option<serde_json::Value> {
    let written = match doubts {
        [] => return None,
        [one] => serde_json::to_value(one),
        several => serde_json::to_value(several),
    };
    // Objects of two texts are always JSON.
    written.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Option<Vec<Doubt>> {
        let mut from = serde_json::Deserializer::from_str(json);
        read(&mut from).ok()
    }

    #[test]
    fn doubts_are_read_as_they_are_written() {
        let length = Doubt { kind: DoubtKind::Length, text: "印作 2".into() };
        let list = Doubt { kind: DoubtKind::List, text: "没有代码".into() };
        for doubts in [vec![length.clone()], vec![length.clone(), list]] {
            let written = write(&doubts).unwrap().to_string();
            assert_eq!(parse(&written), Some(doubts));
        }
        assert_eq!(write(&[]), None);
        assert_eq!(parse("\"长度可疑\""), Some(vec![Doubt { kind: DoubtKind::Other, text: "长度可疑".into() }]));
        assert_eq!(parse("{\"kind\":\"size\",\"text\":\"\"}"), None);
        assert_eq!(write(&[length]).unwrap().to_string(), "{\"kind\":\"length\",\"text\":\"印作 2\"}");
    }

    #[test]
    fn lines_of_a_workbook() {
        for (kind, word) in WORDS {
            let doubt = Doubt { kind, text: "甲【乙】\n\n丙".into() };
            assert_eq!(doubt.line(), format!("【{word}】甲【乙】\n\n丙"));
            assert_eq!(Doubt::read(&doubt.line()), std::slice::from_ref(&doubt));
            let twice = format!("{}\n{}", doubt.line(), doubt.line());
            assert_eq!(Doubt::read(&twice), [doubt.clone(), doubt]);
        }
        for plain in ["长度印作 2", "【甲】乙", "【长度】", "【", "甲\n乙"] {
            assert_eq!(Doubt::read(plain), [Doubt { kind: DoubtKind::Other, text: plain.into() }]);
        }
    }
}
