//! Terms, days and clocks.

use super::kind::UnusualKind;

pub const KINDS: &[UnusualKind] = &[
    UnusualKind {
        id: "summer-term",
        zh: "夏季学期（小学期）",
        en: "a summer term",
        what: "三学期制的学校，计划课程与选课的学期码是 3。",
        asked: "",
        make: |case| {
            let mut moved = Vec::new();
            for plan in case.any(&["ODS_PYFAKCSJ", "ODS_JHKCSJ"]) {
                let number = case.text(plan, "JHKCH");
                if moved.contains(&number) || !number.starts_with("2026") {
                    continue;
                }
                let summer = number.replacen("2026", "S26", 1);
                moved.push(number.clone());
                case.add(plan, &[("JHKCH", &summer), ("KKXQM", "3")]);
                if let Some(chosen) = case.all(&["ODS_XSXKSJ"], |text| text("JHKCH") == number).first() {
                    case.add(*chosen, &[("JHKCH", &summer), ("KKXQM", "3")]);
                }
            }
            for absence in case.any(&["ODS_XSQQSJ", "ODS_XSQJSJ"]) {
                case.set(absence, &[("KKXQM", "3")]);
            }
        },
    },
    UnusualKind {
        id: "planned-date",
        zh: "必填的日期只有计划日期",
        en: "only a planned date where one is mandatory",
        what: "正在集成的系统、正在建设的基地和实训室，必填的完成（建立）日期按计划填在以后。",
        asked: "没有发生的日期要请人看一眼，说明是计划日期即可报送。",
        make: |case| {
            for system in case.any(&["ODS_XXHXTJCQKSJ", "ODS_ZZXXHXTJCQKSJ"]) {
                case.set(system, &[("JCWCRQ", "20270115")]);
            }
            for base in case.any(&["ODS_SXJDSJ"]) {
                case.set(base, &[("SXJDJLRQ", "20261220")]);
            }
            for room in case.any(&["ODS_SXSJBSJ"]) {
                case.set(room, &[("SXSJLRQ", "20270201")]);
            }
        },
    },
    UnusualKind {
        id: "booked-ahead",
        zh: "场地预约的办理时间在以后",
        en: "a booking for a day to come",
        what: "场地预约的系统把办理时间记成预约使用的时间。",
        asked: "办理时间晚于今天要请人看一眼。",
        make: |case| {
            for matter in case.any(&["ODS_ZXSWBLSJ", "ODS_ZZZXSWBLSJ"]) {
                let ahead = [
                    ("BSSWMC", "报告厅预约"),
                    ("BSSWLXM", "4"),
                    ("BLSJ", "20261205 140000"),
                    ("BJSJ", "20261205 140000"),
                ];
                case.set(matter, &ahead);
            }
        },
    },
    UnusualKind {
        id: "project-of-next-january",
        zh: "批准的项目从明年 1 月 1 日起",
        en: "a project approved for next January",
        what: "国家级项目秋天获批，科研系统记的立项（起始）日期是次年 1 月 1 日。",
        asked: "立项日期晚于今天要请人看一眼。",
        make: |case| {
            for (n, project) in case.any(&["ODS_KYXMJBSJ"]).into_iter().enumerate() {
                let number = format!("KY2027{n:03}");
                let cells = [("KYXMBH", number.as_str()), ("KTRQ", ""), ("LXRQ", "20270101"), ("JXRQ", "20291231")];
                case.add(project, &cells);
            }
        },
    },
    UnusualKind {
        id: "registered-late",
        zh: "先完成、后登记的项目",
        en: "finished first, registered later",
        what: "横向项目先完成后补登记，结项早于立项；先建后认定的课程，验收早于向上一级申报。",
        asked: "次序与常规相反，要请人看一眼。",
        make: |case| {
            for (n, project) in case.any(&["ODS_KYXMJBSJ"]).into_iter().enumerate() {
                let number = format!("HX2026{n:03}");
                let dates = [("KTRQ", ""), ("SBRQ", ""), ("LXRQ", "20261010"), ("JXRQ", "20260930")];
                let late = case.add(project, &dates);
                case.set(late, &[("KYXMBH", &number)]);
            }
            for course in case.any(&["ODS_KCJSSJ"]) {
                case.set(course, &[("LXND", "2024"), ("YSRQ", "20231220"), ("SQRQ", "20240610")]);
            }
        },
    },
    UnusualKind {
        id: "loan-over-the-term",
        zh: "借到下学期的图书",
        en: "a loan over the end of the term",
        what: "学期末借出的书，应还日期在下学期；到期前还没有归还，实际归还日期空着。",
        asked: "实际归还日期标为必填，而标准没有说没还的书怎样填：空着要请人说明。",
        make: |case| {
            for loan in case.any(&["ODS_TSJYSJ"]) {
                case.set(loan, &[("JYRQ", "20261120"), ("YJGHRQ", "20270301"), ("SJGHRQ", "")]);
            }
        },
    },
    UnusualKind {
        id: "internship-over-years",
        zh: "跨学期、跨学年的实习",
        en: "an internship over two school years",
        what: "春天开始的岗位实习到下一学年还在继续，仍按原来的开始日期报。",
        asked: "",
        make: |case| {
            let running = |text: &dyn Fn(&str) -> String| text("SXSFKS") == "1" && text("SXSFJS") == "0";
            for stay in case.some(&["ODS_ZZSXJCSJ"], running) {
                case.set(stay, &[("SXKSRQ", "20260315"), ("SXJSRQ", "20261231")]);
            }
            for stay in case.some(&["ODS_SXJCSJ"], running) {
                let insured = case.text(stay, "XH");
                case.set(stay, &[("SXKSRQ", "20260608"), ("SXJSRQ", "20270108"), ("SXSC", "30")]);
                for policy in case.all(&["ODS_SXBXGMQKSJ"], |text| text("XH") == insured) {
                    case.set(policy, &[("BXGMRQ", "20260605")]);
                }
            }
        },
    },
    UnusualKind {
        id: "company-changed",
        zh: "当天换了实习单位",
        en: "the company changed on one day",
        what: "离开甲单位与到乙单位报到是同一天，两条实习记录首尾相接。",
        asked: "",
        make: |case| {
            let over = |text: &dyn Fn(&str) -> String| text("SXSFJS") == "1" && !text("SXJSRQ").is_empty();
            for stay in case.some(&["ODS_SXJCSJ"], over) {
                let (company, end) = (case.text(stay, "SXQYMC"), case.text(stay, "SXJSRQ"));
                let other = case.some(&["ODS_SXJCSJ"], |text| text("SXSFJS") == "0" && text("SXQYMC") != company);
                let Some(other) = other.first().copied() else { continue };
                let own = ["XH", "XSXM", "ZYH", "ZYMC", "BH", "BJMC", "XZM", "RXNF"]
                    .map(|column| (column, case.text(stay, column)));
                let mut cells: Vec<(&str, &str)> = own.iter().map(|(column, text)| (*column, text.as_str())).collect();
                cells.extend([
                    ("SXKSRQ", end.as_str()),
                    ("SXJSRQ", "20270108"),
                    ("SXSFKS", "1"),
                    ("SXSC", ""),
                    ("SXCJ", ""),
                ]);
                case.add(other, &cells);
            }
        },
    },
    UnusualKind {
        id: "visited-later",
        zh: "画像生成以后还有人看",
        en: "a portrait visited after it was made",
        what: "画像不是天天生成，看板却天天有人看：最新访问日期晚于数据生成日期。",
        asked: "",
        make: |case| {
            let portraits = ["ODS_XSHXSJ", "ODS_JSHXSJ", "ODS_ZZSSHXSJ", "ODS_ZZJSHXSJ"];
            for portrait in case.any(&portraits) {
                case.set(portrait, &[("SJSCRQ", "20260901"), ("SJKBZXFWRQ", "20261118")]);
            }
        },
    },
    UnusualKind {
        id: "clock-ahead",
        zh: "设备时钟快几分钟",
        en: "a device whose clock is ahead",
        what: "设备时钟快几分钟，半夜前的记录落在明天。",
        asked: "晚于今天要请人看一眼。",
        make: |case| {
            for record in case.any(&["ODS_ZHJSSBYXSJ"]) {
                case.set(record, &[("XTJLSJ", "20261122 000312")]);
            }
        },
    },
    UnusualKind {
        id: "recorded-before-learning",
        zh: "课程录入平台早于学习",
        en: "recorded before it was learned",
        what: "平台的“录入日期”是课程录入平台的日期，早于学生学习日期。",
        asked: "次序与常规相反，要请人看一眼。",
        make: |case| {
            for record in case.any(&["ODS_WLKCZXXXJLSJ", "ODS_ZZWLKCZXXXJLSJ"]) {
                case.set(record, &[("LRRQ", "20260901")]);
            }
        },
    },
];
