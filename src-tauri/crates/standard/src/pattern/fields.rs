//! Fields of one record: filled exactly when a flag says so; a city in its province; the name of a region.

use super::sample::{record, records, value};
use super::{Made, Place, Sql, spoken};
use crate::Sensitivity;
use crate::rule::RuleFault;

/// The first column is filled if the second is `1`, and empty if it is `0`.
pub fn filled_when(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [field, flag] = place.exactly()?;
    if flag.code_list.is_none() {
        return Err(place.misfit(1, "a code of yes or no"));
    }
    let (a, b) = (&field.column, &flag.column);
    let message = match flag.sensitivity {
        Sensitivity::None => format!("“{}”填“{{{b}}}”，与{}不相符。", flag.title, spoken(0, field)),
        _ => format!("{}与“{}”不相符。", spoken(0, field), flag.title),
    };
    let case = |code: &str, filled: bool| {
        let mut cells = vec![(b.as_str(), code.to_owned())];
        if filled {
            cells.push((a, value(place.edition, field, false)));
        }
        record(&cells)
    };
    let dashed = |code: &str, nothing: &str| record(&[(b, code.to_owned()), (a, nothing.to_owned())]);
    Ok(Made {
        sql: Sql::Expect(format!("CASE {b} WHEN '1' THEN {a} IS NOT NULL WHEN '0' THEN {a} IS NULL END")),
        message,
        reason: format!("“{}”填“是”时要填{}，填“否”时不填。", flag.title, field.title),
        basis: None,
        pass: vec![case("1", true), case("0", false), dashed("0", "无"), dashed("0", "/")],
        fail: vec![case("1", false), case("0", true), dashed("1", "-")],
    })
}

/// The code of a city begins like that of its province. A code that is no longer in force may lie in a province that
/// has another code today (510200 was Chongqing until 1997), so that nothing can be said about it here.
pub fn city_in_province(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [city, province] = place.exactly()?;
    for (at, field) in [city, province].into_iter().enumerate() {
        if field.code_list.as_deref() != Some(REGIONS) {
            return Err(place.misfit(at, "a code of GBT2260"));
        }
    }
    let (a, b) = (&city.column, &province.column);
    let known = |column: &str| format!("tb_code_state('{REGIONS}', {column}) = 'current'");
    let case = |city: &str, province: &str| record(&[(a, city.to_owned()), (b, province.to_owned())]);
    Ok(Made {
        sql: Sql::Expect(format!(
            "CASE WHEN {} AND {}\n  THEN substr({a}, 1, 2) = substr({b}, 1, 2) END",
            known(a),
            known(b)
        )),
        message: format!("{}不在{}之内。", spoken(0, city), spoken(1, province)),
        reason: "行政区划代码的前两位表示省份，同一地点的代码前两位必须相同。".to_owned(),
        basis: None,
        pass: vec![case("340100", "340000"), case("510200", "500000"), case("441000", "460000")],
        fail: vec![case("340100", "320000")],
    })
}

/// The first column names the region whose code stands in the second. Short names and those of the city level of a
/// municipality pass; see the function `tb_names_region`.
pub fn region_name(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [name, code] = place.exactly()?;
    if code.code_list.as_deref() != Some(REGIONS) {
        return Err(place.misfit(1, "a code of GBT2260"));
    }
    let (a, b, table) = (&name.column, &code.column, &place.table.name);
    let case = |name: &str, code: &str| {
        records(vec![(table.as_str(), vec![vec![(a.as_str(), name.to_owned()), (b.as_str(), code.to_owned())]])])
    };
    let pass = [
        ("广州市", "440100"),
        ("广东省", "440000"),
        ("内蒙古", "150000"),
        ("恩施州", "422800"),
        ("上海市", "310000"),
        ("市辖区", "310000"),
        ("江苏省苏州市", "320500"),
    ];
    Ok(Made {
        sql: Sql::Select(format!(
            "SELECT _row, ifnull(tb_code_name('{REGIONS}', {b}), tb_code_name('{REGIONS}_historical', {b})) AS expected FROM {table} WHERE tb_names_region({a}, {b}) = 0"
        )),
        message: format!("{}与{}不是同一个地方，这个编码是“{{expected}}”。", spoken(0, name), spoken(1, code)),
        reason: "行政区划的编码和名称应当指同一个地方，简称也可以。".to_owned(),
        basis: None,
        pass: pass.into_iter().map(|(name, code)| case(name, code)).collect(),
        fail: vec![case("深圳市", "440100"), case("北京市", "310000")],
    })
}

/// The national list of regions.
const REGIONS: &str = "GBT2260";
