//! Opening a file: what it is by its content, and whether it is safe to load.

mod ahead;
mod archive;
mod biff;
mod cells;
mod context;
mod decoding;
mod facts;
mod macro_sheets;
mod moments;
mod ods;
mod shared;
mod sniff;
mod text;
mod xls;
mod xls_facts;
mod xlsb;
mod xlsb_facts;
mod xlsx;
mod xlsx_cells;
mod xlsx_facts;
mod xlsx_strings;
mod xlsx_tags;

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use calamine::Xlsb;
use standard::definition::SheetText;
use standard::{Edition, Table};

pub(crate) use context::Far;
use context::{Context, RowVisitor};
pub use context::{FileForm, SheetInfo};
use facts::Facts;
pub(crate) use facts::Noticed;
use shared::SharedFile;
pub(crate) use text::cell as text_cell;

use crate::error::file_name;
use crate::read::heading_rows::{HEAD_ROWS, Head};
use crate::read::raw::Raw;
use crate::read::rows::Rows;
use crate::read::survey::{names_more_than_choices, survey_sheet};
use crate::read::texts::Texts;
use crate::stamp::{CODES_SHEET, STAMP_SHEET};
use crate::{Limits, OpenError, Remark, RowIn, RowsRead, SheetReading, Stamp, Survey};

/// An opened file.
pub struct Workbook {
    context: Context,
    form: FileForm,
    sheets: Vec<SheetInfo>,
    /// First rows of each sheet.
    heads: Vec<Head>,
    stamp: Option<Stamp>,
    source: FormReader,
}

/// The reader of the form that the file has.
enum FormReader {
    Xlsx(Box<xlsx::Book>),
    Xlsb(Box<Xlsb<BufReader<SharedFile>>>, Option<Box<xlsb_facts::Parts>>),
    Xls(xls::XlsBook),
    Ods(archive::Archive),
    Text(text::TextSheet),
}

/// Opens a file. See [`OpenError`] for what is refused.
pub fn open(path: &Path, limits: &Limits) -> Result<Workbook, OpenError> {
    let context = Context { file: file_name(path), limits: *limits, far: Default::default() };
    // Windows says "access denied" for a folder, so it is asked first.
    let about = std::fs::metadata(path).map_err(|e| context.io(&e))?;
    if about.is_dir() {
        return Err(OpenError::Folder { file: context.file });
    }
    if about.len() == 0 {
        return Err(OpenError::Empty { file: context.file });
    }
    if about.len() > limits.file_bytes {
        let limit_mb = limits.file_bytes.div_ceil(1024 * 1024);
        return Err(OpenError::TooLarge { file: context.file, limit_mb });
    }
    let mut file = File::open(path).map_err(|e| context.io(&e))?;
    let mut head = Vec::new();
    (&mut file).take(sniff::HEAD).read_to_end(&mut head).map_err(|e| context.io(&e))?;
    file.rewind().map_err(|e| context.io(&e))?;
    match sniff::family(&head) {
        sniff::Family::Other(looks_like) => Err(context.not_a_workbook(looks_like)),
        sniff::Family::Zip => open_zip(context, SharedFile::new(file)),
        sniff::Family::Ole => {
            if about.len() > limits.whole_bytes {
                let limit_mb = limits.whole_bytes.div_ceil(1024 * 1024);
                return Err(OpenError::TooLarge { file: context.file, limit_mb });
            }
            let (book, sheets) = xls::load(&context, file)?;
            Workbook::new(context, FileForm::Xls, sheets, FormReader::Xls(book))
        }
        sniff::Family::Text => {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let sheet = text::load(&context, SharedFile::new(file))?;
            Workbook::new(context, FileForm::Csv, vec![SheetInfo { name, hidden: false }], FormReader::Text(sheet))
        }
    }
}

fn open_zip(context: Context, file: SharedFile) -> Result<Workbook, OpenError> {
    let (form, archive) = archive::inspect(&context, file.clone())?;
    match form {
        FileForm::Ods => Workbook::new(context, form, Vec::new(), FormReader::Ods(archive)),
        FileForm::Xlsb => {
            let parts = xlsb_facts::Parts::open(file.clone()).map(Box::new);
            let (book, sheets) = match xlsb::load(&context, BufReader::new(file.clone())) {
                Ok(loaded) => loaded,
                Err(error) => match macro_sheets::named_as_dialogs(&context, &file) {
                    Some(named) => xlsb::load(&context, BufReader::new(named))?,
                    None => return Err(error),
                },
            };
            Workbook::new(context, form, sheets, FormReader::Xlsb(Box::new(book), parts))
        }
        _ => {
            let (book, sheets) = xlsx::load(&context, file)?;
            Workbook::new(context, form, sheets, FormReader::Xlsx(Box::new(book)))
        }
    }
}

impl Workbook {
    /// Reads the first rows of every sheet, and the stamp.
    fn new(
        context: Context,
        form: FileForm,
        sheets: Vec<SheetInfo>,
        source: FormReader,
    ) -> Result<Workbook, OpenError> {
        let mut book = Workbook { context, form, sheets, heads: Vec::new(), stamp: None, source };
        if let FormReader::Ods(archive) = &mut book.source {
            let mut heads = Heads::default();
            ods::visit(&book.context, archive, &mut heads)?;
            (book.sheets, book.heads) = heads.sheets.into_iter().unzip();
        }
        if book.sheets.len() > book.context.limits.sheets {
            return Err(OpenError::TooManySheets { file: book.context.file, limit: book.context.limits.sheets });
        }
        if form != FileForm::Ods {
            for at in 0..book.sheets.len() {
                let name = book.sheets[at].name.clone();
                let mut head = Head::new();
                book.walk(&name, None, &mut |line, cells| take_head(&mut head, &name, line, cells))?;
                book.heads.push(head);
            }
        }
        if let Some(at) = book.sheets.iter().position(|s| s.name == STAMP_SHEET) {
            let cell = |cells: &Vec<String>, at: usize| cells.get(at).cloned().unwrap_or_default();
            let lines: Vec<_> = book.heads[at].iter().map(|(_, cells)| (cell(cells, 0), cell(cells, 1))).collect();
            book.stamp = Stamp::from_lines(lines.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        }
        Ok(book)
    }

    /// What the file is.
    pub fn form(&self) -> FileForm {
        self.form
    }

    /// Its sheets, in order, our own hidden ones left out.
    pub fn sheets(&self) -> impl Iterator<Item = &SheetInfo> {
        self.sheets.iter().filter(|sheet| !self.is_ours(&sheet.name))
    }

    /// Whether a sheet has no data: one of our hidden ones, or the one that explains the others.
    fn is_ours(&self, sheet: &str) -> bool {
        let index = self.stamp.as_ref().map_or("", |stamp| stamp.index.as_str());
        sheet == STAMP_SHEET || sheet == CODES_SHEET || (sheet == index && !index.is_empty())
    }

    /// What it says about itself, if it is one of ours.
    pub fn stamp(&self) -> Option<&Stamp> {
        self.stamp.as_ref()
    }

    /// Finds the table and the heading row of every sheet that holds anything. Hidden sheets are left out unless the
    /// stamp or a correction names them.
    pub fn survey(&self, edition: &Edition, wishes: &Survey) -> Vec<SheetReading> {
        let stamp = self.stamp.as_ref();
        let named = |name: &str| {
            stamp.is_some_and(|s| s.table_of(name).is_some()) || wishes.corrections.iter().any(|c| c.sheet == name)
        };
        let sheets = || self.sheets.iter().zip(&self.heads).filter(|(sheet, _)| !self.is_ours(&sheet.name));
        let left = |sheet: &SheetInfo| sheet.hidden && !named(&sheet.name);
        let read = |sheet: &SheetInfo, head: &Head| {
            survey_sheet(edition, stamp, wishes, (&self.context.file, &sheet.name), head)
        };
        let shown = sheets().filter(|(sheet, _)| !left(sheet));
        let survey = shown.filter_map(|(sheet, head)| match &self.source {
            FormReader::Text(text) => self.best_separator(text, &sheet.name, &|head| read(sheet, head)),
            _ => read(sheet, head),
        });
        let mut readings: Vec<SheetReading> = survey.collect();
        let holds_records = |reading: SheetReading| names_more_than_choices(edition, &reading);
        let hidden = sheets().filter(|(sheet, head)| left(sheet) && read(sheet, head).is_some_and(holds_records));
        let hidden: Vec<&str> = hidden.map(|(sheet, _)| sheet.name.as_str()).collect();
        if let (Some(first), false) = (readings.first_mut(), hidden.is_empty()) {
            first.remarks.push(Remark { code: "hidden-sheets", params: vec![("sheets", hidden.join("、"))] });
        }
        readings
    }

    /// The separator with which the headings name the most columns.
    fn best_separator(
        &self,
        text: &text::TextSheet,
        name: &str,
        read: &dyn Fn(&Head) -> Option<SheetReading>,
    ) -> Option<SheetReading> {
        let found = |reading: &SheetReading| reading.headings.iter().filter(|h| h.column.is_some()).count();
        let mut best: Option<SheetReading> = None;
        for separator in text.separators() {
            let mut head = Head::new();
            // A row that is too wide with one separator is not with another.
            let walked = text::walk(&self.context, text, *separator, name, &mut |line, cells| {
                take_head(&mut head, name, line, cells)
            });
            let Some(reading) = walked.ok().and_then(|()| read(&head)) else { continue };
            if best.as_ref().is_none_or(|best| found(&reading) > found(best)) {
                best = Some(SheetReading { separator: Some(*separator), ..reading });
            }
        }
        best
    }

    /// Passes on the records of a sheet, one at a time, as [`Workbook::survey`] understood it.
    pub fn rows(
        &mut self,
        edition: &Edition,
        table: &Table,
        reading: &SheetReading,
        each: &mut dyn FnMut(RowIn) -> ControlFlow<()>,
    ) -> Result<RowsRead, OpenError> {
        if !self.sheets.iter().any(|sheet| sheet.name == reading.sheet) {
            return Err(OpenError::NoSuchSheet { file: self.context.file.clone(), sheet: reading.sheet.clone() });
        }
        let mut rows = Rows::new(edition, table, reading);
        let from = reading.header_row.unwrap_or(0);
        self.context.far.take();
        let noticed = self.walk_as_seen(&reading.sheet, reading.separator, from, &mut |line, cells| {
            rows.row(line + 1, cells, each)
        })?;
        Ok(rows.done(noticed, self.context.far.take()))
    }

    /// The first rows below the headings of a sheet, as they stand: line (from 1) and cells.
    pub fn first_rows(&mut self, reading: &SheetReading, rows: usize) -> Result<Vec<(u32, Vec<String>)>, OpenError> {
        let (from, mut first) = (reading.header_row.unwrap_or(0), Vec::new());
        self.walk_as_seen(&reading.sheet, reading.separator, from, &mut |line, cells| {
            if line >= from && cells.iter().any(|cell| !cell.is_empty()) {
                first.push((line + 1, cells.iter().map(Raw::plain).collect()));
            }
            if first.len() < rows { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(first)
    }

    /// All its sheets as text, hidden ones only if `named` knows them. They are kept in memory: the limits of the
    /// workbook must fit.
    pub fn texts(&mut self, named: impl Fn(&str) -> bool) -> Result<Vec<SheetText>, OpenError> {
        let shown =
            self.sheets.iter().filter(|sheet| !self.is_ours(&sheet.name) && (!sheet.hidden || named(&sheet.name)));
        let names: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
        let mut sheets = Vec::new();
        for name in names {
            let mut texts = Texts::new(&name);
            self.walk_as_seen(&name, None, 0, &mut |line, cells| {
                texts.row(line + 1, cells);
                ControlFlow::Continue(())
            })?;
            sheets.push(texts.0);
        }
        Ok(sheets)
    }

    /// Passes on the rows of a sheet that are not empty, as a person sees them (see [`facts`]), and what was noticed in
    /// the rows from `from` on. Reading what a sheet says besides its values takes a pass over its part.
    fn walk_as_seen(
        &mut self,
        sheet: &str,
        separator: Option<u8>,
        from: u32,
        each: RowVisitor<'_>,
    ) -> Result<Noticed, OpenError> {
        let context = &self.context;
        match &mut self.source {
            FormReader::Xlsx(book) => Ok(book.walk_as_seen(context, sheet, each)?.noticed(from)),
            FormReader::Xlsb(book, parts) => {
                let said = parts.as_mut().map(|parts| parts.facts(sheet)).unwrap_or_default();
                xlsb::walk(context, book, sheet, &said, each)?;
                Ok(said.0.noticed(from))
            }
            FormReader::Xls(book) => {
                xls::walk(context, book, sheet, each)?;
                Ok(xls::facts(book, sheet).map(|facts| facts.noticed(from)).unwrap_or_default())
            }
            FormReader::Ods(archive) => {
                let mut one = OneSheet { sheet, found: false, each, facts: Facts::default() };
                ods::visit(context, archive, &mut one)?;
                Ok(one.facts.noticed(from))
            }
            _ => self.walk(sheet, separator, each).map(|()| Noticed::default()),
        }
    }

    /// Passes on the rows of a sheet that are not empty, by their values alone where that is quicker.
    fn walk(&mut self, sheet: &str, separator: Option<u8>, each: RowVisitor<'_>) -> Result<(), OpenError> {
        let context = &self.context;
        match &mut self.source {
            FormReader::Xlsx(book) => book.walk(context, sheet, each),
            FormReader::Xlsb(book, _) => xlsb::walk(context, book, sheet, &Default::default(), each),
            FormReader::Xls(book) => xls::walk(context, book, sheet, each),
            FormReader::Text(text) => {
                let separator = separator.unwrap_or(text.separators()[0]);
                text::walk(context, text, separator, sheet, each)
            }
            FormReader::Ods(archive) => {
                ods::visit(context, archive, &mut OneSheet { sheet, found: false, each, facts: Facts::default() })
            }
        }
    }
}

/// Keeps the first rows of a sheet; all rows of the stamp.
fn take_head(head: &mut Head, sheet: &str, line: u32, cells: &[Raw]) -> ControlFlow<()> {
    let most = if sheet == STAMP_SHEET { 1_000 } else { HEAD_ROWS };
    head.push((line, cells.iter().map(Raw::plain).collect()));
    if head.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// All sheets of an .ods with their first rows, in one pass.
#[derive(Default)]
struct Heads {
    sheets: Vec<(SheetInfo, Head)>,
}

impl ods::Visit for Heads {
    fn sheet(&mut self, info: SheetInfo) -> ods::Next {
        let next = if info.name == CODES_SHEET { ods::Next::Sheet } else { ods::Next::Row };
        self.sheets.push((info, Head::new()));
        next
    }

    fn row(&mut self, line: u32, cells: &[Raw]) -> ods::Next {
        let Some((info, head)) = self.sheets.last_mut() else { return ods::Next::Stop };
        match take_head(head, &info.name, line, cells) {
            ControlFlow::Continue(()) => ods::Next::Row,
            ControlFlow::Break(()) => ods::Next::Sheet,
        }
    }

    fn end(&mut self, _: Facts) {}
}

/// The rows of one sheet of an .ods.
struct OneSheet<'a, 'b> {
    sheet: &'a str,
    found: bool,
    each: RowVisitor<'b>,
    facts: Facts,
}

impl ods::Visit for OneSheet<'_, '_> {
    fn sheet(&mut self, info: SheetInfo) -> ods::Next {
        match (self.found, info.name == self.sheet) {
            (true, _) => ods::Next::Stop,
            (false, true) => {
                self.found = true;
                ods::Next::Row
            }
            (false, false) => ods::Next::Sheet,
        }
    }

    fn row(&mut self, line: u32, cells: &[Raw]) -> ods::Next {
        match (self.each)(line, cells) {
            ControlFlow::Continue(()) => ods::Next::Row,
            ControlFlow::Break(()) => ods::Next::Stop,
        }
    }

    /// Sheets before and behind the one that is read have no rows here, and so no facts.
    fn end(&mut self, facts: Facts) {
        if facts.says_something() {
            self.facts = facts;
        }
    }
}
