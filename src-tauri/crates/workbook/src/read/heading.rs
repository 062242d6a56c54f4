//! Headings as people write them, and the columns they mean.
//!
//! A heading is a title of the standard, a column name, an alias, or what a known workbook has instead, with or without
//! `*`, blanks, line breaks, and a unit or remark in brackets. What differs only in these is the same heading.

use std::collections::{BTreeMap, HashMap};

use standard::{Edition, Table, field};

use super::normal::normal;
use super::synonyms::titles;
use super::words::WORDS;

/// Heading of the hidden column with the record key.
pub(crate) const MARK_HEADING: &str = "记录标识（勿改）";
/// Heading of the last column of annotated workbooks.
pub(crate) const REASON_HEADING: &str = "问题说明";

/// What a heading means to the program itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    /// The record key: our hidden column, or the column ZJSJWYXBS of an export.
    Mark,
    /// The program fills it, or wrote it for reading only.
    Ignored,
}

/// A heading without the number in front of it and the colon behind it, as forms have them: `3.学号:`. The heading itself
/// where it has neither.
fn bare(normal: &str) -> &str {
    let text = normal.trim_end_matches(':');
    let rest = text.strip_prefix('(').unwrap_or(text).trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < text.len() && !text.starts_with("()");
    match rest.strip_prefix(['.', '、', ')', ',']).filter(|rest| numbered && !rest.is_empty()) {
        Some(rest) => rest,
        None => text,
    }
}

/// The forms of a normal heading to look up, the exact one first: `学号(XH)` may be `学号` or `XH`.
fn forms(normal: &str) -> Vec<&str> {
    let mut forms = bracketed(normal);
    if bare(normal) != normal {
        forms.extend(bracketed(bare(normal)));
    }
    forms
}

/// A heading with and without what it has in brackets.
fn bracketed(normal: &str) -> Vec<&str> {
    let last = normal.strip_suffix(')').and_then(|open| open.rsplit_once('('));
    let before_last = last.map(|(before, _)| before);
    let before_first = normal.split_once('(').map(|(before, _)| before).filter(|first| Some(*first) != before_last);
    let inside = last.map(|(_, inside)| inside);
    let others = [before_last, before_first, inside].into_iter().flatten().filter(|form| !form.is_empty());
    std::iter::once(normal).chain(others).collect()
}

/// All headings of an edition (or of one table of it).
pub(crate) struct Headings {
    /// Normal heading to (table, field), positions in [`Edition::tables`] and [`Table::fields`].
    columns: HashMap<String, Vec<(usize, usize)>>,
}

impl Headings {
    pub(crate) fn new(edition: &Edition, only: impl Fn(&Table) -> bool) -> Headings {
        let mut columns: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        let mut add = |heading: &str, place: (usize, usize)| {
            let places = columns.entry(normal(heading)).or_default();
            // A title is preferred to another field's alias: fields are added title first.
            if !places.iter().any(|p| p.0 == place.0) {
                places.push(place);
            }
        };
        for (t, table) in edition.tables.iter().enumerate().filter(|(_, table)| only(table)) {
            let fields = || table.fields.iter().enumerate().filter(|(_, field)| !field.is_system());
            fields().for_each(|(f, field)| add(&field.title, (t, f)));
            fields().for_each(|(f, field)| add(&field.column, (t, f)));
            fields().for_each(|(f, field)| field.aliases.iter().for_each(|alias| add(alias, (t, f))));
            let known = &edition.templates;
            fields().for_each(|(f, field)| known.headings(&table.name, &field.column).for_each(|h| add(h, (t, f))));
        }
        Headings { columns }
    }

    /// The fields that an everyday word stands for, at most one of each table, and whether the clerk has to say so: it
    /// is one of the words that may mean something else, or the table has several columns for it.
    pub(crate) fn words(&self, heading: &str) -> BTreeMap<usize, (usize, bool)> {
        let mut found: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
        let normal = normal(heading);
        let Some((titles, perhaps)) = forms(&normal).into_iter().find_map(titles) else { return found };
        for (table, field) in titles.iter().filter_map(|title| self.columns.get(title)).flatten() {
            found.entry(*table).and_modify(|one| one.1 |= one.0 != *field).or_insert((*field, perhaps));
        }
        found
    }

    /// The fields that a heading may mean, at most one of each table.
    pub(crate) fn find(&self, heading: &str) -> &[(usize, usize)] {
        let normal = normal(heading);
        forms(&normal).iter().find_map(|form| self.columns.get(*form)).map_or(&[], Vec::as_slice)
    }
}

/// Whether a heading is one of the program's own.
pub(crate) fn own(heading: &str) -> Option<Own> {
    let normal = normal(heading);
    let is = |name: &str| normal == self::normal(name);
    if is(MARK_HEADING) || is(field::KEY_COLUMN) || WORDS.marks.iter().any(|word| is(word)) {
        return Some(Own::Mark);
    }
    let ignored = [field::SCHOOL_COLUMN, field::COLLECTED_COLUMN, REASON_HEADING];
    let is_ignored = ignored.into_iter().any(is) || WORDS.ignored.iter().any(|word| is(word));
    is_ignored.then_some(Own::Ignored)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_matter_is_dropped() {
        let table = [
            ("*学号", "学号"),
            ("＊ 学 号 ", "学号"),
            ("学\r\n号", "学号"),
            ("实习时长（周）", "实习时长(周)"),
            ("实习时长[周]", "实习时长(周)"),
            ("ｘｈ", "XH"),
            ("\u{feff}学号", "学号"),
        ];
        for (heading, expected) in table {
            assert_eq!(normal(heading), expected);
        }
    }

    #[test]
    fn brackets_may_hold_a_unit_or_the_column() {
        assert_eq!(forms("学号(XH)"), ["学号(XH)", "学号", "XH"]);
        assert_eq!(forms("(XH)"), ["(XH)", "XH"]);
        assert_eq!(forms("学号"), ["学号"]);
        assert_eq!(forms("学号(必填)20位"), ["学号(必填)20位", "学号"]);
        assert_eq!(forms("A(B)(周)"), ["A(B)(周)", "A(B)", "A", "周"]);
        assert_eq!(forms("3.学号:"), ["3.学号:", "学号"]);
        assert_eq!(forms("(3)学号(XH)"), ["(3)学号(XH)", "(3)学号", "XH", "学号(XH)", "学号", "XH"]);
        assert_eq!(forms("12、学号"), ["12、学号", "学号"]);
        assert_eq!(bare("2.5"), "5", "nothing of that name is a heading");
        assert_eq!((bare("985高校"), bare("(985)"), bare(":"), bare("1.")), ("985高校", "(985)", "", "1."));
    }

    #[test]
    fn own_headings() {
        let table = [
            (MARK_HEADING, Some(Own::Mark)),
            ("记录标识(勿改)", Some(Own::Mark)),
            ("zjsjwyxbs", Some(Own::Mark)),
            ("*学校代码", Some(Own::Ignored)),
            ("问题说明", Some(Own::Ignored)),
            ("序号", Some(Own::Ignored)),
            ("学号", None),
        ];
        for (heading, expected) in table {
            assert_eq!(own(heading), expected, "{heading}");
        }
    }

    proptest! {
        #[test]
        fn normal_is_settled(heading in ".{0,30}") {
            let once = normal(&heading);
            prop_assert_eq!(normal(&once), once.clone());
            forms(&once);
        }

        /// Stars, blanks and a bracketed remark never hide a title.
        #[test]
        fn decoration_never_hides(star in "[*＊]?", blank in "[ \u{3000}\n]?", remark in "(（[周元人必填]{1,3}）)?") {
            let heading = format!("{star}{blank}实习{blank}时长{remark}{star}");
            let normal = normal(&heading);
            prop_assert!(forms(&normal).contains(&"实习时长"));
        }
    }
}
