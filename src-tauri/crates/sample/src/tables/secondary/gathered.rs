//! What the data centre of the secondary school gathers.

use super::super::services::Gathered;

/// Tables of the data centre; the standard leaves ten characters for their names.
pub const GATHERED: [Gathered; 22] = [
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
