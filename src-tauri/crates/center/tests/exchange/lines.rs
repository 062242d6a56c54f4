//! Encrypted connections, and senders that are slow, many or too busy.

use std::time::Duration;

use center::{Checks, ConnectionLimits, Rates, Refuse, Tls};
use protocol::path;
use standard::Coded;
use submit::SubmissionOutcome;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::stage::{Clock, DAY, Stage, TABLE, client, row};

fn code(outcome: &SubmissionOutcome) -> String {
    match outcome {
        SubmissionOutcome::Accepted { .. } => "accepted".into(),
        SubmissionOutcome::Refused(why) => format!("refused {}", why.code()),
        SubmissionOutcome::NotSent(why) => format!("not sent {}", why.code()),
        other => format!("{other:?}"),
    }
}

async fn submitted(stage: &Stage, change: impl FnOnce(&mut protocol::Connection)) -> String {
    let client = client(stage.connection(change), &Clock::default());
    code(&client.submit(TABLE, vec![row(TABLE, 1, DAY)]).await)
}

#[tokio::test]
async fn a_certificate_of_its_own_is_trusted_by_its_fingerprint_only() {
    let stage = Stage::new(|config| config.tls = Some(Tls::Own { names: vec!["center.example".into()] })).await;
    let fingerprint = stage.running.fingerprint.clone().unwrap();
    assert!(stage.running.address.starts_with("https://"));
    assert_eq!(submitted(&stage, |c| c.options.tls_fingerprint = fingerprint.to_uppercase()).await, "accepted");
    assert_eq!(submitted(&stage, |_| {}).await, "not sent network.tls");
    let wrong = "00".repeat(32);
    assert_eq!(submitted(&stage, |c| c.options.tls_fingerprint = wrong).await, "not sent network.fingerprint");
    // The receiver keeps its certificate.
    let stage = stage.restart().await;
    assert_eq!(stage.running.fingerprint.as_ref(), Some(&fingerprint));
    assert_eq!(submitted(&stage, |c| c.options.tls_fingerprint = fingerprint).await, "accepted");
}

#[tokio::test]
async fn a_certificate_file_is_taken() {
    let own = Stage::new(|config| config.tls = Some(Tls::Own { names: Vec::new() })).await;
    let text = |name: &str| own.running.inbox.setting(name).unwrap().unwrap().as_str().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("a.pem"), folder.path().join("a.key"));
    std::fs::write(&certificate, text("tls_certificate")).unwrap();
    std::fs::write(&key, text("tls_private_key")).unwrap();
    let files = Tls::Files { certificate, key: key.clone() };
    let stage = Stage::new(|config| config.tls = Some(files.clone())).await;
    assert_eq!(stage.running.fingerprint, own.running.fingerprint);
    let fingerprint = stage.running.fingerprint.clone().unwrap();
    assert_eq!(submitted(&stage, |c| c.options.tls_fingerprint = fingerprint).await, "accepted");

    std::fs::write(&key, "no key").unwrap();
    let config = center::Config { tls: Some(files), ..stage.config.clone() };
    let data = folder.path().join("other");
    let refused = center::serve(center::Config { data, ..config }).await.err().unwrap();
    assert_eq!(refused.code(), "center.certificate");
}

#[tokio::test]
async fn slow_heads_and_slow_handshakes_end() {
    for tls in [None, Some(Tls::Own { names: Vec::new() })] {
        let head = Duration::from_millis(300);
        let stage = Stage::new(|config| {
            config.tls = tls.clone();
            config.connections = ConnectionLimits { head, ..ConnectionLimits::default() };
        })
        .await;
        let host = stage.running.address.split("//").last().unwrap();
        let mut slow = TcpStream::connect(host).await.unwrap();
        slow.write_all(b"POST / HTTP/1.1\r\nHost: x\r\n").await.unwrap();
        let mut bytes = Vec::new();
        // Either nothing or a refusal comes, and then the end.
        drop(tokio::time::timeout(Duration::from_secs(10), slow.read_to_end(&mut bytes)).await.unwrap());
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_take_the_places_of_idle_ones() {
    let limits = ConnectionLimits { most: 20, most_of_one: 10, ..ConnectionLimits::default() };
    let stage = Stage::new(|config| config.connections = limits).await;
    let host = stage.running.address.strip_prefix("http://").unwrap().to_owned();
    let mut idle = Vec::new();
    for _ in 0..30 {
        let mut stream = TcpStream::connect(&host).await.unwrap();
        stream.write_all(b"POST ").await.unwrap();
        idle.push(stream);
    }
    let client = stage.client();
    for n in 0..3 {
        assert_eq!(code(&client.submit(TABLE, vec![row(TABLE, n, DAY)]).await), "accepted");
    }
    drop(idle);
}

#[tokio::test]
async fn more_requests_than_allowed_are_refused() {
    let rates = Rates { at_once: 6.0, per_second: 0.001 };
    let stage = Stage::new(|config| config.rates = Some(rates)).await;
    let client = stage.client();
    let mut outcomes = Vec::new();
    for n in 0..7 {
        outcomes.push(code(&client.submit(TABLE, vec![row(TABLE, n, DAY)]).await));
    }
    assert_eq!(outcomes[..6], ["accepted"; 6]);
    assert_eq!(outcomes[6], "refused submit.refused", "the seventh has to wait");
    assert_eq!(stage.running.inbox.row_count(TABLE).unwrap(), 6);
}

#[tokio::test]
async fn logins_and_refusals_stand_in_the_audit_log() {
    let stage = Stage::new(|_| {}).await;
    assert_eq!(submitted(&stage, |_| {}).await, "accepted");
    assert_ne!(submitted(&stage, |c| c.password = "wrong".into()).await, "accepted");
    let inbox = stage.running.inbox.clone();
    stage.running.shutdown().await;
    let lines = inbox.audit(0, 100).unwrap();
    let events: Vec<serde_json::Value> = lines.iter().map(|l| serde_json::from_str(&l.line).unwrap()).collect();
    let has = |what: &str, done: bool| events.iter().any(|event| event["what"] == what && event["done"] == done);
    assert!(has("login", true) && has("login", false) && has("received", true), "{events:?}");
    assert_eq!(inbox.audit_flaw().unwrap(), None);
    assert!(lines.iter().all(|line| !line.line.contains("wrong") && line.line.contains("127.0.0.1")));
    assert!(path::AUTHORISE.ends_with("oauth"));
}

#[tokio::test]
async fn the_college_chooses_the_checks() {
    let stage = Stage::new(|_| {}).await;
    let client = stage.client();
    // A day in the future: no format is wrong, but a rule of the edition says so.
    let rows = || vec![row(TABLE, 1, "20991231")];
    assert_eq!(code(&client.submit(TABLE, rows()).await), "accepted");
    assert_eq!(stage.running.inbox.row_count(TABLE).unwrap(), 1, "the default looks at cells only");
    let checks = Checks { rules: true, refuse: Refuse::Confirm, without: Vec::new() };
    stage.running.inbox.set_setting("checks", &serde_json::to_value(&checks).unwrap()).unwrap();
    assert_eq!(code(&client.submit(TABLE, vec![row(TABLE, 2, "20991231"), row(TABLE, 3, DAY)]).await), "accepted");
    assert_eq!(stage.stored(TABLE, &crate::stage::key(2)), 0);
    assert_eq!(stage.stored(TABLE, &crate::stage::key(3)), 1);
}
