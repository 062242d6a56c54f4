//! Real servers of PostgreSQL and MariaDB, each in a temporary folder of its own, on a free port, run by an ordinary
//! user, and stopped with the test.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// User and group `nobody`, who runs a server where the tests are run by root: the servers refuse root.
const NOBODY: u32 = 65534;

/// Name of the database of the business system.
pub const DATABASE: &str = "jiaowu";
/// The account that reads it.
pub const READER: &str = "reader";
/// The password has a blank, an apostrophe and a backslash, which queries and addresses have to carry.
pub const PASSWORD: &str = "读 pass'word\\1";

/// A server that runs.
pub struct Server {
    folder: TempDir,
    port: u16,
    kind: &'static str,
    /// The server itself, where no other program stops it.
    child: Option<Child>,
}

impl Server {
    /// A server of PostgreSQL with a certificate that this machine does not trust, and what `sql` makes in its
    /// database.
    pub fn postgres(sql: &str) -> Server {
        let server = Server::new("postgres", None);
        let data = server.text("data");
        let tools = newest_postgres();
        let tool = |name: &str| tools.join(name);
        server.run(
            &tool("initdb"),
            &["-D", &data, "-U", "postgres", "-N", "-E", "UTF8", "--auth-local=trust", "--auth-host=scram-sha-256"],
        );
        let (key, certificate) = (server.text("data/server.key"), server.text("data/server.crt"));
        let request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=jiaowu.example"];
        server.run(Path::new("openssl"), &[&request[..], &["-keyout", &key, "-out", &certificate]].concat());
        server.run(Path::new("chmod"), &["600", &key]);
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c ssl=on",
            server.port,
            server.folder.path().display()
        );
        server.run(&tool("pg_ctl"), &["-D", &data, "-w", "-l", &server.text("log"), "-o", &options, "start"]);
        server.sql("postgres", &format!("CREATE DATABASE {DATABASE}"));
        let password = PASSWORD.replace('\'', "''");
        server.sql(
            DATABASE,
            &format!("CREATE USER {READER} PASSWORD '{password}'; {sql}; GRANT SELECT ON students TO {READER}"),
        );
        server
    }

    /// A server of MariaDB without encryption, and what `sql` makes in its database.
    pub fn mariadb(sql: &str) -> Server {
        let mut server = Server::new("mysql", None);
        let data = format!("--datadir={}", server.text("data"));
        let tmp = format!("--tmpdir={}", server.folder.path().display());
        server.run(
            Path::new("mariadb-install-db"),
            &["--no-defaults", &data, &tmp, "--skip-test-db", "--auth-root-authentication-method=normal"],
        );
        let password = PASSWORD.replace('\\', "\\\\").replace('\'', "''");
        let first = format!(
            "CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4;\nUSE {DATABASE};\n{};\n\
             CREATE USER {READER}@'127.0.0.1' IDENTIFIED BY '{password}';\n\
             CREATE USER {READER}@'localhost' IDENTIFIED BY '{password}';\n\
             GRANT SELECT, INSERT, EXECUTE ON {DATABASE}.* TO {READER}@'127.0.0.1';\n\
             GRANT SELECT, INSERT, EXECUTE ON {DATABASE}.* TO {READER}@'localhost';\n",
            sql.replace('\n', " ").replace("; ", ";\n")
        );
        std::fs::write(server.text("first.sql"), first).unwrap();
        let (port, socket) = (format!("--port={}", server.port), format!("--socket={}", server.text("socket")));
        let first = format!("--init-file={}", server.text("first.sql"));
        let mut command = server.command(Path::new("mariadbd"));
        command.args(["--no-defaults", &data, &tmp, &port, &socket, &first, "--bind-address=127.0.0.1"]);
        command.args(["--character-set-server=utf8mb4", "--innodb-flush-log-at-trx-commit=0"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let ready = said.by_ref().any(|line| line.unwrap().contains("ready for connections"));
        assert!(ready, "mariadbd did not start");
        // What it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || said.for_each(drop));
        server.child = Some(child);
        server
    }

    fn new(kind: &'static str, child: Option<Child>) -> Server {
        let folder = tempfile::tempdir().unwrap();
        if is_root(folder.path()) {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Server { folder, port, kind, child }
    }

    /// The lines of a source file that say where the server is, and who asks.
    pub fn source(&self) -> serde_json::Value {
        serde_json::json!({
            "kind": self.kind,
            "host": "127.0.0.1",
            "port": self.port,
            "database": DATABASE,
            "user": READER,
            "protection": "off",
        })
    }

    /// Runs statements on PostgreSQL as its owner.
    pub fn sql(&self, database: &str, sql: &str) {
        let (folder, port) = (self.folder.path().display().to_string(), self.port.to_string());
        let words =
            ["-q", "-v", "ON_ERROR_STOP=1", "-h", &folder, "-p", &port, "-U", "postgres", "-d", database, "-c", sql];
        self.run(Path::new("psql"), &words);
    }

    fn text(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// A command that an ordinary user runs in the folder of the server.
    fn command(&self, program: &Path) -> Command {
        let root = is_root(Path::new("/proc/self"));
        let mut command = Command::new(if root { Path::new("setpriv") } else { program });
        if root {
            let user = format!("--reuid={NOBODY}");
            command.args([user.as_str(), &format!("--regid={NOBODY}"), "--clear-groups"]).arg(program);
        }
        command.current_dir(self.folder.path()).env("HOME", self.folder.path()).env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    fn run(&self, program: &Path, words: &[&str]) {
        let log = self.folder.path().join("said");
        let said = std::fs::File::options().create(true).append(true).open(&log).unwrap();
        let status = self.command(program).args(words).stderr(said).status();
        let status = status.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        assert!(status.success(), "{} {words:?}: {}", program.display(), std::fs::read_to_string(&log).unwrap());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        match &mut self.child {
            Some(child) => {
                let _ = child.kill();
                let _ = child.wait();
            }
            None => {
                let data = self.text("data");
                let words = ["-D", &data, "-m", "immediate", "-w", "stop"];
                let _ = self.command(&newest_postgres().join("pg_ctl")).args(words).status();
            }
        }
    }
}

/// Whether this path belongs to root, as all does that a test of root makes.
fn is_root(path: &Path) -> bool {
    std::fs::metadata(path).unwrap().uid() == 0
}

/// The programs of the newest PostgreSQL of this PC; Debian keeps them in a folder for each version.
fn newest_postgres() -> PathBuf {
    let versions =
        std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is not installed: cargo xtask test does it");
    versions.map(|entry| entry.unwrap().path().join("bin")).max().expect("a version of PostgreSQL")
}
