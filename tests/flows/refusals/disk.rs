//! A full disk: what was saved stays, and the message says that the rest was not saved.

use super::Fixture;
#[cfg(unix)]
use super::{UNUSABLE, is_refused};
use crate::fixture::VISITS;

#[cfg(unix)]
#[test]
fn a_file_that_cannot_grow_keeps_its_content() {
    let fixture = Fixture::new();
    let before = fixture.content();
    let day = |n: i64| jiff::civil::date(2021, 1, 1).saturating_add(jiff::Span::new().days(n)).strftime("%Y%m%d");
    let many: String = (0..2_000).map(|n| format!("{},{n},7\n", day(n))).collect();
    std::fs::write(fixture.home.path("访问.csv"), format!("访问日期,电子期刊访问次数,电子图书访问次数\n{many}"))
        .unwrap();
    let import = ["import", "访问.csv", "--table", VISITS, "--apply"];
    is_refused(&fixture.home.run_on_full_disk(&import), UNUSABLE, &["磁盘已满", "没有保存"], "import");
    assert_eq!(fixture.content(), before, "all or nothing");
    assert_eq!(fixture.home.run(import).code, 0, "without the limit the import succeeds");

    let before = fixture.content();
    for words in [
        &["template", "--all", "-o", "全部.xlsx"][..],
        &["export", VISITS, "-o", "导出.csv"],
        &["export", VISITS, "-o", "导出.json"],
        &["export", VISITS, "-o", "导出.ods"],
        &["export", VISITS, "-o", "导出.xlsx"],
    ] {
        is_refused(&fixture.home.run_on_full_disk(words), UNUSABLE, &["磁盘已满"], words[words.len() - 1]);
        assert!(!fixture.home.path(words[words.len() - 1]).exists(), "no incomplete file is left");
    }
    assert_eq!(fixture.content(), before);
}

/// The same on a mounted disk of 3 MB. The test is skipped unless it runs as root, because only root may mount.
#[cfg(target_os = "linux")]
#[test]
fn a_real_disk_without_free_space() {
    use std::process::Command;
    let fixture = Fixture::new();
    let disk = fixture.home.path("小盘");
    std::fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"]).arg(&disk).output();
    if !mounted.is_ok_and(|mounted| mounted.status.success()) {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "skipped: a real full disk (mounting a small one needs root)");
        return;
    }
    let unmount = Unmount(&disk);
    let book = disk.join("册子.tianbao");
    std::fs::copy(&fixture.book, &book).unwrap();
    let on_disk = |words: &[&str]| fixture.home.run([&["--book", book.to_str().unwrap()], words].concat());
    let content = || (on_disk(&["rows", VISITS, "--json"]).out, on_disk(&["history", "--json"]).out);
    let before = content();
    // Another file takes the free space.
    let filler = std::fs::File::create(disk.join("别的文件")).unwrap();
    fill(&filler);
    is_refused(&on_disk(&["set", VISITS, "1", "DZQKFWCS=9"]), UNUSABLE, &["磁盘已满"], "set");
    is_refused(&on_disk(&["set", VISITS, "new", "FWRQ=20260902"]), UNUSABLE, &["磁盘已满"], "set new");
    std::fs::remove_file(disk.join("别的文件")).unwrap();
    drop(filler);
    assert_eq!(content(), before);
    assert_eq!(on_disk(&["set", VISITS, "1", "DZQKFWCS=9"]).code, 0, "with free space again the command succeeds");
    drop(unmount);
}

/// A book on a disk that can only be read is read, and what would change it says so. The test is skipped unless it runs
/// as root, because only root may mount.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_can_only_be_read() {
    use std::process::Command;
    let fixture = Fixture::new();
    let disk = fixture.home.path("只读盘");
    std::fs::create_dir(&disk).unwrap();
    let mount = |options: &str| {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&disk);
        command.output().is_ok_and(|mounted| mounted.status.success())
    };
    if !mount("size=30m") {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "skipped: a disk that can only be read (mounting one needs root)");
        return;
    }
    let _unmount = Unmount(&disk);
    let book = disk.join("册 子#1%20?.tianbao");
    std::fs::copy(&fixture.book, &book).unwrap();
    assert!(mount("remount,ro"));
    let on_disk = |words: &[&str]| fixture.home.run([&["--book", book.to_str().unwrap()], words].concat());
    assert_eq!(on_disk(&["rows", VISITS, "--json"]).out, fixture.home.run(["rows", VISITS, "--json"]).out);
    assert_eq!(on_disk(&["status"]).code, fixture.home.run(["status"]).code);
    let export = on_disk(&["export", VISITS, "-o", fixture.home.path("导出.csv").to_str().unwrap()]);
    assert_eq!(export.code, 0, "{}", export.err);
    is_refused(&on_disk(&["set", VISITS, "1", "DZQKFWCS=9"]), UNUSABLE, &["只能读取", "没有保存", "复制到本机"], "set");
    is_refused(&on_disk(&["check"]), UNUSABLE, &["只能读取"], "check");
}

/// The list of recent books only saves a few clicks: where it cannot be kept, every command works.
#[test]
fn a_home_that_cannot_keep_the_list_of_recent_books_stops_nothing() {
    let fixture = Fixture::new();
    // A folder of that name stands in the way of the file.
    let list = fixture.home.path("this-pc.json");
    std::fs::remove_file(&list).unwrap();
    std::fs::create_dir_all(list.join("x")).unwrap();
    let book = fixture.book.to_str().unwrap();
    for words in [&["status"][..], &["set", VISITS, "1", "DZQKFWCS=9"], &["rows", VISITS]] {
        let run = fixture.home.run([&["--book", book], words].concat());
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
    }
}

/// Something that is not a file is not opened as a book, and a pipe without a writer does not block the program.
#[cfg(unix)]
#[test]
fn a_pipe_or_a_folder_is_no_book() {
    let fixture = Fixture::new();
    let pipe = fixture.home.path("管道.tianbao");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let folder = fixture.home.path("文件夹.tianbao");
    std::fs::create_dir(&folder).unwrap();
    for path in [&pipe, &folder] {
        let run = fixture.home.run(["--book", path.to_str().unwrap(), "status"]);
        is_refused(&run, UNUSABLE, &["不是填报册"], "status");
    }
}

/// Writes blocks until a write fails.
#[cfg(target_os = "linux")]
fn fill(mut file: &std::fs::File) {
    use std::io::Write;
    let block = [0; 4096];
    loop {
        match file.write(&block) {
            Ok(written) if written > 0 => {}
            _ => return,
        }
    }
}

/// Unmounts the disk when it is dropped, also when the test fails.
#[cfg(target_os = "linux")]
struct Unmount<'a>(&'a std::path::Path);

#[cfg(target_os = "linux")]
impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        // Lazily, because a process that failed may still have files open there.
        let _ = std::process::Command::new("umount").arg("-l").arg(self.0).status();
    }
}
