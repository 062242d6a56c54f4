//! The program as a shell runs it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The passphrase of every book.
pub const PASSPHRASE: &str = "一个 口令";

/// A folder with everything of one PC in it.
pub struct Home {
    folder: TempDir,
}

/// What a run of the program said.
#[derive(Debug)]
pub struct Said {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Home {
    /// A new PC.
    pub fn new() -> Home {
        Home { folder: tempfile::tempdir().unwrap() }
    }

    /// The folder of the program's own files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file of this PC.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The same as text, for an argument.
    pub fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// The program with these arguments, ready to run here.
    pub fn command<Word: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = Word>) -> Command {
        let mut command = Command::new(tianbao_tests::program("tianbao"));
        command.args(words).env("TIANBAO_HOME", self.folder()).env("TIANBAO_PASSPHRASE", PASSPHRASE);
        command.current_dir(self.folder()).stdin(Stdio::null());
        command
    }

    /// Runs the program.
    pub fn run<Word: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = Word>) -> Said {
        self.command(words).output().unwrap().into()
    }

    /// Runs the program where no file may grow beyond a size: to the program that is a disk without room. The size (72
    /// blocks of 512 bytes, or of 1,024 in some shells) lets a book be opened.
    #[cfg(unix)]
    pub fn cramped(&self, words: &[&str]) -> Said {
        let program = self.command(words);
        let mut shell = Command::new("sh");
        // Ignored, the signal becomes a failed write, as on a disk that is full.
        shell.args(["-c", "trap '' XFSZ; ulimit -f 72; exec \"$0\" \"$@\""]);
        shell.arg(program.get_program()).args(program.get_args()).current_dir(self.folder());
        shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.output().unwrap().into()
    }

    /// Runs the program with `--json`, expects this exit code and reads the document.
    #[track_caller]
    pub fn json(&self, code: i32, words: &[&str]) -> Value {
        let said = self.run(words.iter().chain([&"--json"]));
        assert_eq!(said.code, code, "{words:?}: {said:?}");
        said.document()
    }

    /// An empty book of the sample college's school.
    #[track_caller]
    pub fn new_book(&self) -> Value {
        let new = [
            "new",
            "--edition",
            super::EDITION,
            "--school",
            super::SCHOOL,
            "--name",
            "示例",
            "--period",
            super::PERIOD,
        ];
        self.json(0, &new)
    }
}

impl Said {
    /// The one JSON document on stdout.
    #[track_caller]
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        Said {
            // A run that a signal ended has no code.
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
