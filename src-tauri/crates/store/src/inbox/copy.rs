//! Backups of the receiver's database, made while it serves, and bringing one back. A backup is the encrypted file alone;
//! the key stays in its file in the receiver's folder and has to be kept at another place than the backups.

use std::fs;
use std::path::Path;

use standard::file::rename_patiently;

use super::{Inbox, files, keep_key, read_key};
use crate::file::connection::{Purpose, beside, connect, sync_folder};
use crate::{StoreError, read_salt};

impl Inbox {
    /// Writes a whole copy of the database to `path`, which appears complete or not at all. Deliveries go on meanwhile.
    pub fn back_up(&self, path: &Path) -> Result<(), StoreError> {
        let access = |e: std::io::Error| StoreError::opening(path, &e);
        if path.exists() {
            return Err(StoreError::Exists { file: path.display().to_string() });
        }
        let part = beside(path, ".part");
        let _ = fs::remove_file(&part);
        let name = part.to_str().ok_or_else(|| StoreError::NoAccess {
            file: path.display().to_string(),
            reason: "the name is not Unicode".into(),
        })?;
        // A connection of its own, so that deliveries do not wait for the copy.
        let copied = connect(&self.file, &self.key, &read_salt(&self.file)?, Purpose::Write)
            .and_then(|connection| Ok(connection.execute("VACUUM INTO ?1", [name]).map(drop)?));
        let kept = copied.and_then(|()| {
            fs::OpenOptions::new().write(true).open(&part).and_then(|file| file.sync_all()).map_err(access)?;
            rename_patiently(&part, path).map_err(access)
        });
        if kept.is_err() {
            let _ = fs::remove_file(&part);
        }
        kept?;
        sync_folder(path);
        Ok(())
    }

    /// Whether SQLite and the chain of the audit log find the database whole.
    fn is_whole(&self) -> Result<bool, StoreError> {
        let answer: String = self.connection().query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
        Ok(answer == "ok" && self.audit_flaw()?.is_none())
    }
}

/// Makes a receiver's folder of a backup and the file of its key. The folder must not have a database yet. What is not
/// whole is refused, and the folder is left without a database.
pub fn restore(folder: &Path, backup: &Path, key_file: &Path) -> Result<(), StoreError> {
    let access = |e: std::io::Error| StoreError::opening(folder, &e);
    fs::create_dir_all(folder).map_err(access)?;
    let (file, kept_key) = files(folder);
    if file.exists() {
        return Err(StoreError::Exists { file: file.display().to_string() });
    }
    let key = read_key(&key_file.to_owned())?;
    read_salt(backup)?;
    fs::copy(backup, &file).map_err(|e| StoreError::opening(backup, &e))?;
    let opened = keep_key(&kept_key, &key).and_then(|()| Inbox::open(folder, || (key, Default::default())));
    match opened.and_then(|inbox| inbox.is_whole()) {
        Ok(true) => Ok(()),
        other => {
            let _ = fs::remove_file(&file);
            Err(other.err().unwrap_or_else(|| StoreError::Damaged { file: backup.display().to_string() }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{SALT, at, key};
    use crate::inbox::{AuditEvent, ReceivedDelivery, ReceivedRow};
    use standard::Coded;

    fn delivery() -> ReceivedDelivery {
        ReceivedDelivery {
            account: "school".into(),
            table: "ODS_A".into(),
            at: at(1),
            result_at: at(1),
            collected: 1,
            remark: None,
            rows: vec![ReceivedRow { num: 1, key: "k1".into(), payload: "{}".into() }],
            from: "10.0.0.1".into(),
            fingerprint: "00".into(),
        }
    }

    #[test]
    fn a_backup_comes_back_with_everything() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        let backup = folder.path().join("a.backup");
        let inbox = Inbox::open(&first, || (key(), SALT)).unwrap();
        inbox.receive(&delivery()).unwrap();
        inbox.back_up(&backup).unwrap();
        assert_eq!(inbox.back_up(&backup).unwrap_err().code(), "book.exists");
        inbox.note(&[AuditEvent::new(at(2), "login")]).unwrap();
        assert!(!fs::read(&backup).unwrap().starts_with(b"SQLite"));

        restore(&second, &backup, &first.join("inbox.key")).unwrap();
        let back = Inbox::open(&second, || unreachable!("it was restored")).unwrap();
        assert_eq!((back.row_count("ODS_A").unwrap(), back.audit(0, 9).unwrap().len()), (1, 1));
        assert!(restore(&second, &backup, &first.join("inbox.key")).is_err(), "nothing is replaced");

        let third = folder.path().join("third");
        let mut bytes = fs::read(&backup).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&backup, bytes).unwrap();
        assert!(restore(&third, &backup, &first.join("inbox.key")).is_err(), "a damaged one is refused");
        assert!(!third.join("inbox.db").exists());
    }
}
