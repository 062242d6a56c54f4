//! The school, its places and partners.

use super::kind::UnusualKind;

pub const KINDS: &[UnusualKind] = &[
    UnusualKind {
        id: "municipality",
        zh: "直辖市",
        en: "a municipality",
        what: "省级是 310000 上海市，市级是 310100 市辖区（或 500000 与 500100）。",
        asked: "",
        make: |case| {
            let places = [("310000", "上海市", "310100"), ("500000", "重庆市", "500100")];
            let tables = ["ODS_XSJYYXSJ", "ODS_BYQXJYSJ", "ODS_ZZBYQXJYSJ"];
            for (n, record) in case.any(&tables).into_iter().enumerate() {
                let (province, name, city) = places[n % 2];
                let cells = [
                    ("YXSJGBM", province),
                    ("YXSJGMC", name),
                    ("YXSHJGBM", city),
                    ("YXSHJGMC", "市辖区"),
                    ("JYQYSJGBM", province),
                    ("JYQYSJGMC", name),
                    ("JYQYSMC", name),
                    ("JYQYSHJGBM", city),
                    ("JYQYSHJGMC", "市辖区"),
                    ("JYQYSHIMC", "市辖区"),
                ];
                case.set(record, &cells);
            }
        },
    },
    UnusualKind {
        id: "dissolved-club",
        zh: "已经解散的社团",
        en: "a dissolved club",
        what: "全量表里有解散日期的社团，本学期没有活动、没有成员。",
        asked: "",
        make: |case| {
            for club in case.any(&["ODS_STXHJBSJ"]) {
                let number = format!("{}0", case.text(club, "STBH"));
                let name = format!("原{}", case.text(club, "STMC"));
                case.add(club, &[("STBH", &number), ("STMC", &name), ("JSRQ", "20250630")]);
            }
        },
    },
    UnusualKind {
        id: "company-abroad",
        zh: "境外企业",
        en: "a company abroad",
        what: "境外企业没有统一社会信用代码，必填的一栏填 18 个 0。",
        asked: "代码不属于任何地区，要请人说明是境外企业。",
        make: |case| {
            let names = ["株式会社見本製作所", "Muster Maschinenbau GmbH", "Sample Robotics Inc."];
            for (partner, name) in case.any(&["ODS_CXHZSJ"]).into_iter().zip(names) {
                case.add(partner, &[("HZQYTYSHXYDM", "000000000000000000"), ("HZQYMC", name)]);
            }
        },
    },
    UnusualKind {
        id: "internship-abroad",
        zh: "国外实习的电话",
        en: "an internship abroad",
        what: "赴国外实习，企业指导人员的电话是国外的。",
        asked: "",
        make: |case| {
            for stay in case.any(&["ODS_SXJCSJ"]) {
                let home = ["SXDDSZSJGBM", "SXDDSZSJGMC", "SXDDSZSHJGBM", "SXDDSZSHJGMC"];
                case.set(stay, &home.map(|column| (column, "")));
                case.set(stay, &[("SFFGWSX", "1"), ("SFKSSX", "0"), ("QYZMZDRYDH", "+81-3-1234-5678")]);
            }
        },
    },
    UnusualKind {
        id: "telephone-written-otherwise",
        zh: "电话带空格、带 +86",
        en: "a telephone number with blanks or +86",
        what: "手机号写成 138 0000 0000 或 +8613800000000。",
        asked: "",
        make: |case| {
            for (n, stay) in case.any(&["ODS_SXJCSJ"]).into_iter().enumerate() {
                let own = case.text(stay, "QYZMZDRYDH");
                if own.len() == 11 {
                    let spaced = format!("{} {} {}", &own[..3], &own[3..7], &own[7..]);
                    let text = if n % 2 == 0 { spaced } else { format!("+86{own}") };
                    case.set(stay, &[("QYZMZDRYDH", &text)]);
                }
            }
        },
    },
    UnusualKind {
        id: "joint-degree",
        zh: "4+0 联合培养授予学位",
        en: "a degree with a partner",
        what: "与本科院校 4+0 联合培养的专业，按专科代码登记而授学士学位。",
        asked: "专科层次授学位要请人说明。",
        make: |case| {
            for major in case.some(&["ODS_ZYSZSJ"], |text| text("ZYCCM") == "2").into_iter().take(4) {
                case.set(major, &[("SYXWLBM", "12")]);
            }
        },
    },
    UnusualKind {
        id: "major-twice",
        zh: "同一专业的合作办学另立专业号",
        en: "a major with a second number",
        what: "中外合作、现代学徒制在同层次同学制下另立专业号，名称相同。",
        asked: "",
        make: |case| {
            for major in case.any(&["ODS_ZYSZSJ"]).into_iter().take(4) {
                let number = format!("{}Z", case.text(major, "ZYH"));
                case.add(major, &[("ZYH", &number)]);
            }
        },
    },
    UnusualKind {
        id: "nobody-yet",
        zh: "还没有人的 0",
        en: "zeros where nobody is yet",
        what: "当年没有开考的鉴定证书人数为 0，刚签采纳还没有招生的外方学生数为 0，没有高级职称的学校填 0。",
        asked: "",
        make: |case| {
            for office in case.any(&["ODS_ZYJNJDJGSJ"]) {
                case.set(office, &[("JDRS", "0")]);
            }
            for adoption in case.any(&["ODS_JXZYCNJCSJ"]) {
                case.set(adoption, &[("SJWFXSS", "0")]);
            }
            for school in case.any(&["ODS_ZZZZZSSJ"]) {
                case.set(school, &[("GJZCRS", "0")]);
            }
        },
    },
    UnusualKind {
        id: "staff-by-two-measures",
        zh: "教职工两种口径",
        en: "staff counted in two ways",
        what: "总数取编制内，专业技术岗取全部聘用，部分大于总数。",
        asked: "部分大于总数要请人说明口径。",
        make: |case| {
            for school in case.any(&["ODS_XXJBSJ"]) {
                let total: i64 = case.text(school, "XYJZGZS").parse().unwrap_or_default();
                case.set(school, &[("ZJGRS", &(total + 25).to_string())]);
            }
        },
    },
];
