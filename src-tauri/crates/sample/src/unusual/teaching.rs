//! Courses, lessons, books, rooms.

use super::kind::UnusualKind;

pub const KINDS: &[UnusualKind] = &[
    UnusualKind {
        id: "military-course",
        zh: "军事课的实践学时多于规定学时",
        en: "a course with more practice than its hours",
        what: "军事课规定 36 学时，两周军事技能训练 112 学时另计。",
        asked: "实践多于总数要请人说明口径。",
        make: |case| {
            for course in case.some(&["ODS_KCJBSJ"], |text| text("KCLXM") == "2").into_iter().take(1) {
                case.set(course, &[("JXJHGDKSS", "36"), ("SJJXKSS", "112"), ("XNFZSXKSS", "0")]);
            }
        },
    },
    UnusualKind {
        id: "practice-in-theory",
        zh: "理论课含少量实践",
        en: "a course of theory with some practice",
        what: "思政课按规定有实践学时，教务系统仍记 A 类：48 学时中实践 8。",
        asked: "",
        make: |case| {
            for course in case.some(&["ODS_KCJBSJ"], |text| text("KCLXM") == "1") {
                case.set(course, &[("JXJHGDKSS", "48"), ("SJJXKSS", "8"), ("XNFZSXKSS", "0")]);
            }
            for course in case.some(&["ODS_ZZKCXXSJ"], |text| text("KCFLM") == "1") {
                case.set(course, &[("LVJXSS", "32"), ("SJJXSY", "4")]);
            }
        },
    },
    UnusualKind {
        id: "textbook-without-isbn",
        zh: "没有 ISBN 的校本教材",
        en: "a textbook without an ISBN",
        what: "活页式、工作手册式校本教材没有 ISBN，出版号用学校的编号；排课选用它。",
        asked: "",
        make: |case| {
            for (n, book) in case.any(&["ODS_JCJBSJ", "ODS_ZZJCJBSJ"]).into_iter().enumerate() {
                let (own, number) = (case.text(book, "CBH"), format!("校本教材2026-{:02}", n + 1));
                let cells = [("CBH", number.as_str()), ("CBS", ""), ("SFGJGHJC", "0"), ("GHJCPC", "")];
                case.set(book, &cells);
                let tables = ["ODS_PKSJ", "ODS_ZZPKSJ", "ODS_JHKCSJ", "ODS_PYFAKCSJ", "ODS_HJJCSJ"];
                for use_ in case.all(&tables, |text| [text("XYJCCBH"), text("XYJCBH"), text("CBH")].contains(&own)) {
                    let column = ["XYJCCBH", "XYJCBH", "CBH"].into_iter().find(|column| case.text(use_, column) == own);
                    if let Some(column) = column {
                        case.set(use_, &[(column, &number)]);
                    }
                }
            }
        },
    },
    UnusualKind {
        id: "two-rooms",
        zh: "一次课分在两间实训室",
        en: "one lesson in two rooms",
        what: "分组实训：同一排课号、同班、同日同节，在两间实训室各一条，教师不同。",
        asked: "",
        make: |case| {
            let mut teachers = Vec::new();
            for lesson in case.some(&["ODS_PKSJ", "ODS_ZZPKSJ"], |text| text("SKDDLBM") != "1") {
                let day = case.text(lesson, "SKRQ");
                let busy = case.all(&[lesson.0], |text| text("SKRQ") == day);
                let taken: Vec<String> =
                    busy.iter().flat_map(|row| [case.text(*row, "JGH"), case.text(*row, "JSH")]).collect();
                let free = |text: &dyn Fn(&str) -> String| {
                    let (teacher, room) = (text("JGH"), text("JSH"));
                    !taken.contains(&teacher) && !taken.contains(&room) && !teachers.contains(&teacher)
                };
                let Some(other) = case.some(&[lesson.0], free).first().copied() else { continue };
                let cells = ["JGH", "JSH", "SKDD", "SKDDLBM"].map(|column| (column, case.text(other, column)));
                let cells: Vec<(&str, &str)> = cells.iter().map(|(column, text)| (*column, text.as_str())).collect();
                case.add(lesson, &cells);
                teachers.push(case.text(other, "JGH"));
            }
        },
    },
    UnusualKind {
        id: "periods-written-otherwise",
        zh: "节次写法不同（01-02）",
        en: "periods written in another way",
        what: "排课写 1-2，互动平台与巡课写 01-02。",
        asked: "",
        make: |case| {
            let tables = ["ODS_KTHDSJ", "ODS_XKSJ", "ODS_ZZKTHDSJ", "ODS_ZZXKSJ"];
            for lesson in case.any(&tables) {
                let parts: Vec<String> =
                    case.text(lesson, "SKJC").split('-').map(|part| format!("{part:0>2}")).collect();
                case.set(lesson, &[("SKJC", &parts.join("-"))]);
            }
        },
    },
    UnusualKind {
        id: "score-by-experts",
        zh: "只有督导评分的课程",
        en: "a score without students",
        what: "新开选修课只按督导、同行评分，参评学生数是 0。",
        asked: "有分数而没有学生参评要请人看一眼。",
        make: |case| {
            for score in case.any(&["ODS_JXZLYPJSJ", "ODS_ZZJXZLYPJSJ"]) {
                case.set(score, &[("CPXSS", "0"), ("CPXXS", "0")]);
            }
        },
    },
    UnusualKind {
        id: "long-training",
        zh: "一期 112 学时的培训",
        en: "a training of 112 hours",
        what: "虚拟仿真基地的技能、就业培训一期 112 学时。",
        asked: "",
        make: |case| {
            for service in case.any(&["ODS_XNFZJDDWFWSJ"]) {
                case.set(service, &[("DWFWLXM", "4"), ("FWKSS", "112")]);
            }
        },
    },
    UnusualKind {
        id: "two-plans",
        zh: "一个专业一个年级两份方案",
        en: "two plans for one major and year",
        what: "扩招单列方案、贯通培养与普通方案并存，总学分、总学时不同。",
        asked: "标准没有印出能分开两份方案的字段，要请人说明不是同一份录了两次。",
        make: |case| {
            for plan in case.any(&["ODS_PYFASJ", "ODS_ZTJHSJ"]) {
                case.add(
                    plan,
                    &[("ZXFYQ", "120"), ("ZXSYQ", "2200"), ("BXXF", ""), ("BXXS", ""), ("XXXF", ""), ("XXXS", "")],
                );
            }
        },
    },
    UnusualKind {
        id: "two-teachers-online",
        zh: "两名教师各开一门网课",
        en: "one online course of two teachers",
        what: "公共课在一个平台上每名教师各开一门，同一天各一条，主讲教师不同。",
        asked: "",
        make: |case| {
            for record in case.any(&["ODS_WLKCZXXXJLSJ", "ODS_ZZWLKCZXXXJLSJ"]) {
                let own = case.text(record, "ZJJSGH");
                let tables = [record.0];
                let other = case.some(&tables, |text| !text("ZJJSGH").is_empty() && text("ZJJSGH") != own);
                let Some(other) = other.first().copied() else { continue };
                let (number, name) = (case.text(other, "ZJJSGH"), case.text(other, "ZJJSXM"));
                case.add(record, &[("ZJJSGH", &number), ("ZJJSXM", &name)]);
            }
        },
    },
    UnusualKind {
        id: "rooms-without-seats",
        zh: "没有座位、同名的教室",
        en: "rooms without seats, rooms of one name",
        what: "舞蹈房、画室没有座位，座位数是 0；两座楼各有一间“报告厅”。",
        asked: "",
        make: |case| {
            for (n, room) in case.any(&["ODS_JSJBSJ"]).into_iter().enumerate() {
                let (number, name) = (format!("{}-2", case.text(room, "JSH")), ["报告厅", "舞蹈房", "画室"][n % 3]);
                case.add(room, &[("JSH", &number), ("JSMC", name), ("JSLXM", "6"), ("ZWS", "0")]);
            }
        },
    },
    UnusualKind {
        id: "several-times",
        zh: "一项活动分几次、一天开两个会",
        en: "an event in several parts, two meetings on one day",
        what: "一项社团活动分两次，学生各一条；支委会后接着开党员大会，同一天同一会议室，内容不同。",
        asked: "",
        make: |case| {
            for part in case.any(&["ODS_CJSTHDSJ"]) {
                let at = case.text(part, "CJSTHDSJ");
                let later = match at.len() {
                    8 => return,
                    _ => format!("{} 213000", &at[..8]),
                };
                case.add(part, &[("CJSTHDSJ", &later), ("HJJBM", ""), ("HJRQ", ""), ("BJDW", "")]);
            }
            let meetings = ["ODS_DYHDSJ", "ODS_SHSJ", "ODS_ZZDJHDDYDHSJ"];
            for meeting in case.any(&meetings) {
                case.add(meeting, &[("HDNR", "讨论预备党员转正，表决发展对象")]);
            }
        },
    },
];
