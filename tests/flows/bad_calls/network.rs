//! A dead network, and receivers that answer anything but what was agreed.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use super::{OTHER_SIDE, Stage, UNUSABLE};
use crate::stage::{Receiver, VISITS};

/// A connection of the book to this address, with an encrypted login or a plain one.
fn connect(stage: &Stage, name: &str, address: &str, more: &str) {
    let file = format!(
        "address = {address:?}\nclient_id = \"1\"\nusername = \"u\"\npassword = \"p\"\nauthorise = \"plain\"\n\
         connect_timeout_s = 5\ncall_timeout_s = 10\npause_ms = 0\n{more}"
    );
    std::fs::write(stage.home.path("连接.toml"), file).unwrap();
    stage.home.json(0, &["connection", "add", name, "--file", "连接.toml"]);
}

/// Both a test of the connection and a submission fail as the other side's. What was frozen waits.
#[track_caller]
fn fails(stage: &Stage, name: &str, says: &[&str]) {
    for words in [&["connection", "test", name][..], &["submit", "--connection", name]] {
        let said = stage.home.run(words);
        assert_eq!(said.code, OTHER_SIDE, "{words:?}: {said:?}");
        for word in says {
            assert!(said.err.contains(word), "{words:?}: {word} is not in {}", said.err);
        }
        assert_eq!(super::unclear(&said.err), None, "{words:?}: {}", said.err);
    }
}

/// A server that reads a request and answers this, to everybody.
fn answers(reply: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // The head of the request is enough to answer it.
            let head = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
            let _lines = head.count();
            let _ = stream.write_all(reply);
        }
    });
    address
}

#[test]
fn nobody_listens() {
    let stage = Stage::new();
    let before = stage.content();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = format!("http://{free}");
    connect(&stage, "中心", &address, "");
    fails(&stage, "中心", &[&address]);
    connect(&stage, "中心", "http://no-such-host.invalid", "proxy = \"none\"\n");
    fails(&stage, "中心", &["no-such-host.invalid"]);
    assert_eq!(stage.content(), before, "no record changes");
}

#[test]
fn garbage_for_an_answer() {
    let stage = Stage::new();
    let before = stage.content();
    for reply in [
        &b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n<html></html>"[..],
        b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"code\":",
        b"220 mail.example.com ESMTP\r\n",
        b"",
    ] {
        connect(&stage, "中心", &answers(reply), "");
        fails(&stage, "中心", &["登录"]);
    }
    assert_eq!(stage.content(), before, "no record changes");
}

#[test]
fn a_receiver_that_does_not_know_us_or_refuses() {
    let stage = Stage::new();
    let receiver = Receiver::start(&stage.home.path("receiver"), "refuse_every = 1\n");
    connect(&stage, "中心", receiver.started["address"].as_str().unwrap(), "");
    fails(&stage, "中心", &["登录"]);
    receiver.connection(&stage.home.path("连接.toml"), "");
    stage.home.json(0, &["connection", "add", "中心", "--file", "连接.toml"]);
    assert_eq!(stage.home.run(["connection", "test", "中心"]).code, 0);
    let said = stage.home.run(["submit", "--connection", "中心"]);
    assert_eq!((said.code, super::unclear(&said.err)), (OTHER_SIDE, None), "{said:?}");
    assert!(said.err.contains("拒绝"), "{said:?}");
    let address = receiver.started["address"].as_str().unwrap().trim_start_matches("http://").to_owned();
    let taken = stage.home.run(["center", "--data", "另一个", "--listen", &address]);
    super::is_refused(&taken, UNUSABLE, &[&address], "center on an address that is taken");
    assert_eq!(receiver.end().row_count(VISITS).unwrap(), 0);
}
