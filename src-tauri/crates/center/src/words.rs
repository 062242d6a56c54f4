//! The words of the receiver: ui/src/text/receiver.json for replies, which are Chinese whatever the language of this PC
//! is, and ui/src/text/center.json for the page of the centre.

use std::sync::OnceLock;

use store::inbox::ReturnedCell;

use standard::catalogue::{Catalogue, Language, filled};

const FILES: [&str; 2] =
    [include_str!("../../../../ui/src/text/receiver.json"), include_str!("../../../../ui/src/text/center.json")];

/// The words of a remark about a returned cell, in the form that the protocol prints.
pub(crate) fn returned_words(cell: &ReturnedCell) -> String {
    words("receiver.returned", &[("column", &cell.column), ("reason", &cell.reason)])
}

/// The words under this key, with the values of their placeholders.
pub(crate) fn words(key: &str, values: &[(&str, &str)]) -> String {
    static WORDS: OnceLock<Catalogue> = OnceLock::new();
    let all = WORDS.get_or_init(|| Catalogue::read(&FILES));
    let Some(sentence) = all.words(key, Language::Zh) else { return key.to_owned() };
    filled(sentence, |text, name| {
        text.extend(values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_values() {
        assert_eq!(words("receiver.wrong-format", &[("column", "XH")]), "XH 字段XH 此字段内容格式不正确");
        assert_eq!(words("receiver.nothing", &[]), "receiver.nothing");
    }
}
