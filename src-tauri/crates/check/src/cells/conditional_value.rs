//! Another column's code prescribes this field's value, and it has another.
//!
//! **Why**: the receiver counts by both columns. **Source**: the notes, such as 意向机构行业码: 选“升学”时填“教育”.
//!
//! Confirm where the list is open (see [`crate::doubt::list_is_open`]): a finer class of the prescribed section would
//! be right as well. An empty mandatory field is left to `required`.

use standard::{Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::doubt;
use crate::expected::named;
use crate::reading::fold;

pub(super) const CHECK: Check = Check {
    rule: "conditional-value",
    level: Level::Mandatory,
    looks_at: LooksAt::Both,
    of_record: true,
    concerns: |prepared| prepared.conditional_value.is_some(),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let (when, prescribed) = cell.prepared.conditional_value.as_ref()?;
    let value = fold::trim(cell.value);
    if value == *prescribed || !when.holds(cell.values) || (value.is_empty() && cell.field().required) {
        return None;
    }
    let code = cell.prepared.list.as_ref().and_then(|list| list.get(prescribed));
    let named = code.map_or_else(|| (*prescribed).to_owned(), named);
    let open = cell.prepared.list.as_ref().is_some_and(|list| doubt::list_is_open(cell.field(), list));
    let words = match value.is_empty() {
        true => Words::phrase("finding.prescribed.empty"),
        false => Words::phrase("finding.prescribed.other"),
    };
    let words = words.with("condition", when.words()).with("right", named);
    Some(Problem::new(words).suggest(Some((*prescribed).to_owned())).confirm_if(open))
}

#[cfg(test)]
mod tests {
    use standard::{Condition, DoubtKind, Field, Kind};

    use crate::testing::{check_record, doubts, field, list};

    #[test]
    fn conditional_value() {
        let lists = [list("JYYXDM", &[("1", "升学"), ("2", "就业")]), list("HYDM", &[("C", "制造业"), ("P", "教育")])];
        let wish = Field { code_list: Some("JYYXDM".into()), ..field("JYYXM", Kind::Code) };
        let when = Condition { column: Some("JYYXM".into()), equals: vec!["1".into()], note: String::new() };
        let business = Field {
            code_list: Some("HYDM".into()),
            conditional_value: Some((when, "P".into())),
            ..field("JYDWHYM", Kind::Code)
        };
        let open = Field { doubts: doubts(DoubtKind::List), ..business.clone() };
        let required = Field { required: true, ..business.clone() };
        for (field, values, expect) in [
            (&business, ["1", "P"], ""),
            (&business, ["2", "C"], ""),
            (
                &business,
                ["1", "C"],
                "mandatory conditional-value “JYYXM”为“升学”时，本项按标准填“教育 (P)”，现在是“{value}”。 → P",
            ),
            (
                &business,
                ["1", ""],
                "mandatory conditional-value “JYYXM”为“升学”时，本项按标准填“教育 (P)”，现在没有填。 → P",
            ),
            (
                &open,
                ["1", "C"],
                "confirm conditional-value “JYYXM”为“升学”时，本项按标准填“教育 (P)”，现在是“{value}”。 → P",
            ),
            (&required, ["1", ""], "mandatory required 必填，尚未填写。可选：制造业 (C)、教育 (P)。"),
        ] {
            check_record(&[wish.clone(), field.clone()], &lists, &values, expect);
        }
    }
}
