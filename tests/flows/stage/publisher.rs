//! A publisher of editions: a pair of keys, and packages signed with it.

use std::path::Path;

use serde_json::{Value, json};
use standard::{Edition, Kind, Standards};

use super::{Clerk, EDITION, Home};

/// The publisher's name in its packages.
pub const PUBLISHER: &str = "示例出版者";

/// Somebody who signs editions.
pub struct Publisher<'a> {
    clerk: &'a Clerk,
    home: &'a Home,
    name: &'static str,
    /// Text of the public key.
    pub key: String,
    /// Fingerprint of it.
    pub fingerprint: String,
}

impl<'a> Publisher<'a> {
    /// One with a new pair of keys, kept under this name.
    pub fn new(clerk: &'a Clerk, home: &'a Home, name: &'static str) -> Publisher<'a> {
        let made = clerk.call("edition.make_key", json!({ "path": home.text(&format!("{name}.key")) }));
        let text = |key: &str| made[key].as_str().unwrap().to_owned();
        Publisher { clerk, home, name, key: text("public_key"), fingerprint: text("fingerprint") }
    }

    /// Makes the clerk trust it.
    pub fn trusted(self) -> Publisher<'a> {
        self.clerk.call("edition.trust", json!({ "name": self.name, "key": self.key }));
        self
    }

    /// Signs an edition; gives the package's path.
    #[track_caller]
    pub fn pack(&self, edition: &Edition) -> String {
        let name = format!("{}-{}-{}", self.name, edition.id, edition.revision);
        let folder = self.home.path(&name);
        for (path, bytes) in standard::write::package(edition) {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let path = self.home.text(&format!("{name}.tbedition"));
        let key = self.home.text(&format!("{}.key", self.name));
        let request = json!({ "source": folder, "key": key, "publisher": PUBLISHER, "path": path });
        self.clerk.call("edition.pack", request);
        path
    }

    /// Signs an edition and installs it.
    #[track_caller]
    pub fn publish(&self, edition: &Edition) -> Value {
        let path = self.pack(edition);
        self.clerk.call("edition.install_package", json!({ "path": path }))
    }
}

/// The flows' edition under another id and revision.
pub fn edition(id: &str, revision: &str) -> Edition {
    let builtin = Standards::builtin().unwrap().edition(EDITION).unwrap();
    Edition { id: id.to_owned(), revision: revision.to_owned(), ..Edition::clone(&builtin) }
}

/// The same with one more field at the end of a table.
pub fn grown(mut edition: Edition, table: &str, column: &str) -> Edition {
    let table = edition.tables.iter_mut().find(|t| t.name == table).unwrap();
    let like = table.fields.iter().find(|f| !f.is_system()).unwrap().clone();
    table.fields.push(standard::Field {
        no: table.fields.len() as u32 + 1,
        item_id: "ZYG99999".to_owned(),
        column: column.to_owned(),
        title: format!("新增{column}"),
        kind: Kind::Text,
        printed_type: 'C',
        max_length: Some(20),
        precision: None,
        scale: None,
        pattern: None,
        format: None,
        required: false,
        aliases: Vec::new(),
        references: Vec::new(),
        ..like
    });
    edition
}
