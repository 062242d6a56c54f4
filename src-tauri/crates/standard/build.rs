//! Packs the project's standards/ folder into the program: one table of paths and contents.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    // Asked when it runs: clones share built programs, and one may have been built for a clone that is gone.
    let folder = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let project = folder.ancestors().nth(3).ok_or(io::ErrorKind::NotFound)?;
    let root = project.join("standards");
    // Cargo looks at every file below the folder: a new, changed or removed one builds the program again.
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    for package in folders(&root)? {
        collect(&root, &package, &mut files)?;
    }
    files.sort();
    let mut code = String::from("[\n");
    for (name, path) in &files {
        code.push_str(&format!("    ({name:?}, include_bytes!({:?})),\n", path.display().to_string()));
    }
    code.push(']');
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::write(out.join("standards.rs"), code)
}

/// The entries of a folder that are folders themselves.
fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    Ok(entries.into_iter().filter(|path| path.is_dir()).collect())
}

/// All files below a folder, with their paths below the root, `/` between.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let below = path.strip_prefix(root).map_err(io::Error::other)?;
            let parts: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            files.push((parts.join("/"), path));
        }
    }
    Ok(())
}
