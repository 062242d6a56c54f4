//! A cell holds a text that means "nothing": 无, `-`, `/`, `NULL` ...
//!
//! **Why**: in a number, a date or a code such a text makes the receiver drop the row; in a name it is not a name.
//! **Source**: what circulating workbooks hold in place of empty cells ([`crate::reading::placeholder`] has the one
//! list); the types and lists of the fields.
//!
//! * A field that cannot hold it (a number, a date, a code, a printed form, a web address): the cell counts as empty,
//!   so the checks of empty cells apply. If none of them finds anything, the cell should be blank, and that is
//!   suggested (a hint for an address, which the receiver keeps as text).
//! * An optional text may hold it; where a condition requires a value, it does not count as one, and that is to be
//!   confirmed. What programs write for a missing value (`NULL`) was not typed by a person, and is to be confirmed
//!   everywhere.
//! * A mandatory text: 无 may be the true answer and is left alone; a stroke or `NULL` is to be confirmed, and so is 无
//!   instead of a name or a number.
//! * 同上 and 〃 point at the row above, which a record does not have: the content must be written out.
//! * A mandatory credit code: a company abroad has none; see `pattern`.

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use super::{conditional_value, pattern, required, required_when};
use crate::field::PreparedField;
use crate::reading::{Reading, placeholder};

/// The name of these findings.
pub(crate) const RULE: &str = "placeholder";

/// What is wrong with a cell that holds a placeholder, each with the name of its check. `None` where the text means
/// something in its field, so that all checks apply to it as to any other text.
pub(crate) fn judge(cell: &Cell<'_>) -> Option<Vec<(&'static str, Level, Problem)>> {
    if placeholder::is_ditto(cell.value) && !means_something(cell) {
        let level = if holds_any_text(cell.prepared) { Level::Confirm } else { Level::Mandatory };
        return Some(vec![(RULE, level, Problem::new(Words::phrase("finding.placeholder.ditto")))]);
    }
    if !placeholder::stands_for_nothing(cell.value) || means_something(cell) {
        return None;
    }
    let field = cell.field();
    if !holds_any_text(cell.prepared) {
        if field.required && pattern::is_credit_code(cell.prepared) {
            return None;
        }
        let found = of_empty(cell);
        if found.iter().any(|(_, level, _)| *level == Level::Mandatory) {
            return Some(found);
        }
        let words = Words::phrase("finding.placeholder.clear");
        // The receiver stores an address as text, and many schools write 无 in such a column, so it is only a hint.
        let level = if field.kind == Kind::Url { Level::Hint } else { Level::Mandatory };
        return Some(vec![(RULE, level, Problem::new(words).suggest(Some(String::new())))]);
    }
    // The errors of Excel are reported by `markup`.
    if !placeholder::is_placeholder(cell.value) || cell.value.starts_with('#') {
        return None;
    }
    if field.required {
        let is_answer = placeholder::is_word(cell.value) && !names_something(cell);
        let words = match placeholder::is_word(cell.value) {
            true => Words::phrase("finding.placeholder.no-name").with("title", &field.title),
            false => Words::phrase("finding.placeholder.required"),
        };
        let problem = (!is_answer).then(|| (RULE, Level::Confirm, Problem::new(words)));
        return Some(problem.into_iter().collect());
    }
    let confirmed = of_empty(cell).into_iter().map(|(rule, _, problem)| (rule, Level::Confirm, problem));
    let mut found: Vec<_> = confirmed.collect();
    if found.is_empty() && placeholder::is_program_word(cell.value) {
        let words = Words::phrase("finding.placeholder.program");
        found.push((RULE, Level::Confirm, Problem::new(words).suggest(Some(String::new()))));
    }
    Some(found)
}

/// What the checks of empty cells say about the field.
fn of_empty(cell: &Cell<'_>) -> Vec<(&'static str, Level, Problem)> {
    let checks: [&Check; 3] = [&required::CHECK, &required_when::CHECK, &conditional_value::CHECK];
    let empty = Cell { value: "", ..*cell };
    let found = checks.into_iter().filter(|check| (check.concerns)(cell.prepared) && check.looks_at != LooksAt::Filled);
    found
        .filter_map(|check| {
            let problem = (check.find)(&empty)?;
            Some((check.rule, problem.level.unwrap_or(check.level), problem))
        })
        .collect()
}

/// Whether the text is a code, a name of a code, or one of the permitted values: 无 has a code in some lists, and means
/// no in a field of yes and no.
fn means_something(cell: &Cell<'_>) -> bool {
    let code = cell.prepared.read_code(cell.value);
    code.is_some_and(|read| read.reading != Reading::Unknown) || cell.field().values.iter().any(|v| v == cell.value)
}

/// Whether the field takes text of any form.
fn holds_any_text(prepared: &PreparedField) -> bool {
    let field = &prepared.field;
    matches!(field.kind, Kind::Text | Kind::LongText) && prepared.pattern.is_none() && field.values.is_empty()
}

/// Whether the field names a person, a number, or what its record is about, where 无 is not an answer (where it asks for
/// the software of a training there may be none). References are looked up by their own check.
fn names_something(cell: &Cell<'_>) -> bool {
    const ENDS: [&str; 6] = ["姓名", "编号", "学号", "企业名称", "课程名称", "专业名称"];
    let field = cell.field();
    field.references.is_empty() && ENDS.iter().any(|end| field.title.ends_with(end))
}

#[cfg(test)]
mod tests {
    use standard::{Condition, DoubtKind, Field, Kind};

    use crate::testing::{check, check_record, doubts, field, list};

    #[test]
    fn what_cannot_be_held_is_cleared() {
        let clear = "mandatory placeholder “{value}”表示没有内容。没有数据就空着。 → ";
        let count = field("RS", Kind::Integer);
        let day = field("RQ", Kind::Date);
        let firm = Field { pattern: Some("^[0-9A-HJ-NPQRTUWXY]{18}$".into()), ..field("DM", Kind::Text) };
        let site = field("WZ", Kind::Url);
        for value in ["无", "-", "—", "/", "//", "///", "NULL", "nan", "None", "\\N", "N/A", "暂无", "无数据", "不详"]
        {
            for field in [&count, &day, &firm] {
                check(field, value, clear);
            }
            check(&site, value, &clear.replace("mandatory", "hint"));
        }
        check(&count, "0", "");
        check(&field("BZ", Kind::Text), "无", "");
        check(&field("BZ", Kind::LongText), "/", "");
        let program = "confirm placeholder “{value}”是程序用来表示没有内容的词。没有数据就空着。 → ";
        for value in ["NULL", "(null)", "nan", "None", "\\N", "undefined"] {
            check(&field("BZ", Kind::Text), value, program);
        }
    }

    #[test]
    fn what_points_at_the_row_above_is_written_out() {
        let ditto = "placeholder “{value}”指上面一行，单独一条记录里看不出是什么。请写出内容。";
        for value in ["同上", "〃", "\""] {
            check(&field("BJMC", Kind::Text), value, &format!("confirm {ditto}"));
            check(&field("RQ", Kind::Date), value, &format!("mandatory {ditto}"));
            check(&field("RS", Kind::Integer), value, &format!("mandatory {ditto}"));
        }
    }

    #[test]
    fn a_mandatory_field_stays_empty() {
        let count = Field { required: true, ..field("RS", Kind::Integer) };
        let back = Field { required: true, doubts: doubts(DoubtKind::Value), ..field("RQ", Kind::Date) };
        check(&count, "无", "mandatory required 必填，尚未填写。填整数。");
        check(&back, "无", "mandatory placeholder “{value}”表示没有内容。没有数据就空着。 → ");
        let answer = Field { required: true, ..field("内容", Kind::Text) };
        let name = Field { required: true, title: "学生姓名".into(), ..field("XSXM", Kind::Text) };
        let software = Field { required: true, title: "软件名称".into(), ..field("RJMC", Kind::Text) };
        check(&software, "无", "");
        check(&answer, "无", "");
        check(
            &answer,
            "/",
            "confirm placeholder “{value}”像是占位的符号。本项必填，请填写实际内容；确实没有的，请说明情况。",
        );
        check(&name, "无", "confirm placeholder “{value}”不是“学生姓名”。请填写实际内容；确实没有的，请说明情况。");
    }

    #[test]
    fn codes() {
        let lists = [
            list("SFBZDM", &[("0", "否"), ("1", "是")]),
            list("JBDM", &[("1", "国家级"), ("9", "无")]),
            list("XZDM", &[("3", "三年制"), ("4", "无党派")]),
        ];
        let coded = |list: &str| Field { code_list: Some(list.into()), ..field("M", Kind::Code) };
        for (field, value, expect) in [
            (coded("JBDM"), "无", "mandatory code “{value}”是代码的名称，这里要填代码“9”。 → 9"),
            (coded("SFBZDM"), "无", "mandatory code “{value}”不是“SFBZDM”里的代码或名称。是不是“否 (0)”？ → 0"),
            (coded("XZDM"), "无", "mandatory placeholder “{value}”表示没有内容。没有数据就空着。 → "),
            (coded("XZDM"), "/", "mandatory placeholder “{value}”表示没有内容。没有数据就空着。 → "),
        ] {
            check_record(&[field], &lists, &[value], expect);
        }
    }

    #[test]
    fn a_condition_asks_for_a_value() {
        let lists = [list("DD", &[("1", "国内"), ("2", "国外")])];
        let place = Field { code_list: Some("DD".into()), ..field("DDM", Kind::Code) };
        let when = |kind: Kind| Field {
            required_when: Some(Condition {
                column: Some("DDM".into()),
                equals: vec!["2".into()],
                note: "国外".into(),
            }),
            ..field("X", kind)
        };
        let must = "required-when “DDM”为“国外”时本项必填，尚未填写。";
        for (field, values, expect) in [
            (when(Kind::Date), ["2", "无"], format!("mandatory {must}填 8 位年月日，如 20260901。")),
            (
                when(Kind::Date),
                ["1", "无"],
                "mandatory placeholder “{value}”表示没有内容。没有数据就空着。 → ".to_owned(),
            ),
            (when(Kind::Text), ["2", "无"], format!("confirm {must}")),
            (when(Kind::Text), ["1", "无"], String::new()),
        ] {
            check_record(&[place.clone(), field], &lists, &values, &expect);
        }
    }
}
