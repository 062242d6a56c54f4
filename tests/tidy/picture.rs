//! The picture in ARCHITECTURE.md is made from the arrows that these tests hold, so it cannot differ from them.

use crate::crates::CRATES;
use crate::rooms::STOREYS;
use crate::tree::files;

#[test]
fn the_picture_in_architecture_md_has_the_arrows_that_are_held() {
    let page = files(&["md"]).into_iter().find(|file| file.path == "ARCHITECTURE.md").expect("ARCHITECTURE.md");
    for picture in [crates(), rooms()] {
        assert!(page.text.contains(&picture), "ARCHITECTURE.md does not have this picture:\n\n{picture}");
    }
}

/// The crates: an arrow goes from what is used to what uses it.
fn crates() -> String {
    let name = |folder: &str| match folder {
        "src-tauri" => "window".to_owned(),
        folder => folder.rsplit('/').next().unwrap_or(folder).to_owned(),
    };
    let arrows: Vec<String> = CRATES
        .iter()
        .filter(|(_, uses)| !uses.is_empty())
        .map(|(folder, uses)| format!("  {} --> {}\n", uses.join(" & "), name(folder)))
        .collect();
    format!("```mermaid\nflowchart LR\n{}```\n", arrows.concat())
}

/// The rooms of desk, storey over storey.
fn rooms() -> String {
    let storeys: Vec<String> = STOREYS.iter().map(|rooms| rooms.join(" & ")).collect();
    format!("```mermaid\nflowchart LR\n  {}\n```\n", storeys.join(" --> "))
}
