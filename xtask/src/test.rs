//! Every layer of tests: first the quick ones in order, then those of the running program, two at a time. A layer that
//! ran nothing has failed.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::beside;
use crate::built::{self, Built, TestProgram};
use crate::deny;
use crate::display::Display;
use crate::folders;
use crate::package;
use crate::packages;
use crate::run::{self, Failure, Result, answers, cargo, command, heading};
use crate::start;
use crate::tally::Tally;

/// One layer.
struct Layer {
    name: &'static str,
    about: &'static str,
    place: Place,
    run: fn(&mut Shared) -> Result<Tally>,
}

/// What may run at the same time as a layer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing: it builds, or it is over in seconds.
    Alone,
    /// Another of these layers: it runs what is built, and alone it would leave processors idle.
    Beside,
}

use Place::{Alone, Beside};

/// The layers in the order of their table. Of those that run beside each other the longest come first.
const LAYERS: &[Layer] = &[
    Layer { name: "format", about: "cargo fmt --check, and biome for the interface", place: Alone, run: format },
    Layer { name: "lint", about: "biome's rules for the interface, of React's hooks too", place: Alone, run: lint },
    Layer { name: "ui", about: "types, tests and build of the interface", place: Alone, run: ui },
    Layer { name: "clippy", about: "no warning in any crate", place: Alone, run: clippy },
    Layer { name: "deny", about: "licences and sources of libraries", place: Alone, run: deny },
    Layer { name: "tidy", about: "the conventions of the project", place: Alone, run: tidy },
    Layer { name: "browser", about: "the interface in a browser, over the bridge", place: Beside, run: browser },
    Layer { name: "flows", about: "the whole job through desk and command line", place: Beside, run: flows },
    Layer { name: "unit", about: "tests beside the code, property tests among them", place: Beside, run: unit },
    Layer { name: "oracles", about: "against other implementations, in Python", place: Beside, run: oracles },
    Layer { name: "desktop", about: "the real window on a display without a screen", place: Beside, run: desktop },
    Layer { name: "package", about: "the Debian package, from installing to removing", place: Alone, run: package },
    Layer { name: "start", about: "cargo xtask start, in a terminal and on a display", place: Alone, run: starts },
];

/// Test programs of tests/ that are layers of their own; all others there belong to `flows`.
const OWN_LAYERS: &[&str] = &["tidy", "oracles", "desktop", "package"];

/// Layers that need a display without a screen, a driver for the window that comes without an installer, or Debian's
/// tools.
const ON_LINUX: &[&str] = &["desktop", "package", "start"];

const MINUTE: Duration = Duration::from_secs(60);

/// What the layers share: the workspace, which is built once, when the first layer needs it.
#[derive(Default)]
struct Shared {
    built: Option<std::result::Result<Built, String>>,
}

impl Shared {
    fn built(&mut self) -> Result<&Built> {
        let build = || {
            packages::system(packages::BUILD)?;
            packages::system(packages::TEST)?;
            built::interface()?;
            built::workspace(true)
        };
        let built = self.built.get_or_insert_with(|| build().map_err(|failure| failure.0));
        built.as_ref().map_err(|words| Failure(words.clone()))
    }
}

/// `cargo xtask test [--only LAYER]`.
pub fn test(arguments: &[&str]) -> Result<ExitCode> {
    let chosen: Vec<&Layer> = match arguments {
        [] => LAYERS.iter().filter(|layer| cfg!(target_os = "linux") || !ON_LINUX.contains(&layer.name)).collect(),
        [beside::PART, name] => {
            let layer = named(name)?;
            return Ok(beside::say(run_layer(layer, &mut Shared::default())));
        }
        ["--only", names @ ..] if !names.is_empty() => names.iter().map(|name| named(name)).collect::<Result<_>>()?,
        _ => {
            for layer in LAYERS {
                println!("{:10} {}", layer.name, layer.about);
            }
            return Ok(if arguments == ["--list"] { ExitCode::SUCCESS } else { ExitCode::from(2) });
        }
    };
    let mut shared = Shared::default();
    let mut table = Vec::new();
    for layers in chosen.chunk_by(|a, b| a.place == Beside && b.place == Beside) {
        if let [layer] = layers {
            heading(&format!("{}: {}", layer.name, layer.about));
            let begun = Instant::now();
            let tally = run_layer(layer, &mut shared);
            table.push((layer.name, tally, begun.elapsed()));
        } else if let Err(failure) = shared.built() {
            eprintln!("{failure}");
            table.extend(layers.iter().map(|layer| (layer.name, Tally::step(false), Duration::ZERO)));
        } else {
            let titles: Vec<_> = layers.iter().map(|layer| (layer.name, layer.about)).collect();
            table.extend(beside::run(&titles));
        }
    }
    heading("layers");
    let mut sum = Tally::default();
    for (name, tally, time) in table {
        println!("{name:10} {:5} passed {:3} failed {:5} s", tally.passed, tally.failed, time.as_secs());
        sum += tally;
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a layer; its failure is told and counted.
fn run_layer(layer: &Layer, shared: &mut Shared) -> Tally {
    let tally = (layer.run)(shared).unwrap_or_else(|failure| {
        eprintln!("{}: {failure}", layer.name);
        Tally::step(false)
    });
    if tally == Tally::default() {
        eprintln!("{}: no test ran", layer.name);
        return Tally::step(false);
    }
    tally
}

fn named(name: &str) -> Result<&'static Layer> {
    LAYERS.iter().find(|layer| layer.name == name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Failure {
    let names: Vec<_> = LAYERS.iter().map(|layer| layer.name).collect();
    format!("there is no layer {name}; there are {}", names.join(", ")).into()
}

fn format(_: &mut Shared) -> Result<Tally> {
    component("fmt", "rustfmt")?;
    let mut tally = Tally::step(holds(&mut cargo(&["fmt", "--all", "--check"])));
    tally += npm_script("format")?;
    Ok(tally)
}

fn lint(_: &mut Shared) -> Result<Tally> {
    npm_script("lint")
}

/// A script of ui/package.json that either passes or fails.
fn npm_script(name: &str) -> Result<Tally> {
    let ui = folders::at("ui");
    packages::npm(&ui)?;
    Ok(Tally::step(holds(command(&["npm", "run", "--silent", name]).current_dir(&ui))))
}

fn deny(_: &mut Shared) -> Result<Tally> {
    let (passed, failed) = deny::check()?;
    Ok(Tally { passed, failed })
}

fn clippy(_: &mut Shared) -> Result<Tally> {
    packages::system(packages::BUILD)?;
    built::interface()?;
    component("clippy", "clippy")?;
    let mut clippy = cargo(&["clippy", "--quiet", "--workspace", "--bins", "--lib", "--tests", "--benches"]);
    clippy.args(["--", "--deny", "warnings"]);
    Ok(Tally::step(holds(&mut clippy)))
}

/// Rust's own tools, which a minimal installation leaves out.
fn component(command_name: &str, component: &str) -> Result {
    if answers(&["cargo", command_name, "--version"]) {
        return Ok(());
    }
    run::with_retries(|| command(&["rustup", "component", "add", component]))
}

fn ui(_: &mut Shared) -> Result<Tally> {
    let ui = folders::at("ui");
    packages::npm(&ui)?;
    let mut tally = Tally::step(holds(command(&["npx", "tsc", "--noEmit"]).current_dir(&ui)));
    let report = fresh_report("vitest.json")?;
    let mut vitest = command(&["npx", "vitest", "run", "--reporter=default", "--reporter=json"]);
    vitest.arg(format!("--outputFile.json={}", report.display())).current_dir(&ui);
    tally += reported(&mut vitest, 10 * MINUTE, &report, &["/numPassedTests"], &["/numFailedTests"])?;
    tally += Tally::step(built::interface().inspect_err(|failure| eprintln!("{failure}")).is_ok());
    Ok(tally)
}

fn unit(shared: &mut Shared) -> Result<Tally> {
    let whole = folders::at("tests");
    let mut tally = programs(shared, 15 * MINUTE, |test| test.folder != whole)?;
    let watched = run::watch(&mut cargo(&["test", "--quiet", "--workspace", "--doc"]), 10 * MINUTE)?;
    tally += counted(Tally::of_libtest(&watched.lines), watched.success);
    if cfg!(target_os = "linux") {
        tally += odbc()?;
    }
    Ok(tally)
}

/// The feature `odbc` of the crate `source`, which programs for Linux are built without.
fn odbc() -> Result<Tally> {
    packages::system(packages::ODBC)?;
    let words = ["test", "--quiet", "--workspace", "--features", "tianbao-source/odbc", "--test", "odbc"];
    let watched = run::watch(&mut cargo(&words), 10 * MINUTE)?;
    Ok(counted(Tally::of_libtest(&watched.lines), watched.success))
}

fn tidy(shared: &mut Shared) -> Result<Tally> {
    programs(shared, 5 * MINUTE, |test| whole_program(test, "tidy"))
}

fn flows(shared: &mut Shared) -> Result<Tally> {
    let whole = folders::at("tests");
    let others =
        |test: &TestProgram| test.folder == whole && test.kind == "test" && !OWN_LAYERS.contains(&test.name.as_str());
    programs(shared, 25 * MINUTE, others)
}

fn oracles(shared: &mut Shared) -> Result<Tally> {
    let python = packages::python(&folders::at("tests/oracles/requirements.txt"))?;
    let environment = [("TIANBAO_PYTHON", python)];
    programs_with(shared, 10 * MINUTE, &environment, |test| whole_program(test, "oracles"))
}

fn desktop(shared: &mut Shared) -> Result<Tally> {
    let driver = packages::window_driver()?;
    let environment = [("TIANBAO_DRIVER", driver)];
    programs_with(shared, 10 * MINUTE, &environment, |test| whole_program(test, "desktop"))
}

fn package(shared: &mut Shared) -> Result<Tally> {
    let package = package::of_tests(shared.built()?)?;
    let environment = [("TIANBAO_DEB", package)];
    programs_with(shared, 10 * MINUTE, &environment, |test| whole_program(test, "package"))
}

fn browser(shared: &mut Shared) -> Result<Tally> {
    let folder = folders::at("tests/browser");
    packages::npm(&folder)?;
    let browser = packages::browser(&folder)?;
    let report = fresh_report("browser.json")?;
    let built = shared.built()?;
    let mut playwright = command(&["npx", "playwright", "test", "--reporter=list,json"]);
    playwright
        .current_dir(&folder)
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
        .envs(browser.map(|file| ("TIANBAO_BROWSER", file)))
        .env("TIANBAO_BRIDGE", built.program("tianbao-bridge")?)
        .env("TIANBAO_CLI", built.program("tianbao")?)
        .env("TIANBAO_RESULTS", folders::results());
    reported(
        &mut playwright,
        25 * MINUTE,
        &report,
        &["/stats/expected", "/stats/flaky"],
        &["/stats/unexpected", "/stats/skipped"],
    )
}

fn starts(_: &mut Shared) -> Result<Tally> {
    packages::system(packages::TEST)?;
    let mut tally = Tally::step(said("without a display", start::check_in_terminal()));
    tally += Tally::step(said("on a display", Display::open().and_then(|display| start::check_on(&display))));
    Ok(tally)
}

fn said(words: &str, outcome: Result) -> bool {
    match &outcome {
        Ok(()) => println!("start {words}: ok"),
        Err(failure) => eprintln!("start {words}: {failure}"),
    }
    outcome.is_ok()
}

fn whole_program(test: &TestProgram, name: &str) -> bool {
    test.folder == folders::at("tests") && test.kind == "test" && test.name == name
}

/// Runs test programs of the workspace and adds up their results.
fn programs(shared: &mut Shared, limit: Duration, wanted: impl Fn(&TestProgram) -> bool) -> Result<Tally> {
    programs_with(shared, limit, &[], wanted)
}

fn programs_with(
    shared: &mut Shared,
    limit: Duration,
    environment: &[(&str, PathBuf)],
    wanted: impl Fn(&TestProgram) -> bool,
) -> Result<Tally> {
    let built = shared.built()?;
    let mut tally = Tally::default();
    for test in built.tests.iter().filter(|test| wanted(test)) {
        println!("-- {} {}", test.kind, test.name);
        let mut program = Command::new(&test.file);
        program
            .arg("--color=never")
            .current_dir(&test.folder)
            .env("CARGO_MANIFEST_DIR", &test.folder)
            .env("CARGO_TARGET_DIR", folders::target())
            .env("TIANBAO_RESULTS", folders::results())
            .envs(environment.iter().map(|(name, file)| (name, file)));
        match run::watch(&mut program, limit) {
            Ok(watched) => tally += counted(Tally::of_libtest(&watched.lines), watched.success),
            Err(failure) => {
                eprintln!("{failure}");
                tally += Tally::step(false);
            }
        }
    }
    Ok(tally)
}

/// The tally of a test program. One that ended with an error counts as failed even where it names no failed test.
fn counted(said: Tally, success: bool) -> Tally {
    Tally { failed: said.failed.max((!success).into()), ..said }
}

/// Whether a command succeeds; its output goes to the terminal.
fn holds(command: &mut Command) -> bool {
    run::run(command).inspect_err(|failure| eprintln!("{failure}")).is_ok()
}

/// Runs a test runner of Node that leaves a report.
fn reported(command: &mut Command, limit: Duration, report: &Path, passed: &[&str], failed: &[&str]) -> Result<Tally> {
    let watched = run::watch(command, limit)?;
    let text = std::fs::read_to_string(report).map_err(|error| format!("{}: {error}", report.display()))?;
    let tally = Tally::of_report(&text, passed, failed)
        .ok_or_else(|| format!("{}: the numbers are missing", report.display()))?;
    if tally == Tally::default() {
        return Err("no test ran".into());
    }
    Ok(counted(tally, watched.success))
}

/// The path of a report; the report of an earlier run is deleted.
fn fresh_report(name: &str) -> Result<PathBuf> {
    let folder = folders::results();
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let report = folder.join(name);
    match std::fs::remove_file(&report) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: {error}", report.display()).into())
        }
        _ => Ok(report),
    }
}
