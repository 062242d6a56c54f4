//! The main job of a clerk in the terminal, with the program's own command line: the sample college, a mistake that the
//! check finds and that is corrected, a receiver in another process, submission and results. Every step prints what it
//! ran and the result, and the walk ends at the first step that failed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::run::{self, Result};

/// The people of the sample college are invented, so its passphrase is public.
const PASSPHRASE: &str = "示例口令";
const TABLE: &str = "ODS_SXJCSJ";

/// Walks from a new book to the receipt, in a folder that is deleted at the end.
pub fn walk(program: &Path) -> Result {
    let home = Home::new()?;
    walk_in(&home.0, &|| Command::new(program), &|path| path.display().to_string())
}

/// The same in a folder that stays. `program` gives the command line program to run, `name` a path as it reads it.
pub fn walk_in(home: &Path, program: &dyn Fn() -> Command, name: &dyn Fn(&Path) -> String) -> Result {
    let clerk = Clerk { program, home, name };
    let text = name;

    let new = ["new", "--edition", "gaozhi-2024.09", "--school", "4132099999", "--name", "示例职业技术学院"];
    let book = clerk.does(
        "a new book with the sample college",
        &[&new[..], &["--period", "2026-2027-1", "--sample"]].concat(),
        0,
    )?;
    expect(&book, "/tables", |tables| tables == 98)?;

    let status = clerk.does("what stands in it", &["status"], 0)?;
    expect(&status, "/tables", |tables| tables.as_array().is_some_and(|tables| !tables.is_empty()))?;

    let template = home.join("实习.xlsx");
    clerk.does("a template for Excel", &["template", TABLE, "-o", &text(&template)], 0)?;
    if !template.is_file() {
        return Err("the template was not written".into());
    }

    let rows = clerk.does("the first record", &["rows", TABLE, "--limit", "1"], 0)?;
    let row = value(&rows, "/rows/0/_row")?.to_string();
    let right = value(&rows, "/rows/0/SXKSRQ")?.as_str().unwrap_or_default().to_owned();

    clerk.does("a mistake: a day that no calendar has", &["set", TABLE, &row, "SXKSRQ=20260231"], 1)?;
    let found = clerk.does("the check finds it", &["check", TABLE], 1)?;
    expect(&found, "/counts/mandatory", |count| count == 1)?;
    clerk.does("mended", &["set", TABLE, &row, &format!("SXKSRQ={right}")], 0)?;
    let found = clerk.does("the check finds nothing", &["check", TABLE], 0)?;
    expect(&found, "/counts/mandatory", |count| count == 0)?;

    let center = Center::start(&clerk)?;
    let connection = home.join("centre.toml");
    std::fs::write(&connection, center.connection()?).map_err(|error| format!("{}: {error}", connection.display()))?;
    clerk.does("the connection to it", &["connection", "add", "校级中心", "--file", &text(&connection)], 0)?;
    let sent = clerk.does("submitted", &["submit", TABLE, "--connection", "校级中心"], 0)?;
    expect(&sent, "/batches/0/rows", |rows| rows.as_u64().is_some_and(|rows| rows > 0))?;
    let results = clerk.does("the results", &["results", "--wait", "60"], 0)?;
    expect(&results, "/batches/0/state", |state| state == "stored")?;
    let again = clerk.does("a second submission sends nothing", &["submit", TABLE, "--connection", "校级中心"], 0)?;
    expect(&again, "/batches", |batches| batches.as_array().is_some_and(Vec::is_empty))?;
    let status = clerk.does("what stands in the book now", &["status"], 0)?;
    expect(&status, "/today/stored", |stored| stored.as_u64().is_some_and(|stored| stored > 0))?;
    drop(center);
    println!("\nThe main job is done: from a new book to the receipt.");
    Ok(())
}

/// A folder for this walk, deleted at its end.
struct Home(PathBuf);

impl Home {
    fn new() -> Result<Home> {
        let home = std::env::temp_dir().join(format!("tianbao-walk-{}", std::process::id()));
        std::fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
        Ok(Home(home))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Files that cannot be removed are in a temporary folder, which the system clears.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Clerk<'a> {
    program: &'a dyn Fn() -> Command,
    home: &'a Path,
    name: &'a dyn Fn(&Path) -> String,
}

impl Clerk<'_> {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = (self.program)();
        command
            .args(words)
            .arg("--json")
            .current_dir(self.home)
            .env("TIANBAO_HOME", (self.name)(self.home))
            .env("TIANBAO_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::null());
        command
    }

    /// Runs one command and prints it and its outcome; fails when the exit code is not `code`.
    fn does(&self, what: &str, words: &[&str], code: i32) -> Result<Value> {
        println!("\n-- {what}\n$ tianbao {}", words.join(" "));
        let output =
            self.command(words).stderr(Stdio::inherit()).output().map_err(|error| format!("tianbao: {error}"))?;
        let answer = String::from_utf8_lossy(&output.stdout);
        println!("{}", brief(&answer));
        if output.status.code() != Some(code) {
            return Err(format!("exit code {code} was expected, it ended with {}", output.status).into());
        }
        serde_json::from_str(&answer).map_err(|error| format!("not JSON: {error}").into())
    }
}

/// The first lines of an answer, indented.
fn brief(answer: &str) -> String {
    const LINES: usize = 12;
    const WIDTH: usize = 160;
    let mut lines: Vec<String> = answer
        .lines()
        .take(LINES)
        .map(|line| match line.char_indices().nth(WIDTH) {
            Some((end, _)) => format!("  {} …", &line[..end]),
            None => format!("  {line}"),
        })
        .collect();
    if answer.lines().count() > LINES {
        lines.push("  …".into());
    }
    lines.join("\n")
}

fn value<'a>(answer: &'a Value, at: &str) -> Result<&'a Value> {
    answer.pointer(at).ok_or_else(|| format!("the answer has no {at}").into())
}

fn expect(answer: &Value, at: &str, holds: impl Fn(&Value) -> bool) -> Result {
    let found = value(answer, at)?;
    if holds(found) { Ok(()) } else { Err(format!("not what was expected: {at} is {found}").into()) }
}

/// A receiver in another process.
struct Center {
    process: Child,
    hello: Value,
}

impl Center {
    fn start(clerk: &Clerk<'_>) -> Result<Center> {
        let data = (clerk.name)(&clerk.home.join("centre"));
        let words = ["center", "--data", &data, "--listen", "127.0.0.1:0", "--delay", "0"];
        println!("\n-- the school's centre, in a process of its own\n$ tianbao {}", words.join(" "));
        let mut process =
            clerk.command(&words).stdout(Stdio::piped()).spawn().map_err(|error| format!("tianbao: {error}"))?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(|error| format!("centre: {error}"))?;
        }
        let center = Center { process, hello: serde_json::from_str(&line).unwrap_or_default() };
        println!("  it listens at {}", value(&center.hello, "/address")?);
        Ok(center)
    }

    /// The connection file for it.
    fn connection(&self) -> Result<String> {
        let quoted = |at: &str| value(&self.hello, at).map(Value::to_string);
        Ok(format!(
            "address = {}\nauthorise = \"rsa\"\nclient_id = {}\nusername = {}\npassword = {}\nrsa_public_key = \"fetch\"\n\
             pause_ms = 0\nfirst_query_after_s = 0\n",
            quoted("/address")?,
            quoted("/accounts/0/client_id")?,
            quoted("/accounts/0/username")?,
            quoted("/accounts/0/password")?,
        ))
    }
}

impl Drop for Center {
    fn drop(&mut self) {
        run::end(&mut self.process);
    }
}
