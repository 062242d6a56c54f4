//! The files of standards/, wherever they come from.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::error::{LoadError, json_error};

/// Path below standards/ and contents, packed by build.rs.
static BUILTIN: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/standards.rs"));

/// The files of each package by its folder's name.
pub type Packages = BTreeMap<String, Files>;

/// Path below its folder and contents of a file.
pub type NamedFile = (String, Cow<'static, [u8]>);

/// The files of one edition that is not built in, by their paths below its folder (`datapackage.json`,
/// `tables/ODS_X.json` ...).
pub type Package = BTreeMap<String, Vec<u8>>;

/// The files of one package that were not taken yet.
#[derive(Debug)]
pub struct Files {
    package: String,
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Files {
    /// The files of an edition that is not built in.
    pub fn new(id: &str, package: Package) -> Files {
        let files = package.into_iter().map(|(path, bytes)| (path, Cow::Owned(bytes))).collect();
        Files { package: id.to_owned(), files }
    }

    /// A file's name as errors tell it.
    pub fn full_name(&self, path: &str) -> String {
        format!("{}/{path}", self.package)
    }

    /// Takes a file that `datapackage.json` lists at the pointer `listed`.
    pub fn take(&mut self, path: &str, listed: &str) -> Result<Cow<'static, [u8]>, LoadError> {
        self.files.remove(path).ok_or_else(|| {
            let expected = match listed {
                "" => "the package's own file".to_owned(),
                _ => format!("the file that datapackage.json lists at {listed}"),
            };
            LoadError::wrong(&self.full_name(path), "", "no file", expected)
        })
    }

    /// Takes a file and reads it as JSON.
    pub fn take_json<T: DeserializeOwned>(&mut self, path: &str, listed: &str) -> Result<T, LoadError> {
        let bytes = self.take(path, listed)?;
        serde_json::from_slice(&bytes).map_err(|e| json_error(&self.full_name(path), &e))
    }

    /// Takes a file that a package may have and that needs no entry in `datapackage.json`.
    pub fn take_optional(&mut self, path: &str) -> Option<Cow<'static, [u8]>> {
        self.files.remove(path)
    }

    /// Takes all files of a folder with an ending, by name: kinds of files that need no entry in `datapackage.json`.
    pub fn take_below(&mut self, folder: &str, ending: &str) -> Vec<NamedFile> {
        let wanted = |path: &String| {
            let name = path.strip_prefix(folder).and_then(|rest| rest.strip_suffix(ending));
            name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
        };
        let paths: Vec<String> = self.files.keys().filter(|path| wanted(path)).cloned().collect();
        let take = |path: String| self.files.remove(&path).map(|bytes| (path, bytes));
        paths.into_iter().filter_map(take).collect()
    }

    /// Takes all remaining files, by name.
    pub fn take_all(&mut self) -> Vec<NamedFile> {
        std::mem::take(&mut self.files).into_iter().collect()
    }

    /// An error for a file that is left, since nothing lists it.
    pub fn finish(self) -> Result<(), LoadError> {
        match self.files.keys().next() {
            None => Ok(()),
            Some(path) => {
                let name = self.full_name(path);
                Err(LoadError::wrong(&name, "", "a file that nothing lists", "an entry in datapackage.json"))
            }
        }
    }
}

/// The packages that were built in.
pub fn builtin() -> Packages {
    let mut packages = Packages::new();
    for (path, bytes) in BUILTIN {
        add(&mut packages, path, Cow::Borrowed(bytes));
    }
    packages
}

/// The packages of a folder. Files beside the packages (a README) are not read.
pub fn folder(root: &Path) -> Result<Packages, LoadError> {
    let mut packages = Packages::new();
    for name in names(root, "")? {
        if root.join(&name).is_dir() {
            read(root, &name, &mut packages)?;
        }
    }
    Ok(packages)
}

/// Reads all files below a folder; `below` is its path from the root, with `/` between.
fn read(root: &Path, below: &str, packages: &mut Packages) -> Result<(), LoadError> {
    for name in names(root, below)? {
        let path = format!("{below}/{name}");
        let file = root.join(&path);
        if file.is_dir() {
            read(root, &path, packages)?;
        } else {
            let bytes = fs::read(&file).map_err(|e| unreadable(&path, &e))?;
            add(packages, &path, Cow::Owned(bytes));
        }
    }
    Ok(())
}

fn names(root: &Path, below: &str) -> Result<Vec<String>, LoadError> {
    let folder = if below.is_empty() { root.to_owned() } else { root.join(below) };
    let told = if below.is_empty() { root.display().to_string() } else { below.to_owned() };
    let entries = fs::read_dir(folder).map_err(|e| unreadable(&told, &e))?;
    entries
        .map(|entry| entry.map(|e| e.file_name().to_string_lossy().into_owned()).map_err(|e| unreadable(&told, &e)))
        .collect()
}

fn unreadable(file: &str, error: &std::io::Error) -> LoadError {
    LoadError::Unreadable { file: file.to_owned(), reason: error.to_string() }
}

fn add(packages: &mut Packages, path: &str, bytes: Cow<'static, [u8]>) {
    if let Some((package, path)) = path.split_once('/') {
        let files = packages
            .entry(package.to_owned())
            .or_insert_with(|| Files { package: package.to_owned(), files: BTreeMap::new() });
        files.files.insert(path.to_owned(), bytes);
    }
}
