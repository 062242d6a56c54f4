//! Whole records, references and names.

use jiff::ToSpan;
use standard::{Kind, Table};

use super::dates::{day, with_day};
use super::fields::{each, has_check_digit, is_day, is_text, numbers_with_names};
use super::kind::{DamageKind, Place};
use crate::calendar::TERM;

pub const KINDS: &[DamageKind] = &[
    DamageKind {
        id: "doubled-row",
        zh: "同一行重复",
        en: "a doubled row",
        what: "同一条记录原样再出现一次。",
        limit: "",
        further: true,
        places: |_, table| vec![filled(table)],
        make: |_, site| Some(site.record().clone()),
    },
    DamageKind {
        id: "stale-copy",
        zh: "上学期的行混进来",
        en: "a stale copy of last term",
        what: "按学期、学年、月、日报送的表里，本学期发生的一条记录，日期全部早半年，学年学期是上学期的。以前发生、每学期照样再报的（早已建成的系统、资源）本来就该是以前的日期，不算。",
        limit: "没有日期也没有学年学期的表，看不出是哪个学期的。",
        further: false,
        places: |_, table| if speaks_for_a_term(table) { vec![filled(table)] } else { Vec::new() },
        make: |_, site| {
            let this_term = |at: &usize| {
                let field = &site.table.fields[*at];
                let of_term = field.code_list.as_deref() == Some("XQDM") || field.kind == Kind::YearRange;
                of_term || (is_day(field) && day(&site.record()[*at]).is_some_and(|day| day >= TERM.0 && day <= TERM.1))
            };
            if !site.place.iter().any(this_term) {
                return None;
            }
            let mut values = site.record().clone();
            for at in site.place {
                let (field, text) = (&site.table.fields[*at], &site.record()[*at]);
                if is_day(field)
                    && let Some(day) = day(text)
                {
                    values[*at] = with_day(text, day.saturating_sub(182.days()));
                } else if field.code_list.as_deref() == Some("XQDM") && text == "1" {
                    values[*at] = "2".to_owned();
                } else if field.kind == Kind::YearRange || field.title.contains("学年") {
                    values[*at] = text.replace("2026-2027", "2025-2026");
                }
            }
            Some(values)
        },
    },
    DamageKind {
        id: "required-empty",
        zh: "必填的空着",
        en: "a mandatory value deleted",
        what: "必填字段的值删掉。",
        limit: "",
        further: false,
        places: |_, table| each(table, |field| field.required),
        make: |_, site| site.with(""),
    },
    DamageKind {
        id: "partner-empty",
        zh: "有条件必填的空着",
        en: "a value that another asks for is missing",
        what: "另一个字段的值要求必填的字段，条件成立而值删掉。",
        limit: "",
        further: false,
        places: |_, table| {
            let partner = |at: &usize| {
                let condition = table.fields[*at].required_when.as_ref()?;
                Some(vec![*at, table.position(condition.column.as_deref()?)?])
            };
            filled(table).iter().filter_map(partner).collect()
        },
        make: |_, site| {
            let condition = site.table.fields[site.place[0]].required_when.as_ref()?;
            if condition.equals.contains(&site.record()[site.place[1]]) { site.with("") } else { None }
        },
    },
    DamageKind {
        id: "reference-to-nobody",
        zh: "编号查无此人（物）",
        en: "a reference to nobody",
        what: "指向别的表的编号换成样子相同、但那张表里没有的编号。",
        limit: "",
        further: false,
        places: |_, table| each(table, |field| is_text(field) && !field.references.is_empty()),
        make: |ground, site| {
            let field = &site.table.fields[site.place[0]];
            let digits: Vec<usize> =
                site.text().bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
            if digits.is_empty() {
                return None;
            }
            let mut bytes = site.text().as_bytes().to_vec();
            for at in digits.iter().rev().take(3) {
                bytes[*at] = b'0' + u8::try_from(site.random.below(10)).ok()?;
            }
            let wrong = String::from_utf8(bytes).ok()?;
            let known = field.references.iter().any(|to| ground.values(&to.table, &to.column).contains(wrong.as_str()));
            if known { None } else { site.with(wrong) }
        },
    },
    DamageKind {
        id: "name-of-another",
        zh: "编号对、名字是别人的",
        en: "the name of another person or thing",
        what: "编号旁边的姓名、名称换成同一张表里另一条记录的、不同的姓名、名称。",
        limit: "",
        further: false,
        places: |_, table| {
            numbers_with_names(table).into_iter().map(|pair| vec![pair[1], pair[0]]).collect::<Vec<Place>>()
        },
        make: |_, site| {
            let other = &site.rows[site.random.below(site.rows.len())];
            let (name, number) = (site.place[0], site.place[1]);
            let is_other = !site.text().is_empty()
                && !site.record()[number].is_empty()
                && !other[name].is_empty()
                && other[name] != site.record()[name]
                && other[number] != site.record()[number];
            if is_other { site.with(other[name].clone()) } else { None }
        },
    },
    DamageKind {
        id: "wrong-check-digit",
        zh: "校验位不对",
        en: "a wrong check digit",
        what: "信用代码、ISBN、ISSN、身份证号的一位数字抄错。",
        limit: "",
        further: false,
        places: |_, table| each(table, has_check_digit),
        make: |_, site| {
            let mut bytes = site.text().as_bytes().to_vec();
            let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
            let at = digits.get(site.random.below(digits.len()))?;
            bytes[*at] = b'0' + (bytes[*at] - b'0' + 1 + u8::try_from(site.random.below(9)).ok()?) % 10;
            site.with(String::from_utf8(bytes).ok()?)
        },
    },
];

/// Positions of the columns that a clerk fills.
fn filled(table: &Table) -> Place {
    (0..table.fields.len()).filter(|at| !table.fields[*at].is_system()).collect()
}

/// Whether the printed scope of a table is a term or a part of one.
fn speaks_for_a_term(table: &Table) -> bool {
    let scope = ["本学年秋季学期", "本学期", "当天", "当日", "当月"];
    scope.iter().any(|part| table.scope.contains(part))
}
