//! A signed edition package: the files of an edition in one file, with the publisher's signature.
//!
//! A package is a ZIP archive that any program can read: it holds the files one after the other, uncompressed, and
//! `signature.json` as the last one. [`open`] takes only files exactly as [`pack`] writes them. So no bytes can be
//! hidden between the files, no file can be there twice, and a small package cannot unpack to a large amount of data.
//!
//! The publisher signs a list of all paths, lengths and SHA-256 hashes with Ed25519. [`open`] returns the files only
//! when a publisher whose key the caller trusts has signed exactly these.
//!
//! Left out on purpose: what the files mean (`standard`), where packages and trusted keys are kept (`desk`), and
//! randomness, which the caller passes in.

mod container;
mod error;
mod files;
mod key;
mod signature;

pub use error::{KeyError, PackageError};
pub use files::{ENDING, Files, LONGEST_NAME, LONGEST_PATH, MOST_BYTES, MOST_FILES};
pub use key::{PrivateKey, PublicKey, Publisher};

/// A package that a trusted publisher has signed, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The files, without the signature.
    pub files: Files,
    /// The publisher's name as the package has it; it is signed with the trusted key.
    pub publisher: String,
    /// Fingerprint of the key that signed.
    pub fingerprint: String,
}

/// The package of these files, signed.
///
/// # Errors
/// A path that [`open`] would refuse, a name without letters, or more than the limits.
pub fn pack(files: &Files, publisher: &str, key: &PrivateKey) -> Result<Vec<u8>, PackageError> {
    container::check(files)?;
    if files.contains_key(files::SIGNATURE) {
        return Err(PackageError::Path { path: files::SIGNATURE.to_owned() });
    }
    let signed = signature::sign(files, publisher, key)?;
    container::write(files, Some(&signed))
}

/// These files in one file without a signature, for keeping what the college made itself. [`open`] refuses such a file.
///
/// # Errors
/// As for [`pack`].
pub fn bundle(files: &Files) -> Result<Vec<u8>, PackageError> {
    container::check(files)?;
    container::write(files, None)
}

/// The files of a [`bundle`] that is whole: every part has its checksum. No publisher has signed them.
///
/// # Errors
/// See [`PackageError`].
pub fn unbundle(bytes: &[u8]) -> Result<Files, PackageError> {
    let parts = container::read(bytes)?;
    if container::write(&parts, None)? != bytes { Err(PackageError::Repacked) } else { Ok(parts) }
}

/// The files of a package, where one of the `trusted` publishers has signed them as they are.
///
/// # Errors
/// See [`PackageError`], which has a variant for each reason to refuse a file.
pub fn open(bytes: &[u8], trusted: &[Publisher]) -> Result<Opened, PackageError> {
    let mut parts = container::read(bytes)?;
    let signed = parts.remove(files::SIGNATURE).ok_or(PackageError::Unsigned)?;
    let (publisher, fingerprint) = signature::verify(&signed, &parts, trusted)?;
    // A file with a date, a comment or bytes between two parts that `pack` does not write is refused here.
    if container::write(&parts, Some(&signed))? != bytes {
        return Err(PackageError::Repacked);
    }
    Ok(Opened { files: parts, publisher, fingerprint })
}
