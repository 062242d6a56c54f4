//! The rooms of `desk`: a folder for each screen, over what all of them use. A file uses its own room and the storeys
//! below it, never a room beside it: what two rooms need belongs further down.

use crate::imports::in_rust;
use crate::tree::none;

/// The storeys of desk, from the lowest. Each entry is a folder or a file of src-tauri/crates/desk/src.
pub const STOREYS: &[&[&str]] = &[
    &["session"],
    &["verify"],
    &["start", "home", "fill", "check", "workbooks", "submit", "standards", "settings"],
    &["schedule"],
    &["calls"],
    &["lib", "typescript"],
];

const DESK: &str = "src-tauri/crates/desk/src/";

/// Imports that are still there. The number may only go down; with the last one it goes, too.
const STILL_THERE: usize = 0;

#[test]
fn rooms_of_desk_use_what_is_below_them_and_not_each_other() {
    let arrows = in_rust();
    let mut breaches = Vec::new();
    for (from, to) in arrows.iter().filter(|(file, _)| file.starts_with(DESK)) {
        let Some(upper) = storey(from) else {
            breaches.push(format!("{from} is in no room that rooms.rs lists"));
            continue;
        };
        for (other, place) in to {
            let allowed = room(from) == room(other) || storey(other).is_some_and(|lower| lower < upper);
            if !allowed {
                breaches.push(format!("{from} uses {other} ({place})"));
            }
        }
    }
    if breaches.len() > STILL_THERE {
        none(breaches, "imports between rooms of desk, or upwards");
    }
}

/// The folder of a file, or its own name where it lies at the top.
fn room(path: &str) -> Option<&str> {
    path.strip_prefix(DESK)?.split('/').next().map(|first| first.trim_end_matches(".rs"))
}

fn storey(path: &str) -> Option<usize> {
    let room = room(path)?;
    STOREYS.iter().position(|rooms| rooms.contains(&room))
}
