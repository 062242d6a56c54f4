//! Bodies that no client sends: each is refused, and the receiver goes on serving.

use protocol::path;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::stage::{DAY, Stage, TABLE, row};

/// One raw request; status line and body of the reply.
async fn post(stage: &Stage, path: &str, content_type: &str, body: &[u8]) -> (String, String) {
    let host = stage.running.address.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // A receiver that refuses a long body may stop reading it.
    let _ = stream.write_all(body).await;
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply).await;
    let reply = String::from_utf8(reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
    (head.lines().next().unwrap_or_default().to_owned(), body.to_owned())
}

#[tokio::test]
async fn every_body_gets_a_refusal() {
    let stage = Stage::new(|config| config.body_limit = 4096).await;
    let deep = "[".repeat(4000);
    let bodies: [&[u8]; 8] = [
        b"",
        b"{}",
        b"\xff\xfe\x00",
        br#"{"cipherText":7}"#,
        b"cipherText=%ff%fe",
        b"grant_type=password&client_id=1&username=%00&password=",
        deep.as_bytes(),
        &[b'a'; 5000],
    ];
    for path in [path::AUTHORISE, path::REFRESH, path::SUBMIT, path::RESULTS] {
        for body in bodies {
            let (status, reply) = post(&stage, path, "application/x-www-form-urlencoded", body).await;
            assert_eq!(status, "HTTP/1.1 200 OK", "{path}");
            let reply: serde_json::Value = serde_json::from_str(&reply).unwrap();
            let code = reply.get("returnCode").or(reply.get("code")).unwrap();
            assert!(*code != "200" && *code != 200, "{path} {reply}");
        }
    }
    let outcome = stage.client().submit(TABLE, vec![row(TABLE, 1, DAY)]).await;
    assert!(matches!(outcome, submit::SubmissionOutcome::Accepted { .. }), "it serves on: {outcome:?}");
}
