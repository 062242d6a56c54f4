//! `tianbao explain` as the user types it.

use clap::Args;

/// Arguments of `tianbao explain`.
#[derive(Debug, Clone, Args)]
pub struct Explain {
    /// Table name
    #[arg(help = "数据表名")]
    pub table: String,
    /// Row number
    #[arg(help = "记录号")]
    pub row: i64,
    /// Rule of the finding, as `check` prints it; `unique-key` for records with one natural key
    #[arg(help = "校验规则，如 check --json 所列；几条记录主键相同的是 unique-key")]
    pub rule: String,
    /// The reason; empty takes it back
    #[arg(help = "理由；空着就是收回")]
    pub text: String,
}
