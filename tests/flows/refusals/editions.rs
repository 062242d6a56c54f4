//! Packages that are not installed, and files that are not valid keys.

use std::fs;

use super::{Fixture, UNUSABLE};
use crate::fixture::publisher::PUBLISHER;
use crate::fixture::{EDITION, Home};

#[test]
fn packages_that_are_not_installed() {
    let fixture = Fixture::new();
    let run = |words: &[&str]| fixture.home.json(0, words);
    let made = run(&["edition", "key", "-o", "our.key"]);
    let fingerprint = made["fingerprint"].as_str().unwrap();
    let package = ["edition", "pack", EDITION, "-o", "a.tbedition", "--key", "our.key", "--publisher", PUBLISHER];
    run(&package);
    let install = ["edition", "install", "a.tbedition"];
    fixture.refuses(&install, UNUSABLE, &[PUBLISHER, fingerprint]);
    run(&["edition", "trust", "示例", made["public_key"].as_str().unwrap()]);
    fixture.refuses(&install, UNUSABLE, &[EDITION, "1.0.0"]);
    let mut bytes = fs::read(fixture.home.path("a.tbedition")).unwrap();
    let at = bytes.windows(6).position(|w| w == "实习".as_bytes()).unwrap();
    bytes[at] ^= 1;
    fs::write(fixture.home.path("a.tbedition"), &bytes).unwrap();
    fixture.refuses(&install, UNUSABLE, &["codes/"]);
    bytes.truncate(at);
    fs::write(fixture.home.path("a.tbedition"), &bytes).unwrap();
    fixture.refuses(&install, UNUSABLE, &[]);
    fixture.refuses(&["edition", "install", "没有.tbedition"], UNUSABLE, &["没有.tbedition"]);
    fixture.refuses(&["edition", "remove", EDITION], UNUSABLE, &[EDITION]);
    fixture.refuses(&["edition", "remove", "gaozhi-2099.01"], UNUSABLE, &["gaozhi-2099.01"]);
}

#[test]
fn packages_that_cannot_be_signed_and_keys_that_cannot_be_trusted() {
    let home = Home::new();
    let fixture = Fixture::new();
    let key = home.json(0, &["edition", "key", "-o", "our.key"])["file"].as_str().unwrap().to_owned();
    let key = home.text(&key);
    let private = fs::read_to_string(&key).unwrap();
    let pack = |source: &str, key: &str, publisher: &str, names: &[&str]| {
        let words = ["edition", "pack", source, "-o", "b.tbedition", "--key", key, "--publisher", publisher];
        fixture.refuses(&words, UNUSABLE, names);
        assert!(!fixture.home.path("b.tbedition").exists());
    };
    pack("没有的标准", &key, PUBLISHER, &["没有的标准"]);
    pack(EDITION, &key, " ", &[]);
    pack(EDITION, "没有.key", PUBLISHER, &["没有.key"]);
    fs::write(fixture.home.path("空.key"), "").unwrap();
    pack(EDITION, "空.key", PUBLISHER, &["空.key"]);
    let folder = fixture.home.path("标准");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("datapackage.json"), "{}").unwrap();
    pack("标准", &key, PUBLISHER, &[]);
    fs::write(folder.join("datapackage.json"), r#"{"name": "gaozhi-2099.01"}"#).unwrap();
    pack("标准", &key, PUBLISHER, &["datapackage.json"]);
    fixture.refuses(&["edition", "key", "-o", &key], UNUSABLE, &["our.key"]);
    fixture.refuses(&["edition", "trust", "示例", private.trim()], UNUSABLE, &["私钥"]);
    fixture.refuses(&["edition", "trust", "示例", "abc"], UNUSABLE, &[]);
    fixture.refuses(&["edition", "distrust", "0000-0000"], UNUSABLE, &["0000-0000"]);
}
