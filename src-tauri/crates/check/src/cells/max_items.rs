//! More values stand in one field than the standard allows.
//!
//! **Why**: the receiver's rule. **Source**: the notes, such as 最多 5 位指导教师.
//!
//! Values are counted at any of the usual separators, so that the count is right even while the separator is not.

use standard::{Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::reading::code::parts;

pub(super) const CHECK: Check = Check {
    rule: "max-items",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.field.max_items.is_some(),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let (most, now) = (cell.field().max_items? as usize, parts(cell.value).count());
    let words = || Words::phrase("finding.max-items").with("now", now).with("most", most).with("over", now - most);
    (now > most).then(|| Problem::new(words()))
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check, field};

    #[test]
    fn items() {
        let teachers = Field { max_items: Some(2), separator: Some(",".into()), ..field("ZDJSXM", Kind::Text) };
        for (value, expect) in [
            ("张三", ""),
            ("张三,李四", ""),
            ("张三,李四,", ""),
            ("张三,李四,王五", "mandatory max-items 填了 3 项，最多 2 项，请删去 1 项。"),
        ] {
            check(&teachers, value, expect);
        }
    }
}
