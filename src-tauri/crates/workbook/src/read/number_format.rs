//! Number formats, as far as they change what a person reads in a cell.
//!
//! A format is a text such as `"2024"000000` (ECMA-376 part 1, 18.8.30): up to four sections for positive numbers,
//! negative numbers, zero and text. People make student numbers and class names with it, and then the cell holds
//! 101 while everybody reads 2024000101. Formats of dates are not dealt with here: the readers give dates for them.

use std::sync::Arc;

/// What a number format does to a number or text beyond its plain form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    /// Nothing that changes its meaning.
    Plain,
    /// Shown with leading zeros to so many digits (format `000000`), as people do with codes.
    Padded(u8),
    /// Shown a hundredfold with a percent sign.
    Percent,
    /// Shown with text of the format's own.
    Literal(Arc<Literal>),
    /// Shown as this text: the file itself says so.
    Shown(Arc<str>),
}

/// A format with text of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Literal {
    /// For numbers; empty where the format adds text to texts only.
    parts: Vec<Part>,
    /// Before and behind a text (section `"软件"@`).
    text: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A place for a digit before the point; `true`: a zero where the number has none (`0`).
    Digit(bool),
    /// The point, and how many places follow it at most and at least.
    Point(usize, usize),
    /// The whole number as it is (`General`).
    General,
    Percent,
}

/// What a number format code does; see [`NumberFormat`].
pub(crate) fn number_format(code: &str) -> NumberFormat {
    let sections = sections(code);
    let first = sections.first().copied().unwrap_or_default();
    let digits = first.trim_matches(['"', ' ']);
    if digits.len() > 1 && digits.len() <= 32 && digits.bytes().all(|b| b == b'0') {
        return NumberFormat::Padded(digits.len() as u8);
    }
    let last = sections.last().copied().unwrap_or_default();
    let text = (sections.len() == 4 || first.contains('@')).then(|| text_section(last)).flatten();
    let parts = parse(first).filter(|_| !first.contains('@'));
    let adds = |parts: &Vec<Part>| {
        // A sign between digits is part of what is read; before them it is a minus.
        let says = |(at, part): (usize, &Part)| match part {
            Part::Text(text) => says_something(text) || (at > 0 && text.contains('-')),
            _ => false,
        };
        parts.iter().enumerate().any(says)
    };
    match (parts.as_ref().filter(|parts| adds(parts)), text) {
        (None, None) if parts.as_ref().is_some_and(|parts| parts.contains(&Part::Percent)) => NumberFormat::Percent,
        (None, None) => NumberFormat::Plain,
        (parts, text) => NumberFormat::Literal(Arc::new(Literal { parts: parts.cloned().unwrap_or_default(), text })),
    }
}

/// The sections of a format, cut at semicolons outside of quotes.
fn sections(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' | '!' | '_' | '*' if !quoted => escaped = true,
            ';' if !quoted => {
                sections.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(&code[start..]);
    sections
}

/// Whether the text in a number format changes the value that is read. Signs of currency, brackets, blanks and a
/// leading minus do not.
fn says_something(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !"$￥¥€£()（）+-:：,，".contains(c))
}

/// The parts of a section for numbers. Absent where it is a date, a fraction, in exponents, conditional, scaled or not
/// understood: then the plain number is read.
fn parse(section: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut point: Option<(usize, usize)> = None;
    let mut after_digit = false;
    let mut rest = section;
    while let Some(c) = rest.chars().next() {
        let mut next = c.len_utf8();
        let mut add = |text: &str| match parts.last_mut() {
            Some(Part::Text(before)) => before.push_str(text),
            _ => parts.push(Part::Text(text.to_owned())),
        };
        let digit = matches!(c, '0' | '#' | '?');
        match c {
            '"' => {
                let end = rest[1..].find('"')?;
                add(&rest[1..=end]);
                next = end + 2;
            }
            '\\' | '!' => {
                let escaped = rest[1..].chars().next()?;
                add(escaped.encode_utf8(&mut [0; 4]));
                next = 1 + escaped.len_utf8();
            }
            '_' | '*' => next = 1 + rest[1..].chars().next()?.len_utf8(),
            '[' => {
                let end = rest.find(']')?;
                // Colours, languages and currencies; a condition or elapsed time is not understood.
                let inside = &rest[1..end];
                let known = inside.starts_with('$') || inside.starts_with("Color") || inside.starts_with("颜色");
                let colour = inside.chars().all(|c| c.is_alphabetic()) && inside.chars().count() > 1;
                if !known && !colour {
                    return None;
                }
                next = end + 1;
            }
            '0' | '#' | '?' => match &mut point {
                Some((most, least)) => {
                    *most += 1;
                    *least += usize::from(c == '0');
                }
                None => parts.push(Part::Digit(c == '0')),
            },
            '.' if point.is_none() => {
                point = Some((0, 0));
                parts.push(Part::Point(0, 0));
            }
            // Between digits it groups them; behind the last it divides by a thousand.
            ',' if after_digit && rest[1..].starts_with(['0', '#', '?']) => {}
            ',' if after_digit => return None,
            '%' => parts.push(Part::Percent),
            'G' | 'g' if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("general")) => {
                parts.push(Part::General);
                next = 7;
            }
            'G' if rest.starts_with("G/通用格式") => {
                parts.push(Part::General);
                next = "G/通用格式".len();
            }
            ' ' | '-' | '+' | '(' | ')' | ':' | '$' | '￥' | '¥' | '€' | '£' => add(&rest[..next]),
            c if !c.is_ascii() && c != '年' => add(&rest[..next]),
            _ => return None,
        }
        after_digit = digit || (c == ',' && after_digit);
        rest = &rest[next..];
    }
    if let (Some((most, least)), Some(at)) = (point, parts.iter().position(|p| matches!(p, Part::Point(..)))) {
        parts[at] = Part::Point(most, least);
    }
    Some(parts)
}

/// The text before and after a value.
fn text_section(section: &str) -> Option<(String, String)> {
    let (before, behind) = section.split_once('@')?;
    let literal = |text: &str| {
        let parts = parse(text)?;
        let texts = parts.into_iter().map(|part| if let Part::Text(text) = part { Some(text) } else { None });
        texts.collect::<Option<Vec<_>>>().map(|texts| texts.concat())
    };
    let (before, behind) = (literal(before)?, literal(behind)?);
    (says_something(&before) || says_something(&behind)).then_some((before, behind))
}

impl Literal {
    /// What a person reads for this number; absent where the format leaves numbers as they are.
    pub(crate) fn number(&self, value: f64) -> Option<String> {
        if self.parts.is_empty() || !(0.0..1e15).contains(&value) {
            return None;
        }
        let value = if self.parts.contains(&Part::Percent) { value * 100.0 } else { value };
        let point = self.parts.iter().find_map(|part| match part {
            Part::Point(most, least) => Some((*most, *least)),
            _ => None,
        });
        let (most, least) = point.unwrap_or_default();
        let rounded = format!("{value:.most$}");
        let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
        let fraction = fraction.char_indices().rev().find(|(at, c)| *c != '0' || *at < least);
        let fraction_len = fraction.map_or(0, |(at, _)| at + 1);
        let fraction = &rounded[rounded.len() - most..][..fraction_len.min(most)];
        let places = self.parts.iter().filter(|part| matches!(part, Part::Digit(_))).count();
        let digits: Vec<char> = whole.trim_start_matches('0').chars().collect();
        let mut shown = String::new();
        let mut place = 0;
        for part in &self.parts {
            match part {
                Part::Text(text) => shown.push_str(text),
                Part::General => shown.push_str(&super::decimal::number_text(value)),
                Part::Percent => shown.push('%'),
                Part::Point(..) if fraction.is_empty() && least == 0 => {}
                Part::Point(..) => {
                    shown.push('.');
                    shown.push_str(fraction);
                }
                Part::Digit(zero) => {
                    // Digits fill the places from the right; what is too long stands in the first.
                    let left = places - place;
                    let from = digits.len().saturating_sub(left);
                    if place == 0 {
                        shown.extend(&digits[..from]);
                    }
                    match digits.len() >= left {
                        true => shown.push(digits[from]),
                        false if *zero => shown.push('0'),
                        false => {}
                    }
                    place += 1;
                }
            }
        }
        Some(shown)
    }

    /// What a person reads for this text; absent where the format leaves texts as they are.
    pub(crate) fn text(&self, text: &str) -> Option<String> {
        let (before, behind) = self.text.as_ref()?;
        Some(format!("{before}{text}{behind}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(code: &str, value: f64) -> Option<String> {
        match number_format(code) {
            NumberFormat::Literal(literal) => literal.number(value),
            _ => None,
        }
    }

    #[test]
    fn literal_text_is_part_of_what_is_read() {
        let table = [
            ("\"2024\"000000", 10101.0, "2024010101"),
            ("\"软件\"0\"班\"", 3.0, "软件3班"),
            ("\"S\"0000", 7.0, "S0007"),
            ("\\S0000", 12345.0, "S12345"),
            ("!X000", 5.0, "X005"),
            ("0\"周\"", 12.0, "12周"),
            ("#,##0.00\"元\"", 2400.5, "2400.50元"),
            ("0.##\"%\"", 12.5, "12.5%"),
            ("0.##\"%\"", 12.0, "12%"),
            ("000-0000", 101_234.0, "010-1234"),
            ("[$-804]\"第\"0\"节\"", 2.0, "第2节"),
            ("General\"班\"", 12.5, "12.5班"),
            ("G/通用格式\"级\"", 2024.0, "2024级"),
            ("[红色]\"软件\"0", 2.0, "软件2"),
            ("0班", 2.0, "2班"),
            ("\"A;B\"0;-0", 2.0, "A;B2"),
            ("0.0\"万\"", 0.0, "0.0万"),
        ];
        for (code, value, expected) in table {
            assert_eq!(shown(code, value).as_deref(), Some(expected), "{code}");
        }
    }

    #[test]
    fn what_does_not_change_the_meaning_is_plain() {
        for code in [
            "General",
            "0",
            "#,##0.00",
            "￥#,##0.00",
            "0_ ",
            "[$￥-804]#,##0",
            "#,##0;[Red]-#,##0",
            "0.00E+00",
            "# ?/?",
        ] {
            assert_eq!(number_format(code), NumberFormat::Plain, "{code}");
        }
        for code in ["0.00%", "0%"] {
            assert_eq!(number_format(code), NumberFormat::Percent, "{code}");
        }
        assert_eq!(number_format("000000"), NumberFormat::Padded(6));
        // Scaled and conditional formats: the number itself is what is meant.
        for code in ["0!.0,\"万\"", "0,\"千\"", "[<=9999999]###-####;0"] {
            assert_eq!(shown(code, 12345.0), None, "{code}");
        }
    }

    #[test]
    fn text_has_its_own_section() {
        let text = |code: &str| match number_format(code) {
            NumberFormat::Literal(literal) => literal.text("一"),
            _ => None,
        };
        assert_eq!(text("\"软件\"@\"班\"").as_deref(), Some("软件一班"));
        assert_eq!(text("0;-0;0;\"软件\"@").as_deref(), Some("软件一"));
        assert_eq!(text("@"), None);
        assert_eq!(text("_ @_ "), None);
    }

    proptest! {
        #[test]
        fn no_format_upsets_the_reader(code in ".{0,30}", value in proptest::num::f64::ANY) {
            if let NumberFormat::Literal(literal) = number_format(&code) {
                literal.number(value);
                literal.text("x");
            }
        }

        /// Text before a padded number keeps every digit of it.
        #[test]
        fn every_digit_is_kept(value in 0u32..10_000_000, zeros in 1usize..9) {
            let shown = shown(&format!("\"N\"{}", "0".repeat(zeros)), f64::from(value)).unwrap();
            prop_assert_eq!(shown, format!("N{value:0zeros$}"));
        }
    }
}
