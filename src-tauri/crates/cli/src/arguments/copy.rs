//! `tianbao copy`.

use std::path::PathBuf;

use clap::Args;

/// Copies the book to a file, checked page by page.
#[derive(Debug, Args)]
pub struct Copy {
    /// File to write (.tianbao)
    #[arg(help = "要写出的文件（.tianbao），例如 U 盘上的")]
    pub file: PathBuf,
    /// For another PC: an error where nothing but this PC would open it
    #[arg(help = "给另一台电脑用：只有这台电脑能打开的填报册会报错")]
    #[arg(long)]
    pub elsewhere: bool,
}
