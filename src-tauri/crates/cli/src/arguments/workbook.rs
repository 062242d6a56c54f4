//! What `tianbao template`, `import` and `export` are given.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use desk::workbooks::api::ConflictChoice;

/// `tianbao template`.
#[derive(Debug, Args)]
pub struct Template {
    /// Names of the tables
    #[arg(help = "数据表")]
    #[arg(required_unless_present_any = ["department", "all"])]
    pub tables: Vec<String>,
    /// All tables of this department; several times for a file for each
    #[arg(help = "这个责任部门的所有数据表；写几个部门，就给每个部门写一个文件，文件名前面加部门名")]
    #[arg(long)]
    pub department: Vec<String>,
    /// All tables of the edition
    #[arg(help = "标准里的所有数据表")]
    #[arg(long)]
    pub all: bool,
    /// File to write (.xlsx)
    #[arg(help = "要写出的文件（.xlsx）")]
    #[arg(short, long)]
    pub output: PathBuf,
    /// Whether the template has the records of the book
    #[arg(help = "带上填报册里的记录")]
    #[arg(long)]
    pub with_rows: bool,
}

/// `tianbao import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Paths of the workbooks
    #[arg(help = "工作簿；不写就要用 --source")]
    #[arg(required_unless_present = "source")]
    pub files: Vec<PathBuf>,
    /// Run this saved source instead
    #[arg(help = "运行这个数据来源，不读工作簿")]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["files", "table"])]
    pub source: Option<String>,
    /// All sheets are of this table
    #[arg(help = "所有工作表都是这张数据表的")]
    #[arg(long)]
    pub table: Option<String>,
    /// Change the book
    #[arg(help = "导入填报册")]
    #[arg(long)]
    pub apply: bool,
    /// Which value is kept where both the file and the book changed a cell; without it such cells are not imported
    #[arg(help = "两边都改过的内容以谁为准；不写就不导入这些内容")]
    #[arg(long, value_enum)]
    pub conflicts: Option<Conflicts>,
    /// Empty the cells that the file has empty
    #[arg(help = "文件里空着的格，也清空填报册里的内容")]
    #[arg(long)]
    pub clear: bool,
}

/// Which value is kept where both the file and the book changed a cell.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Conflicts {
    /// The value of the file
    #[value(help = "用文件内容覆盖")]
    Theirs,
    /// The value of the book
    #[value(help = "保留现有内容")]
    Ours,
    /// The value of the book; the cells of the file are skipped
    #[value(help = "都不动，跳过这些内容")]
    Skip,
}

impl Conflicts {
    /// The choice in requests to the desk.
    pub fn choice(self) -> ConflictChoice {
        match self {
            Conflicts::Theirs => ConflictChoice::Theirs,
            Conflicts::Ours => ConflictChoice::Ours,
            Conflicts::Skip => ConflictChoice::Skip,
        }
    }
}

/// `tianbao export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Names of the tables
    #[arg(help = "数据表")]
    #[arg(required = true)]
    pub tables: Vec<String>,
    /// File to write: .xlsx, .ods, .csv, .json, .jsonl, or .zip for a Data Package; a folder gets a file for each table
    #[arg(help = "要写出的文件：.xlsx、.ods、.csv、.json、.jsonl，或者数据包 .zip；写文件夹就每张表一个文件")]
    #[arg(short, long)]
    pub output: PathBuf,
    /// Form of the files in a folder
    #[arg(help = "写到文件夹时的格式：xlsx（默认）、ods、csv、json、jsonl 或 zip")]
    #[arg(long, value_parser = ["xlsx", "ods", "csv", "json", "jsonl", "zip"])]
    pub form: Option<String>,
    /// Annotated: only rows with findings, with reasons
    #[arg(help = "只导出有问题的记录，并写明原因")]
    #[arg(long)]
    pub findings: bool,
    /// Codes (default)
    #[arg(help = "写代码（默认）")]
    #[arg(long, conflicts_with = "names")]
    pub codes: bool,
    /// Names instead of codes
    #[arg(help = "写名称，不写代码")]
    #[arg(long)]
    pub names: bool,
}
