//! A mandatory field is empty.
//!
//! **Why**: the receiver drops rows without it. **Source**: the column 约束, `M`.
//!
//! Confirm instead of mandatory where the standard demands a value but leaves open what it is for records that have
//! none (see [`crate::doubt::empty_is_open`]).

use standard::{Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::doubt;

pub(super) const CHECK: Check = Check {
    rule: "required",
    level: Level::Mandatory,
    looks_at: LooksAt::Empty,
    of_record: false,
    concerns: |prepared| prepared.field.required,
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    if doubt::empty_is_open(cell.field()) {
        return Some(Problem::new(Words::phrase("finding.required.open")).confirm_if(true));
    }
    Some(Problem::new(Words::phrase("finding.required").with("expected", cell.expected())))
}

#[cfg(test)]
mod tests {
    use standard::{DoubtKind, Field, Kind};

    use crate::testing::{check, doubts, field};

    #[test]
    fn required() {
        let name = Field { required: true, ..field("XM", Kind::Text) };
        let day = Field { required: true, ..field("RQ", Kind::Date) };
        let book_back = Field { doubts: doubts(DoubtKind::Value), ..day.clone() };
        let misprinted = Field { doubts: doubts(DoubtKind::Length), max_length: Some(8), ..day.clone() };
        for (field, value, expect) in [
            (&name, "王小明", ""),
            (&name, "", "mandatory required 必填，尚未填写。"),
            (&name, " 　", "mandatory required 必填，尚未填写。"),
            (&day, "", "mandatory required 必填，尚未填写。填 8 位年月日，如 20260901。"),
            (
                &book_back,
                "",
                "confirm required 必填，尚未填写。确实没有的（例如还没有发生），标准没有写明填什么，请核实后说明情况。",
            ),
            (&misprinted, "", "mandatory required 必填，尚未填写。填 8 位年月日，如 20260901。"),
            (&field("BZ", Kind::Text), "", ""),
        ] {
            check(field, value, expect);
        }
    }
}
