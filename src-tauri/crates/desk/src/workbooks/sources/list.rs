//! The sources of the book: listed, saved, read from a file, removed.

use std::path::Path;

use protocol::Secret;
use serde_json::{Map, Value};

use super::kept::{Kept, all, keep, rename_taken, unknown};
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::editions::table_of;
use crate::session::small_file::read_text;
use crate::workbooks::api::{SaveSource, Source, SourceFile, SourceKind, SourceRef, SourceView, Sources};

/// The most bytes of a source file.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// `source.list`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<Sources, CallError> {
    let open = desk.opened()?;
    let view = |kept: Kept| SourceView {
        table_title: open.edition.table(&kept.source.table).map(|table| table.short_title().to_owned()),
        has_password: !kept.password.is_empty(),
        last: kept.last,
        source: kept.source,
    };
    Ok(Sources { sources: all(&open)?.into_values().map(view).collect(), has_odbc: source::has_odbc() })
}

/// `source.save`: an absent password stays as it is.
pub(crate) fn save(desk: &Desk, request: SaveSource) -> Result<Sources, CallError> {
    let open = desk.opened()?;
    let (was, kept) = draft(&open, request)?;
    let name = kept.source.name.clone();
    let mut sources = all(&open)?;
    if was.as_deref() != Some(&name) && sources.contains_key(&name) {
        return Err(CallError::new("source.name-taken").with("name", name));
    }
    if let Some(was) = was.filter(|was| *was != name) {
        sources.remove(&was);
        rename_taken(&open, &was, Some(&name))?;
    }
    sources.insert(name, kept);
    keep(&open, &sources)?;
    desk.tell(Changed::Book);
    list(desk, Nothing {})
}

/// A source as it would be saved, checked, and the name that it had.
pub(super) fn draft(open: &OpenBook, request: SaveSource) -> Result<(Option<String>, Kept), CallError> {
    let SaveSource { mut source, was, password } = request;
    source.name = source.name.trim().to_owned();
    check(open, &source)?;
    let old = match &was {
        Some(was) => Some(all(open)?.remove(was).ok_or_else(|| unknown(was))?),
        None => None,
    };
    let (kept, last) = old.map(|old| (old.password, old.last)).unwrap_or_default();
    Ok((was, Kept { source, password: password.map_or(kept, Secret::from), last }))
}

fn check(open: &OpenBook, source: &Source) -> Result<(), CallError> {
    if source.name.is_empty() {
        return Err(CallError::new("source.no-name"));
    }
    let table = table_of(&open.edition, &source.table)?;
    let columns = source.columns.values().filter(|column| !column.is_empty()).chain(source.codes.keys());
    for column in columns {
        if table.field(column).is_none_or(|field| field.is_system()) {
            return Err(CallError::new("headings.no-column").with("table", &source.table).with("column", column));
        }
    }
    let asks = !matches!(source.kind, SourceKind::File | SourceKind::Folder);
    let has_server = matches!(source.kind, SourceKind::Postgres | SourceKind::Mysql);
    match () {
        () if !has_server && source.path.trim().is_empty() => return Err(CallError::new("source.no-path")),
        () if has_server && source.host.trim().is_empty() => return Err(CallError::new("source.no-host")),
        () if has_server && source.database.trim().is_empty() => return Err(CallError::new("source.no-database-name")),
        () if asks => source::query::check(&source.query)?,
        () => {}
    }
    // A password in a connection string would be shown and written into files with it.
    let has_password = |part: &str| {
        let key = part.split('=').next().unwrap_or_default().trim().to_ascii_uppercase();
        matches!(key.as_str(), "PWD" | "PASSWORD")
    };
    if source.kind == SourceKind::Odbc && source.path.split(';').any(has_password) {
        return Err(CallError::new("source.password-in-string"));
    }
    Ok(())
}

/// `source.read`: a source file, read once.
pub(crate) fn read(desk: &Desk, request: SourceFile) -> Result<Sources, CallError> {
    let text = read_text(Path::new(&request.file), MOST_BYTES)?;
    // The message of a TOML error repeats the line, which may hold the password, so only its number is reported.
    let wrong = |error: toml::de::Error| {
        let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        CallError::new("source.not-toml").with("file", &request.file).with("line", line)
    };
    let mut file: Map<String, Value> = toml::from_str(&text).map_err(wrong)?;
    let password = file.remove("password").and_then(|value| value.as_str().map(str::to_owned));
    file.insert("name".to_owned(), request.name.trim().into());
    let source: Source = serde_json::from_value(Value::Object(file)).map_err(|error| {
        // Serde names the key; values are not repeated, except for words of an enum.
        CallError::new("source.bad-file").with("file", &request.file).with("detail", error)
    })?;
    let was = all(&*desk.opened()?)?.contains_key(&source.name).then(|| source.name.clone());
    save(desk, SaveSource { source, was, password })
}

/// `source.remove`.
pub(crate) fn remove(desk: &Desk, request: SourceRef) -> Result<Sources, CallError> {
    let open = desk.opened()?;
    let mut sources = all(&open)?;
    sources.remove(&request.name).ok_or_else(|| unknown(&request.name))?;
    keep(&open, &sources)?;
    rename_taken(&open, &request.name, None)?;
    desk.tell(Changed::Book);
    list(desk, Nothing {})
}
