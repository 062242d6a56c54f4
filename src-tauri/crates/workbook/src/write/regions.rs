//! Drop-downs of provinces, cities and counties (GB/T 2260) that depend on one another: the list of a city's column
//! offers the cities of the province in the same row, that of a county's column the counties of its city.
//!
//! Each level is a column on the hidden sheet, in the order of the codes, beside a column that names what each place
//! belongs to; names of the workbook point at them. Which level a column of a table asks for follows from its title, as
//! the code list is one for all levels.

use rust_xlsxwriter::{Formula, Workbook, Worksheet, XlsxError};
use standard::{CodeList, Edition, Field, Kind, Table};

use super::look::Look;
use crate::letters::column_letters;
use crate::read::coded::choice;
use crate::stamp::CODES_SHEET;

/// The list of all levels.
const LIST: &str = "GBT2260";

/// A level of administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Province,
    City,
    County,
}

const LEVELS: [Level; 3] = [Level::Province, Level::City, Level::County];

impl Level {
    /// The level that a column asks for; absent where it may hold any.
    fn of(field: &Field) -> Option<Level> {
        if field.kind != Kind::Code || field.code_list.as_deref() != Some(LIST) {
            return None;
        }
        let says = |word: &str| field.title.contains(word);
        match () {
            () if says("县") => Some(Level::County),
            () if says("市") => Some(Level::City),
            () if says("省") => Some(Level::Province),
            () => None,
        }
    }

    /// Digits of a code that name the place which those of this level belong to.
    fn digits_above(self) -> usize {
        match self {
            Level::Province => 0,
            Level::City => 2,
            Level::County => 4,
        }
    }

    /// Whether a code is of this level.
    fn has(self, code: &str) -> bool {
        let level = match (code.ends_with("0000"), code.ends_with("00")) {
            (true, _) => Level::Province,
            (false, true) => Level::City,
            (false, false) => Level::County,
        };
        level == self
    }

    /// The name of its range, and with `_of` behind it that of what they belong to. Names are plain letters, which
    /// every program and form of file takes.
    fn name(self) -> &'static str {
        match self {
            Level::Province => "tb_province",
            Level::City => "tb_city",
            Level::County => "tb_county",
        }
    }
}

/// The levels that the tables of a workbook ask for.
pub(crate) struct Regions<'a> {
    list: Option<&'a CodeList>,
    levels: Vec<Level>,
}

impl<'a> Regions<'a> {
    pub(crate) fn new(edition: &'a Edition, tables: &[&Table]) -> Regions<'a> {
        let mut levels: Vec<Level> =
            tables.iter().flat_map(|table| table.filled_fields()).filter_map(Level::of).collect();
        levels.sort_unstable();
        levels.dedup();
        Regions { list: edition.code_list(LIST).map(|list| &**list), levels }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.levels.is_empty() || self.list.is_none()
    }

    /// Whether the column has a list of its level, and so needs none of all levels.
    pub(crate) fn has(&self, field: &Field) -> bool {
        !self.is_empty() && Level::of(field).is_some()
    }

    /// The choices of the column at `at` of these fields, for a rule that begins in the row `row` (from 1).
    pub(crate) fn range(&self, fields: &[(usize, &Field)], at: usize, row: u32) -> Option<Formula> {
        self.range_text(fields, at, row).map(Formula::new)
    }

    fn range_text(&self, fields: &[(usize, &Field)], at: usize, row: u32) -> Option<String> {
        let level = fields.get(at).and_then(|(_, field)| Level::of(field)).filter(|_| !self.is_empty())?;
        let name = level.name();
        let above = fields[..at].iter().rposition(|(_, field)| Level::of(field).is_some_and(|other| other < level));
        // Only the level right above names the place; of a county whose city has no column, all are offered.
        let right_above = |at: &usize| Level::of(fields[*at].1).is_some_and(|above| above as u8 + 1 == level as u8);
        let Some(above) = above.filter(right_above) else { return Some(format!("={name}")) };
        // The letter keeps the digits text, for some programs take a text of digits for a number in COUNTIF.
        let of = format!("\"R\"&LEFT(${}{row},{})", column_letters(above), level.digits_above());
        let count = format!("COUNTIF({name}_of,{of})");
        Some(format!("=IF({count}=0,{name},OFFSET({name},MATCH({of},{name}_of,0)-1,0,{count},1))"))
    }

    /// Writes the columns from `column` on, and names them.
    pub(crate) fn write(&self, sheet: &mut Worksheet, mut column: u16, look: &Look) -> Result<(), XlsxError> {
        let Some(list) = self.list.filter(|_| !self.is_empty()) else { return Ok(()) };
        for level in LEVELS.into_iter().filter(|level| self.levels.contains(level)) {
            for (row, code) in (1u32..).zip(of_level(list, level)) {
                let above = format!("R{}", code.code.get(..level.digits_above()).unwrap_or_default());
                sheet.write_string_with_format(row, column, choice(&code.code, &code.name), &look.text)?;
                sheet.write_string_with_format(row, column + 1, above, &look.text)?;
            }
            column += 2;
        }
        Ok(())
    }

    /// Names the columns that [`Regions::write`] writes.
    pub(crate) fn define(&self, book: &mut Workbook, mut column: u16) -> Result<(), XlsxError> {
        let Some(list) = self.list.filter(|_| !self.is_empty()) else { return Ok(()) };
        for level in LEVELS.into_iter().filter(|level| self.levels.contains(level)) {
            let last = of_level(list, level).count() + 1;
            for (ending, column) in [("", column), ("_of", column + 1)] {
                let letters = column_letters(usize::from(column));
                let range = format!("={CODES_SHEET}!${letters}$2:${letters}${last}");
                book.define_name(format!("{}{ending}", level.name()), &range)?;
            }
            column += 2;
        }
        Ok(())
    }
}

/// The codes of a level in their order: those below one code are next to each other.
fn of_level(list: &CodeList, level: Level) -> impl Iterator<Item = &standard::Code> {
    let mut codes: Vec<&standard::Code> = list.codes.iter().filter(|code| level.has(&code.code)).collect();
    codes.sort_by(|a, b| a.code.cmp(&b.code));
    codes.into_iter()
}

#[cfg(test)]
mod tests {
    use standard::Standards;

    use super::*;

    #[test]
    fn each_level_offers_what_belongs_to_the_one_above() {
        let edition = Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap();
        let table = edition.table("ODS_XXJBSJ").unwrap();
        let fields: Vec<(usize, &Field)> = table.fields.iter().enumerate().filter(|(_, f)| !f.is_system()).collect();
        let regions = Regions::new(&edition, &[table]);
        let at = |column: &str| fields.iter().position(|(_, field)| field.column == column).unwrap();
        let letters = |column: &str| column_letters(at(column));
        let range = |column: &str| regions.range_text(&fields, at(column), 3).unwrap();
        assert_eq!(range("SJGBM"), "=tb_province");
        let city = range("SHJGBM");
        assert!(city.contains("OFFSET(tb_city,MATCH("), "{city}");
        assert!(city.contains(&format!("LEFT(${}3,2)", letters("SJGBM"))), "{city}");
        let county = range("QXJGBM");
        assert!(county.contains(&format!("LEFT(${}3,4)", letters("SHJGBM"))), "{county}");
        let list = regions.list.unwrap();
        assert_eq!(of_level(list, Level::Province).count(), 34);
        // Counties that do not belong to a city are below the code that GB/T 2260 has for all of them.
        let counties: Vec<&str> = of_level(list, Level::County).map(|code| code.code.as_str()).collect();
        assert!(counties.windows(2).all(|pair| pair[0] < pair[1]));
        for county in counties {
            let city = format!("{}00", &county[..4]);
            assert!(list.get(&city).is_some(), "{county} belongs to {city}");
        }
    }
}
