//! The command line as the user types it. Scripts depend on names and meanings, so options may be added but not
//! changed.

mod audit;
mod center;
mod center_people;
mod copy;
mod due;
mod edition;
mod explain;
mod level;
mod mapping;
mod moving;
mod period;
mod quality;
mod robot;
mod schedule;
mod show;
mod source;
mod submit;
mod verify;
mod workbook;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

pub use audit::Audit;
pub use center::{Center, CenterCommand, RefuseArgument};
pub use center_people::{Accounts, Departments, Duties, People, Reviews, RoleArgument, Switch};
pub use copy::Copy;
pub use due::DueOptions;
pub use edition::Edition;
pub use explain::Explain;
pub use level::LevelArgument;
pub use mapping::Mapping;
pub use moving::Move;
pub use period::Period;
pub use quality::{GroupBy, Mend, Quality, Remedy};
pub use robot::Robot;
pub use schedule::Schedule;
pub use show::Show;
pub use source::Source;
pub use submit::Submit;
pub use verify::Verify;
pub use workbook::{Conflicts, Export, Import, Template};

use crate::words::Language;

/// Fill, check and submit the ministry's standard data sets.
#[derive(Debug, Parser)]
#[command(
    name = "tianbao",
    version,
    about = "填报、校验、上报职业院校数据（没有窗口的填报程序）",
    disable_help_subcommand = true
)]
pub struct Arguments {
    /// The draft book; default: the last one opened
    #[arg(help = "填报册文件；不写就用上次打开的那一本")]
    #[arg(long, global = true, value_name = "FILE")]
    pub book: Option<PathBuf>,
    /// One JSON document on stdout
    #[arg(help = "标准输出只写一份 JSON")]
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of messages
    #[arg(help = "文字的语言")]
    #[arg(long, global = true, default_value = "zh", value_parser = language())]
    pub lang: Language,
    /// The command with its own arguments
    #[command(subcommand)]
    pub command: Command,
}

/// Reads the value of `--lang`.
fn language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(["zh", "en"]).map(|word| if word == "en" { Language::En } else { Language::Zh })
}

/// A command with its arguments.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Installed editions
    #[command(about = "列出已安装的标准版本")]
    Editions,
    /// Fields of a table, or the rules of an edition
    #[command(about = "列出一张数据表的数据项，或者标准版本的规则")]
    Show(Show),
    /// Creates a book
    #[command(about = "建立填报册")]
    New(New),
    /// Writes a template
    #[command(about = "写出 Excel 填报模板")]
    Template(Template),
    /// Reads workbooks; changes the book only with --apply
    #[command(about = "读入工作簿；加 --apply 才会改动填报册")]
    Import(Import),
    /// What the headings of the college's own workbooks mean
    #[command(about = "表头对照：本校工作簿的表头各对应哪个数据项")]
    #[command(subcommand)]
    Mapping(Mapping),
    /// Saved sources: files, watched folders and queries on business systems
    #[command(about = "数据来源：保存好的文件、文件夹、业务系统的查询")]
    #[command(subcommand)]
    Source(Source),
    /// Reads rows
    #[command(about = "读出记录")]
    Rows {
        /// Table name
        #[arg(help = "数据表名")]
        table: String,
        /// Condition in SQL
        #[arg(help = "SQL 条件")]
        #[arg(long = "where", value_name = "SQL")]
        condition: Option<String>,
        /// Largest number of entries to print
        #[arg(help = "最多几条")]
        #[arg(long, default_value_t = 100)]
        limit: u64,
        /// Number of rows to skip
        #[arg(help = "从第几条开始")]
        #[arg(long, default_value_t = 0)]
        offset: u64,
    },
    /// One edit, as a clerk would
    #[command(about = "修改一条记录，或新增一条")]
    Set {
        /// Table name
        #[arg(help = "数据表名")]
        table: String,
        /// Row number, or `new`
        #[arg(help = "记录号，或 new")]
        row: String,
        /// Values to set, each as COLUMN=VALUE
        #[arg(help = "数据项=值")]
        #[arg(required = true, value_name = "COLUMN=VALUE")]
        cells: Vec<String>,
    },
    /// Checks and keeps the findings
    #[command(about = "校验，并保存发现的问题")]
    Check {
        /// Names of tables; default: all that have records
        #[arg(help = "数据表；不写就是所有有记录的表")]
        tables: Vec<String>,
        /// Print only this level
        #[arg(help = "只列出这一级的问题")]
        #[arg(long, value_enum)]
        level: Option<LevelArgument>,
        /// Puts the findings into groups
        #[arg(
            help = "归类：cause 原因，shared 相同内容，value 每种取值，rule 规则，import 导入，table 数据表，department 部门，level 级别"
        )]
        #[arg(long, value_enum)]
        by: Option<GroupBy>,
    },
    /// How good the data are by the indicators of GB/T 36344
    #[command(about = "数据质量：按 GB/T 36344 的六个维度、二十项指标计算，写出报告")]
    Quality(Quality),
    /// Corrects all cells of equal findings in one step
    #[command(about = "批量改正：同一规则的问题在一步里全部改正，可以撤销")]
    Mend(Mend),
    /// Gives the reason for a finding that needs no more; for equal records, that they are different ones
    #[command(about = "说明情况：一条核实的问题为什么是对的，或者几条记录是不同的记录")]
    Explain(Explain),
    /// Moves records to the period that their dates name
    #[command(about = "按日期把记录移到它所属的采集期")]
    Period(Period),
    /// This PC's clock against the best known time
    #[command(about = "这台电脑的时间和已知最准的时间")]
    Clock {
        /// Says that the clock of this PC is right
        #[arg(help = "确认这台电脑的时间是对的")]
        #[arg(long)]
        trust: bool,
    },
    /// Writes the records of tables to a file
    #[command(about = "导出记录")]
    Export(Export),
    /// Freezes and sends what changed since it was last accepted
    #[command(about = "上报入库以后有改动的记录")]
    Submit(Submit),
    /// Robots of group chats that are told numbers
    #[command(about = "群机器人：把每天的数字发到企业微信、钉钉、飞书")]
    #[command(subcommand)]
    Robot(Robot),
    /// Whether a file is what was sent, and whether a printed receipt is genuine
    #[command(about = "核对文件：导出的文件是不是上报的内容，回执单是不是真的")]
    Verify(Verify),
    /// What is submitted by itself, and when
    #[command(about = "定时上报：到点自动上报，通过检查的才发出")]
    #[command(subcommand)]
    Schedule(Schedule),
    /// Asks for results and files them
    #[command(about = "查询上报结果并存档")]
    Results {
        /// Largest number of seconds to wait
        #[arg(help = "最多等几秒")]
        #[arg(long, value_name = "SECONDS", default_value_t = 0)]
        wait: u32,
        #[arg(help = "不再等这个批次的结果，下次上报时重新发送")]
        #[arg(long, value_name = "BATCH")]
        give_up: Option<i64>,
        /// Compares all results of the last days with the receipts; changes nothing
        #[arg(help = "对账：把对方最近 35 天的所有结果和回执逐条核对，不改动")]
        #[arg(long, conflicts_with_all = ["wait", "give_up"])]
        reconcile: bool,
        /// Lists the last requests to the receiver instead, by default 50; asks nothing
        #[arg(help = "列出最近的通信记录（默认 50 条），不发出请求")]
        #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "50")]
        #[arg(conflicts_with_all = ["wait", "give_up", "reconcile"])]
        requests: Option<u64>,
        /// With --requests: only those that failed
        #[arg(help = "只列没有成功的")]
        #[arg(long, requires = "requests")]
        failed: bool,
    },
    /// Progress, findings and due days of all tables, as the home page shows them
    #[command(about = "各数据表的进度、问题和截止日期")]
    Status {
        /// Writes the summary of a day instead: its numbers, what is due, its batches (.html or .xlsx)
        #[arg(help = "另写成上报日报：当天的数、到期和逾期、批次（.html 或 .xlsx）")]
        #[arg(long, value_name = "FILE")]
        summary: Option<PathBuf>,
        /// Day of the summary, YYYY-MM-DD; default: today
        #[arg(help = "哪一天的日报，YYYY-MM-DD；不写就是今天")]
        #[arg(long, value_name = "DAY", requires = "summary")]
        day: Option<String>,
    },
    /// What is due: until when, overdue by how many days, ready, or blocked and why
    #[command(about = "应报的数据表：截止日、逾期天数、能否上报和原因")]
    Due(DueOptions),
    /// Undoes steps
    #[command(about = "撤销")]
    Undo {
        /// Number of steps to undo
        #[arg(help = "撤销几步")]
        #[arg(default_value_t = 1)]
        steps: u32,
    },
    /// The change log
    #[command(about = "改动记录")]
    History {
        /// Only this table
        #[arg(help = "只看这张数据表")]
        table: Option<String>,
        /// With a column: what became of this cell
        #[arg(help = "记录号；和数据项一起写，就看这一格的经过")]
        #[arg(requires = "column")]
        row: Option<i64>,
        /// Column of the cell
        #[arg(help = "数据项：谁改的、按哪次校验、哪个批次、对方怎么答复")]
        column: Option<String>,
        /// Largest number of entries to print
        #[arg(help = "最多几条")]
        #[arg(long, default_value_t = 50)]
        limit: u64,
        /// Number of steps to skip; the newest step comes first
        #[arg(help = "从第几步开始（新的在前）")]
        #[arg(long, default_value_t = 0)]
        offset: u64,
    },
    /// Starts a receiver of the protocol
    #[command(about = "启动一个接收端（校级中心或演练）")]
    Center(Center),
    /// Adds, lists and tests connections
    #[command(about = "管理上报连接")]
    #[command(subcommand)]
    Connection(Connection),
    /// Moves the book to another edition
    #[command(about = "把填报册迁移到新的标准版本，或退回")]
    Move(Move),
    /// Copies the book to a file, checked page by page
    #[command(about = "把填报册复制到 U 盘或别的地方，并逐页检查")]
    Copy(Copy),
    /// Who opened, exported, sent, restored
    #[command(about = "操作日志：谁在什么时候打开、导出、上报、恢复过")]
    Audit(Audit),
    /// Installs, removes, exports and signs editions
    #[command(about = "安装、移除标准版本，制作签名包")]
    #[command(subcommand)]
    Edition(Edition),
}

/// `tianbao new`.
#[derive(Debug, Args)]
pub struct New {
    /// Edition id
    #[arg(help = "标准版本")]
    #[arg(long)]
    pub edition: String,
    /// 10-digit school code
    #[arg(help = "10 位学校代码")]
    #[arg(long, value_name = "CODE", required_unless_present = "sample")]
    pub school: Option<String>,
    /// College name
    #[arg(help = "学校名称")]
    #[arg(long, required_unless_present = "sample")]
    pub name: Option<String>,
    /// First period, such as 2026-2027-1
    #[arg(help = "采集期，例如 2026-2027-1")]
    #[arg(long, required_unless_present = "sample")]
    pub period: Option<String>,
    /// Fill it with the invented sample college
    #[arg(help = "装入虚构的示例学院")]
    #[arg(long)]
    pub sample: bool,
}

/// `tianbao connection`.
#[derive(Debug, Subcommand)]
pub enum Connection {
    /// Adds or replaces a connection
    #[command(about = "添加或替换上报连接")]
    Add {
        /// Name of the connection
        #[arg(help = "名称")]
        name: String,
        /// Connection file (TOML)
        #[arg(help = "连接文件（TOML）")]
        #[arg(long)]
        file: PathBuf,
    },
    /// Lists connections
    #[command(about = "列出上报连接")]
    List,
    /// Logs in and prints the result
    #[command(about = "试着登录，并说明结果")]
    Test {
        /// Name of the connection
        #[arg(help = "名称")]
        name: String,
    },
}
