//! The tables that the data centre of the school collects from its information systems.

use crate::school::School;

/// A collected table: index of the system in [`School::systems`], name of the table in the system's database, physical
/// name of the table of the standard, its Chinese title, number of its rows.
pub type CollectedTable = (usize, &'static str, &'static str, &'static str, i64);

/// The collected tables of this school.
pub fn collected_tables(school: &School) -> &'static [CollectedTable] {
    if school.kind.secondary { &OF_SECONDARY_SCHOOL } else { &OF_COLLEGE }
}

const OF_COLLEGE: [CollectedTable; 26] = [
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

/// The standard for secondary schools limits names of database tables to ten characters.
const OF_SECONDARY_SCHOOL: [CollectedTable; 22] = [
    (0, "t_course", "ODS_ZZKCXXSJ", "课程信息", 164),
    (0, "t_lesson", "ODS_ZZPKSJ", "排课", 5200),
    (0, "t_choice", "ODS_ZZXSXKSJ", "学生选课", 1339),
    (0, "t_textbook", "ODS_ZZJCJBSJ", "教材基本", 148),
    (0, "t_base", "ODS_ZZXNSXJDSJ", "校内实训基地", 8),
    (0, "t_visit", "ODS_ZZXKSJ", "巡课", 260),
    (1, "t_mark", "ODS_ZZXSZHCJPJSJ", "综合成绩与评价", 1180),
    (1, "t_grant", "ODS_ZZJZDSQSJ", "奖助贷申请", 260),
    (1, "t_contest", "ODS_ZZXNXSSSHDSJ", "校内学生赛事活动", 23),
    (2, "t_training", "ODS_ZZJSJXXXSJ", "教师进修学习", 80),
    (2, "t_staff_kh", "ODS_ZZJSKHSJ", "教师考核", 160),
    (6, "t_spending", "ODS_ZZXSXFSJ", "学生消费", 225),
    (6, "t_card", "ODS_ZZYKTRZSJ", "一卡通认证", 525),
    (7, "t_login", "ODS_ZZTYYHRZDLSJ", "统一用户认证登录", 42_000),
    (9, "t_errand", "ODS_ZZZXSWBLSJ", "在线事务办理", 420),
    (10, "t_intern", "ODS_ZZSXJCSJ", "实习基础", 400),
    (10, "t_report", "ODS_ZZSXBGJLSJ", "实习报告记录", 6400),
    (11, "t_online", "ODS_ZZWLKCZXXXJLSJ", "网络课程在线学习记录", 9800),
    (14, "t_leaver", "ODS_ZZBYQXJYSJ", "毕业去向【就业】", 100),
    (15, "t_party", "ODS_ZZDZZQKJCSJ", "党组织建设", 10),
    (15, "t_moral", "ODS_ZZDYHDSJ", "德育活动", 36),
    (18, "t_safety", "ODS_ZZWLAQGLSJ", "网络安全管理", 75),
];
