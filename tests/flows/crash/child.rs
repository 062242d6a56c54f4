//! The child: this test program once more, running nothing but [`worker`].

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::json;
use vault::{KeyStore, MemoryKeys, Secret};

use super::work::{self, Work, work};
use crate::stage::{Clerk, VISITS, env};

/// The environment variable with the task.
const TASK: &str = "TIANBAO_CRASH_TASK";
/// A child starts within this time, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a child is to do: everything after what is done.
#[derive(Serialize, Deserialize)]
pub struct Task {
    pub home: PathBuf,
    pub book: PathBuf,
    pub key: Vec<u8>,
    pub seed: u64,
    pub done: u64,
}

/// A running child. Dropped, it is killed.
pub struct Child {
    process: std::process::Child,
    lines: Receiver<String>,
    end: End,
}

/// How far a child came.
#[derive(Clone, Copy)]
pub struct End {
    /// Whether it had opened the book.
    pub ready: bool,
    /// The last thing that it reported as done.
    pub done: u64,
}

impl Child {
    pub fn start(task: &Task) -> Child {
        Child::run("crash::child::worker", TASK, &serde_json::to_string(task).unwrap(), task.done)
    }

    /// Runs one ignored test as a child, with its task in an environment variable; `done` is what is done already.
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
            // Half a line is no report.
            while out.read_line(&mut line).is_ok_and(|_| line.ends_with('\n')) {
                if to.send(std::mem::take(&mut line)).is_err() {
                    return;
                }
            }
        });
        Child { process, lines, end: End { ready: false, done } }
    }

    /// Waits until it works.
    pub fn wait_until_ready(&mut self) {
        let until = Instant::now() + PATIENCE;
        while !self.end.ready {
            let line = self.lines.recv_timeout(until.saturating_duration_since(Instant::now()));
            self.hear(&line.expect("the child starts"));
        }
    }

    /// Waits until it has done so much.
    pub fn wait_until_done(&mut self, done: u64) {
        let until = Instant::now() + PATIENCE;
        while self.end.done < done {
            let line = self.lines.recv_timeout(until.saturating_duration_since(Instant::now()));
            self.hear(&line.expect("the child works"));
        }
    }

    /// Lets it work for a time.
    pub fn listen(&mut self, time: Duration) {
        let until = Instant::now() + time;
        loop {
            match self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(line) => self.hear(&line),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => panic!("the child ended by itself"),
            }
        }
    }

    /// Kills it and hears what it had said.
    pub fn kill(mut self) -> End {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        while let Ok(line) = self.lines.recv() {
            self.hear(&line);
        }
        self.end
    }

    fn hear(&mut self, line: &str) {
        match line.trim_end().split_once(' ') {
            Some(("saved", number)) => self.end.done = number.parse().unwrap(),
            _ if line == "ready\n" => self.end.ready = true,
            // What the test program says of itself.
            _ => {}
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It is killed already where all went well.
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
    // The test program has begun a line of its own.
    report("\nready");
    for number in task.done + 1.. {
        let work = work(task.seed, number);
        match work {
            Work::Edit(_) => edit(&clerk, &work.days()[0], number),
            Work::Import(_) => import(&clerk, &task, &work.days(), number),
            Work::Undo => drop(clerk.call("fill.undo", json!({ "count": 1 }))),
            Work::Submit => {
                clerk.call("submit.send", json!({ "target": { "connection": "中心" } }));
                clerk.call("submit.results", json!({}));
            }
        }
        report(&format!("saved {number}"));
    }
}

/// Says it at once; ends where nobody listens any more.
pub fn report(words: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{words}").and_then(|()| out.flush()).expect("the parent listens");
}

fn edit(clerk: &Clerk, day: &str, number: u64) {
    let filter = json!({ "op": "one-of", "column": work::DAY, "values": [day] });
    let view = json!({ "table": VISITS, "filters": [filter] });
    let page = clerk.call("fill.page", json!({ "view": view, "offset": 0, "limit": 1 }));
    let change = match page["rows"].get(0) {
        Some(record) => {
            json!({ "do": "set", "row": record["row"], "column": work::COUNT, "value": number.to_string() })
        }
        None => {
            let values = json!({ work::DAY: day, work::COUNT: number.to_string(), "DZTSFWCS": "1" });
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
