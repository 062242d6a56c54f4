//! Zipped workbooks: what is inside, and whether it may be inflated at all.
//!
//! A zip bomb is found before any parser sees it: first by what the archive declares, then by inflating every part that
//! a parser would read through a counter that stops at the limit. Nothing is kept, so this costs no memory.

use std::io::{BufReader, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::context::{Context, FileForm};
use super::shared::SharedFile;
use crate::{LooksLike, OpenError};

pub(crate) type Archive = ZipArchive<BufReader<SharedFile>>;

/// Opens an archive, decides what workbook it is, and refuses a hostile one.
pub(crate) fn inspect(context: &Context, file: SharedFile) -> Result<(FileForm, Archive), OpenError> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| context.damaged("zip"))?;
    let form = form(context, &mut archive)?;
    weigh(context, &mut archive)?;
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

fn weigh(context: &Context, archive: &mut Archive) -> Result<(), OpenError> {
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
    let mut scale = Scale { context, packed, inflated: 0 };
    scale.allows(declared)?;
    let mut buffer = vec![0u8; 64 * 1024];
    for (index, name) in &parts {
        let mut part = archive.by_index(*index).map_err(|_| context.damaged(name))?;
        let mut strings = name.to_ascii_lowercase().ends_with("sharedstrings.xml").then(Promise::default);
        let is_strings = strings.is_some();
        let before = scale.inflated;
        loop {
            let read = part.read(&mut buffer).map_err(|_| context.damaged(name))?;
            if read == 0 {
                break;
            }
            scale.inflated += read as u64;
            scale.allows(scale.inflated)?;
            if is_strings && scale.inflated - before > context.limits.strings_bytes {
                return Err(scale.refused(context.limits.strings_bytes));
            }
            if let Some(strings) = &mut strings {
                strings.read(&buffer[..read]);
            }
        }
        // calamine makes room for as many strings as the part promises (each takes at least `<si/>`).
        if strings.is_some_and(|s| s.most > scale.inflated - before) {
            return Err(context.damaged(name));
        }
    }
    Ok(())
}

struct Scale<'a> {
    context: &'a Context,
    packed: u64,
    inflated: u64,
}

impl Scale<'_> {
    fn allows(&self, bytes: u64) -> Result<(), OpenError> {
        let limits = &self.context.limits;
        if bytes > limits.inflated_bytes {
            return Err(self.refused(limits.inflated_bytes));
        }
        if bytes > limits.ratio_from && bytes > self.packed.saturating_mul(limits.ratio) {
            return Err(self.refused(limits.ratio_from));
        }
        Ok(())
    }

    fn refused(&self, limit: u64) -> OpenError {
        OpenError::Inflates {
            file: self.context.file.clone(),
            packed_kb: self.packed.div_ceil(1024),
            limit_mb: limit.div_ceil(1024 * 1024),
            times: self.context.limits.ratio,
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
