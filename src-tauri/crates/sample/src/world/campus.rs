//! 校园: devices, clubs with their events, and the organisation of the party.

use jiff::civil::{Date, DateTime, date};

use super::majors::{COLLEGES, MAJORS};
use super::people::{Post, Staff, Student, general_teachers, of_office, teachers_of};
use super::places::{Lab, Room};
use crate::calendar::{SO_FAR, after};
use crate::dice::Dice;

/// 仪器设备.
#[derive(Debug, Clone)]
pub struct Device {
    /// 仪器号.
    pub number: String,
    /// Name and English name.
    pub name: (&'static str, &'static str),
    /// Model.
    pub model: &'static str,
    /// Maker.
    pub maker: &'static str,
    /// Country of the maker (numeric code).
    pub country: &'static str,
    /// Room.
    pub room: usize,
    /// Who answers for it: index of staff.
    pub keeper: usize,
    /// Day of purchase.
    pub bought: Date,
    /// Price in yuan.
    pub price: i64,
    /// What it can do.
    pub abilities: &'static str,
    /// What belongs to it.
    pub parts: &'static str,
    /// Code of GDXXGDZCFLYDM.
    pub class: &'static str,
    /// Whether it stands in a multimedia room and its hours are recorded.
    pub recorded: bool,
}

/// Name, English name, model, maker, price, abilities, parts.
type Ware = (&'static str, &'static str, &'static str, &'static str, i64, &'static str, &'static str);

const OF_ROOMS: [Ware; 3] = [
    ("智慧交互大屏", "Interactive flat panel", "SL-IFP86", "示例电子元件有限公司", 26800, "86英寸，4K分辨率，20点触控", "大屏主机、移动支架、书写笔"),
    ("录播主机", "Lecture recording host", "SL-REC400", "示例云创软件有限公司", 18500, "四路高清录制，支持直播推流", "录播主机、摄像机两台、拾音器"),
    ("多媒体中控", "Multimedia controller", "SL-CTRL2", "示例星网信息技术有限公司", 6200, "集中控制投影、音响、灯光和窗帘", "中控主机、控制面板"),
];
/// Three wares for each 院系.
const OF_LABS: [[Ware; 3]; 7] = [
    [
        ("教学用工作站", "Teaching workstation", "SL-WS7", "示例云创软件有限公司", 7800, "八核处理器，32GB内存，1TB固态硬盘", "主机、27英寸显示器、键盘鼠标"),
        ("三层交换机", "Layer 3 switch", "SL-SW5700", "示例星网信息技术有限公司", 12600, "48口千兆，4口万兆上联", "交换机、堆叠线缆、机架套件"),
        ("机架式服务器", "Rack server", "SL-R2U", "示例数联大数据服务有限公司", 46500, "双路处理器，256GB内存，双万兆网卡", "服务器、导轨、冗余电源"),
    ],
    [
        ("数控车床", "CNC lathe", "SL-CK6140", "示例数控机床有限公司", 168000, "最大回转直径400mm，主轴转速2000r/min", "机床、三爪卡盘、四工位刀架"),
        ("六轴工业机器人", "Six-axis industrial robot", "SL-R10", "示例机器人系统集成有限公司", 198000, "负载10kg，臂展1450mm，重复定位精度0.05mm", "本体、控制柜、示教器"),
        ("可编程控制器实训台", "PLC training bench", "SL-PLC12", "示例自动化工程有限公司", 23500, "含触摸屏和变频器，可完成12个实训项目", "实训台、控制器模块、触摸屏"),
    ],
    [
        ("整车故障诊断仪", "Vehicle diagnostic scanner", "SL-OBD9", "示例机动车检测有限公司", 15800, "支持读取故障码、数据流和动作测试", "主机、诊断接头、充电底座"),
        ("新能源汽车实训整车", "Electric vehicle for training", "SL-EV01", "示例新能源汽车有限公司", 156000, "续航410km，带断电保护和测量面板", "整车、测量面板、充电枪"),
        ("四轮定位仪", "Wheel aligner", "SL-3D5", "示例机动车检测有限公司", 68000, "三维影像测量，前束精度0.02度", "立柱、夹具四套、举升转角盘"),
    ],
    [
        ("财务共享沙盘", "Shared finance sandbox", "SL-FS30", "示例财税咨询有限公司", 32000, "支持30人分岗实训", "沙盘软件、教师机、票据套件"),
        ("直播设备套装", "Live streaming kit", "SL-LIVE3", "示例直播科技有限公司", 19800, "双机位高清直播，支持绿幕抠像", "摄像机两台、灯光、切换台"),
        ("自动化立体货架", "Automated storage rack", "SL-AS18", "示例智慧物流有限公司", 285000, "18列4层，配堆垛机和输送线", "货架、堆垛机、控制柜"),
    ],
    [
        ("彩色数码印刷机", "Digital press", "SL-DP650", "示例印艺包装有限公司", 128000, "每分钟65页，最大幅面330mm×660mm", "主机、装订单元、色彩管理软件"),
        ("图形工作站", "Graphics workstation", "SL-GW9", "示例云创软件有限公司", 13800, "16核处理器，专业图形显卡，64GB内存", "主机、校色显示器、数位板"),
        ("三维扫描仪", "3D scanner", "SL-3DS2", "示例智造装备股份有限公司", 56000, "扫描精度0.05mm，支持彩色纹理", "扫描仪、标定板、便携箱"),
    ],
    [
        ("全站仪", "Total station", "SL-TS02", "示例工程造价咨询有限公司", 38500, "测角精度2秒，无棱镜测程500m", "主机、三脚架、棱镜组"),
        ("混凝土压力试验机", "Concrete compression tester", "SL-YE2000", "示例建设集团有限公司", 42000, "最大试验力2000kN", "主机、油源、试件夹具"),
        ("建筑信息模型工作站", "BIM workstation", "SL-BIM7", "示例云创软件有限公司", 14600, "16核处理器，64GB内存", "主机、双显示器"),
    ],
    [
        ("高级心肺复苏模拟人", "CPR manikin", "SL-CPR500", "示例智造装备股份有限公司", 16800, "按压深度和频率实时反馈", "模拟人、显示屏、训练垫"),
        ("多参数监护仪", "Patient monitor", "SL-PM8", "示例电子元件有限公司", 21500, "心电、血氧、血压、体温四参数", "主机、血氧探头、血压袖带"),
        ("护理床", "Nursing bed", "SL-NB3", "示例颐养护理院", 5600, "三折电动，带护栏", "床体、床垫、餐板"),
    ],
];

/// Devices: three in each multimedia room, then eight in each training room.
pub fn devices(rooms: &[Room], labs: &[Lab]) -> Vec<Device> {
    let mut devices = Vec::new();
    for room in (0..rooms.len()).filter(|&room| rooms[room].kind == "1") {
        for ware in OF_ROOMS {
            let keeper = of_office("信息中心", devices.len() % 2 == 1);
            devices.push(device(devices.len(), ware, room, keeper, date(2018, 3, 1), true));
        }
    }
    for (n, lab) in labs.iter().enumerate() {
        let college = MAJORS[lab.major].college;
        let keeper = keeper_of(n, lab);
        for k in 0..8 {
            let ware = OF_LABS[college][(n + k) % 3];
            devices.push(device(devices.len(), ware, lab.room, keeper, lab.since, false));
        }
    }
    devices
}

/// The teacher who answers for a training room.
pub fn keeper_of(n: usize, lab: &Lab) -> usize {
    let teachers = teachers_of(MAJORS[lab.major].college);
    teachers.start + n * 5 % teachers.len()
}

fn device(n: usize, ware: Ware, room: usize, keeper: usize, from: Date, recorded: bool) -> Device {
    let (name, english, model, maker, price, abilities, parts) = ware;
    let mut dice = Dice::of("device", n);
    Device {
        number: format!("YQ{:06}", n + 1),
        name: (name, english),
        model,
        maker,
        country: if price > 100_000 && dice.chance(15) { "276" } else { "156" },
        room,
        keeper,
        bought: dice.school_day(after(from, 10), date(2025, 12, 20).max(after(from, 200)).min(SO_FAR.1)),
        price: price + dice.between(-5, 5) * (price / 200),
        abilities,
        parts,
        class: if price > 40_000 { "3" } else { "2" },
        recorded,
    }
}

/// 社团.
#[derive(Debug, Clone)]
pub struct Club {
    /// 社团编号.
    pub number: String,
    /// Name.
    pub name: &'static str,
    /// Code of STLXDM.
    pub kind: &'static str,
    /// Code of STHDLXDM of its events.
    pub events: &'static str,
    /// Foundation.
    pub since: Date,
    /// Teacher who guides it: index of staff.
    pub guide: usize,
    /// Members, the head first: index of student, day of joining.
    pub members: Vec<(usize, Date)>,
}

const CLUBS: [(&str, &str, &str); 16] = [
    ("软件创新社", "1", "2"),
    ("机器人爱好者协会", "1", "2"),
    ("新能源汽车研习社", "1", "2"),
    ("青年马克思主义研习社", "2", "3"),
    ("红色讲解员社团", "2", "3"),
    ("青年志愿者协会", "3", "1"),
    ("爱心助老社", "3", "1"),
    ("创业实践社", "4", "9"),
    ("电商创客社", "4", "9"),
    ("篮球社", "5", "4"),
    ("羽毛球社", "5", "4"),
    ("长跑协会", "5", "4"),
    ("汉服文化社", "6", "4"),
    ("书法社", "6", "4"),
    ("吉他社", "6", "4"),
    ("摄影社", "9", "4"),
];

/// Clubs with members from the first and second year.
pub fn clubs(students: &[Student]) -> Vec<Club> {
    let young: Vec<usize> = (0..students.len()).filter(|&s| students[s].year >= 2025).collect();
    let club = |(n, (name, kind, events)): (usize, (&'static str, &'static str, &'static str))| {
        let mut dice = Dice::of("club", n);
        let since = date(2012 + dice.below(11) as i16, 10, 1 + dice.below(28) as i8);
        let first = dice.below(young.len());
        let mut members: Vec<(usize, Date)> = (0..24 + dice.below(14))
            .map(|k| {
                let student = young[(first + k * 17) % young.len()];
                let year = students[student].year;
                (student, dice.day(date(year, 9, 20), date(year, 10, 30)))
            })
            .collect();
        members.sort_by_key(|&(student, day)| (students[student].year, day));
        let guide = if kind == "1" { teachers_of(n % 3).start + n } else { general_teachers(usize::from(kind == "2")).start + n % 10 };
        Club { number: format!("ST{:03}", n + 1), name, kind, events, since, guide, members }
    };
    CLUBS.into_iter().enumerate().map(club).collect()
}

/// 社团活动.
#[derive(Debug, Clone)]
pub struct Event {
    /// 活动编号.
    pub number: String,
    /// Name.
    pub name: String,
    /// Club.
    pub club: usize,
    /// Announced.
    pub announced: DateTime,
    /// Begin and end.
    pub begin: DateTime,
    /// End.
    pub end: DateTime,
    /// Code of STHDJBDM.
    pub level: &'static str,
    /// Most people who may sign up; none: no limit.
    pub limit: Option<usize>,
    /// Students who came.
    pub guests: Vec<usize>,
    /// Signed up and did not come.
    pub missing: usize,
}

/// Three events of each club in this term.
pub fn events(clubs: &[Club]) -> Vec<Event> {
    const THEMES: [[&str; 3]; 6] = [
        ["新生见面会", "技术分享沙龙", "作品展示日"],
        ["读书分享会", "微宣讲比赛", "红色场馆参观"],
        ["校园清洁行动", "敬老院慰问", "图书整理志愿服务"],
        ["创业故事分享", "项目路演", "校园集市"],
        ["新生杯友谊赛", "基础训练营", "院系对抗赛"],
        ["迎新展演", "技艺体验课", "主题作品展"],
    ];
    let mut events = Vec::new();
    for (c, club) in clubs.iter().enumerate() {
        let theme = club.kind.parse::<usize>().map_or(5, |kind| kind.min(6) - 1);
        for (k, name) in THEMES[theme].into_iter().enumerate() {
            let mut dice = Dice::of("event", c * 3 + k);
            let day = dice.school_day(after(SO_FAR.0, 21 + k as i64 * 18), after(SO_FAR.0, 36 + k as i64 * 18));
            let hour = dice.pick(&[15, 16, 18]);
            let begin = day.at(hour, 0, 0, 0);
            let take = club.members.len() / 2 + dice.below(club.members.len() / 3);
            let guests: Vec<usize> = club.members.iter().skip(k).map(|(student, _)| *student).take(take).collect();
            events.push(Event {
                number: format!("HD2026{:04}", events.len() + 1),
                name: format!("{}{name}", club.name),
                club: c,
                announced: dice.time(after(day, -dice.between(5, 9)), 9, 17),
                begin,
                end: day.at(hour + 2, if k == 1 { 30 } else { 0 }, 0, 0),
                level: if k == 2 { "1" } else { "2" },
                limit: dice.chance(70).then_some(guests.len() + 5 + dice.below(10)),
                missing: dice.below(4),
                guests,
            });
        }
    }
    events
}

/// 党组织. The committee has branches of 院系 and offices below it, each with two cells.
#[derive(Debug, Clone)]
pub struct Organ {
    /// 党组织编号.
    pub number: String,
    /// Name.
    pub name: String,
    /// Code of DZZLXDM.
    pub kind: &'static str,
    /// The organ above it: index.
    pub above: Option<usize>,
    /// Who leads it: index of staff.
    pub leader: usize,
    /// Codes of DNLDRYZWDM.
    pub duties: &'static [&'static str],
    /// Members, those of the organs below included.
    pub members: i64,
}

/// All organs: the committee, then each general branch followed by its cells.
pub fn organs(staff: &[Staff]) -> Vec<Organ> {
    let committee = "中共示例职业技术学院委员会";
    let mut organs = vec![Organ {
        number: "DW01".to_owned(),
        name: committee.to_owned(),
        kind: "1",
        above: None,
        leader: of_office("学校办公室", false),
        duties: &["1"],
        members: 0,
    }];
    let party = |unit: &str| staff.iter().filter(|person| person.unit == unit && person.party).count() as i64;
    let mut branch = |name: &str, leader: usize, cells: [(String, usize, i64); 2]| {
        let at = organs.len();
        let members = cells[0].2 + cells[1].2;
        let number = format!("ZZ{:02}", at / 3 + 1);
        for (k, (cell, leader, members)) in cells.into_iter().enumerate() {
            let duties: &[&str] = if k == 0 { &["1", "3"] } else { &["1"] };
            let number = format!("{}{:02}", number.replace("ZZ", "ZB"), k + 1);
            let name = format!("{name}{cell}党支部");
            organs.push(Organ { number, name, kind: "3", above: Some(at), leader, duties, members });
        }
        let name = format!("{name}党总支");
        organs.insert(at, Organ { number, name, kind: "2", above: Some(0), leader, duties: &["1"], members });
        organs[0].members += members;
    };
    for (college, name) in COLLEGES.into_iter().enumerate() {
        let leader = teachers_of(college).start;
        let pupils = 5 + Dice::of("party students", college).between(0, 6);
        branch(name, leader, [("教工".to_owned(), leader + 1, party(name)), ("学生".to_owned(), leader + 2, pupils)]);
    }
    let (general, marx) = (general_teachers(0).start, general_teachers(1).start);
    branch(
        "公共教学",
        general,
        [
            ("基础部".to_owned(), general + 1, party("公共基础教学部")),
            ("马克思主义学院".to_owned(), marx, party("马克思主义学院")),
        ],
    );
    let office = |post: Post| staff.iter().filter(|person| person.post == post && person.party).count() as i64;
    let (first, second) = (of_office("党委组织部", false), of_office("学生工作处", false));
    let students_affairs = office(Post::Counsellor);
    let others = office(Post::Office) + office(Post::Worker);
    branch("机关", first, [("管理部门".to_owned(), first, others), ("学生工作".to_owned(), second, students_affairs)]);
    organs
}
