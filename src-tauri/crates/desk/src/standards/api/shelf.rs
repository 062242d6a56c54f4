//! Editions at hand: installing and removing them, and the publishers that the college trusts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a file with an edition.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditionFile {
    /// Path of the file on this PC.
    pub path: String,
}

/// The edition of a file, which is not installed yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditionPreview {
    /// Edition id.
    pub id: String,
    /// Full title.
    pub title: String,
    /// 高职 or 中职.
    pub level: String,
    /// Month of issue.
    pub issued: String,
    /// Revision of its rendering, such as `1.2.0`.
    pub revision: String,
    /// Number of tables.
    pub tables: usize,
    /// Number of fields.
    pub fields: usize,
    /// Number of its own code lists.
    pub code_lists: usize,
    /// Number of codes in them.
    pub codes: usize,
    /// Number of rules.
    pub rules: usize,
    /// Who signed it; absent for a definition workbook.
    pub publisher: Option<String>,
    /// Fingerprint of the key that signed it.
    pub fingerprint: Option<String>,
    /// Revision of the edition of this id that it would take the place of.
    pub replaces: Option<String>,
}

/// Names an edition.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditionId {
    /// Edition id.
    pub id: String,
}

/// A publisher whose packages this PC takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublisherView {
    /// The name that the college gave it.
    pub name: String,
    /// Fingerprint of its key, to be compared by eye or by phone.
    pub fingerprint: String,
}

/// Trusts a publisher: its packages can be installed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TrustPublisher {
    /// A name for it.
    pub name: String,
    /// The text of its public key.
    pub key: String,
}

/// Stops trusting a publisher; its installed editions are listed as not trusted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DistrustPublisher {
    /// Fingerprint of its key.
    pub fingerprint: String,
}

/// Makes a pair of keys to sign packages with.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakeKey {
    /// File for the private key; it must not exist.
    pub path: String,
}

/// The public half of a new pair.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MadeKey {
    /// File of the private key.
    pub file: String,
    /// Text of the public key, for those who are to trust it.
    pub public_key: String,
    /// Fingerprint of the key, to be compared by eye or by phone.
    pub fingerprint: String,
}

/// Signs an edition as a package.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PackEdition {
    /// Edition at hand, or a folder with an edition's files.
    pub source: String,
    /// File of the private key.
    pub key: String,
    /// Name of the publisher.
    pub publisher: String,
    /// File to write.
    pub path: String,
}

/// A package that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PackedEdition {
    /// Path of the file that was written.
    pub file: String,
    /// Edition id.
    pub id: String,
    /// Revision of the edition, such as `1.2.0`.
    pub revision: String,
    /// Files in it.
    pub files: usize,
    /// Fingerprint of the key that signed it.
    pub fingerprint: String,
}
