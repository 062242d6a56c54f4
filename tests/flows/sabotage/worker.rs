//! The child process: the same test program, running only [`worker`], which makes the calls that it is told.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use desk::CallError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vault::{KeyStore, MemoryKeys, Secret};

use crate::crash::child::report;
use crate::fixture::{Clerk, env};

/// Name of the environment variable with the task, as JSON.
const TASK: &str = "TIANBAO_SABOTAGE_TASK";
/// The test fails when a call takes longer than this.
const PATIENCE: Duration = Duration::from_secs(120);
/// Begins each line that is an answer; other lines are output of the test program.
const ANSWER: &str = "answer ";

/// Where the child works.
#[derive(Serialize, Deserialize)]
pub struct Task {
    pub home: PathBuf,
    pub book: PathBuf,
    pub key: Vec<u8>,
}

/// What became of a call.
pub type Answer = Result<Value, CallError>;

/// A running child process; dropping it kills the process.
pub struct Worker {
    process: std::process::Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Worker {
    pub fn start(task: &Task) -> Worker {
        let mut process = command()
            .args(["--exact", "sabotage::worker::worker", "--ignored", "--nocapture", "--test-threads", "1"])
            .env(TASK, serde_json::to_string(task).unwrap())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let (to, lines) = channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            // A line without an end is not an answer.
            while out.read_line(&mut line).is_ok_and(|_| line.ends_with('\n')) {
                let line = std::mem::take(&mut line);
                if line.starts_with(ANSWER) && to.send(line).is_err() {
                    return;
                }
            }
        });
        Worker { process, input, lines }
    }

    /// Number of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Makes a call; `None` where the process ended.
    pub fn ask(&mut self, call: &str, request: &Value) -> Option<Answer> {
        self.tell(call, request)?;
        self.lines.recv_timeout(PATIENCE).ok().map(|line| read(&line))
    }

    /// Makes a call and kills the process after this time, or when it has answered.
    pub fn ask_and_kill(mut self, call: &str, request: &Value, after: Duration) -> Option<Answer> {
        self.tell(call, request)?;
        let answer = self.lines.recv_timeout(after).ok();
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        answer.or_else(|| self.lines.recv().ok()).map(|line| read(&line))
    }

    fn tell(&mut self, call: &str, request: &Value) -> Option<()> {
        writeln!(self.input, "{}", serde_json::json!([call, request])).and_then(|()| self.input.flush()).ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Both fail when the child was killed already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read(line: &str) -> Answer {
    let answer: Result<Value, CallError> = serde_json::from_str(line.strip_prefix(ANSWER).unwrap()).unwrap();
    answer
}

/// The test program. On Linux a file that grows beyond its limit is an error and not the end of the process, and an
/// administrator has no more rights than other users.
fn command() -> Command {
    let program = std::env::current_exe().unwrap();
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt;
        let mut command = if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
            let mut command = Command::new("setpriv");
            command.args(["--bounding-set=-dac_override,-dac_read_search", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(program);
        command
    }
    #[cfg(not(target_os = "linux"))]
    Command::new(program)
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
    for line in std::io::stdin().lines() {
        let (call, request): (String, Value) = serde_json::from_str(&line.unwrap()).unwrap();
        let answer = clerk.try_call(&call, request);
        // The test program has begun a line, so the answer begins with a line end.
        report(&format!("\n{ANSWER}{}", serde_json::to_string(&answer).unwrap()));
    }
}
