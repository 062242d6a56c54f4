//! The command line as the user types it. Names and meanings are a contract: additions are welcome, changes are not.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::words::Language;

/// Fill, check and submit the ministry's standard data sets.
#[derive(Debug, Parser)]
#[command(name = "tianbao", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// The draft book; default: the last one opened
    #[arg(long, global = true, value_name = "FILE")]
    pub book: Option<PathBuf>,
    /// One JSON document on stdout
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of the words
    #[arg(long, global = true, value_enum, default_value = "zh")]
    pub lang: Language,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Installed editions
    Editions,
    /// Fields of a table
    Show {
        /// Table name
        table: String,
        /// Edition id; default: that of the book, else the newest
        #[arg(long)]
        edition: Option<String>,
    },
    /// Creates a book
    New(New),
    /// Writes a template
    Template(Template),
    /// Reads workbooks; changes the book only with --apply
    Import(Import),
    /// Reads rows
    Rows {
        /// Table name
        table: String,
        /// Condition in SQL
        #[arg(long = "where", value_name = "SQL")]
        condition: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 100)]
        limit: u64,
        /// First row
        #[arg(long, default_value_t = 0)]
        offset: u64,
    },
    /// One edit, as a clerk would
    Set {
        /// Table name
        table: String,
        /// Row number, or `new`
        row: String,
        /// COLUMN=VALUE
        #[arg(required = true, value_name = "COLUMN=VALUE")]
        cells: Vec<String>,
    },
    /// Checks and keeps the findings
    Check {
        /// Tables; default: all that have records
        tables: Vec<String>,
        /// Print only this level
        #[arg(long, value_enum)]
        level: Option<LevelArgument>,
    },
    /// Rows out
    Export(Export),
    /// Freezes and sends what changed since it was last accepted
    Submit(Submit),
    /// Asks for results and files them
    Results {
        /// Wait at most so many seconds
        #[arg(long, value_name = "SECONDS", default_value_t = 0)]
        wait: u32,
    },
    /// What a home page shows
    Status,
    /// Takes steps back
    Undo {
        /// How many
        #[arg(default_value_t = 1)]
        steps: u32,
    },
    /// The change log
    History {
        /// Only this table
        table: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: u64,
        /// First step, newest first
        #[arg(long, default_value_t = 0)]
        offset: u64,
    },
    /// A receiver that speaks the protocol
    Center(Center),
    /// Where and how to submit
    #[command(subcommand)]
    Connection(Connection),
}

/// Level of findings to print.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LevelArgument {
    /// 强制
    Mandatory,
    /// 核实
    Confirm,
    /// 提示
    Hint,
}

impl LevelArgument {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            LevelArgument::Mandatory => "mandatory",
            LevelArgument::Confirm => "confirm",
            LevelArgument::Hint => "hint",
        }
    }
}

/// `tianbao new`.
#[derive(Debug, Args)]
pub struct New {
    /// Edition id
    #[arg(long)]
    pub edition: String,
    /// 10-digit school code
    #[arg(long, value_name = "CODE", required_unless_present = "sample")]
    pub school: Option<String>,
    /// College name
    #[arg(long, required_unless_present = "sample")]
    pub name: Option<String>,
    /// First period, such as 2026-2027-1
    #[arg(long, required_unless_present = "sample")]
    pub period: Option<String>,
    /// Fill it with the invented sample college
    #[arg(long)]
    pub sample: bool,
}

/// `tianbao template`.
#[derive(Debug, Args)]
pub struct Template {
    /// Tables
    #[arg(required_unless_present_any = ["department", "all"])]
    pub tables: Vec<String>,
    /// All tables of this department
    #[arg(long)]
    pub department: Option<String>,
    /// All tables of the edition
    #[arg(long)]
    pub all: bool,
    /// File to write (.xlsx)
    #[arg(short, long)]
    pub output: PathBuf,
    /// With the draft's rows
    #[arg(long)]
    pub with_rows: bool,
}

/// `tianbao import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Workbooks
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// All sheets are of this table
    #[arg(long)]
    pub table: Option<String>,
    /// Change the book
    #[arg(long)]
    pub apply: bool,
    /// Who wins where both changed
    #[arg(long, value_enum, default_value = "theirs")]
    pub conflicts: Conflicts,
}

/// Who wins where both the file and the book changed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Conflicts {
    /// The file
    Theirs,
    /// The book
    Ours,
    /// Neither: the rows are left out
    Skip,
}

impl Conflicts {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Conflicts::Theirs => "theirs",
            Conflicts::Ours => "ours",
            Conflicts::Skip => "skip",
        }
    }
}

/// `tianbao export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Tables
    #[arg(required = true)]
    pub tables: Vec<String>,
    /// File to write: .xlsx, .ods, .csv or .json
    #[arg(short, long)]
    pub output: PathBuf,
    /// Annotated: only rows with findings, with reasons
    #[arg(long)]
    pub findings: bool,
    /// Codes (default)
    #[arg(long, conflicts_with = "names")]
    pub codes: bool,
    /// Names instead of codes
    #[arg(long)]
    pub names: bool,
}

/// `tianbao submit`.
#[derive(Debug, Args)]
pub struct Submit {
    /// Tables; default: all that have something to send
    pub tables: Vec<String>,
    /// Name of the connection
    #[arg(long, required_unless_present = "rehearse")]
    pub connection: Option<String>,
    /// Send to a receiver inside the program
    #[arg(long, conflicts_with = "connection")]
    pub rehearse: bool,
    /// Only tables that are due
    #[arg(long)]
    pub due: bool,
    /// Only say what would be sent
    #[arg(long)]
    pub dry_run: bool,
}

/// `tianbao center`.
#[derive(Debug, Args)]
pub struct Center {
    /// Folder of the receiver's data
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Address to listen on
    #[arg(long, value_name = "ADDR")]
    pub listen: SocketAddr,
    /// Account file (TOML); default: one account is made and kept in DIR
    #[arg(long, value_name = "FILE")]
    pub account: Option<PathBuf>,
    /// Seconds until results are given
    #[arg(long, value_name = "SECONDS", default_value_t = 1800)]
    pub delay: u32,
    /// What to do wrong on purpose (TOML), to test senders against it
    #[arg(long, value_name = "FILE")]
    pub mischief: Option<PathBuf>,
}

/// `tianbao connection`.
#[derive(Debug, Subcommand)]
pub enum Connection {
    /// Adds or replaces a connection
    Add {
        /// Name
        name: String,
        /// Connection file (TOML)
        #[arg(long)]
        file: PathBuf,
    },
    /// Lists connections
    List,
    /// Logs in and tells how it went
    Test {
        /// Name
        name: String,
    },
}
