//! The sign that keeps a text of a .csv from being calculated.
//!
//! A .csv has no types: a spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula, and runs it
//! (CWE-1236). Our .csv has an apostrophe before such a text, as people type it in a spreadsheet themselves, and
//! reading takes it off again. What a program with another separator would take for the beginning of a cell, behind
//! `;`, a tab or a line end, is guarded likewise. The apostrophe is put before a text that begins with apostrophes and
//! would be guarded without them, too, so that every text comes back as it was.

use std::borrow::Cow;

/// The apostrophe, which Excel and WPS take as "what follows is text".
const SIGN: char = '\'';

/// What a spreadsheet program may part cells at, whatever the file is written with.
fn parts_cells(c: char) -> bool {
    matches!(c, ';' | '\t' | '\r' | '\n')
}

/// What makes a program calculate, the full-width forms of Chinese input methods included.
fn calculates(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether a text needs the sign, or has one. A sign alone, as `-` for nothing, is not calculated.
fn needs(text: &str) -> bool {
    let text = text.trim_start_matches(SIGN);
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    // Programs ignore invisible characters when they look for a formula.
    let seen = text.trim_start_matches(|c: char| !parts_cells(c) && (c.is_whitespace() || c.is_control()));
    let mut chars = seen.chars();
    chars.next().is_some_and(calculates) && chars.next().is_some()
}

/// Where cells may begin in the text: at its beginning, and behind what parts cells.
fn beginnings(text: &str) -> impl Iterator<Item = usize> + '_ {
    let behind = text.char_indices().filter(|(_, c)| parts_cells(*c)).map(|(at, c)| at + c.len_utf8());
    std::iter::once(0).chain(behind)
}

/// The text as it is written in a .csv.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    edited(text, |out, rest| {
        out.push(SIGN);
        rest
    })
}

/// The text that was written as this cell of a .csv.
pub(crate) fn unguarded(text: &str) -> Cow<'_, str> {
    edited(text, |_, rest| rest.strip_prefix(SIGN).unwrap_or(rest))
}

/// The text with every beginning that needs the sign changed: `edit` writes before it, and returns what follows.
fn edited<'t>(text: &'t str, edit: impl Fn(&mut String, &'t str) -> &'t str) -> Cow<'t, str> {
    if !text.contains(calculates) && !text.contains(['\t', '\r', '\n']) {
        return Cow::Borrowed(text);
    }
    let at: Vec<usize> = beginnings(text).filter(|at| needs(&text[*at..])).collect();
    if at.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut done) = (String::with_capacity(text.len() + at.len()), 0);
    for at in at {
        out.push_str(&text[done..at]);
        done = text.len() - edit(&mut out, &text[at..]).len();
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_be_calculated_is_guarded() {
        let table = [
            ("=1+1", "'=1+1"),
            ("+86 138", "'+86 138"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("\u{1}=1", "'\u{1}=1"),
            ("＝1+1", "'＝1+1"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("'=1", "''=1"),
            ("''@a", "'''@a"),
            ("a;=1", "a;'=1"),
            ("a\t=1", "a\t'=1"),
            ("a\n=1", "a\n'=1"),
            ("'", "'"),
            ("'a", "'a"),
            ("-", "-"),
            ("——", "——"),
            ("a=1", "a=1"),
            ("2026-09-01", "2026-09-01"),
            ("甲，-5", "甲，-5"),
            ("", ""),
        ];
        for (text, written) in table {
            assert_eq!(guarded(text), written, "{text:?}");
            assert_eq!(unguarded(written), text, "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "[-=+@＝'; \\t\\r\\n\\x01a学]{0,12}") {
            let written = guarded(&text);
            prop_assert_eq!(unguarded(&written), text.as_str());
            for at in beginnings(&written) {
                let rest = &written[at..];
                prop_assert!(!needs(rest) || rest.starts_with(SIGN), "{:?}", written);
            }
        }
    }
}
