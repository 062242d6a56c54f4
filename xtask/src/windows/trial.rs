//! Tries what was built for Windows: the tests of the crates, the flows, the main job, and the installer.

use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use super::packing::{self, WebView};
use super::toolchain::Toolchain;
use super::wine::Wine;
use crate::built::{self, Built, TestProgram};
use crate::run::{Failure, Result, heading};
use crate::tally::Tally;
use crate::walk;
use crate::{folders, run};

/// Test programs that need what wine has not: they read the sources, run Python, or drive a window.
const LEFT_OUT: &[&str] = &["tidy", "oracles", "desktop", "package", "rules"];

const MINUTE: Duration = Duration::from_secs(60);

/// `cargo xtask windows --test`.
pub fn trial(toolchain: &Toolchain, webview: &WebView) -> Result<ExitCode> {
    heading("building the programs and the tests for Windows");
    let mut build = toolchain.cargo(&["build", "--workspace", "--exclude", "xtask", "--bins", "--lib", "--tests"]);
    let built = built::from(&mut build)?;
    let wine = Wine::new()?;
    let mut parts = Parts::default();
    for test in built.tests.iter().filter(|test| !LEFT_OUT.contains(&test.name.as_str())) {
        parts.add(&title(test), || tests_of(&wine, &built, test));
    }
    parts.add("main job", || walked(&wine, &toolchain.built("debug").join("tianbao.exe"), "walk"));
    parts.add("installer", || installed(&wine, toolchain, webview));
    wine.end()?;
    Ok(parts.printed())
}

/// `cargo xtask windows --test --short`: the command line does the main job.
pub fn short(toolchain: &Toolchain) -> Result<ExitCode> {
    heading("building the command line for Windows");
    let mut build = toolchain.cargo(&["build", "--workspace", "--exclude", "xtask", "--bin", "tianbao"]);
    let built = built::from(&mut build)?;
    let wine = Wine::new()?;
    let mut parts = Parts::default();
    parts.add("main job", || walked(&wine, built.program("tianbao")?, "walk"));
    wine.end()?;
    Ok(parts.printed())
}

/// What was tried, and how it went.
#[derive(Default)]
struct Parts(Vec<(String, Tally, u64)>);

impl Parts {
    /// Tries one part. One that cannot be run counts as failed.
    fn add(&mut self, name: &str, run: impl FnOnce() -> Result<Tally>) {
        let begun = Instant::now();
        let tally = run().unwrap_or_else(|failure| {
            eprintln!("{name}: {failure}");
            Tally::step(false)
        });
        self.0.push((name.to_owned(), tally, begun.elapsed().as_secs()));
    }

    /// Prints a line for each part and the sum.
    fn printed(self) -> ExitCode {
        heading("under wine");
        let mut sum = Tally::default();
        for (name, tally, seconds) in self.0 {
            println!("{name:32} {:5} passed {:3} failed {seconds:5} s", tally.passed, tally.failed);
            sum += tally;
        }
        println!("{} passed, {} failed", sum.passed, sum.failed);
        if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Crate and name of a test program.
fn title(test: &TestProgram) -> String {
    format!("{} {}", test.folder.file_name().unwrap_or_default().to_string_lossy(), test.name)
}

/// Runs one test program.
fn tests_of(wine: &Wine, built: &Built, test: &TestProgram) -> Result<Tally> {
    println!("-- {}", title(test));
    // The window's tests load the library that lies beside the window.
    let loader = built.program("tianbao")?.with_file_name("WebView2Loader.dll");
    if loader.is_file() {
        let beside = test.file.with_file_name("WebView2Loader.dll");
        std::fs::copy(&loader, &beside).map_err(|error| format!("{}: {error}", beside.display()))?;
    }
    let mut command = wine.command(&test.file);
    command
        .args(["--color=never", "--test-threads=2"])
        .current_dir(&test.folder)
        .env("CARGO_MANIFEST_DIR", wine.path(&test.folder))
        .env("INSTA_WORKSPACE_ROOT", wine.path(&folders::root()))
        .env("INSTA_UPDATE", "no")
        .env("TIANBAO_RESULTS", wine.path(&folders::results()));
    let watched = wine.watch(&mut command, 40 * MINUTE)?;
    let said = Tally::of_libtest(&watched.lines);
    Ok(Tally { failed: said.failed.max((!watched.success).into()), ..said })
}

/// The main job of a clerk with a command line, in a folder of the user.
fn walked(wine: &Wine, program: &Path, folder: &str) -> Result<Tally> {
    let home = wine.user().join("Documents").join(folder).join("家 目录");
    std::fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    walk::walk_in(&home, &|| wine.command(program), &|path| wine.path(path))?;
    Ok(Tally::step(true))
}

/// From installing to removing.
fn installed(wine: &Wine, toolchain: &Toolchain, webview: &WebView) -> Result<Tally> {
    let packed = packing::pack(toolchain, "debug", webview)?;
    let installer = packed.iter().find(|file| file.extension().is_some_and(|ending| ending == "exe"));
    let installer = installer.ok_or("no installer was made")?;
    let folder = wine.user().join("AppData/Local/Programs/Tianbao");
    let program = folder.join("tianbao.exe");
    let mut tally = Tally::default();
    let mut step = |words: &str, outcome: Result| {
        match &outcome {
            Ok(()) => println!("ok: {words}"),
            Err(failure) => eprintln!("FAILED: {words}: {failure}"),
        }
        tally += Tally::step(outcome.is_ok());
    };
    step("the installer runs silently", ends(wine, installer, &["/S"], 0));
    step(
        "both programs are in the user's folder",
        holds(program.is_file() && folder.join("tianbao-desktop.exe").is_file()),
    );
    let uninstall = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Tianbao";
    step("Windows lists it by its Chinese name", holds(wine.registry(uninstall).contains("填报")));
    let opens = wine.registry(r"HKCU\Software\Classes\Tianbao.Book");
    step("a double click on a book starts it", holds(opens.contains(r#"\tianbao-desktop.exe" "%1""#)));
    step("the installed command line does the main job", walked(wine, &program, "installed").map(drop));
    step("an update goes over it", ends(wine, installer, &["/S"], 0));
    step("an update leaves a running program alone", kept_while_running(wine, installer, &program));
    let book = wine.user().join("Documents/填报");
    std::fs::create_dir_all(&book).map_err(|error| format!("{}: {error}", book.display()))?;
    let book = book.join("学院.tianbao");
    std::fs::write(&book, b"a book").map_err(|error| format!("{}: {error}", book.display()))?;
    let data = wine.user().join("AppData/Local/Tianbao/data/this-pc.json");
    step("it keeps data of its own", makes_data(wine, &program, &data));
    step("the uninstaller runs silently", uninstalled(wine, &folder, &["/S"]));
    step("no file and no key stays", gone(wine, &folder, uninstall));
    step("books and data stay", holds(book.is_file() && data.is_file()));
    step("it is installed once more", ends(wine, installer, &["/S"], 0));
    step("with /DELETEDATA its data go", uninstalled(wine, &folder, &["/S", "/DELETEDATA"]));
    step("the data are gone and the books are not", holds(book.is_file() && !data.exists()));
    Ok(tally)
}

fn holds(fact: bool) -> Result {
    if fact { Ok(()) } else { Err(Failure("it is not so".into())) }
}

/// Whether a program ends with this exit code.
fn ends(wine: &Wine, program: &Path, words: &[&str], code: i32) -> Result {
    let status = wine.command(program).args(words).stdin(Stdio::null()).status();
    let status = status.map_err(|error| format!("{}: {error}", program.display()))?;
    if status.code() == Some(code) { Ok(()) } else { Err(format!("it ended with {status}, not {code}").into()) }
}

/// The uninstaller copies itself and goes on in another process; it is done when its folder is gone.
fn uninstalled(wine: &Wine, folder: &Path, words: &[&str]) -> Result {
    ends(wine, &folder.join("uninstall.exe"), words, 0)?;
    let until = Instant::now() + MINUTE;
    while folder.exists() {
        if Instant::now() > until {
            return Err(format!("{} is still there", folder.display()).into());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn gone(wine: &Wine, folder: &Path, uninstall: &str) -> Result {
    let keys =
        [uninstall, r"HKCU\Software\Tianbao", r"HKCU\Software\Classes\.tianbao", r"HKCU\Software\Classes\Tianbao.Book"];
    let left = || keys.into_iter().filter(|key| !wine.registry(key).trim().is_empty()).collect::<Vec<&str>>();
    // The uninstaller removes the keys after its folder.
    let until = Instant::now() + MINUTE;
    while !left().is_empty() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(200));
    }
    let left = left();
    let menu = wine.user().join("AppData/Roaming/Microsoft/Windows/Start Menu/Programs/填报.lnk");
    match left.as_slice() {
        [] if !folder.exists() && !menu.exists() => Ok(()),
        [] => Err("a file stayed".into()),
        keys => Err(format!("{} stayed", keys.join(", ")).into()),
    }
}

/// A command without TIANBAO_HOME keeps its data in the usual folder of the user.
fn makes_data(wine: &Wine, program: &Path, data: &Path) -> Result {
    let new =
        ["new", "--edition", "gaozhi-2024.09", "--school", "4132099999", "--name", "示例", "--period", "2026-2027-1"];
    let mut command = wine.command(program);
    command.args(new).env("TIANBAO_PASSPHRASE", "一个 口令").env_remove("TIANBAO_HOME").current_dir(wine.user());
    run::run(&mut command)?;
    holds(data.is_file())
}

/// While a program of the installation runs, an update ends with code 2 and changes no file.
fn kept_while_running(wine: &Wine, installer: &Path, program: &Path) -> Result {
    let window = program.with_file_name("tianbao-desktop.exe");
    let before = std::fs::read(&window).map_err(|error| format!("{}: {error}", window.display()))?.len();
    // A shorter file in the place of the window shows whether the installer writes before it looks.
    std::fs::write(&window, b"old").map_err(|error| format!("{}: {error}", window.display()))?;
    let data: PathBuf = wine.user().join("Documents/running");
    let mut center = wine.command(program);
    center.args(["center", "--listen", "127.0.0.1:0", "--json", "--data", &wine.path(&data)]);
    let mut center = center.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
    let mut line = String::new();
    if let Some(output) = center.stdout.take() {
        std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line)
            .map_err(|error| error.to_string())?;
    }
    let outcome = ends(wine, installer, &["/S"], 2);
    let kept = std::fs::read(&window).is_ok_and(|bytes| bytes == b"old");
    run::end(&mut center);
    outcome?;
    holds(kept)?;
    ends(wine, installer, &["/S"], 0)?;
    holds(std::fs::metadata(&window).is_ok_and(|facts| facts.len() == before as u64))
}
