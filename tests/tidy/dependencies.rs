//! Libraries of other people: each is listed here with its reason, declared once in the workspace, used by every crate
//! that declares it, and declared by every crate that uses it.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::crates::{entries, manifests, own_names, tables};
use crate::tree::{File, files, none};

/// Outside crates with the reason for each.
const REASONS: &[(&str, &str)] = &[
    ("argon2", "a password becomes the key of a book"),
    ("axum", "the receiver and the bridge of the browser tests are HTTP servers"),
    ("base64", "ciphers and signatures cross the wire in it"),
    ("calamine", "reads .xlsx, .xls and .ods; also the reference of a bench"),
    ("cbc", "the mode of SM4 that the protocol offers"),
    ("cfb", "looks into .xls files before a parser does"),
    ("clap", "the arguments of the command line and their help"),
    ("crc32fast", "checksums of the ZIP form of a signed package"),
    ("csv", "code lists of the standard, and CSV files of clerks"),
    ("directories", "where programs keep their data on each system"),
    ("ecb", "the mode of SM4 that the protocol demands"),
    ("ed25519-dalek", "signatures of edition packages"),
    ("encoding_rs", "GB18030, which office programs and receivers still write"),
    ("form_urlencoded", "forms and addresses of the protocol"),
    ("futures-util", "the bridge of the browser tests streams events"),
    ("hex", "digests as text"),
    ("http-body", "the receiver reads bodies against a limit"),
    ("hyper", "the receiver serves each connection itself, to limit how slow one may be"),
    ("hyper-util", "joins hyper, tokio and axum"),
    ("insta", "long expected answers beside their tests"),
    ("jiff", "dates, times and time zones"),
    ("keyring", "the key store of this PC"),
    ("memchr", "looks for the few tags of a large sheet that calamine does not read"),
    ("mysql_async", "queries on MySQL and MariaDB"),
    ("native-tls", "the system's TLS for PostgreSQL, so that certificates an office installs are trusted"),
    ("odbc-api", "queries on what has an ODBC driver, such as SQL Server"),
    ("pinyin", "search by the initials of Chinese names"),
    ("postgres-native-tls", "joins the system's TLS and tokio-postgres"),
    ("proc-macro2", "lines of parsed Rust, for these tests"),
    ("proptest", "property tests"),
    ("quick-xml", "reads .ods as a stream"),
    ("rand", "keys, salts and nonces"),
    ("rcgen", "the certificate that a receiver makes for itself"),
    ("regex", "patterns of the standard"),
    ("reqwest", "the college's side of the protocol"),
    ("rfd", "boxes of the system where no window can be shown; tauri-plugin-dialog has it anyway"),
    ("rsa", "the protocol encrypts its key with it"),
    ("rusqlite", "SQLCipher with functions, authorizer and limits"),
    ("rust_xlsxwriter", "writes .xlsx in constant memory"),
    ("serde", "structs to and from JSON and TOML"),
    ("serde_json", "JSON, with the order of keys kept"),
    ("sha1", "the hash that Java programs take for the padding of encrypted logins"),
    ("sha2", "digests of signatures"),
    ("hmac", "signatures of messages to group chats"),
    ("sm3", "digests of the protocol and of record keys"),
    ("sm4", "the cipher of the protocol"),
    ("subtle", "compares secrets in constant time"),
    ("syn", "reads Rust, for these tests"),
    ("tauri", "the window"),
    ("tauri-build", "the window's resources"),
    ("tauri-plugin-dialog", "the system's file dialogs"),
    ("tempfile", "files that appear whole or not at all, and folders of tests"),
    ("thiserror", "error types"),
    ("tokio", "waiting for the network and for calls of the page"),
    ("tokio-native-tls", "the system's TLS for the receiver"),
    ("tokio-postgres", "queries on PostgreSQL"),
    ("toml", "rule files, connection files and settings that people write"),
    ("ts-rs", "the types of calls in TypeScript"),
    ("zeroize", "secrets leave memory after use"),
    ("zip", "reads archives against limits; the second opinion on our packages"),
];

/// Outside crates that one crate hides from all others: folder of the crate.
const HIDDEN_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["src-tauri/crates/store", "src-tauri/crates/source"]),
    ("tokio-postgres", &["src-tauri/crates/source"]),
    ("mysql_async", &["src-tauri/crates/source"]),
    ("odbc-api", &["src-tauri/crates/source"]),
    ("calamine", &["src-tauri/crates/workbook"]),
    ("rust_xlsxwriter", &["src-tauri/crates/workbook"]),
    ("reqwest", &["src-tauri/crates/submit"]),
    ("keyring", &["src-tauri/crates/vault"]),
    ("ed25519-dalek", &["src-tauri/crates/package"]),
    ("tauri", &["src-tauri"]),
    ("tauri-build", &["src-tauri"]),
    ("tauri-plugin-dialog", &["src-tauri"]),
    ("rfd", &["src-tauri"]),
    ("axum", &["src-tauri/crates/center", "tests/bridge"]),
];

/// npm packages that no file imports: tools that scripts run, and types that the compiler takes by itself.
const TOOLS: &[&str] =
    &["@biomejs/biome", "@tauri-apps/cli", "@types/node", "@types/react", "@types/react-dom", "typescript"];

#[test]
fn every_outside_crate_has_a_reason() {
    let own = own_names();
    let declared: BTreeSet<String> = workspace().into_keys().filter(|name| !own.contains(name.as_str())).collect();
    let listed: BTreeSet<String> = REASONS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let without = declared.difference(&listed).map(|name| format!("{name} has no reason in dependencies.rs"));
    let left_over = listed.difference(&declared).map(|name| format!("{name} has a reason, but nothing declares it"));
    let short = REASONS.iter().filter(|(_, reason)| reason.split(' ').count() < 2);
    let short = short.map(|(name, _)| format!("the reason for {name} says nothing"));
    none(without.chain(left_over).chain(short).collect(), "outside crates and their reasons");
}

/// What [workspace.dependencies] declares.
fn workspace() -> BTreeMap<String, toml::Value> {
    let root = files(&["toml"]).into_iter().find(|file| file.path == "Cargo.toml").expect("the root's Cargo.toml");
    let table: toml::Table = root.text.parse().expect("the root's Cargo.toml is TOML");
    let declared = table["workspace"]["dependencies"].as_table().expect("[workspace.dependencies]");
    declared.clone().into_iter().collect()
}

#[test]
fn dependencies_are_declared_in_the_workspace_and_named_in_code() {
    let mut breaches = Vec::new();
    let mut used = BTreeSet::new();
    let code = files(&["rs"]);
    let tables = tables();
    let folders: Vec<&String> = tables.keys().collect();
    for (folder, table) in &tables {
        let home: Vec<&File> = code.iter().filter(|file| in_package(&file.path, folder, &folders)).collect();
        for key in ["dependencies", "build-dependencies", "dev-dependencies"] {
            for (name, entry) in entries(table, key) {
                if entry.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
                    breaches.push(format!("{folder}: {name} is not taken from [workspace.dependencies]"));
                }
                if !names(&home, &name) {
                    breaches.push(format!("{folder}: no code names {name}"));
                }
                used.insert(name);
            }
        }
    }
    let unused = workspace().into_keys().filter(|name| !used.contains(name));
    breaches.extend(unused.map(|name| format!("no package uses {name} of [workspace.dependencies]")));
    none(breaches, "dependencies that are not declared once and used");
}

/// Whether a file belongs to the package in a folder, not to one further down.
fn in_package(path: &str, folder: &str, folders: &[&String]) -> bool {
    let within = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    within(folder) && !folders.iter().any(|other| other.len() > folder.len() && within(other))
}

/// Whether code names a crate: in a path, a `use` or an attribute.
fn names(files: &[&File], name: &str) -> bool {
    let ident = name.replace('-', "_");
    let pattern = Regex::new(&format!(r"\b{ident}(?:::|;| as |\b.*\]$)")).expect("a pattern");
    let mut lines = files.iter().flat_map(|file| file.text.lines());
    lines.any(|line| line.contains(&ident) && pattern.is_match(line.split("//").next().unwrap_or_default()))
}

#[test]
fn hidden_libraries_stay_in_their_crates() {
    let mut breaches = Vec::new();
    for (folder, known) in &manifests() {
        // A crate's tests may use what stands on the other side of it, such as a workbook reader behind the writer.
        let all: BTreeSet<&String> =
            known.shipped.iter().chain(known.tested.iter().filter(|_| folder != "tests")).collect();
        for (library, crates) in HIDDEN_IN {
            if !crates.contains(&folder.as_str()) && all.iter().any(|name| name == library) {
                breaches.push(format!("{folder} uses {library}, which {} hides", crates.join(" or ")));
            }
        }
    }
    none(breaches, "libraries outside their crate");
}

#[test]
fn code_names_no_library_that_another_crate_hides() {
    let mut breaches = Vec::new();
    for file in files(&["rs"]).iter().filter(|file| !file.path.starts_with("tests/")) {
        for (library, crates) in HIDDEN_IN {
            let home = crates.iter().any(|folder| match *folder {
                "src-tauri" => file.path.starts_with("src-tauri/") && !file.path.starts_with("src-tauri/crates/"),
                folder => file.path.starts_with(&format!("{folder}/")),
            });
            let path = format!("{}::", library.replace('-', "_"));
            for (number, line) in file.lines().filter(|_| !home) {
                if is_named(line, &path) {
                    breaches.push(format!("{}:{number} names {library}", file.path));
                }
            }
        }
    }
    none(breaches, "a library is named outside its crate");
}

/// Whether a line of code names this path, as a word of its own and not in a comment.
fn is_named(line: &str, path: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices(path)
        .any(|(at, _)| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':'))
}

#[test]
fn only_ui_src_ipc_imports_tauri() {
    let mut breaches = Vec::new();
    for file in files(&["ts", "tsx"]).iter().filter(|file| !file.path.starts_with("ui/src/ipc/")) {
        for (number, line) in file.lines() {
            if line.contains(concat!("@tauri", "-apps/")) {
                breaches.push(format!("{}:{number}", file.path));
            }
        }
    }
    none(breaches, "only ui/src/ipc imports Tauri");
}

#[test]
fn npm_packages_are_declared_where_they_are_imported() {
    let imported = Regex::new(
        r#"(?m)(?:^\s*(?:import|export)\s+(?:[\w*{}\s,$]+?\s+from\s+)?|\bimport\(\s*)["']([^"'./][^"']*)["']"#,
    )
    .expect("a pattern");
    let code = files(&["ts", "tsx", "css"]);
    let mut breaches = Vec::new();
    for manifest in files(&["json"]).iter().filter(|file| file.path.ends_with("/package.json")) {
        let folder = manifest.path.trim_end_matches("package.json");
        let package: serde_json::Value = serde_json::from_str(&manifest.text).expect("package.json is JSON");
        let declared: BTreeSet<&str> = ["dependencies", "devDependencies"]
            .iter()
            .filter_map(|key| package[key].as_object())
            .flat_map(|found| found.keys().map(String::as_str))
            .collect();
        let mut used = BTreeSet::new();
        for file in code.iter().filter(|file| file.path.starts_with(folder)) {
            for found in imported.captures_iter(&file.text).filter(|found| !found[1].starts_with("node:")) {
                let name = package_of(&found[1]);
                if !declared.contains(name.as_str()) {
                    breaches.push(format!("{} imports {name}, which {} does not declare", file.path, manifest.path));
                }
                used.insert(name);
            }
        }
        let idle = declared.iter().filter(|name| !used.contains(**name) && !TOOLS.contains(name));
        breaches.extend(idle.map(|name| format!("{}: nothing imports {name}", manifest.path)));
        assert!(!used.is_empty(), "{folder}: no import was found: the pattern is out of date");
    }
    none(breaches, "npm packages that are not declared where they are used");
}

/// The package that an import names: `antd/es/locale` belongs to `antd`, `@axe-core/playwright` has two parts.
fn package_of(import: &str) -> String {
    let parts = if import.starts_with('@') { 2 } else { 1 };
    import.split('/').take(parts).collect::<Vec<_>>().join("/")
}
