//! Which file uses which: an arrow from the file that names something to the file that defines it.
//!
//! - A Rust path (`use crate::a::B`, `super::b()`, an inline `crate::a::B`, a path inside a macro) is followed through
//!   modules, `use` and `pub use` to the file in which the item stands. So a parent that only declares its children and
//!   re-exports what they define uses nothing: code that says `parent::Item` uses the child in which `Item` stands.
//! - A parent whose own code calls a child uses it; a child that names something defined in its parent uses the parent.
//!   Both at once are a circle: what the two share belongs in a file of its own.
//! - Test code (`#[cfg(test)]`, `*.test.ts`) may use everything and is left out.
//! - In TypeScript each import, export from another file and `import()` is an arrow, also one of types only.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::rust::{self, Crate, Module};
use crate::tree::{File, files};

/// The arrows of the project: file, files that it uses, and for each the first place that says so.
pub type Arrows = BTreeMap<String, BTreeMap<String, String>>;

/// Arrows between Rust files. Those between crates are held by Cargo and by `crates.rs`.
pub fn in_rust() -> Arrows {
    let mut arrows = Arrows::new();
    for found in rust::crates() {
        for module in 0..found.modules.len() {
            let Module { file, mentions, .. } = &found.modules[module];
            let from = arrows.entry(file.clone()).or_default();
            for mention in mentions {
                if let Some(to) = found.definition(module, &mention.path, 0).filter(|to| to != file) {
                    from.entry(to).or_insert_with(|| format!("line {}: {}", mention.line, mention.path.join("::")));
                }
            }
        }
    }
    arrows
}

/// How many aliases are followed before a path counts as outside the crate.
const DEPTH: usize = 16;

impl Crate {
    /// The file that defines what this path names, seen from a module. `None`: a module, or something outside the
    /// crate.
    fn definition(&self, from: usize, path: &[String], depth: usize) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        let first = path.first()?;
        match self.start(from, first) {
            Some(at) => self.below(at, &path[1..], depth),
            None => self.named(from, path, depth)?,
        }
    }

    /// The module that the first word of a path stands for, where it is one of the words of the language.
    fn start(&self, from: usize, word: &str) -> Option<usize> {
        match word {
            "crate" => Some(0),
            "self" => Some(from),
            "super" => self.modules[from].parent,
            _ => None,
        }
    }

    /// Follows the rest of a path down from a module.
    fn below(&self, at: usize, rest: &[String], depth: usize) -> Option<String> {
        let next = rest.first()?;
        if next == "super" {
            return self.below(self.modules[at].parent?, &rest[1..], depth);
        }
        // What no item of the module is called may come from a macro in it.
        self.named(at, rest, depth).unwrap_or_else(|| Some(self.modules[at].file.clone()))
    }

    /// Looks a path up among the names of a module. The outer `None`: it has no such name.
    fn named(&self, at: usize, path: &[String], depth: usize) -> Option<Option<String>> {
        let module = &self.modules[at];
        let first = path.first()?;
        if let Some(child) = module.children.get(first) {
            return Some(self.below(*child, &path[1..], depth));
        }
        if module.items.contains(first) {
            return Some(Some(module.file.clone()));
        }
        if let Some(alias) = module.aliases.get(first) {
            let whole: Vec<String> = alias.iter().chain(&path[1..]).cloned().collect();
            let stands_for_itself = alias.len() == 1 && alias.first() == Some(first);
            return Some(if stands_for_itself { None } else { self.definition(at, &whole, depth + 1) });
        }
        module.globs.iter().filter(|_| depth < DEPTH).find_map(|glob| {
            let other = self.module_at(at, glob).filter(|other| *other != at)?;
            self.named(other, path, depth + 1)
        })
    }

    /// The module that a path names.
    fn module_at(&self, from: usize, path: &[String]) -> Option<usize> {
        let mut at = match path.first().map(String::as_str)? {
            word @ ("crate" | "self" | "super") => self.start(from, word)?,
            word => *self.modules[from].children.get(word)?,
        };
        for word in &path[1..] {
            at = match word.as_str() {
                "super" => self.modules[at].parent?,
                word => *self.modules[at].children.get(word)?,
            };
        }
        Some(at)
    }
}

/// Arrows between TypeScript files.
pub fn in_typescript() -> Arrows {
    let named =
        Regex::new(r#"(?m)(?:^\s*(?:import|export)\s+(?:[\w*{}\s,$]+?\s+from\s+)?|\bimport\(\s*)["'](\.[^"']*)["']"#)
            .expect("a pattern");
    let all = files(&["ts", "tsx"]);
    let paths: BTreeSet<&str> = all.iter().map(|file| file.path.as_str()).collect();
    let mut arrows = Arrows::new();
    for file in all.iter().filter(|file| !file.path.contains(".test.")) {
        let from = arrows.entry(file.path.clone()).or_default();
        for found in named.captures_iter(&file.text) {
            if let Some(to) = typescript_file(file, &found[1], &paths) {
                let start = found.get(1).map_or(0, |name| name.start());
                let line = file.text[..start].lines().count();
                from.entry(to).or_insert_with(|| format!("line {line}: {}", &found[1]));
            }
        }
    }
    let count: usize = arrows.values().map(BTreeMap::len).sum();
    assert!(count > 100, "only {count} imports were found: the pattern is out of date");
    arrows
}

/// The file that an import names. `None`: a style sheet, a picture or data.
fn typescript_file(from: &File, name: &str, paths: &BTreeSet<&str>) -> Option<String> {
    let mut folders: Vec<&str> = from.path.split('/').collect();
    folders.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(folders.pop()),
            part => folders.push(part),
        }
    }
    let path = folders.join("/");
    let candidates = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"].map(|ending| format!("{path}{ending}"));
    candidates.into_iter().find(|path| paths.contains(path.as_str()))
}
