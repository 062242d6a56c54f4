//! A receiver that cannot be reached, and receivers whose replies do not follow the protocol.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use super::{Fixture, RECEIVER_FAILED, UNUSABLE};
use crate::fixture::{Receiver, VISITS};

/// Adds a connection to this address to the book; `more` has further lines of TOML.
fn connect(fixture: &Fixture, name: &str, address: &str, more: &str) {
    let file = format!(
        "address = {address:?}\nclient_id = \"1\"\nusername = \"u\"\npassword = \"p\"\nauthorise = \"plain\"\n\
         connect_timeout_s = 5\ncall_timeout_s = 10\npause_ms = 0\n{more}"
    );
    std::fs::write(fixture.home.path("连接.toml"), file).unwrap();
    fixture.home.json(0, &["connection", "add", name, "--file", "连接.toml"]);
}

/// Requires that a test of the connection and a submission both fail with the exit code for the receiver.
#[track_caller]
fn fails(fixture: &Fixture, name: &str, says: &[&str]) {
    for words in [&["connection", "test", name][..], &["submit", "--connection", name]] {
        let output = fixture.home.run(words);
        assert_eq!(output.code, RECEIVER_FAILED, "{words:?}: {output:?}");
        for word in says {
            assert!(output.err.contains(word), "{words:?}: {word} is not in {}", output.err);
        }
        assert_eq!(super::unclear(&output.err), None, "{words:?}: {}", output.err);
    }
}

/// Starts a server that answers every request with `reply`; gives its address.
fn answers(reply: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // The server answers as soon as it has read the head of the request.
            let head = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
            let _lines = head.count();
            let _ = stream.write_all(reply);
        }
    });
    address
}

#[test]
fn an_address_without_a_receiver() {
    let fixture = Fixture::new();
    let before = fixture.content();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = format!("http://{free}");
    connect(&fixture, "中心", &address, "");
    fails(&fixture, "中心", &[&address]);
    connect(&fixture, "中心", "http://no-such-host.invalid", "proxy = \"none\"\n");
    fails(&fixture, "中心", &["no-such-host.invalid"]);
    assert_eq!(fixture.content(), before, "no record changes");
}

#[test]
fn replies_that_do_not_follow_the_protocol() {
    let fixture = Fixture::new();
    let before = fixture.content();
    for reply in [
        &b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n<html></html>"[..],
        b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"code\":",
        b"220 mail.example.com ESMTP\r\n",
        b"",
    ] {
        connect(&fixture, "中心", &answers(reply), "");
        fails(&fixture, "中心", &["登录"]);
    }
    assert_eq!(fixture.content(), before, "no record changes");
}

#[test]
fn a_receiver_that_refuses_the_account_or_the_rows() {
    let fixture = Fixture::new();
    let receiver = Receiver::start(&fixture.home.path("receiver"), "refuse_every = 1\n");
    connect(&fixture, "中心", receiver.started["address"].as_str().unwrap(), "");
    fails(&fixture, "中心", &["登录"]);
    receiver.connection(&fixture.home.path("连接.toml"), "");
    fixture.home.json(0, &["connection", "add", "中心", "--file", "连接.toml"]);
    assert_eq!(fixture.home.run(["connection", "test", "中心"]).code, 0);
    let output = fixture.home.run(["submit", "--connection", "中心"]);
    assert_eq!((output.code, super::unclear(&output.err)), (RECEIVER_FAILED, None), "{output:?}");
    assert!(output.err.contains("拒绝"), "{output:?}");
    let address = receiver.started["address"].as_str().unwrap().trim_start_matches("http://").to_owned();
    let taken = fixture.home.run(["center", "--data", "另一个", "--listen", &address]);
    super::is_refused(&taken, UNUSABLE, &[&address], "center on an address that is taken");
    assert_eq!(receiver.end().row_count(VISITS).unwrap(), 0);
}
