//! The arguments of `submit`.

use clap::Args;

/// `tianbao submit`.
#[derive(Debug, Args)]
pub struct Submit {
    /// Names of tables; default: all that have records to send
    #[arg(help = "数据表；不写就是所有有待上报记录的表")]
    pub tables: Vec<String>,
    /// Name of the connection
    #[arg(help = "上报连接的名称")]
    #[arg(long, required_unless_present = "rehearse")]
    pub connection: Option<String>,
    /// Send to a receiver inside the program
    #[arg(help = "演练：发给程序自带的接收端")]
    #[arg(long, conflicts_with = "connection")]
    pub rehearse: bool,
    /// Only tables that are due
    #[arg(help = "只上报到期的数据表")]
    #[arg(long)]
    pub due: bool,
    /// Prints what would be sent, and sends nothing
    #[arg(help = "只说明会上报什么，不发送")]
    #[arg(long)]
    pub dry_run: bool,
    #[arg(help = "把对方整批退回的记录原样再上报一次")]
    #[arg(long, conflicts_with_all = ["due", "dry_run"])]
    pub again: bool,
}
