//! What the saboteur does, and how it is mended.

use std::fs::File;
use std::path::{Path, PathBuf};

use rand::Rng;
use serde_json::json;

use super::Run;

/// One means of the saboteur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// No file can grow beyond a size.
    #[cfg(target_os = "linux")]
    FullDisk,
    /// The folder of the book and its files cannot be written to.
    #[cfg(target_os = "linux")]
    ReadOnlyFolder,
    /// The folder of the book cannot even be read.
    #[cfg(target_os = "linux")]
    ForbiddenFolder,
    /// The file of the book cannot be read.
    #[cfg(target_os = "linux")]
    ForbiddenFile,
    /// The folder of the program's own data cannot be read or written.
    #[cfg(target_os = "linux")]
    ForbiddenHome,
    /// The folder that exports go to cannot be written to.
    #[cfg(target_os = "linux")]
    ForbiddenTarget,
    /// The folder of the book is renamed while the book is open, as a memory stick is taken out.
    #[cfg(target_os = "linux")]
    FolderAway,
    /// The same with the folder of the program's own data.
    #[cfg(target_os = "linux")]
    HomeAway,
    /// The file of the book is elsewhere when it is to be opened.
    BookAway,
    /// The folder that exports go to is gone.
    TargetAway,
    /// Folders stand where the program has its own files.
    Blocked,
    /// Another program has locked the book.
    Locked,
    /// A program has opened the book and does not let another one in, as a virus scanner does.
    #[cfg(windows)]
    Held,
    /// The same with the program's own files.
    #[cfg(windows)]
    HomeHeld,
    /// The same with the file that an export is to replace.
    #[cfg(windows)]
    TargetHeld,
    /// The process ends in the middle of a call.
    Killed,
    /// A log of this book from an earlier moment is put beside the closed book.
    OldLog,
    /// What is no log at all is put there.
    Rubbish,
    /// Files of a program that ended in the middle of its work are there.
    Halves,
}

/// All of them.
pub const MEANS: &[Means] = &[
    #[cfg(target_os = "linux")]
    Means::FullDisk,
    #[cfg(target_os = "linux")]
    Means::ReadOnlyFolder,
    #[cfg(target_os = "linux")]
    Means::ForbiddenFolder,
    #[cfg(target_os = "linux")]
    Means::ForbiddenFile,
    #[cfg(target_os = "linux")]
    Means::ForbiddenHome,
    #[cfg(target_os = "linux")]
    Means::ForbiddenTarget,
    #[cfg(target_os = "linux")]
    Means::FolderAway,
    #[cfg(target_os = "linux")]
    Means::HomeAway,
    Means::BookAway,
    Means::TargetAway,
    Means::Blocked,
    Means::Locked,
    #[cfg(windows)]
    Means::Held,
    #[cfg(windows)]
    Means::HomeHeld,
    #[cfg(windows)]
    Means::TargetHeld,
    Means::Killed,
    Means::OldLog,
    Means::Rubbish,
    Means::Halves,
];

/// What has to be put right again.
pub enum Damage {
    /// Nothing: the program gets over it.
    Nothing,
    /// The size that files may have.
    #[cfg(target_os = "linux")]
    Limit,
    /// The rights that files had.
    #[cfg(target_os = "linux")]
    Rights(Vec<(PathBuf, std::fs::Permissions)>),
    /// Names that files had: now and before.
    Names(Vec<(PathBuf, PathBuf)>),
    /// A file that is kept open.
    Open(Vec<File>),
    /// What stands in the way.
    Blocks(Vec<PathBuf>),
}

impl Means {
    /// Whether it takes place when a book is opened, so that opening is what is tried.
    pub fn while_opening(self) -> bool {
        matches!(self, Means::BookAway | Means::Locked | Means::OldLog | Means::Rubbish)
    }

    /// Does it.
    pub fn begin(self, run: &mut Run) -> Damage {
        if self.while_opening() {
            run.ask("book.close", json!({}), None);
        }
        let folder = run.book.parent().unwrap().to_owned();
        match self {
            #[cfg(target_os = "linux")]
            Means::FullDisk => {
                let book = std::fs::metadata(&run.book).unwrap().len();
                let size = size_around(run, book);
                limit(run, &size);
                Damage::Limit
            }
            #[cfg(target_os = "linux")]
            Means::ReadOnlyFolder => rights(0o555, [run.beside(""), run.beside("-wal"), run.beside("-shm"), folder]),
            #[cfg(target_os = "linux")]
            Means::ForbiddenFolder => rights(0o000, [folder]),
            #[cfg(target_os = "linux")]
            Means::ForbiddenFile => rights(0o000, [run.beside(""), run.beside("-wal"), run.beside("-shm")]),
            #[cfg(target_os = "linux")]
            Means::ForbiddenHome => rights(0o000, [run.home.path("pc")]),
            #[cfg(target_os = "linux")]
            Means::ForbiddenTarget => rights(0o555, [run.home.path("导出")]),
            #[cfg(target_os = "linux")]
            Means::FolderAway => away(&folder),
            #[cfg(target_os = "linux")]
            Means::HomeAway => away(&run.home.path("pc")),
            Means::BookAway => away(&run.book),
            Means::TargetAway => away(&run.home.path("导出")),
            Means::Blocked => {
                let places = ["pc/this-pc.json", "pc/log"].map(|name| run.home.path(name));
                for place in &places {
                    // Whichever of the two it is.
                    let _ = std::fs::remove_file(place);
                    let _ = std::fs::remove_dir_all(place);
                }
                std::fs::create_dir_all(places[0].join("x")).unwrap();
                std::fs::write(&places[1], "").unwrap();
                Damage::Blocks(places.to_vec())
            }
            Means::Locked => {
                let mut options = File::options();
                let lock =
                    options.read(true).write(true).create(true).truncate(false).open(run.beside(".lock")).unwrap();
                lock.lock().unwrap();
                Damage::Open(vec![lock])
            }
            #[cfg(windows)]
            Means::Held => Damage::Open(alone([run.beside(""), run.beside("-wal"), run.beside(".lock")])),
            #[cfg(windows)]
            Means::HomeHeld => Damage::Open(alone(["pc/this-pc.json", "pc/log/tianbao.log"].map(|n| run.home.path(n)))),
            #[cfg(windows)]
            Means::TargetHeld => Damage::Open(alone(["导出/访问.csv", "导出/副本.tianbao"].map(|n| run.home.path(n)))),
            Means::Killed => Damage::Nothing,
            Means::OldLog => {
                if let Some(log) = &run.old_log {
                    std::fs::write(run.beside("-wal"), log).unwrap();
                }
                Damage::Nothing
            }
            Means::Rubbish => {
                let mut bytes = vec![0; 8192];
                run.random.fill(bytes.as_mut_slice());
                std::fs::write(run.beside("-wal"), bytes).unwrap();
                Damage::Nothing
            }
            Means::Halves => {
                for name in [run.beside(".part"), run.beside(".new"), run.home.path("导出/.tianbao-x.part")] {
                    std::fs::write(name, "half").unwrap();
                }
                Damage::Blocks([run.beside(".part"), run.beside(".new"), run.home.path("导出/.tianbao-x.part")].into())
            }
        }
    }
}

impl Damage {
    /// Puts everything right again.
    pub fn mend(self, run: &mut Run) {
        match self {
            Damage::Nothing => {}
            #[cfg(target_os = "linux")]
            Damage::Limit => limit(run, "unlimited"),
            #[cfg(target_os = "linux")]
            Damage::Rights(rights) => {
                // The folder comes first, else its files cannot be reached.
                for (path, before) in rights.into_iter().rev() {
                    if path.exists() {
                        std::fs::set_permissions(path, before).unwrap();
                    }
                }
            }
            Damage::Names(names) => {
                for (now, before) in names {
                    // The program may have made a new folder of that name for its own data.
                    let _ = std::fs::remove_dir_all(&before);
                    std::fs::rename(now, before).unwrap();
                }
            }
            Damage::Open(files) => drop(files),
            Damage::Blocks(places) => {
                for place in places {
                    // The program may have removed it, or replaced it by a file of its own.
                    let _ = std::fs::remove_file(&place);
                    let _ = std::fs::remove_dir_all(&place);
                }
            }
        }
    }
}

/// Gives a file or a folder another name.
fn away(path: &Path) -> Damage {
    let mut other = path.to_owned().into_os_string();
    other.push("-away");
    if !path.exists() {
        return Damage::Nothing;
    }
    std::fs::rename(path, &other).unwrap();
    Damage::Names(vec![(other.into(), path.to_owned())])
}

/// A size around that of the book.
#[cfg(target_os = "linux")]
fn size_around(run: &mut Run, book: u64) -> String {
    let sizes = [0, 4096, 65_536, book.saturating_sub(4096), book, book + 8192, book + 262_144];
    sizes[run.random.gen_range(0..sizes.len())].to_string()
}

/// Limits the size of every file that the process of the clerk writes.
#[cfg(target_os = "linux")]
fn limit(run: &Run, size: &str) {
    let Some(worker) = &run.worker else { return };
    let process = worker.id().to_string();
    let mut prlimit = std::process::Command::new("prlimit");
    prlimit.args(["--pid", &process, &format!("--fsize={size}:unlimited")]);
    assert!(prlimit.status().unwrap().success());
}

/// Gives files other rights.
#[cfg(target_os = "linux")]
fn rights(mode: u32, paths: impl IntoIterator<Item = PathBuf>) -> Damage {
    use std::os::unix::fs::PermissionsExt;
    let mut before = Vec::new();
    for path in paths.into_iter().filter(|path| path.exists()) {
        before.push((path.clone(), std::fs::metadata(&path).unwrap().permissions()));
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    }
    Damage::Rights(before)
}

/// Opens files and lets no other program open them.
#[cfg(windows)]
fn alone(paths: impl IntoIterator<Item = PathBuf>) -> Vec<File> {
    use std::os::windows::fs::OpenOptionsExt;
    let open = |path: PathBuf| File::options().read(true).share_mode(0).open(path).ok();
    paths.into_iter().filter_map(open).collect()
}
