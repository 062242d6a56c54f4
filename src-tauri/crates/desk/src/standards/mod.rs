//! Looking at editions: which there are, what is in one, what is different between two.
//!
//! - `browse`: the tree, a table, code lists
//! - `rules`: rules with the cases they are tried on
//! - `search`: anything by what a clerk types
//! - `compare`: two editions side by side; `way` adds what is known of how one became the other
//! - `shelf`: installing editions, publishers, making packages
//! - `definitions`: editions as workbooks
//! - `own`: the college's own additions
//! - `migrate`: moving a book to another edition

pub mod api;
pub(crate) mod browse;
pub(crate) mod compare;
pub(crate) mod definitions;
pub(crate) mod migrate;
pub(crate) mod own;
pub(crate) mod rules;
pub(crate) mod search;
pub(crate) mod shelf;
mod way;

use std::sync::Arc;

use standard::{Edition, Table};

use crate::Desk;
use crate::session::api::CallError;

impl Desk {
    /// The edition of this name; absent: that of the open book, else the newest one installed.
    pub(crate) fn edition(&self, id: Option<&str>) -> Result<Arc<Edition>, CallError> {
        match id {
            Some(id) => match self.standards.find(id).map(|one| one.edition) {
                Some(Ok(edition)) => Ok(edition),
                Some(Err(problem)) => Err(unusable(id, &problem)),
                None => Err(CallError::new("edition.unknown").with("edition", id)),
            },
            None => match self.opened() {
                Ok(open) => Ok(open.edition.clone()),
                Err(_) => self.newest_edition(),
            },
        }
    }

    fn newest_edition(&self) -> Result<Arc<Edition>, CallError> {
        let newest = self.standards.editions().into_iter().max_by(|a, b| a.issued.cmp(&b.issued));
        newest.ok_or_else(|| CallError::new("edition.unknown").with("edition", ""))
    }
}

/// An edition that is at hand but cannot be used, with what is wrong with it.
pub(crate) fn unusable(id: &str, problem: &CallError) -> CallError {
    let error = CallError::new("edition.unusable").with("edition", id).with("problem", &problem.code);
    problem.params.iter().fold(error, |e, (name, value)| if name == "edition" { e } else { e.with(name, value) })
}

/// The table of this name, or `table.unknown`.
pub(crate) fn table_of<'e>(edition: &'e Edition, name: &str) -> Result<&'e Table, CallError> {
    edition.table(name).ok_or_else(|| CallError::new("table.unknown").with("table", name).with("edition", &edition.id))
}

/// The edition as people call it in short: `高职 2024-09`.
pub(crate) fn short_name(edition: &Edition) -> String {
    format!("{} {}", edition.level, edition.issued)
}
