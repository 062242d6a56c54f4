//! 党建思政数据子集.

use jiff::civil::{Date, date};

use super::generator::Generators;
use crate::calendar::{TERM_SO_FAR, after};
use crate::random::Random;
use crate::school::School;
use crate::school::people::{Post, counsellors, general_teachers, office_member};
use crate::table_builder::{Codes, TableBuilder, tenths};

pub const GENERATORS: Generators = &[
    ("ODS_DZZQKJCSJ", organisations),
    ("ODS_DYFZSJ", development),
    ("ODS_DYZZGXZYSJ", transfers),
    ("ODS_DYGBXXSJ", studies),
    ("ODS_DKSJ", lectures),
    ("ODS_DYHDSJ", activities),
    // Edition 2023-06 has three tables instead of the one above, one for each kind of activity.
    ("ODS_SHSJ", |school, builder| activities_of(school, builder, &["1"])),
    ("ODS_DYRCHDSJ", |school, builder| activities_of(school, builder, &["2"])),
    ("ODS_DYZTDRSJ", |school, builder| activities_of(school, builder, &["3"])),
    ("ODS_SZHDSJ", ideology),
    ("ODS_SZJZGSJ", ideology_staff),
];

fn organisations(school: &School, builder: &mut TableBuilder) {
    for organisation in &school.party_organisations {
        let leader = &school.staff[organisation.leader];
        let parent = organisation.parent.map_or("中共示例市委教育工作委员会", |parent| {
            school.party_organisations[parent].name.as_str()
        });
        builder.add_row(&[
            ("DZZLXM", &organisation.kind),
            ("DZZMC", &organisation.name),
            ("DZZBH", &organisation.number),
            ("LSSJDZZMC", &parent),
            ("DNLDXM", &leader.name),
            ("DNLDJGH", &leader.number),
            ("DNLDZWM", &Codes(organisation.duties)),
            ("DZZDYRS", &organisation.members),
            ("DZZZT", &"1"),
        ]);
    }
}

/// A person who applies for membership of the party.
struct Candidate<'w> {
    number: &'w str,
    name: &'w str,
    student: bool,
    organisation: usize,
    state: &'static str,
    active: Date,
    probationary: Option<Date>,
    full: Option<Date>,
}

/// The applicants: students from the second year on, graduates among them, and a few young teachers.
fn candidates(school: &School) -> Vec<Candidate<'_>> {
    let cell_of = |unit: usize, k: usize| 1 + unit * 3 + 1 + k;
    if school.kind.secondary {
        return young_teachers(school);
    }
    let students = school.students.iter().enumerate().filter(|(_, student)| student.year < 2026);
    let mut all = Vec::new();
    for (n, student) in students {
        let mut random = Random::of("candidate", n);
        if !random.chance(if student.graduated() { 9 } else { 11 }) {
            continue;
        }
        let active = random.school_day(date(student.year + 1, 3, 10), date(student.year + 1, 5, 30));
        let probationary = after(active, 400);
        let full = after(probationary, 366);
        let until = if student.graduated() { date(2026, 6, 12) } else { TERM_SO_FAR.1 };
        let stage = |day: Date| (day <= until && student.year < 2025).then_some(day);
        all.push(Candidate {
            number: &student.number,
            name: &student.name,
            student: true,
            organisation: cell_of(school.major_of(student).unit, 1),
            state: match (stage(probationary), stage(full)) {
                (_, Some(_)) => "3",
                (Some(_), _) => "2",
                _ => "1",
            },
            active,
            probationary: stage(probationary),
            full: stage(full),
        });
    }
    for (n, person) in
        school.staff.iter().enumerate().filter(|(_, person)| person.title == school.kind.titles[0] && !person.party)
    {
        let Some(unit) = school.kind.units.iter().position(|unit| *unit == person.unit) else { continue };
        let active = after(person.joined, 120 + n as i64);
        if active < TERM_SO_FAR.1 {
            all.push(Candidate {
                number: &person.number,
                name: &person.name,
                student: false,
                organisation: cell_of(unit, 0),
                state: "1",
                active,
                probationary: None,
                full: None,
            });
        }
    }
    all
}

/// The applicants of a secondary school: teachers who joined after 2015. Its students are too young.
fn young_teachers(school: &School) -> Vec<Candidate<'_>> {
    let mut all = Vec::new();
    for (n, person) in school.staff.iter().enumerate().filter(|(_, person)| person.joined.year() > 2015) {
        let Some(unit) = school.kind.units.iter().position(|unit| *unit == person.unit) else { continue };
        let active = after(person.joined, 120 + n as i64);
        let probationary = Some(after(active, 400)).filter(|day| *day < TERM_SO_FAR.1 && (person.party || n % 2 == 0));
        let full = probationary.map(|day| after(day, 366)).filter(|day| *day < TERM_SO_FAR.1 && person.party);
        if active < TERM_SO_FAR.1 && (full.is_some() || !person.party) {
            all.push(Candidate {
                number: &person.number,
                name: &person.name,
                student: false,
                organisation: 1 + unit,
                state: match (probationary, full) {
                    (_, Some(_)) => "3",
                    (Some(_), _) => "2",
                    _ => "1",
                },
                active,
                probationary,
                full,
            });
        }
    }
    all
}

fn development(school: &School, builder: &mut TableBuilder) {
    for person in candidates(school) {
        let organisation = &school.party_organisations[person.organisation];
        builder.add_row(&[
            ("DZZLXM", &organisation.kind),
            ("DZZMC", &organisation.name),
            ("DZZBH", &organisation.number),
            ("XDYLXM", &if person.student { "2" } else { "1" }),
            ("XM", &person.name),
            ("RYBH", &person.number),
            ("DYFZZTM", &person.state),
            ("CWJJFZRQ", &person.active),
            ("CWYBDYRQ", &person.probationary),
            ("CWZSDYRQ", &person.full),
        ]);
    }
}

/// The graduates who are members transfer their membership to another organisation.
fn transfers(school: &School, builder: &mut TableBuilder) {
    let graduates = candidates(school).into_iter().filter(|person| person.student && person.number.starts_with("2023"));
    for (n, person) in graduates.filter(|person| person.state != "1").enumerate() {
        builder.add_row(&[
            ("XM", &person.name),
            ("RYBH", &person.number),
            ("LXRQ", &Random::of("transfer", n).school_day(date(2026, 6, 18), date(2026, 6, 26))),
            (
                "ZZGXQX",
                &["中共示例市滨湖区示例街道工作委员会", "中共示例精密机械有限公司支部委员会", "中共示例理工大学委员会"]
                    [n % 3],
            ),
        ]);
    }
}

/// Calls `write` for each branch (党支部) and each month since September, with the index of the branch and a school day.
fn monthly(school: &School, topic: &str, mut write: impl FnMut(usize, Date, &mut Random)) {
    for organisation in (0..school.party_organisations.len())
        .filter(|&organisation| school.party_organisations[organisation].kind == "3")
    {
        for month in 9..=11 {
            let mut random = Random::of(topic, organisation * 12 + month as usize);
            let first = if month == 9 { date(2026, 9, 7) } else { date(2026, month, 9) };
            let last = if month == 11 { TERM_SO_FAR.1 } else { date(2026, month, 28) };
            let day = random.school_day(first, last);
            write(organisation, day, &mut random);
        }
    }
}

fn studies(school: &School, builder: &mut TableBuilder) {
    const WAYS: [&[&str]; 4] = [&["2", "5"], &["3", "4"], &["5", "7"], &["1", "11"]];
    const CONTENT: [&[&str]; 4] = [&["1", "2"], &["1", "3"], &["2", "4"], &["5", "10"]];
    monthly(school, "party study", |organisation, day, random| {
        let organisation = &school.party_organisations[organisation];
        let members = organisation.members.max(3);
        let students = if organisation.name.contains("学生") { members } else { 0 };
        builder.add_row(&[
            ("DZZMC", &organisation.name),
            ("DZZBH", &organisation.number),
            ("DYGBXXPXZYTJHZTM", &Codes(random.pick(&WAYS))),
            ("DYGBXXPXNRM", &Codes(random.pick(&CONTENT))),
            ("HDKSRQ", &day),
            ("HDJSRQ", &day),
            ("CYXSS", &students),
            ("CYJSS", &if students > 0 { 1 } else { members }),
        ]);
    });
}

fn lectures(school: &School, builder: &mut TableBuilder) {
    const TOPICS: [&str; 5] = [
        "学习贯彻党的创新理论，坚定理想信念",
        "弘扬工匠精神，争做技能先锋",
        "加强作风建设，严守纪律规矩",
        "从党史中汲取前进力量",
        "新时代青年的责任与担当",
    ];
    monthly(school, "party lecture", |organisation, day, random| {
        let organisation = &school.party_organisations[organisation];
        let topic = random.pick(&TOPICS);
        let students = organisation.name.contains("学生");
        builder.add_row(&[
            ("DZZMC", &organisation.name),
            ("DZZBH", &organisation.number),
            ("HDXSM", &"3"),
            ("DKZJR", &school.staff[organisation.leader].name),
            ("HDNR", &format!("围绕“{topic}”讲授专题党课，结合本支部工作实际开展交流讨论。")),
            ("HDKSRQ", &day),
            ("HDJSRQ", &day),
            ("CYXSS", &if students { random.between(12, 30) } else { 0 }),
            ("CYJSS", &if students { 2 } else { organisation.members.max(3) }),
        ]);
    });
}

fn activities(school: &School, builder: &mut TableBuilder) {
    activities_of(school, builder, &["1", "2", "3"]);
}

/// Activities of these kinds: `1` 三会, `2` 日常活动, `3` 主题党日.
fn activities_of(school: &School, builder: &mut TableBuilder, kinds: &[&str]) {
    const WHAT: [(&str, &str, &str); 4] = [
        ("1", "党员活动室", "召开支部党员大会，学习上级文件精神，讨论党员发展事宜。"),
        ("2", "示例社区", "组织党员到社区开展志愿服务，宣传政策，帮助困难群众。"),
        ("3", "示例革命纪念馆", "开展主题党日活动，参观展览，重温入党誓词。"),
        ("3", "图书馆报告厅", "开展主题党日活动，集体学习并交流心得体会。"),
    ];
    monthly(school, "party activity", |organisation, day, random| {
        let organisation = &school.party_organisations[organisation];
        let (kind, place, content) = random.pick(&WHAT);
        if !kinds.contains(&kind) {
            return;
        }
        let students = organisation.name.contains("学生");
        builder.add_row(&[
            ("DZZMC", &organisation.name),
            ("DZZBH", &organisation.number),
            ("HDXS", &kind),
            ("HDDD", &place),
            ("HDNR", &content),
            ("HDNRM", &if place == "图书馆报告厅" { "4" } else { "8" }),
            ("HDKSRQ", &day),
            ("HDJSRQ", &day),
            ("CYXSS", &if students { organisation.members.max(3) } else { 0 }),
            ("CYJSS", &if students { 1 } else { organisation.members.max(3) }),
        ]);
    });
}

fn ideology(school: &School, builder: &mut TableBuilder) {
    const THEMES: [(&str, &str, &str, &str); 6] = [
        ("“强国有我”主题宣讲", "1", "理想信念教育", "邀请校内外讲师作专题宣讲，引导学生坚定理想信念。"),
        ("大学生讲思政课公开课", "7", "课程思政", "学生自主选题备课并登台讲授，教师现场点评。"),
        ("红色家书诵读", "3", "革命文化教育", "以班级为单位诵读红色家书，分享学习体会。"),
        ("走进企业感悟工匠精神", "4", "劳动精神教育", "参观合作企业生产现场，与技能能手面对面交流。"),
        ("宪法宣传志愿服务", "5", "法治教育", "在校园和社区发放宣传材料，讲解宪法知识。"),
        ("我为家乡代言征文", "2", "爱国主义教育", "征集反映家乡发展变化的文章并评选优秀作品。"),
    ];
    for n in 0..36 {
        let mut random = Random::of("ideology", n);
        let (name, kind, theme, content) = THEMES[n % 6];
        let host = if n % 4 == 0 { "党委宣传部" } else { school.kind.units[n % 7] };
        let head = &school.staff[if n % 4 == 0 { office_member("党委宣传部", false) } else { n % 7 * 12 }];
        let start = random.past_school_day();
        builder.add_row(&[
            ("HDBH", &format!("SZ2026{:04}", n + 1)),
            ("HDMC", &format!("{host}{name}活动")),
            ("SSZT", &theme),
            ("HDBK", &["思想引领", "实践育人", "文化育人"][n % 3]),
            ("HDZT", &name),
            ("HDLXM", &kind),
            ("HDNR", &content),
            ("ZBDW", &host),
            ("ZBDWJBM", &if n % 4 == 0 { "3" } else { "4" }),
            ("HDKSRQ", &start),
            ("HDJSRQ", &if n % 6 == 5 { after(start, 7).min(TERM_SO_FAR.1) } else { start }),
            ("XXFZR", &head.name),
            ("FZRLXFS", &head.phone),
            ("BXJSCYRS", &random.between(3, 20)),
            ("WXJSCYRS", &if n % 5 == 0 { random.between(1, 4) } else { 0 }),
            ("BXXSCYRS", &random.between(40, 260)),
            ("XWXSCYRS", &if n % 5 == 0 { random.between(5, 20) } else { 0 }),
        ]);
    }
}

/// Teachers of ideological education, counsellors and 班主任. A counsellor may have two of the kinds.
fn ideology_staff(school: &School, builder: &mut TableBuilder) {
    let teachers = general_teachers(school.kind.general_units.len() - 1);
    for (n, person) in school.staff.iter().enumerate() {
        let heads = school.classes.iter().any(|class| class.head == n && class.year > 2023);
        let kinds: &[&str] = match (teachers.contains(&n), counsellors().contains(&n), heads) {
            (true, _, _) => &["1"],
            (_, true, _) if n % 3 == 0 => &["1", "3"],
            (_, true, _) => &["3"],
            (_, _, true) => &["2"],
            _ => continue,
        };
        let mut random = Random::of("ideology staff", n);
        let years = (2026 - i64::from(person.joined.year())).max(1);
        let doctor = person.title == "教授" || random.chance(6);
        let mind = person.post == Post::Counsellor && n % 2 == 0;
        let subject = if teachers.contains(&n) {
            "思想政治教育"
        } else {
            random.pick(&["教育学", "应用心理学", "计算机科学与技术", "机械工程"])
        };
        builder.add_row(&[
            ("JGH", &person.number),
            ("JSXM", &person.name),
            ("RYLXM", &Codes(kinds)),
            ("JL", &tenths(years * 10)),
            ("ZKSXZYMC", &random.chance(8).then_some(subject)),
            ("BKSXZYMC", &subject),
            ("SSSXZYMC", &(doctor || random.chance(60)).then_some(subject)),
            ("BSSXZYMC", &doctor.then_some(subject)),
            ("BZRFDYNXSZKNX", &tenths((years * 10 - random.between(0, 10)).max(5))),
            ("SFXLJKKJS", &mind),
            ("SFXLZXS", &mind),
            ("SFCYXLZXSZGZS", &mind),
            ("XLZXSZGZSBH", &mind.then(|| format!("XL{:08}", 20_260_000 + n))),
        ]);
    }
}
