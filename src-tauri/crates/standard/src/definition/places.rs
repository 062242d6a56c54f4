//! From a place in the files of a package back to the cell that it was made of.
//!
//! Most is checked row by row before files are made. Only loading can check whether known
//! workbooks and crosswalks fit the edition and the older ones.

use super::Lines;
use super::fault::{Fault, Why};
use super::plan::{CROSSWALKS, TEMPLATES};
use crate::LoadError;

/// An error of loading as a fault of the workbook, with the cell where it is known.
pub fn fault(error: &LoadError, lines: &Lines) -> Fault {
    let (file, place, found, expected) = match error {
        LoadError::Unreadable { file, reason } => (file.as_str(), "", reason.as_str(), ""),
        LoadError::Wrong { file, place, found, expected } => {
            (file.as_str(), place.as_str(), found.as_str(), expected.as_str())
        }
    };
    template(file, place, found, lines).or_else(|| crosswalk(file, place, found, lines)).unwrap_or_else(|| {
        let place = format!("{file} {place}").into();
        let why = Why::Refused { place, expected: expected.into() };
        Fault { sheet: String::new(), row: 0, column: String::new(), value: found.to_owned(), why }
    })
}

/// `templates.json` and `/templates/3/columns/2/heading`, `/templates/3/table`.
fn template(file: &str, place: &str, found: &str, lines: &Lines) -> Option<Fault> {
    let mut parts = place.strip_prefix("/templates/").filter(|_| file.ends_with("/templates.json"))?.split('/');
    let columns = lines.templates.get(parts.next()?.parse::<usize>().ok()?)?;
    let key = parts.next()?;
    let at = if key == "columns" { parts.next()?.parse().ok()? } else { 0 };
    let heading = match if key == "columns" { parts.next()? } else { key } {
        "file" => "文件",
        "table" => "表名",
        "column" => "列名",
        "heading" => "列标题",
        "lacks" => "缺少的名称",
        _ => "多出的名称",
    };
    Some(Fault::at(&TEMPLATES, *columns.get(at)?, heading, found, Why::Misfit))
}

/// `crosswalks/OLDER.json` and `/tables/3/moved/0/column`.
fn crosswalk(file: &str, place: &str, found: &str, lines: &Lines) -> Option<Fault> {
    let from = file.split_once("/crosswalks/")?.1.strip_suffix(".json")?;
    let mut parts = place.strip_prefix('/')?.split('/');
    let (list, at, key) = (parts.next()?, parts.next()?.parse::<usize>().ok()?, parts.next().unwrap_or_default());
    let (list, heading) = match (list, key) {
        ("tables", "to") => ("tables", "新表"),
        ("tables", "constants") => ("tables", "新列"),
        ("tables", "moved" | "lost") => ("tables", "旧列"),
        ("tables", _) => ("tables", "旧表"),
        ("columns", "from") => ("columns", "旧列"),
        ("columns", "to") => ("columns", "新列"),
        ("columns", _) => ("columns", "旧表"),
        ("codes", "list") => ("codes", "代码集"),
        ("codes", _) => ("codes", "旧代码"),
        _ => return None,
    };
    let line = lines.crossings.get(&(from.to_owned(), list))?.get(at)?;
    Some(Fault::at(&CROSSWALKS, *line, heading, found, Why::Misfit))
}
