//! `tianbao move`.

use clap::Args;

/// Moving a book to another edition.
#[derive(Debug, Args)]
pub struct Move {
    /// Edition to move to
    #[arg(help = "要迁移到的标准版本")]
    #[arg(long, value_name = "EDITION", required_unless_present = "take_back")]
    pub to: Option<String>,
    /// Move; without it only say what would be done
    #[arg(help = "真的迁移；不写就只预览，填报册不改动")]
    #[arg(long, conflicts_with = "take_back")]
    pub apply: bool,
    /// Take the last move back
    #[arg(help = "退回上一次迁移；迁移以后的填报册另存一份")]
    #[arg(long, conflicts_with = "to")]
    pub take_back: bool,
}
