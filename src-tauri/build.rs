//! Checks the window's configuration and makes sure that the folder of the built interface exists, so that
//! `cargo check` works in a clone where nobody built the interface yet. `cargo xtask` builds it first.

fn main() {
    let interface = std::path::Path::new("../ui/dist");
    if let Err(error) = std::fs::create_dir_all(interface) {
        println!("cargo:warning={}: {error}", interface.display());
    }
    println!("cargo:rerun-if-changed={}", interface.display());
    tauri_build::build();
}
