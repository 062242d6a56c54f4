//! Runs the Python programs of this folder with an interpreter that has the packages of requirements.txt.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use serde_json::Value;

/// A command that runs a program of this folder.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(&*INTERPRETER);
    command.arg("-B").arg(folder().join(name)).env("PYTHONIOENCODING", "utf-8").env("PYTHONUTF8", "1");
    command
}

/// Runs a program with a JSON document on standard input; gives the JSON document that it prints.
pub fn ask(name: &str, question: &Value) -> Value {
    let mut child =
        program(name).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("Python runs");
    child.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn folder() -> PathBuf {
    tianbao_tests::root().join("tests/oracles")
}

static INTERPRETER: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::var_os("TIANBAO_PYTHON").map_or_else(environment, PathBuf::from));

/// Path of the interpreter in a virtual environment in the target folder, which is made again when requirements.txt
/// changed.
fn environment() -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("oracles");
    let wanted = std::fs::read_to_string(folder().join("requirements.txt")).unwrap();
    let interpreter = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = home.join("requirements.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return interpreter;
    }
    let base = if cfg!(windows) { "python" } else { "python3" };
    run(Command::new(base).args(["-m", "venv", "--clear"]).arg(&home));
    run(Command::new(&interpreter)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(folder().join("requirements.txt")));
    std::fs::write(stamp, wanted).unwrap();
    interpreter
}

fn run(command: &mut Command) {
    let status = command.status().expect("Python 3 with venv is installed");
    assert!(status.success(), "{command:?} failed");
}
