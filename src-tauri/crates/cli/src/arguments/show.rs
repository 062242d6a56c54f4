//! Arguments of `show`.

use std::path::PathBuf;

use clap::Args;

use super::level::LevelArgument;

/// What to show of an edition.
#[derive(Debug, Args)]
pub struct Show {
    /// Table name
    #[arg(help = "数据表名")]
    #[arg(required_unless_present = "rules")]
    pub table: Option<String>,
    /// Edition id; default: that of the book, else the newest
    #[arg(help = "标准版本；不写就用填报册的，否则用最新的")]
    #[arg(long)]
    pub edition: Option<String>,
    /// Shows the rules of the edition, or of the table, instead
    #[arg(help = "列出规则；不写数据表就是整个标准版本的")]
    #[arg(long)]
    pub rules: bool,
    /// Rules of this level and of the more serious ones; default: all, on the page the mandatory ones
    #[arg(help = "列到哪一级为止；不写就是全部，写成网页时只有强制规则")]
    #[arg(long, value_enum, requires = "rules")]
    pub level: Option<LevelArgument>,
    /// Writes the specification of the table (.xlsx), or the rules of the edition (.html), to read and print
    #[arg(help = "写成可以打印的说明（.xlsx），规则写成网页（.html）")]
    #[arg(short, long)]
    pub output: Option<PathBuf>,
}
