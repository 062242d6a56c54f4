//! The cells of a sheet of an .xlsx, read in one forward pass over its part: values, formulas without a result, and
//! which rows are hidden. An element is read as Excel reads it; a value that is none of its kind makes the part a
//! damaged one.

use std::collections::BTreeSet;
use std::io::Read;
use std::ops::ControlFlow;

use super::cells::{RowOfCells, TakeRow, text_with};
use super::context::Context;
use super::moments::{iso, moment};
use super::xlsx_strings::TextOf;
use super::xlsx_tags::{Tags, Token, attributes, decoded, unescaped};
use crate::OpenError;
use crate::read::number_format::NumberFormat;
use crate::read::raw::{Raw, Unreadable};

/// How a style of the workbook shows a number.
#[derive(Debug, Clone)]
pub(super) struct CellFormat {
    pub(super) number: NumberFormat,
    /// A day or time; whether it is a duration.
    pub(super) moment: Option<bool>,
}

/// What the cells of all sheets follow.
pub(super) struct Formats {
    /// By the number of the style.
    pub(super) styles: Vec<CellFormat>,
    pub(super) is_1904: bool,
}

/// Gives the shared text of a number; absent where the workbook has none of that number.
pub(super) type TextAt<'a> = &'a mut dyn FnMut(usize) -> Result<Option<Raw>, OpenError>;

/// What a cell holds, by its attribute `t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A number; any other content is a text.
    Open,
    Number,
    Shared,
    Inline,
    Text,
    Bool,
    Error,
    Iso,
}

/// A cell while it is read.
struct Cell {
    column: u32,
    style: Option<usize>,
    kind: Kind,
    has_formula: bool,
    has_value: bool,
}

/// Reads the rows of a part; the hidden ones (from 0) are added to `hidden`.
pub(super) fn read(
    (context, sheet): (&Context, &str),
    part: impl Read,
    formats: &Formats,
    texts: TextAt<'_>,
    hidden: &mut BTreeSet<u32>,
    each: TakeRow<'_>,
) -> Result<ControlFlow<()>, OpenError> {
    let damaged = || context.damaged(sheet);
    let mut tags = Tags::new(part);
    loop {
        match tags.next().map_err(|_| damaged())? {
            Some(Token::Open { name: b"sheetData", empty: false, .. }) => break,
            // A sheet without cells, as some programs write an empty one.
            Some(Token::Open { name: b"sheetData", empty: true, .. }) | None => return Ok(ControlFlow::Continue(())),
            Some(_) => {}
        }
    }
    let mut rows = RowOfCells::new(context, sheet);
    // Row and column of the next cell, from 0.
    let (mut row, mut column) = (0u32, 0u32);
    let mut value = String::new();
    loop {
        match tags.next().map_err(|_| damaged())? {
            Some(Token::Open { name: b"c", attributes: inside, empty }) => {
                let (at, mut cell) = begun(inside, (row, column)).ok_or_else(damaged)?;
                row = at;
                column = cell.column.saturating_add(1);
                if empty {
                    continue;
                }
                let raw = body(&mut tags, &mut cell, &mut value, formats, texts)?;
                let raw = match raw {
                    Some(raw) => raw,
                    None => return Err(damaged()),
                };
                if rows.cell((row, cell.column), raw, each)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Some(Token::Open { name: b"row", attributes: inside, empty }) => {
                for (name, value) in attributes(inside) {
                    match name {
                        b"r" => {
                            row =
                                number(value).and_then(|n| u32::try_from(n).ok()?.checked_sub(1)).ok_or_else(damaged)?
                        }
                        b"hidden" if value == b"1" || value == b"true" => drop(hidden.insert(row)),
                        _ => {}
                    }
                }
                column = 0;
                row += u32::from(empty);
            }
            Some(Token::Close { name: b"row" }) => (row, column) = (row.saturating_add(1), 0),
            Some(Token::Close { name: b"sheetData" }) => break,
            Some(_) => {}
            None => return Err(damaged()),
        }
    }
    Ok(rows.end(each))
}

/// The row of a cell and the cell, by its attributes; `next` is where it stands if it does not say so.
fn begun(inside: &[u8], next: (u32, u32)) -> Option<(u32, Cell)> {
    let (mut row, column) = next;
    let mut cell = Cell { column, style: None, kind: Kind::Open, has_formula: false, has_value: false };
    for (name, value) in attributes(inside) {
        match name {
            b"r" => (row, cell.column) = place_of(value)?,
            b"s" => cell.style = Some(number(value).unwrap_or(0)),
            b"t" => {
                cell.kind = match value {
                    b"s" => Kind::Shared,
                    b"n" => Kind::Number,
                    b"str" => Kind::Text,
                    b"inlineStr" | b"is" => Kind::Inline,
                    b"b" => Kind::Bool,
                    b"e" => Kind::Error,
                    b"d" => Kind::Iso,
                    _ => return None,
                }
            }
            _ => {}
        }
    }
    Some((row, cell))
}

/// Reads a cell to its end. Absent where it is damaged.
fn body<R: Read>(
    tags: &mut Tags<R>,
    cell: &mut Cell,
    value: &mut String,
    formats: &Formats,
    texts: TextAt<'_>,
) -> Result<Option<Raw>, OpenError> {
    value.clear();
    // Which element's text is at hand: that of the value, or that of a formula, which is ignored.
    let mut in_value = false;
    let mut inline: Option<TextOf> = None;
    let mut text = None;
    loop {
        let Ok(Some(token)) = tags.next() else { return Ok(None) };
        match token {
            Token::Close { name: b"c" } => break,
            Token::Close { name: b"is" } => text = inline.take().map(|inline| inline.text),
            token if inline.is_some() => {
                let taken = inline.as_mut().and_then(|inline| inline.take(&token));
                if taken.is_none() {
                    return Ok(None);
                }
            }
            Token::Open { name: b"v", empty, .. } => in_value = !empty && cell.kind != Kind::Inline,
            Token::Close { name: b"v" } => in_value = false,
            Token::Open { name: b"is", empty, .. } => {
                cell.has_value |= !empty;
                inline = (!empty).then(TextOf::default);
            }
            Token::Open { name: b"f", .. } => cell.has_formula = true,
            Token::Text(bytes) if in_value => {
                cell.has_value = true;
                if decoded(bytes, value).is_none() {
                    return Ok(None);
                }
            }
            _ => {}
        }
    }
    if cell.has_formula && !cell.has_value && cell.kind != Kind::Text {
        return Ok(Some(Raw::Unreadable(Unreadable::NotCalculated)));
    }
    let style = formats.styles.get(cell.style.unwrap_or(0));
    let format = || style.map_or(NumberFormat::Plain, |style| style.number.clone());
    if let Some(text) = text {
        return Ok(Some(text_with(text, format())));
    }
    if value.is_empty() {
        return Ok(Some(Raw::Empty));
    }
    Ok(match cell.kind {
        Kind::Shared => match value.parse() {
            Ok(at) => texts(at)?.map(|raw| match raw {
                Raw::Text(text) => text_with(text, format()),
                other => other,
            }),
            Err(_) => None,
        },
        Kind::Open | Kind::Number => match (value.trim().parse::<f64>(), style) {
            (Ok(number), Some(CellFormat { moment: Some(is_duration), .. })) if cell.style.is_some() => {
                Some(moment(number, *is_duration, formats.is_1904))
            }
            (Ok(number), _) => Some(Raw::Number(number, format())),
            (Err(_), _) if cell.kind == Kind::Open => Some(text_with(value.clone(), format())),
            (Err(_), _) => None,
        },
        Kind::Text => {
            let mut plain = String::with_capacity(value.len());
            unescaped(value, &mut plain);
            Some(text_with(plain, format()))
        }
        Kind::Bool => match value.trim() {
            "" => Some(Raw::Empty),
            "1" => Some(Raw::Bool(true)),
            "0" => Some(Raw::Bool(false)),
            word if word.eq_ignore_ascii_case("true") => Some(Raw::Bool(true)),
            word if word.eq_ignore_ascii_case("false") => Some(Raw::Bool(false)),
            _ => None,
        },
        Kind::Error => Some(Raw::Unreadable(Unreadable::ErrorValue(value.clone()))),
        Kind::Iso => Some(iso(value)),
        Kind::Inline => Some(Raw::Empty),
    })
}

fn number(digits: &[u8]) -> Option<usize> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |number, b| b.is_ascii_digit().then(|| number * 10 + usize::from(b - b'0')))
}

/// Row and column from 0, of `AB12`.
pub(super) fn place_of(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (letters, digits) = text.split_at(letters);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.iter().fold(0, |column, b| column * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((u32::try_from(number(digits)?).ok()?.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use proptest::prelude::*;

    const SHEET: &str = r#"<?xml version="1.0"?><x:worksheet xmlns:x="m"><!-- <row r="9" hidden="1"> --><x:sheetData>
        <x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v></x:c><x:c r="C1" s="1"><x:v>46266</x:v></x:c></x:row>
        <x:row r="2" hidden="1"><x:c r="B2"><x:f>1+1</x:f></x:c><x:c r="C2"><x:f>2</x:f><x:v>2</x:v></x:c></x:row>
        <x:row hidden='true'><x:c><x:f>A1</x:f><x:v/></x:c><x:c t="str"><x:f>""</x:f><x:v></x:v></x:c><x:c/><x:c><x:f>B1</x:f><x:v></x:v></x:c></x:row>
        <x:row r="7"><x:c r="A7" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="b"><x:v>1</x:v></x:c>
        <x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="str"><x:v>x_x000D_&amp;</x:v></x:c><x:c><x:v>later</x:v></x:c></x:row></x:sheetData></x:worksheet>"#;

    fn context() -> Context {
        Context { file: "a.xlsx".into(), limits: Limits::default(), far: Default::default() }
    }

    type Rows = Vec<(u32, Vec<Raw>)>;

    fn rows(part: &str) -> Result<(Rows, BTreeSet<u32>), OpenError> {
        let context = context();
        let style = |moment| CellFormat { number: NumberFormat::Plain, moment };
        let formats = Formats { styles: vec![style(None), style(Some(false))], is_1904: false };
        let (mut seen, mut hidden) = (Vec::new(), BTreeSet::new());
        let mut each = |line: u32, cells: &[Raw]| {
            seen.push((line, cells.to_vec()));
            ControlFlow::Continue(())
        };
        let mut texts = |at: usize| Ok((at < 2).then(|| Raw::Text(format!("text {at}"))));
        let _: ControlFlow<()> = read((&context, "s"), part.as_bytes(), &formats, &mut texts, &mut hidden, &mut each)?;
        Ok((seen, hidden))
    }

    #[test]
    fn cells_say_what_excel_shows() {
        let (seen, hidden) = rows(SHEET).unwrap();
        let text = |text: &str| Raw::Text(text.to_owned());
        let lost = || Raw::Unreadable(Unreadable::NotCalculated);
        let plain = |number| Raw::Number(number, NumberFormat::Plain);
        let error = || Raw::Unreadable(Unreadable::ErrorValue("#N/A".into()));
        let expected = vec![
            (0, vec![text("text 1"), Raw::Empty, moment(46266.0, false, false)]),
            (1, vec![Raw::Empty, lost(), plain(2.0)]),
            (2, vec![lost(), Raw::Empty, Raw::Empty, lost()]),
            (6, vec![text("a"), Raw::Bool(true), error(), text("x\r&"), text("later")]),
        ];
        assert_eq!(seen, expected);
        assert_eq!(hidden.into_iter().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn what_is_no_value_of_its_kind_is_damage() {
        for cell in [
            "<c r=\"A1\" t=\"s\"><v>9</v></c>",
            "<c r=\"A1\" t=\"s\"><v>x</v></c>",
            "<c r=\"A1\" t=\"n\"><v>x</v></c>",
            "<c r=\"A1\" t=\"b\"><v>2</v></c>",
            "<c r=\"A1\" t=\"z\"><v>2</v></c>",
            "<c r=\"1A\"><v>2</v></c>",
            "<c r=\"A0\"><v>2</v></c>",
            "<c r=\"A1\" t=\"str\"><v>&x;</v></c>",
        ] {
            let part = format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>");
            assert!(rows(&part).is_err(), "{cell}");
        }
        assert!(rows(&SHEET[..SHEET.len() - 40]).is_err(), "it ends early");
        assert_eq!(rows("<worksheet/>").unwrap().0, []);
        assert_eq!(rows("<worksheet><sheetData/></worksheet>").unwrap().0, []);
    }

    #[test]
    fn places() {
        assert_eq!(place_of(b"AB12"), Some((11, 27)));
        for text in ["", "12", "A", "A0", "ABCD1", "A99999999999"] {
            assert_eq!(place_of(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn wherever_a_part_ends_nothing_is_upset(cut in 0..SHEET.len()) {
            let _ = rows(SHEET.get(..cut).unwrap_or_default());
        }
    }
}
