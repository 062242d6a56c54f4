//! Zipped workbooks: what is inside, and whether it may be inflated at all.
//!
//! A zip bomb is found by what the archive declares, and by a counter that stops at the limit: a parser sees no part
//! that was not counted. The sheets and texts of a large .xlsx are counted while they are read ([`super::ahead`]),
//! because inflating them twice would cost as much as reading them; all else before. Nothing is kept, so this costs no
//! memory.

use std::io::{BufReader, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::context::{Context, FileForm};
use super::shared::SharedFile;
use crate::{Limits, LooksLike, OpenError};

/// Declared bytes up to which an .xlsx is inflated through the counter when it is opened.
const COUNTED_AT_ONCE: u64 = 16 * 1024 * 1024;

pub(crate) type Archive = ZipArchive<BufReader<SharedFile>>;

/// Opens an archive, decides what workbook it is, and refuses a hostile one.
pub(crate) fn inspect(context: &Context, file: SharedFile) -> Result<(FileForm, Archive), OpenError> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| context.damaged("zip"))?;
    let form = form(context, &mut archive)?;
    weigh(context, &mut archive, form)?;
    Ok((form, archive))
}

fn form(context: &Context, archive: &mut Archive) -> Result<FileForm, OpenError> {
    let has = |archive: &Archive, start: &str| {
        archive.file_names().flatten().any(|name| name.to_ascii_lowercase().starts_with(start))
    };
    let mimetype = small_part(context, archive, "mimetype")?;
    if mimetype.contains("opendocument") {
        if has(archive, "encrypted-package") {
            return Err(context.password());
        }
        if !mimetype.contains("opendocument.spreadsheet") {
            return Err(context.not_a_workbook(LooksLike::Document));
        }
        if small_part(context, archive, "META-INF/manifest.xml")?.contains("encryption-data") {
            return Err(context.password());
        }
        return Ok(FileForm::Ods);
    }
    if has(archive, "xl/workbook.bin") {
        return Ok(FileForm::Xlsb);
    }
    if has(archive, "xl/") || small_part(context, archive, "[Content_Types].xml")?.contains("spreadsheetml") {
        return Ok(FileForm::Xlsx);
    }
    let document = has(archive, "word/") || has(archive, "ppt/");
    Err(context.not_a_workbook(if document { LooksLike::Document } else { LooksLike::Archive }))
}

/// A part that says what the archive is; empty where it is missing. Never more than 256 KB of it.
fn small_part(context: &Context, archive: &mut Archive, name: &str) -> Result<String, OpenError> {
    let part = match archive.by_name(name) {
        Ok(part) => part,
        Err(ZipError::FileNotFound) => return Ok(String::new()),
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(context.password()),
        Err(_) => return Err(context.damaged(name)),
    };
    let mut bytes = Vec::new();
    part.take(256 * 1024).read_to_end(&mut bytes).map_err(|_| context.damaged(name))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Parts that a parser reads; pictures and the like are never inflated.
fn is_read(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xml", ".rels", ".vml", ".rdf", ".bin"].iter().any(|ending| name.ends_with(ending))
}

/// Weighs the parts by what the archive declares. What it declares to be small is inflated through a counter at once;
/// the large parts of an .xlsx are counted while they are read.
fn weigh(context: &Context, archive: &mut Archive, form: FileForm) -> Result<(), OpenError> {
    let (scale, declared, parts) = parts(context, archive)?;
    if !scale.allows(declared) {
        return Err(scale.refused(if declared > context.limits.inflated_bytes {
            context.limits.inflated_bytes
        } else {
            context.limits.ratio_from
        }));
    }
    if form == FileForm::Xlsx && declared > COUNTED_AT_ONCE {
        return Ok(());
    }
    let mut inflated = 0;
    let mut buffer = vec![0u8; 64 * 1024];
    for (index, name) in &parts {
        let mut part = archive.by_index(*index).map_err(|_| context.damaged(name))?;
        let mut strings = name.to_ascii_lowercase().ends_with("sharedstrings.xml").then(Promise::default);
        let is_strings = strings.is_some();
        let before = inflated;
        loop {
            let read = part.read(&mut buffer).map_err(|_| context.damaged(name))?;
            if read == 0 {
                break;
            }
            inflated += read as u64;
            if inflated > context.limits.inflated_bytes {
                return Err(scale.refused(context.limits.inflated_bytes));
            }
            if !scale.allows(inflated) {
                return Err(scale.refused(context.limits.ratio_from));
            }
            if is_strings && inflated - before > context.limits.strings_bytes {
                return Err(scale.refused(context.limits.strings_bytes));
            }
            if let Some(strings) = &mut strings {
                strings.read(&buffer[..read]);
            }
        }
        // calamine makes room for as many strings as the part promises (each takes at least `<si/>`).
        if strings.is_some_and(|s| s.most > inflated - before) {
            return Err(context.damaged(name));
        }
    }
    Ok(())
}

/// What the parts that are read weigh together: the scale, the bytes that they are declared to have, and number and
/// name of each.
type Weighed = (Scale, u64, Vec<(usize, String)>);

fn parts(context: &Context, archive: &mut Archive) -> Result<Weighed, OpenError> {
    let (mut declared, mut packed) = (0u64, 0u64);
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| context.damaged("zip"))?;
        if part.encrypted() {
            return Err(context.password());
        }
        // A part whose name cannot be read is never asked for by name.
        let Some(name) = part.name().ok().filter(|name| is_read(name)).map(|name| name.into_owned()) else { continue };
        declared = declared.saturating_add(part.size());
        packed = packed.saturating_add(part.compressed_size());
        parts.push((index, name));
    }
    Ok((Scale { file: context.file.clone(), limits: context.limits, packed }, declared, parts))
}

/// How far the parts of an archive may inflate.
#[derive(Clone)]
pub(super) struct Scale {
    file: String,
    limits: Limits,
    /// Bytes of the parts that are read, as they are packed.
    packed: u64,
}

impl Scale {
    /// The scale of an archive that was opened before.
    pub(super) fn of(context: &Context, file: &SharedFile) -> Scale {
        let archive = ZipArchive::new(BufReader::new(file.clone())).ok();
        let weighed = archive.and_then(|mut archive| parts(context, &mut archive).ok());
        let packed = weighed.map_or(0, |(scale, ..)| scale.packed);
        Scale { file: context.file.clone(), limits: context.limits, packed }
    }

    /// Whether this number of bytes may be inflated.
    pub(super) fn allows(&self, bytes: u64) -> bool {
        let absurd = bytes > self.limits.ratio_from && bytes > self.packed.saturating_mul(self.limits.ratio);
        bytes <= self.limits.inflated_bytes && !absurd
    }

    /// The error of an archive with more; `limit` in bytes.
    pub(super) fn refused(&self, limit: u64) -> OpenError {
        OpenError::Inflates {
            file: self.file.clone(),
            packed_kb: self.packed.div_ceil(1024),
            limit_mb: limit.div_ceil(1024 * 1024),
            times: self.limits.ratio,
        }
    }
}

/// Finds the largest `uniqueCount="N"` in a stream of bytes, wherever the buffers are cut.
#[derive(Default)]
struct Promise {
    most: u64,
    matched: usize,
    digits: Option<u64>,
}

impl Promise {
    fn read(&mut self, bytes: &[u8]) {
        const NAME: &[u8] = b"uniqueCount";
        for &b in bytes {
            if let Some(so_far) = self.digits {
                match b {
                    b'0'..=b'9' => {
                        let now = so_far.saturating_mul(10).saturating_add(u64::from(b - b'0'));
                        self.digits = Some(now);
                        self.most = self.most.max(now);
                        continue;
                    }
                    b' ' | b'=' | b'"' | b'\'' | b'\t' | b'\r' | b'\n' | b'+' if so_far == 0 => continue,
                    _ => self.digits = None,
                }
            }
            self.matched = match () {
                () if b == NAME[self.matched] => self.matched + 1,
                () if b == NAME[0] => 1,
                () => 0,
            };
            if self.matched == NAME.len() {
                self.matched = 0;
                self.digits = Some(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_found_wherever_the_buffer_ends() {
        let text = br#"<sst count="9" uniqueCount = "41000000000" x="1"><si/></sst>"#;
        for cut in 0..text.len() {
            let mut promise = Promise::default();
            promise.read(&text[..cut]);
            promise.read(&text[cut..]);
            assert_eq!(promise.most, 41_000_000_000, "cut at {cut}");
        }
    }
}
