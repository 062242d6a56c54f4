//! A text holds invisible characters, or was damaged on its way: characters of private use, U+FFFD, `?` instead of a
//! character, text read in the wrong encoding.
//!
//! **Why**: programs take a name with such a character for another name, and the receiver stores it unchanged.
//! **Source**: how programs damage text; the standard prints no rule, so a person confirms. In long texts an invisible
//! character does no harm, and is a hint.
//!
//! Numbers, dates, codes and what names something (学号) lose such signs when they are read; see [`crate::normalise()`].

use standard::{Kind, Level, Words, is_unseen, without_unseen};

use super::check::{Cell, Check, LooksAt, Problem};
use super::identifier;
use crate::reading::damaged::{Damage, damage};
use crate::reading::fold::trim;

pub(super) const CHECK: Check = Check {
    rule: "signs",
    level: Level::Confirm,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| matches!(prepared.field.kind, Kind::Text | Kind::LongText) && prepared.pattern.is_none(),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let text = trim(cell.value);
    match damage(text) {
        Some(Damage::PrivateUse(signs, whole)) => {
            return Some(
                Problem::new(Words::phrase("finding.signs.private").with("signs", names(&signs))).suggest(whole),
            );
        }
        Some(Damage::Lost) => return Some(Problem::new(Words::phrase("finding.signs.lost"))),
        Some(Damage::Mojibake(whole)) => {
            return Some(Problem::new(Words::phrase("finding.signs.mojibake")).suggest(whole));
        }
        None => {}
    }
    if stands_for_a_character(cell, text) {
        return Some(Problem::new(Words::phrase("finding.signs.question")));
    }
    if !text.contains(is_unseen) || identifier::names_something(cell.field()) {
        return None;
    }
    let unseen: String = text.chars().filter(|c| is_unseen(*c)).collect();
    let problem = Problem::new(Words::phrase("finding.signs.unseen").with("signs", names(&unseen)));
    let level = (cell.field().kind == Kind::LongText).then_some(Level::Hint);
    Some(Problem { level, ..problem.suggest(Some(without_unseen(text).into_owned())) })
}

/// `U+200B`, each sign once, at most three of them.
fn names(signs: &str) -> String {
    const MOST: usize = 3;
    let mut names: Vec<String> = Vec::new();
    for sign in signs.chars() {
        let name = format!("U+{:04X}", sign as u32);
        if !names.contains(&name) && names.len() < MOST {
            names.push(name);
        }
    }
    names.join(" ")
}

/// Whether a question mark, or the sign for a character that a font lacks, stands instead of a character: anywhere in a
/// name beside Chinese characters, in other texts where two of them do.
fn stands_for_a_character(cell: &Cell<'_>, text: &str) -> bool {
    let is_stand_in = |c: char| matches!(c, '?' | '□' | '〓');
    if !text.contains(is_stand_in) {
        return false;
    }
    let is_han = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}'));
    let field = cell.field();
    let is_person = field.title.contains("姓名");
    let is_name = is_person || field.title.ends_with("名称");
    let signs: Vec<char> = text.chars().collect();
    let near = |at: usize| is_han(at.checked_sub(1).map(|at| signs[at])) || is_han(signs.get(at + 1).copied());
    let between = |at: usize| is_han(at.checked_sub(1).map(|at| signs[at])) && is_han(signs.get(at + 1).copied());
    let alone = is_name && text.chars().all(is_stand_in);
    let twice = signs.windows(2).enumerate().any(|(at, pair)| pair == ['?', '?'] && (near(at) || near(at + 1)));
    let in_name = |(at, c): (usize, &char)| is_stand_in(*c) && (is_person && near(at) || is_name && between(at));
    alone || twice || signs.iter().enumerate().any(in_name)
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check, field};

    #[test]
    fn names_that_were_damaged() {
        let name = Field { title: "学生姓名".into(), ..field("XSXM", Kind::Text) };
        let private =
            "confirm signs 里有只在某种字体里才看得到的造字（U+E863），别的电脑会显示成空白。请换成标准汉字。";
        let question = "confirm signs “{value}”里的问号或方框像是没有转换成功的字，请按原件核对。";
        let mojibake = "confirm signs “{value}”像是乱码，请按原件核对。";
        for (value, expect) in [
            ("王\u{e863}", format!("{private} → 王䶮")),
            ("李?", question.into()),
            ("?四", question.into()),
            ("张□", question.into()),
            ("??", question.into()),
            ("赵\u{fffd}明", "confirm signs “{value}”里有没有转换成功的字，请按原件核对。".into()),
            ("寮犱笁", format!("{mojibake} → 张三")),
            ("张\u{200b}三", "confirm signs 里有看不见的字符（U+200B），和别处的同一个名字对不上。 → 张三".into()),
            ("张三", String::new()),
            ("Why?", String::new()),
        ] {
            check(&name, value, &expect);
        }
    }

    #[test]
    fn texts() {
        let note = field("BZ", Kind::LongText);
        for (value, expect) in [
            ("为什么?因为。", ""),
            ("学习内容???", "confirm signs “{value}”里的问号或方框像是没有转换成功的字，请按原件核对。"),
            ("第一\u{200b}条", "hint signs 里有看不见的字符（U+200B），和别处的同一个名字对不上。 → 第一条"),
            ("□已完成", ""),
        ] {
            check(&note, value, expect);
        }
        let number = Field { title: "学号".into(), ..field("XH", Kind::Text) };
        check(&number, "2024\u{200b}0301", "confirm identifier “{value}”里有看不见的字符。 → 20240301");
    }
}
