//! The archive: stored parts one after the other, in the order of their paths, then the central directory of the ZIP
//! format.
//!
//! It is written here and not by a library, so that equal contents always give equal bytes, also after an update.

use crate::error::PackageError;
use crate::files::{Files, LONGEST_PATH, MOST_BYTES, MOST_FILES, SIGNATURE};

const PART: u32 = 0x0403_4b50;
const ENTRY: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Bytes of a part's head, of an entry in the list, and of the end, without the path.
const PART_HEAD: usize = 30;
const ENTRY_HEAD: usize = 46;
const END_HEAD: usize = 22;
/// Version 2.0: plain parts in folders.
const VERSION: u16 = 20;
/// Paths are UTF-8.
const UTF8: u16 = 1 << 11;
/// 1 January 1980, the earliest date that ZIP can hold.
const DAY: u16 = 0x21;

/// Refuses paths that are not allowed, and more files or bytes than the limits.
pub fn check(files: &Files) -> Result<(), PackageError> {
    if files.len() >= MOST_FILES {
        return Err(PackageError::TooManyFiles { limit: MOST_FILES });
    }
    files.keys().try_for_each(|path| check_path(path))
}

/// Folders and a name, of letters, digits, `.`, `_` and `-`; nothing that leads out of the folder.
fn check_path(path: &str) -> Result<(), PackageError> {
    let part = |part: &str| {
        !matches!(part, "" | "." | "..") && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
    };
    if path.chars().count() <= LONGEST_PATH && path.split('/').all(part) {
        return Ok(());
    }
    let shown = path.chars().take(LONGEST_PATH).map(|c| if c.is_control() { '\u{fffd}' } else { c });
    Err(PackageError::Path { path: shown.collect() })
}

/// The archive of these files and their signature, if they have one.
pub fn write(files: &Files, signed: Option<&[u8]>) -> Result<Vec<u8>, PackageError> {
    let (mut out, mut list, mut count) = (Vec::new(), Vec::new(), 0u16);
    let signed = signed.map(|signed| (SIGNATURE, signed));
    for (path, bytes) in files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).chain(signed) {
        let too_large = |_| PackageError::TooLarge { limit: MOST_BYTES };
        let (at, length) = (u32::try_from(out.len()), u32::try_from(bytes.len()));
        let (at, length) = (at.map_err(too_large)?, length.map_err(too_large)?);
        let name = u16::try_from(path.len()).map_err(too_large)?;
        let crc = crc32fast::hash(bytes);
        out.extend(PART.to_le_bytes());
        let head = |out: &mut Vec<u8>| {
            [VERSION, UTF8, 0, 0, DAY].iter().for_each(|v| out.extend(v.to_le_bytes()));
            [crc, length, length].iter().for_each(|v| out.extend(v.to_le_bytes()));
            [name, 0].iter().for_each(|v| out.extend(v.to_le_bytes()));
        };
        head(&mut out);
        out.extend(path.as_bytes());
        out.extend(bytes);
        list.extend(ENTRY.to_le_bytes());
        list.extend(VERSION.to_le_bytes());
        head(&mut list);
        [0u16; 3].iter().for_each(|v| list.extend(v.to_le_bytes()));
        [0u32, at].iter().for_each(|v| list.extend(v.to_le_bytes()));
        list.extend(path.as_bytes());
        count += 1;
    }
    if out.len() + list.len() + END_HEAD > MOST_BYTES {
        return Err(PackageError::TooLarge { limit: MOST_BYTES });
    }
    // Below the limit both fit.
    let (at, length) = (out.len() as u32, list.len() as u32);
    out.extend(list);
    out.extend(END.to_le_bytes());
    [0, 0, count, count].iter().for_each(|v| out.extend(v.to_le_bytes()));
    [length, at].iter().for_each(|v| out.extend(v.to_le_bytes()));
    out.extend(0u16.to_le_bytes());
    Ok(out)
}

/// The parts of an archive, the signature among them. Does not check whether the list behind the parts agrees: the
/// caller compares the whole file with what [`write`] makes of the parts.
pub fn read(bytes: &[u8]) -> Result<Files, PackageError> {
    if bytes.len() > MOST_BYTES {
        return Err(PackageError::TooLarge { limit: MOST_BYTES });
    }
    if !bytes.starts_with(&PART.to_le_bytes()) {
        return Err(PackageError::NotAPackage);
    }
    let mut parts = Files::new();
    let mut at = 0;
    while u32_at(bytes, at)? == PART {
        let (flags, method) = (u16_at(bytes, at + 6)?, u16_at(bytes, at + 8)?);
        let (packed, length) = (u32_at(bytes, at + 18)?, u32_at(bytes, at + 22)?);
        let (name, extra) = (u16_at(bytes, at + 26)?, u16_at(bytes, at + 28)?);
        if flags != UTF8 || method != 0 || packed != length || extra != 0 {
            return Err(PackageError::Repacked);
        }
        let path = slice(bytes, at + PART_HEAD, name.into())?;
        let path =
            str::from_utf8(path).map_err(|_| PackageError::Path { path: String::from_utf8_lossy(path).into() })?;
        check_path(path)?;
        let start = at + PART_HEAD + usize::from(name);
        let length = usize::try_from(length).map_err(|_| PackageError::NotAPackage)?;
        let part = slice(bytes, start, length)?.to_vec();
        if parts.insert(path.to_owned(), part).is_some() {
            return Err(PackageError::Twice { path: path.to_owned() });
        }
        if parts.len() > MOST_FILES {
            return Err(PackageError::TooManyFiles { limit: MOST_FILES });
        }
        at = start + length;
    }
    // The directory has one entry for each part, and an end; a shorter file is incomplete.
    let rest = parts.keys().map(|path| ENTRY_HEAD + path.len()).sum::<usize>() + END_HEAD;
    if u32_at(bytes, at)? != ENTRY || bytes.len() < at + rest {
        return Err(PackageError::NotAPackage);
    }
    Ok(parts)
}

fn slice(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], PackageError> {
    let end = at.checked_add(length).ok_or(PackageError::NotAPackage)?;
    bytes.get(at..end).ok_or(PackageError::NotAPackage)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, PackageError> {
    let bytes = slice(bytes, at, 2)?.try_into().map_err(|_| PackageError::NotAPackage)?;
    Ok(u16::from_le_bytes(bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, PackageError> {
    let bytes = slice(bytes, at, 4)?.try_into().map_err(|_| PackageError::NotAPackage)?;
    Ok(u32::from_le_bytes(bytes))
}
