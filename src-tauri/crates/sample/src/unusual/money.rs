//! Signs, zeros, equal amounts.

use super::kind::UnusualKind;

pub const KINDS: &[UnusualKind] = &[
    UnusualKind {
        id: "refund",
        zh: "冲正、退款",
        en: "a refund",
        what: "没有消费、只有冲销的一天，消费总额为负；当年退款多于收入，技术服务收入为负。",
        asked: "负的金额要请人说明是退款。",
        make: |case| {
            for day in case.any(&["ODS_XSXFSJ", "ODS_ZZXSXFSJ"]) {
                case.set(day, &[("XFRC", "0"), ("XFZE", "-35.5")]);
            }
            for partner in case.any(&["ODS_CXHZSJ"]) {
                case.set(partner, &[("XXWQYJSFWNSR", "-30000")]);
            }
        },
    },
    UnusualKind {
        id: "cheap-water",
        zh: "人均几角钱的消费",
        en: "some cents a person",
        what: "开水、洗浴一类消费，人均不到一元。",
        asked: "",
        make: |case| {
            for day in case.some(&["ODS_XSXFSJ", "ODS_ZZXSXFSJ"], |text| text("XFLBM") == "3") {
                case.set(day, &[("XFZE", "150"), ("XFRC", "300")]);
            }
        },
    },
    UnusualKind {
        id: "same-amounts",
        zh: "同日同额的支出",
        en: "expenses of one day and one amount",
        what: "同一项目同一天给三名专家各付同样的咨询费，三行完全相同。",
        asked: "标准没有印出能分开它们的字段，要请人说明不是重复。",
        make: |case| {
            for expense in case.any(&["ODS_KYJFZCSJ"]) {
                let cells = [("ZCYT", "专家咨询费"), ("ZCJE", "1000"), ("ZCSJ", "20261012 000000")];
                case.set(expense, &cells);
                case.add(expense, &[]);
                case.add(expense, &[]);
            }
        },
    },
    UnusualKind {
        id: "start-up",
        zh: "自主创业、灵活就业起薪为 0",
        en: "a start-up without pay",
        what: "毕业生自己创业或灵活就业，起薪线填 0。",
        asked: "",
        make: |case| {
            let own = |text: &dyn Fn(&str) -> String| text("SFZZCY") == "1" || text("ZZCY") == "1";
            for graduate in case.some(&["ODS_BYQXJYSJ", "ODS_ZZBYQXJYSJ"], own) {
                case.set(graduate, &[("QXX", "0")]);
            }
            let free = |text: &dyn Fn(&str) -> String| text("SFLHJY") == "1" || text("LHJY") == "1";
            for graduate in case.some(&["ODS_BYQXJYSJ", "ODS_ZZBYQXJYSJ"], free) {
                case.set(graduate, &[("QXX", "0")]);
            }
        },
    },
    UnusualKind {
        id: "loan-compensation",
        zh: "服兵役贷款代偿",
        en: "a loan paid back for military service",
        what: "服兵役学费补偿贷款代偿，种类是减免学杂费或其他，不是助学贷款。",
        asked: "",
        make: |case| {
            for (n, grant) in case.any(&["ODS_JZDSQSJ", "ODS_ZZJZDSQSJ"]).into_iter().enumerate() {
                let kind = if n % 2 == 0 { "6" } else { "9" };
                case.set(grant, &[("JZXMMC", "服兵役学费补偿贷款代偿"), ("JZXMZLM", kind), ("JZBZ", "8000.00")]);
            }
        },
    },
    UnusualKind {
        id: "placeholders",
        zh: "没有内容的格子填“无”“/”",
        en: "“none” in cells without content",
        what: "整列按学校习惯，没有内容的非必填文字填“无”“/”“-”。",
        asked: "",
        make: |case| {
            let marks = ["无", "/", "-", "—"];
            let columns: [(&[&'static str], &str); 5] = [
                (&["ODS_YQSBJBSJ"], "JZQYMC"),
                (&["ODS_KCJBSJ"], "XSKCWZ"),
                (&["ODS_SZJZGSJ"], "XLZXSZGZSBH"),
                (&["ODS_BYQXJYSJ", "ODS_ZZBYQXJYSJ"], "CYXMMC"),
                (&["ODS_JCJBSJ", "ODS_ZZJCJBSJ"], "GHJCPC"),
            ];
            for (tables, column) in columns {
                for (n, row) in case.some(tables, |text| text(column).is_empty()).into_iter().enumerate() {
                    case.set(row, &[(column, marks[n % marks.len()])]);
                }
            }
        },
    },
];
