//! The arguments of `quality` and `mend`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use desk::check::api::Grouping;

/// `tianbao quality`.
#[derive(Debug, Args)]
pub struct Quality {
    /// Period, such as 2026-2027-1; the book's without it
    #[arg(help = "采集期，如 2026-2027-1；不写就是填报册现在的采集期")]
    #[arg(long)]
    pub period: Option<String>,
    /// Only tables of this department
    #[arg(help = "只看这个部门的数据表")]
    #[arg(long, conflicts_with = "output")]
    pub department: Option<String>,
    /// Writes the report: .html for printing, or .xlsx
    #[arg(help = "写出报告：可打印的 .html，或 .xlsx")]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `tianbao mend`.
#[derive(Debug, Args)]
pub struct Mend {
    /// Table name
    #[arg(help = "数据表名")]
    pub table: String,
    /// Rule of the findings, as `check` prints it
    #[arg(help = "校验规则，如 check --json 所列")]
    #[arg(long)]
    pub rule: String,
    /// Only findings of this column
    #[arg(help = "只改这个数据项")]
    #[arg(long)]
    pub column: Option<String>,
    /// Only cells with this value
    #[arg(help = "只改填了这个内容的")]
    #[arg(long)]
    pub value: Option<String>,
    #[command(flatten)]
    pub remedy: Remedy,
}

/// How the cells are corrected: one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Remedy {
    /// Takes what each finding suggests
    #[arg(help = "采用各自的建议值")]
    #[arg(long)]
    pub suggestion: bool,
    /// Puts this value into all cells
    #[arg(help = "全部改为这个内容")]
    #[arg(long, value_name = "VALUE")]
    pub with: Option<String>,
    /// Empties the cells
    #[arg(help = "全部清空")]
    #[arg(long)]
    pub blank: bool,
    /// Takes away blanks at the ends
    #[arg(help = "去掉首尾空格")]
    #[arg(long)]
    pub trim: bool,
    /// Takes what the record says that the number names
    #[arg(help = "按关联记录填写")]
    #[arg(long)]
    pub record: bool,
}

/// What groups of findings have in common.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum GroupBy {
    Cause,
    Shared,
    Value,
    Rule,
    Import,
    Table,
    Department,
    Level,
}

impl GroupBy {
    /// The same as the calls name it.
    pub fn grouping(self) -> Grouping {
        match self {
            GroupBy::Cause => Grouping::Cause,
            GroupBy::Shared => Grouping::Shared,
            GroupBy::Value => Grouping::Value,
            GroupBy::Rule => Grouping::Rule,
            GroupBy::Import => Grouping::Import,
            GroupBy::Table => Grouping::Table,
            GroupBy::Department => Grouping::Department,
            GroupBy::Level => Grouping::Level,
        }
    }
}
