//! The real key store of a Linux desktop: a Secret Service on a session bus of its own, in a home of its own, so that
//! the keys of the person who runs the tests are never touched.
#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};

use vault::{KeyStore, Keyring, Secret, VaultError};

/// Starts a bus and an unlocked keyring on it, then runs the test below there.
#[test]
fn a_secret_service_keeps_gives_and_forgets_a_key() {
    let home = tempfile::tempdir().unwrap();
    let script = r#"printf 'unlock' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" "$@""#;
    let output = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", script])
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "inside_the_session"])
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .stdin(Stdio::null())
        .output()
        .expect("dbus-run-session and gnome-keyring-daemon are installed; cargo xtask test does it");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[ignore = "needs the bus that the test above starts"]
fn inside_the_session() {
    let keys = Keyring::new("tianbao-test");
    keys.probe().unwrap();
    let read = |name: &str| keys.get(name).unwrap().map(|secret| secret.bytes().to_vec());
    assert_eq!(read("示例/口令"), None);
    keys.set("示例/口令", &Secret::new(vec![0, 1, 255])).unwrap();
    keys.set("示例/口令", &Secret::new(vec![2, 0, 3])).unwrap();
    assert_eq!(read("示例/口令"), Some(vec![2, 0, 3]), "the newer one, byte for byte");
    keys.delete("示例/口令").unwrap();
    keys.delete("示例/口令").unwrap();
    assert_eq!(read("示例/口令"), None);
}

/// Without a bus the failure is clean, so that the clerk can be asked for a passphrase.
#[test]
fn without_a_bus_the_store_says_that_it_is_not_there() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "without_a_bus"])
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .env_remove("DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "needs the environment that the test above sets"]
fn without_a_bus() {
    // Inside a task too: the Secret Service client blocks on a runtime of its own, which must not meet the caller's.
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = runtime.block_on(async { Keyring::new("tianbao-test").probe().unwrap_err() });
    assert!(matches!(error, VaultError::Unavailable { .. }), "{error}");
}
