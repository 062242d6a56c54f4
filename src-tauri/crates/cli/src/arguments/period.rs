//! `tianbao period` as the user types it.

use clap::Args;

/// Arguments of `tianbao period`.
#[derive(Debug, Clone, Args)]
pub struct Period {
    /// Table name
    #[arg(help = "数据表名")]
    pub table: String,
    /// Row numbers; default: all that `check` asks about
    #[arg(help = "记录号；不写就是校验问到的全部记录")]
    pub rows: Vec<i64>,
}
