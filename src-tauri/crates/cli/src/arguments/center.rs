//! The arguments of `center`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::center_people::{Accounts, DataFolder, Departments, Duties, People, Reviews, Switch};

/// `tianbao center`: starts it, or one of its commands.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Center {
    /// Folder of the receiver's data
    #[arg(help = "接收端存放数据的文件夹")]
    #[arg(long, value_name = "DIR", required = true)]
    pub data: Option<PathBuf>,
    /// Address to listen on
    #[arg(help = "监听的地址")]
    #[arg(long, value_name = "ADDR", required = true)]
    pub listen: Option<SocketAddr>,
    /// Account file (TOML); default: one account is made and kept in DIR
    #[arg(help = "账号文件（TOML）；不写就自动建一个账号")]
    #[arg(long, value_name = "FILE")]
    pub account: Option<PathBuf>,
    /// Seconds until results are given
    #[arg(help = "多少秒以后给出结果")]
    #[arg(long, value_name = "SECONDS", default_value_t = 1800)]
    pub delay: u32,
    /// Certificate with its chain (PEM)
    #[arg(help = "证书文件（PEM，后面可接中间证书），用它加密连接")]
    #[arg(long, value_name = "FILE", requires = "key")]
    pub certificate: Option<PathBuf>,
    /// Private key of the certificate (PEM)
    #[arg(help = "证书的私钥（PEM，不加密）")]
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub key: Option<PathBuf>,
    /// Encrypts connections with a certificate that the receiver makes; its fingerprint is printed
    #[arg(help = "用自己生成的证书加密连接，启动时给出证书指纹，填在上报连接里")]
    #[arg(long, conflicts_with = "certificate")]
    pub tls: bool,
    /// Names and addresses in the certificate that is made
    #[arg(help = "生成的证书里写上的名称或地址，可以写几个")]
    #[arg(long, value_name = "NAME", requires = "tls")]
    pub tls_name: Vec<String>,
    /// Requests that an account may make each second; ten times as many at once
    #[arg(help = "每个账号、每个地址每秒最多几次请求，一次最多十倍；0 表示不限")]
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub requests: u32,
    /// Faults to make on purpose (TOML), to test senders against them
    #[arg(help = "故意出错的设置文件（TOML），用来测试上报方")]
    #[arg(long, alias = "mischief", value_name = "FILE")]
    pub faults: Option<PathBuf>,
    /// What is done instead with a receiver's folder, which may be serving meanwhile
    #[command(subcommand)]
    pub command: Option<CenterCommand>,
}

/// Commands of `tianbao center`.
#[derive(Debug, Subcommand)]
pub enum CenterCommand {
    /// Which checks decide whether a row is taken
    #[command(about = "接收时用哪些校验；不写选项就只列出")]
    Checks {
        #[command(flatten)]
        of: DataFolder,
        /// Runs the rules over single records, too
        #[arg(help = "也按标准的规则校验每条记录：on 或 off")]
        #[arg(long, value_name = "on|off", value_enum)]
        rules: Option<Switch>,
        /// The lightest level for which a row is rejected
        #[arg(help = "哪一级的问题就退回")]
        #[arg(long, value_name = "LEVEL", value_enum)]
        refuse: Option<RefuseArgument>,
        /// Rules that are not run; replaces the list
        #[arg(help = "不用哪些规则，可以写几个；写 none 表示都用")]
        #[arg(long, value_name = "RULE")]
        without: Vec<String>,
    },
    /// Who answers for tables
    #[command(about = "责任部门：列出、添加、删除")]
    #[command(subcommand)]
    Department(Departments),
    /// People with their roles, who log in to the page of the centre
    #[command(about = "人员：列出、添加、删除；密码写在环境变量 TIANBAO_CENTER_PASSWORD")]
    #[command(subcommand)]
    Person(People),
    /// Accounts that may send
    #[command(about = "部门的上报账号：列出、新建")]
    #[command(subcommand)]
    Account(Accounts),
    /// Which department answers for a table or a field
    #[command(about = "哪个部门负责哪张数据表、哪个数据项")]
    #[command(subcommand)]
    Duty(Duties),
    /// Reviews of deliveries
    #[command(about = "审核：哪些数据表的上报要有人看过才入库；通过或退回")]
    #[command(subcommand)]
    Review(Reviews),
    /// The audit log
    #[command(about = "审计记录：谁在什么时候做了什么；按哈希链核对有没有改动")]
    Audit {
        #[command(flatten)]
        of: DataFolder,
        /// Only lines behind this number
        #[arg(help = "从第几号以后开始")]
        #[arg(long, value_name = "NO", default_value_t = 0)]
        after: i64,
        /// Largest number of lines to print
        #[arg(help = "最多几条")]
        #[arg(long, default_value_t = 1000)]
        limit: u32,
    },
    /// Writes a copy of the database while the receiver serves
    #[command(about = "备份数据库，接收端可以照常运行；密钥文件 inbox.key 要另外保管")]
    Backup {
        #[command(flatten)]
        of: DataFolder,
        /// File to write
        #[arg(help = "要写出的备份文件")]
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Makes a folder of a backup
    #[command(about = "用备份恢复出一个数据文件夹；文件夹里不能已有数据库")]
    Restore {
        #[command(flatten)]
        of: DataFolder,
        /// The backup
        #[arg(help = "备份文件")]
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// File of its key
        #[arg(help = "密钥文件 inbox.key")]
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
}

/// The lightest level for which a row is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RefuseArgument {
    #[value(help = "强制")]
    Mandatory,
    #[value(help = "强制和核实")]
    Confirm,
}
