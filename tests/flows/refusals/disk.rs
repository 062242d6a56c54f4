//! A full disk: what was saved stays, and the message says that the rest was not saved.

#[cfg(unix)]
use super::{Fixture, UNUSABLE, is_refused};
#[cfg(unix)]
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
