//! The package for Debian and Ubuntu: what is in it, and the way from installing to removing it.
//!
//! `cargo xtask test --only package` makes the package and runs it. Installing needs the rights of an administrator;
//! without them the files of the package are unpacked and tried in a folder.
#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The name of the package in Debian's list.
const NAME: &str = "tianbao";

fn package() -> PathBuf {
    PathBuf::from(std::env::var_os("TIANBAO_DEB").expect("cargo xtask test sets TIANBAO_DEB"))
}

fn output(words: &[&str]) -> Output {
    let run = Command::new(words[0]).args(&words[1..]).env("LC_ALL", "C.UTF-8").output();
    run.unwrap_or_else(|error| panic!("{}: {error}", words[0]))
}

/// What a command that must succeed prints.
fn told(words: &[&str]) -> String {
    let done = output(words);
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{words:?}: {text}{}", String::from_utf8_lossy(&done.stderr));
    text
}

fn is_administrator() -> bool {
    told(&["id", "-u"]).trim() == "0"
}

/// The field of the package's description.
fn field(name: &str) -> String {
    told(&["dpkg-deb", "--field", &package().to_string_lossy(), name])
}

#[test]
fn it_names_what_its_programs_need() {
    let depends = field("Depends");
    for library in ["libssl3", "libdbus-1-3", "libwebkit2gtk-4.1-0", "libgtk-3-0"] {
        assert!(depends.contains(library), "{depends}");
    }
    assert_eq!(field("Package").trim(), NAME);
    let description = field("Description");
    assert!(description.contains("职业院校数据填报") && description.contains("离线可用"), "{description}");

    let folder = tempfile::tempdir().unwrap();
    told(&["dpkg-deb", "--extract", &package().to_string_lossy(), &folder.path().to_string_lossy()]);
    // Every library that the programs load is one of Debian's, and none is missing.
    for program in ["usr/bin/tianbao", "usr/bin/tianbao-desktop"] {
        let libraries = told(&["ldd", &folder.path().join(program).to_string_lossy()]);
        assert!(!libraries.contains("not found") && libraries.contains("libssl.so.3"), "{libraries}");
    }
    desktop_file(folder.path());
    command_line_works(&folder.path().join("usr/bin/tianbao"));
}

#[test]
fn it_is_installed_and_removed_without_a_trace() {
    if !is_administrator() {
        return;
    }
    let before = output(&["dpkg-query", "--show", NAME]);
    assert!(!before.status.success(), "{NAME} is installed already: remove it before the test");
    let files = told(&["dpkg-deb", "--contents", &package().to_string_lossy()]);
    let files: Vec<PathBuf> = files
        .lines()
        .filter(|line| !line.starts_with('d'))
        .filter_map(|line| Some(Path::new("/").join(line.split_whitespace().last()?.trim_start_matches("./"))))
        .collect();
    assert!(files.len() >= 6, "{files:?}");

    told(&["dpkg", "--install", &package().to_string_lossy()]);
    let installed = std::panic::catch_unwind(|| {
        assert!(files.iter().all(|file| file.is_file()), "{files:?}");
        command_line_works(Path::new("/usr/bin/tianbao"));
        let home = tempfile::tempdir().unwrap();
        let book = home.path().join("学院.tianbao");
        std::fs::write(&book, [0x91, 0x02, 0xfe, 0x00, 0x33]).unwrap();
        let facts = told(&["gio", "info", "--attributes=standard::content-type", &book.to_string_lossy()]);
        assert!(facts.contains("application/x-tianbao"), "{facts}");
        told(&["desktop-file-validate", "/usr/share/applications/Tianbao.desktop"]);
    });
    told(&["dpkg", "--purge", NAME]);
    if let Err(failure) = installed {
        std::panic::resume_unwind(failure);
    }
    let left: Vec<_> = files.iter().filter(|file| file.exists()).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// The entry of the menu: in Chinese, and the file that a double click names is passed on.
fn desktop_file(root: &Path) {
    let file = root.join("usr/share/applications/Tianbao.desktop");
    let text = std::fs::read_to_string(&file).unwrap();
    for line in
        ["Name[zh_CN]=填报", "Exec=tianbao-desktop %f", "MimeType=application/x-tianbao;", "Icon=tianbao-desktop"]
    {
        assert!(text.lines().any(|l| l == line), "{line} is missing in {text}");
    }
    told(&["desktop-file-validate", &file.to_string_lossy()]);
    for size in ["32x32", "128x128"] {
        let icon = root.join(format!("usr/share/icons/hicolor/{size}/apps/tianbao-desktop.png"));
        assert!(icon.is_file(), "{}", icon.display());
    }
}

/// A sample college is made and its tables are counted.
fn command_line_works(program: &Path) {
    let home = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let done = Command::new(program)
            .args(words)
            .arg("--json")
            .env("TIANBAO_HOME", home.path())
            .env("TIANBAO_PASSPHRASE", "示例口令 包")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{words:?}: {text}{}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let made = run(&["new", "--edition", "zhongzhi-2023.06", "--sample"]);
    assert!(made["tables"].as_u64() > Some(0) && made["rows"].as_u64() > Some(0), "{made}");
    assert_eq!(run(&["status"])["tables"].as_array().map(Vec::len), made["tables"].as_u64().map(|n| n as usize));
}
