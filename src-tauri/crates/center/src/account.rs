//! Accounts that may submit.

use std::path::Path;

use protocol::Secret;
use serde::{Deserialize, Serialize};
use store::Inbox;

use crate::config::Config;
use crate::error::CenterError;
use crate::small_file::read_text;

/// One account, as an account file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The id that the ministry gives a system that submits; `1` for an account made here.
    pub client_id: String,
    /// The name that logs in, different for each account.
    pub username: String,
    /// 16 random letters and digits in an account made here.
    pub password: Secret,
    /// What the header `app_key` of every submit and query must hold.
    pub app_key: Secret,
}

/// An account file: `[[account]]` once for each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountFile {
    account: Vec<Account>,
}

/// The accounts of the file, else those kept in the folder, else one made now and kept.
pub(crate) fn accounts(config: &Config, inbox: &Inbox) -> Result<Vec<Account>, CenterError> {
    if let Some(file) = &config.accounts {
        return read(file);
    }
    let kept = inbox.accounts()?;
    if !kept.is_empty() {
        return Ok(kept.into_iter().map(Account::from).collect());
    }
    let made = store::inbox::Account {
        client_id: "1".into(),
        username: format!("school{}", config.random_text(4).to_lowercase()),
        password: config.random_text(16),
        app_key: config.random_text(8),
    };
    inbox.set_account(&made)?;
    Ok(vec![made.into()])
}

impl From<store::inbox::Account> for Account {
    fn from(kept: store::inbox::Account) -> Account {
        Account {
            client_id: kept.client_id,
            username: kept.username,
            password: kept.password.into(),
            app_key: kept.app_key.into(),
        }
    }
}

fn read(path: &Path) -> Result<Vec<Account>, CenterError> {
    let failed = |reason: String| CenterError::Accounts { file: path.display().to_string(), reason };
    let text = read_text(path).map_err(|error| failed(error.to_string()))?;
    // Only the message is shown, because the full text of the error repeats the line, which may hold a password.
    let file: AccountFile = toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))?;
    let empty = |account: &Account| account.username.is_empty() || account.password.is_empty();
    if file.account.is_empty() || file.account.iter().any(empty) {
        return Err(failed("no account, or one without username or password".into()));
    }
    Ok(file.account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("accounts.toml");
        let check = |text: &str, expect: Option<&[&str]>| {
            std::fs::write(&path, text).unwrap();
            let names = read(&path).map(|accounts| accounts.into_iter().map(|a| a.username).collect::<Vec<_>>());
            match expect {
                Some(expect) => assert_eq!(names.unwrap(), expect, "{text}"),
                None => assert!(!names.unwrap_err().to_string().contains("geheim"), "{text}"),
            }
        };
        let one = "client_id = \"1\"\nusername = \"u\"\npassword = \"geheim\"\napp_key = \"k\"\n";
        check(&format!("[[account]]\n{one}[[account]]\n{}", one.replace("\"u\"", "\"v\"")), Some(&["u", "v"]));
        check("account = []", None);
        check(&format!("[[account]]\n{one}pasword = \"geheim\""), None);
        check("[[account]]\npassword = \"geheim", None);
        check(&format!("[[account]]\n{}", one.replace("\"u\"", "\"\"")), None);
    }
}
