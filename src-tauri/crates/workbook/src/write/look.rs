//! The formats of our workbooks; columns with codes and identifiers have text format.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use standard::{Field, Kind, Level};

use super::notes;

/// Fills of headings.
pub(crate) const REQUIRED: u32 = 0xFDE8E6;
pub(crate) const OPTIONAL: u32 = 0xE8F0FA;
/// Fill of a required cell that is empty.
pub(crate) const MISSING: u32 = 0xFFB9B0;
/// Fill and ink of cells with findings, by level.
pub(crate) const MANDATORY: (u32, u32) = (0xFFC7CE, 0x9C0006);
pub(crate) const CONFIRM: (u32, u32) = (0xFFEB9C, 0x7F6000);
pub(crate) const HINT: (u32, u32) = (0xDDE3EC, 0x44546A);

/// The formats of one workbook.
pub(crate) struct Look {
    pub(crate) banner: Format,
    pub(crate) required: Format,
    pub(crate) optional: Format,
    pub(crate) star: Format,
    pub(crate) title: Format,
    pub(crate) text: Format,
    pub(crate) wrapped: Format,
    pub(crate) number: Format,
    /// A required cell that is empty.
    pub(crate) missing: Format,
}

impl Look {
    pub(crate) fn new() -> Look {
        let heading = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xBFC7D1));
        // General keeps what was typed and shows no trailing point for whole numbers.
        let text = Format::new().set_num_format("@");
        Look {
            banner: Format::new().set_font_color(Color::RGB(0x5B6675)).set_align(FormatAlign::VerticalCenter),
            required: heading.clone().set_background_color(Color::RGB(REQUIRED)),
            optional: heading.set_background_color(Color::RGB(OPTIONAL)),
            star: Format::new().set_bold().set_font_color(Color::RGB(0xC62828)),
            title: Format::new().set_bold(),
            wrapped: text.clone().set_text_wrap().set_align(FormatAlign::Top),
            text,
            number: Format::new(),
            missing: Format::new().set_background_color(Color::RGB(MISSING)),
        }
    }

    /// The format of a column's cells.
    pub(crate) fn cell(&self, field: &Field) -> &Format {
        if is_number(field.kind) { &self.number } else { &self.text }
    }

    /// The same with the colours of a finding.
    pub(crate) fn marked(&self, field: &Field, level: Level) -> Format {
        let (fill, ink) = match level {
            Level::Mandatory => MANDATORY,
            Level::Confirm => CONFIRM,
            Level::Hint => HINT,
        };
        self.cell(field).clone().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(ink))
    }
}

pub(crate) fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Decimal)
}

/// Width of a column in characters: as its values need, and as its heading needs on two lines.
pub(crate) fn width(field: &Field) -> f64 {
    let values = match field.kind {
        Kind::Date | Kind::Year | Kind::YearMonth | Kind::Time => 10,
        Kind::DateTime => 17,
        Kind::YearRange => 12,
        Kind::Integer | Kind::Decimal => 11,
        Kind::Code => 15,
        Kind::LongText | Kind::Json => 30,
        Kind::Codes | Kind::Url => 24,
        Kind::Text => field.length_limit().map_or(14, |n| n.clamp(8, 18)),
    };
    let heading = 2 * notes::heading(field).chars().count() as u32;
    f64::from(values.max(heading.div_ceil(2) + 2).min(40))
}
