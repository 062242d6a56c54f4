//! Which files an export makes, and what they are called.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use standard::Table;

use super::api::Export;
use crate::session::api::CallError;

/// The form of files in a folder, unless another is asked for.
const FORM: &str = "xlsx";

/// The files of an export with the tables of each: one file, or one for each table. `day` is YYYYMMDD. A folder is made
/// where there is none; an existing file is not overwritten, unless the clerk named it.
pub(super) fn planned<'t>(
    path: &Path,
    request: &Export,
    tables: &[&'t Table],
    day: &str,
) -> Result<Vec<(PathBuf, Vec<&'t Table>)>, CallError> {
    let is_folder = request.path.ends_with(['/', MAIN_SEPARATOR]) || path.is_dir();
    let named = if is_folder {
        std::fs::create_dir_all(path).map_err(|_| CallError::new("workbook.no-folder").with("file", &request.path))?;
        path.join(format!("{day}.{}", request.form.as_deref().unwrap_or(FORM)))
    } else {
        path.to_owned()
    };
    let apart = |table: &&'t Table| (beside(&named, table.short_title()), vec![*table]);
    // A Data Package is one file with all tables.
    let is_package = named.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    match (tables, is_folder || request.each) {
        (_, true) if !is_package => Ok(tables.iter().map(apart).collect()),
        ([first, ..], _) if is_folder => Ok(vec![(beside(&named, first.short_title()), tables.to_vec())]),
        _ => Ok(vec![(named, tables.to_vec())]),
    }
}

/// A file beside `path` that is called after `name` as well, and is not there yet: `20261126.csv` becomes
/// `实习基础-20261126.csv`, or `实习基础-20261126 (2).csv`.
pub(super) fn beside(path: &Path, name: &str) -> PathBuf {
    /// Characters that Windows does not allow in the name of a file.
    const REFUSED: [char; 9] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];
    let name: String = name.chars().map(|c| if REFUSED.contains(&c) || c.is_control() { '_' } else { c }).collect();
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, ending) = (part(path.file_stem()), part(path.extension()));
    let numbered = |n: u32| {
        let number = if n > 1 { format!(" ({n})") } else { String::new() };
        path.with_file_name(format!("{name}-{stem}{number}.{ending}"))
    };
    (1..).map(numbered).find(|path| !path.exists()).unwrap_or_else(|| numbered(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_table_and_day_and_spare_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("20261126.csv");
        let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name(beside(&path, "实习基础")), "实习基础-20261126.csv");
        std::fs::write(folder.path().join("实习基础-20261126.csv"), "填过的").unwrap();
        assert_eq!(name(beside(&path, "实习基础")), "实习基础-20261126 (2).csv");
        assert_eq!(name(beside(&path, "兼职/实践")), "兼职_实践-20261126.csv");
    }

    #[test]
    fn a_folder_has_a_file_for_each_table_and_a_package_is_one() {
        let standards = standard::Standards::builtin().unwrap();
        let edition = standards.edition("gaozhi-2024.09").unwrap();
        let tables: Vec<&Table> = edition.tables.iter().take(2).collect();
        let folder = tempfile::tempdir().unwrap();
        let request = |path: String, form: Option<&str>, each: bool| Export {
            tables: Vec::new(),
            path,
            selection: None,
            findings: false,
            names: false,
            each,
            form: form.map(str::to_owned),
            job: 0,
        };
        let files = |request: &Export| {
            let files = planned(Path::new(&request.path), request, &tables, "20261126").unwrap();
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            files.iter().map(|(path, tables)| (name(path), tables.len())).collect::<Vec<_>>()
        };
        let titles: Vec<&str> = tables.iter().map(|table| table.short_title()).collect();
        let new = format!("{}/导出/", folder.path().display());
        let each = |form: &str| titles.iter().map(|t| (format!("{t}-20261126.{form}"), 1)).collect::<Vec<_>>();
        assert_eq!(files(&request(new.clone(), None, false)), each("xlsx"));
        assert!(Path::new(&new).is_dir());
        assert_eq!(files(&request(new.clone(), Some("csv"), false)), each("csv"));
        assert_eq!(files(&request(new, Some("zip"), false)), [(format!("{}-20261126.zip", titles[0]), 2)]);
        let one = format!("{}/20261126.ods", folder.path().display());
        assert_eq!(files(&request(one.clone(), None, false)), [("20261126.ods".to_owned(), 2)]);
        assert_eq!(files(&request(one, None, true)), each("ods"));
    }
}
