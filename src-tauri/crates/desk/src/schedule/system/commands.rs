//! Running the programs of the system.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::session::api::CallError;

/// Whether a program can be started.
pub fn is_there(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

/// Runs a program with this text as its input; what it wrote, or why it failed.
pub fn run(program: &str, arguments: &[&str], input: Option<&str>) -> Result<String, CallError> {
    let failed = |reason: String| CallError::new("schedule.refused").with("program", program).with("reason", reason);
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    #[cfg(windows)]
    {
        // No console flashes up over the window.
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        std::os::windows::process::CommandExt::creation_flags(&mut command, CREATE_NO_WINDOW);
    }
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        pipe.write_all(input.as_bytes()).map_err(|error| failed(error.to_string()))?;
    }
    let output = child.wait_with_output().map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(if output.stderr.is_empty() { &output.stdout } else { &output.stderr });
    Err(failed(said.trim().chars().take(300).collect()))
}
