//! 表头对照: what the headings of the college's own workbooks mean, as a clerk confirmed it once.
//!
//! It is a setting of the book, so it is encrypted like all other data of the college. A file of it can be given to
//! another college with the same business systems.

use std::path::Path;

use serde_json::Value;
use standard::Edition;
use workbook::KnownHeading;

use super::api::{HeadingFile, KnownHeadingView, KnownHeadings, KnownHeadingsRead, SetHeading};
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::editions::table_of;
use crate::session::places::write_whole;
use crate::session::small_file::read_text;

/// Name of the setting.
const SETTING: &str = "headings";
/// The largest number of bytes of a file of headings, and of headings of a book.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
const MOST: usize = 20_000;

/// One entry as it is kept and as a file has it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    table: String,
    heading: String,
    column: String,
}

/// A file of headings.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    headings: Vec<Kept>,
}

/// All that the college confirmed, for the reader of workbooks.
pub(super) fn known(open: &OpenBook) -> Result<Vec<KnownHeading>, CallError> {
    let known = |kept: Kept| KnownHeading { table: kept.table, heading: kept.heading, column: kept.column };
    Ok(kept(open)?.into_iter().map(known).collect())
}

fn kept(open: &OpenBook) -> Result<Vec<Kept>, CallError> {
    let value = open.book.setting(SETTING)?.unwrap_or(Value::Array(Vec::new()));
    serde_json::from_value(value).map_err(|_| CallError::failed("the headings of the book are not a list"))
}

fn keep(desk: &Desk, open: &OpenBook, kept: &[Kept]) -> Result<(), CallError> {
    if kept.len() > MOST {
        return Err(CallError::new("headings.too-many").with("limit", MOST));
    }
    let value = serde_json::to_value(kept).map_err(|_| CallError::failed("headings are not JSON"))?;
    open.book.set_setting(SETTING, &value)?;
    desk.tell(Changed::Book);
    Ok(())
}

/// `workbook.headings`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<KnownHeadings, CallError> {
    let open = desk.opened()?;
    Ok(KnownHeadings { headings: kept(&open)?.into_iter().map(|kept| view(&open.edition, kept)).collect() })
}

fn view(edition: &Edition, kept: Kept) -> KnownHeadingView {
    let table = edition.table(&kept.table);
    KnownHeadingView {
        table_title: table.map(|table| table.short_title().to_owned()),
        title: table.and_then(|table| table.field(&kept.column)).map(|field| field.title.clone()),
        table: kept.table,
        heading: kept.heading,
        column: kept.column,
    }
}

/// `workbook.set_heading`: `headings.no-heading` for an empty one, `headings.no-column` for a column that the table
/// does not have.
pub(crate) fn set(desk: &Desk, request: SetHeading) -> Result<KnownHeadings, CallError> {
    let open = desk.opened()?;
    let mut all = kept(&open)?;
    put(&open.edition, &mut all, &request)?;
    keep(desk, &open, &all)?;
    list(desk, Nothing {})
}

/// Puts one heading into the list, where it replaces an older entry, or takes it out.
fn put(edition: &Edition, all: &mut Vec<Kept>, request: &SetHeading) -> Result<(), CallError> {
    let table = table_of(edition, &request.table)?;
    let heading = request.heading.trim();
    if heading.is_empty() {
        return Err(CallError::new("headings.no-heading"));
    }
    all.retain(|one| one.table != request.table || !workbook::is_same_heading(&one.heading, heading));
    let Some(column) = &request.column else { return Ok(()) };
    let fits = column.is_empty() || table.field(column).is_some_and(|field| !field.is_system());
    if !fits {
        return Err(CallError::new("headings.no-column").with("table", &request.table).with("column", column));
    }
    all.push(Kept { table: request.table.clone(), heading: heading.to_owned(), column: column.clone() });
    all.sort_by(|a, b| (&a.table, &a.heading).cmp(&(&b.table, &b.heading)));
    Ok(())
}

/// `workbook.export_headings`.
pub(crate) fn export(desk: &Desk, request: HeadingFile) -> Result<KnownHeadings, CallError> {
    let file = File { headings: kept(&*desk.opened()?)? };
    let text = serde_json::to_vec_pretty(&file).map_err(|_| CallError::failed("headings are not JSON"))?;
    write_whole(Path::new(&request.path), &text)?;
    list(desk, Nothing {})
}

/// `workbook.import_headings`: the entries of a file join those of the book and take the place of those for the same
/// heading. What the edition does not have is ignored and named.
pub(crate) fn import(desk: &Desk, request: HeadingFile) -> Result<KnownHeadingsRead, CallError> {
    let text = read_text(Path::new(&request.path), MOST_BYTES)?;
    let file: File = serde_json::from_str(&text).map_err(|error| {
        CallError::new("headings.unreadable").with("file", &request.path).with("line", error.line())
    })?;
    let open = desk.opened()?;
    let mut all = kept(&open)?;
    let (mut taken, mut passed_over) = (0, Vec::new());
    for Kept { table, heading, column } in file.headings {
        let set = SetHeading { table, heading, column: Some(column) };
        match put(&open.edition, &mut all, &set) {
            Ok(()) => taken += 1,
            Err(_) => passed_over.push(format!("{} {}", set.table, set.heading)),
        }
    }
    keep(desk, &open, &all)?;
    Ok(KnownHeadingsRead { taken, passed_over, headings: list(desk, Nothing {})?.headings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::fixture::desk_with_book;

    const TABLE: &str = "ODS_SXJCSJ";

    fn request(heading: &str, column: Option<&str>) -> SetHeading {
        SetHeading { table: TABLE.into(), heading: heading.into(), column: column.map(str::to_owned) }
    }

    fn listed(known: &KnownHeadings) -> Vec<(&str, &str)> {
        known.headings.iter().map(|one| (one.heading.as_str(), one.column.as_str())).collect()
    }

    #[test]
    fn what_was_confirmed_is_kept_changed_forgotten_and_given_away() {
        let home = tempfile::tempdir().unwrap();
        let (desk, open) = desk_with_book(home.path());
        desk.book.replace(Some(open));
        set(&desk, request("电话", Some("XNZDJSDH"))).unwrap();
        let known = set(&desk, request("备注", Some(""))).unwrap();
        assert_eq!(listed(&known), [("备注", ""), ("电话", "XNZDJSDH")]);
        // The same heading in another writing replaces it.
        let known = set(&desk, request("＊电 话", Some("XSXM"))).unwrap();
        assert_eq!(listed(&known), [("备注", ""), ("＊电 话", "XSXM")]);
        for (wrong, code) in [
            (request("电话", Some("NOT_THERE")), "headings.no-column"),
            (request("电话", Some("ZJSJWYXBS")), "headings.no-column"),
            (request(" ", Some("XSXM")), "headings.no-heading"),
        ] {
            assert_eq!(set(&desk, wrong).unwrap_err().code, code);
        }
        let path = home.path().join("headings.json").display().to_string();
        export(&desk, HeadingFile { path: path.clone() }).unwrap();
        assert_eq!(listed(&set(&desk, request("电话", None)).unwrap()), [("备注", "")]);
        let text = std::fs::read_to_string(&path).unwrap().replace(
            "\"headings\": [",
            "\"headings\": [{\"table\": \"ODS_NONE\", \"heading\": \"a\", \"column\": \"b\"},",
        );
        std::fs::write(&path, text).unwrap();
        let read = import(&desk, HeadingFile { path: path.clone() }).unwrap();
        assert_eq!(
            (read.taken, read.passed_over.as_slice(), read.headings.len()),
            (2, &["ODS_NONE a".to_owned()][..], 2)
        );
        std::fs::write(&path, "[").unwrap();
        assert_eq!(import(&desk, HeadingFile { path }).unwrap_err().code, "headings.unreadable");
    }
}
