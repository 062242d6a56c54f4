//! Several values stand in one field with another separator than the printed one.
//!
//! **Why**: the receiver takes the field apart at the printed separator. **Source**: the notes (多个以逗号分开); the 2023
//! edition prints two bars.
//!
//! Mandatory for codes. A hint for lists of names and titles, which may themselves hold such a sign
//! (《工业机器人编程、调试与维护》).

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::expected::separator;
use crate::reading::Reading;
use crate::reading::code;
use crate::reading::fold::trim;

pub(super) const CHECK: Check = Check {
    rule: "separator",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.field.separator.is_some(),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let printed = cell.field().separator.as_deref()?;
    let other = code::other_sign(printed, cell.value);
    let name = separator(printed);
    if cell.field().kind != Kind::Codes {
        let sign = other.filter(|sign| !matches!(*sign, "|" | "\n"))?;
        let joined: Vec<&str> = code::parts(cell.value).collect();
        let words = Words::phrase("finding.separator.names").with("separator", name).with("sign", sign);
        let problem = Problem::new(words).suggest(Some(joined.join(printed)));
        return Some(Problem { level: Some(Level::Hint), ..problem });
    }
    // A single name may hold a separator of its own; `code` reports it.
    let list = cell.prepared.list.as_deref()?;
    if !list.named(trim(cell.value)).collect::<Vec<_>>().is_empty() {
        return None;
    }
    let blank = cell.value.split(printed).any(|part| part.is_empty() || trim(part) != part);
    let wrong = match other {
        Some("\n") => Words::phrase("finding.separator.line"),
        Some(sign) => Words::phrase("finding.separator.sign").with("sign", sign),
        None if blank => Words::phrase("finding.separator.blank"),
        None => return None,
    };
    let suggestion = match cell.prepared.read_codes(cell.value) {
        Some(Reading::Certain(codes)) => Some(codes),
        _ => None,
    };
    Some(Problem::new(wrong.with("separator", name)).suggest(suggestion))
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check_record, field, list};

    #[test]
    fn separators() {
        let lists = [list("RYLXDM", &[("1", "专任教师"), ("2", "辅导员"), ("3", "行政、后勤")])];
        let codes =
            Field { separator: Some(",".into()), code_list: Some("RYLXDM".into()), ..field("RYLXM", Kind::Codes) };
        let names = Field { separator: Some(",".into()), ..field("ZZ", Kind::Text) };
        let bars = Field { separator: Some("||".into()), ..codes.clone() };
        let wrong = |sign: &str, suggestion: &str| {
            format!("mandatory separator “{{value}}”的多项之间要用英文逗号“,”分开，不要用“{sign}”。{suggestion}")
        };
        for (field, value, expect) in [
            (&codes, "1", String::new()),
            (&codes, "1,2", String::new()),
            (&codes, "1，2", wrong("，", " → 1,2")),
            (&codes, "1、2", wrong("、", " → 1,2")),
            (&codes, "1||2", wrong("||", " → 1,2")),
            (&codes, "专任教师；辅导员", wrong("；", " → 1,2")),
            (
                &codes,
                "1, 2",
                "mandatory separator “{value}”的多项之间要用英文逗号“,”分开，前后不要有空格或多余的分隔符。 → 1,2".to_owned(),
            ),
            (&codes, "行政、后勤", "mandatory code “{value}”是代码的名称，这里要填代码“3”。 → 3".to_owned()),
            (&bars, "1||2", String::new()),
            (
                &bars,
                "1,2",
                "mandatory separator “{value}”的多项之间要用两条竖线“||”分开，不要用“,”。 → 1||2".to_owned(),
            ),
            (&names, "张三,李四", String::new()),
            (
                &names,
                "张三、李四",
                "hint separator 多项之间按标准用英文逗号“,”分开，这里有“、”。如果它是名称的一部分，可以不改。 → 张三,李四".to_owned(),
            ),
        ] {
            check_record(std::slice::from_ref(field), &lists, &[value], &expect);
        }
    }
}
