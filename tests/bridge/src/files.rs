//! Files that cross between the browser and the desk: each at a place of its own in a temporary folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Json;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Bridge;

/// The places of one session; they go when the bridge ends.
pub struct Places {
    folder: tempfile::TempDir,
    made: AtomicUsize,
}

impl Places {
    pub fn new() -> Result<Places, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        Ok(Places { folder, made: AtomicUsize::new(0) })
    }

    /// A new place for a file of this name, which keeps its name and cannot lead out of the folder.
    fn place(&self, name: &str) -> Option<PathBuf> {
        let plain = !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', ':', '\0']);
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        plain.then(|| self.folder.path().join(number.to_string()).join(name))
    }

    /// Whether a file lies at one of the places.
    fn holds(&self, path: &Path) -> bool {
        match (path.canonicalize(), self.folder.path().canonicalize()) {
            (Ok(path), Ok(folder)) => path.is_file() && path.starts_with(folder),
            _ => false,
        }
    }
}

#[derive(Deserialize)]
pub struct Named {
    name: String,
}

#[derive(Deserialize)]
pub struct At {
    path: PathBuf,
}

pub async fn upload(
    State(bridge): State<Arc<Bridge>>,
    Query(Named { name }): Query<Named>,
    body: Bytes,
) -> Result<Json<Value>, StatusCode> {
    let path = bridge.files.place(&name).ok_or(StatusCode::BAD_REQUEST)?;
    write(&path, &body).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Json(json!({ "path": path })))
}

/// An empty upload only makes the folder, for a call to write into.
fn write(path: &Path, body: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir(folder)?;
    }
    if body.is_empty() { Ok(()) } else { std::fs::write(path, body) }
}

pub async fn download(State(bridge): State<Arc<Bridge>>, Query(At { path }): Query<At>) -> Result<Vec<u8>, StatusCode> {
    if !bridge.files.holds(&path) {
        return Err(StatusCode::NOT_FOUND);
    }
    std::fs::read(&path).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(test)]
mod tests {
    use super::{Places, write};

    #[test]
    fn a_place_keeps_the_name_and_stays_inside() {
        let places = Places::new().unwrap();
        let place = places.place("教职工 名册.xlsx").unwrap();
        assert!(place.starts_with(places.folder.path()));
        assert!(place.ends_with("教职工 名册.xlsx"));
        assert_ne!(Some(place), places.place("教职工 名册.xlsx"));
        for name in ["", "..", "../x", "a/b", "a\\b", "C:x"] {
            assert_eq!(places.place(name), None, "{name}");
        }
    }

    #[test]
    fn only_files_at_places_are_given_back() {
        let places = Places::new().unwrap();
        let place = places.place("a.csv").unwrap();
        assert!(!places.holds(&place));
        write(&place, b"x").unwrap();
        assert!(places.holds(&place));
        assert!(!places.holds(&std::env::current_exe().unwrap()));
    }
}
