//! Editions that are not installed, and keys that are none.

use std::fs;

use super::{Stage, UNUSABLE};
use crate::stage::publisher::PUBLISHER;
use crate::stage::{EDITION, Home};

#[test]
fn packages_that_are_not_taken() {
    let stage = Stage::new();
    let run = |words: &[&str]| stage.home.json(0, words);
    let made = run(&["edition", "key", "-o", "our.key"]);
    let fingerprint = made["fingerprint"].as_str().unwrap();
    let package = ["edition", "pack", EDITION, "-o", "a.tbedition", "--key", "our.key", "--publisher", PUBLISHER];
    run(&package);
    let install = ["edition", "install", "a.tbedition"];
    stage.refuses(&install, UNUSABLE, &[PUBLISHER, fingerprint]);
    run(&["edition", "trust", "示例", made["public_key"].as_str().unwrap()]);
    stage.refuses(&install, UNUSABLE, &[EDITION, "1.0.0"]);
    let mut bytes = fs::read(stage.home.path("a.tbedition")).unwrap();
    let at = bytes.windows(6).position(|w| w == "实习".as_bytes()).unwrap();
    bytes[at] ^= 1;
    fs::write(stage.home.path("a.tbedition"), &bytes).unwrap();
    stage.refuses(&install, UNUSABLE, &["codes/"]);
    bytes.truncate(at);
    fs::write(stage.home.path("a.tbedition"), &bytes).unwrap();
    stage.refuses(&install, UNUSABLE, &[]);
    stage.refuses(&["edition", "install", "没有.tbedition"], UNUSABLE, &["没有.tbedition"]);
    stage.refuses(&["edition", "remove", EDITION], UNUSABLE, &[EDITION]);
    stage.refuses(&["edition", "remove", "gaozhi-2099.01"], UNUSABLE, &["gaozhi-2099.01"]);
}

#[test]
fn what_cannot_be_signed_and_whom_nobody_trusts() {
    let home = Home::new();
    let stage = Stage::new();
    let key = home.json(0, &["edition", "key", "-o", "our.key"])["file"].as_str().unwrap().to_owned();
    let key = home.text(&key);
    let private = fs::read_to_string(&key).unwrap();
    let pack = |source: &str, key: &str, publisher: &str, names: &[&str]| {
        let words = ["edition", "pack", source, "-o", "b.tbedition", "--key", key, "--publisher", publisher];
        stage.refuses(&words, UNUSABLE, names);
        assert!(!stage.home.path("b.tbedition").exists());
    };
    pack("没有的标准", &key, PUBLISHER, &["没有的标准"]);
    pack(EDITION, &key, " ", &[]);
    pack(EDITION, "没有.key", PUBLISHER, &["没有.key"]);
    fs::write(stage.home.path("空.key"), "").unwrap();
    pack(EDITION, "空.key", PUBLISHER, &["空.key"]);
    let folder = stage.home.path("标准");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("datapackage.json"), "{}").unwrap();
    pack("标准", &key, PUBLISHER, &[]);
    fs::write(folder.join("datapackage.json"), r#"{"name": "gaozhi-2099.01"}"#).unwrap();
    pack("标准", &key, PUBLISHER, &["datapackage.json"]);
    stage.refuses(&["edition", "key", "-o", &key], UNUSABLE, &["our.key"]);
    stage.refuses(&["edition", "trust", "示例", private.trim()], UNUSABLE, &["私钥"]);
    stage.refuses(&["edition", "trust", "示例", "abc"], UNUSABLE, &[]);
    stage.refuses(&["edition", "distrust", "0000-0000"], UNUSABLE, &["0000-0000"]);
}
