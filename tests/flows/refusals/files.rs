//! Files that do not exist, whose content does not fit their names, or that another program has open.

use std::fs;
use std::io::Write;

use serde_json::json;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Fixture, UNUSABLE, is_refused};
use crate::fixture::{Clerk, Home, PASSPHRASE, VISITS, env};

#[test]
fn books_that_do_not_open() {
    let fixture = Fixture::new();
    let before = fixture.content();
    fixture.refuses(&["--book", "没有.tianbao", "rows", VISITS], UNUSABLE, &["没有.tianbao"]);
    for (name, bytes) in [("短.tianbao", &b"x"[..]), ("空.tianbao", b""), ("别的.tianbao", &[7; 8192])] {
        fs::write(fixture.home.path(name), bytes).unwrap();
        fixture.refuses(&["--book", name, "rows", VISITS], UNUSABLE, &[name]);
    }
    let first = Home::new();
    is_refused(&first.run(["status"]), UNUSABLE, &[], "status without any book");

    let files = fixture.files();
    let book = fixture.book.display().to_string();
    for (passphrase, names) in [("别的口令", &[&*book, "密码不对"][..]), ("", &[&*book, "密码"])] {
        let mut command = fixture.home.command(["rows", VISITS]);
        let output = command.env("TIANBAO_PASSPHRASE", passphrase).output().unwrap().into();
        is_refused(&output, UNUSABLE, names, "rows with a wrong passphrase");
    }
    assert!(files == fixture.files());
    assert_eq!(fixture.content(), before);
}

#[test]
fn a_book_that_is_open_in_another_program() {
    let fixture = Fixture::new();
    let clerk = Clerk::new(env(fixture.home.folder()));
    clerk.call("book.open", json!({ "path": fixture.book, "passphrase": PASSPHRASE }));
    let book = fixture.book.display().to_string();
    for words in [&["rows", VISITS][..], &["set", VISITS, "1", "DZQKFWCS=9"], &["import", "a.xlsx", "--apply"]] {
        is_refused(&fixture.home.run(words), UNUSABLE, &[&book, "另一个程序"], "a book in use");
    }
    let page = clerk.call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 9 }));
    assert_eq!((&page["total"], &page["rows"][0]["cells"]["DZQKFWCS"]), (&json!(1), &json!("5")));
    clerk.call("book.close", json!({}));
    assert_eq!(fixture.home.run(["rows", VISITS]).code, 0, "after closing, the book opens again");
}

#[test]
fn files_that_are_not_workbooks() {
    let fixture = Fixture::new();
    let before = fixture.content();
    let samples = tianbao_tests::root().join("tests/workbooks");
    for name in ["password.xlsx", "password.xls"] {
        fs::copy(samples.join(name), fixture.home.path(name)).unwrap();
    }
    fs::write(fixture.home.path("照片.xlsx"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01").unwrap();
    fs::write(fixture.home.path("空.xlsx"), b"").unwrap();
    fs::create_dir(fixture.home.path("文件夹.xlsx")).unwrap();
    bomb(&fixture.home);
    fixture.home.json(0, &["template", VISITS, "--with-rows", "-o", "好的.xlsx"]);
    let whole = fs::read(fixture.home.path("好的.xlsx")).unwrap();
    fs::write(fixture.home.path("半个.xlsx"), &whole[..whole.len() / 2]).unwrap();
    for (name, says) in [
        ("没有.xlsx", "找不到"),
        ("照片.xlsx", "图片"),
        ("空.xlsx", "空文件"),
        ("文件夹.xlsx", "文件夹"),
        ("炸弹.xlsx", "展开却超过"),
        ("password.xlsx", "密码"),
        ("password.xls", "密码"),
        ("半个.xlsx", "损坏"),
    ] {
        fixture.refuses(&["import", name], UNUSABLE, &[name, says]);
        // A good file beside the bad one is not imported, either.
        fixture.refuses(&["import", "好的.xlsx", name, "--apply"], UNUSABLE, &[name, says]);
    }
    fixture.refuses(&["export", VISITS, "-o", "没有的/导出.xlsx"], UNUSABLE, &["导出.xlsx", "文件夹"]);
    assert_eq!(fixture.content(), before);
}

/// Makes a file of less than 4 MB that unpacks to a sheet of 300 MB.
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
    let fixture = Fixture::new();
    let whole = "address = \"http://127.0.0.1:1\"\nclient_id = \"1\"\nusername = \"u\"\npassword = \"很秘密的\"\n";
    let add = ["connection", "add", "中心", "--file", "连接.toml"];
    fixture.refuses(&add, UNUSABLE, &["连接.toml"]);
    for (text, says) in [
        (whole.replace("password = \"", "password = "), "连接.toml"),
        (whole.replace("username", "usrname"), "username"),
        (whole.replace("http:", "ftp:"), "address"),
        (format!("{whole}sm4_mode = \"xyz\"\n"), "sm4_mode"),
        (format!("{whole}sm4_mood = \"ecb\"\n"), "sm4_mood"),
    ] {
        fs::write(fixture.home.path("连接.toml"), text).unwrap();
        fixture.refuses(&add, UNUSABLE, &[says]);
        let output = fixture.home.run(add);
        assert!(!output.err.contains("很秘密的"), "the message contains a secret: {}", output.err);
    }
    fs::write(fixture.home.path("连接.toml"), whole).unwrap();
    fixture.refuses(&["connection", "add", "rehearsal", "--file", "连接.toml"], UNUSABLE, &["rehearsal"]);

    let center = |more: &[&str]| {
        let words = [&["center", "--data", "接收", "--listen", "127.0.0.1:0"], more].concat();
        fixture.home.run(words)
    };
    fs::write(fixture.home.path("账号.toml"), "这不是账号").unwrap();
    for (more, names) in [
        (&["--account", "没有.toml"][..], "没有.toml"),
        (&["--account", "账号.toml"], "账号.toml"),
        (&["--faults", "没有.toml"], "没有.toml"),
    ] {
        is_refused(&center(more), UNUSABLE, &[names], "center");
    }
}
