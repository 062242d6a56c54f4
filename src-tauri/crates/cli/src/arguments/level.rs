//! A level of findings and rules, as the user types it.

use clap::ValueEnum;
use standard::Level;

/// Level of findings, or of rules.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LevelArgument {
    /// 强制
    #[value(help = "强制")]
    Mandatory,
    /// 核实
    #[value(help = "核实")]
    Confirm,
    /// 提示
    #[value(help = "提示")]
    Hint,
}

impl LevelArgument {
    /// The level of findings that is meant.
    pub fn level(self) -> Level {
        match self {
            LevelArgument::Mandatory => Level::Mandatory,
            LevelArgument::Confirm => Level::Confirm,
            LevelArgument::Hint => Level::Hint,
        }
    }
}
