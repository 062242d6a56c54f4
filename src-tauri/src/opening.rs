//! Opens the book of the arguments before the page makes its first call.

use std::path::Path;
use std::sync::Arc;

use desk::start::api::{CreateBook, OpenBookFile};
use desk::{CallError, College, Desk, Env, WantedBook};
use serde::Serialize;

use crate::arguments::Opening;

/// Opens the book of the arguments. Where that fails, the first screen asks for the book's password or says what is
/// wrong.
pub async fn open(desk: &Arc<Desk>, env: &Env, opening: Opening) {
    let (path, opened) = match opening {
        Opening::Nothing => return,
        Opening::Book(path) => {
            let path = path.to_string_lossy().into_owned();
            let opened = call(desk, "book.open", OpenBookFile { path: path.clone(), passphrase: None }).await;
            (path, opened)
        }
        Opening::Sample => (sample_file(env), open_sample(desk, env).await),
    };
    if let Err(error) = opened {
        desk.want(Some(WantedBook { path, error: Some(error) }));
    }
}

fn sample_file(env: &Env) -> String {
    env.books.join("示例职业技术学院.tianbao").to_string_lossy().into_owned()
}

async fn open_sample(desk: &Arc<Desk>, env: &Env) -> Result<(), CallError> {
    let path = sample_file(env);
    if Path::new(&path).is_file() {
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
        recovery_key: None,
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
