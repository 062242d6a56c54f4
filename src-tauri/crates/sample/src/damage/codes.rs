//! Codes of lists, and regions.

use standard::{Field, Kind};

use super::fields::each;
use super::ground::Ground;
use super::kind::{DamageKind, Site};

pub const KINDS: &[DamageKind] = &[
    DamageKind {
        id: "unknown-code",
        zh: "代码表里没有的代码",
        en: "a code that the list does not have",
        what: "代码字段填了该代码表没有的代码。",
        limit: "",
        further: false,
        places: |_, table| each(table, |field| field.kind == Kind::Code),
        make: |ground, site| {
            let list = list_of(ground, site)?;
            let wrong =
                (0..20).map(|_| site.random.between(1, 99).to_string()).find(|code| list.get(code).is_none())?;
            if site.text().is_empty() { None } else { site.with(wrong) }
        },
    },
    DamageKind {
        id: "neighbour-code",
        zh: "选成了相邻的代码",
        en: "the neighbouring code chosen",
        what: "代码字段填成代码表里上一个或下一个代码；行政区划除外（见“市县不在省内”）。",
        limit: "相邻的代码也是有效的代码；除非与别的字段矛盾，任何规则都看不出来。",
        further: false,
        places: |_, table| each(table, |field| field.kind == Kind::Code && !is_region(field)),
        make: |ground, site| {
            let list = list_of(ground, site)?;
            let at = list.codes.iter().position(|code| code.code == site.text())?;
            let to = if site.random.chance(50) { at + 1 } else { at.checked_sub(1)? };
            site.with(list.codes.get(to)?.code.clone())
        },
    },
    DamageKind {
        id: "code-of-another-edition",
        zh: "别的版本或已废止的代码",
        en: "a code of another edition",
        what: "填了别的版本的同名代码表里有、本版没有的代码，或已废止的行政区划代码。",
        limit: "",
        further: false,
        places: |ground, table| each(table, |field| field.kind == Kind::Code && !old_codes(ground, field).is_empty()),
        make: |ground, site| {
            if site.text().is_empty() {
                return None;
            }
            let old = old_codes(ground, &site.table.fields[site.place[0]]);
            let at = site.random.below(old.len());
            site.with(old.get(at)?.clone())
        },
    },
    DamageKind {
        id: "city-of-another-province",
        zh: "市县不在省内",
        en: "a city of another province",
        what: "市、区县的行政区划代码换成别的省的代码，省的代码不变。",
        limit: "",
        further: false,
        places: |_, table| each(table, |field| field.kind == Kind::Code && is_region(field) && !is_province(field)),
        make: |ground, site| {
            let (list, own) = (list_of(ground, site)?, site.text().get(..2)?);
            let level = if site.text().ends_with("00") { "00" } else { "" };
            let far: Vec<&str> = list
                .codes
                .iter()
                .map(|code| code.code.as_str())
                .filter(|code| !code.starts_with(own) && code.ends_with(level) && !code.ends_with("0000"))
                .filter(|code| level == "00" || !code.ends_with("00"))
                .collect();
            let drawn = site.random.below(far.len());
            site.with(*far.get(drawn)?)
        },
    },
    DamageKind {
        id: "wrong-separator",
        zh: "多个值用错了分隔符",
        en: "several values with a wrong separator",
        what: "填了多个代码的字段，分隔符换成竖线、加号、顿号、斜线或“和”。",
        limit: "",
        further: false,
        places: |_, table| each(table, |field| field.kind == Kind::Codes),
        make: |_, site| {
            let separator = site.table.fields[site.place[0]].separator.as_deref().unwrap_or(",");
            let mark = site.random.pick(&["|", "+", "、", "/", "和"]);
            site.with(site.text().replace(separator, mark))
        },
    },
];

fn list_of<'g>(ground: &'g Ground, site: &Site<'_>) -> Option<&'g standard::CodeList> {
    let id = site.table.fields[site.place[0]].code_list.as_deref()?;
    ground.edition.code_list(id).map(|list| &**list)
}

fn is_region(field: &Field) -> bool {
    field.code_list.as_deref() == Some("GBT2260")
}

fn is_province(field: &Field) -> bool {
    field.title.contains('省')
}

/// Codes that other editions or earlier times have for a field and its own list does not.
fn old_codes(ground: &Ground, field: &Field) -> Vec<String> {
    let Some(id) = field.code_list.as_deref() else { return Vec::new() };
    let Some(own) = ground.edition.code_list(id) else { return Vec::new() };
    let others = ground.other_lists(id).chain(ground.historical(id));
    let mut codes: Vec<String> = others
        .flat_map(|list| &list.codes)
        .map(|code| code.code.clone())
        .filter(|code| own.get(code).is_none())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}
