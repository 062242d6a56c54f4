//! The sources in the book, stored with their passwords, as connections are. What was taken from a folder is remembered
//! by the digest of its content.

use std::collections::{BTreeMap, BTreeSet};

use protocol::Secret;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use workbook::Correction;
use zeroize::Zeroizing;

use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::workbooks::api::{Source, SourceKind, SourceOutcome};

/// Setting of the book that holds the sources.
const SETTING: &str = "sources";
/// Setting that holds the digests of the files that were imported from folders, by source.
const TAKEN: &str = "sources-taken";

/// A source as the book keeps it.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::workbooks) struct Kept {
    pub source: Source,
    #[serde(default)]
    pub password: Secret,
    #[serde(default)]
    pub last: Option<SourceOutcome>,
}

/// The sources by name.
pub(super) type KeptSources = BTreeMap<String, Kept>;

impl Kept {
    /// The source with what the clerk corrected in a preview.
    pub fn corrected(&self, corrections: &[Correction]) -> Kept {
        let mut kept = self.clone();
        kept.source.columns.extend(corrections.iter().flat_map(|one| one.columns.clone()));
        kept
    }

    /// The database of a source with a query; absent for files and folders.
    pub fn database(&self) -> Option<source::Database> {
        let source = &self.source;
        let system = match source.kind {
            SourceKind::File | SourceKind::Folder => return None,
            SourceKind::Sqlite => source::System::Sqlite,
            SourceKind::Postgres => source::System::Postgres,
            SourceKind::Mysql => source::System::Mysql,
            SourceKind::Odbc => source::System::Odbc,
        };
        Some(source::Database {
            system,
            path: source.path.clone(),
            host: source.host.clone(),
            port: source.port,
            name: source.database.clone(),
            user: source.user.clone(),
            password: Zeroizing::new(self.password.expose().to_owned()),
            encryption: source.protection,
        })
    }
}

/// All sources of the book.
pub(super) fn all(open: &OpenBook) -> Result<KeptSources, CallError> {
    let damaged = || CallError::new("book.damaged").with("file", open.path.display());
    open.book
        .setting(SETTING)?
        .map_or(Ok(KeptSources::new()), |value| serde_json::from_value(value).map_err(|_| damaged()))
}

/// The source of this name; `source.unknown` where there is none.
pub(in crate::workbooks) fn of(open: &OpenBook, name: &str) -> Result<Kept, CallError> {
    all(open)?.remove(name).ok_or_else(|| unknown(name))
}

pub(super) fn unknown(name: &str) -> CallError {
    CallError::new("source.unknown").with("name", name)
}

/// Keeps all sources.
pub(super) fn keep(open: &OpenBook, sources: &KeptSources) -> Result<(), CallError> {
    let value = serde_json::to_value(sources).map_err(|_| CallError::failed("sources are not JSON"))?;
    Ok(open.book.set_setting(SETTING, &value)?)
}

/// Keeps what the last run of a source did; a source that was removed meanwhile has none.
pub(in crate::workbooks) fn keep_outcome(open: &OpenBook, name: &str, outcome: SourceOutcome) -> Result<(), CallError> {
    let mut sources = all(open)?;
    let Some(kept) = sources.get_mut(name) else { return Ok(()) };
    kept.last = Some(outcome);
    keep(open, &sources)
}

fn all_taken(open: &OpenBook) -> Result<BTreeMap<String, BTreeSet<String>>, CallError> {
    let value = open.book.setting(TAKEN)?.unwrap_or_else(|| Value::Object(Default::default()));
    serde_json::from_value(value).map_err(|_| CallError::new("book.damaged").with("file", open.path.display()))
}

fn keep_taken(open: &OpenBook, taken: &BTreeMap<String, BTreeSet<String>>) -> Result<(), CallError> {
    let value = serde_json::to_value(taken).map_err(|_| CallError::failed("digests are not JSON"))?;
    Ok(open.book.set_setting(TAKEN, &value)?)
}

/// The digests of the files that were imported through this source.
pub(super) fn taken(open: &OpenBook, name: &str) -> Result<BTreeSet<String>, CallError> {
    Ok(all_taken(open)?.remove(name).unwrap_or_default())
}

/// Remembers that files of these digests were imported through this source.
pub(in crate::workbooks) fn remember(
    open: &OpenBook,
    name: &str,
    digests: impl Iterator<Item = String>,
) -> Result<(), CallError> {
    let mut all = all_taken(open)?;
    all.entry(name.to_owned()).or_default().extend(digests);
    keep_taken(open, &all)
}

/// Moves the digests of a source that was renamed; removes them where `name` is absent, because it was removed.
pub(super) fn rename_taken(open: &OpenBook, was: &str, name: Option<&str>) -> Result<(), CallError> {
    let mut all = all_taken(open)?;
    let Some(taken) = all.remove(was) else { return Ok(()) };
    if let Some(name) = name {
        all.insert(name.to_owned(), taken);
    }
    keep_taken(open, &all)
}
