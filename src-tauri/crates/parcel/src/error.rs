//! Why something is no parcel that can be trusted.

/// Why a file is not taken as an edition package. Nothing of it is used then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    /// No archive, or one that breaks off.
    #[error("not an edition package")]
    NotAParcel,
    /// More than a limit.
    #[error("more than {limit} {what}")]
    TooLarge {
        /// `bytes` or `files`.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A path that leads out of the package, or none that every system can have.
    #[error("the path {path:?} is not allowed")]
    Path {
        /// The path; what no screen shows in it is replaced.
        path: String,
    },
    /// A path is there twice.
    #[error("{path} is there twice")]
    Twice {
        /// The path.
        path: String,
    },
    /// The archive was written by another program, or something was put between its parts.
    #[error("the archive is not as it was packed")]
    Repacked,
    /// No signature.
    #[error("no signature")]
    Unsigned,
    /// A signature that cannot be read.
    #[error("the signature cannot be read")]
    BadSignatureFile,
    /// A signature of a later program.
    #[error("signature format {format} is not known")]
    NewerFormat {
        /// The format it names.
        format: u32,
    },
    /// A publisher whose key is not trusted.
    #[error("the publisher {publisher} ({fingerprint}) is not trusted")]
    UnknownPublisher {
        /// The name that the package claims.
        publisher: String,
        /// Fingerprint of the key that it claims.
        fingerprint: String,
    },
    /// The key that the package names did not sign this list of files.
    #[error("the signature is not that of {publisher}")]
    WrongSignature {
        /// The name that the package claims.
        publisher: String,
    },
    /// A file is not as it was signed.
    #[error("{path} was altered")]
    Altered {
        /// Its path.
        path: String,
    },
    /// A file that was signed is not there.
    #[error("{path} is missing")]
    Missing {
        /// Its path.
        path: String,
    },
    /// A file that was not signed is there.
    #[error("{path} was added")]
    Added {
        /// Its path.
        path: String,
    },
    /// A publisher needs a name of at most [`crate::LONGEST_NAME`] characters that can be shown.
    #[error("no publisher's name")]
    PublisherName,
}

impl ParcelError {
    /// Name of the error for those who find words for it.
    pub fn code(&self) -> &'static str {
        match self {
            ParcelError::NotAParcel => "parcel.not-one",
            ParcelError::TooLarge { what: "files", .. } => "parcel.too-many",
            ParcelError::TooLarge { .. } => "parcel.too-large",
            ParcelError::Path { .. } => "parcel.bad-path",
            ParcelError::Twice { .. } => "parcel.twice",
            ParcelError::Repacked => "parcel.repacked",
            ParcelError::Unsigned => "parcel.unsigned",
            ParcelError::BadSignatureFile => "parcel.bad-signature-file",
            ParcelError::NewerFormat { .. } => "parcel.newer-format",
            ParcelError::UnknownPublisher { .. } => "parcel.unknown-publisher",
            ParcelError::WrongSignature { .. } => "parcel.wrong-signature",
            ParcelError::Altered { .. } => "parcel.altered",
            ParcelError::Missing { .. } => "parcel.missing",
            ParcelError::Added { .. } => "parcel.added",
            ParcelError::PublisherName => "parcel.publisher-name",
        }
    }

    /// The error's data by name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            ParcelError::NotAParcel
            | ParcelError::Repacked
            | ParcelError::Unsigned
            | ParcelError::BadSignatureFile
            | ParcelError::PublisherName => Vec::new(),
            ParcelError::TooLarge { limit, .. } => vec![("limit", limit.to_string())],
            ParcelError::Path { path }
            | ParcelError::Twice { path }
            | ParcelError::Altered { path }
            | ParcelError::Missing { path }
            | ParcelError::Added { path } => vec![("path", path.clone())],
            ParcelError::NewerFormat { format } => vec![("format", format.to_string())],
            ParcelError::UnknownPublisher { publisher, fingerprint } => {
                vec![("publisher", publisher.clone()), ("fingerprint", fingerprint.clone())]
            }
            ParcelError::WrongSignature { publisher } => vec![("publisher", publisher.clone())],
        }
    }
}

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not the text of a key.
    #[error("not a key")]
    NotAKey,
    /// A private key where a public one is asked for: it must not be handed about.
    #[error("a private key in the place of a public one")]
    Private,
}

impl KeyError {
    /// Name of the error for those who find words for it.
    pub fn code(self) -> &'static str {
        match self {
            KeyError::NotAKey => "parcel.not-a-key",
            KeyError::Private => "parcel.private-key",
        }
    }
}
