//! Values of one table and of different tables agree: dates are in order, parts do not exceed wholes, sums are right.

use super::*;

#[test]
fn dates_are_in_order() {
    let pairs = [
        ("ODS_SXJCSJ", "SXKSRQ", "SXJSRQ"),
        ("ODS_SXJXGCSJ", "SXKSRQ", "SXJSRQ"),
        ("ODS_KCJSSJ", "SQRQ", "YSRQ"),
        ("ODS_XXJXSJ", "JXPXKSRQ", "JXPXJZRQ"),
        ("ODS_XXJXSJ", "SPRQ", "CGRQ"),
        ("ODS_XXJXSJ", "JXPXJZRQ", "YHGRQ"),
        ("ODS_JSQYJZSJSJ", "ZQYSJJZKSRQ", "ZQYSJJZZZRQ"),
        ("ODS_XSQJSJ", "QJKSSJ", "QJJSSJ"),
        ("ODS_XSQJSJ", "QJJSSJ", "XJSJ"),
        ("ODS_XSSHSJHDSJ", "SJQSRQ", "SJZZRQ"),
        ("ODS_JBSTHDSJ", "HDFBSJ", "HDKSSJ"),
        ("ODS_JBSTHDSJ", "HDKSSJ", "HDJSSJ"),
        ("ODS_XSCYSTSJ", "CJRQ", "TCRQ"),
        ("ODS_TSJYSJ", "JYRQ", "SJGHRQ"),
        ("ODS_TSJYSJ", "JYRQ", "YJGHRQ"),
        ("ODS_YQSBJBSJ", "CCRQ", "GZRQ"),
        ("ODS_YQSBJBSJ", "GZRQ", "BXJZRQ"),
        ("ODS_ZHJSSBYXSJ", "KSYXSJ", "JSYXSJ"),
        ("ODS_KYXMJBSJ", "SBRQ", "LXRQ"),
        ("ODS_KYXMJBSJ", "LXRQ", "KTRQ"),
        ("ODS_KYXMJBSJ", "KTRQ", "JXRQ"),
        ("ODS_DYFZSJ", "CWJJFZRQ", "CWYBDYRQ"),
        ("ODS_DYFZSJ", "CWYBDYRQ", "CWZSDYRQ"),
        ("ODS_JZDSQSJ", "SQRQ", "SPSJ"),
        ("ODS_SZZYJBSJ", "ZYCJSJ", "ZYGXSJ"),
        ("ODS_XNFZSZZYJBSJ", "ZYCJSJ", "ZYGXSJ"),
        ("ODS_FWJXZYQKSJ", "FWJXZYKSSJ", "FWJXZYJSSJ"),
        ("ODS_ZXSWBLSJ", "SQSJ", "BLSJ"),
        ("ODS_LXSXBLSJ", "SSTSQRRQ", "BYZLQRQ"),
        ("ODS_XQHZGTKFKCSJ", "KCKFKSSJ", "KCKFJSSJ"),
        ("ODS_ZYSZSJ", "PZSZNY", "SCZSNY"),
        ("ODS_ZWHZBXJCSJ", "ZSKSNF", "ZSJZNF"),
    ];
    for (table, earlier, later) in pairs {
        for [first, second] in columns(table, [earlier, later]).filter(|[a, b]| !a.is_empty() && !b.is_empty()) {
            assert!(first <= second, "{table}: {earlier} {first} is after {later} {second}");
        }
    }
}

#[test]
fn dates_of_past_events_are_not_after_today() {
    // Columns with dates that may be planned, such as ends of internships and projects, ends of guarantees, future
    // lessons.
    let planned = [
        "SXKSRQ",
        "SXJSRQ",
        "JXRQ",
        "BXJZRQ",
        "SKRQ",
        "ZQYSJJZZZRQ",
        "QJJSSJ",
        "YJGHRQ",
        "KCKFJSSJ",
        "ZSJZNF",
        "JDND",
        "JXPXJZRQ",
        "YHGRQ",
    ];
    use standard::Kind::{Date, DateTime, Year, YearMonth};
    for table in &EDITION.tables {
        let days = table.filled_fields().filter(|field| matches!(field.kind, Date | DateTime | Year | YearMonth));
        for field in days.filter(|field| !planned.contains(&field.column.as_str())) {
            for day in column(&table.name, &field.column).filter(|day| !day.is_empty()) {
                let day = &day[..day.len().min(8)];
                assert!(*day <= "20261121"[..day.len()], "{}.{} {day}", table.name, field.column);
            }
        }
    }
}

#[test]
fn parts_do_not_exceed_wholes() {
    let pairs = [
        ("ODS_KCJBSJ", "SJJXKSS", "JXJHGDKSS"),
        ("ODS_KCJBSJ", "XNFZSXKSS", "JXJHGDKSS"),
        ("ODS_PYFASJ", "BXXF", "ZXFYQ"),
        ("ODS_PYFASJ", "BXXS", "ZXSYQ"),
        ("ODS_XKSJ", "SDXSRS", "YDXSRS"),
        ("ODS_XLZXJLSJ", "ZXRC", "YYRC"),
    ];
    for (table, part, whole) in pairs {
        for [part, whole] in columns(table, [part, whole]) {
            assert!(number(part) <= number(whole), "{table}: {part} of {whole}");
        }
    }
    for (table, column_name) in
        [("ODS_KTHDSJ", "XSCYL"), ("ODS_KTHDSJ", "CQL"), ("ODS_TZCSCJSJ", "CSCJ"), ("ODS_JXZLYPJSJ", "KCZLPJ")]
    {
        for value in column(table, column_name) {
            assert!((0.0..=100.0).contains(&number(value)), "{table}.{column_name} {value}");
        }
    }
    for [most, signed] in columns("ODS_JBSTHDSJ", ["ZDBMRS", "HDBMRS"]) {
        assert!(most == "0" || number(signed) <= number(most), "{signed} of {most}");
    }
}

#[test]
fn sums_agree() {
    let first = |table: &str, name: &str| number(column(table, name).next().unwrap());
    assert_eq!(
        first("ODS_XXJBSJ", "XYJZGZS"),
        first("ODS_XXJBSJ", "ZJGRS") + first("ODS_XXJBSJ", "GLGRS") + first("ODS_XXJBSJ", "GQGRS")
    );
    assert_eq!(first("ODS_XXJBSJ", "XYJZGZS") as usize, ROWS["ODS_JSHXSJ"].len());
    assert_eq!(first("ODS_XXJBSJ", "XYXSS") as usize, ROWS["ODS_ZHCJYPJSJ"].len());
    assert_eq!(
        first("ODS_XXJBSJ", "DMTJSS") as usize,
        column("ODS_JSJBSJ", "JSLXM").filter(|kind| *kind == "1").count()
    );
    let leavers = ROWS["ODS_BYQXSXSJ"].len() + ROWS["ODS_BYQXJYSJ"].len() + ROWS["ODS_BYQXWJYSJ"].len();
    assert_eq!(leavers, ROWS["ODS_LXSXBLSJ"].len());
    for [all, required, free] in columns("ODS_PYFASJ", ["ZXFYQ", "BXXF", "XXXF"]) {
        assert_eq!(number(all), number(required) + number(free));
    }
    let organisations: Vec<_> = columns("ODS_DZZQKJCSJ", ["DZZMC", "LSSJDZZMC", "DZZDYRS", "DZZLXM"]).collect();
    for [name, _, members, _] in organisations.iter().filter(|[.., kind]| *kind != "3") {
        let below: f64 = organisations
            .iter()
            .filter(|[_, parent, ..]| parent == name)
            .map(|[_, _, members, _]| number(members))
            .sum();
        assert_eq!(number(members), below, "{name}");
    }
}

#[test]
fn leaders_and_participants_had_joined_before() {
    let school = School::of(&EDITION.level);
    for project in &school.projects {
        assert!(school.staff[project.leader].joined < project.applied, "{}", project.number);
    }
    for event in &school.events {
        let members = &school.clubs[event.club].members;
        let joined =
            |participant: &usize| members.iter().any(|m| m.student == *participant && m.joined <= event.begin.date());
        assert!(event.participants.iter().all(joined), "{}", event.number);
    }
}
