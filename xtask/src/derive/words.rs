//! Remarks of the facts in words for the people who read the standard. The researchers wrote theirs in English; what
//! lands in standards/ is shown and printed to clerks.

use std::collections::BTreeMap;

use super::facts::{Edition, National};
use crate::run::Failure;

const WORDS: &str = include_str!("words.toml");

/// Remark of the facts to our words.
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Reads the file that was built in.
    pub fn read() -> Result<Words, Failure> {
        toml::from_str(WORDS).map(Words).map_err(|e| Failure(format!("words.toml: {e}")))
    }

    /// Puts our words in place of the remarks of an edition about its lists and tables; [`super::doubts`] has those
    /// about fields.
    pub fn edition(&self, edition: &mut Edition) -> Result<(), Failure> {
        let lists = edition.code_lists.iter_mut().map(|list| &mut list.doubt);
        let tables = edition.tables.iter_mut().flat_map(|table| [&mut table.doubt, &mut table.association.doubt]);
        lists.chain(tables).flatten().try_for_each(|remark| self.exchange(remark))
    }

    /// Puts our words in place of all remarks about national lists, and of their versions.
    pub fn national(&self, lists: &mut [National]) -> Result<(), Failure> {
        let remarks = lists.iter_mut().flat_map(|list| std::iter::once(&mut list.edition).chain(&mut list.doubts));
        remarks.into_iter().try_for_each(|remark| self.exchange(remark))
    }

    fn exchange(&self, remark: &mut String) -> Result<(), Failure> {
        let words = self.0.get(remark).ok_or_else(|| Failure(format!("words.toml has nothing for {remark:?}")))?;
        remark.clone_from(words);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_without_words_stops() {
        let words = Words(BTreeMap::from([("no length printed".into(), "没有印长度".into())]));
        let mut known = "no length printed".to_owned();
        words.exchange(&mut known).unwrap();
        assert_eq!(known, "没有印长度");
        let failure = words.exchange(&mut "a new doubt".to_owned()).unwrap_err();
        assert_eq!(failure.0, "words.toml has nothing for \"a new doubt\"");
    }

    /// No remark is left in English, and none ends with an English full stop.
    #[test]
    fn the_words_are_chinese() {
        let english = |text: &str| text.split(|c: char| !c.is_ascii_lowercase()).any(|word| word.len() > 3);
        for (remark, words) in Words::read().unwrap().0 {
            assert!(!english(&words), "{remark}: {words}");
        }
    }
}
