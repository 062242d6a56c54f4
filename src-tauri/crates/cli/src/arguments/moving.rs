//! `tianbao move` as the user types it.

use clap::Args;

/// Arguments of `tianbao move`.
#[derive(Debug, Args)]
pub struct Move {
    /// Edition to move to
    #[arg(help = "要迁移到的标准版本")]
    #[arg(long, value_name = "EDITION", required_unless_present = "take_back")]
    pub to: Option<String>,
    /// Moves the book; without it only the preview is printed
    #[arg(help = "真的迁移；不写就只预览，填报册不改动")]
    #[arg(long, conflicts_with = "take_back")]
    pub apply: bool,
    /// Takes the last move back
    #[arg(help = "退回上一次迁移；迁移以后的填报册另存一份")]
    #[arg(long, conflicts_with = "to")]
    pub take_back: bool,
}
