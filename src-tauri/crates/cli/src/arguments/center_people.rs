//! The arguments of `center department`, `person`, `account`, `duty` and `review`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// The folder that a command is about.
#[derive(Debug, Args)]
pub struct DataFolder {
    /// Folder of the receiver's data
    #[arg(help = "接收端存放数据的文件夹")]
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    #[value(help = "用")]
    On,
    #[value(help = "不用")]
    Off,
}

/// `tianbao center department`.
#[derive(Debug, Subcommand)]
pub enum Departments {
    /// Lists them
    #[command(about = "列出责任部门")]
    List(DataFolder),
    /// Adds one
    #[command(about = "添加责任部门")]
    Add {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "名称")]
        name: String,
    },
    /// Removes one that nothing belongs to
    #[command(about = "删除责任部门；还有人员、账号或数据表归它时不能删除")]
    Remove {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "名称")]
        name: String,
    },
}

/// `tianbao center person`.
#[derive(Debug, Subcommand)]
pub enum People {
    /// Lists them, without anything of their passwords
    #[command(about = "列出人员")]
    List(DataFolder),
    /// Adds a person, or gives one another password and other roles
    #[command(about = "添加人员，或者改密码和角色；密码写在环境变量 TIANBAO_CENTER_PASSWORD")]
    Add {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "姓名")]
        name: String,
        /// The person's department; all of them where it is left out
        #[arg(help = "责任部门；不写就能看到所有部门")]
        #[arg(long)]
        department: Option<String>,
        /// What the person may do
        #[arg(help = "角色，可以写几个")]
        #[arg(long, value_enum, value_name = "ROLE")]
        role: Vec<RoleArgument>,
    },
    /// Removes a person
    #[command(about = "删除人员")]
    Remove {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "姓名")]
        name: String,
    },
}

/// A role as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleArgument {
    #[value(help = "填报")]
    Fills,
    #[value(help = "审核")]
    Reviews,
    #[value(help = "上报")]
    Sends,
    #[value(help = "管理")]
    Administers,
    #[value(help = "查看记录内容")]
    Reads,
}

/// `tianbao center account`.
#[derive(Debug, Subcommand)]
pub enum Accounts {
    /// Lists them, without passwords
    #[command(about = "列出上报账号")]
    List(DataFolder),
    /// Makes one and prints its password once; one of this name gets a new password
    #[command(about = "新建上报账号，密码只显示这一次；已有的换新密码")]
    Add {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "用户名")]
        username: String,
        /// The department that sends with it
        #[arg(help = "责任部门")]
        #[arg(long)]
        department: String,
    },
}

/// `tianbao center duty`.
#[derive(Debug, Subcommand)]
pub enum Duties {
    /// Lists them
    #[command(about = "列出各数据表、数据项的责任部门")]
    List(DataFolder),
    /// Says who answers for a table or a field
    #[command(about = "指定数据表或数据项的责任部门、来源、采集期、含义、截止日")]
    Set {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "数据表名")]
        table: String,
        /// A single field
        #[arg(help = "数据项；不写就是整张数据表")]
        #[arg(long, default_value = "", hide_default_value = true)]
        column: String,
        #[arg(help = "责任部门")]
        #[arg(long)]
        department: String,
        /// The system that it comes from
        #[arg(help = "来源系统")]
        #[arg(long, default_value = "", hide_default_value = true)]
        source: String,
        /// The period that it speaks of
        #[arg(help = "采集期")]
        #[arg(long, default_value = "", hide_default_value = true)]
        period: String,
        /// What it means in this college
        #[arg(help = "在本校的含义")]
        #[arg(long, default_value = "", hide_default_value = true)]
        meaning: String,
        /// The day until which it is due, YYYYMMDD
        #[arg(help = "截止日，例如 20261231")]
        #[arg(long, value_name = "YYYYMMDD", default_value = "", hide_default_value = true)]
        due: String,
    },
    /// Removes one
    #[command(about = "取消指定")]
    Remove {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "数据表名")]
        table: String,
        /// A single field
        #[arg(help = "数据项；不写就是整张数据表")]
        #[arg(long, default_value = "", hide_default_value = true)]
        column: String,
    },
}

/// `tianbao center review`.
#[derive(Debug, Subcommand)]
pub enum Reviews {
    /// Lists the reviewed tables and what waits
    #[command(about = "列出要审核的数据表和等待审核的上报")]
    List(DataFolder),
    /// Asks for reviews of a table, or no longer
    #[command(about = "某张数据表要不要审核")]
    Table {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "数据表名")]
        table: String,
        #[arg(help = "on 或 off")]
        #[arg(value_enum)]
        switch: Switch,
    },
    /// Stores what waits but for the records that are returned
    #[command(about = "完成审核：退回写明的记录，其余入库")]
    Settle {
        #[command(flatten)]
        of: DataFolder,
        #[arg(help = "上报的编号")]
        delivery: i64,
        /// Who reviewed it
        #[arg(help = "审核人")]
        #[arg(long)]
        by: String,
        /// A cell that goes back, as KEY:COLUMN=REASON
        #[arg(help = "退回的内容，写成 主键:数据项=原因，可以写几个")]
        #[arg(long = "return", value_name = "KEY:COLUMN=REASON")]
        returned: Vec<String>,
    },
}
