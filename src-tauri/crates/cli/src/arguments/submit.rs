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
    #[arg(long, required_unless_present_any = ["rehearse", "due"])]
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
    /// Sends only what is frozen and has not left
    #[arg(help = "只接着发已定稿、还没有发出的记录")]
    #[arg(long, conflicts_with_all = ["due", "dry_run", "again"])]
    pub waiting: bool,
    /// Pauses submission to the connection, and sends nothing
    #[arg(help = "暂停向这个连接上报，直到 --resume")]
    #[arg(long, conflicts_with_all = ["due", "dry_run", "again", "waiting", "resume", "check_list"])]
    pub pause: bool,
    /// Ends the pause of a connection, and sends nothing
    #[arg(help = "结束暂停；这一次不发送")]
    #[arg(long, conflicts_with_all = ["due", "dry_run", "again", "waiting", "check_list"])]
    pub resume: bool,
    /// Prints the check list, and sends nothing
    #[arg(help = "只列出上报前检查的结果，不发送")]
    #[arg(long, conflicts_with_all = ["again", "dry_run"])]
    pub check_list: bool,
    /// With a dry run: writes the records that would leave to this file (.csv)
    #[arg(help = "和 --dry-run 一起用：把将要发出的记录列到这个文件（.csv）")]
    #[arg(long, value_name = "FILE", requires = "dry_run")]
    pub list: Option<std::path::PathBuf>,
    /// Name of the second person who consents; the password is in TIANBAO_SIGN_OFF
    #[arg(help = "复核人的姓名；复核密码写在环境变量 TIANBAO_SIGN_OFF 里")]
    #[arg(long, value_name = "NAME")]
    pub sign_off: Option<String>,
    /// Writes the batches as a page to print (.html)
    #[arg(help = "另外把这些批次写成可打印的上报单（.html）")]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check_list", "dry_run"])]
    pub print: Option<std::path::PathBuf>,
}
