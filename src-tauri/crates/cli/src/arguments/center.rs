//! The arguments of `center`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// `tianbao center`.
#[derive(Debug, Args)]
pub struct Center {
    /// Folder of the receiver's data
    #[arg(help = "接收端存放数据的文件夹")]
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Address to listen on
    #[arg(help = "监听的地址")]
    #[arg(long, value_name = "ADDR")]
    pub listen: SocketAddr,
    /// Account file (TOML); default: one account is made and kept in DIR
    #[arg(help = "账号文件（TOML）；不写就自动建一个账号")]
    #[arg(long, value_name = "FILE")]
    pub account: Option<PathBuf>,
    /// Seconds until results are given
    #[arg(help = "多少秒以后给出结果")]
    #[arg(long, value_name = "SECONDS", default_value_t = 1800)]
    pub delay: u32,
    /// Faults to make on purpose (TOML), to test senders against them
    #[arg(help = "故意出错的设置文件（TOML），用来测试上报方")]
    #[arg(long, alias = "mischief", value_name = "FILE")]
    pub faults: Option<PathBuf>,
}
