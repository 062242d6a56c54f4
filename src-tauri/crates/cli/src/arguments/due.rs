//! `tianbao due` as the user types it.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `tianbao due`.
#[derive(Debug, Clone, Args)]
pub struct DueOptions {
    /// Names of tables; default: those of my department, all where none is set
    #[arg(help = "数据表；不写就是本部门的，没有部门就是全部")]
    pub tables: Vec<String>,
    /// Only tables whose due day is over
    #[arg(help = "只列出已逾期的")]
    #[arg(long)]
    pub overdue: bool,
    /// Month of the calendar in the JSON document
    #[arg(help = "日历的月份，如 2026-11；不写就是本月")]
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<String>,
    /// Says that a table has nothing to report in this period
    #[arg(help = "这张数据表本期没有数据")]
    #[arg(long, value_name = "TABLE")]
    pub nothing: Vec<String>,
    /// Takes that back
    #[arg(help = "取消“本期没有数据”")]
    #[arg(long, value_name = "TABLE")]
    pub something: Vec<String>,
    /// File with term starts, days off and other settings of due days
    #[arg(help = "开学日、休息日等截止日设置的文件（TOML）")]
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
}
