//! Why a file is refused as an edition package, and a text as a key.

/// Why a file is not taken as an edition package. Nothing of it is used then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code", content = "params")]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum PackageError {
    /// The file is not an archive, or it is incomplete.
    #[serde(rename = "parcel.not-one")]
    #[error("not an edition package")]
    NotAPackage,
    /// More files than the limit.
    #[serde(rename = "parcel.too-many")]
    #[error("more than {limit} files")]
    TooManyFiles { limit: usize },
    /// More bytes than the limit, packed or inflated.
    #[serde(rename = "parcel.too-large")]
    #[error("more than {limit} bytes")]
    TooLarge { limit: usize },
    /// A path that leads out of the package, or that some operating system cannot have.
    #[serde(rename = "parcel.bad-path")]
    #[error("the path {path:?} is not allowed")]
    Path {
        /// The path; characters that cannot be shown are replaced.
        path: String,
    },
    /// A path is there twice.
    #[serde(rename = "parcel.twice")]
    #[error("{path} is there twice")]
    Twice { path: String },
    /// The archive was written by another program, or something was put between its parts.
    #[serde(rename = "parcel.repacked")]
    #[error("the archive is not as it was packed")]
    Repacked,
    /// The package has no signature.
    #[serde(rename = "parcel.unsigned")]
    #[error("no signature")]
    Unsigned,
    /// A signature that cannot be read.
    #[serde(rename = "parcel.bad-signature-file")]
    #[error("the signature cannot be read")]
    BadSignatureFile,
    /// The signature has a format that only a later program reads.
    #[serde(rename = "parcel.newer-format")]
    #[error("signature format {format} is not known")]
    NewerFormat { format: u32 },
    /// A publisher whose key is not trusted.
    #[serde(rename = "parcel.unknown-publisher")]
    #[error("the publisher {publisher} ({fingerprint}) is not trusted")]
    UnknownPublisher {
        /// The name that the package claims.
        publisher: String,
        /// Fingerprint of the key that it claims.
        fingerprint: String,
    },
    /// The key that the package names did not sign this list of files.
    #[serde(rename = "parcel.wrong-signature")]
    #[error("the signature is not that of {publisher}")]
    WrongSignature {
        /// The name that the package claims.
        publisher: String,
    },
    /// A file is not as it was signed.
    #[serde(rename = "parcel.altered")]
    #[error("{path} was altered")]
    Altered { path: String },
    /// A file that was signed is not there.
    #[serde(rename = "parcel.missing")]
    #[error("{path} is missing")]
    Missing { path: String },
    /// A file that was not signed is there.
    #[serde(rename = "parcel.added")]
    #[error("{path} was added")]
    Added { path: String },
    /// A publisher needs a name of at most [`crate::LONGEST_NAME`] characters that can be shown.
    #[serde(rename = "parcel.publisher-name")]
    #[error("no publisher's name")]
    PublisherName,
}

/// Why a text is not taken as a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code", content = "params")]
pub enum KeyError {
    /// Not the text of a key.
    #[serde(rename = "parcel.not-a-key")]
    #[error("not a key")]
    NotAKey,
    /// A private key where a public one is asked for: its owner must not give it away.
    #[serde(rename = "parcel.private-key")]
    #[error("a private key in the place of a public one")]
    Private,
}
