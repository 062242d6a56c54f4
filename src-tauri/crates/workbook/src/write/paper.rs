//! A sheet that is meant to be printed: A4 across, rows as high as their words need, written from the top down.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::sheet::LONGEST;
use super::words::say;

/// Height of a line of text, in points.
const LINE: f64 = 14.5;
/// The greatest height of a row in Excel, in points.
const HIGHEST: f64 = 409.0;

/// The formats of a printed workbook.
pub(crate) struct Style {
    pub(crate) title: Format,
    pub(crate) faint: Format,
    pub(crate) section: Format,
    pub(crate) heading: Format,
    pub(crate) label: Format,
    pub(crate) cell: Format,
    pub(crate) link: Format,
    /// Sentences without a frame, and the number before them.
    pub(crate) plain: Format,
    pub(crate) plain_number: Format,
}

impl Style {
    pub(crate) fn new() -> Style {
        let line = Color::RGB(0xBFC7D1);
        let boxed = Format::new().set_border(FormatBorder::Thin).set_border_color(line).set_text_wrap();
        let text = boxed.clone().set_num_format("@").set_align(FormatAlign::Top);
        let head = boxed.set_bold().set_align(FormatAlign::VerticalCenter);
        Style {
            title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::VerticalCenter),
            faint: Format::new().set_font_color(Color::RGB(0x5B6675)).set_text_wrap(),
            section: Format::new().set_bold().set_font_size(12).set_align(FormatAlign::Bottom),
            heading: head.clone().set_align(FormatAlign::Center).set_background_color(Color::RGB(0xE8F0FA)),
            label: head.set_background_color(Color::RGB(0xF5F7FA)),
            plain: Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top),
            plain_number: Format::new().set_num_format("@").set_align(FormatAlign::Top).set_align(FormatAlign::Center),
            link: text.clone().set_font_color(Color::RGB(0x1F5FA8)),
            cell: text,
        }
    }
}

/// A sheet, and where its next row goes.
pub(crate) struct Paper<'a> {
    sheet: &'a mut Worksheet,
    style: &'a Style,
    widths: &'a [u16],
    next: u32,
    /// Whether the row that every page repeats is known.
    repeats: bool,
}

/// A text over some columns: first, last, text, format.
pub(crate) type Span<'s> = (u16, u16, &'s str, &'s Format);

impl<'a> Paper<'a> {
    pub(crate) fn new(
        book: &'a mut Workbook,
        name: &str,
        widths: &'a [u16],
        style: &'a Style,
    ) -> Result<Paper<'a>, XlsxError> {
        Paper::on(book.add_worksheet().set_name(name)?, widths, style)
    }

    /// On a sheet that is there already and has nothing on it.
    pub(crate) fn on(sheet: &'a mut Worksheet, widths: &'a [u16], style: &'a Style) -> Result<Paper<'a>, XlsxError> {
        const A4: u8 = 9;
        for (at, width) in (0u16..).zip(widths) {
            sheet.set_column_width(at, f64::from(*width))?;
        }
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_footer(format!("&L&A&C{}", say("print-footer", &[])));
        Ok(Paper { sheet, style, widths, next: 0, repeats: false })
    }

    pub(crate) fn sheet(&mut self) -> &mut Worksheet {
        self.sheet
    }

    fn last(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(u16::MAX).saturating_sub(1)
    }

    /// A line over all columns.
    pub(crate) fn band(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let large = *format == self.style.title;
        self.spans(&[(0, self.last(), text, format)])?;
        if large {
            self.sheet.set_row_height(self.next - 1, 30)?;
        }
        Ok(())
    }

    /// A line that begins a part.
    pub(crate) fn section(&mut self, text: &str) -> Result<(), XlsxError> {
        let style = self.style;
        self.spans(&[(0, self.last(), text, &style.section)])?;
        self.sheet.set_row_height(self.next - 1, 26)?;
        Ok(())
    }

    /// The headings of the sheet's columns. Those that come first stand on every page.
    pub(crate) fn heading(&mut self, texts: &[&str]) -> Result<(), XlsxError> {
        if !self.repeats {
            self.sheet.set_repeat_rows(self.next, self.next)?;
            self.repeats = true;
        }
        let style = self.style;
        self.cells(texts, &style.heading).map(|_| ())
    }

    /// A row of cells, one for each column. Returns its position.
    pub(crate) fn row(&mut self, texts: &[&str]) -> Result<u32, XlsxError> {
        let style = self.style;
        self.cells(texts, &style.cell)
    }

    fn cells(&mut self, texts: &[&str], format: &Format) -> Result<u32, XlsxError> {
        let spans: Vec<Span<'_>> = (0u16..).zip(texts).map(|(at, text)| (at, at, *text, format)).collect();
        self.spans(&spans)
    }

    /// A row of texts, each over some columns. Returns its position.
    pub(crate) fn spans(&mut self, spans: &[Span<'_>]) -> Result<u32, XlsxError> {
        let mut lines = 1;
        for (from, to, text, format) in spans {
            let text: String =
                if text.len() > LONGEST { text.chars().take(LONGEST / 2).collect() } else { (*text).into() };
            if from == to {
                self.sheet.write_string_with_format(self.next, *from, &text, format)?;
            } else {
                self.sheet.merge_range(self.next, *from, self.next, *to, &text, format)?;
            }
            let width: u16 = self.widths.iter().take(usize::from(*to) + 1).skip(usize::from(*from)).sum();
            lines = lines.max(lines_of(&text, usize::from(width)));
        }
        // Programs do not fit rows to merged cells, so it is done here.
        self.sheet.set_row_height(self.next, (f64::from(lines) * LINE + 3.0).min(HIGHEST))?;
        self.next += 1;
        Ok(self.next - 1)
    }
}

/// How many lines a text takes in a column of this width in characters; a Chinese character counts as two.
fn lines_of(text: &str, width: usize) -> u32 {
    let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let room = width.saturating_sub(1).max(1);
    let lines: usize = text.lines().map(|line| wide(line).div_ceil(room).max(1)).sum();
    u32::try_from(lines.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::lines_of;

    #[test]
    fn lines_are_counted_as_they_are_seen() {
        for (text, width, lines) in
            [("", 10, 1), ("一二三四", 9, 1), ("一二三四五", 9, 2), ("a\nb", 9, 2), ("abcdefgh", 9, 1), ("abc", 0, 3)]
        {
            assert_eq!(lines_of(text, width), lines, "{text}");
        }
    }
}
