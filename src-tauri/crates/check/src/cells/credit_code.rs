//! The region inside a unified social credit code is in no list of regions.
//!
//! **Why**: 000000000000000000 has the right form and the right check character. **Source**: GB 32100-2015 (six digits
//! of the region of the office that registers). Offices of development zones have numbers that GB/T 2260 does not list,
//! so a code is known by its four digits of the city; 100000 is the state's. Companies abroad have none; see `pattern`.

use standard::{Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use super::pattern;
use crate::identifiers;

pub(super) const CHECK: Check = Check {
    rule: "identifier",
    level: Level::Confirm,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| {
        let title = &prepared.field.title;
        pattern::is_credit_code(prepared) || title.contains("信用代码") || title.ends_with("机构代码")
    },
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    if !identifiers::is_credit_code(cell.value) || cell.prepared.regions.is_empty() {
        return None;
    }
    let region = cell.value.get(2..8)?;
    let city = format!("{}00", &region[..4]);
    let is_known = |code: &str| cell.prepared.regions.iter().any(|list| list.get(code).is_some());
    let known = region == "100000" || is_known(region) || is_known(&city);
    (!known).then(|| Problem::new(Words::phrase("finding.credit-code.region").with("region", region)))
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check_record, field, list};

    #[test]
    fn regions_of_credit_codes() {
        let regions = [list("GBT2260", &[("320500", "苏州市"), ("440000", "广东省")])];
        let firm = Field { title: "企业统一社会信用代码".into(), ..field("QYSHXYDM", Kind::Text) };
        let unknown = "confirm identifier 代码里的地区“000000”不在行政区划里，可能不是真实的代码。境外企业没有统一社会信用代码，请说明情况。";
        for (value, expect) in [("000000000000000000", unknown), ("12100000400000624D", ""), ("91", "")] {
            check_record(std::slice::from_ref(&firm), &regions, &[value], expect);
        }
    }
}
