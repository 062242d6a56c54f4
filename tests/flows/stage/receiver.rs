//! A receiver in a process of its own: `tianbao center`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use store::Inbox;

/// A running receiver; dropped, it ends.
pub struct Receiver {
    process: Child,
    data: PathBuf,
    /// What it said when it was ready.
    pub started: Value,
}

impl Receiver {
    /// Starts one with its data in `data` and these misdeeds (TOML).
    pub fn start(data: &Path, mischief: &str) -> Receiver {
        std::fs::create_dir_all(data).unwrap();
        let misdeeds = data.join("mischief.toml");
        std::fs::write(&misdeeds, mischief).unwrap();
        let mut process = Command::new(tianbao_tests::program("tianbao"))
            .args(["center", "--listen", "127.0.0.1:0", "--delay", "0", "--data"])
            .args([data.as_os_str(), "--mischief".as_ref(), misdeeds.as_os_str()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let started = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        Receiver { process, data: data.to_owned(), started }
    }

    /// A connection file for it; `more` are further lines.
    pub fn connection(&self, path: &Path, more: &str) {
        let account = &self.started["accounts"][0];
        let lines = [
            ("address", &self.started["address"]),
            ("rsa_public_key", &self.started["rsa_public_key"]),
            ("client_id", &account["client_id"]),
            ("username", &account["username"]),
            ("password", &account["password"]),
        ];
        // A JSON string of these characters is a TOML string, too.
        let lines = lines.map(|(key, value)| format!("{key} = {value}\n")).concat();
        std::fs::write(path, format!("{lines}pause_ms = 0\nfirst_query_after_s = 0\n{more}")).unwrap();
    }

    /// Ends it and opens what it kept.
    pub fn end(mut self) -> Inbox {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        Inbox::open(&self.data, || panic!("the receiver made its folder")).unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
