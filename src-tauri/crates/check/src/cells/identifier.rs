//! A number that identifies something was damaged by a program: `2.02403E+11`, `20240301.0`, full-width digits, blanks
//! inside.
//!
//! **Why**: such a number is the key of its record and of all that refer to it, and after the damage it is not found in
//! other tables. **Source**: how spreadsheets and other programs spoil numbers; no standard prints it, so what can be
//! corrected is to be confirmed. Lost digits cannot be confirmed.
//!
//! Looked at are texts that refer to another table, and those whose title ends as the standard names numbers (学号, 编号,
//! 账号 ...); models, issues and documents have numbers that are texts of their own.
//!
//! A blank, or the letter O between digits, may belong to a number that others gave (a serial number, a certificate).
//! Where letters and digits stand together and nothing can confirm the number, that is a hint only.

use standard::{Field, Kind, Level, Words, is_unseen, without_unseen};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::doubt;
use crate::reading::fold::{fold, is_blank, is_digits, trim};

pub(super) const CHECK: Check = Check {
    rule: "identifier",
    level: Level::Confirm,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.pattern.is_none() && names_something(&prepared.field),
    find,
};

/// Whether the field holds a number that names something.
pub(crate) fn names_something(field: &Field) -> bool {
    const ENDS: [&str; 7] = ["号", "编码", "代码", "ID", "条形码", "邮政编码", "工号"];
    const NOT: [&str; 4] = ["型号", "文号", "期号", "卷号"];
    let ends = |words: &[&str]| words.iter().any(|word| field.title.ends_with(word));
    let plain = field.kind == Kind::Text && field.values.is_empty() && !field.is_system();
    plain && (!field.references.is_empty() || (ends(&ENDS) && !ends(&NOT)))
}

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let bare = trim(cell.value);
    // Most numbers have only digits and need no further check.
    if is_digits(bare) {
        return None;
    }
    let folded = fold(bare);
    if is_scientific(&folded) {
        let words = Words::phrase("finding.identifier.scientific");
        return Some(Problem { level: Some(Level::Mandatory), ..Problem::new(words) });
    }
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let joined: String = folded.chars().filter(|c| !is_blank(*c)).collect();
    let (words, right) = if let Some(whole) =
        folded.split_once('.').and_then(|(whole, zeros)| without_zeros(whole, zeros))
    {
        (Words::phrase("finding.identifier.decimal"), whole.to_owned())
    } else if bare.starts_with(['\'', '‘', '’', '`']) {
        (Words::phrase("finding.identifier.apostrophe"), folded.trim_start_matches(['\'', '‘', '’', '`']).to_owned())
    } else if bare.contains(is_wide) {
        (Words::phrase("finding.identifier.wide"), bare.chars().map(narrow).collect())
    } else if bare.contains(is_unseen) {
        (Words::phrase("finding.identifier.invisible"), without_unseen(bare).into_owned())
    } else if folded.contains(' ') && plain(&joined) && joined.contains(|c: char| c.is_ascii_digit()) {
        // Blanks may stand between several numbers.
        if cell.field().separator.is_some() || doubt::several_are_open(cell.field()) {
            return None;
        }
        if is_printed_with_blanks(cell.field()) || (!is_digits(&joined) && cell.field().references.is_empty()) {
            return hint(Words::phrase("finding.identifier.blank-maybe"), joined);
        }
        (Words::phrase("finding.identifier.blank"), joined)
    } else if let Some(digits) = with_digits_for_letters(bare) {
        (Words::phrase("finding.identifier.letters"), digits)
    } else if let Some(digits) = with_digits_after_letters(bare) {
        return hint(Words::phrase("finding.identifier.letters-maybe"), digits);
    } else {
        return None;
    };
    Some(Problem::new(words).suggest(Some(right)))
}

/// A hint about a number that may be right as it is.
fn hint(words: Words, right: String) -> Option<Problem> {
    Some(Problem { level: Some(Level::Hint), ..Problem::new(words).suggest(Some(right)) })
}

/// Numbers of books and classes of libraries are also printed in groups.
fn is_printed_with_blanks(field: &Field) -> bool {
    ["出版号", "分类号"].iter().any(|end| field.title.ends_with(end))
}

/// `2.02403E+11`: a number that a spreadsheet cut to a few digits. `1E5` alone may be the number of a room.
fn is_scientific(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else { return false };
    let sign = power.starts_with(['+', '-']);
    let digits = power.trim_start_matches(['+', '-']);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    is_digits(digits)
        && is_digits(whole)
        && (sign || number.contains('.'))
        && (fraction.is_empty() || is_digits(fraction))
}

/// The digits of a whole number that a program wrote with decimals.
fn without_zeros<'t>(whole: &'t str, zeros: &str) -> Option<&'t str> {
    let all_zeros = !zeros.is_empty() && zeros.bytes().all(|b| b == b'0');
    (all_zeros && whole.len() > 2 && is_digits(whole)).then_some(whole)
}

/// A digit or letter of full width.
fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// The digit or letter in plain width; any other sign as it is.
fn narrow(c: char) -> char {
    if is_wide(c) { char::from_u32(c as u32 - 0xfee0).unwrap_or(c) } else { c }
}

/// The number with digits for the letters O and l between digits, where all else is digits.
fn with_digits_for_letters(text: &str) -> Option<String> {
    const SHORTEST: usize = 6;
    let letters = text.chars().filter(|c| is_like_a_digit(*c)).count();
    let rest = text.chars().all(|c| c.is_ascii_digit() || is_like_a_digit(c));
    let inside = text.starts_with(|c: char| c.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit());
    let right = rest && inside && (1..=2).contains(&letters) && text.len() >= SHORTEST;
    right.then(|| text.chars().map(digit_for).collect())
}

/// The number with digits for the letters O and l behind its first digit, where no other letters stand behind that:
/// `PX2026O06`, `TP3l`, `202202O`.
fn with_digits_after_letters(text: &str) -> Option<String> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let (front, number) = text.split_at(from);
    let letters = number.chars().filter(|c| is_like_a_digit(*c)).count();
    let rest = number.chars().all(|c| c.is_ascii_digit() || is_like_a_digit(c) || matches!(c, '-' | '_' | '.'));
    let after_digit =
        number.as_bytes().windows(2).any(|pair| pair[0].is_ascii_digit() && is_like_a_digit(pair[1].into()));
    let named = front.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
    let right = named && rest && after_digit && (1..=2).contains(&letters);
    right.then(|| front.chars().chain(number.chars().map(digit_for)).collect())
}

/// The letters that are taken for 0 and 1.
fn is_like_a_digit(c: char) -> bool {
    matches!(c, 'O' | 'o' | 'l')
}

/// The digit that such a letter looks like; any other sign as it is.
fn digit_for(c: char) -> char {
    match c {
        'l' => '1',
        'O' | 'o' => '0',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind, Reference};

    use crate::testing::{check, field};

    #[test]
    fn ruined_numbers() {
        let number = Field { title: "学号".into(), ..field("XH", Kind::Text) };
        let lost = "mandatory identifier “{value}”是 Excel 的科学计数写法，后面的位数已经丢了。请按原始材料重填，并把这一列设成文本。";
        let decimal = "confirm identifier “{value}”带着小数，是表格或程序把编号当成了数字。 → 20240301";
        let wide = "confirm identifier “{value}”里有全角的数字或字母，和别的表对不上。 → 20240301";
        let apostrophe = "confirm identifier “{value}”前面多了一个撇号，是 Excel 标记文本用的。 → 20240301";
        let blank = "confirm identifier “{value}”中间有空格，和别的表对不上。 → 20240301";
        let letters = "confirm identifier “{value}”里的字母 O、l 像是数字 0、1。 → 20240301";
        let maybe_blank = "hint identifier “{value}”中间有空格。原来的编号就有空格的，不用改。 → ";
        let maybe_letters =
            "hint identifier “{value}”数字中间有字母 O 或 l，像是 0、1。原来的编号就有字母的，不用改。 → ";
        for (value, expect) in [
            ("2.02403E+11", lost),
            ("2.02403e+17", lost),
            ("2E+11", lost),
            ("20240301.0", decimal),
            ("20240301.00", decimal),
            ("２０２４０３０１", wide),
            ("2024０301", wide),
            ("'20240301", apostrophe),
            ("‘20240301", apostrophe),
            ("2024 0301", blank),
            ("2024　0301", blank),
            ("2O24O301", letters),
            ("2024030l1", "confirm identifier “{value}”里的字母 O、l 像是数字 0、1。 → 202403011"),
            ("2024\u{200b}0301", "confirm identifier “{value}”里有看不见的字符。 → 20240301"),
            ("20240301", ""),
            ("2024-0301", ""),
            ("1E5", ""),
            ("CO2026", ""),
            ("OL-2026", ""),
            ("1A2O3B", ""),
            ("5G", ""),
            ("苏AB 123", ""),
        ] {
            check(&number, value, expect);
        }
        for (value, right) in [("SX 2024 A", "SX2024A"), ("PX202 6005", "PX2026005"), ("B 406", "B406")] {
            check(&number, value, &format!("{maybe_blank}{right}"));
        }
        for (value, right) in
            [("PX2026O06", "PX2026006"), ("B4O6", "B406"), ("TP3l", "TP31"), ("202202O", "2022020"), ("2O6", "206")]
        {
            check(&number, value, &format!("{maybe_letters}{right}"));
        }
        let book = Field { title: "出版号".into(), ..field("CBH", Kind::Text) };
        check(&book, "978 7040500000", &format!("{maybe_blank}9787040500000"));
        check(&book, "978-7-04-050000-0", "");
        check(&book, "97870405O0000", "confirm identifier “{value}”里的字母 O、l 像是数字 0、1。 → 9787040500000");
        let reference = vec![Reference { table: "ODS_A".into(), column: "XH".into() }];
        let referring = Field { references: reference, ..field("SPR", Kind::Text) };
        check(&referring, "T 1", "confirm identifier “{value}”中间有空格，和别的表对不上。 → T1");
        for other in ["设备型号", "批准文号", "备注"] {
            check(&Field { title: other.into(), ..field("X", Kind::Text) }, "20240301.0", "");
        }
    }
}
