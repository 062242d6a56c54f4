//! Rule files: `rules/*.toml`, found by their place.

use std::collections::HashSet;

use serde::Deserialize;

use super::error::LoadError;
use super::files::Files;
use crate::Edition;
use crate::rule::{Rule, RuleText};

/// A rule file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    rule: Vec<RuleText>,
}

/// Reads all rules of an edition whose tables and lists are read, in the order of the files' names.
pub fn read(files: &mut Files, edition: &Edition) -> Result<Vec<Rule>, LoadError> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut names = HashSet::new();
    for (path, bytes) in files.take_below("rules/", ".toml") {
        let file = files.full_name(&path);
        let text =
            str::from_utf8(&bytes).map_err(|_| LoadError::wrong(&file, "", "bytes that are no UTF-8", "TOML"))?;
        let written: RuleFile = toml::from_str(text).map_err(|e| toml_error(&file, text, &e))?;
        for (at, written) in written.rule.iter().enumerate() {
            let place = |below: &str| format!("/rule/{at}/{below}");
            let rule = written.read(edition).map_err(|fault| {
                let found = format!("{} in {}", fault.found, written.id);
                LoadError::wrong(&file, place(&fault.place), found, fault.expected)
            })?;
            if !names.insert(rule.id.clone()) {
                return Err(LoadError::wrong(
                    &file,
                    place("id"),
                    format!("{} a second time", rule.id),
                    "a name of its own",
                ));
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
