//! A name has blanks between its characters, or another sign than `·` between its parts.
//!
//! **Why**: the name must be the same in all tables. **Source**: the notes of 中职 print `·` for names of minorities; a
//! hint, because the name is the same for a reader.

use standard::{Kind, Level, Words, is_unseen};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::reading::fold::{is_blank, trim};

pub(super) const CHECK: Check = Check {
    rule: "name",
    level: Level::Hint,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.field.kind == Kind::Text && prepared.field.title.contains("姓名"),
    find,
};

/// Signs that input methods, fonts and exports put in the place of `·` (U+00B7).
const DOTS: [char; 10] = ['.', '．', '•', '・', '･', '‧', '∙', '⋅', '●', '﹒'];

fn find(cell: &Cell<'_>) -> Option<Problem> {
    // Invisible characters are reported by `signs`.
    if !cell.value.contains(|c: char| is_blank(c) || DOTS.contains(&c)) || trim(cell.value).contains(is_unseen) {
        return None;
    }
    let letters: Vec<char> = cell.value.chars().collect();
    let is_inside = |at: usize, signs: &dyn Fn(char) -> bool| {
        let before = letters[..at].iter().rev().find(|c| !signs(**c));
        let after = letters[at + 1..].iter().find(|c| !signs(**c));
        before.zip(after).is_some_and(|(before, after)| is_han(*before) && is_han(*after))
    };
    let is_dot = |c: char| DOTS.contains(&c);
    let mut right = String::with_capacity(cell.value.len());
    for (at, letter) in letters.iter().copied().enumerate() {
        if is_blank(letter) && is_inside(at, &is_blank) {
            continue;
        }
        right.push(if is_dot(letter) && is_inside(at, &|_| false) { '·' } else { letter });
    }
    (right != cell.value).then(|| Problem::new(Words::phrase("finding.name")).suggest(Some(right)))
}

/// A Chinese character of a name.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check, field};

    #[test]
    fn names() {
        let name = Field { title: "学生姓名".into(), ..field("XSXM", Kind::Text) };
        let hint =
            |right: &str| format!("hint name 姓名中间不要空格，各部分之间用间隔号“·”，和其他表写成一样。 → {right}");
        for (value, expect) in [
            ("王小明", String::new()),
            ("张　三", hint("张三")),
            ("张 三", hint("张三")),
            ("张  三", hint("张三")),
            ("阿卜杜拉.买买提", hint("阿卜杜拉·买买提")),
            ("阿卜杜拉•买买提", hint("阿卜杜拉·买买提")),
            ("阿卜杜拉・买买提", hint("阿卜杜拉·买买提")),
            ("阿卜杜拉·买买提", String::new()),
            ("John Smith", String::new()),
            ("J. Smith", String::new()),
            ("张三,李四", String::new()),
        ] {
            check(&name, value, &expect);
        }
        check(&field("MC", Kind::Text), "张　三", "");
    }
}
