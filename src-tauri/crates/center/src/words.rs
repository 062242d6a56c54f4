//! The words of the receiver, in ui/src/text/receiver.json. They are sent to the sender, so they are Chinese whatever
//! the language of this PC is.

use std::sync::OnceLock;

use standard::catalogue::{Catalogue, Language, filled};

/// The words under this key, with the values of their placeholders.
pub(crate) fn words(key: &str, values: &[(&str, &str)]) -> String {
    static WORDS: OnceLock<Catalogue> = OnceLock::new();
    let all = WORDS.get_or_init(|| Catalogue::read(&[include_str!("../../../../ui/src/text/receiver.json")]));
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
