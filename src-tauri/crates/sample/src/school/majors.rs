//! 专业: the majors of the college. Codes and names are those of the national list of 2021; the rest is invented.

use jiff::civil::{Date, date};

/// A major with its courses.
#[derive(Debug, Clone, Copy)]
pub struct Major {
    /// Code of the national list, used as 专业号.
    pub code: &'static str,
    /// Name of the national list.
    pub name: &'static str,
    /// Short name of two characters, used in names of classes.
    pub short: &'static str,
    /// Index of its unit in the `units` of the kind of school.
    pub unit: usize,
    /// 专业群: index into [`GROUPS`].
    pub group: usize,
    /// Year in which it was approved; the first students came in September of that year.
    pub since: i16,
    /// For a 重点专业, its level as code of ZDZYJBDM and its kind as code of ZDZYLXDM.
    pub key: Option<(&'static str, &'static str)>,
    /// The internship of the students of the third year.
    pub internship: InternshipPeriod,
    /// Names of its courses: two basic, four core, two extension courses.
    pub courses: [&'static str; 8],
    /// Three 岗位 that its graduates take.
    pub posts: [&'static str; 3],
    /// Name of a contest that its courses prepare for.
    pub contest: &'static str,
    /// Name of a 1+X certificate that its students may take.
    pub certificate: &'static str,
    /// Names of its three 实训项目.
    pub projects: [&'static str; 3],
}

/// First day and duration of the internships of one major.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InternshipPeriod {
    /// First day.
    pub start: Date,
    /// Duration in whole weeks.
    pub weeks: i64,
}

pub(super) const SUMMER: InternshipPeriod = InternshipPeriod { start: date(2026, 6, 29), weeks: 20 };
pub(super) const LONG: InternshipPeriod = InternshipPeriod { start: date(2026, 7, 6), weeks: 24 };
pub(super) const AUTUMN: InternshipPeriod = InternshipPeriod { start: date(2026, 9, 7), weeks: 24 };
pub(super) const LATE: InternshipPeriod = InternshipPeriod { start: date(2026, 11, 2), weeks: 24 };

impl Major {
    /// The day on which the first students of the major entered.
    pub fn first_students(&self) -> Date {
        date(self.since, 9, 1)
    }
}

/// 专业群: number and name, in the order of [`Major::group`].
pub const GROUPS: [(&str, &str); 6] = [
    ("ZYQ01", "软件技术专业群"),
    ("ZYQ02", "机电一体化技术专业群"),
    ("ZYQ03", "新能源汽车技术专业群"),
    ("ZYQ04", "数字商贸专业群"),
    ("ZYQ05", "建筑与艺术设计专业群"),
    ("ZYQ06", "护理专业群"),
];

/// The majors of the college. rustfmt leaves them as they are, so that each list of courses stays on one line.
#[rustfmt::skip]
pub const MAJORS: [Major; 16] = [
    Major {
        code: "510203",
        name: "软件技术",
        short: "软件",
        unit: 0,
        group: 0,
        since: 2008,
        key: Some(("1", "3")),
        internship: AUTUMN,
        courses: ["程序设计基础", "数据库应用技术", "Java程序设计", "Web前端开发", "软件测试技术", "企业级应用开发", "移动应用开发", "敏捷项目实践"],
        posts: ["软件开发助理", "前端开发助理", "软件测试员"],
        contest: "应用软件系统开发",
        certificate: "Web应用开发",
        projects: ["学生信息管理系统开发", "响应式门户网站制作", "自动化测试脚本编写"],
    },
    Major {
        code: "510202",
        name: "计算机网络技术",
        short: "网络",
        unit: 0,
        group: 0,
        since: 2006,
        key: None,
        internship: AUTUMN,
        courses: ["计算机网络基础", "Linux操作系统", "路由与交换技术", "网络安全技术", "云计算平台运维", "无线网络组建", "网络自动化运维", "综合布线工程"],
        posts: ["网络运维员", "云平台运维员", "技术支持专员"],
        contest: "网络系统管理",
        certificate: "网络系统运维",
        projects: ["园区网络规划与搭建", "防火墙策略配置", "私有云平台部署"],
    },
    Major {
        code: "510205",
        name: "大数据技术",
        short: "数据",
        unit: 0,
        group: 0,
        since: 2024,
        key: None,
        internship: LATE,
        courses: ["Python程序设计", "数据结构", "数据采集与预处理", "数据仓库技术", "数据分析与挖掘", "数据可视化技术", "分布式计算框架", "行业数据分析案例"],
        posts: ["数据标注员", "数据分析助理", "数据运维员"],
        contest: "大数据应用开发",
        certificate: "数据应用开发与服务",
        projects: ["公开数据采集与清洗", "销售数据可视化看板", "离线数仓搭建"],
    },
    Major {
        code: "460301",
        name: "机电一体化技术",
        short: "机电",
        unit: 1,
        group: 1,
        since: 2004,
        key: Some(("2", "1")),
        internship: LONG,
        courses: ["机械制图", "电工电子技术", "可编程控制器应用", "液压与气动技术", "机电设备装调", "运动控制技术", "智能产线运维", "工业互联网应用"],
        posts: ["设备装调员", "产线运维员", "电气装配工"],
        contest: "机电一体化设备装调",
        certificate: "智能产线装调与运维",
        projects: ["自动分拣单元装调", "液压回路搭建与排故", "伺服定位系统调试"],
    },
    Major {
        code: "460103",
        name: "数控技术",
        short: "数控",
        unit: 1,
        group: 1,
        since: 2004,
        key: None,
        internship: SUMMER,
        courses: ["机械基础", "公差配合与测量技术", "数控编程与操作", "数控车削加工", "数控铣削加工", "计算机辅助制造", "多轴加工技术", "数控机床维护"],
        posts: ["数控操作员", "工艺编程助理", "质量检验员"],
        contest: "数控多轴加工技术",
        certificate: "数控车铣加工",
        projects: ["台阶轴车削加工", "型腔零件铣削加工", "五轴叶轮仿真加工"],
    },
    Major {
        code: "460305",
        name: "工业机器人技术",
        short: "机器",
        unit: 1,
        group: 1,
        since: 2016,
        key: None,
        internship: AUTUMN,
        courses: ["电气制图与识图", "传感器应用技术", "工业机器人编程", "机器人工作站集成", "机器视觉应用", "机器人离线仿真", "协作机器人应用", "数字孪生技术"],
        posts: ["机器人操作员", "机器人调试助理", "自动化售后专员"],
        contest: "机器人系统集成应用技术",
        certificate: "工业机器人操作与运维",
        projects: ["搬运工作站编程", "视觉分拣系统调试", "焊接机器人虚拟调试"],
    },
    Major {
        code: "500211",
        name: "汽车检测与维修技术",
        short: "汽检",
        unit: 2,
        group: 2,
        since: 2007,
        key: None,
        internship: LONG,
        courses: ["汽车构造", "汽车机械基础", "发动机检修", "底盘系统检修", "汽车电气检修", "汽车综合性能检测", "事故车查勘定损", "汽车维修业务接待"],
        posts: ["机电维修工", "服务顾问助理", "车辆检测员"],
        contest: "汽车故障检修",
        certificate: "汽车动力系统检测维修",
        projects: ["发动机拆装与检测", "四轮定位检测与调整", "车身电路故障诊断"],
    },
    Major {
        code: "460702",
        name: "新能源汽车技术",
        short: "新能",
        unit: 2,
        group: 2,
        since: 2019,
        key: Some(("2", "2")),
        internship: AUTUMN,
        courses: ["新能源汽车概论", "汽车电工电子", "动力电池检修", "驱动电机检修", "整车控制系统检修", "充电设施运维", "智能网联汽车技术", "新能源汽车营销"],
        posts: ["整车装配工", "电池检测员", "充电设施运维员"],
        contest: "新能源汽车检测与维修",
        certificate: "智能新能源汽车检测维修",
        projects: ["动力电池包均衡检测", "驱动电机拆装与测量", "高压安全断电操作"],
    },
    Major {
        code: "530302",
        name: "大数据与会计",
        short: "会计",
        unit: 3,
        group: 3,
        since: 2005,
        key: None,
        internship: AUTUMN,
        courses: ["会计基础", "经济法基础", "企业财务会计", "智能税务", "成本核算与管理", "业财一体信息化应用", "财务大数据分析", "审计实务"],
        posts: ["出纳员", "代账会计助理", "费用审核员"],
        contest: "业财税融合数据应用",
        certificate: "财务共享服务",
        projects: ["小微企业全盘账务处理", "增值税纳税申报", "经营数据分析报告"],
    },
    Major {
        code: "530701",
        name: "电子商务",
        short: "电商",
        unit: 3,
        group: 3,
        since: 2009,
        key: Some(("2", "3")),
        internship: SUMMER,
        courses: ["电子商务基础", "商品信息采编", "网店运营", "直播电商运营", "网络营销推广", "客户服务与管理", "跨境电商实务", "电商数据分析"],
        posts: ["运营助理", "直播策划助理", "客服专员"],
        contest: "电子商务技能",
        certificate: "直播电商",
        projects: ["网店开设与装修", "助农产品直播策划", "商品详情页制作"],
    },
    Major {
        code: "530802",
        name: "现代物流管理",
        short: "物流",
        unit: 3,
        group: 3,
        since: 2010,
        key: None,
        internship: LONG,
        courses: ["物流基础", "供应链管理基础", "仓储与配送管理", "运输组织与管理", "物流信息技术", "采购与库存控制", "智慧物流装备应用", "国际货运代理"],
        posts: ["仓储管理员", "调度员", "供应链专员"],
        contest: "智慧物流",
        certificate: "物流管理",
        projects: ["立体仓库出入库作业", "配送路线优化", "库存盘点与分析"],
    },
    Major {
        code: "550102",
        name: "视觉传达设计",
        short: "视传",
        unit: 4,
        group: 4,
        since: 2011,
        key: None,
        internship: LATE,
        courses: ["设计素描与色彩", "平面构成", "标志与字体设计", "版式与书籍设计", "包装设计", "品牌形象设计", "信息可视化设计", "界面设计"],
        posts: ["平面设计助理", "美工", "品牌策划助理"],
        contest: "艺术设计",
        certificate: "文创产品数字化设计",
        projects: ["校园文创标志设计", "农产品包装设计", "展览导视系统设计"],
    },
    Major {
        code: "550106",
        name: "环境艺术设计",
        short: "环艺",
        unit: 4,
        group: 4,
        since: 2011,
        key: None,
        internship: AUTUMN,
        courses: ["室内制图", "空间构成", "居住空间设计", "公共空间设计", "装饰材料与构造", "效果图表现技法", "软装设计", "景观设计基础"],
        posts: ["室内设计助理", "效果图绘图员", "软装设计助理"],
        contest: "环境艺术设计",
        certificate: "室内设计",
        projects: ["住宅空间方案设计", "装饰材料识别与排版", "三维效果图渲染"],
    },
    Major {
        code: "440301",
        name: "建筑工程技术",
        short: "建工",
        unit: 5,
        group: 4,
        since: 2008,
        key: None,
        internship: LONG,
        courses: ["建筑识图与构造", "建筑材料", "建筑施工技术", "建筑结构基础", "工程测量", "施工组织设计", "建筑信息模型应用", "装配式混凝土施工"],
        posts: ["施工员", "测量员", "资料员"],
        contest: "建筑工程识图",
        certificate: "建筑信息模型",
        projects: ["钢筋翻样与绑扎", "全站仪放样", "装配式构件吊装仿真"],
    },
    Major {
        code: "440501",
        name: "工程造价",
        short: "造价",
        unit: 5,
        group: 4,
        since: 2012,
        key: None,
        internship: LATE,
        courses: ["建筑制图", "工程经济基础", "建筑工程计量与计价", "安装工程计量与计价", "工程招投标与合同管理", "造价软件应用", "工程造价控制", "数字造价管理"],
        posts: ["造价员助理", "预算员", "招标代理专员"],
        contest: "建筑信息模型建模与应用",
        certificate: "工程造价数字化应用",
        projects: ["框架结构土建计量", "给排水工程计价", "招标文件编制"],
    },
    Major {
        code: "520201",
        name: "护理",
        short: "护理",
        unit: 6,
        group: 5,
        since: 2013,
        key: Some(("2", "4")),
        internship: LONG,
        courses: ["人体解剖学", "生理学", "基础护理技术", "内科护理", "外科护理", "急危重症护理", "老年护理", "社区护理"],
        posts: ["实习护士", "社区护理员", "养老护理员"],
        contest: "护理技能",
        certificate: "老年照护",
        projects: ["静脉输液操作", "心肺复苏操作", "无菌技术操作"],
    },
];
