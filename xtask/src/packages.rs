//! Installs what is needed besides Rust, Node and a C compiler.
//!
//! On Debian and Ubuntu the missing packages are installed (as root, or with sudo where it asks nothing); elsewhere,
//! and without the right to install, the exact command is printed. npm packages, Python packages and the WebDriver
//! server go into the project or the cache folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::folders;
use crate::run::{self, Result, answers, command, heading};

/// Needed to build the window.
pub const BUILD: &[&str] = &[
    "build-essential",
    "file",
    "libayatana-appindicator3-dev",
    "libdbus-1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "pkg-config",
];

/// Needed to open the window: a font that has the characters.
pub const WINDOW: &[&str] = &["fonts-noto-cjk"];

/// Needed to test: a display without a screen, a session bus with a key store, a driver for the window, an office, what
/// looks at printed pages, and servers of databases for the sources of an import (the tests start their own).
pub const TEST: &[&str] = &[
    "dbus",
    "dbus-x11",
    "fonts-noto-cjk",
    "gnome-keyring",
    "imagemagick",
    "libreoffice-calc",
    "libsecret-tools",
    "mariadb-client-core",
    "mariadb-server-core",
    "openssl",
    "poppler-utils",
    "postgresql",
    "webkit2gtk-driver",
    "x11-utils",
    "xauth",
    "xdotool",
    "xvfb",
];

/// Needed to test queries through ODBC, which is not part of Linux.
pub const ODBC: &[&str] = &["libsqliteodbc", "unixodbc-dev"];

/// The WebDriver server for the window.
const DRIVER: (&str, &str) = ("tauri-driver", "2.1.0");

/// Installs those of the packages that are missing, with the system's package manager.
pub fn system(wanted: &[&str]) -> Result {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if !answers(&["dpkg-query", "--version"]) {
        println!("This is not Debian or Ubuntu; the build needs what these packages hold: {}", wanted.join(" "));
        return Ok(());
    }
    let missing = missing(wanted);
    if missing.is_empty() {
        return Ok(());
    }
    heading(&format!("installing {}", missing.join(" ")));
    let apt = |rest: &[&str]| {
        let mut words = Vec::new();
        if !is_root() {
            words.extend(["sudo", "-n"]);
        }
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "Acquire::Retries=3"]);
        words.extend(rest);
        command(&words)
    };
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&missing);
    if !is_root() && !answers(&["sudo", "-n", "true"]) {
        return Err(format!(
            "Packages are missing and this user may not install them. Run this once, then start again:\n\n    \
             sudo apt-get update && sudo apt-get {}\n",
            install.join(" ")
        )
        .into());
    }
    run::with_retries(|| apt(&["update"]))?;
    run::with_retries(|| apt(&install))
}

/// Those of the packages that are not installed.
fn missing<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    let query = command(&["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    not_installed(wanted, &query)
}

fn not_installed<'a>(wanted: &[&'a str], query: &str) -> Vec<&'a str> {
    let installed: Vec<&str> = query.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    wanted.iter().copied().filter(|name| !installed.contains(name)).collect()
}

fn is_root() -> bool {
    command(&["id", "-u"]).output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Installs the npm packages of a folder exactly as its lock file says, unless that was done before.
pub fn npm(folder: &Path) -> Result {
    let lock = folder.join("package-lock.json");
    let wanted = std::fs::read_to_string(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    let stamp = folder.join("node_modules").join(".tianbao-installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if !answers(&["npm", "--version"]) {
        return Err("npm is missing: install Node 20 or newer (https://nodejs.org), then start again".into());
    }
    heading(&format!("npm ci in {}", folder.file_name().unwrap_or_default().to_string_lossy()));
    run::with_retries(|| {
        let mut npm = command(&["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
        npm.current_dir(folder);
        npm
    })?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()).into())
}

/// A Python with the pinned packages of a requirements file, in the cache folder; returns its interpreter.
pub fn python(requirements: &Path) -> Result<PathBuf> {
    let wanted =
        std::fs::read_to_string(requirements).map_err(|error| format!("{}: {error}", requirements.display()))?;
    let base = if cfg!(windows) { "python" } else { "python3" };
    if !answers(&[base, "-c", "import ensurepip, venv"]) {
        system(&["python3", "python3-venv"])?;
    }
    let folder = folders::cache().join("python");
    let interpreter = if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") };
    let stamp = folder.join(".tianbao-installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(interpreter);
    }
    heading("Python packages for the tests against other implementations");
    run::run(command(&[base, "-m", "venv", "--clear"]).arg(&folder))?;
    run::with_retries(|| {
        let mut pip = Command::new(&interpreter);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(requirements);
        pip
    })?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(interpreter)
}

/// The browser for the browser tests: one that is there, or Debian's Chromium. `None`: the one that the test runner
/// itself brings, since Ubuntu has no Chromium among its packages.
pub fn browser(tests: &Path) -> Result<Option<PathBuf>> {
    let debian =
        std::fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=debian"));
    if debian {
        system(&["chromium"])?;
    }
    let present =
        ["/usr/bin/chromium", "/usr/bin/google-chrome"].map(PathBuf::from).into_iter().find(|file| file.exists());
    if present.is_none() {
        heading("installing a browser for the tests");
        run::with_retries(|| {
            let mut install = command(&["npx", "playwright", "install", "--with-deps", "chromium"]);
            install.current_dir(tests);
            install
        })?;
    }
    Ok(present)
}

/// The WebDriver server for the window, in the cache folder; returns its file.
pub fn window_driver() -> Result<PathBuf> {
    let (name, version) = DRIVER;
    let folder = folders::cache().join("tools").join(format!("{name}-{version}"));
    let driver = folder.join("bin").join(folders::program(name));
    if !driver.is_file() {
        heading(&format!("installing {name} {version}"));
        run::with_retries(|| {
            let mut install = run::cargo(&["install", name, "--locked", "--version", version, "--root"]);
            install.arg(&folder);
            install
        })?;
    }
    Ok(driver)
}

#[cfg(test)]
mod tests {
    use super::not_installed;

    #[test]
    fn a_package_counts_only_when_it_is_fully_installed() {
        let query = "xvfb installed\nchromium config-files\nfile half-installed\n";
        assert_eq!(not_installed(&["xvfb", "chromium", "file", "dbus"], query), ["chromium", "file", "dbus"]);
    }
}
