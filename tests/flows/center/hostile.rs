//! 64 hostile requests and 400 half-open connections do no harm: a college goes on submitting, the centre keeps its
//! memory, and ends as it is asked to.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use protocol::path;

use super::sender::{client, connection, submit};
use crate::fixture::{Home, Receiver};

/// Connections that send half a request and then nothing.
const HALF_OPEN: usize = 400;

/// The most memory that the centre may take besides what it had, in KiB.
const MOST_KIB: u64 = 100_000;

/// Raw requests that no client of the protocol sends.
fn requests() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    let post = |path: &str, headers: &str, body: &[u8]| {
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
        [head.as_bytes(), body].concat()
    };
    let deep = [b"[".repeat(20_000), b"]".repeat(20_000)].concat();
    let bodies: [&[u8]; 9] = [
        b"",
        b"{}",
        b"null",
        b"\xff\xfe\x00\x01",
        br#"{"cipherText":"' OR 1=1 --"}"#,
        br#"{"cipherText":7,"cipherText":[]}"#,
        b"cipherText=%ff%fe&grant_type=password&username=%00",
        b"grant_type=password&client_id=1&username=../../etc&password=x",
        &deep,
    ];
    for path in [path::AUTHORISE, path::REFRESH, path::SUBMIT, path::RESULTS] {
        all.extend(bodies.iter().map(|body| post(path, "", body)));
        all.push(post(path, "Authorization: x\r\napp_key: y\r\ntimestamps: 9e99\r\nsign: z\r\n", b"{}"));
    }
    // A length that never comes, two lengths, a length that is none, chunks that lie, a body without end.
    let head = |rest: &str| format!("POST {} HTTP/1.1\r\nHost: x\r\n{rest}", path::SUBMIT).into_bytes();
    all.push(head("Content-Length: 99999999999\r\n\r\nabc"));
    all.push(head("Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"));
    all.push(head("Content-Length: -1\r\n\r\n"));
    all.push(head("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc"));
    all.push(head("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"));
    all.push([head("Content-Length: 40000000\r\n\r\n"), vec![b'a'; 3_000_000]].concat());
    all.push(head(&format!("X: {}\r\n\r\n", "y".repeat(200_000))));
    all.push(head(&"X: y\r\n".repeat(5_000)));
    for line in [
        "GET / HTTP/9.9",
        "GET /../../inbox.key HTTP/1.1",
        "GET //inbox.db HTTP/1.1",
        "GET /%2e%2e/inbox.key HTTP/1.1",
        "DELETE /prod-api4 HTTP/1.1",
        "TRACE / HTTP/1.1",
        "CONNECT example.com:443 HTTP/1.1",
        "PRI * HTTP/2.0",
        "\x16\x03\x01\x02",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b",
        "GET \u{0} HTTP/1.1",
        "get / http/1.1",
        "",
        "\r\n\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1",
        "OPTIONS * HTTP/1.1",
    ] {
        all.push(format!("{line}\r\n\r\n").into_bytes());
    }
    all
}

/// Sends a request and reads what comes, until the centre closes or a little while has passed.
fn send(address: &str, request: &[u8]) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
    // The centre may have closed the connection already.
    let _ = stream.write_all(request);
    let _ = stream.read_to_end(&mut Vec::new());
}

/// The memory of a process in KiB; 0 where the system does not tell.
fn memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

#[test]
fn a_college_goes_on_submitting() {
    let home = Home::new();
    let receiver = Receiver::with(&home.path("receiver"), &[]);
    let address = receiver.started["address"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let college = client(connection(&receiver));
    assert!(runtime.block_on(submit(&college, 0..10)));
    let before = memory(receiver.pid());

    let half_open: Vec<TcpStream> = (0..HALF_OPEN)
        .map(|n| {
            let mut stream = TcpStream::connect(&address).unwrap();
            let half = format!("POST {} HTTP/1.1\r\nContent-Length: 1000\r\n", path::SUBMIT);
            stream.write_all(&half.as_bytes()[..half.len() - n % 20]).unwrap();
            stream
        })
        .collect();
    let requests = requests();
    assert!(requests.len() >= 64, "{}", requests.len());
    std::thread::scope(|scope| {
        for part in requests.chunks(requests.len().div_ceil(4)) {
            scope.spawn(|| part.iter().for_each(|request| send(&address, request)));
        }
        // Meanwhile a college submits, on connections that it has and on new ones.
        for n in 1..20 {
            assert!(runtime.block_on(submit(&college, n * 10..n * 10 + 10)), "delivery {n}");
        }
        for n in 20..25 {
            assert!(runtime.block_on(submit(&client(connection(&receiver)), n * 10..n * 10 + 10)), "delivery {n}");
        }
    });
    let more = memory(receiver.pid()).saturating_sub(before);
    assert!(more < MOST_KIB, "{more} KiB more");
    drop(half_open);
    #[cfg(unix)]
    {
        let pid = receiver.pid().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert_eq!(receiver.wait(), Some(0), "it ends as it was asked to");
    }
    let inbox = store::Inbox::beside(&home.path("receiver")).unwrap();
    assert_eq!(inbox.row_count(super::sender::TABLE).unwrap(), 250);
    assert_eq!(inbox.audit_flaw().unwrap(), None);
}
