//! Places in which a book is at risk: folders that a program synchronises, network drives, memory sticks. The book is
//! opened there all the same, and the person is told.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a place is a risk for a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RiskyPlace {
    /// A program copies the files of the folder to other PCs, one by one and while they change.
    Synchronised,
    /// Another PC or server holds the folder.
    Network,
    /// A memory stick.
    Removable,
}

/// Parts of names of folders that programs synchronise, in lower case.
const SYNCHRONISED: [&str; 11] = [
    "onedrive",
    "wps云盘",
    "wpsdrive",
    "wps cloud",
    "坚果云",
    "nutstore",
    "baidusyncdisk",
    "百度网盘",
    "dropbox",
    "icloud",
    "google drive",
];

/// Whether the file lies in such a place, as far as its path tells.
pub(crate) fn risky_place(path: &Path) -> Option<RiskyPlace> {
    let text = path.to_string_lossy();
    let server = text.strip_prefix(r"\\?\UNC\").or_else(|| text.strip_prefix(r"\\"));
    if server.is_some_and(|rest| !rest.starts_with(['?', '.'])) {
        return Some(RiskyPlace::Network);
    }
    // Both separators everywhere, because a list of books may have come from another system.
    let folders = text.rsplit_once(['/', '\\']).map_or("", |(folders, _)| folders).to_lowercase();
    let mut folders = folders.split(['/', '\\']);
    if folders.any(|folder| SYNCHRONISED.iter().any(|name| folder.contains(name))) {
        return Some(RiskyPlace::Synchronised);
    }
    let on_stick = ["/media/", "/run/media/", "/Volumes/"].iter().any(|place| text.starts_with(place));
    on_stick.then_some(RiskyPlace::Removable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_their_path() {
        let place = |path: &str| risky_place(Path::new(path));
        for path in [
            r"C:\Users\王 小明\OneDrive - 学校\文档\填报\册.tianbao",
            r"D:\WPS云盘\册.tianbao",
            r"C:\Users\li\Nutstore\1\册.tianbao",
            "/home/li/Dropbox/册.tianbao",
        ] {
            assert_eq!(place(path), Some(RiskyPlace::Synchronised), "{path}");
        }
        assert_eq!(place(r"\\服务器\共享\册.tianbao"), Some(RiskyPlace::Network));
        assert_eq!(place(r"\\?\UNC\服务器\共享\册.tianbao"), Some(RiskyPlace::Network));
        assert_eq!(place("/media/li/U盘/册.tianbao"), Some(RiskyPlace::Removable));
        for path in
            [r"C:\Users\王 小明\Documents\填报\册.tianbao", r"\\?\C:\填报\册.tianbao", "/home/li/填报/onedrive.tianbao"]
        {
            assert_eq!(place(path), None, "{path}");
        }
    }
}
