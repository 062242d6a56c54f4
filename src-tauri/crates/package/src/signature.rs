//! `signature.json`: who signed which files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::error::PackageError;
use crate::files::{Files, LONGEST_NAME};
use crate::key::{PrivateKey, Publisher};

/// The format that this program writes; it refuses every other.
const FORMAT: u32 = 1;

/// Begins the signed message, so that a signature made for another purpose with the same key is not valid here.
const DOMAIN: &[u8] = b"tianbao edition package 1\0";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
    format: u32,
    publisher: String,
    fingerprint: String,
    files: Vec<Listed>,
    signature: String,
}

#[derive(Serialize, Deserialize, PartialEq, Eq, Clone)]
#[serde(deny_unknown_fields)]
struct Listed {
    path: String,
    bytes: u64,
    sha256: String,
}

/// Only the format, so that a file of a later format can be reported as such.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// The signature of these files.
pub fn sign(files: &Files, publisher: &str, key: &PrivateKey) -> Result<Vec<u8>, PackageError> {
    check_name(publisher)?;
    let listed: Vec<Listed> = files.iter().map(|(path, bytes)| list(path, bytes)).collect();
    let fingerprint = key.public().fingerprint();
    let signature = key.sign(&message(publisher, &fingerprint, &listed));
    write(&Signed {
        format: FORMAT,
        publisher: publisher.to_owned(),
        fingerprint,
        files: listed,
        signature: STANDARD.encode(signature),
    })
}

/// Publisher and fingerprint, where a trusted one has signed these files as they are.
pub fn verify(bytes: &[u8], files: &Files, trusted: &[Publisher]) -> Result<(String, String), PackageError> {
    let unreadable = |_| PackageError::BadSignatureFile;
    let Format { format } = serde_json::from_slice(bytes).map_err(unreadable)?;
    if format != FORMAT {
        return Err(PackageError::NewerFormat { format });
    }
    let signed: Signed = serde_json::from_slice(bytes).map_err(unreadable)?;
    // The text must be exactly as this program writes it, so that no byte of it can differ.
    if write(&signed)? != bytes || check_name(&signed.publisher).is_err() {
        return Err(PackageError::BadSignatureFile);
    }
    let signature = STANDARD.decode(&signed.signature).map_err(|_| PackageError::BadSignatureFile)?;
    let signature = <&[u8; 64]>::try_from(signature.as_slice()).map_err(|_| PackageError::BadSignatureFile)?;
    let Signed { publisher, fingerprint, files: listed, .. } = signed;
    let Some(known) = trusted.iter().find(|p| p.key.fingerprint() == fingerprint) else {
        let fingerprint = fingerprint.chars().take(LONGEST_NAME).collect();
        return Err(PackageError::UnknownPublisher { publisher, fingerprint });
    };
    if !known.key.verifies(&message(&publisher, &fingerprint, &listed), signature) {
        return Err(PackageError::WrongSignature { publisher });
    }
    compare(&listed, files)?;
    Ok((publisher, fingerprint))
}

/// The first file that is not as it was listed.
fn compare(listed: &[Listed], files: &Files) -> Result<(), PackageError> {
    for file in listed {
        match files.get(&file.path) {
            None => return Err(PackageError::Missing { path: file.path.clone() }),
            Some(bytes) if list(&file.path, bytes) != *file => {
                return Err(PackageError::Altered { path: file.path.clone() });
            }
            Some(_) => {}
        }
    }
    match files.keys().find(|path| listed.binary_search_by(|file| file.path.as_str().cmp(path)).is_err()) {
        Some(path) => Err(PackageError::Added { path: path.clone() }),
        None => Ok(()),
    }
}

fn list(path: &str, bytes: &[u8]) -> Listed {
    Listed { path: path.to_owned(), bytes: bytes.len() as u64, sha256: hex::encode(Sha256::digest(bytes)) }
}

/// The signed message. Every text has its length in front, so that different lists give different messages.
fn message(publisher: &str, fingerprint: &str, files: &[Listed]) -> Vec<u8> {
    let mut message = DOMAIN.to_vec();
    let mut add = |text: &str| {
        message.extend((text.len() as u64).to_le_bytes());
        message.extend(text.as_bytes());
    };
    add(publisher);
    add(fingerprint);
    for file in files {
        add(&file.path);
        add(&file.bytes.to_string());
        add(&file.sha256);
    }
    message
}

fn write(signed: &Signed) -> Result<Vec<u8>, PackageError> {
    let mut bytes = serde_json::to_vec_pretty(signed).map_err(|_| PackageError::BadSignatureFile)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn check_name(name: &str) -> Result<(), PackageError> {
    let good = name.trim() == name
        && !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control);
    if good { Ok(()) } else { Err(PackageError::PublisherName) }
}
