//! The data of the secondary school 示例中等职业学校 that a college has differently. Its students are fifteen to eighteen
//! years old, and most of its graduates continue at a college.

use super::kind::{GeneralCourse, SampleCollege, SchoolKind, StudyChannel, UNITS};
use super::secondary_majors::MAJORS;

/// `Edition::level` of the editions for secondary schools.
pub const LEVEL: &str = "中职";

/// General courses: those that the national plans for secondary schools prescribe, among them Chinese, mathematics,
/// English and 思想政治.
const COURSES: [GeneralCourse; 12] = [
    ("语文", "2", 72, 12, 0, 1),
    ("数学", "3", 72, 0, 0, 1),
    ("英语", "4", 72, 16, 0, 1),
    ("中国特色社会主义", "1", 36, 6, 1, 1),
    ("体育与健康", "10", 36, 32, 0, 1),
    ("信息技术", "6", 54, 36, 0, 1),
    ("历史", "9", 36, 0, 1, 1),
    ("心理健康与职业生涯", "1", 36, 8, 1, 2),
    ("语文（职业模块）", "2", 54, 10, 0, 2),
    ("体育与健康（拓展模块）", "10", 36, 32, 0, 2),
    ("劳动教育", "5", 36, 28, 0, 2),
    ("艺术", "9", 36, 18, 0, 2),
];

/// The secondary school. Its units and majors are in the order of those of the college, so that companies, devices and
/// rooms, which both kinds of school share, suit them.
pub static SECONDARY: SchoolKind = SchoolKind {
    identity: SampleCollege {
        code: "3632099999",
        name: "示例中等职业学校",
        region: "320211",
        period: "2026-2027-1",
        term_end: "2027-01-15",
    },
    secondary: true,
    units: ["信息技术部", "智能制造部", "汽车工程部", "财经商贸部", "艺术设计部", "建筑工程部", "护理健康部"],
    unit: "专业部",
    general_units: ["文化基础部", "思政教研室"],
    offices: [
        "学校办公室",
        "党务办公室",
        "宣传科",
        "教务处",
        "学生处",
        "人事科",
        "教研室",
        "设备科",
        "财务科",
        "总务处",
        "招生就业处",
        "校企合作办公室",
        "对外交流办公室",
        "信息中心",
        "图书馆",
        "团委",
        "督导室",
    ],
    titles: ["助理讲师", "讲师", "高级讲师", "正高级讲师"],
    counsellor: "年级管理员",
    head: "主任",
    clerk: "干事",
    majors: MAJORS,
    general_courses: COURSES,
    electives: [
        "中华传统礼仪",
        "影视作品赏析",
        "趣味数学",
        "人工智能初步",
        "摄影入门",
        "急救常识与技能",
        "茶艺体验",
        "普通话与口才",
    ],
    clubs: [
        ("编程兴趣社", "1", "2"),
        ("机器人兴趣社", "1", "2"),
        ("汽车模型社", "1", "2"),
        ("时事学习社", "2", "3"),
        ("红色故事宣讲社", "2", "3"),
        ("学雷锋志愿服务社", "3", "1"),
        ("敬老爱老社", "3", "1"),
        ("校园小集市社", "4", "9"),
        ("电商实践社", "4", "9"),
        ("篮球社", "5", "4"),
        ("羽毛球社", "5", "4"),
        ("长跑社", "5", "4"),
        ("汉服文化社", "6", "4"),
        ("书法社", "6", "4"),
        ("吉他社", "6", "4"),
        ("摄影社", "9", "4"),
    ],
    contests: [
        ("校园歌手比赛", "4"),
        ("秋季田径运动会", "3"),
        ("新生篮球赛", "3"),
        ("中华经典诵读比赛", "4"),
        ("“文明风采”主题演讲比赛", "1"),
        ("劳动技能竞赛", "5"),
        ("小发明小制作比赛", "9"),
    ],
    trainings: [
        ("中职教师数字素养提升培训", "数字化教学能力"),
        ("课程思政教学设计研修班", "课程思政"),
        ("双师型教师专业技能培训", "专业实践技能"),
        ("新入职教师岗前培训", "教育教学基本规范"),
        ("班主任专业能力提升班", "班级管理与家校沟通"),
        ("项目式教学设计培训", "教学资源建设"),
        ("专业人才培养方案制订研修班", "专业建设"),
    ],
    studies: STUDIES,
    destination_thresholds: [34, 60, 61, 67],
    study_channels: [
        StudyChannel {
            code: "3",
            institutions: &["示例职业技术学院", "示例工程职业学院"],
            level: "1",
            points: (420, 680),
        },
        StudyChannel {
            code: "7",
            institutions: &["示例职业技术学院", "示例城市职业学院"],
            level: "1",
            points: (360, 560),
        },
    ],
    pay: (30, 48),
};

/// For each unit, the major of a college that its graduates study next.
const STUDIES: [&str; UNITS] =
    ["软件技术", "机电一体化技术", "新能源汽车技术", "电子商务", "视觉传达设计", "建筑工程技术", "护理"];
