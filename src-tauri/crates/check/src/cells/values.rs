//! A field takes one of a few printed values, and holds another.
//!
//! **Why**: the receiver accepts only these. **Source**: notes that print permitted values without codes; confirm where
//! their list is in doubt.

use standard::{DoubtKind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::reading::fold::fold;

pub(super) const CHECK: Check = Check {
    rule: "code",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.list.is_none() && !prepared.field.values.is_empty(),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let values = &cell.field().values;
    if values.iter().any(|value| value == cell.value) {
        return None;
    }
    let folded = fold(cell.value);
    let meant = values.iter().find(|value| fold(value) == folded).cloned();
    let permitted: Vec<Words> = values.iter().map(Words::from).collect();
    let open = cell.field().is_doubtful(DoubtKind::List) && meant.is_none();
    Some(Problem::new(Words::phrase("finding.values").with("values", permitted)).suggest(meant).confirm_if(open))
}

#[cfg(test)]
mod tests {
    use standard::{DoubtKind, Field, Kind};

    use crate::testing::{check, doubts, field};

    #[test]
    fn values() {
        let office = Field { values: vec!["学校".into(), "系部".into()], ..field("BGLB", Kind::Text) };
        for (value, expect) in [
            ("学校", ""),
            ("系 部", "mandatory code “{value}”不在允许的范围里。可填：学校、系部。"),
            (" 系部", "mandatory code “{value}”不在允许的范围里。可填：学校、系部。 → 系部"),
        ] {
            check(&office, value, expect);
        }
        let open = Field { doubts: doubts(DoubtKind::List), ..office };
        check(&open, "1", "confirm code “{value}”不在允许的范围里。可填：学校、系部。");
    }
}
