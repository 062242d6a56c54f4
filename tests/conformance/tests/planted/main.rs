//! Every scenario of the kit fails for a planted bug, and none fails without one.

mod client;
mod receiver;

use std::collections::BTreeMap;

use conformance::{Line, Verdict};
use protocol::Connection;
use serde_json::{Map, Value, json};

/// An account whose login is plain, which is quicker than an encrypted one.
fn connection(authorise: &str) -> Connection {
    let keys = json!({
        "address": "http://127.0.0.1:1", "client_id": "1", "username": "school", "password": "p 密", "app_key": "12345678",
        "authorise": authorise, "rows_per_call": 100,
    });
    let keys: Map<String, Value> = keys.as_object().unwrap().clone();
    Connection::read(keys, "gaozhi-2024.09").unwrap()
}

/// The scenarios that failed, with their sentences.
fn failed(lines: &[Line]) -> BTreeMap<&'static str, String> {
    let of = |line: &Line| match &line.verdict {
        Verdict::Failed(why) => Some((line.name, why.clone())),
        _ => None,
    };
    lines.iter().filter_map(of).collect()
}

#[test]
fn there_are_at_least_forty() {
    let receivers = conformance::receiver::SCENARIOS.iter().map(|(name, _)| *name);
    let names: std::collections::BTreeSet<_> = receivers.chain(conformance::client::NAMES).collect();
    assert!(names.len() >= 40, "{}", names.len());
    let page = std::fs::read_to_string(tianbao_docs()).unwrap();
    let missing: Vec<_> = names.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/protocol.md lists every scenario: {missing:?}");
}

fn tianbao_docs() -> std::path::PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), std::path::PathBuf::from);
    package.join("../../docs/protocol.md")
}
