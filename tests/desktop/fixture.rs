//! The fixture of the test: a virtual display, a session bus without a persistent key store, and the WebDriver server.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::webdriver::{self, PATIENCE, Window};

/// A display, a bus and a driver that run until this value is dropped.
pub struct Fixture {
    // The fields are dropped in this order.
    _driver: Ended,
    _display: Ended,
    home: tempfile::TempDir,
    name: String,
    port: u16,
}

/// A process that is killed together with all processes that it started when this value is dropped.
struct Ended(Child);

impl Ended {
    fn start(command: &mut Command) -> Ended {
        let words = format!("{} is installed; cargo xtask test does it", command.get_program().display());
        Ended(command.stdin(Stdio::null()).process_group(0).spawn().expect(&words))
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        // Both fail only when all the processes have ended already.
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.0.id())]).status();
        let _ = self.0.wait();
    }
}

impl Fixture {
    /// Starts display, bus and driver. The data of the program go to a temporary folder.
    pub fn new() -> Fixture {
        let home = tempfile::tempdir().unwrap();
        let (display, name) = display();
        let [port, native] = free_ports();
        let driver = Ended::start(
            Command::new("dbus-run-session")
                .arg("--")
                .arg(driver())
                .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
                .env("DISPLAY", &name)
                .env_remove("WAYLAND_DISPLAY")
                .env("HOME", home.path())
                .env("TIANBAO_HOME", home.path().join("tianbao"))
                .env_remove("TIANBAO_PASSPHRASE")
                .stdout(Stdio::null()),
        );
        webdriver::wait_until_ready(port);
        Fixture { _driver: driver, _display: display, home, name, port }
    }

    /// Opens the program in its window.
    pub fn open(&self, arguments: &[&str]) -> Window {
        let program = tianbao_tests::program("tianbao-desktop");
        Window::open(self.port, &program.to_string_lossy(), arguments)
    }

    /// Starts the program once more, as a double click does: it hands over to the open window and ends well.
    pub fn starts_again(&self, arguments: &[&str]) {
        let status = Command::new(tianbao_tests::program("tianbao-desktop"))
            .args(arguments)
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", self.home.path())
            .env("TIANBAO_HOME", self.home.path().join("tianbao"))
            .status()
            .expect("the program runs");
        assert!(status.success(), "{arguments:?}: {status}");
    }

    /// A book with a password, made by the command line as on another PC; gives its file.
    pub fn book_with_password(&self, password: &str) -> PathBuf {
        let file = self.home.path().join("带来的填报册.tianbao");
        let made = Command::new(tianbao_tests::program("tianbao"))
            .arg("--book")
            .arg(&file)
            .args(["new", "--edition", "zhongzhi-2023.06", "--school", "3111010001", "--name", "测试中等职业学校"])
            .args(["--period", "2026-2027-1"])
            .env("TIANBAO_HOME", self.home.path().join("another PC"))
            .env("TIANBAO_PASSPHRASE", password)
            .output()
            .expect("the command line runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        file
    }

    /// Saves a picture of the whole display among the results. The window draws a little later than the page changes,
    /// so pictures are taken until two in a row are equal.
    pub fn picture(&self, name: &str) {
        let begun = Instant::now();
        let mut before = Vec::new();
        loop {
            let picture = self.display_now();
            if picture == before {
                return std::fs::write(tianbao_tests::results().join(name), picture).expect("a file among the results");
            }
            assert!(begun.elapsed() < PATIENCE, "the window does not stop changing");
            before = picture;
        }
    }

    fn display_now(&self) -> Vec<u8> {
        let mut import = Command::new("import");
        let taken = import.args(["-window", "root", "-strip", "png:-"]).env("DISPLAY", &self.name).output();
        taken.expect("import is installed; cargo xtask test does it").stdout
    }
}

/// Starts Xvfb on the first free display number, which it prints when it takes connections. Gives the process and
/// `:NUMBER`.
fn display() -> (Ended, String) {
    let mut server = Ended::start(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    );
    let mut number = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
    assert!(!number.trim().is_empty(), "Xvfb ended before it was ready");
    (server, format!(":{}", number.trim()))
}

/// Two ports on which no program listens.
fn free_ports() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// Path of the driver: TIANBAO_DRIVER, which `cargo xtask test` sets, or `tauri-driver` on the search path.
fn driver() -> PathBuf {
    std::env::var_os("TIANBAO_DRIVER").map_or_else(|| PathBuf::from("tauri-driver"), PathBuf::from)
}
