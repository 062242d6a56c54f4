//! The arguments of `verify`.

use std::path::PathBuf;

use clap::Args;

/// `tianbao verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// An export: .json, .jsonl, .csv, .xlsx or .ods
    #[arg(help = "导出的文件")]
    #[arg(required_unless_present = "receipt")]
    pub file: Option<PathBuf>,
    /// Table of a file that does not name it
    #[arg(help = "文件里没有写明时，是哪张数据表")]
    #[arg(long)]
    pub table: Option<String>,
    /// A printed page (.html)
    #[arg(help = "打印的上报单或回执单（.html）")]
    #[arg(long, value_name = "FILE")]
    pub receipt: Option<PathBuf>,
}
