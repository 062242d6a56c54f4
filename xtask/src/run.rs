//! Runs other programs: with an explanation when they fail, with retries where the network is involved, with a time
//! limit where a test may hang.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Why a command of the project failed, in words for the person who called it.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<T: Into<String>> From<T> for Failure {
    fn from(words: T) -> Self {
        Failure(words.into())
    }
}

pub type Result<T = ()> = std::result::Result<T, Failure>;

/// A command line in the project's root; the first word is the program.
pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(runnable(words[0]));
    command.args(&words[1..]).current_dir(crate::folders::root());
    command
}

/// Cargo, building into the shared folder.
pub fn cargo(words: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(words).current_dir(crate::folders::root()).env("CARGO_TARGET_DIR", crate::folders::target());
    if std::env::var_os("CI").is_some() {
        // What CI builds of the project itself is not built on again: keep the cache folder small.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// On Windows npm and npx are scripts, which need their ending.
fn runnable(program: &str) -> String {
    if cfg!(windows) && matches!(program, "npm" | "npx") { format!("{program}.cmd") } else { program.to_owned() }
}

/// The command line as a person would type it.
pub fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| match word.to_string_lossy() {
            word if word.is_empty() || word.contains([' ', '|', '*']) => format!("'{word}'"),
            word => word.into_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs to the end; what it prints goes to the terminal.
pub fn run(command: &mut Command) -> Result {
    let status = command.stdin(Stdio::null()).status().map_err(|error| format!("{}: {error}", shown(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", shown(command)).into()) }
}

/// Runs to the end and returns what it printed on its standard output.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{}: {error}", shown(command)))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(text)
    } else {
        Err(format!("{} failed ({})\n{text}", shown(command), output.status).into())
    }
}

/// Whether a program can be started and ends without an error.
pub fn answers(words: &[&str]) -> bool {
    command(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// Runs the command up to three times until it succeeds, because networks fail now and then.
pub fn with_retries(make: impl Fn() -> Command) -> Result {
    let mut pause = Duration::from_secs(5);
    for _ in 0..2 {
        match run(&mut make()) {
            Ok(()) => return Ok(()),
            Err(failure) => eprintln!("{failure}; once more in {} s", pause.as_secs()),
        }
        std::thread::sleep(pause);
        pause *= 4;
    }
    run(&mut make())
}

/// What a watched command did.
pub struct Watched {
    pub success: bool,
    pub lines: Vec<String>,
}

/// Runs to the end, shows what it prints as it comes, and keeps it. A command that takes longer than `limit` is ended.
pub fn watch(command: &mut Command, limit: Duration) -> Result<Watched> {
    let words = shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{words}: {error}"))?;
    let (sender, receiver) = mpsc::channel();
    forward(child.stdout.take(), sender.clone());
    forward(child.stderr.take(), sender);
    let deadline = Instant::now() + limit;
    let mut lines = Vec::new();
    loop {
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                println!("{line}");
                lines.push(line);
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                end(&mut child);
                return Err(format!("{words}: ended after {} s without an end of its own", limit.as_secs()).into());
            }
        }
    }
    let status = child.wait().map_err(|error| format!("{words}: {error}"))?;
    Ok(Watched { success: status.success(), lines })
}

fn forward(source: Option<impl Read + Send + 'static>, sender: mpsc::Sender<String>) {
    let Some(source) = source else { return };
    std::thread::spawn(move || {
        let mut reader = BufReader::new(source);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
            line.clear();
            if sender.send(text).is_err() {
                return;
            }
        }
    });
}

/// Ends a program that this one started.
pub fn end(child: &mut Child) {
    // Both fail only when it has ended already.
    let _ = child.kill();
    let _ = child.wait();
}

/// A heading between the parts of a long run.
pub fn heading(words: &str) {
    println!("\n== {words}");
    // A broken pipe shows at the next line anyway.
    let _ = std::io::stdout().flush();
}
