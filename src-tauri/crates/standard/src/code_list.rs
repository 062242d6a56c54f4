//! Code lists: permitted values with names, some of them trees.

use std::fmt;

use serde::{Deserialize, Serialize};

/// 代码集: permitted values with names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeList {
    /// Id, such as `XQDM`.
    pub id: String,
    /// Number in its package, from 1, in printed order; 0 for a list without a package.
    pub no: u32,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Standard that it is taken from; absent for the edition's own.
    pub source: Option<Source>,
    /// Open question in the source.
    pub doubt: Option<String>,
    /// Whether the list is known to hold every code of its source. Lists printed in an edition always are.
    pub complete: bool,
    /// Codes in printed order.
    pub codes: Vec<Code>,
    /// Positions in `codes`, in the order of the codes' text.
    by_code: Vec<u32>,
}

/// Where a list is taken from. [`fmt::Display`] writes it as a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// How the list relates to the standard, such as `引用` (taken unchanged).
    pub relation: Option<String>,
    /// The standard, such as `GB/T 4754`.
    pub standard: Option<String>,
    /// The list of that standard.
    pub list: Option<String>,
    /// Which version of that standard.
    pub version: Option<String>,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = self.list.as_ref().map(|list| format!("《{list}》"));
        let parts = [self.relation.as_deref(), self.standard.as_deref(), list.as_deref()];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))?;
        self.version.iter().try_for_each(|version| write!(f, "（{version}）"))
    }
}

/// 代码: one permitted value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The code, leading zeros kept.
    pub code: String,
    /// Chinese name, as the edition prints it.
    pub name: String,
    /// Code one level up, where the list is a tree.
    pub parent: Option<String>,
    /// Remark of the source.
    pub note: Option<String>,
}

impl CodeList {
    /// A complete list with its index.
    pub fn new(id: String, title: String, codes: Vec<Code>) -> Self {
        let mut by_code: Vec<u32> = (0u32..).take(codes.len()).collect();
        by_code.sort_by(|&a, &b| codes[a as usize].code.cmp(&codes[b as usize].code));
        CodeList { id, no: 0, title, source: None, doubt: None, complete: true, codes, by_code }
    }

    /// The same list with other codes.
    pub(crate) fn with_codes(self, codes: Vec<Code>) -> Self {
        let CodeList { codes, by_code, .. } = CodeList::new(String::new(), String::new(), codes);
        CodeList { codes, by_code, ..self }
    }

    /// The code itself, exactly.
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.position(code).map(|i| &self.codes[i])
    }

    /// Where the code stands in [`CodeList::codes`].
    pub fn position(&self, code: &str) -> Option<usize> {
        let found = self.by_code.binary_search_by(|&i| self.codes[i as usize].code.as_str().cmp(code));
        found.ok().map(|at| self.by_code[at] as usize)
    }

    /// The first code that stands in the list more than once.
    pub(crate) fn duplicate(&self) -> Option<&Code> {
        let pair =
            self.by_code.windows(2).find(|p| self.codes[p[0] as usize].code == self.codes[p[1] as usize].code)?;
        Some(&self.codes[pair[1] as usize])
    }

    /// Codes of this name; several lists use one name twice.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Code> {
        self.codes.iter().filter(move |c| c.name == name)
    }

    /// The levels above a code, outermost first. Ends at a parent that the list does not hold.
    pub fn path<'a>(&'a self, code: &'a Code) -> Vec<&'a Code> {
        let mut path: Vec<&Code> = Vec::new();
        let mut above = code.parent.as_deref().and_then(|p| self.get(p));
        while let Some(level) = above.filter(|level| !path.contains(level)) {
            path.push(level);
            above = level.parent.as_deref().and_then(|p| self.get(p));
        }
        path.reverse();
        path
    }
}
