//! The text of a drop-down, `code name`, back to its code.
//!
//! Our templates offer `01 见证实习`, so that a clerk sees both and a list with one name twice stays unambiguous. People
//! also write `01-见证实习`. Anything else, a name alone included, is left to the room check.

use standard::CodeList;

const BETWEEN: &[char] = &[' ', '\u{3000}', '\u{a0}', '\t', '-', '－', '—', '–', '_', ':', '：', '.', '．', '、'];

/// What a drop-down offers for a code.
pub(crate) fn choice(code: &str, name: &str) -> String {
    format!("{code} {name}")
}

/// The code, where `text` is a code and its own name; else the text.
pub(crate) fn code_of<'a>(list: &CodeList, text: &'a str) -> &'a str {
    for (at, _) in text.match_indices(BETWEEN) {
        let code = &text[..at];
        if let Some(found) = list.get(code)
            && text[at..].trim_start_matches(BETWEEN) == found.name.trim_start_matches(BETWEEN)
        {
            return code;
        }
    }
    text
}

/// As [`code_of`] for each of several values with a separator between them.
pub(crate) fn codes_of(list: &CodeList, separator: &str, text: &str) -> String {
    if list.get(text).is_some() || code_of(list, text) != text {
        return code_of(list, text).to_owned();
    }
    let items: Vec<&str> = text.split(separator).collect();
    let stripped: Vec<&str> = items.iter().map(|item| code_of(list, item.trim())).collect();
    if stripped.iter().zip(&items).all(|(s, i)| *s == i.trim()) {
        return text.to_owned(); // nothing to undo, so nothing is touched
    }
    stripped.join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use standard::Code;

    fn list(codes: &[(&str, &str)]) -> CodeList {
        let code =
            |(code, name): &(&str, &str)| Code { code: (*code).into(), name: (*name).into(), parent: None, note: None };
        CodeList::new("L".into(), "L".into(), codes.iter().map(code).collect())
    }

    #[test]
    fn only_a_code_with_its_own_name_is_stripped() {
        let list = list(&[("01", "见证实习"), ("02", "跟岗 实习"), ("A-1", "其他"), ("9", "-")]);
        let table = [
            ("01 见证实习", "01"),
            ("01-见证实习", "01"),
            ("01　见证实习", "01"),
            ("01：见证实习", "01"),
            ("02 跟岗 实习", "02"),
            ("A-1 其他", "A-1"),
            ("01", "01"),
            ("见证实习", "见证实习"),
            ("01 跟岗 实习", "01 跟岗 实习"),
            ("03 见证实习", "03 见证实习"),
            ("", ""),
        ];
        for (text, code) in table {
            assert_eq!(code_of(&list, text), code);
        }
    }

    #[test]
    fn several_values() {
        let list = list(&[("01", "见证实习"), ("02", "甲,乙")]);
        let table = [
            ("01 见证实习,02 甲,乙", "01,02 甲,乙"),
            ("02 甲,乙", "02"),
            ("01 见证实习, 01", "01,01"),
            ("01, 02", "01, 02"),
        ];
        for (text, codes) in table {
            assert_eq!(codes_of(&list, ",", text), codes);
        }
    }

    #[test]
    fn every_choice_comes_back() {
        let list = list(&[("01", "见证实习"), ("1", "  x"), ("2-1", "2-1 x"), ("3", "")]);
        for code in &list.codes {
            assert_eq!(code_of(&list, choice(&code.code, &code.name).trim()), code.code);
        }
    }
}
