//! A signed edition package: the files of an edition in one file, with the publisher's signature.
//!
//! A parcel is a ZIP archive that any program can look into, and nothing but that: it holds the files one after the
//! other as they are, and `signature.json` as the last one. What [`pack`] writes is the only form that [`open`] takes. The
//! contents decide every byte, so nothing can be hidden between the parts, no part can be there twice, and nothing
//! inflates.
//!
//! The publisher signs a list of all paths, lengths and SHA-256 hashes with Ed25519. [`open`] hands out files only when a
//! publisher whose key the caller trusts has signed exactly these.
//!
//! Left out on purpose: what the files mean (the standard's business), where parcels and trusted keys are kept (the
//! desk's), and randomness (the caller's).

mod container;
mod error;
mod key;
mod signature;

use std::collections::BTreeMap;

pub use error::{KeyError, ParcelError};
pub use key::{PrivateKey, PublicKey};

/// Ending of a parcel's file name.
pub const ENDING: &str = "tbedition";

/// Files by their path, with `/` between folders, as `tables/ODS_X.json`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The most bytes of a parcel; the largest edition has less than one in a hundred of it.
pub const MOST_BYTES: usize = 128 * 1024 * 1024;
/// The most files of a parcel.
pub const MOST_FILES: usize = 20_000;
/// The most characters of a path.
pub const LONGEST_PATH: usize = 240;
/// The most characters of a publisher's name.
pub const LONGEST_NAME: usize = 60;

/// A publisher that the college trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// The name that the college gave it.
    pub name: String,
    /// Its public key.
    pub key: PublicKey,
}

/// A parcel that a trusted publisher has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The files, without the signature.
    pub files: Files,
    /// The publisher's name as the parcel says it; the trusted key vouches for it.
    pub publisher: String,
    /// Fingerprint of the key that signed.
    pub fingerprint: String,
}

/// The parcel of these files, signed.
///
/// # Errors
/// A path that [`open`] would refuse, a name without letters, or more than the limits.
pub fn pack(files: &Files, publisher: &str, key: &PrivateKey) -> Result<Vec<u8>, ParcelError> {
    container::check(files)?;
    if files.contains_key(signature::FILE) {
        return Err(ParcelError::Path { path: signature::FILE.to_owned() });
    }
    let signed = signature::sign(files, publisher, key)?;
    container::write(files, Some(&signed))
}

/// These files in one file without a signature, for keeping what the college made itself. [`open`] refuses it.
///
/// # Errors
/// As for [`pack`].
pub fn bundle(files: &Files) -> Result<Vec<u8>, ParcelError> {
    container::check(files)?;
    container::write(files, None)
}

/// The files of a [`bundle`] that is whole: every part has its checksum. Nobody vouches for them.
///
/// # Errors
/// See [`ParcelError`].
pub fn unbundle(bytes: &[u8]) -> Result<Files, ParcelError> {
    let parts = container::read(bytes)?;
    if container::write(&parts, None)? != bytes { Err(ParcelError::Repacked) } else { Ok(parts) }
}

/// The files of a parcel, where one of the `trusted` publishers has signed them as they are.
///
/// # Errors
/// See [`ParcelError`]: each way of being no such parcel has its own.
pub fn open(bytes: &[u8], trusted: &[Publisher]) -> Result<Opened, ParcelError> {
    let mut parts = container::read(bytes)?;
    let signed = parts.remove(signature::FILE).ok_or(ParcelError::Unsigned)?;
    let (publisher, fingerprint) = signature::verify(&signed, &parts, trusted)?;
    // Whatever the contents do not decide (a date, a comment, bytes between two parts) is as it was written.
    if container::write(&parts, Some(&signed))? != bytes {
        return Err(ParcelError::Repacked);
    }
    Ok(Opened { files: parts, publisher, fingerprint })
}
