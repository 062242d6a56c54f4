//! Whose packages this PC takes. The list begins empty: nobody is trusted before the college says so.

use std::path::PathBuf;

use package::{PublicKey, Publisher};
use serde::{Deserialize, Serialize};

use crate::session::api::{CallError, Changed, Nothing};
use crate::session::places::{file_error, write_whole};
use crate::standards::api::shelf::{DistrustPublisher, PublisherView, TrustPublisher};
use crate::{Desk, Env};

/// A publisher as it is kept.
#[derive(Serialize, Deserialize)]
struct Trusted {
    name: String,
    key: String,
}

fn file(env: &Env) -> PathBuf {
    env.home.join("publishers.json")
}

/// The trusted publishers. A file that cannot be read trusts nobody.
pub(crate) fn trusted(env: &Env) -> Vec<Publisher> {
    let text = std::fs::read_to_string(file(env)).unwrap_or_default();
    let kept: Vec<Trusted> = serde_json::from_str(&text).unwrap_or_default();
    let read = |kept: Trusted| Some(Publisher { key: PublicKey::parse(&kept.key).ok()?, name: kept.name });
    kept.into_iter().filter_map(read).collect()
}

/// Keeps the list and looks at what is installed with it.
fn keep(desk: &Desk, publishers: &[Publisher]) -> Result<Vec<PublisherView>, CallError> {
    let list = publishers.iter().map(|p| Trusted { name: p.name.clone(), key: p.key.to_text() });
    let text = serde_json::to_vec_pretty(&list.collect::<Vec<_>>())
        .map_err(|_| CallError::failed("publishers are not JSON"))?;
    std::fs::create_dir_all(&desk.env.home).map_err(|e| file_error(&e, &desk.env.home))?;
    write_whole(&file(&desk.env), &text)?;
    desk.standards.read_again(&desk.env);
    desk.tell(Changed::Book);
    Ok(views(publishers))
}

fn views(publishers: &[Publisher]) -> Vec<PublisherView> {
    let view = |p: &Publisher| PublisherView { name: p.name.clone(), fingerprint: p.key.fingerprint() };
    publishers.iter().map(view).collect()
}

/// `edition.publishers`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<Vec<PublisherView>, CallError> {
    Ok(views(&trusted(&desk.env)))
}

/// `edition.trust`. The same key again only gets the new name.
pub(crate) fn trust(desk: &Desk, request: TrustPublisher) -> Result<Vec<PublisherView>, CallError> {
    let key = PublicKey::parse(&request.key)?;
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > package::LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(CallError::new("parcel.publisher-name"));
    }
    let mut publishers = trusted(&desk.env);
    publishers.retain(|p| p.key != key);
    publishers.push(Publisher { name: name.to_owned(), key });
    keep(desk, &publishers)
}

/// `edition.distrust`.
pub(crate) fn distrust(desk: &Desk, request: DistrustPublisher) -> Result<Vec<PublisherView>, CallError> {
    let mut publishers = trusted(&desk.env);
    let before = publishers.len();
    publishers.retain(|p| p.key.fingerprint() != request.fingerprint);
    if publishers.len() == before {
        return Err(CallError::new("edition.no-publisher").with("fingerprint", &request.fingerprint));
    }
    keep(desk, &publishers)
}
