//! Compares names for rules: names that differ only in their writing are equal.

use standard::Edition;

use crate::reading::fold::{fold, is_blank};

/// The national list of regions, and what was in force once.
const REGIONS: [&str; 2] = ["GBT2260", "GBT2260_historical"];

/// A name without blanks and middle dots, its letters small and plain, its brackets round. People write the same name
/// as `阿卜杜拉·买买提` and `阿卜杜拉.买买提`, `钳工（一）` and `钳工(一)`, `张　三` and `张三`.
pub(super) fn plain_name(name: &str) -> String {
    let folded = fold(name);
    let kept = folded.chars().filter(|c| !is_blank(*c) && !is_middle_dot(*c));
    kept.map(round).flat_map(char::to_lowercase).collect()
}

/// The middle dot between the parts of a name, and what is typed for it.
fn is_middle_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '∙' | '⋅' | '・' | '･' | '․' | '.' | '。' | '｡')
}

/// Any bracket as a round one.
fn round(c: char) -> char {
    match c {
        '[' | '{' | '【' | '〔' | '〖' | '「' | '『' | '《' | '〈' | '<' => '(',
        ']' | '}' | '】' | '〕' | '〗' | '」' | '』' | '》' | '〉' | '>' => ')',
        _ => c,
    }
}

/// Whether a name means the region with this code; `None` for a code that is in no list.
///
/// The short name passes (`内蒙古`, `恩施州`), and so does one with the names of the regions above (`江苏省苏州市`). The city level
/// of a municipality is listed as 市辖区 and is called by the name of the municipality, too; a county that its province
/// governs directly is listed below a row whose name is not used for it.
pub(super) fn names_region(edition: &Edition, name: &str, code: &str) -> Option<bool> {
    let listed = |code: &str| REGIONS.iter().find_map(|list| Some(edition.code_list(list)?.get(code)?.name.clone()));
    let place = plain_name(&listed(code)?);
    let name = plain_name(name);
    let corps = name.contains("兵团") && code.starts_with("65");
    if corps || name.contains('辖') || code.get(2..) == Some("9000") {
        return Some(true);
    }
    let is_generic = place.contains("直辖") || place == "市辖区" || place == "县";
    let above = code.get(..2).and_then(|province| listed(&format!("{province}0000")));
    Some(match above {
        Some(province) if is_generic => is_called(&name, &plain_name(&province)),
        _ => is_called(&name, &place),
    })
}

/// Whether one is the other, or a short or a longer form of it.
fn is_called(name: &str, place: &str) -> bool {
    let long_enough = |stem: &&str| stem.chars().count() > 1;
    let stem = |text: &'_ str, endings: &[&str]| -> Option<String> {
        endings.iter().find_map(|ending| text.strip_suffix(ending)).filter(long_enough).map(str::to_owned)
    };
    if !long_enough(&name) {
        return false;
    }
    let shorter = ["州", "县", "旗"].into_iter().find(|ending| place.ends_with(&format!("自治{ending}")));
    name.contains(place)
        || place.contains(name)
        || stem(place, &["省", "市", "区", "县", "盟"]).is_some_and(|stem| name.contains(&stem))
        || shorter.and_then(|ending| stem(name, &[ending])).is_some_and(|stem| place.contains(&stem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{edition_of, list};

    #[test]
    fn the_same_name_is_written_in_several_ways() {
        for (one, other) in [
            ("阿卜杜拉·买买提", "阿卜杜拉.买买提"),
            ("阿卜杜拉•买买提", "阿卜杜拉・买买提"),
            ("张　三", "张三"),
            (" 钳工（一） ", "钳工(一)"),
            ("【校企】ＰＬＣ应用", "(校企)plc应用"),
        ] {
            assert_eq!(plain_name(one), plain_name(other), "{one} {other}");
        }
        assert_ne!(plain_name("钳工（一）"), plain_name("钳工（二）"));
        assert_ne!(plain_name("张三"), plain_name("张山"));
    }

    #[test]
    fn a_region_is_called_by_more_than_one_name() {
        let regions = [
            ("110000", "北京市"),
            ("150000", "内蒙古自治区"),
            ("310000", "上海市"),
            ("310100", "市辖区"),
            ("320500", "苏州市"),
            ("422800", "恩施土家族苗族自治州"),
            ("440100", "广州市"),
            ("500200", "县"),
            ("500000", "重庆市"),
            ("429000", "省直辖县级行政区划"),
            ("650000", "新疆维吾尔自治区"),
        ];
        let edition =
            edition_of(&[], &[list("GBT2260", &regions), list("GBT2260_historical", &[("510200", "重庆市")])]);
        let checks = [
            ("北京市", "110000", Some(true)),
            ("内蒙古", "150000", Some(true)),
            ("市辖区", "310000", Some(true)),
            ("上海市", "310100", Some(true)),
            ("市辖区", "310100", Some(true)),
            ("上海", "310000", Some(true)),
            ("重庆", "500200", Some(true)),
            ("江苏苏州", "320500", Some(true)),
            ("江苏省苏州市", "320500", Some(true)),
            ("恩施州", "422800", Some(true)),
            ("仙桃市", "429000", Some(true)),
            ("新疆生产建设兵团", "650000", Some(true)),
            ("重庆市", "510200", Some(true)),
            ("深圳市", "440100", Some(false)),
            ("北京市", "310100", Some(false)),
            ("州", "440100", Some(false)),
            ("广州市", "999999", None),
        ];
        for (name, code, expect) in checks {
            assert_eq!(names_region(&edition, name, code), expect, "{name} {code}");
        }
    }
}
