//! The child process: the same test program, running only [`worker`].

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::json;
use vault::{KeyStore, MemoryKeys, Secret};

use super::action::{self, Action, action};
use crate::fixture::{Clerk, VISITS, env};

/// Name of the environment variable with the task, as JSON.
const TASK: &str = "TIANBAO_CRASH_TASK";
/// The test fails when a child takes longer than this to start or to work.
const PATIENCE: Duration = Duration::from_secs(60);

/// The task of a child: all actions after number `done`.
#[derive(Serialize, Deserialize)]
pub struct Task {
    pub home: PathBuf,
    pub book: PathBuf,
    pub key: Vec<u8>,
    pub seed: u64,
    pub done: u64,
}

/// A running child process; dropping it kills the process.
pub struct Child {
    process: std::process::Child,
    lines: Receiver<String>,
    end: End,
}

/// How far a child got.
#[derive(Clone, Copy)]
pub struct End {
    /// Whether it reported that the book is open.
    pub ready: bool,
    /// Number of the last action that it reported as done.
    pub done: u64,
}

impl Child {
    pub fn start(task: &Task) -> Child {
        Child::run("crash::child::worker", TASK, &serde_json::to_string(task).unwrap(), task.done)
    }

    /// Runs one ignored test as a child, with its task in an environment variable; `done` is the number of the last
    /// action that is done already.
    pub fn run(worker: &str, variable: &str, task: &str, done: u64) -> Child {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", worker, "--ignored", "--nocapture", "--test-threads", "1"])
            .env(variable, task)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let (to, lines) = channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            // A line without an end is not a report.
            while out.read_line(&mut line).is_ok_and(|_| line.ends_with('\n')) {
                if to.send(std::mem::take(&mut line)).is_err() {
                    return;
                }
            }
        });
        Child { process, lines, end: End { ready: false, done } }
    }

    /// Waits until the child reports that the book is open.
    pub fn wait_until_ready(&mut self) {
        let until = Instant::now() + PATIENCE;
        while !self.end.ready {
            let line = self.lines.recv_timeout(until.saturating_duration_since(Instant::now()));
            self.record(&line.expect("the child starts"));
        }
    }

    /// Waits until the child has reported this action.
    pub fn wait_until_done(&mut self, done: u64) {
        let until = Instant::now() + PATIENCE;
        while self.end.done < done {
            let line = self.lines.recv_timeout(until.saturating_duration_since(Instant::now()));
            self.record(&line.expect("the child works"));
        }
    }

    /// Lets the child work for this time.
    pub fn run_for(&mut self, time: Duration) {
        let until = Instant::now() + time;
        loop {
            match self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(line) => self.record(&line),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => panic!("the child ended by itself"),
            }
        }
    }

    /// Kills the child and reads the rest of its reports.
    pub fn kill(mut self) -> End {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        while let Ok(line) = self.lines.recv() {
            self.record(&line);
        }
        self.end
    }

    fn record(&mut self, line: &str) {
        match line.trim_end().split_once(' ') {
            Some(("saved", number)) => self.end.done = number.parse().unwrap(),
            _ if line == "ready\n" => self.end.ready = true,
            // Other lines are output of the test program.
            _ => {}
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Both fail when the child was killed already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
#[ignore = "the child of the test above, which runs it"]
fn worker() {
    let Ok(task) = std::env::var(TASK) else { return };
    let task: Task = serde_json::from_str(&task).unwrap();
    let salt: String = store::read_salt(&task.book).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
    let keys = MemoryKeys::new();
    keys.set(&format!("book/{salt}"), &Secret::new(task.key.clone())).unwrap();
    let clerk = Clerk::new(desk::Env { keys: Arc::new(keys), ..env(&task.home) });
    clerk.call("book.open", json!({ "path": task.book }));
    // The test program has begun a line, so the report begins with a line end.
    report("\nready");
    for number in task.done + 1.. {
        let action = action(task.seed, number);
        match action {
            Action::Edit(_) => edit(&clerk, &action.days()[0], number),
            Action::Import(_) => import(&clerk, &task, &action.days(), number),
            Action::Undo => drop(clerk.call("fill.undo", json!({ "count": 1 }))),
            Action::Submit => {
                clerk.call("submit.send", json!({ "target": { "connection": "中心" } }));
                clerk.call("submit.results", json!({}));
            }
        }
        report(&format!("saved {number}"));
    }
}

/// Prints a line at once; panics, and so ends the child, when the parent does not read any more.
pub fn report(words: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{words}").and_then(|()| out.flush()).expect("the parent listens");
}

fn edit(clerk: &Clerk, day: &str, number: u64) {
    let filter = json!({ "op": "one-of", "column": action::DAY, "values": [day] });
    let view = json!({ "table": VISITS, "filters": [filter] });
    let page = clerk.call("fill.page", json!({ "view": view, "offset": 0, "limit": 1 }));
    let change = match page["rows"].get(0) {
        Some(record) => {
            json!({ "do": "set", "row": record["row"], "column": action::COUNT, "value": number.to_string() })
        }
        None => {
            let values = json!({ action::DAY: day, action::COUNT: number.to_string(), "DZTSFWCS": "1" });
            json!({ "do": "insert", "values": values })
        }
    };
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }));
}

fn import(clerk: &Clerk, task: &Task, days: &[String], number: u64) {
    let file = task.home.join("访问.csv");
    let lines: String = days.iter().map(|day| format!("{day},{number},1\n")).collect();
    std::fs::write(&file, format!("访问日期,电子期刊访问次数,电子图书访问次数\n{lines}")).unwrap();
    let proposal = clerk.call("workbook.preview", json!({ "files": [file], "table": VISITS }));
    clerk.call("workbook.apply", json!({ "proposal": proposal["id"], "conflicts": "theirs" }));
}
