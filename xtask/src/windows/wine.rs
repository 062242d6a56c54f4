//! A Windows to try programs on: wine, with a user whose name is Chinese and has a space, and code page 936.
//!
//! Wine is not Windows. What passes here says that the functions of Windows are called in the right way, not that every
//! Windows answers as wine does.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::toolchain::{self, make_folder};
use crate::folders;
use crate::run::{self, Result, Watched, command, heading};

/// The name of the user.
const USER: &str = "王 小明";

/// A prepared wine.
pub struct Wine {
    prefix: PathBuf,
    locale: PathBuf,
}

impl Wine {
    /// Makes the disk of this Windows anew, so that nothing of an earlier run is on it.
    pub fn new() -> Result<Wine> {
        let home = toolchain::home();
        let wine = Wine { prefix: home.join("wine"), locale: home.join("locale") };
        heading("a Windows to try it on");
        if !wine.locale.join("zh_CN.UTF-8").is_dir() {
            make_folder(&wine.locale)?;
            run::run(command(&["localedef", "-i", "zh_CN", "-f", "UTF-8"]).arg(wine.locale.join("zh_CN.UTF-8")))?;
        }
        if wine.prefix.exists() {
            wine.end()?;
            std::fs::remove_dir_all(&wine.prefix).map_err(|error| format!("{}: {error}", wine.prefix.display()))?;
        }
        run::run(&mut wine.set("wineboot", &["--init"]))?;
        // Wine takes itself for Windows 7, on which the installer refuses to run.
        let version = ["reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f"];
        run::run(&mut wine.set("wine", &version))?;
        run::run(&mut wine.set("wineserver", &["--wait"]))?;
        let mut gcc = command(&["x86_64-w64-mingw32-gcc", "-O2", "-shared", "-o"]);
        gcc.arg(wine.prefix.join("drive_c/windows/system32/bcryptprimitives.dll"));
        gcc.arg(folders::at("xtask/src/windows/prng.c")).arg("-ladvapi32");
        run::run(&mut gcc)?;
        Ok(wine)
    }

    /// Ends every program that runs in it.
    pub fn end(&self) -> Result {
        // It fails where none runs.
        let _ = self.set("wineserver", &["--kill"]).status();
        run::run(&mut self.set("wineserver", &["--wait"]))
    }

    /// A program for Windows.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = self.set("wine", &[]);
        command.arg(program);
        command
    }

    /// Runs a program for Windows to its end, and shows and keeps what it prints.
    pub fn watch(&self, command: &mut Command, limit: Duration) -> Result<Watched> {
        run::watch(command, limit)
    }

    /// The folder of the user.
    pub fn user(&self) -> PathBuf {
        self.prefix.join("drive_c/users").join(USER)
    }

    /// The path of a file as Windows names it.
    pub fn path(&self, file: &Path) -> String {
        windows_path(&self.prefix.join("drive_c"), file)
    }

    /// What the registry has under a key, as text; empty where there is no such key. It goes through a file, because
    /// what `reg query` prints is in the code page of this Windows.
    pub fn registry(&self, key: &str) -> String {
        let file = self.prefix.join("registry.reg");
        // Left there by the query before.
        let _ = std::fs::remove_file(&file);
        let _ = self.set("wine", &["reg", "export", key, &self.path(&file), "/y"]).output();
        let bytes = std::fs::read(&file).unwrap_or_default();
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units).replace("\\\\", "\\").replace("\\\"", "\"")
    }

    fn set(&self, program: &str, words: &[&str]) -> Command {
        let mut command = command(&[program]);
        command
            .args(words)
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all")
            .env("USER", USER)
            .env("LOGNAME", USER)
            // The names of programs and files are Chinese, so the text of the system must be UTF-8.
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("LOCPATH", &self.locale)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY");
        command
    }
}

/// The path of a file: on drive C what is in its folder, on drive Z everything else.
fn windows_path(drive_c: &Path, file: &Path) -> String {
    let (drive, rest) = match file.strip_prefix(drive_c) {
        Ok(rest) => ("C:", Path::new("/").join(rest)),
        Err(_) => ("Z:", file.to_owned()),
    };
    format!("{drive}{}", rest.display().to_string().replace('/', "\\"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::windows_path;

    #[test]
    fn a_file_has_the_drive_that_wine_gives_it() {
        let named = |file: &str| windows_path(Path::new("/w/drive_c"), Path::new(file));
        assert_eq!(named("/w/drive_c/users/王 小明/a.xlsx"), r"C:\users\王 小明\a.xlsx");
        assert_eq!(named("/srv/册.tianbao"), r"Z:\srv\册.tianbao");
    }
}
