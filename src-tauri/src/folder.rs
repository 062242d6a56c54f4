//! Shows in the system's file manager where a file lies.

use std::path::Path;
use std::process::{Command, Stdio};

use desk::CallError;

/// Opens the folder of a file that was written; where the file manager can, with the file marked. The path is not run
/// as a command and does not pass through a shell.
#[tauri::command]
pub async fn show_in_folder(path: String) -> Result<(), CallError> {
    let path = Path::new(&path);
    let no_folder = || CallError::new("workbook.no-folder").with("file", path.display());
    let path = std::path::absolute(path).map_err(|_| no_folder())?;
    let folder =
        if path.is_dir() { path.as_path() } else { path.parent().filter(|f| f.is_dir()).ok_or_else(no_folder)? };
    let mut manager = manager(&path, folder);
    manager.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut manager = manager.spawn().map_err(|_| no_folder())?;
    // Waiting for its end removes it from the system's list of processes.
    std::thread::spawn(move || manager.wait());
    Ok(())
}

#[cfg(windows)]
fn manager(path: &Path, folder: &Path) -> Command {
    use std::os::windows::process::CommandExt;

    let mut explorer = Command::new("explorer.exe");
    match path == folder {
        true => explorer.arg(folder),
        // Explorer reads its arguments in its own way: the path stands in quotes behind the comma. No path has quotes.
        false => explorer.raw_arg(format!("/select,\"{}\"", path.display())),
    };
    explorer
}

#[cfg(target_os = "macos")]
fn manager(path: &Path, _: &Path) -> Command {
    let mut finder = Command::new("open");
    finder.arg("-R").arg(path);
    finder
}

#[cfg(not(any(windows, target_os = "macos")))]
fn manager(_: &Path, folder: &Path) -> Command {
    let mut opener = Command::new("xdg-open");
    opener.arg(folder);
    opener
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nowhere_is_not_shown() {
        let nowhere = std::env::temp_dir().join("tianbao-no-such-folder").join("a.xlsx").display().to_string();
        let said = tauri::async_runtime::block_on(show_in_folder(nowhere)).unwrap_err();
        assert_eq!(said.code, "workbook.no-folder");
    }

    #[test]
    #[cfg(not(any(windows, target_os = "macos")))]
    fn the_file_manager_gets_the_folder_as_one_argument() {
        let command = manager(Path::new("/a b/$(x).xlsx"), Path::new("/a b"));
        assert_eq!(command.get_args().collect::<Vec<_>>(), ["/a b"]);
    }
}
