//! A coded field holds a text that is not a code of its list.
//!
//! **Why**: the receiver looks every code up. **Source**: the code lists of the edition, and the national lists that
//! fields name (GB/T 2260, ISO 3166-1).
//!
//! Confirm instead of mandatory
//! * where the list is open ([`crate::doubt::list_is_open`]): finer classes or letters may be meant, or the copy of a
//!   national list is not complete. What is longer than the field stays mandatory;
//! * for a region code that was valid once (list `GBT2260_historical`): places of birth and old addresses keep it.
//!
//! Several codes in a field for one are a hint where the standard leaves open whether several may stand there: the same
//! question would be asked about each record of a daily table, and its answer depends on the standard, not on the
//! record.
//!
//! The name of a code, or the code in another writing, is suggested as the code. Names like the text are offered in the
//! words (是不是 …), unless the field is personal: its words must not say what the value means.

use standard::{Code, CodeList, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::doubt;
use crate::expected::{self as names, is_spelled, named};
use crate::join;
use crate::reading::Reading;
use crate::reading::code::{self, CodeReading, other_sign, parts};
use crate::reading::fold::trim;

pub(super) const CHECK: Check = Check {
    rule: "code",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.list.is_some(),
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let list = cell.prepared.list.as_deref()?;
    if list.get(cell.value).is_some() {
        return None;
    }
    if cell.prepared.holds_several() {
        return several(cell, list);
    }
    if let Some(old) = cell.prepared.historical.as_ref().and_then(|old| old.get(cell.value)) {
        let words = match old.note.as_deref().filter(|_| !cell.prepared.is_discreet()) {
            Some(note) => Words::phrase("finding.code.historical-named").with("name", &old.name).with("note", note),
            None => Words::phrase("finding.code.historical"),
        };
        return Some(Problem::new(words).confirm_if(true));
    }
    one(cell, list)
}

/// What is wrong with a text that should be one code.
fn one(cell: &Cell<'_>, list: &CodeList) -> Option<Problem> {
    let field = cell.field();
    let read = cell.prepared.read_code(cell.value)?;
    if let CodeReading { reading: Reading::Certain(code), .. } = read.as_ref() {
        return Some(certain(cell, list, code));
    }
    if doubt::several_are_open(field)
        && let Some(problem) = several_in_one(cell, list)
    {
        return Some(problem);
    }
    if let Some(code) = of_municipality(cell, list) {
        return Some(certain(cell, list, &code.code));
    }
    if let Some(code) = cell.prepared.above(cell.value) {
        // The length of the field is that of codes, so a name may be longer.
        let words = Words::phrase("finding.code.finer").with("list", &list.title).with("code", named(code));
        return Some(Problem::new(words).suggest(Some(code.code.clone())).confirm_if(doubt::list_is_open(field, list)));
    }
    let length = cell.value.chars().count();
    let longest = field.max_length.filter(|_| !doubt::length_is_open(field)).map_or(usize::MAX, |limit| limit as usize);
    let has_form = cell.prepared.pattern.as_ref().is_none_or(|pattern| pattern.is_match(cell.value));
    if doubt::list_is_open(field, list) && length <= longest && has_form {
        let words = Words::phrase("finding.code.open").with("list", &list.title);
        let words = words.with("offer", offer(cell, &read).unwrap_or_else(|| Words::from("")));
        return Some(Problem::new(words).suggest(read.reading.clone().value()).confirm_if(true));
    }
    let right = match offer(cell, &read) {
        Some(offer) => offer,
        None if is_spelled(list) => cell.expected(),
        None => Words::phrase("code.choose"),
    };
    let words = Words::phrase("finding.code.unknown").with("list", &list.title).with("right", right);
    Some(Problem::new(words).suggest(read.reading.clone().value()))
}

/// The level between a municipality and its districts, or its counties: they have one name in each of the four, and the
/// record says in another cell which of them is meant.
fn of_municipality<'l>(cell: &Cell<'_>, list: &'l CodeList) -> Option<&'l Code> {
    const MUNICIPALITIES: [&str; 4] = ["110000", "120000", "310000", "500000"];
    let name = trim(cell.value);
    let mut named = MUNICIPALITIES.into_iter().filter(|code| cell.values.iter().any(|value| value == code));
    let (only, others) = (named.next()?, named.next());
    let below = |code: &&Code| code.parent.as_deref() == Some(only) && code.code.ends_with("00");
    list.codes.iter().find(|code| code.name == name && below(code)).filter(|_| others.is_none())
}

/// What is wrong with several codes in a field for one, where several may be meant: a hint, and the separator that
/// other fields of the standards have. `None` where a part is not a code.
fn several_in_one(cell: &Cell<'_>, list: &CodeList) -> Option<Problem> {
    let separator = cell.prepared.separator();
    let each = cell.value.split(separator);
    let is_plain = each.clone().count() > 1 && each.clone().all(|part| list.get(part).is_some());
    let codes = cell.prepared.read_codes(cell.value)?.value().filter(|codes| codes.contains(separator))?;
    let problem =
        Problem::new(Words::phrase("finding.code.several-open").with("separator", names::separator(separator)));
    if is_plain && codes == cell.value {
        return Some(Problem { level: Some(Level::Hint), ..problem });
    }
    let is_codes = parts(cell.value).all(|part| list.get(part).is_some());
    Some(Problem { level: is_codes.then_some(Level::Hint), ..problem }.suggest(Some(codes)))
}

/// What is wrong with a text that certainly means a code.
fn certain(cell: &Cell<'_>, list: &CodeList, code: &str) -> Problem {
    let name = list.get(code).map_or("", |c| c.name.as_str());
    let words = if cell.prepared.is_discreet() {
        Words::phrase("finding.code.discreet")
    } else if cell.value == name {
        Words::phrase("finding.code.name").with("code", code)
    } else {
        Words::phrase("finding.code.writing").with("name", name).with("code", code)
    };
    Problem::new(words).suggest(Some(code.to_owned()))
}

/// The nearest names as a question; `None` where there are none, or where the words must not name them.
fn offer(cell: &Cell<'_>, read: &CodeReading) -> Option<Words> {
    if read.near.is_empty() || cell.prepared.is_discreet() {
        return None;
    }
    let names = read.near.iter().map(|code| join::quoted(named(code)));
    Some(Words::phrase("code.offer").with("names", join::or(names)))
}

/// What is wrong with a text that should be several codes. Wrong separators are left to `separator`.
fn several(cell: &Cell<'_>, list: &CodeList) -> Option<Problem> {
    let separator = cell.prepared.separator();
    let whole = cell.prepared.read_code(cell.value)?;
    if let Reading::Certain(code) = &whole.reading {
        return Some(certain(cell, list, code));
    }
    let wrong = parts(cell.value).filter(|part| list.get(part).is_none()).count();
    if wrong == 0 {
        return twice(cell);
    }
    let suggestion = cell.prepared.read_codes(cell.value).and_then(Reading::value);
    if suggestion.is_some() && other_sign(separator, cell.value).is_some() {
        return None;
    }
    let words = match cell.value.contains(separator) {
        true => Words::phrase("finding.code.parts").with("wrong", wrong),
        false => Words::phrase("finding.code.no-code"),
    };
    Some(Problem::new(words.with("expected", cell.expected())).suggest(suggestion))
}

/// The same code twice among several, each written as it should be.
fn twice(cell: &Cell<'_>) -> Option<Problem> {
    let separator = cell.prepared.separator();
    let once = code::without_twins(separator, cell.value);
    let again = once != cell.value && other_sign(separator, cell.value).is_none();
    let problem = || Problem::new(Words::phrase("finding.code.twice")).suggest(Some(once));
    again.then(|| Problem { level: Some(Level::Hint), ..problem() })
}

#[cfg(test)]
mod tests {
    use standard::{Code, CodeList, DoubtKind, Field, Kind, Sensitivity};

    use crate::testing::{check_record, code, doubts, field, list};

    fn lists() -> Vec<CodeList> {
        let old =
            Code { code: "110103".into(), name: "崇文区".into(), parent: None, note: Some("2010 撤销".into()) };
        vec![
            list("XZDM", &[("2", "二年"), ("3", "三年"), ("4", "四年")]),
            list(
                "HYDM",
                &[
                    ("A", "农、林、牧、渔业"),
                    ("B", "采矿业"),
                    ("C", "制造业"),
                    ("D", "电力生产业"),
                    ("E", "建筑业"),
                    ("F", "零售业"),
                    ("G", "运输业"),
                    ("H", "住宿业"),
                    ("I", "信息传输、软件和信息技术服务业"),
                ],
            ),
            list("GBT2260", &[("110101", "东城区"), ("320000", "江苏省")]),
            CodeList::new("GBT2260_historical".into(), "曾用".into(), vec![old]),
        ]
    }

    fn coded(list: &str) -> Field {
        Field { code_list: Some(list.into()), max_length: Some(2), ..field("M", Kind::Code) }
    }

    fn check(field: &Field, value: &str, expect: &str) {
        check_record(std::slice::from_ref(field), &lists(), &[value], expect);
    }

    #[test]
    fn a_closed_list() {
        for (value, expect) in [
            ("3", ""),
            ("三年", "mandatory code “{value}”是代码的名称，这里要填代码“3”。 → 3"),
            ("03", "mandatory code “{value}”写法不对，“三年”的代码是“3”。 → 3"),
            ("３", "mandatory code “{value}”写法不对，“三年”的代码是“3”。 → 3"),
            ("三年制", "mandatory code “{value}”不是“XZDM”里的代码或名称。是不是“三年 (3)”？ → 3"),
            ("5", "mandatory code “{value}”不是“XZDM”里的代码或名称。可选：二年 (2)、三年 (3)、四年 (4)。"),
            ("年", "mandatory code “{value}”不是“XZDM”里的代码或名称。是不是“二年 (2)”或“三年 (3)”或“四年 (4)”？"),
        ] {
            check(&coded("XZDM"), value, expect);
        }
    }

    #[test]
    fn an_open_list_asks_to_confirm() {
        let open = Field { max_length: Some(4), doubts: doubts(DoubtKind::List), ..coded("HYDM") };
        for (value, expect) in [
            ("C", ""),
            ("c", "mandatory code “{value}”写法不对，“制造业”的代码是“C”。 → C"),
            (
                "3511",
                "confirm code “{value}”不在“HYDM”里。标准印出的代码可能不全，请核实：改用表中的代码，或说明情况。",
            ),
            (
                "信息技术",
                "confirm code “{value}”不在“HYDM”里。标准印出的代码可能不全，请核实：改用表中的代码，或说明情况。\
                 是不是“信息传输、软件和信息技术服务业 (I)”？ → I",
            ),
            ("A,C", "confirm code “{value}”不在“HYDM”里。标准印出的代码可能不全，请核实：改用表中的代码，或说明情况。"),
            ("35111", "mandatory code “{value}”不是“HYDM”里的代码或名称。请从中选一个。"),
        ] {
            check(&open, value, expect);
        }
    }

    #[test]
    fn several_codes_where_several_may_be_meant() {
        let open = Field { max_length: Some(60), doubts: doubts(DoubtKind::SeveralValues), ..coded("XZDM") };
        let words = "“{value}”填了多项。标准没有写明这里能不能填多项；多项之间按其他数据项的做法用英文逗号“,”分开。";
        for (value, expect) in [
            ("2", String::new()),
            ("2,3", format!("hint code {words}")),
            ("2、3", format!("hint code {words} → 2,3")),
            ("2 3", format!("mandatory code {words} → 2,3")),
            ("二年、三年", format!("mandatory code {words} → 2,3")),
            ("5", "mandatory code “{value}”不是“XZDM”里的代码或名称。可选：二年 (2)、三年 (3)、四年 (4)。".to_owned()),
            (
                "2,5",
                "mandatory code “{value}”不是“XZDM”里的代码或名称。可选：二年 (2)、三年 (3)、四年 (4)。".to_owned(),
            ),
        ] {
            check(&open, value, &expect);
        }
        let closed = Field { doubts: doubts(DoubtKind::Type), ..open };
        check(&closed, "2,3", "mandatory code “{value}”不是“XZDM”里的代码或名称。可选：二年 (2)、三年 (3)、四年 (4)。");
    }

    #[test]
    fn the_name_of_a_finer_class_is_not_measured() {
        let finer = vec![code("C", "制造业", None), code("39", "计算机、通信和其他电子设备制造业", Some("C"))];
        let mut sections = list("HYDM", &[("A", "农、林、牧、渔业"), ("C", "制造业")]);
        sections.source = Some(standard::Source { standard: Some("GB/T 4754".into()), ..Default::default() });
        let lists = [sections, CodeList::new("GBT4754".into(), "行业".into(), finer)];
        let open = Field { max_length: Some(4), doubts: doubts(DoubtKind::List), ..coded("HYDM") };
        check_record(
            &[open],
            &lists,
            &["计算机、通信和其他电子设备制造业"],
            "confirm code “{value}”是“HYDM”里“制造业 (C)”之下的细类名称，这里要填代码。 → C",
        );
    }

    #[test]
    fn the_same_code_twice_is_a_hint() {
        let codes = Field { kind: Kind::Codes, separator: Some(",".into()), max_length: Some(60), ..coded("XZDM") };
        check(&codes, "2,3,3", "hint code “{value}”里有重复的代码，每项填一次就够了。 → 2,3");
        check(
            &codes,
            "2 3",
            "mandatory code “{value}”不是代码。可选：二年 (2)、三年 (3)、四年 (4)，多项之间用英文逗号“,”分开。 → 2,3",
        );
    }

    #[test]
    fn regions_of_the_past_are_confirmed() {
        let region = Field { pattern: Some("^[0-9]{6}$".into()), max_length: Some(6), ..coded("GBT2260") };
        for (value, expect) in [
            ("110101", ""),
            (
                "110103",
                "confirm code “{value}”是曾经用过的行政区划代码（崇文区，2010 撤销），现行代码里没有。请核实后改用现行代码，或说明情况。",
            ),
            ("江苏", "mandatory code “{value}”不是“GBT2260”里的代码或名称。是不是“江苏省 (320000)”？ → 320000"),
            ("999999", "mandatory code “{value}”不是“GBT2260”里的代码或名称。可选：东城区 (110101)、江苏省 (320000)。"),
        ] {
            check(&region, value, expect);
        }
    }

    #[test]
    fn the_level_below_a_municipality_is_meant_by_the_record() {
        let of = |code: &str, name: &str, parent: Option<&str>| Code {
            code: code.into(),
            name: name.into(),
            parent: parent.map(str::to_owned),
            note: None,
        };
        let codes = vec![
            of("310000", "上海市", None),
            of("310100", "市辖区", Some("310000")),
            of("500000", "重庆市", None),
            of("500100", "市辖区", Some("500000")),
            of("500200", "县", Some("500000")),
        ];
        let lists = [CodeList::new("GBT2260".into(), "区划".into(), codes)];
        let region = |column: &str| Field { code_list: Some("GBT2260".into()), ..field(column, Kind::Code) };
        let named = |code: &str| format!("mandatory code “{{value}}”是代码的名称，这里要填代码“{code}”。 → {code}");
        for (values, expect) in [
            (["310000", "市辖区"], named("310100")),
            (["500000", "县"], named("500200")),
            (["500000", "500100"], String::new()),
            (["310000", "310000"], String::new()),
            (
                ["", "市辖区"],
                "mandatory code “{value}”不是“区划”里的代码或名称。是不是“市辖区 (310100)”或“市辖区 (500100)”？"
                    .to_owned(),
            ),
        ] {
            check_record(&[region("SHENG"), region("SHI")], &lists, &values, &expect);
        }
    }

    #[test]
    fn words_about_a_personal_field_do_not_say_what_the_value_means() {
        let personal = Field { sensitivity: Sensitivity::Personal, ..coded("HYDM") };
        check(&personal, "制造业", "mandatory code “{value}”不是代码的规定写法，这里要填代码。 → C");
        check(&personal, "信息技术", "mandatory code “{value}”不是“HYDM”里的代码或名称。请从中选一个。 → I");
    }

    #[test]
    fn several_codes() {
        let codes = Field { kind: Kind::Codes, separator: Some(",".into()), max_length: Some(60), ..coded("XZDM") };
        for (value, expect) in [
            ("2,3", ""),
            ("2", ""),
            (
                "2,9,8",
                "mandatory code “{value}”里有 2 项不是代码。可选：二年 (2)、三年 (3)、四年 (4)，多项之间用英文逗号“,”分开。",
            ),
            (
                "二年,3",
                "mandatory code “{value}”里有 1 项不是代码。可选：二年 (2)、三年 (3)、四年 (4)，多项之间用英文逗号“,”分开。 → 2,3",
            ),
            ("二年", "mandatory code “{value}”是代码的名称，这里要填代码“2”。 → 2"),
            ("9", "mandatory code “{value}”不是代码。可选：二年 (2)、三年 (3)、四年 (4)，多项之间用英文逗号“,”分开。"),
        ] {
            check(&codes, value, expect);
        }
    }
}
