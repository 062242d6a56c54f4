//! Where the window was when it was closed, so that it comes back there, as long as that is on a screen.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tauri::{Monitor, PhysicalPosition, PhysicalSize, WebviewWindow};

/// The smallest size of the window in logical pixels: a screen of 1366x768 at 125 % shows 1093x614.
pub const SMALLEST: (f64, f64) = (1024.0, 600.0);

/// The least part of the title bar, in physical pixels, that has to be on a screen, so that it can be dragged.
const HANDLE: (i32, i32) = (160, 24);

/// A place on the screens, in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Area {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
}

/// Where the window was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Placement {
    #[serde(flatten)]
    area: Area,
    maximized: bool,
}

/// Puts the window where it was when it was last closed. Where it was never closed, or that place is on no screen any
/// more, it stays in the middle of the screen.
pub fn restore(window: &WebviewWindow, folder: &Path) {
    let Some(kept) = read(folder) else { return };
    let screens: Vec<Area> = window.available_monitors().unwrap_or_default().iter().map(area).collect();
    if let Some(area) = kept_on(kept.area, &screens) {
        // These fail only while the window closes.
        let _ = window.set_size(PhysicalSize::new(area.width, area.height));
        let _ = window.set_position(PhysicalPosition::new(area.x, area.y));
    }
    if kept.maximized {
        let _ = window.maximize();
    }
}

/// Notes where the window is. An error is ignored: the window then opens in the middle of the screen.
pub fn keep(window: &tauri::Window, folder: &Path) {
    let maximized = window.is_maximized().unwrap_or_default();
    let now = || -> tauri::Result<Area> {
        let (at, size) = (window.outer_position()?, window.inner_size()?);
        Ok(Area { x: at.x, y: at.y, width: size.width, height: size.height })
    };
    // The size of a window that fills the screen is not the one that it returns to.
    let area = if maximized { read(folder).map(|kept| kept.area) } else { now().ok() };
    let Some(area) = area.or_else(|| now().ok()) else { return };
    if let Ok(text) = serde_json::to_string(&Placement { area, maximized }) {
        let _ = std::fs::write(file(folder), text);
    }
}

fn read(folder: &Path) -> Option<Placement> {
    serde_json::from_str(&std::fs::read_to_string(file(folder)).ok()?).ok()
}

fn file(folder: &Path) -> std::path::PathBuf {
    folder.join("placement.json")
}

fn area(screen: &Monitor) -> Area {
    let (at, size) = (screen.position(), screen.size());
    Area { x: at.x, y: at.y, width: size.width, height: size.height }
}

/// The place, made no larger than the screen that shows its title bar; `None` where no screen does.
fn kept_on(place: Area, screens: &[Area]) -> Option<Area> {
    let end = |start: i32, length: u32| start.saturating_add_unsigned(length);
    let shows = |screen: &&Area| {
        let across = end(place.x, place.width).min(end(screen.x, screen.width)) - place.x.max(screen.x);
        let below_top = place.y >= screen.y && place.y <= end(screen.y, screen.height) - HANDLE.1;
        across >= HANDLE.0 && below_top
    };
    let screen = screens.iter().find(shows)?;
    Some(Area { width: place.width.min(screen.width), height: place.height.min(screen.height), ..place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_comes_back_only_where_a_screen_shows_its_title_bar() {
        let area = |x, y, width, height| Area { x, y, width, height };
        let (left, right) = (area(0, 0, 1366, 768), area(1366, 0, 1920, 1080));
        let both = [left, right];
        assert_eq!(kept_on(area(100, 50, 1200, 700), &both), Some(area(100, 50, 1200, 700)));
        assert_eq!(kept_on(area(1500, 50, 1200, 900), &both), Some(area(1500, 50, 1200, 900)));
        assert_eq!(kept_on(area(1500, 50, 1200, 900), &[left]), None, "the second screen is gone");
        assert_eq!(kept_on(area(-1150, 50, 1200, 700), &[left]), None, "only 50 pixels of it would be seen");
        assert_eq!(kept_on(area(0, -40, 1200, 700), &[left]), None, "its title bar is above the screen");
        assert_eq!(kept_on(area(0, 760, 1200, 700), &[left]), None, "its title bar is below the screen");
        assert_eq!(kept_on(area(0, 0, 3000, 2000), &[left]), Some(area(0, 0, 1366, 768)));
        assert_eq!(kept_on(area(i32::MAX, 0, u32::MAX, 1), &both), None, "a damaged file");
    }
}
