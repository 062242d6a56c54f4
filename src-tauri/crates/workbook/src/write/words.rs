//! The words in our workbooks, from ui/src/text/sheets.json. They are Chinese whatever the language of the window is:
//! workbooks go to people without the program.

use std::fmt::Display;
use std::sync::OnceLock;

use standard::catalogue::{Catalogue, Language, filled};
use standard::finding::Finding;
use standard::words::Words;

/// The words under `sheet.` and this key, with values in the place of their placeholders. A key without words is shown
/// as it is.
pub(crate) fn say(key: &str, values: &[(&str, &dyn Display)]) -> String {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    let read = || Catalogue::read(&[include_str!("../../../../../ui/src/text/sheets.json")]);
    let key = format!("sheet.{key}");
    let Some(words) = CATALOGUE.get_or_init(read).words(&key, Language::Zh) else { return key };
    filled(words, |text, name| {
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            text.push_str(&value.to_string());
        }
    })
}

/// The words of a finding, with its value; the caller has put phrases into words.
pub(crate) fn of_finding(finding: &Finding) -> String {
    match &finding.message {
        Words::Text(text) => text.replace("{value}", &finding.value),
        other => other.code().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Keys are written as literals in this folder, so that each can be found.
    #[test]
    fn every_key_has_words_and_every_word_is_used() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/write");
        let mut code = String::new();
        for folder in [folder.to_owned(), format!("{folder}/plain")] {
            for file in std::fs::read_dir(folder).unwrap() {
                let path = file.unwrap().path();
                if path.extension().is_some_and(|ending| ending == "rs") {
                    code.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        let known = Catalogue::read(&[include_str!("../../../../../ui/src/text/sheets.json")]);
        let known: BTreeSet<&str> = known.keys().map(|key| key.strip_prefix("sheet.").unwrap()).collect();
        let unused: Vec<&&str> = known.iter().filter(|key| !code.contains(&format!("\"{key}\""))).collect();
        assert_eq!(unused, [] as [&&str; 0], "words without use");
        let said = code.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let wordless: Vec<&str> = said.filter(|key| !known.contains(key)).collect();
        assert_eq!(wordless, [] as [&str; 0], "keys without words");
        assert_eq!(say("title-one", &[("kind", &"甲"), ("table", &"{乙}")]), "甲：{乙}");
    }
}
