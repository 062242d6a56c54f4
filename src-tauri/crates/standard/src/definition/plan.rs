//! The sheets and columns of a definition workbook: their names, what they are for, and their drop-downs.

use super::words;

/// A sheet of the workbook.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    /// Name of the sheet.
    pub name: &'static str,
    /// Whether a workbook must have it.
    pub need: bool,
    /// Columns from left to right.
    pub columns: &'static [Column],
}

/// A column of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading in Chinese, as the workbook shows it.
    pub heading: &'static str,
    /// Whether the column must be there.
    pub need: bool,
    /// Width in characters.
    pub width: u8,
    /// What a drop-down offers.
    pub offers: Offers,
    /// A note on what to enter.
    pub note: &'static str,
}

/// What a drop-down offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offers {
    /// No drop-down: any text.
    Nothing,
    /// Names of edition facts.
    Facts,
    /// Words for how often a table is reported.
    Frequencies,
    /// Words for how much time a record covers.
    Periods,
    /// 是, 否.
    YesNo,
    /// How a table names related ones.
    Relations,
    /// When the period enters a record key.
    KeyPeriods,
    /// How equal records become one.
    Merges,
    /// Printed letters.
    Letters,
    /// Kinds of values.
    Kinds,
    /// The sensitivity of a field.
    Sensitivities,
    /// Levels of rules.
    Levels,
    /// The kinds of rows of a crosswalk.
    Crossings,
}

impl Offers {
    /// The words, in order.
    pub fn words(self) -> Vec<&'static str> {
        fn of<T>(words: &words::Words<T>) -> Vec<&'static str> {
            words.iter().map(|(word, _)| *word).collect()
        }
        match self {
            Offers::Nothing => Vec::new(),
            Offers::Facts => FACTS.to_vec(),
            Offers::Frequencies => of(words::FREQUENCIES),
            Offers::Periods => of(words::PERIODS),
            Offers::YesNo => of(words::YES_NO),
            Offers::Relations => of(words::RELATIONS),
            Offers::KeyPeriods => of(words::KEY_PERIODS),
            Offers::Merges => of(words::MERGES),
            Offers::Letters => of(words::LETTERS),
            Offers::Kinds => of(words::KINDS),
            Offers::Sensitivities => of(words::SENSITIVITIES),
            Offers::Levels => of(words::LEVELS),
            Offers::Crossings => of(words::CROSSINGS),
        }
    }
}

/// Names of the facts of an edition; the last four may stand several times.
pub(super) const FACTS: [&str; 11] =
    [ID, SCHOOL, TITLE, PRINTED_VERSION, REVISION, ISSUED, TEMPLATES_ORIGIN, ISSUER, SUBSET, CLASS, SUBCLASS];
pub(super) const ID: &str = "版本标识";
pub(super) const SCHOOL: &str = "学校层次";
pub(super) const TITLE: &str = "标准名称";
pub(super) const PRINTED_VERSION: &str = "版本号";
pub(super) const REVISION: &str = "修订号";
pub(super) const ISSUED: &str = "发布年月";
pub(super) const TEMPLATES_ORIGIN: &str = "导入模板来源";
pub(super) const ISSUER: &str = "发布单位";
pub(super) const SUBSET: &str = "数据子集";
pub(super) const CLASS: &str = "数据类";
pub(super) const SUBCLASS: &str = "数据子类";

/// A column that must be there.
const fn must(heading: &'static str, width: u8, note: &'static str) -> Column {
    Column { heading, need: true, width, offers: Offers::Nothing, note }
}

/// A column that may be missing.
const fn may(heading: &'static str, width: u8, note: &'static str) -> Column {
    Column { heading, need: false, width, offers: Offers::Nothing, note }
}

/// The same with a drop-down.
const fn offering(column: Column, offers: Offers) -> Column {
    Column { offers, ..column }
}

pub(super) static EDITION: Plan = Plan {
    name: "版本",
    need: true,
    columns: &[
        offering(must("项目", 14, "这一行说的是什么。发布单位、数据子集、数据类、数据子类可以有多行。"), Offers::Facts),
        may("代码", 22, "数据子集、数据类、数据子类的代码。"),
        must(
            "内容",
            50,
            "版本标识只用小写字母、数字、点和连字符，例如 gaozhi-2024.09-lan；发布年月写成 2024-09；修订号写成 1.0.0。",
        ),
        may("所属", 18, "数据类所属的数据子集的代码，数据子类所属的数据类的代码。"),
    ],
};

pub(super) static TABLES: Plan = Plan {
    name: "数据表",
    need: true,
    columns: &[
        must("表名", 24, "物理表名：大写字母、数字、下划线，不以 X_ 开头。行的先后就是数据表的先后。"),
        must("标题", 34, "数据表的中文名称。"),
        must("数据子集", 12, "“版本”里数据子集的代码。"),
        must("数据类", 14, "“版本”里数据类的代码。"),
        must("数据子类", 16, "“版本”里数据子类的代码。"),
        may("来源系统", 20, "数据来自哪个系统。"),
        may("责任部门", 16, "默认的责任部门，学校可以改。"),
        offering(must("报送频率", 16, "多久报一次。"), Offers::Frequencies),
        may("频率原文", 14, "标准里印的频率。"),
        may("数据范围", 20, "标准里印的数据范围，例如 本学年秋季学期、全量数据。"),
        offering(must("按采集期", 10, "一条记录说多长时间的事。"), Offers::Periods),
        may("业务日期", 14, "事情发生（或开始）的日期，列名。"),
        may("业务结束", 14, "事情结束的日期，列名。"),
        offering(may("未结束", 8, "业务结束空着，是不是表示还没有结束。"), Offers::YesNo),
        offering(may("关联说明", 10, "标准里有没有列出关联的表；空着就是未说明。"), Offers::Relations),
        may("关联表", 26, "关联的表名，用顿号隔开。"),
        may("自然主键", 26, "在现实中区分两条记录的列名，用顿号隔开；空着就是整条记录。"),
        may("自然主键的理由", 30, "为什么是这几列。"),
        offering(may("主键含采集期", 14, "主键里含不含采集期；空着就由自然主键里的日期决定。"), Offers::KeyPeriods),
        may("主键不含采集期的理由", 30, "自然主键里没有日期，主键仍不含采集期时的理由。"),
        may("可重复的理由", 30, "为什么两条真实记录的自然主键可以相同；空着就是不可以。"),
        offering(may("合并方法", 12, "自然主键相同的几行怎样合成一行。"), Offers::Merges),
        may("疑问", 30, "标准里的印误或没说清的地方。"),
        may("关联疑问", 30, "关联说明里的印误或没说清的地方。"),
    ],
};

pub(super) static FIELDS: Plan = Plan {
    name: "数据项",
    need: true,
    columns: &[
        must("表名", 22, "“数据表”里的表名。行的先后就是数据项的先后。"),
        must("列名", 16, "大写字母、数字、下划线，不以 X_ 开头。每张表都要有 ZJSJWYXBS、XXDM、SJCJSJ。"),
        must("标题", 20, "数据项的中文名称，在一张表里不重复。"),
        may("数据项编号", 16, "标准给的编号。"),
        offering(must("印刷类型", 9, "C 字符、N 数值、M 金额、T 长文本。"), Offers::Letters),
        offering(must("类型", 10, "值的类型。"), Offers::Kinds),
        may("长度", 7, "最多几个字符。"),
        may("总位数", 7, "小数的总位数。"),
        may("小数位", 7, "小数点后的位数。"),
        offering(must("必填", 6, "标准里是不是必填（M）。"), Offers::YesNo),
        may("代码集", 18, "代码、多个代码类的数据项用哪个代码集：“代码集”里的标识，或国家标准代码集的标识。"),
        may("分隔符", 8, "一格里有多个值时的分隔符；看不见的写成 空格、换行、制表符。"),
        may("格式", 18, "标准里印的格式，例如 YYYYMMDD。"),
        may("正则", 18, "值要符合的正则表达式，以 ^ 开头。"),
        may("单位", 8, "计量单位。"),
        may("示例", 18, "标准里印的示例。"),
        may("必填条件列", 14, "同一张表里决定要不要填的那一列。"),
        may("必填条件代码", 14, "那一列是哪些代码时必填，每行一个。"),
        may("必填条件说明", 26, "用文字说的条件。"),
        may("取值条件列", 14, "同一张表里决定填什么的那一列。"),
        may("取值条件代码", 14, "那一列是哪些代码时，每行一个。"),
        may("条件取值", 12, "那时规定填的值。"),
        may("可选值", 18, "标准里只列了值、没有代码时，每行一个值。"),
        may("最多项数", 9, "一格里最多几个值。"),
        may("字数上限", 9, "说明里印的、比长度更严的字数。"),
        offering(
            may("敏感程度", 9, "无、个人（识别或描述个人）、特殊（健康、资助、证件号码等）。"),
            Offers::Sensitivities,
        ),
        may("引用", 26, "键值在哪里：表名.列名，多处用顿号隔开。"),
        may("引用依据", 26, "为什么这样认为。"),
        may("说明", 40, "给填报人员的说明。"),
        may("疑问", 30, "标准里的印误或没说清的地方。"),
        may("别名", 18, "导入时也认的列标题，每行一个。"),
    ],
};

pub(super) static LISTS: Plan = Plan {
    name: "代码集",
    need: true,
    columns: &[
        must("代码集", 20, "代码集的标识：字母、数字、下划线，以字母开头。行的先后就是代码集的先后。"),
        must("标题", 30, "代码集的中文名称。"),
        may("来源关系", 10, "例如 引用、参照。"),
        may("来源标准", 26, "来自哪个标准，例如 GB/T 4754。"),
        may("来源代码集", 30, "来自那个标准的哪个代码集。"),
        may("来源版本", 20, "那个标准的版本。"),
        offering(may("完整", 7, "标准里是不是列全了；空着就是列全了。"), Offers::YesNo),
        may("疑问", 40, "标准里的印误或没说清的地方。"),
    ],
};

pub(super) static CODES: Plan = Plan {
    name: "代码",
    need: true,
    columns: &[
        must("代码集", 20, "“代码集”里的标识。"),
        must("代码", 14, "前面的零不能少，所以这一列是文本格式。"),
        must("名称", 34, "代码的名称。"),
        may("上级代码", 14, "同一个代码集里的上一级代码。"),
        may("说明", 40, "标准里的说明。"),
    ],
};

pub(super) static RULES: Plan = Plan {
    name: "规则",
    need: false,
    columns: &[
        must("规则标识", 34, "表名.小写英文，例如 ODS_SXJCSJ.end-not-before-start。"),
        offering(must("级别", 8, "强制：不可能是对的；核实：不大可能是对的；提示：提个醒。"), Offers::Levels),
        must("表名", 22, "“数据表”里的表名。"),
        must("列名", 26, "规则用到的列，用顿号隔开；问题标在第一列，除非规则指明另一列。"),
        may("判断式", 50, "对一条记录的 SQL 判断式，不成立就是有问题。判断式、分项判断式和查询填一个。"),
        may("查询", 50, "查出有问题的记录的 SELECT，第一列是 _row；有问题的列可由 _column 指明。"),
        must("提示", 50, "给填报人员的话；{value} 是有问题的列的值，{title} 是它的名称，{列名:name} 是代码和名称。"),
        must("理由", 50, "为什么要检查。"),
        may("依据", 30, "标准自己这样说时，写在哪里。"),
        must("通过示例", 50, "没有问题的记录，每行一例（JSON）。"),
        must("不通过示例", 50, "有问题的记录，每行一例（JSON）。"),
        may(
            "分项判断式",
            50,
            "对一条记录的几个判断式，每行一个 JSON：column 是有问题的列，expect 是判断式，message 是这一项的提示（可不写）。",
        ),
    ],
};

pub(super) static TEMPLATES: Plan = Plan {
    name: "导入模板",
    need: false,
    columns: &[
        must("文件", 36, "流传的导入模板的文件名。每行是模板的一列，先后就是列的先后。"),
        must("工作表", 26, "有记录的那张工作表。"),
        must("表名", 24, "“数据表”里的表名。"),
        must("列标题", 26, "模板里的列标题，带 * 的必填。"),
        must("列名", 16, "对应的列名。"),
        may("多出的名称", 30, "下拉列表里有、代码集里没有的名称，每行一个；能确定是哪个代码时写成 名称 => 代码。"),
        may("缺少的名称", 30, "代码集里有、下拉列表里没有的名称，每行一个。"),
    ],
};

pub(super) static CROSSWALKS: Plan = Plan {
    name: "版本衔接",
    need: false,
    columns: &[
        must("旧版本", 18, "从哪个版本来。"),
        offering(must("类别", 12, "这一行说的是什么。"), Offers::Crossings),
        may("旧表", 22, "旧版本的表名。"),
        may("旧列", 14, "旧版本的列名。"),
        may("新表", 22, "这个版本的表名。"),
        may("新列", 14, "这个版本的列名。"),
        may("代码集", 16, "两个版本都有的代码集。"),
        may("旧代码", 10, "旧版本的代码。"),
        may("新代码", 10, "这个版本的代码；固定值写在这里。"),
        may("方式", 12, "数据表：替换、合并、取消、分出；移走的列：原有记录、新记录、已有；数据项：保留、手工。"),
        may("对照列", 20, "靠哪些列找到那条记录，用顿号隔开。"),
        offering(may("是否判断", 9, "是我们的判断，不是标准印的。"), Offers::YesNo),
        may("说明", 50, "给填报人员的说明。"),
    ],
};

/// All sheets in their order.
pub static ALL: [&Plan; 8] = [&EDITION, &TABLES, &FIELDS, &LISTS, &CODES, &RULES, &TEMPLATES, &CROSSWALKS];

/// Name of the sheet with the guide, which is not read back.
pub const GUIDE: &str = "说明";

/// The text of the guide, line by line.
pub const GUIDE_LINES: &[&str] = &[
    "标准定义工作簿",
    "用它写一个新的标准版本：先从已有的版本导出一份，改动以后再装入程序。",
    "“版本”写明版本标识（不能和程序自带的版本相同）、名称、数据子集、数据类和数据子类。",
    "“数据表”一行一张表，“数据项”一行一个数据项，“代码集”一行一个代码集，“代码”一行一个代码，“规则”一行一条规则；“规则”“导入模板”“版本衔接”可以没有。",
    "带 * 的列必须有。鼠标停在列标题上可以看到这一列填什么。列可以换位置，不可以改名；不要加别的列和工作表。",
    "所有单元格都是文本格式，代码前面的零不会丢。一格里有多个代码、值或别名时每行一个（Alt+Enter），有多个表名、列名时用顿号隔开。",
    "装入前程序会检查整本工作簿；有一处不对就什么也不装入，并说明在哪张工作表、哪一行、哪一列。",
    "装入的版本不影响用别的版本建的填报册。",
];
