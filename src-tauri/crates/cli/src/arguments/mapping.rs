//! `tianbao mapping` as the user types it.

use std::path::PathBuf;

use clap::Subcommand;

/// Commands of `tianbao mapping`.
#[derive(Debug, Subcommand)]
pub enum Mapping {
    /// Lists what the college confirmed
    #[command(about = "列出确认过的表头对照")]
    List,
    /// Confirms what a heading means
    #[command(about = "记住一个表头对应哪个数据项")]
    Set {
        /// Table name
        #[arg(help = "数据表名")]
        table: String,
        /// Heading as the workbook has it
        #[arg(help = "工作簿里的表头")]
        heading: String,
        /// Column name, or `-` to leave the heading out
        #[arg(help = "数据项的列名；写 - 表示这个表头不读")]
        #[arg(allow_hyphen_values = true)]
        column: String,
    },
    /// Forgets a heading
    #[command(about = "忘掉一个表头")]
    Remove {
        /// Table name
        #[arg(help = "数据表名")]
        table: String,
        /// Heading as the workbook has it
        #[arg(help = "工作簿里的表头")]
        heading: String,
    },
    /// Writes all to a file (JSON)
    #[command(about = "把全部表头对照写成文件（JSON）")]
    Export {
        /// File to write
        #[arg(help = "要写出的文件")]
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Reads a file that `export` wrote
    #[command(about = "读入 export 写出的文件")]
    Import {
        /// File to read
        #[arg(help = "文件")]
        file: PathBuf,
    },
}
