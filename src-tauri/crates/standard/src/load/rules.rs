//! Rule files, found by their place: an edition's own in its `rules/*.toml`, and those that editions share in
//! `standards/rules/NAME/*.toml`, which an edition takes by naming the folder in `tianbao:rules`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use super::error::LoadError;
use super::files::Files;
use crate::Edition;
use crate::pattern::{Line, Pattern};
use crate::rule::{Rule, RuleFault, RuleText};

/// The folder of rules that editions share: `rules/NAME/*.toml`. It is not a package.
pub(super) const SHARED_RULES: &str = "rules";

/// A rule file: rules that are written out, and lines of patterns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[derive(Default)]
struct RuleFile {
    rule: Vec<RuleText>,
    not_after_today: Vec<Line>,
    ends_by_today: Vec<Line>,
    not_before: Vec<Line>,
    not_after: Vec<Line>,
    since: Vec<Line>,
    this_term: Vec<Line>,
    in_term: Vec<Line>,
    in_school_year: Vec<Line>,
    name_agrees: Vec<Line>,
    one_per: Vec<Line>,
    between: Vec<Line>,
    not_negative: Vec<Line>,
    not_above: Vec<Line>,
    somebody_took_part: Vec<Line>,
    filled_when: Vec<Line>,
    city_in_province: Vec<Line>,
    region_name: Vec<Line>,
}

impl RuleFile {
    /// The lines of each pattern, with its key in the file.
    fn patterns(&self) -> [(&'static str, Pattern, &[Line]); 17] {
        [
            ("not-after-today", Pattern::NotAfterToday, &self.not_after_today),
            ("ends-by-today", Pattern::EndsByToday, &self.ends_by_today),
            ("not-before", Pattern::NotBefore, &self.not_before),
            ("not-after", Pattern::NotAfter, &self.not_after),
            ("since", Pattern::Since, &self.since),
            ("this-term", Pattern::ThisTerm, &self.this_term),
            ("in-term", Pattern::InTerm, &self.in_term),
            ("in-school-year", Pattern::InSchoolYear, &self.in_school_year),
            ("name-agrees", Pattern::NameAgrees, &self.name_agrees),
            ("one-per", Pattern::OnePer, &self.one_per),
            ("between", Pattern::Between, &self.between),
            ("not-negative", Pattern::NotNegative, &self.not_negative),
            ("not-above", Pattern::NotAbove, &self.not_above),
            ("somebody-took-part", Pattern::SomebodyTookPart, &self.somebody_took_part),
            ("filled-when", Pattern::FilledWhen, &self.filled_when),
            ("city-in-province", Pattern::CityInProvince, &self.city_in_province),
            ("region-name", Pattern::RegionName, &self.region_name),
        ]
    }

    /// All rules of the file in its order, each with its place in the file.
    fn rules(&self, edition: &Edition) -> Vec<(String, String, Result<Rule, RuleFault>)> {
        let place = |key: &str, at: usize| format!("/{key}/{at}");
        let written =
            self.rule.iter().enumerate().map(|(at, text)| (place("rule", at), text.id.clone(), text.read(edition)));
        let lines = self.patterns().into_iter().flat_map(|(key, pattern, lines)| {
            let rule = move |line: &Line| pattern.rule(line, edition).and_then(|text| text.read(edition));
            let each = lines
                .iter()
                .enumerate()
                .flat_map(move |(at, line)| pattern.lines(line).into_iter().map(move |line| (at, line)));
            each.map(move |(at, line)| (place(key, at), line.id().to_owned(), rule(&line)))
        });
        written.chain(lines).collect()
    }
}

/// A rule file: its path below standards/, and its contents.
type Contents = (String, Cow<'static, [u8]>);

/// The rules that editions share, by the name of their folder below `rules/`.
#[derive(Debug, Default)]
pub struct SharedRules {
    folders: BTreeMap<String, Vec<Contents>>,
    taken: Mutex<BTreeSet<String>>,
}

impl SharedRules {
    /// Sorts the files of `rules/` into its folders.
    pub fn new(mut files: Files) -> Result<SharedRules, LoadError> {
        let mut shared = SharedRules::default();
        for (path, bytes) in files.take_all() {
            let file = files.full_name(&path);
            match path.split_once('/') {
                Some((folder, name)) if !name.contains('/') && name.ends_with(".toml") => {
                    shared.folders.entry(folder.to_owned()).or_default().push((file, bytes));
                }
                _ => return Err(LoadError::wrong(&file, "", "a file that no edition can take", "NAME/*.toml")),
            }
        }
        Ok(shared)
    }

    /// The rule files of the folders that an edition's `datapackage.json` (`file`) names.
    pub fn taken(&self, file: &str, names: &[String]) -> Result<Vec<Contents>, LoadError> {
        let mut all = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let wrong = |expected| LoadError::wrong(file, format!("/tianbao:rules/{at}"), name, expected);
            if names[..at].contains(name) {
                return Err(wrong("each folder once"));
            }
            let files = self.folders.get(name).ok_or_else(|| wrong("a folder of the shared rules"))?;
            all.extend(files.iter().cloned());
            // Where a thread panicked while it held the lock, loading fails anyway.
            self.taken.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
        }
        Ok(all)
    }

    /// An error for a folder that no edition takes.
    pub fn finish(self) -> Result<(), LoadError> {
        let taken = self.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        match self.folders.into_keys().find(|folder| !taken.contains(folder)) {
            None => Ok(()),
            Some(folder) => {
                let file = format!("{}/{folder}", SHARED_RULES);
                Err(LoadError::wrong(&file, "", "a folder that no edition takes", "an entry in tianbao:rules"))
            }
        }
    }
}

/// Reads all rules of an edition whose tables and lists are read: the shared ones that it takes, then its own, each in
/// the order of the files' names. An id stands once: an edition cannot replace a shared rule.
pub fn read(shared: &[Contents], files: &mut Files, edition: &Edition) -> Result<Vec<Rule>, LoadError> {
    let own = files.take_below("rules/", ".toml");
    let own = own.into_iter().map(|(path, bytes)| (files.full_name(&path), bytes));
    let mut rules: Vec<Rule> = Vec::new();
    let mut places: HashMap<String, String> = HashMap::new();
    for (file, bytes) in shared.iter().cloned().chain(own) {
        let text =
            str::from_utf8(&bytes).map_err(|_| LoadError::wrong(&file, "", "bytes that are not UTF-8", "TOML"))?;
        let written: RuleFile = toml::from_str(text).map_err(|e| toml_error(&file, text, &e))?;
        for (place, id, rule) in written.rules(edition) {
            let rule = rule.map_err(|fault| {
                let found = format!("{} in {id}", fault.found);
                LoadError::wrong(&file, format!("{place}/{}", fault.place), found, fault.expected)
            })?;
            if let Some(first) = places.insert(id, file.clone()) {
                let found = format!("{} a second time, after {first}", rule.id);
                let key = if place.starts_with("/rule/") { "id" } else { "rule" };
                return Err(LoadError::wrong(&file, format!("{place}/{key}"), found, "a name of its own"));
            }
            rules.push(rule);
        }
    }
    Ok(rules)
}

/// Where a TOML error lies, and what it says.
fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> LoadError {
    let start = error.span().map_or(0, |span| span.start).min(text.len());
    let line = 1 + text.as_bytes()[..start].iter().filter(|&&b| b == b'\n').count();
    LoadError::wrong(file, format!("line {line}"), error.message(), "a rule file")
}
