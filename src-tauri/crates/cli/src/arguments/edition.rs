//! `tianbao edition` as the user types it.

use std::path::PathBuf;

use clap::Subcommand;

/// `tianbao edition`.
#[derive(Debug, Subcommand)]
pub enum Edition {
    /// Lists the usable editions
    #[command(about = "列出可用的标准版本和来源")]
    List,
    /// Writes an edition as a definition workbook
    #[command(about = "把标准版本写成定义工作簿，改动以后可以再安装")]
    Export {
        /// Definition workbook to write
        #[arg(help = "要写出的定义工作簿（.xlsx）")]
        #[arg(long, value_name = "FILE")]
        definition: PathBuf,
        /// Edition id; default: that of the book, else the newest
        #[arg(help = "标准版本；不写就用填报册的，否则用最新的")]
        #[arg(long)]
        edition: Option<String>,
    },
    /// Installs a signed package of a trusted publisher, or a definition workbook
    #[command(about = "安装受信任的出版者签名的标准包，或定义工作簿")]
    Install {
        /// Package or definition workbook
        #[arg(help = "签名包（.tbedition），或定义工作簿（.xlsx、.xls、.ods）")]
        file: PathBuf,
    },
    /// Removes an installed edition
    #[command(about = "移除安装的标准版本（内置的不能移除）")]
    Remove {
        /// Edition id
        #[arg(help = "标准版本")]
        id: String,
    },
    /// Signs an edition as a package
    #[command(about = "把标准版本签名打包")]
    Pack {
        /// Edition id, or a folder with its files
        #[arg(help = "标准版本，或存放它的文件夹")]
        source: String,
        /// File to write
        #[arg(help = "要写出的签名包（.tbedition）")]
        #[arg(short, long)]
        output: PathBuf,
        /// File of the private key
        #[arg(help = "私钥文件")]
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Name of the publisher
        #[arg(help = "出版者的名称")]
        #[arg(long, value_name = "NAME")]
        publisher: String,
    },
    /// Makes a key pair for signing
    #[command(about = "生成一对签名密钥")]
    Key {
        /// File for the private key; it must not exist
        #[arg(help = "存放私钥的新文件")]
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Lists the trusted publishers
    #[command(about = "列出受信任的出版者")]
    Publishers,
    /// Trusts a publisher, so that its packages can be installed
    #[command(about = "信任一个出版者")]
    Trust {
        /// Name of the publisher on this PC
        #[arg(help = "给出版者起的名称")]
        name: String,
        /// Public key of the publisher as text
        #[arg(help = "出版者的公钥")]
        key: String,
    },
    /// Stops trusting a publisher
    #[command(about = "不再信任一个出版者")]
    Distrust {
        /// Fingerprint of the public key
        #[arg(help = "出版者公钥的指纹")]
        fingerprint: String,
    },
}
