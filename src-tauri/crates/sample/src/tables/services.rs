//! 信息服务数据子集.

use jiff::civil::date;

use super::{Plans, last_days, past_day};
use crate::calendar::{SO_FAR, TODAY, after};
use crate::dice::Dice;
use crate::sheet::{Sheet, hundredths, tenths};
use crate::world::World;
use crate::world::people::Post;
use crate::world::systems::DOMAIN;

pub const PLANS: Plans = &[
    ("ODS_XSXFSJ", spending),
    ("ODS_YKTRZSJ", card),
    ("ODS_ZXSWBLSJ", errands),
    ("ODS_XYDTXXSJ", news),
    ("ODS_WLAQGLSJ", network),
    ("ODS_XBSJZXSJJCQKSJ", data_centre),
    ("ODS_SJBZYXXXTYSGXSJ", mapping),
    ("ODS_XXHXTJCQKSJ", integration),
    ("ODS_TYYHRZDLSJ", logins),
];

/// Days since the beginning of the term, with a weight: fewer people on weekends and around the national day.
fn busy_days() -> impl Iterator<Item = (usize, jiff::civil::Date, i64)> {
    last_days(75).enumerate().map(|(d, day)| {
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

fn spending(_: &World, sheet: &mut Sheet) {
    for (d, day, weight) in busy_days() {
        for (k, (kind, visits, price)) in [("1", 2000, 1150), ("2", 420, 1680), ("3", 60, 320)].into_iter().enumerate()
        {
            let mut dice = Dice::of("spending", d * 3 + k);
            let count = visits * weight / 100 * dice.between(90, 108) / 100;
            sheet.row(&[
                ("XFZE", &hundredths(count * (price + dice.between(-60, 60)))),
                ("XFRC", &count),
                ("XFLBM", &kind),
                ("XFRQ", &day),
            ]);
        }
    }
}

fn card(_: &World, sheet: &mut Sheet) {
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
            let count = visits * weight / 100 * Dice::of("card", d * 7 + k).between(88, 110) / 100;
            sheet.row(&[("CSLXM", &place), ("RZLXM", &way), ("RZRQ", &day), ("RZRC", &count)]);
        }
    }
}

fn errands(world: &World, sheet: &mut Sheet) {
    const ERRANDS: [(&str, &str, bool); 10] = [
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
    let present = world.present().count();
    for n in 0..420 {
        let mut dice = Dice::of("errand", n);
        let (name, kind, student) = ERRANDS[n % 10];
        let asked = {
            let day = past_day(&mut dice);
            dice.time(day, 8, 17)
        };
        let who = if student {
            &world.students[dice.below(present)].name
        } else {
            &world.staff[dice.below(world.staff.len())].name
        };
        let office_hours = dice.school_day(after(asked.date(), 1), after(asked.date(), 5));
        let done = dice.time(office_hours, 9, 17);
        let done = (done.date() < TODAY && !dice.chance(4)).then_some(done);
        if done.is_none() && sheet.requires("BLSJ") {
            continue;
        }
        sheet.row(&[
            ("BSSWMC", &name),
            ("BSSWLXM", &kind),
            ("RYLXM", &if student { "2" } else { "1" }),
            ("SQSJ", &asked),
            ("SWBLR", who),
            ("BLSJ", &done),
        ]);
    }
}

fn news(_: &World, sheet: &mut Sheet) {
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
        let mut dice = Dice::of("news", n);
        let day =
            dice.school_day(after(SO_FAR.0, n as i64 / 4 * 6), after(SO_FAR.0, n as i64 / 4 * 6 + 8)).min(SO_FAR.1);
        let part = ["", "（图片新闻）", "（侧记）", "（综述）"][n % 4];
        sheet.row(&[
            ("XYDTXXBT", &format!("{}{part}", TITLES[n / 4])),
            ("XYDTXXWBFWLJ", &format!("https://www.{DOMAIN}/news/2026/{:05}.html", 10_200 + n)),
            ("DTFBRQ", &day),
        ]);
    }
}

fn network(_: &World, sheet: &mut Sheet) {
    for (d, day, weight) in busy_days() {
        let mut dice = Dice::of("network", d);
        sheet.row(&[
            ("WLSYJLS", &(dice.between(4200, 5200) * weight / 100)),
            ("WLSYLL", &(dice.between(3_600_000, 4_800_000) * weight / 100)),
            ("WLGJSBCS", &dice.between(40, 900)),
            ("WLDKSYSXSL", &tenths(dice.between(9000, 16_000) * weight / 100)),
            ("WLDKSYXXSL", &tenths(dice.between(42_000, 78_000) * weight / 100)),
            ("JLRQ", &day),
        ]);
    }
}

/// Tables of the data centre: system, table in the data base, table of the standard, its title, rows.
pub type Gathered = (usize, &'static str, &'static str, &'static str, i64);

const GATHERED: [Gathered; 26] = [
    (0, "t_jw_course", "ODS_KCJBSJ", "课程基本", 164),
    (0, "t_jw_plan_course", "ODS_PYFAKCSJ", "培养方案课程设置", 344),
    (0, "t_jw_lesson", "ODS_PKSJ", "排课", 5200),
    (0, "t_jw_choice", "ODS_XSXKSJ", "学生选课", 1339),
    (0, "t_jw_major", "ODS_ZYSZSJ", "专业设置", 16),
    (0, "t_jw_classroom", "ODS_JSJBSJ", "教室基本", 80),
    (0, "t_jw_textbook", "ODS_JCJBSJ", "教材基本", 148),
    (1, "t_xg_aid", "ODS_PKSRDSJ", "贫困生认定", 155),
    (1, "t_xg_grant", "ODS_JZDSQSJ", "奖助贷申请", 260),
    (1, "t_xg_leave", "ODS_XSQJSJ", "学生请假", 207),
    (1, "t_xg_dormitory", "ODS_XSZSCQSJ", "学生住宿查寝", 38_000),
    (2, "t_rs_training", "ODS_XXJXSJ", "学习进修", 80),
    (2, "t_rs_appraisal", "ODS_JSKHSJ", "教师考核", 160),
    (3, "t_ky_project", "ODS_KYXMJBSJ", "科研项目基本", 64),
    (3, "t_ky_paper", "ODS_LWFBSJ", "论文发表", 96),
    (4, "t_zc_device", "ODS_YQSBJBSJ", "仪器设备基本", 376),
    (5, "t_lib_book", "ODS_TSJBSJ", "图书基本", 798),
    (5, "t_lib_loan", "ODS_TSJYSJ", "图书借阅", 800),
    (6, "t_card_spending", "ODS_XSXFSJ", "学生消费", 225),
    (10, "t_sx_internship", "ODS_SXJCSJ", "实习基础", 400),
    (10, "t_sx_report", "ODS_SXBGJLSJ", "实习报告记录", 6400),
    (11, "t_mooc_resource", "ODS_SZZYJBSJ", "数字资源基本", 296),
    (13, "t_vr_resource", "ODS_XNFZSZZYJBSJ", "虚拟仿真数字资源基本", 33),
    (14, "t_leave_graduate", "ODS_LXSXBLSJ", "离校手续办理", 309),
    (15, "t_dj_organ", "ODS_DZZQKJCSJ", "党组织情况基础", 28),
    (16, "t_xq_partner", "ODS_CXHZSJ", "产学合作", 70),
];

fn gathered(world: &World) -> &'static [Gathered] {
    if world.kind.secondary { &super::secondary::GATHERED } else { &GATHERED }
}

fn data_centre(world: &World, sheet: &mut Sheet) {
    let days = last_days(10).filter(|day| day.weekday().to_monday_one_offset() < 6);
    for (d, day) in days.enumerate() {
        for (k, (system, name, _, title, rows)) in gathered(world).iter().copied().enumerate() {
            let mut dice = Dice::of("gathered", d * 100 + k);
            let daily = rows > 1000;
            sheet.row(&[
                ("SJKMC", &"school_data_center"),
                ("SJBMC", &name),
                ("SJBSM", &format!("{title}数据")),
                ("SJBGXPLM", &if daily { "5" } else { "4" }),
                ("XXHXTBH", &world.systems[system].number),
                ("SJLY", &world.systems[system].short),
                ("SJHJL", &(rows + if daily { d as i64 * (rows / 60) } else { 0 })),
                ("SJJKFWDYL", &dice.between(2, 90)),
                ("SJBGXFSM", &"2"),
                ("SJBGXRQ", &day),
            ]);
        }
    }
}

fn mapping(world: &World, sheet: &mut Sheet) {
    for (system, _, table, title, _) in gathered(world).iter().copied() {
        let system = &world.systems[system];
        sheet.row(&[
            ("SJZLYWMC", &table),
            ("SJZLZWMC", &title),
            ("XXHXTBH", &system.number),
            ("XXHXTQC", &system.name),
        ]);
    }
}

fn integration(world: &World, sheet: &mut Sheet) {
    for (n, system) in world.systems.iter().enumerate() {
        let mut dice = Dice::of("integration", n);
        sheet.row(&[
            ("XXHXTBH", &system.number),
            ("XXHXTJC", &system.short),
            ("XXHXTQC", &system.name),
            ("JCFXM", &dice.pick(&["2", "2", "3"])),
            ("JCBB", &format!("V{}.{}", dice.between(1, 3), dice.between(0, 6))),
            ("JCFSM", &if n % 6 == 5 { "2" } else { "1" }),
            ("JKXYM", &"2"),
            ("JKBB", &"V2.0"),
            ("RZFSM", &dice.pick(&["1", "3", "3", "5"])),
            ("JCWCRQ", &dice.school_day(date(2022, 3, 1), date(2026, 10, 30))),
        ]);
    }
}

/// 1,500 logins of the last two weeks.
fn logins(world: &World, sheet: &mut Sheet) {
    let present = world.present().count();
    for n in 0..1500 {
        let mut dice = Dice::of("login", n);
        let day = dice.day(after(SO_FAR.1, -13), SO_FAR.1);
        let staff = dice.chance(35);
        let person = &world.staff[dice.below(world.staff.len())];
        let student = &world.students[dice.below(present)];
        let (account, role, unit) = if staff {
            let role = match person.post {
                Post::Office if n % 12 == 0 => "管理员,教师",
                _ => "教师",
            };
            (&person.number, role, person.unit)
        } else {
            (&student.number, "学生", world.college_of(student))
        };
        sheet.row(&[
            ("DLZH", account),
            ("JS", &role),
            ("SZBMMC", &unit),
            ("DLSJ", &dice.time(day, 7, 23)),
            ("DLIP", &format!("10.{}.{}.{}", if staff { 20 } else { 60 }, dice.between(0, 31), dice.between(2, 250))),
            ("ZHZTM", &if dice.chance(99) { "1" } else { "2" }),
        ]);
    }
}
