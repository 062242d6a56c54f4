//! Files that are not there, are not what their names say, or are held by others.

use std::fs;
use std::io::Write;

use serde_json::json;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Stage, UNUSABLE, is_refused};
use crate::stage::{Clerk, Home, PASSPHRASE, VISITS, env};

#[test]
fn books_that_do_not_open() {
    let stage = Stage::new();
    let before = stage.content();
    stage.refuses(&["--book", "没有.tianbao", "rows", VISITS], UNUSABLE, &["没有.tianbao"]);
    for (name, bytes) in [("短.tianbao", &b"x"[..]), ("空.tianbao", b""), ("别的.tianbao", &[7; 8192])] {
        fs::write(stage.home.path(name), bytes).unwrap();
        stage.refuses(&["--book", name, "rows", VISITS], UNUSABLE, &[name]);
    }
    let first = Home::new();
    is_refused(&first.run(["status"]), UNUSABLE, &[], "status without any book");

    let files = stage.files();
    let book = stage.book.display().to_string();
    for (passphrase, names) in [("别的口令", &[&*book, "口令不对"][..]), ("", &[&*book, "口令"])] {
        let mut command = stage.home.command(["rows", VISITS]);
        let said = command.env("TIANBAO_PASSPHRASE", passphrase).output().unwrap().into();
        is_refused(&said, UNUSABLE, names, "rows with a wrong passphrase");
    }
    assert!(files == stage.files());
    assert_eq!(stage.content(), before);
}

#[test]
fn a_book_that_is_open_in_another_program() {
    let stage = Stage::new();
    let clerk = Clerk::new(env(stage.home.folder()));
    clerk.call("book.open", json!({ "path": stage.book, "passphrase": PASSPHRASE }));
    let book = stage.book.display().to_string();
    for words in [&["rows", VISITS][..], &["set", VISITS, "1", "DZQKFWCS=9"], &["import", "a.xlsx", "--apply"]] {
        is_refused(&stage.home.run(words), UNUSABLE, &[&book, "另一个程序"], "a book in use");
    }
    let page = clerk.call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 9 }));
    assert_eq!((&page["total"], &page["rows"][0]["cells"]["DZQKFWCS"]), (&json!(1), &json!("5")));
    clerk.call("book.close", json!({}));
    assert_eq!(stage.home.run(["rows", VISITS]).code, 0, "closed, it opens again");
}

#[test]
fn workbooks_that_are_none() {
    let stage = Stage::new();
    let before = stage.content();
    let samples = tianbao_tests::root().join("tests/workbooks");
    for name in ["password.xlsx", "password.xls"] {
        fs::copy(samples.join(name), stage.home.path(name)).unwrap();
    }
    fs::write(stage.home.path("照片.xlsx"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01").unwrap();
    fs::write(stage.home.path("空.xlsx"), b"").unwrap();
    fs::create_dir(stage.home.path("文件夹.xlsx")).unwrap();
    bomb(&stage.home);
    stage.home.json(0, &["template", VISITS, "--with-rows", "-o", "好的.xlsx"]);
    let whole = fs::read(stage.home.path("好的.xlsx")).unwrap();
    fs::write(stage.home.path("半个.xlsx"), &whole[..whole.len() / 2]).unwrap();
    for (name, says) in [
        ("没有.xlsx", "找不到"),
        ("照片.xlsx", "图片"),
        ("空.xlsx", "空文件"),
        ("文件夹.xlsx", "文件夹"),
        ("炸弹.xlsx", "展开后超过"),
        ("password.xlsx", "密码"),
        ("password.xls", "密码"),
        ("半个.xlsx", "损坏"),
    ] {
        stage.refuses(&["import", name], UNUSABLE, &[name, says]);
        // A good file beside the bad one is not taken over either.
        stage.refuses(&["import", "好的.xlsx", name, "--apply"], UNUSABLE, &[name, says]);
    }
    stage.refuses(&["export", VISITS, "-o", "没有的/导出.xlsx"], UNUSABLE, &["导出.xlsx", "文件夹"]);
    assert_eq!(stage.content(), before);
}

/// A small file that would be a sheet of 300 MB.
fn bomb(home: &Home) {
    let path = home.path("炸弹.xlsx");
    let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
    let content = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    for (part, text) in [("[Content_Types].xml", content), ("xl/workbook.xml", "<workbook/>")] {
        zip.start_file(part, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let fast = SimpleFileOptions::default().compression_level(Some(1));
    zip.start_file("xl/worksheets/sheet1.xml", fast).unwrap();
    let blanks = vec![b' '; 1 << 20];
    (0..300).for_each(|_| zip.write_all(&blanks).unwrap());
    zip.finish().unwrap();
    assert!(path.metadata().unwrap().len() < 4 << 20, "small on the disk");
}

#[test]
fn connection_files_and_account_files_that_are_wrong() {
    let stage = Stage::new();
    let whole = "address = \"http://127.0.0.1:1\"\nclient_id = \"1\"\nusername = \"u\"\npassword = \"很秘密的\"\n";
    let add = ["connection", "add", "中心", "--file", "连接.toml"];
    stage.refuses(&add, UNUSABLE, &["连接.toml"]);
    for (text, says) in [
        (whole.replace("password = \"", "password = "), "连接.toml"),
        (whole.replace("username", "usrname"), "username"),
        (whole.replace("http:", "ftp:"), "address"),
        (format!("{whole}sm4_mode = \"xyz\"\n"), "sm4_mode"),
        (format!("{whole}sm4_mood = \"ecb\"\n"), "sm4_mood"),
    ] {
        fs::write(stage.home.path("连接.toml"), text).unwrap();
        stage.refuses(&add, UNUSABLE, &[says]);
        let said = stage.home.run(add);
        assert!(!said.err.contains("很秘密的"), "a secret is told: {}", said.err);
    }
    fs::write(stage.home.path("连接.toml"), whole).unwrap();
    stage.refuses(&["connection", "add", "rehearsal", "--file", "连接.toml"], UNUSABLE, &["rehearsal"]);

    let center = |more: &[&str]| {
        let words = [&["center", "--data", "接收", "--listen", "127.0.0.1:0"], more].concat();
        stage.home.run(words)
    };
    fs::write(stage.home.path("账号.toml"), "这不是账号").unwrap();
    for (more, names) in [
        (&["--account", "没有.toml"][..], "没有.toml"),
        (&["--account", "账号.toml"], "账号.toml"),
        (&["--mischief", "没有.toml"], "没有.toml"),
    ] {
        is_refused(&center(more), UNUSABLE, &[names], "center");
    }
}
