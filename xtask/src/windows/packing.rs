//! The folder to copy and the installer, from built programs.

use std::path::{Path, PathBuf};

use super::toolchain::{Toolchain, make_folder};
use crate::folders;
use crate::run::{self, Failure, Result, answers, command, heading};

/// How the window gets its WebView2. Nothing is downloaded: the builder gives the file.
#[derive(Debug, Default)]
pub enum WebView {
    /// The runtime of the PC; the program and the installer say where there is none.
    #[default]
    OfThePc,
    /// Microsoft's offline installer, which the installer runs where no runtime is registered.
    Installer(PathBuf),
    /// An unpacked runtime of a fixed version that comes along.
    Runtime(PathBuf),
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes folder, archive and installer of the programs of a profile; gives the archive and the installer.
pub fn pack(toolchain: &Toolchain, profile: &str, webview: &WebView) -> Result<Vec<PathBuf>> {
    let target = folders::target().join("package").join("windows");
    // Files of an earlier version must not be packed with this one's.
    let _ = std::fs::remove_dir_all(&target);
    let programs = target.join("programs");
    make_folder(&programs)?;
    let built = toolchain.built(profile);
    for name in ["tianbao-desktop.exe", "tianbao.exe"] {
        match toolchain.mingw("strip") {
            Some(mut strip) => run::run(strip.arg("-o").arg(programs.join(name)).arg(built.join(name)))?,
            None => copy(&built.join(name), &programs.join(name))?,
        }
    }
    // With MinGW the loader of WebView2 is a library of its own; with Microsoft's linker it is in the program.
    let loader = built.join("WebView2Loader.dll");
    if loader.is_file() {
        copy(&loader, &programs.join("WebView2Loader.dll"))?;
    }
    copy(&folders::at("LICENSE"), &programs.join("LICENSE.txt"))?;

    let installer = installer(&target, &programs, webview)?;
    let archive = archive(&target, &programs, webview)?;
    Ok(vec![archive, installer])
}

fn copy(from: &Path, to: &Path) -> Result {
    std::fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()).into())
}

/// The installer, with makensis.
fn installer(target: &Path, programs: &Path, webview: &WebView) -> Result<PathBuf> {
    heading("making the installer");
    let installer = target.join(format!("tianbao-{VERSION}-windows-x64.exe"));
    let mut makensis = command(&[&makensis()?, "-V2", "-INPUTCHARSET", "UTF8"]);
    if !cfg!(windows) {
        makensis.arg("-DAMD64");
    }
    let mut define = |name: &str, value: &Path| {
        makensis.arg(format!("-D{name}={}", value.display()));
    };
    define("VERSION", Path::new(VERSION));
    define("FOLDER", programs);
    define("ICON", &folders::at("icons/icon.ico"));
    define("OUT", &installer);
    match webview {
        WebView::OfThePc => {}
        WebView::Installer(file) => define("WEBVIEW2", file),
        WebView::Runtime(folder) => define("RUNTIME", folder),
    }
    makensis.arg(folders::at("src-tauri/packaging/windows/tianbao.nsi"));
    run::run(&mut makensis)?;
    Ok(installer)
}

fn makensis() -> Result<String> {
    let usual = r"C:\Program Files (x86)\NSIS\makensis.exe";
    ["makensis", usual]
        .into_iter()
        .find(|program| answers(&[program, "-VERSION"]) || answers(&[program, "/VERSION"]))
        .map(str::to_owned)
        .ok_or_else(|| Failure("makensis is missing: install NSIS 3 (https://nsis.sourceforge.io)".into()))
}

/// The folder as an archive, for PCs on which nothing may be installed.
fn archive(target: &Path, programs: &Path, webview: &WebView) -> Result<PathBuf> {
    copy(&folders::at("src-tauri/packaging/windows/note.txt"), &programs.join("使用说明.txt"))?;
    if let WebView::Runtime(runtime) = webview {
        copy_folder(runtime, &programs.join("webview2"))?;
    }
    let folder = target.join("tianbao");
    std::fs::rename(programs, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let archive = target.join(format!("tianbao-{VERSION}-windows-x64.zip"));
    // Python marks the names as UTF-8, which Windows needs for the Chinese one.
    let python = if cfg!(windows) { "python" } else { "python3" };
    let mut zip = command(&[python, "-m", "zipfile", "-c"]);
    run::run(zip.arg(&archive).arg("tianbao").current_dir(target))?;
    Ok(archive)
}

fn copy_folder(from: &Path, to: &Path) -> Result {
    make_folder(to)?;
    for entry in super::toolchain::entries(from)? {
        let name = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() { copy_folder(&entry, &name)? } else { copy(&entry, &name)? }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::folders;

    /// Text of the script of the installer.
    fn script() -> String {
        std::fs::read_to_string(folders::at("src-tauri/packaging/windows/tianbao.nsi")).unwrap()
    }

    #[test]
    fn what_is_installed_is_removed() {
        let script = script();
        let uninstaller = script.split("Section \"Uninstall\"").nth(1).unwrap();
        for file in ["tianbao-desktop.exe", "tianbao.exe", "WebView2Loader.dll", "LICENSE.txt", "uninstall.exe"] {
            assert!(uninstaller.contains(&format!("Delete \"$INSTDIR\\{file}\"")), "{file} stays behind");
        }
        for key in ["${UNINSTALL}", "${OWN}", "Software\\Classes\\.tianbao", "Software\\Classes\\${CLASS}"] {
            assert!(script.contains(&format!("WriteRegStr SHCTX \"{key}\"")), "{key} is not written");
            assert!(uninstaller.contains(&format!("DeleteRegKey SHCTX \"{key}\"")), "{key} stays behind");
        }
    }

    #[test]
    fn every_question_of_the_installer_has_an_answer_when_it_is_silent() {
        for line in script().lines().filter(|line| line.trim_start().starts_with("MessageBox")) {
            // These two are in pages and behind a check, where a silent run does not come.
            let shown = line.contains("没有得到管理员权限") || line.contains("MB_YESNO");
            assert!(shown || line.contains("/SD "), "{line}");
        }
    }

    #[test]
    fn nothing_is_changed_before_the_running_program_is_closed() {
        let script = script();
        let section = script.split("\nSection\n").nth(1).unwrap();
        assert_eq!(section.lines().next().map(str::trim), Some("Call CloseRunning"));
        let uninstaller = script.split("Section \"Uninstall\"\n").nth(1).unwrap();
        assert_eq!(uninstaller.lines().next().map(str::trim), Some("Call un.CloseRunning"));
    }
}
