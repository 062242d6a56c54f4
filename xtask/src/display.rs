//! A display without a screen, for machines that have none: Xvfb, which prints its number when it is ready.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::run::{self, Result, command};

/// A running display; dropping this value ends it.
pub struct Display {
    server: Child,
    /// Its name, such as `:7`.
    pub name: String,
}

impl Display {
    /// Starts one on the first free number and waits until it takes connections.
    pub fn open() -> Result<Display> {
        let mut server =
            command(&["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"])
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .map_err(|error| format!("Xvfb: {error}"))?;
        let mut number = String::new();
        if let Some(output) = server.stdout.take() {
            BufReader::new(output).read_line(&mut number).map_err(|error| format!("Xvfb: {error}"))?;
        }
        match number.trim() {
            "" => {
                run::end(&mut server);
                Err("Xvfb ended before it was ready".into())
            }
            number => Ok(Display { name: format!(":{number}"), server }),
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        run::end(&mut self.server);
    }
}

/// Whether a program could open a window here.
pub fn present() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
