//! The kinds of mistakes that tests/workbooks/README.md lists, on the fields of the edition in force: each gives the
//! finding that is promised there, and nothing besides.

use std::sync::{Arc, LazyLock};

use check::{Columns, TableChecker};
use standard::{Edition, Level, Standards};

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

/// What is said about the last of these cells of one record: `rule`, with C or H behind it, and the suggestion. Empty
/// mandatory cells besides do not count.
fn found(table: &str, cells: &[(&str, &str)]) -> String {
    let table = EDITION.table(table).unwrap();
    let checker = TableChecker::new(&EDITION, table, Columns::Filled);
    let mut values = vec![String::new(); table.fields.len()];
    for (column, value) in cells {
        values[table.position(column).unwrap()] = checker.normalise(column, value);
    }
    let mut findings = Vec::new();
    checker.cells(None, &values, &mut findings);
    let (column, _) = cells.last().unwrap();
    findings.retain(|finding| finding.column.as_deref() == Some(column));
    let line = |finding: &standard::Finding| {
        let level = match finding.level {
            Level::Mandatory => "",
            Level::Confirm => " C",
            Level::Hint => " H",
        };
        let suggestion = finding.suggestion.as_ref().map_or_else(String::new, |s| format!(" → {s}"));
        format!("{}{level}{suggestion}", finding.rule)
    };
    findings.iter().map(line).collect::<Vec<_>>().join(", ")
}

#[test]
fn each_kind_gives_its_finding() {
    for (table, cells, expect) in [
        ("ODS_SXJCSJ", &[("XSXM", "　")] as &[(&str, &str)], "required"),
        ("ODS_TSJYSJ", &[("SJGHRQ", "")], "required C"),
        ("ODS_XXJXSJ", &[("JXXXDDM", "2"), ("CGRQ", "")], "required-when"),
        ("ODS_XXJXSJ", &[("JXXXDDM", "1"), ("CGRQ", "")], ""),
        ("ODS_YQSBJBSJ", &[("SBLYM", "5"), ("JZQYDM", "")], "required-when C"),
        ("ODS_XSJYYXSJ", &[("JYYXM", "1"), ("JYDWHYM", "A")], "conditional-value C → P"),
        ("ODS_SXJCSJ", &[("SXSC", "十八周左右")], "type"),
        ("ODS_SXJCSJ", &[("SXSC", "无")], "placeholder → "),
        ("ODS_SXJCSJ", &[("SXSC", "1.2E+10")], "type"),
        ("ODS_SXJCSJ", &[("SXSC", "36.5")], "type C"),
        ("ODS_XSQJSJ", &[("QJTS", "0.5")], "type C"),
        ("ODS_TSJYSJ", &[("SJGHRQ", "无")], "placeholder → "),
        ("ODS_SXJCSJ", &[("SXKSRQ", "0")], "date"),
        ("ODS_SXJCSJ", &[("SXKSRQ", "/")], "placeholder → "),
        ("ODS_XXJXSJ", &[("JXXXDDM", "2"), ("CGRQ", "无")], "required-when"),
        ("ODS_CXHZSJ", &[("HZQYTYSHXYDM", "无")], "format C"),
        ("ODS_FQTGSJ", &[("XQZYDM", "2025-510203")], "length C"),
        ("ODS_SXJCSJ", &[("SXSC", "1.2万")], "type → 12000"),
        ("ODS_SXJCSJ", &[("SXSC", "123456")], "length"),
        ("ODS_SXJCSJ", &[("SXCJ", "88.55")], "precision"),
        ("ODS_SXJCSJ", &[("SXCJ", "96.299999999999997")], "precision → 96.3"),
        ("ODS_SXJCSJ", &[("ZFSXXSSJBC", "3000.12345")], "precision"),
        ("ODS_SXJCSJ", &[("SXKSRQ", "20260931")], "date"),
        ("ODS_SXJCSJ", &[("SXKSRQ", "2026-9")], "date"),
        ("ODS_SXJCSJ", &[("SXKSRQ", "46266")], "date → 20260901"),
        ("ODS_PKSJ", &[("SKSJ", "256000")], "date"),
        ("ODS_PKSJ", &[("SKSJ", "1-2节")], "date"),
        ("ODS_ZYSZSJ", &[("PZSZNY", "202613")], "date"),
        ("ODS_ZYSZSJ", &[("PZSZNY", "20260901")], "date → 202609"),
        ("ODS_SXJCSJ", &[("RXNF", "24级")], "date"),
        ("ODS_PKSJ", &[("KKXND", "2026-2029")], "date C"),
        ("ODS_CXHZSJ", &[("HZQYTYSHXYDM", "1210000040000062D")], "format"),
        ("ODS_CXHZSJ", &[("HZQYTYSHXYDM", "121O0000400000624D")], "format → 12100000400000624D"),
        ("ODS_JSSPLSJ", &[("SPLDZ", "教室一号摄像头")], "format C"),
        ("ODS_JSSPLSJ", &[("SPLDZ", "www.example.edu.cn")], "format C"),
        ("ODS_XSHXSJ", &[("PJWDJJG", "良好")], "format"),
        ("ODS_XSHXSJ", &[("PJWDJJG", "{“学习”:{“分”:“86”}}")], "format → {\"学习\":{\"分\":\"86\"}}"),
        ("ODS_XSHXSJ", &[("PJWDJJG", "{\"学习\":\"良好\"}")], "format C"),
        ("ODS_SXJCSJ", &[("XZM", "九年")], "code"),
        ("ODS_SXJCSJ", &[("XZM", "五年一贯制")], "code → 5"),
        ("ODS_PKSJ", &[("KKXQM", "上学期")], "code → 1"),
        ("ODS_SXJCSJ", &[("SXDDSZSJGBM", "999999")], "code"),
        ("ODS_SXJCSJ", &[("SXDDSZSJGBM", "110103")], "code C"),
        ("ODS_SXJCSJ", &[("SXQYHYLBM", "3511")], "code C"),
        ("ODS_KCJBSJ", &[("KTJXSJZYXYKCZYM", "1,2")], "code H"),
        ("ODS_KCJBSJ", &[("KTJXSJZYXYKCZYM", "1 2")], "code → 1,2"),
        ("ODS_DYGBXXSJ", &[("DYGBXXPXNRM", "1,2,2")], "code H → 1,2"),
        ("ODS_DYGBXXSJ", &[("DYGBXXPXNRM", "1/5")], "code → 1,5"),
        ("ODS_SXJCSJ", &[("SXDDSZSHJGBM", "江苏苏州")], "code → 320500"),
        ("ODS_SXJCSJ", &[("SXDDSZSJGBM", "32")], "code → 320000"),
        ("ODS_YQSBJBSJ", &[("SCGBDQM", "CHN")], "code C → 156"),
        ("ODS_JXZYCNJCSJ", &[("CYGJDM", "TH")], "code → 764"),
        ("ODS_SXJCSJ", &[("SXQYHYLBM", "计算机、通信和其他电子设备制造业")], "code C → C"),
        ("ODS_DYGBXXSJ", &[("DYGBXXPXNRM", "1,77")], "code"),
        ("ODS_JCJBSJ", &[("ZZ", "张三、李四")], "separator H → 张三,李四"),
        ("ODS_CJSTHDSJ", &[("ZDJSXM", "甲,乙,丙,丁,戊,己")], "max-items"),
    ] {
        assert_eq!(found(table, cells), expect, "{table} {cells:?}");
    }
}

#[test]
fn what_is_understood_gives_none() {
    for (table, column, typed, stored) in [
        ("ODS_SXJCSJ", "SXSC", "１８", "18"),
        ("ODS_SXJCSJ", "XZM", "三年", "3"),
        ("ODS_SXJCSJ", "XZM", "3年制", "3"),
        ("ODS_PKSJ", "KKXQM", "第一学期", "1"),
        ("ODS_SXJCSJ", "SXSFKS", "√", "1"),
        ("ODS_SXJCSJ", "SXSFKS", "N", "0"),
        ("ODS_SXJCSJ", "XQM", "其它", "9"),
        ("ODS_SXJCSJ", "SXSC", "1,200", "1200"),
        ("ODS_SXJCSJ", "SXSC", "+18", "18"),
        ("ODS_SXJCSJ", "SXSC", "018", "18"),
        ("ODS_SXJCSJ", "SXSC", "18周", "18"),
        ("ODS_SXJCSJ", "SXSC", "18.0", "18"),
        ("ODS_SXJCSJ", "ZFSXXSSJBC", "￥1,200.50元", "1200.50"),
        ("ODS_SXJCSJ", "SXCJ", "88.50", "88.5"),
        ("ODS_SXJCSJ", "SXKSRQ", "2026-9-1", "20260901"),
        ("ODS_SXJCSJ", "SXKSRQ", "2026/9/1", "20260901"),
        ("ODS_SXJCSJ", "SXKSRQ", "2026年9月1日", "20260901"),
        ("ODS_SXJCSJ", "SXKSRQ", "2026-09-01 00:00:00", "20260901"),
        ("ODS_PKSJ", "SKSJ", "8:00", "080000"),
        ("ODS_PKSJ", "KKXND", "2026—2027学年", "2026-2027"),
        ("ODS_SXJCSJ", "RXNF", "２０２６", "2026"),
        ("ODS_CXHZSJ", "HZQYTYSHXYDM", " 12100000 400000624d", "12100000400000624D"),
        ("ODS_SXJCSJ", "XZM", "三年制", "3"),
        ("ODS_SXJCSJ", "XZM", "03", "3"),
        ("ODS_SXJCSJ", "XZM", "３", "3"),
        ("ODS_SXJCSJ", "XZM", "三年制 3", "3"),
        ("ODS_SXJCSJ", "SXQYHYLBM", "c", "C"),
        ("ODS_DYGBXXSJ", "DYGBXXPXNRM", "1；2", "1,2"),
    ] {
        let of = EDITION.table(table).unwrap();
        let checker = TableChecker::new(&EDITION, of, Columns::Filled);
        assert_eq!(checker.normalise(column, typed), stored, "{table}.{column} {typed}");
        assert_eq!(found(table, &[(column, typed)]), "", "{table}.{column} {typed}");
    }
}
