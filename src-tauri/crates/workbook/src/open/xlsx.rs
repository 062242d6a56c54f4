//! An .xlsx workbook: which sheets it has, how its styles show numbers, and the rows of its sheets.
//!
//! calamine says what sheets and styles there are, by the small parts alone: it is given the workbook without its
//! sheets and texts, so a workbook of any size opens at once. Each sheet is replaced by one with a number in every
//! style, by which calamine shows which of them are days. Texts and cells are read here, in one forward pass, inflated
//! on a thread of their own.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read, Write};
use std::ops::ControlFlow;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::ahead::Ahead;
use super::archive::Scale;
use super::cells;
use super::context::{Context, RowVisitor, SheetInfo};
use super::facts::{Facts, Overlay};
use super::macro_sheets;
use super::shared::SharedFile;
use super::xlsx_cells::{self, CellFormat, Formats};
use super::xlsx_facts::{Parts, real_name, scan};
use super::xlsx_strings::{Broken, Strings};
use crate::OpenError;
use crate::guard::guarded;
use crate::read::number_format::{NumberFormat, number_format};
use crate::read::raw::Raw;

/// Bytes of a part that calamine is given; such parts are small in every real workbook.
const SMALL: u64 = 16 * 1024 * 1024;

/// Texts that are read at first, for the first rows.
const FIRST_TEXTS: usize = 4_096;

/// An opened workbook.
pub(super) struct Book {
    file: SharedFile,
    scale: Scale,
    parts: Parts,
    formats: Formats,
    strings: Strings,
}

/// Reads the small parts only; sheets and texts are read later.
pub(super) fn load(context: &Context, file: SharedFile) -> Result<(Book, Vec<SheetInfo>), OpenError> {
    let damaged = || context.damaged("xl/workbook.xml");
    let parts = Parts::open(file.clone()).ok_or_else(damaged)?;
    if let Some(part) = parts.wide(file.clone()) {
        return Err(context.damaged(part));
    }
    let (frame, styles) = frame(&file, &parts).ok_or_else(damaged)?;
    let mut frame: Xlsx<_> = match guarded(|| Xlsx::new(BufReader::new(frame))) {
        Some(Ok(book)) => book,
        Some(Err(XlsxError::Password)) => return Err(context.password()),
        _ => return Err(damaged()),
    };
    let sheets = cells::worksheets(frame.sheets_metadata());
    let is_1904 = frame.has_1904_epoch();
    let first = sheets.iter().find(|sheet| parts.part_of(&sheet.name).is_some());
    let styles = first.map(|sheet| guarded(|| cell_formats(&mut frame, &sheet.name, styles)).flatten());
    let styles = styles.map_or(Some(Vec::new()), |styles| styles).ok_or_else(damaged)?;
    let strings = if parts.strings().is_some() { Strings::default() } else { Strings::none() };
    let scale = Scale::of(context, &file);
    Ok((Book { file, scale, parts, formats: Formats { styles, is_1904 }, strings }, sheets))
}

/// The workbook without its sheets and texts, and how many styles it may have. A sheet of macros is named as a dialog.
fn frame(file: &SharedFile, parts: &Parts) -> Option<(SharedFile, usize)> {
    let mut archive = ZipArchive::new(BufReader::new(file.clone())).ok()?;
    let mut frame = ZipWriter::new(Cursor::new(Vec::new()));
    let mut styles = 1;
    let mut texts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let Ok(name) = part.name().map(|name| name.into_owned()) else { continue };
        let lower = name.to_ascii_lowercase().replace('\\', "/");
        let is_small = lower.ends_with(".xml") || lower.ends_with(".rels");
        let in_book =
            !["docprops/", "customxml/"].iter().any(|folder| lower.trim_start_matches('/').starts_with(folder));
        let is_other =
            ["/drawings/", "/charts/", "/pivot", "/externallinks/", "/tables/", "sharedstrings.xml", "/_rels/sheet"];
        if !is_small || !in_book || parts.is_sheet(&name) || is_other.iter().any(|other| lower.contains(other)) {
            continue;
        }
        let mut text = Vec::new();
        let read = (&mut part).take(SMALL + 1).read_to_end(&mut text).ok()?;
        if read as u64 > SMALL {
            return None;
        }
        if lower.ends_with("styles.xml") {
            styles += memchr::memmem::find_iter(&text, b"xf").count();
        }
        texts.push((name, text));
    }
    for (name, text) in texts {
        frame.start_file(name.as_str(), SimpleFileOptions::default()).ok()?;
        frame.write_all(&macro_sheets::named(&name, text)).ok()?;
    }
    let cells: String = (0..styles).map(|style| format!("<c s=\"{style}\"><v>1.5</v></c>")).collect();
    for part in parts.sheets() {
        let name = real_name(&archive, part).unwrap_or_else(|| part.clone());
        // Two sheets of one part, as nobody writes them: the first is enough.
        if frame.start_file(name.as_str(), SimpleFileOptions::default()).is_ok() {
            write!(frame, "<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>").ok()?;
        }
    }
    Some((SharedFile::in_memory(frame.finish().ok()?.into_inner()), styles))
}

/// What each style makes of a number.
fn cell_formats<R: Read + std::io::Seek>(frame: &mut Xlsx<R>, sheet: &str, styles: usize) -> Option<Vec<CellFormat>> {
    let mut reader = frame.worksheet_cells_reader(sheet).ok()?;
    let number = |style: &calamine::Style| {
        style.number_format.as_ref().map_or(NumberFormat::Plain, |f| number_format(&f.format_code))
    };
    let mut formats: Vec<CellFormat> =
        reader.styles().iter().map(|style| CellFormat { number: number(style), moment: None }).collect();
    for _ in 0..styles {
        let Some((cell, style)) = reader.next_cell_with_style_id().ok()? else { break };
        if let (DataRef::DateTime(value), Some(format)) = (cell.get_value(), formats.get_mut(style)) {
            format.moment = Some(value.is_duration());
        }
    }
    Some(formats)
}

impl Book {
    /// Passes on the rows of a sheet as a person sees them, and returns what the sheet says besides its values.
    pub(super) fn walk_as_seen(
        &mut self,
        context: &Context,
        sheet: &str,
        each: RowVisitor<'_>,
    ) -> Result<Facts, OpenError> {
        let mut facts = Facts::default();
        if let Some(part) = self.part(sheet) {
            scan(part, &mut facts);
        }
        let mut hidden = BTreeSet::new();
        let mut overlay = Overlay::new(&facts, each);
        let walked = self.rows(context, sheet, &mut hidden, &mut |line, cells| overlay.row(line, cells))?;
        if walked.is_continue() {
            overlay.end();
        }
        facts.hidden = hidden;
        Ok(facts)
    }

    /// Passes on the rows of a sheet by their values alone, and reads no more of the workbook than they need.
    pub(super) fn walk(&mut self, context: &Context, sheet: &str, each: RowVisitor<'_>) -> Result<(), OpenError> {
        self.rows(context, sheet, &mut BTreeSet::new(), each).map(drop)
    }

    fn rows(
        &mut self,
        context: &Context,
        sheet: &str,
        hidden: &mut BTreeSet<u32>,
        each: RowVisitor<'_>,
    ) -> Result<ControlFlow<()>, OpenError> {
        let Some(part) = self.part(sheet) else { return Err(context.damaged(sheet)) };
        let refused = part.refused();
        let Book { file, scale, parts, formats, strings } = self;
        let mut texts = |at: usize| {
            while at >= strings.len() && !strings.is_complete() {
                // A few at first; then all of them.
                let most = if strings.len() == 0 { Some(FIRST_TEXTS.max(at + 1)) } else { None };
                *strings = read_strings(context, (&*file, &*scale), parts, most)?;
            }
            Ok(strings.get(at).map(|text| Raw::Text(text.to_owned())))
        };
        let read = xlsx_cells::read((context, sheet), part, formats, &mut texts, hidden, each);
        match (read, refused.get()) {
            (Err(_), true) => Err(scale.refused(context.limits.ratio_from)),
            (read, _) => read,
        }
    }

    /// The part of a sheet.
    fn part(&self, sheet: &str) -> Option<Ahead> {
        Ahead::open(&self.file, self.parts.part_of(sheet)?, self.scale.clone())
    }
}

fn read_strings(
    context: &Context,
    (file, scale): (&SharedFile, &Scale),
    parts: &Parts,
    most: Option<usize>,
) -> Result<Strings, OpenError> {
    let damaged = || context.damaged("xl/sharedStrings.xml");
    let part = parts.strings().and_then(|part| Ahead::open(file, part, scale.clone())).ok_or_else(damaged)?;
    let refused = part.refused();
    let limit = context.limits.strings_bytes;
    match Strings::read(part, most, limit) {
        Ok(strings) => Ok(strings),
        Err(Broken::TooMany) => Err(scale.refused(limit)),
        Err(Broken::Damaged) if refused.get() => Err(scale.refused(context.limits.ratio_from)),
        Err(Broken::Damaged) => Err(damaged()),
    }
}
