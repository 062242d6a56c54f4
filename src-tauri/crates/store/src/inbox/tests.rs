//! The database of the receiver: its key, accounts, deliveries and results.

use super::*;

#[test]
fn a_folder_whose_key_is_kept_elsewhere_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let fill = |inbox: &Inbox| inbox.set_setting("x", &Value::from("张三")).unwrap();
    let key = BookKey::new([7; 32]);
    fill(&Inbox::open_with(folder.path(), &key, || SALT).unwrap());
    assert!(!folder.path().join("inbox.key").exists());
    let bytes = fs::read(folder.path().join("inbox.db")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("张三"));
    let kept = Inbox::open_with(folder.path(), &key, || panic!("it is there")).unwrap();
    assert_eq!(kept.setting("x").unwrap(), Some(Value::from("张三")));
    drop(kept);
    let other = Inbox::open_with(folder.path(), &BookKey::new([8; 32]), || SALT).unwrap();
    assert_eq!(other.setting("x").unwrap(), None);
}
use crate::fixture::{SALT, at, key};
use serde_json::json;
use standard::Coded;

fn open(folder: &Path) -> Result<Inbox, StoreError> {
    Inbox::open(folder, || (key(), SALT))
}

fn call(table: &str, seconds: i64, keys: &[&str]) -> ReceivedDelivery {
    let row = |key: &&str| ReceivedRow { num: 1, key: key.to_string(), payload: format!("{{\"at\":{seconds}}}") };
    ReceivedDelivery {
        account: "school".into(),
        table: table.into(),
        at: at(seconds),
        result_at: at(seconds + 10),
        collected: keys.len() as u64 + 1,
        remark: Some("[]".into()),
        rows: keys.iter().map(row).collect(),
        from: "10.0.0.1".into(),
        fingerprint: "00".into(),
    }
}

#[test]
fn rows_are_stored_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = open(folder.path()).unwrap();
    assert_eq!(inbox.receive(&call("ODS_A", 1, &["k1", "k2"])).unwrap(), 1);
    assert_eq!(inbox.receive(&call("ODS_A", 2, &["k2", "k3"])).unwrap(), 2);
    inbox.receive(&call("ODS_B", 3, &["k1"])).unwrap();
    assert_eq!((inbox.row_count("ODS_A").unwrap(), inbox.row_count("ODS_B").unwrap()), (3, 1));
    assert_eq!(inbox.row("ODS_A", "k2").unwrap(), Some(("{\"at\":2}".into(), 2)));
    assert_eq!(inbox.row("ODS_A", "k9").unwrap(), None);
}

#[test]
fn results_are_told_when_it_is_time_and_to_whom_they_belong() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = open(folder.path()).unwrap();
    inbox.receive(&call("ODS_SXJCSJ", 1, &["k1"])).unwrap();
    inbox.receive(&call("ODS_XXJBSJ", 2, &["k1"])).unwrap();
    inbox.receive(&call("ODS_SXJCSJ", 3, &["k1"])).unwrap();
    inbox.receive(&ReceivedDelivery { account: "other".into(), ..call("ODS_SXJCSJ", 4, &["k1"]) }).unwrap();
    let ask = || ResultQuery {
        account: "school".into(),
        from: at(0),
        to: at(100),
        table: String::new(),
        now: at(100),
        offset: 0,
        limit: 10,
    };
    let check = |query: ResultQuery, total: u64, expect: &[i64]| {
        let (all, results) = inbox.results(&query).unwrap();
        assert_eq!((all, results.iter().map(|r| r.id).collect::<Vec<_>>()), (total, expect.to_vec()));
    };
    check(ask(), 3, &[1, 2, 3]);
    check(ResultQuery { table: "SXJC".into(), ..ask() }, 2, &[1, 3]);
    check(ResultQuery { from: at(2), to: at(2), ..ask() }, 1, &[2]);
    check(ResultQuery { now: at(12), ..ask() }, 2, &[1, 2]);
    check(ResultQuery { offset: 1, limit: 1, ..ask() }, 3, &[2]);
    let (_, results) = inbox.results(&ask()).unwrap();
    assert_eq!((results[0].collected, results[0].stored, results[0].remark.as_deref()), (2, 1, Some("[]")));
}

#[test]
fn everything_outlives_the_receiver() {
    let folder = tempfile::tempdir().unwrap();
    let account = Account {
        client_id: "1".into(),
        username: "school".into(),
        password: "p@ss".into(),
        app_key: "12345678".into(),
    };
    let inbox = open(folder.path()).unwrap();
    inbox.set_account(&Account { password: "old".into(), ..account.clone() }).unwrap();
    inbox.set_account(&account).unwrap();
    inbox.set_setting("rsa", &json!("MIIB")).unwrap();
    inbox.receive(&call("ODS_A", 1, &["k1"])).unwrap();
    assert_eq!(open(folder.path()).unwrap_err().code(), "book.in-use");
    drop(inbox);
    let inbox = Inbox::open(folder.path(), || unreachable!("the folder has its key")).unwrap();
    assert_eq!(inbox.accounts().unwrap(), std::slice::from_ref(&account));
    assert_eq!(inbox.setting("rsa").unwrap(), Some(json!("MIIB")));
    assert_eq!(inbox.row_count("ODS_A").unwrap(), 1);
    assert!(!format!("{account:?}").contains("p@ss"));
}

#[test]
fn a_receiver_that_died_while_it_was_made_starts_anew() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("inbox.key"), "half").unwrap();
    fs::write(folder.path().join("inbox.db.new"), "half made").unwrap();
    fs::write(folder.path().join("inbox.db.new-wal"), "half made").unwrap();
    open(folder.path()).unwrap().receive(&call("ODS_A", 1, &["k1"])).unwrap();
    assert_eq!(open(folder.path()).unwrap().row_count("ODS_A").unwrap(), 1);
}

#[test]
fn a_database_without_its_key_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    fs::remove_file(folder.path().join("inbox.key")).unwrap();
    assert_eq!(open(folder.path()).unwrap_err().code(), "book.wrong-key");
    assert!(!fs::read(folder.path().join("inbox.db")).unwrap().starts_with(b"SQLite"));
}
