//! Names, students, attendance.

use super::case::Case;
use super::kind::UnusualKind;

pub const KINDS: &[UnusualKind] = &[
    UnusualKind {
        id: "foreigner",
        zh: "外国学生的姓名",
        en: "a foreign student",
        what: "留学生的姓名是护照上的拉丁字母，各表一致。",
        asked: "",
        make: |case| rename(case, &["MOHAMMED ABDUL RAHMAN", "NGUYEN VAN AN", "JOHN O'NEIL-SMITH", "MARIA D. SANTOS"]),
    },
    UnusualKind {
        id: "long-minority-name",
        zh: "少数民族的长姓名",
        en: "a long minority name",
        what: "少数民族学生的姓名很长、带间隔号，各表一致。",
        asked: "",
        make: |case| {
            rename(
                case,
                &["阿卜杜热合曼·阿卜杜克热木·买买提江", "迪丽努尔·阿不都热依木", "欧阳·才让卓玛", "帕尔哈提·吐尔逊"],
            );
        },
    },
    UnusualKind {
        id: "veteran",
        zh: "没有认定困难的退役士兵领助学金",
        en: "a veteran with a grant and no recognition",
        what: "退役士兵学生依规定一律享受国家助学金，不在贫困生认定表里。",
        asked: "",
        make: |case| {
            let recognised: Vec<String> =
                case.all(&["ODS_PKSRDSJ"], |_| true).into_iter().map(|row| case.text(row, "XH")).collect();
            let fits = |text: &dyn Fn(&str) -> String| text("SPZTM") == "1" && !recognised.contains(&text("XH"));
            for grant in case.some(&["ODS_JZDSQSJ", "ODS_ZZJZDSQSJ"], fits) {
                case.set(grant, &[("JZXMMC", "国家助学金（退役士兵）"), ("JZXMZLM", "2"), ("JZBZ", "1650.00")]);
            }
        },
    },
    UnusualKind {
        id: "two-absences",
        zh: "一天旷两次课",
        en: "absent twice on one day",
        what: "同一天缺两次课，各一条，缺勤原因写明是哪一节。",
        asked: "",
        make: |case| {
            for absence in case.some(&["ODS_XSQQSJ"], |text| text("QQLX") == "4" || text("QQLX") == "3") {
                case.set(absence, &[("QQYY", "第1大节")]);
                case.add(absence, &[("QQYY", "第2大节")]);
            }
        },
    },
    UnusualKind {
        id: "guests-in-class",
        zh: "旁听、重修使比率超过 100%",
        en: "guests in class, rates over 100 percent",
        what: "旁听、重修的学生使实到多于应到，出勤率、按人次算的参与率大于 100。",
        asked: "超过 100% 要请人说明有旁听学生。",
        make: |case| {
            for lesson in case.any(&["ODS_KTHDSJ", "ODS_ZZKTHDSJ"]) {
                case.set(lesson, &[("CQL", "104.76"), ("XSCYL", "120.00")]);
            }
            for visit in case.any(&["ODS_XKSJ", "ODS_ZZXKSJ"]) {
                let expected: i64 = case.text(visit, "YDXSRS").parse().unwrap_or_default();
                case.set(visit, &[("SDXSRS", &(expected + 2).to_string())]);
            }
        },
    },
    UnusualKind {
        id: "half-a-day",
        zh: "半天假",
        en: "half a day's leave",
        what: "请假半天，天数填 0.5。",
        asked: "标准印的是整数，半天怎样填没有写明，要请人看一眼。",
        make: |case| {
            for leave in case.some(&["ODS_XSQJSJ"], |text| text("QJKSSJ") == text("QJJSSJ")) {
                case.set(leave, &[("QJTS", "0.5")]);
            }
        },
    },
    UnusualKind {
        id: "hong-kong",
        zh: "赴港澳研修",
        en: "a journey to Hong Kong",
        what: "到香港研修：地点只有国内、国外两码，填国内，出国（境）日期有值。",
        asked: "",
        make: |case| {
            for training in case.any(&["ODS_XXJXSJ", "ODS_ZZJSJXXXSJ"]) {
                let (begin, end) = (case.text(training, "JXPXKSRQ"), case.text(training, "JXPXJZRQ"));
                case.set(training, &[("JXXXDDM", "1"), ("CGRQ", &begin), ("YHGRQ", &end)]);
            }
        },
    },
    UnusualKind {
        id: "shared-account",
        zh: "公用账号同一秒登录",
        en: "a shared account, logged in twice in a second",
        what: "实训室公用账号上课时同一秒从两台机器登录，登录 IP 不同。",
        asked: "",
        make: |case| {
            for login in case.any(&["ODS_TYYHRZDLSJ", "ODS_ZZTYYHRZDLSJ"]) {
                case.add(login, &[("DLIP", "10.20.30.41")]);
            }
        },
    },
    UnusualKind {
        id: "three-intentions",
        zh: "一次提交几个就业意向",
        en: "several intentions in one form",
        what: "一张表单一次提交几个就业意向，录入时间相同。",
        asked: "",
        make: |case| {
            for wish in case.some(&["ODS_XSJYYXSJ"], |text| text("JYYXM") == "2") {
                case.add(wish, &[("YXDW", "示例另一家科技有限公司")]);
            }
        },
    },
];

/// Gives some students other names, in all tables.
fn rename(case: &mut Case<'_>, names: &[&str]) {
    for (student, name) in case.any(&["ODS_XSHXSJ", "ODS_ZZSSHXSJ"]).into_iter().zip(names) {
        let (number, old) = (case.text(student, "XH"), case.text(student, "XSXM"));
        if !old.is_empty() {
            case.rename(&number, &old, name);
        }
    }
}
