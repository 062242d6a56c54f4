//! What the program checks in every table beside the rules, in words. A test compares it with the list of checks.

use standard::{Edition, Field, Kind};

use crate::session::html::{close, element, open};

/// A check of the program: the names of its findings, what it demands, and when it only asks to confirm.
struct Check {
    rules: &'static [&'static str],
    title: &'static str,
    demand: &'static str,
    milder: &'static str,
}

const CHECKS: &[Check] = &[
    Check {
        rules: &["required", "required-when"],
        title: "必填",
        demand: "标准约束为 M 的数据项不能空着；说明里写明“某种情况下必填”的，在这种情况下不能空着。",
        milder: "标准没有说明没有内容时填什么的，空着只要求核实。",
    },
    Check {
        rules: &["type", "precision"],
        title: "数字",
        demand: "数字项只填数字，不带单位、逗号；整数不带小数；位数和小数位数不超过标准，金额以元为单位，最多四位小数。",
        milder: "",
    },
    Check {
        rules: &["length"],
        title: "长度",
        demand: "文字不超过标准的长度，一个汉字、一个字母、一个标点都算一个。",
        milder: "标准的长度明显印错的，只要求核实。",
    },
    Check {
        rules: &["date"],
        title: "日期和时间",
        demand: "按标准的格式填写，如 20260901、20260901 083000、202609、2026-2027；这一天在日历上要有。",
        milder: "标准印的例子和格式不一致的，只要求核实。",
    },
    Check {
        rules: &["code"],
        title: "代码",
        demand: "填代码集里的代码；说明里列出了可填内容的，只填其中一项。",
        milder: "曾经用过的行政区划代码、标准只印了大类的代码集，只要求核实。",
    },
    Check {
        rules: &["format"],
        title: "固定的写法",
        demand: "学校代码、统一社会信用代码等有固定写法的，位数、字母和数字要符合；要填 JSON 的，要是完整的 JSON。",
        milder: "网址不像网址、JSON 的层次不同，只要求核实。",
    },
    Check {
        rules: &["conditional-value"],
        title: "说明规定的内容",
        demand: "另一个数据项填了某个代码、说明规定了这里填什么的，只填规定的内容。",
        milder: "规定的是大类、可以填得更细的，只要求核实。",
    },
    Check {
        rules: &["separator", "max-items"],
        title: "一格里几个内容",
        demand: "用标准规定的符号分开；不超过规定的个数。",
        milder: "名称里可能本来就有这种符号的，只作提示。",
    },
    Check {
        rules: &["placeholder"],
        title: "代替空白的文字",
        demand: "",
        milder: "选填项里的“无”“-”“/”“NULL”等当作没有填写，建议清空；必填的文字里只有这样的符号，要求核实。",
    },
    Check {
        rules: &["identifier"],
        title: "学号、编号",
        demand: "表格软件写成 2.02403E+11 这样、数字已经丢失的编号不能用。",
        milder: "编号里有全角数字、空格，或者末尾多出 .0 的，要求核实，并给出建议值；字母与数字相间、别处无法对照的编号里有空格、字母 O 和 l，只作提示。",
    },
    Check {
        rules: &["lesson"],
        title: "周次、节次、星期",
        demand: "",
        milder: "周次只填数字，节次填起止节次、中间用短横线，写法不同的要求核实；星期的写法只作提示。",
    },
    Check {
        rules: &["name"],
        title: "姓名",
        demand: "",
        milder: "姓名中间有空格，或者用了别的符号代替“·”的，只作提示。",
    },
    Check {
        rules: &["telephone"],
        title: "电话号码",
        demand: "",
        milder: "号码里有空格、短横线或国家代码的，只作提示。",
    },
    Check {
        rules: &["unfinished"],
        title: "名称不完整",
        demand: "",
        milder: "单位名称停在“有限”“有限责任”“分公”的，要求核实，并给出建议值；括号、书名号没有写完的，只作提示。",
    },
    Check {
        rules: &["markup"],
        title: "程序留下的文字",
        demand: "不能是 Excel 公式出错的结果（如 #REF!、#N/A）。",
        milder: "文字里有网页标记、公式，要求核实；不到一千元的金额有不到一分的零头、以元计的金额不到一元，只作提示。",
    },
    Check {
        rules: &["signs"],
        title: "看不见的字符和乱码",
        demand: "",
        milder: "文字里有看不见的字符、造字、乱码，或者姓名、名称里有问号的，要求核实；长文字里看不见的字符只作提示。",
    },
    Check {
        rules: &["event-date"],
        title: "业务日期",
        demand: "",
        milder: "记录的业务日期不在填报册的采集期里、或者不在标准规定的范围里的，要求核实，可以移到它所属的采集期。",
    },
    Check {
        rules: &["unique-key"],
        title: "重复的记录",
        demand: "能确定一条记录的几个数据项不能都相同；确实是不同记录的，说明以后可以上报。",
        milder: "标准没有印出能区分的数据项的表，只要求核实：是同一件事就删去一条，是两件事就说明情况。",
    },
    Check {
        rules: &["cut-off"],
        title: "没有写完",
        demand: "",
        milder: "名称、单位、地点像是被截断，而同一列的其他记录写着全称的，只作提示。",
    },
    Check {
        rules: &["reference"],
        title: "编号在别的表里",
        demand: "",
        milder: "学号、教工号、课程号等在对应的表里找不到的，只要求核实：对应的表可能还没有填。",
    },
];

/// Writes the section.
pub fn write(out: &mut String, edition: &Edition) {
    open(out, "section", "engine");
    element(out, "h2", "", "每张表都做的校验");
    let fields = || edition.tables.iter().flat_map(|table| &table.fields);
    let count = |which: fn(&Field) -> bool| fields().filter(|field| which(field)).count();
    element(
        out,
        "p",
        "",
        &format!(
            "下面的规则之外，程序按标准逐项校验 {} 张表的 {} 个数据项，其中必填 {} 项，填代码 {} 项，填日期或时间 {} 项，填数字 {} 项。\
             第二列不符合的也是强制问题，改正以前不能上报；第三列说明哪些只要求核实或者只作提示，不阻止上报。",
            edition.tables.len(),
            edition.field_count(),
            count(|field| field.required),
            count(|field| field.code_list.is_some()),
            count(|field| matches!(
                field.kind,
                Kind::Date | Kind::DateTime | Kind::Time | Kind::YearMonth | Kind::Year | Kind::YearRange
            )),
            count(|field| matches!(field.kind, Kind::Integer | Kind::Decimal)),
        ),
    );
    open(out, "table", "checks");
    open(out, "thead", "");
    open(out, "tr", "");
    for heading in ["校验", "不符合就是强制问题", "要求核实，或者只作提示"] {
        element(out, "th", "", heading);
    }
    close(out, "tr");
    close(out, "thead");
    open(out, "tbody", "");
    for check in CHECKS {
        open(out, "tr", "");
        open(out, "td", "title");
        element(out, "p", "", check.title);
        element(out, "small", "", &check.rules.join(" "));
        close(out, "td");
        element(out, "td", "", check.demand);
        element(out, "td", "", check.milder);
        close(out, "tr");
    }
    close(out, "tbody");
    close(out, "table");
    close(out, "section");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rules of the engine that do not look at one cell.
    const ELSEWHERE: [&str; 4] = ["event-date", "unique-key", "reference", "cut-off"];

    #[test]
    fn every_check_of_the_engine_has_its_words() {
        let told: Vec<&str> = CHECKS.iter().flat_map(|check| check.rules).copied().collect();
        let cells = check::cell_rules();
        let missing: Vec<_> = cells.iter().chain(&ELSEWHERE).filter(|rule| !told.contains(rule)).collect();
        assert!(missing.is_empty(), "these checks need words in CHECKS: {missing:?}");
        assert_eq!(told.len(), cells.len() + ELSEWHERE.len(), "words of a check that is no more: {told:?}");
    }
}
