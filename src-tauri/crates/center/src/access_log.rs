//! Who logged in and who was refused: one line each in the receiver's folder, with the time, the address, the path, the
//! code and the account. It has no password, no token and no row.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use protocol::time::millis_text;
use protocol::words::clean_code;

/// A log file of this size is renamed and a new one begun; two files are kept.
const MOST_BYTES: u64 = 8 << 20;

/// The log of one receiver.
pub(crate) struct AccessLog {
    file: Mutex<PathBuf>,
}

impl AccessLog {
    /// The log in this folder.
    pub fn new(folder: &Path) -> AccessLog {
        AccessLog { file: Mutex::new(folder.join("access.log")) }
    }

    /// Adds a line. An error is ignored, because the receiver must not stop when the disk is full.
    pub fn note(&self, at: Timestamp, peer: IpAddr, path: &str, code: u32, account: &str) {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if fs::metadata(&*file).is_ok_and(|data| data.len() >= MOST_BYTES) {
            drop(fs::rename(&*file, file.with_extension("log.old")));
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let account = clean_code(account).replace(char::is_whitespace, "_");
        let line =
            format!("{} {peer} {name} {code} {}\n", millis_text(at), if account.is_empty() { "-" } else { &account });
        let opened = OpenOptions::new().create(true).append(true).open(&*file);
        drop(opened.and_then(|mut file| file.write_all(line.as_bytes())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_and_hold_one_line_each() {
        let folder = tempfile::tempdir().unwrap();
        let log = AccessLog::new(folder.path());
        let at = Timestamp::from_second(1_795_678_377).unwrap();
        log.note(at, [10, 0, 0, 1].into(), "/a/oauth", 401, "u\n2026 forged");
        log.note(at, [10, 0, 0, 1].into(), "/a/saveInterfaceData", 403, "");
        let text = fs::read_to_string(folder.path().join("access.log")).unwrap();
        let expect = "2026-11-26T15:32:57.000 10.0.0.1 oauth 401 u_2026_forged\n\
                      2026-11-26T15:32:57.000 10.0.0.1 saveInterfaceData 403 -\n";
        assert_eq!(text, expect);
    }
}
