//! The log of this program: which calls failed and where the program itself failed. It never holds a value.
//!
//! Only constants of the program are written to it: names of calls from the list, codes of errors, causes written in
//! the source, places in the source, times and references. The parameters of an error (a file, a cell, an address) and
//! the message of a panic are left out, because they may hold personal data.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::api::CallError;
use super::env::{Env, rfc3339};

/// Size in bytes at which a log is renamed and a new one begun. One older log is kept.
const LIMIT: u64 = 512 * 1024;

/// The code of a failure of the program itself.
const FAILED: &str = "program.failed";

/// The log file in the data folder.
pub struct Log {
    folder: PathBuf,
    /// Held while a line is written, so that lines of two threads do not mix.
    writing: Mutex<()>,
}

impl Log {
    /// The log below the program's data folder. Its own folder is made with the first entry.
    pub fn new(home: &Path) -> Log {
        Log { folder: home.join("log"), writing: Mutex::default() }
    }

    /// The file that entries go to.
    pub fn file(&self) -> PathBuf {
        self.folder.join("tianbao.log")
    }

    fn older(&self) -> PathBuf {
        self.folder.join("tianbao.old.log")
    }

    /// Enters a call that failed, and returns its error for the caller: `program.failed` with the reference of
    /// the entry, any other error as it is.
    pub fn call_failed(&self, env: &Env, call: &'static str, error: CallError) -> CallError {
        let code = if is_code(&error.code) { error.code.as_str() } else { "-" };
        if error.code != FAILED {
            self.enter((env.now)(), &format!("{call} {code}"));
            return error;
        }
        let mut bytes = [0; 3];
        (env.random)(&mut bytes);
        let reference = hex::encode(bytes);
        let why = error.fault.map(|fault| fault.to_string());
        self.enter((env.now)(), &format!("{call} {code} {reference} {}", why.unwrap_or_default()));
        CallError::new(FAILED).with("reference", reference)
    }

    /// Enters the place of a panic, without its message, which may contain a value.
    pub fn panicked(&self, at: Timestamp, place: Option<&Location<'_>>) {
        let place = place.map_or_else(String::new, |place| format!("{}:{}", place.file(), place.line()));
        self.enter(at, &format!("panic at {place}"));
    }

    fn enter(&self, at: Timestamp, words: &str) {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        // A log that cannot be written (a full disk, a folder without rights) must not fail the call it is about.
        let _ = self.append(&format!("{} {}\n", rfc3339(at), words.trim_end()));
    }

    fn append(&self, line: &str) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let file = self.file();
        if std::fs::metadata(&file).is_ok_and(|file| file.len() + line.len() as u64 > LIMIT) {
            std::fs::rename(&file, self.older())?;
        }
        OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())
    }

    /// The newest entries, the newest last; no more than `most`.
    pub fn newest(&self, most: usize) -> Vec<String> {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let read = |file: PathBuf| File::open(file).and_then(std::io::read_to_string).unwrap_or_default();
        let text = read(self.older()) + &read(self.file());
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(most)..].iter().map(|line| (*line).to_owned()).collect()
    }
}

/// Whether a text has the form of a code, such as `book.wrong-passphrase`.
fn is_code(text: &str) -> bool {
    let letters = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    text.len() <= 60 && text.contains('.') && text.split('.').all(|part| !part.is_empty() && part.chars().all(letters))
}

/// From now on every panic of this process is entered into the log, besides being printed.
pub fn log_panics(env: &Env) {
    let (log, now) = (Log::new(&env.home), env.now.clone());
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        log.panicked(now(), panic.location());
        print(panic);
    }));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const SECRETS: [&str; 3] = ["411381200001011234", "correct horse", "/home/zhang/学生.xlsx"];

    fn env(home: &Path) -> Env {
        Env {
            home: home.to_owned(),
            books: home.join("books"),
            built: Timestamp::UNIX_EPOCH,
            now: Arc::new(|| Timestamp::UNIX_EPOCH),
            random: Arc::new(|bytes| bytes.fill(0xab)),
            keys: Arc::new(vault::MemoryKeys::new()),
            passphrase: Some(SECRETS[1].into()),
            backup_after: std::time::Duration::ZERO,
        }
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("tianbao-log-{name}-{}", std::process::id()));
        // Left there by a run that was ended.
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_fault_gets_a_reference_and_its_cause_stays_in_the_log() {
        let home = folder("fault");
        let (log, env) = (Log::new(&home), env(&home));
        let error = log.call_failed(&env, "fill.edit", CallError::failed("settings are not JSON"));
        assert_eq!(error, CallError::new("program.failed").with("reference", "ababab"));
        let entries = log.newest(10);
        assert_eq!(entries.len(), 1);
        assert!(
            entries[0].starts_with("1970-01-01T08:00:00.000+08:00 fill.edit program.failed ababab settings are not")
        );
        assert!(entries[0].contains("log.rs:"), "{entries:?}");
        std::fs::remove_dir_all(home).unwrap();
    }

    #[test]
    fn no_value_reaches_the_log() {
        let home = folder("values");
        let (log, env) = (Log::new(&home), env(&home));
        for secret in SECRETS {
            let refused = CallError::new("file.unreadable").with("file", secret).with("value", secret);
            assert_eq!(log.call_failed(&env, "workbook.preview", refused.clone()), refused);
            log.call_failed(&env, "fill.edit", CallError::new(secret));
            log.call_failed(&env, "fill.edit", CallError { code: FAILED.into(), ..refused });
        }
        log_panics(&env);
        let panicked = std::thread::spawn(|| panic!("{} is not a number", SECRETS[0])).join();
        assert!(panicked.is_err());
        let text = log.newest(100).join("\n");
        assert!(text.lines().count() >= 10, "{text}");
        assert!(text.contains("panic at ") && text.contains("workbook.preview file.unreadable"), "{text}");
        for secret in SECRETS {
            assert!(!text.contains(secret), "{text}");
        }
        std::fs::remove_dir_all(home).unwrap();
    }

    #[test]
    fn a_log_does_not_grow_for_ever() {
        let home = folder("size");
        let log = Log::new(&home);
        let long = "x".repeat(1000);
        for _ in 0..1200 {
            log.enter(Timestamp::UNIX_EPOCH, &long);
        }
        log.enter(Timestamp::UNIX_EPOCH, "the newest");
        let size = |file: PathBuf| std::fs::metadata(file).unwrap().len();
        assert!(size(log.file()) <= LIMIT && size(log.older()) <= LIMIT);
        let newest = log.newest(600);
        assert_eq!(newest.len(), 600);
        assert!(newest[599].ends_with("the newest"));
        std::fs::remove_dir_all(home).unwrap();
    }

    #[test]
    fn codes_have_a_form() {
        assert!(is_code("book.wrong-passphrase"));
        assert!(!is_code("张三") && !is_code("a b.c") && !is_code("nodot") && !is_code(".x"));
    }
}
