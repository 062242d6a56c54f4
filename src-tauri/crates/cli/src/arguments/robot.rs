//! The arguments of `robot`.

use clap::{Subcommand, ValueEnum};
use desk::schedule::api::RobotKind;

/// Commands of `tianbao robot`.
#[derive(Debug, Subcommand)]
pub enum Robot {
    /// Lists the robots
    #[command(about = "列出群机器人；不显示地址和密钥")]
    List,
    /// Adds or replaces a robot; its address is in TIANBAO_ROBOT_URL, its secret in TIANBAO_ROBOT_SECRET
    #[command(about = "添加或替换群机器人；地址写在 TIANBAO_ROBOT_URL，密钥写在 TIANBAO_ROBOT_SECRET")]
    Add {
        #[arg(help = "名称")]
        name: String,
        /// Whose robot it is
        #[arg(help = "wecom（企业微信）、dingtalk（钉钉）、feishu（飞书）或 json")]
        #[arg(long, value_enum)]
        kind: Kind,
        /// Word that every message has to have
        #[arg(help = "每条消息都要有的关键词")]
        #[arg(long, default_value = "", hide_default_value = true)]
        keyword: String,
        /// Time of the daily summary, HH:MM
        #[arg(help = "每天几点发汇总，HH:MM（北京时间）；不写就不发")]
        #[arg(long, value_name = "HH:MM", default_value = "", hide_default_value = true)]
        at: String,
        /// Says what came of each run of the schedule
        #[arg(help = "每次定时上报以后也发")]
        #[arg(long)]
        on_runs: bool,
    },
    /// Removes a robot
    #[command(about = "删除群机器人")]
    Remove {
        #[arg(help = "名称")]
        name: String,
    },
    /// Says the summary of now
    #[command(about = "现在就发一条汇总，看地址和密钥对不对")]
    Test {
        #[arg(help = "名称")]
        name: String,
    },
}

/// Whose robot, as it is typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    #[value(help = "企业微信")]
    Wecom,
    #[value(help = "钉钉")]
    Dingtalk,
    #[value(help = "飞书")]
    Feishu,
    #[value(help = "任何接收 JSON 的程序")]
    Json,
}

impl Kind {
    /// The kind in requests to the desk.
    pub fn kind(self) -> RobotKind {
        match self {
            Kind::Wecom => RobotKind::Wecom,
            Kind::Dingtalk => RobotKind::Dingtalk,
            Kind::Feishu => RobotKind::Feishu,
            Kind::Json => RobotKind::Json,
        }
    }
}
