//! What an administrator does with a centre that is serving: checks, audit, backup and restore.

use serde_json::json;

use super::sender::{TABLE, client, connection, submit};
use crate::fixture::{Home, Receiver};

#[test]
fn a_backup_of_a_serving_centre_comes_back() {
    let home = Home::new();
    let receiver = Receiver::with(&home.path("receiver"), &["--tls"]);
    assert_eq!(receiver.started["fingerprint"].as_str().unwrap().len(), 64);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let college = client(connection(&receiver));
    assert!(runtime.block_on(submit(&college, 0..10)));

    let checks = home.json(0, &["center", "checks", "--data", "receiver", "--rules", "on", "--without", "a.b"]);
    assert_eq!(checks, json!({ "rules": true, "refuse": "mandatory", "without": ["a.b"] }));
    home.json(0, &["center", "backup", "--data", "receiver", "-o", "centre.backup"]);
    assert!(runtime.block_on(submit(&college, 10..20)), "it serves on");
    home.json(2, &["center", "backup", "--data", "receiver", "-o", "centre.backup"]);
    let audit = home.json(0, &["center", "audit", "--data", "receiver"]);
    assert_eq!(audit["flaw"], json!(null));
    let text = audit.to_string();
    for what in ["received", "checks", "backup"] {
        assert!(text.contains(what), "{what}: {text}");
    }
    receiver.kill();

    let from = ["center", "restore", "--data", "again", "--from", "centre.backup", "--key", "receiver/inbox.key"];
    home.json(0, &from);
    home.json(2, &from);
    let inbox = store::Inbox::beside(&home.path("again")).unwrap();
    assert_eq!(inbox.row_count(TABLE).unwrap(), 10, "what was there when the backup was made");
    assert_eq!(home.json(0, &["center", "checks", "--data", "again"])["rules"], true);
    // The restored one serves with its own certificate and account.
    let receiver = Receiver::with(&home.path("again"), &["--tls"]);
    assert!(runtime.block_on(submit(&client(connection(&receiver)), 20..30)));
}
