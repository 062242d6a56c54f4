//! The publishers whose packages this PC accepts, stored in publishers.json. A new PC trusts no publisher.

use std::path::PathBuf;

use package::{PublicKey, Publisher};
use serde::{Deserialize, Serialize};

use crate::session::api::CallError;
use crate::session::env::Env;
use crate::session::places::{file_error, write_whole};

/// A publisher as the file has it.
#[derive(Serialize, Deserialize)]
struct Trusted {
    name: String,
    key: String,
}

fn file(env: &Env) -> PathBuf {
    env.home.join("publishers.json")
}

/// The trusted publishers; none where there is no file. A file that cannot be read is an error, so that it is not
/// replaced by a shorter list.
pub(crate) fn trusted(env: &Env) -> Result<Vec<Publisher>, CallError> {
    let file = file(env);
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(file_error(&error, &file)),
    };
    let damaged = || CallError::new("edition.publishers-damaged").with("file", file.display());
    let kept: Vec<Trusted> = serde_json::from_str(&text).map_err(|_| damaged())?;
    let read = |kept: Trusted| Ok(Publisher { key: PublicKey::parse(&kept.key)?, name: kept.name });
    kept.into_iter().map(read).collect::<Result<_, package::KeyError>>().map_err(|_| damaged())
}

/// Stores the list.
pub(crate) fn keep(env: &Env, publishers: &[Publisher]) -> Result<(), CallError> {
    let list = publishers.iter().map(|p| Trusted { name: p.name.clone(), key: p.key.to_text() });
    let text = serde_json::to_vec_pretty(&list.collect::<Vec<_>>())
        .map_err(|_| CallError::failed("publishers are not JSON"))?;
    std::fs::create_dir_all(&env.home).map_err(|e| file_error(&e, &env.home))?;
    write_whole(&file(env), &text)
}
