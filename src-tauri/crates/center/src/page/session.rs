//! Who is logged in on the page. Sessions are kept in memory and end after a quarter of an hour without a request, which
//! is what practice asks for; after a restart people log in again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use store::inbox::{Person, Role};

use crate::config::{Clock, Fill};

/// A session ends after so many minutes without a request.
const IDLE: SignedDuration = SignedDuration::from_mins(15);

/// The open sessions by their token.
pub(super) struct Sessions {
    now: Clock,
    random: Fill,
    open: Mutex<HashMap<String, Session>>,
}

struct Session {
    name: String,
    form: String,
    used: Timestamp,
}

/// A person who is logged in.
pub(super) struct Viewer {
    /// With the rights of this moment.
    pub person: Person,
    /// The token that forms of this session carry, which no other site knows.
    pub form: String,
}

impl Viewer {
    /// Whether the person has a role.
    pub fn has(&self, role: Role) -> bool {
        self.person.roles.contains(&role)
    }

    /// Whether the person sees the numbers of a department: their own, and all of them for who belongs to none or
    /// administers.
    pub fn sees_department(&self, department: &str) -> bool {
        self.person.department.as_deref().is_none_or(|own| own == department) || self.has(Role::Administers)
    }
}

impl Sessions {
    /// None is open.
    pub fn new(now: Clock, random: Fill) -> Sessions {
        Sessions { now, random, open: Mutex::default() }
    }

    /// Opens a session; its token.
    pub fn open(&self, name: &str) -> String {
        let (token, now) = (self.text(), (self.now)());
        let mut open = self.sessions();
        open.retain(|_, session| now.duration_since(session.used) < IDLE);
        open.insert(token.clone(), Session { name: name.to_owned(), form: self.text(), used: now });
        token
    }

    /// Who has this token; `person` reads a person anew.
    pub fn find(&self, token: &str, person: impl FnOnce(&str) -> Option<Person>) -> Option<Viewer> {
        let now = (self.now)();
        let (name, form) = {
            let mut open = self.sessions();
            let session = open.get_mut(token).filter(|session| now.duration_since(session.used) < IDLE)?;
            session.used = now;
            (session.name.clone(), session.form.clone())
        };
        Some(Viewer { person: person(&name)?, form })
    }

    /// Ends the session with this token of forms.
    pub fn close(&self, form: &str) {
        self.sessions().retain(|_, session| session.form != form);
    }

    fn text(&self) -> String {
        let mut bytes = [0; 24];
        (self.random)(&mut bytes);
        hex::encode(bytes)
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

    #[test]
    fn a_session_ends_when_it_is_idle() {
        let (clock, next) = (Arc::new(AtomicI64::new(0)), AtomicU8::new(0));
        let now = clock.clone();
        let sessions = Sessions::new(
            Arc::new(move || Timestamp::from_second(now.load(Ordering::SeqCst)).unwrap()),
            Arc::new(move |buffer: &mut [u8]| buffer.fill(next.fetch_add(1, Ordering::SeqCst))),
        );
        let person = |name: &str| {
            let roles = vec![Role::Fills];
            Some(Person {
                name: name.into(), department: Some("教务处".into()), roles, salt: [0; 16], hash: [0; 32]
            })
        };
        let token = sessions.open("王");
        clock.store(14 * 60, Ordering::SeqCst);
        let viewer = sessions.find(&token, person).unwrap();
        assert!(viewer.sees_department("教务处") && !viewer.sees_department("学工处") && !viewer.has(Role::Reads));
        clock.store(28 * 60, Ordering::SeqCst);
        assert!(sessions.find(&token, person).is_some(), "each request keeps it");
        assert!(sessions.find(&token, |_| None).is_none(), "a person who was removed is out");
        clock.store(44 * 60, Ordering::SeqCst);
        assert!(sessions.find(&token, person).is_none());
        let token = sessions.open("王");
        sessions.close(&sessions.find(&token, person).unwrap().form);
        assert!(sessions.find(&token, person).is_none());
    }
}
