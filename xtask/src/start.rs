//! `cargo xtask start`: builds and opens the program with the sample college.

use std::process::{Child, Command, ExitCode, Stdio};

use crate::built;
use crate::display::{self, Display};
use crate::folders;
use crate::packages;
use crate::run::{self, Result, heading};
use crate::walk;

/// Installs what is missing, builds, and opens the program; without a display does the main job in the terminal.
pub fn start() -> Result<ExitCode> {
    packages::system(packages::BUILD)?;
    built::interface()?;
    let built = built::workspace(false)?;
    if !display::present() {
        heading("no display here: the main job in the terminal, on the sample college");
        walk::walk(built.program("tianbao")?)?;
        return Ok(ExitCode::SUCCESS);
    }
    packages::system(packages::WINDOW)?;
    let program = built.program("tianbao-desktop")?;
    heading("opening the program with the sample college; close its window to end");
    run::run(Command::new(program).arg("--sample").current_dir(folders::root()))?;
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask start` where there is no display.
pub fn check_in_terminal() -> Result {
    run::run(start_again().env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY"))
}

/// `cargo xtask start` on a display: the window has to show the sample college.
pub fn check_on(display: &Display) -> Result {
    let home = folders::results().join("start-home");
    if home.exists() {
        std::fs::remove_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    }
    let mut start = start_again();
    start.env("DISPLAY", &display.name).env_remove("WAYLAND_DISPLAY").env("TIANBAO_HOME", &home).stdin(Stdio::null());
    let child = in_own_group(&mut start).spawn().map_err(|error| format!("cargo xtask start: {error}"))?;
    let started = Started(child);
    let mut shown = run::command(&["timeout", "600", "xdotool", "search", "--sync", "--name", "示例职业技术学院"]);
    let shown = run::read(shown.env("DISPLAY", &display.name));
    let mut picture = run::command(&["import", "-window", "root"]);
    let picture = run::run(picture.arg(folders::results().join("start.png")).env("DISPLAY", &display.name));
    drop(started);
    shown.map_err(|_| "no window with the sample college came up")?;
    picture
}

/// The command as README has it.
fn start_again() -> Command {
    run::command(&["cargo", "xtask", "start"])
}

/// A command and the programs it started; dropping this value ends all of them.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        if cfg!(unix) {
            let group = format!("-{}", self.0.id());
            // Fails only when they all have ended already.
            let _ = run::command(&["kill", "-TERM", "--", &group]).status();
        }
        run::end(&mut self.0);
    }
}

#[cfg(unix)]
fn in_own_group(command: &mut Command) -> &mut Command {
    std::os::unix::process::CommandExt::process_group(command, 0)
}

#[cfg(not(unix))]
fn in_own_group(command: &mut Command) -> &mut Command {
    command
}
