//! The TypeScript side of the boundary, made from the Rust side: one file with every type and the map of calls.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};

use ts_rs::{Config, TS, TypeVisitor};

use crate::calls;
use crate::session::api::{CallError, Changed, Progress};

/// The whole of `ui/src/ipc/types.ts`.
pub fn types() -> String {
    // Row numbers and counts stay far below 2^53; identifiers and amounts are strings already.
    let mut found =
        Declarations { config: Config::new().with_large_int("number"), seen: HashSet::new(), by_name: BTreeMap::new() };
    found.visit::<CallError>();
    found.visit::<Changed>();
    found.visit::<Progress>();
    calls::visit_types(&mut found);
    let mut text = "// Made from src-tauri/crates/desk/src by `cargo test -p tianbao-desk`. Do not edit.\n".to_owned();
    for declaration in found.by_name.values() {
        text.push_str(&format!("\nexport {declaration}\n"));
    }
    text.push('\n');
    text.push_str(&calls::typescript(&found.config));
    text
}

struct Declarations {
    config: Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Types without a file of their own (numbers, lists, options) have no declaration; what they hold is visited.
        if T::output_path().is_some() {
            self.by_name.insert(T::ident(&self.config), T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

#[cfg(test)]
mod tests {
    /// Writes the file when it differs, and fails then: a second run is green, and CI sees a stale file.
    #[test]
    fn the_types_of_the_interface_are_fresh() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/ipc/types.ts");
        let made = super::types();
        let kept = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        if kept != made {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &made).unwrap();
            panic!("ui/src/ipc/types.ts was stale and has been made anew; look at it and commit it");
        }
    }
}
