//! The list of trusted publishers: adding one, removing one.

use package::{PublicKey, Publisher};

use crate::session::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::shelf::publishers::{keep, trusted};
use crate::standards::api::shelf::{DistrustPublisher, PublisherView, TrustPublisher};

/// Stores the list and verifies the installed editions with it.
fn keep_and_verify(desk: &Desk, publishers: &[Publisher]) -> Result<Vec<PublisherView>, CallError> {
    keep(&desk.env, publishers)?;
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
    Ok(views(&trusted(&desk.env)?))
}

/// `edition.trust`. The same key again only gets the new name.
pub(crate) fn trust(desk: &Desk, request: TrustPublisher) -> Result<Vec<PublisherView>, CallError> {
    let key = PublicKey::parse(&request.key)?;
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > package::LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(CallError::new("parcel.publisher-name"));
    }
    let mut publishers = trusted(&desk.env)?;
    publishers.retain(|p| p.key != key);
    publishers.push(Publisher { name: name.to_owned(), key });
    keep_and_verify(desk, &publishers)
}

/// `edition.distrust`.
pub(crate) fn distrust(desk: &Desk, request: DistrustPublisher) -> Result<Vec<PublisherView>, CallError> {
    let mut publishers = trusted(&desk.env)?;
    let before = publishers.len();
    publishers.retain(|p| p.key.fingerprint() != request.fingerprint);
    if publishers.len() == before {
        return Err(CallError::new("edition.no-publisher").with("fingerprint", &request.fingerprint));
    }
    keep_and_verify(desk, &publishers)
}
