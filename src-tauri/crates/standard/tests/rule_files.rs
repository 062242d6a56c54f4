//! Rule files with any mistake at all: each is read or refused with its place, and what is read keeps what the loader
//! promises to whoever runs it.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use standard::rule::{RuleText, placeholders};
use standard::{Edition, Sensitivity, Standards};

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

const GOOD: &str = r#"
id = "ODS_SXJCSJ.stays-in-order"
level = "mandatory"
table = "ODS_SXJCSJ"
columns = ["SXJSRQ", "SXKSRQ", "XSXM"]
select = "SELECT _row, 1 AS n FROM ODS_SXJCSJ WHERE SXJSRQ < SXKSRQ"
message = "“{value}”早于“{SXKSRQ}”（{n}）"
reason = "结束不可能早于开始。"
pass = [{ _today = "20270101", _period = "2026-2027-1", ODS_SXJCSJ = [{ SXKSRQ = "20260301" }] }]
fail = [{ ODS_SXJCSJ = [{ SXKSRQ = "20260630", SXJSRQ = "20260301" }, {}] }]
"#;

/// Pieces of rule files, to be put where they do not belong.
const PIECES: [&str; 18] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "=",
    "\n",
    "[[rule]]",
    "expect = \"1\"\n",
    "{XSXM}",
    "{NIX}",
    "XSXM",
    "_today",
    "basis = \"\"\n",
    "\u{0}",
    "“",
    "select",
];

#[test]
fn the_one_without_a_mistake_is_read() {
    let rule = toml::from_str::<RuleText>(GOOD).unwrap().read(&EDITION).unwrap();
    assert_eq!((rule.pass.len(), rule.fail[0].rows.len()), (1, 2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_mistake_is_refused_with_its_place(
        at in 0usize..600,
        cut in 0usize..12,
        piece in prop_oneof![prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned), ".{0,6}"],
    ) {
        let characters: Vec<char> = GOOD.chars().collect();
        let at = at.min(characters.len());
        let end = (at + cut).min(characters.len());
        let text: String =
            characters[..at].iter().copied().chain(piece.chars()).chain(characters[end..].iter().copied()).collect();
        let Ok(written) = toml::from_str::<RuleText>(&text) else { return Ok(()) };
        match written.read(&EDITION) {
            Err(fault) => prop_assert!(!fault.place.is_empty() && !fault.expected.is_empty(), "{:?}", fault),
            Ok(rule) => {
                let table = EDITION.table(&rule.table).unwrap();
                prop_assert!(!rule.columns.is_empty() && rule.columns.iter().all(|column| table.field(column).is_some()));
                prop_assert!(!rule.pass.is_empty() && !rule.fail.is_empty());
                let open = |name: &str| {
                    name == "value" || table.field(name).is_none_or(|field| field.sensitivity == Sensitivity::None)
                };
                prop_assert!(placeholders(&rule.message).all(open), "{}", rule.message);
                let known = |(table, cells): &(String, std::collections::BTreeMap<String, String>)| {
                    EDITION.table(table).is_some_and(|table| cells.keys().all(|column| table.field(column).is_some()))
                };
                prop_assert!(rule.pass.iter().chain(&rule.fail).flat_map(|case| &case.rows).all(known));
            }
        }
    }
}
