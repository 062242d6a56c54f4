//! Codes and names as people write them.

use super::*;
use crate::testing::{code, list};

fn industries() -> CodeList {
    list(
        "HYDM",
        &[
            ("A", "农、林、牧、渔业"),
            ("C", "制造业"),
            ("I", "信息传输、软件和信息技术服务业"),
            ("L", "租赁和商务服务业"),
            ("P", "教育"),
        ],
    )
}

#[test]
fn reads_codes_and_names() {
    let countries = list("ISO", &[("004", "阿富汗"), ("156", "中国"), ("158", "中国台湾"), ("392", "日本")]);
    for (list, text, expect) in [
        (&industries(), "C", "C"),
        (&industries(), "c", "C"),
        (&industries(), "Ｃ", "C"),
        (&industries(), " C ", "C"),
        (&industries(), "制造业", "C"),
        (&industries(), "制 造 业", "C"),
        (&industries(), "C 制造业", "C"),
        (&industries(), "制造业（C）", "C"),
        (&industries(), "P 制造业", "C?"),
        (&industries(), "农、林、牧、渔业", "A"),
        (&industries(), "信息技术", "I?"),
        (&industries(), "制造行业", "C?"),
        (&industries(), "服务业", "-"),
        (&industries(), "X", "-"),
        (&industries(), "", "-"),
        (&countries, "4", "004"),
        (&countries, "4.0", "004"),
        (&countries, "0156", "156"),
        (&countries, "中国", "156"),
        (&countries, "日本国", "392?"),
        (&countries, "999", "-"),
    ] {
        let read = match Names::new(Arc::new(list.clone()), None).read(text).reading {
            Reading::Certain(code) => code,
            Reading::Likely(code) => format!("{code}?"),
            Reading::Unknown => "-".into(),
        };
        assert_eq!(read, expect, "{text}");
    }
}

#[test]
fn a_name_that_stands_twice_is_not_certain() {
    let regions = list("GBT2260", &[("320106", "鼓楼区"), ("350102", "鼓楼区"), ("320000", "江苏省")]);
    let read = Names::new(Arc::new(regions), None).read("鼓楼区");
    assert_eq!(read.reading, Reading::Unknown);
    assert_eq!(read.near.len(), 2);
}

#[test]
fn a_name_with_the_levels_above_it_is_certain() {
    let codes = vec![
        code("320000", "江苏省", None),
        code("320100", "南京市", Some("320000")),
        code("320106", "鼓楼区", Some("320100")),
        code("350000", "福建省", None),
        code("350100", "福州市", Some("350000")),
        code("350102", "鼓楼区", Some("350100")),
    ];
    let regions = Names::new(Arc::new(CodeList::new("GBT2260".into(), "区划".into(), codes)), None);
    for (text, expect) in [
        ("南京市鼓楼区", Some("320106")),
        ("江苏省 南京市 鼓楼区", Some("320106")),
        ("福州市鼓楼区", Some("350102")),
        ("鼓楼区", None),
        ("福建省鼓楼区", None),
    ] {
        let certain = match regions.read(text).reading {
            Reading::Certain(code) => Some(code),
            _ => None,
        };
        assert_eq!(certain.as_deref(), expect, "{text}");
    }
}

#[test]
fn offers_the_nearest_first() {
    let names: Vec<String> =
        Names::new(Arc::new(industries()), None).read("服务业").near.into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["租赁和商务服务业", "信息传输、软件和信息技术服务业"]);
}

#[test]
fn reads_several() {
    for (text, expect) in [
        ("A,C", Reading::Certain("A,C".into())),
        ("A、C", Reading::Certain("A,C".into())),
        ("a；制造业", Reading::Certain("A,C".into())),
        ("A||C", Reading::Certain("A,C".into())),
        ("A, C,", Reading::Certain("A,C".into())),
        ("农、林、牧、渔业", Reading::Certain("A".into())),
        ("农、林、牧、渔业,制造业", Reading::Certain("A,C".into())),
        ("A,Z", Reading::Unknown),
        (",", Reading::Unknown),
    ] {
        assert_eq!(Names::new(Arc::new(industries()), None).read_several(",", text), expect, "{text}");
    }
}

#[test]
fn counts_strokes() {
    for (a, b, expect) in [("三年", "三年", 0), ("三年", "四年", 1), ("制造业", "造制业", 1), ("", "ab", 2)]
    {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(distance(&chars(a), &chars(b)), expect, "{a} {b}");
    }
}
