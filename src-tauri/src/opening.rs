//! Opens the book of the arguments before the page makes its first call.

use std::sync::Arc;

use desk::start::api::{CreateBook, OpenBookFile};
use desk::{CallError, College};
use desk::{Desk, Env};
use serde::Serialize;

use crate::arguments::Opening;

/// Opens the book of the arguments. When this fails, the first screen of the page offers other ways to open a book.
pub async fn open(desk: &Arc<Desk>, env: &Env, opening: Opening) -> Result<(), CallError> {
    match opening {
        Opening::Nothing => Ok(()),
        Opening::Book(path) => {
            let path = path.to_string_lossy().into_owned();
            call(desk, "book.open", OpenBookFile { path, passphrase: None }).await
        }
        Opening::Sample => open_sample(desk, env).await,
    }
}

async fn open_sample(desk: &Arc<Desk>, env: &Env) -> Result<(), CallError> {
    let file = env.books.join("示例职业技术学院.tianbao");
    let path = file.to_string_lossy().into_owned();
    if file.is_file() {
        return call(desk, "book.open", OpenBookFile { path, passphrase: None }).await;
    }
    let college = College::default();
    let book = CreateBook {
        edition: "gaozhi-2024.09".to_owned(),
        college,
        period: String::new(),
        department: String::new(),
        path: Some(path),
        passphrase: None,
        sample: true,
        job: 0,
    };
    call(desk, "book.create", book).await
}

async fn call(desk: &Arc<Desk>, name: &str, request: impl Serialize + Send) -> Result<(), CallError> {
    let request = serde_json::to_value(request)
        .map_err(|error| CallError::new("call.malformed").with("call", name).with("detail", error))?;
    desk.call(name, request).await.map(drop)
}
