//! 信息服务数据子集.

use jiff::civil::date;

use super::collected_tables::collected_tables;
use super::generator::Generators;
use crate::calendar::{TERM_SO_FAR, TODAY, after, days_until_yesterday};
use crate::random::Random;
use crate::school::School;
use crate::school::people::Post;
use crate::school::systems::DOMAIN;
use crate::table_builder::{TableBuilder, hundredths, tenths};

pub const GENERATORS: Generators = &[
    ("ODS_XSXFSJ", spending),
    ("ODS_YKTRZSJ", card_uses),
    ("ODS_ZXSWBLSJ", online_requests),
    ("ODS_XYDTXXSJ", news),
    ("ODS_WLAQGLSJ", network),
    ("ODS_XBSJZXSJJCQKSJ", data_centre),
    ("ODS_SJBZYXXXTYSGXSJ", mapping),
    ("ODS_XXHXTJCQKSJ", integration),
    ("ODS_TYYHRZDLSJ", logins),
];

/// The last 75 days, each with its position, its date and its traffic in percent of a working day: weekends and the
/// national holiday have less.
fn busy_days() -> impl Iterator<Item = (usize, jiff::civil::Date, i64)> {
    days_until_yesterday(75).enumerate().map(|(d, day)| {
        let holiday = (date(2026, 10, 1)..=date(2026, 10, 7)).contains(&day);
        let weekend = day.weekday().to_monday_one_offset() > 5;
        (
            d,
            day,
            if holiday {
                15
            } else if weekend {
                55
            } else {
                100
            },
        )
    })
}

fn spending(_: &School, builder: &mut TableBuilder) {
    for (d, day, weight) in busy_days() {
        for (k, (kind, visits, price)) in [("1", 2000, 1150), ("2", 420, 1680), ("3", 60, 320)].into_iter().enumerate()
        {
            let mut random = Random::of("spending", d * 3 + k);
            let count = visits * weight / 100 * random.between(90, 108) / 100;
            builder.add_row(&[
                ("XFZE", &hundredths(count * (price + random.between(-60, 60)))),
                ("XFRC", &count),
                ("XFLBM", &kind),
                ("XFRQ", &day),
            ]);
        }
    }
}

fn card_uses(_: &School, builder: &mut TableBuilder) {
    const PLACES: [(&str, &str, i64); 7] = [
        ("1", "1", 900),
        ("1", "2", 1500),
        ("2", "2", 1400),
        ("3", "1", 500),
        ("4", "2", 1250),
        ("5", "1", 160),
        ("5", "4", 120),
    ];
    for (d, day, weight) in busy_days() {
        for (k, (place, way, visits)) in PLACES.into_iter().enumerate() {
            let count = visits * weight / 100 * Random::of("card", d * 7 + k).between(88, 110) / 100;
            builder.add_row(&[("CSLXM", &place), ("RZLXM", &way), ("RZRQ", &day), ("RZRC", &count)]);
        }
    }
}

fn online_requests(school: &School, builder: &mut TableBuilder) {
    const REQUESTS: [(&str, &str, bool); 10] = [
        ("在读证明打印", "1", true),
        ("成绩证明打印", "1", true),
        ("学生请假申请", "5", true),
        ("教室借用申请", "4", true),
        ("宿舍报修", "3", true),
        ("差旅费报销", "2", false),
        ("教职工请假申请", "5", false),
        ("印章使用申请", "6", false),
        ("采购合同审批", "7", false),
        ("办公用品领用", "8", false),
    ];
    let present = school.present().count();
    for n in 0..420 {
        let mut random = Random::of("errand", n);
        let (name, kind, student) = REQUESTS[n % 10];
        let asked = {
            let day = random.past_school_day();
            random.time(day, 8, 17)
        };
        let who = if student {
            &school.students[random.below(present)].name
        } else {
            &school.staff[random.below(school.staff.len())].name
        };
        let office_hours = random.school_day(after(asked.date(), 1), after(asked.date(), 5));
        let done = random.time(office_hours, 9, 17);
        let done = (done.date() < TODAY && !random.chance(4)).then_some(done);
        if done.is_none() && builder.requires("BLSJ") {
            continue;
        }
        builder.add_row(&[
            ("BSSWMC", &name),
            ("BSSWLXM", &kind),
            ("RYLXM", &if student { "2" } else { "1" }),
            ("SQSJ", &asked),
            ("SWBLR", who),
            ("BLSJ", &done),
        ]);
    }
}

fn news(_: &School, builder: &mut TableBuilder) {
    const TITLES: [&str; 12] = [
        "学校召开新学期工作会议",
        "2026级新生开学典礼举行",
        "学校举办“工匠精神进校园”主题讲座",
        "校企合作理事会年度会议召开",
        "秋季田径运动会圆满落幕",
        "我校师生参加省级技能竞赛集训",
        "学校开展消防安全演练",
        "2024级学生岗位实习工作动员会召开",
        "图书馆“读书月”活动启动",
        "学校组织教师教学能力比赛",
        "护理与健康学院开展急救知识进社区活动",
        "学校召开数据填报工作推进会",
    ];
    for n in 0..48 {
        let mut random = Random::of("news", n);
        let day = random
            .school_day(after(TERM_SO_FAR.0, n as i64 / 4 * 6), after(TERM_SO_FAR.0, n as i64 / 4 * 6 + 8))
            .min(TERM_SO_FAR.1);
        let part = ["", "（图片新闻）", "（侧记）", "（综述）"][n % 4];
        builder.add_row(&[
            ("XYDTXXBT", &format!("{}{part}", TITLES[n / 4])),
            ("XYDTXXWBFWLJ", &format!("https://www.{DOMAIN}/news/2026/{:05}.html", 10_200 + n)),
            ("DTFBRQ", &day),
        ]);
    }
}

fn network(_: &School, builder: &mut TableBuilder) {
    for (d, day, weight) in busy_days() {
        let mut random = Random::of("network", d);
        builder.add_row(&[
            ("WLSYJLS", &(random.between(4200, 5200) * weight / 100)),
            ("WLSYLL", &(random.between(3_600_000, 4_800_000) * weight / 100)),
            ("WLGJSBCS", &random.between(40, 900)),
            ("WLDKSYSXSL", &tenths(random.between(9000, 16_000) * weight / 100)),
            ("WLDKSYXXSL", &tenths(random.between(42_000, 78_000) * weight / 100)),
            ("JLRQ", &day),
        ]);
    }
}

fn data_centre(school: &School, builder: &mut TableBuilder) {
    let days = days_until_yesterday(10).filter(|day| day.weekday().to_monday_one_offset() < 6);
    for (d, day) in days.enumerate() {
        for (k, (system, name, _, title, rows)) in collected_tables(school).iter().copied().enumerate() {
            let mut random = Random::of("gathered", d * 100 + k);
            let daily = rows > 1000;
            builder.add_row(&[
                ("SJKMC", &"school_data_center"),
                ("SJBMC", &name),
                ("SJBSM", &format!("{title}数据")),
                ("SJBGXPLM", &if daily { "5" } else { "4" }),
                ("XXHXTBH", &school.systems[system].number),
                ("SJLY", &school.systems[system].short),
                ("SJHJL", &(rows + if daily { d as i64 * (rows / 60) } else { 0 })),
                ("SJJKFWDYL", &random.between(2, 90)),
                ("SJBGXFSM", &"2"),
                ("SJBGXRQ", &day),
            ]);
        }
    }
}

fn mapping(school: &School, builder: &mut TableBuilder) {
    for (system, _, table, title, _) in collected_tables(school).iter().copied() {
        let system = &school.systems[system];
        builder.add_row(&[
            ("SJZLYWMC", &table),
            ("SJZLZWMC", &title),
            ("XXHXTBH", &system.number),
            ("XXHXTQC", &system.name),
        ]);
    }
}

fn integration(school: &School, builder: &mut TableBuilder) {
    for (n, system) in school.systems.iter().enumerate() {
        let mut random = Random::of("integration", n);
        builder.add_row(&[
            ("XXHXTBH", &system.number),
            ("XXHXTJC", &system.short),
            ("XXHXTQC", &system.name),
            ("JCFXM", &random.pick(&["2", "2", "3"])),
            ("JCBB", &format!("V{}.{}", random.between(1, 3), random.between(0, 6))),
            ("JCFSM", &if n % 6 == 5 { "2" } else { "1" }),
            ("JKXYM", &"2"),
            ("JKBB", &"V2.0"),
            ("RZFSM", &random.pick(&["1", "3", "3", "5"])),
            ("JCWCRQ", &random.school_day(date(2022, 3, 1), date(2026, 10, 30))),
        ]);
    }
}

/// 1,500 logins of the last two weeks, about a third of them by members of staff.
fn logins(school: &School, builder: &mut TableBuilder) {
    let present = school.present().count();
    for n in 0..1500 {
        let mut random = Random::of("login", n);
        let day = random.day(after(TERM_SO_FAR.1, -13), TERM_SO_FAR.1);
        let staff = random.chance(35);
        let person = &school.staff[random.below(school.staff.len())];
        let student = &school.students[random.below(present)];
        let (account, role, unit) = if staff {
            let role = match person.post {
                Post::Office if n % 12 == 0 => "管理员,教师",
                _ => "教师",
            };
            (&person.number, role, person.unit)
        } else {
            (&student.number, "学生", school.unit_of_student(student))
        };
        builder.add_row(&[
            ("DLZH", account),
            ("JS", &role),
            ("SZBMMC", &unit),
            ("DLSJ", &random.time(day, 7, 23)),
            (
                "DLIP",
                &format!("10.{}.{}.{}", if staff { 20 } else { 60 }, random.between(0, 31), random.between(2, 250)),
            ),
            ("ZHZTM", &if random.chance(99) { "1" } else { "2" }),
        ]);
    }
}
