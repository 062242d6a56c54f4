//! `tianbao audit`.

use std::path::PathBuf;

use clap::Args;

/// The audit log of the book.
#[derive(Debug, Args)]
pub struct Audit {
    /// Largest number of entries to print
    #[arg(help = "最多几条")]
    #[arg(long, default_value_t = 50)]
    pub limit: u64,
    /// Number of entries to skip; the newest comes first
    #[arg(help = "从第几条开始（新的在前）")]
    #[arg(long, default_value_t = 0)]
    pub offset: u64,
    /// Writes the whole log to a file instead (.csv)
    #[arg(help = "把全部记录写到文件（.csv）")]
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["limit", "offset"])]
    pub output: Option<PathBuf>,
}
