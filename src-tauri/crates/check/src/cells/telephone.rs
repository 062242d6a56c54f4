//! A telephone number is written with blanks, hyphens or the number of the country.
//!
//! **Why**: people look it up and dial it. **Source**: the numbering plan; no form is printed, so it is a hint. Whether
//! the text is a telephone number at all is for the rules.

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::identifiers;
use crate::reading::fold::{fold, is_blank};

pub(super) const CHECK: Check = Check {
    rule: "telephone",
    level: Level::Hint,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.field.kind == Kind::Text && prepared.field.title.contains("电话"),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let right = bare_number(cell.value).filter(|right| right != cell.value)?;
    Some(Problem::new(Words::phrase("finding.telephone")).suggest(Some(right)))
}

/// One mobile or fixed number without blanks and the number of the country. `None` for several numbers, and for a text
/// that is not a number.
fn bare_number(text: &str) -> Option<String> {
    let folded = fold(text);
    let bare: String = folded.chars().filter(|c| !is_blank(*c) && !matches!(c, '(' | ')')).collect();
    let bare = ["+86", "0086", "86-"].iter().find_map(|prefix| bare.strip_prefix(prefix)).unwrap_or(&bare);
    let bare = bare.trim_start_matches('-');
    let joined: String = bare.chars().filter(|c| *c != '-').collect();
    if identifiers::is_mobile(&joined) {
        return Some(joined);
    }
    identifiers::is_landline(bare).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check, field};

    #[test]
    fn telephones() {
        let telephone = Field { title: "联系人电话".into(), ..field("LXRDH", Kind::Text) };
        let hint = |right: &str| format!("hint telephone 电话里不要写空格、括号和国家号。 → {right}");
        for (value, expect) in [
            ("13800000000", String::new()),
            ("138 0000 0000", hint("13800000000")),
            ("138-0000-0000", hint("13800000000")),
            ("+8613800000000", hint("13800000000")),
            ("+86 138 0000 0000", hint("13800000000")),
            ("１３８００００００００", hint("13800000000")),
            ("0512-12345678", String::new()),
            ("0512 -12345678", hint("0512-12345678")),
            ("13800000000 13900000000", String::new()),
            ("13800000000、13900000000", String::new()),
            ("+81-3-1234-5678", String::new()),
            ("无人接听", String::new()),
        ] {
            check(&telephone, value, &expect);
        }
    }
}
