//! `tianbao source` as the user types it.

use std::path::PathBuf;

use clap::Subcommand;

/// Commands of `tianbao source`.
#[derive(Debug, Subcommand)]
pub enum Source {
    /// Lists the saved sources
    #[command(about = "列出数据来源")]
    List,
    /// Adds or replaces a source
    #[command(about = "添加或替换数据来源")]
    Add {
        /// Name of the source
        #[arg(help = "名称")]
        name: String,
        /// Source file (TOML)
        #[arg(help = "来源文件（TOML），写类型、数据表、位置、查询、列和代码的对照")]
        #[arg(long)]
        file: PathBuf,
    },
    /// Shows one source with its mapping
    #[command(about = "看一个数据来源的设置、对照和最近一次运行")]
    Show {
        /// Name of the source
        #[arg(help = "名称")]
        name: String,
    },
    /// Removes a source
    #[command(about = "删除数据来源；已导入的记录不变")]
    Remove {
        /// Name of the source
        #[arg(help = "名称")]
        name: String,
    },
    /// Reads the first rows
    #[command(about = "试读前几行，不改动填报册")]
    Try {
        /// Name of the source
        #[arg(help = "名称")]
        name: String,
        /// Largest number of rows
        #[arg(help = "最多几行")]
        #[arg(long, default_value_t = 20)]
        rows: u32,
        /// Count the codes of this column
        #[arg(help = "另外统计这个数据项里出现的代码")]
        #[arg(long, value_name = "COLUMN")]
        codes: Option<String>,
    },
}
