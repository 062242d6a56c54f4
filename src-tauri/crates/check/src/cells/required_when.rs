//! A field that another column's code makes mandatory is empty.
//!
//! **Why**: as with mandatory fields, for some records. **Source**: the notes, such as 进修学习地点为国外时必填.
//!
//! Confirm where only a part of the printed condition can be tested: 设备来源为捐赠**且**捐赠方是企业. Conditions that no column
//! answers (主讲人是本校教师) are not checked.

use standard::{Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};

pub(super) const CHECK: Check = Check {
    rule: "required-when",
    level: Level::Mandatory,
    looks_at: LooksAt::Empty,
    of_record: true,
    concerns: |prepared| !prepared.field.required && prepared.required_when.is_some(),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let when = cell.prepared.required_when.as_ref().filter(|when| when.holds(cell.values))?;
    let note = &when.condition.note;
    let partly = note.contains('且');
    let words = if partly {
        Words::phrase("finding.required-when.partly").with("note", note)
    } else {
        Words::phrase("finding.required-when").with("condition", when.words()).with("expected", cell.expected())
    };
    Some(Problem::new(words).confirm_if(partly))
}

#[cfg(test)]
mod tests {
    use standard::{Condition, Field, Kind};

    use crate::testing::{check_record, field, list};

    #[test]
    fn required_when() {
        let lists = [list("JXXXDDDM", &[("1", "国内"), ("2", "国外")])];
        let place = Field { code_list: Some("JXXXDDDM".into()), ..field("JXXXDDM", Kind::Code) };
        let when = |column: Option<&str>, note: &str| Field {
            required_when: Some(Condition {
                column: column.map(str::to_owned),
                equals: vec!["2".into()],
                note: note.into(),
            }),
            ..field("CGRQ", Kind::Date)
        };
        let abroad = when(Some("JXXXDDM"), "进修学习地点为国外");
        let partly = when(Some("JXXXDDM"), "设备来源为捐赠且捐赠方是企业");
        let untestable = when(None, "主讲人是本校教师");
        for (field, values, expect) in [
            (&abroad, ["1", ""], ""),
            (&abroad, ["2", "20260901"], ""),
            (
                &abroad,
                ["2", ""],
                "mandatory required-when “JXXXDDM”为“国外”时本项必填，尚未填写。填 8 位年月日，如 20260901。",
            ),
            (&abroad, ["", ""], ""),
            (
                &partly,
                ["2", ""],
                "confirm required-when 标准要求“设备来源为捐赠且捐赠方是企业”时必填，尚未填写。请核实这一条是否属于这种情况。",
            ),
            (&untestable, ["2", ""], ""),
        ] {
            check_record(&[place.clone(), field.clone()], &lists, &values, expect);
        }
    }
}
