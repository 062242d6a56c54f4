//! The arguments of `schedule`.

use clap::{Args, Subcommand, ValueEnum};
use desk::schedule::api::SchedulerKind;

/// Commands of `tianbao schedule`.
#[derive(Debug, Subcommand)]
pub enum Schedule {
    /// Lists the entries with their last runs and their next moments
    #[command(about = "列出定时上报：下次时间、上次结果、系统里有没有安装")]
    List,
    /// Adds or replaces an entry
    #[command(about = "添加或替换一条定时上报")]
    Add(Add),
    /// Removes an entry
    #[command(about = "删除一条定时上报")]
    Remove {
        #[arg(help = "名称")]
        name: String,
    },
    /// Runs one entry now, whether it is due or not
    #[command(about = "现在就运行一条定时上报")]
    Run {
        #[arg(help = "名称")]
        name: String,
    },
    /// Installs the entry in the system's own scheduler, so that it runs without a window
    #[command(about = "装进系统的计划任务：不开窗口也会按时上报")]
    Install {
        /// Which scheduler; default: the one that this PC has
        #[arg(help = "哪一种：task-scheduler、systemd 或 cron；不写就用这台电脑有的")]
        #[arg(long, value_enum)]
        kind: Option<Kind>,
    },
    /// Removes it there
    #[command(about = "从系统的计划任务里移除")]
    Uninstall {
        #[arg(help = "哪一种：task-scheduler、systemd 或 cron；不写就用这台电脑有的")]
        #[arg(long, value_enum)]
        kind: Option<Kind>,
    },
}

/// `tianbao schedule add`.
#[derive(Debug, Args)]
pub struct Add {
    #[arg(help = "名称")]
    pub name: String,
    #[arg(help = "数据表；不写就是所有表，或者 --department 的所有表")]
    pub tables: Vec<String>,
    /// All tables of this department
    #[arg(help = "这个责任部门的所有数据表")]
    #[arg(long, default_value = "", hide_default_value = true)]
    pub department: String,
    /// A saved source that is imported first
    #[arg(help = "上报以前先运行这个数据来源")]
    #[arg(long, default_value = "", hide_default_value = true)]
    pub source: String,
    /// Name of the connection; default: the one of the settings
    #[arg(help = "上报连接；不写就用设置里的")]
    #[arg(long, default_value = "", hide_default_value = true)]
    pub connection: String,
    /// Time of the day, HH:MM
    #[arg(help = "几点，HH:MM（北京时间）")]
    #[arg(long, value_name = "HH:MM", default_value = "", hide_default_value = true)]
    pub at: String,
    /// Days of the week, 1 Monday to 7 Sunday
    #[arg(help = "星期几，1 到 7；可以写几次")]
    #[arg(long = "weekday", value_name = "N")]
    pub weekdays: Vec<i8>,
    /// Days of the month, -1 is the last
    #[arg(help = "每月几号，-1 是最后一天；可以写几次")]
    #[arg(long = "day", value_name = "N", allow_negative_numbers = true)]
    pub days: Vec<i8>,
    /// Days of the term: 1 is its first day, -1 its last
    #[arg(help = "学期的第几天，-1 是截止日，-7 是它之前第六天；可以写几次")]
    #[arg(long = "term-day", value_name = "N", allow_negative_numbers = true)]
    pub term_days: Vec<i16>,
    /// Also once an import has changed one of its tables
    #[arg(help = "导入以后也上报")]
    #[arg(long)]
    pub after_import: bool,
    /// Only tables whose due day has come
    #[arg(help = "只上报到期的数据表")]
    #[arg(long)]
    pub due: bool,
    /// A table does not go while one of its records stays behind
    #[arg(help = "一张表里有记录不能上报时，整张表都不上报")]
    #[arg(long)]
    pub whole: bool,
}

/// The schedulers as they are typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    #[value(help = "Windows 的任务计划程序")]
    TaskScheduler,
    #[value(help = "systemd 的用户定时器")]
    Systemd,
    #[value(help = "crontab 里的一行")]
    Cron,
}

impl Kind {
    /// The kind in requests to the desk.
    pub fn kind(self) -> SchedulerKind {
        match self {
            Kind::TaskScheduler => SchedulerKind::TaskScheduler,
            Kind::Systemd => SchedulerKind::Systemd,
            Kind::Cron => SchedulerKind::Cron,
        }
    }
}
