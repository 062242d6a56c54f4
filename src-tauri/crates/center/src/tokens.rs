//! Who is logged in: access and refresh tokens with the times until when they are valid. They are kept in memory; after
//! a restart senders log in again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use protocol::{KeyRule, LoginData, Secret, sign};

use crate::account::Account;
use crate::config::Config;

/// All sessions.
#[derive(Default)]
pub(crate) struct Tokens {
    sessions: Mutex<HashMap<String, Session>>,
}

/// One login.
#[derive(Clone)]
pub(crate) struct Session {
    pub account: Account,
    pub app_secret: Secret,
    client_secret: Secret,
    refresh_token: Secret,
    expires: Timestamp,
    refresh_expires: Timestamp,
}

impl Tokens {
    /// Opens a session: the reply to authorise.
    pub fn open(&self, account: &Account, config: &Config) -> LoginData {
        let session = Session {
            account: account.clone(),
            app_secret: app_secret(config),
            client_secret: config.random_text(32).into(),
            refresh_token: Secret::default(),
            expires: Timestamp::MIN,
            refresh_expires: Timestamp::MIN,
        };
        let mut data = self.keep(session.clone(), config);
        data.client_id = Some(account.client_id.clone());
        data.scope = Some("server".into());
        data.openid = Some(config.random_text(16));
        data.client_secret = Some(session.client_secret);
        data.app_secret = Some(session.app_secret);
        data.app_key = Some(account.app_key.clone());
        data
    }

    /// Renews a session: the reply to refresh. Its old tokens are no longer valid.
    pub fn renew(&self, client_secret: &Secret, refresh_token: &Secret, config: &Config) -> Option<LoginData> {
        let now = (config.now)();
        let session = {
            let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
            let same = |session: &Session| {
                sign::same(session.refresh_token.expose(), refresh_token.expose())
                    && sign::same(session.client_secret.expose(), client_secret.expose())
                    && now < session.refresh_expires
            };
            let access = sessions.iter().find(|(_, session)| same(session)).map(|(access, _)| access.clone())?;
            sessions.remove(&access)?
        };
        let client_id = session.account.client_id.clone();
        Some(LoginData { client_id: Some(client_id), scope: Some("server".into()), ..self.keep(session, config) })
    }

    /// The session of an access token.
    pub fn find(&self, access_token: &str, now: Timestamp) -> Option<Session> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(access_token).filter(|session| now < session.expires).cloned()
    }

    fn keep(&self, mut session: Session, config: &Config) -> LoginData {
        let now = (config.now)();
        let until = |seconds: u32| now.checked_add(SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MAX);
        session.expires = until(config.access_life_s);
        session.refresh_expires = until(config.refresh_life_s);
        session.refresh_token = config.random_text(32).into();
        let access = config.random_text(32);
        let data = LoginData {
            access_token: Secret::new(access.clone()),
            refresh_token: session.refresh_token.clone(),
            expires_in: Some(config.access_life_s.into()),
            refresh_expires_in: Some(config.refresh_life_s.into()),
            ..LoginData::default()
        };
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| now < session.refresh_expires);
        sessions.insert(access, session);
        data
    }
}

/// An `app_secret` that gives a key by the agreed rule: "all" needs just the 16 bytes of an SM4 key, "hex" their
/// digits.
fn app_secret(config: &Config) -> Secret {
    match config.options.sm4_key {
        KeyRule::All => config.random_text(16).into(),
        KeyRule::Hex => {
            let mut key = [0; 16];
            (config.random)(&mut key);
            hex::encode(key).into()
        }
        KeyRule::From(first) => config.random_text(u32::try_from(first + 16).unwrap_or(32).max(32)).into(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    fn account() -> Account {
        Account { client_id: "1".into(), username: "u".into(), password: "p".into(), app_key: "k".into() }
    }

    fn config(clock: &Arc<AtomicI64>) -> Config {
        let clock = clock.clone();
        Config {
            now: Arc::new(move || Timestamp::from_second(clock.load(Ordering::SeqCst)).unwrap()),
            access_life_s: 100,
            refresh_life_s: 1000,
            ..Config::new("unused".into(), ([127, 0, 0, 1], 0).into(), Vec::new())
        }
    }

    #[test]
    fn tokens_live_and_die() {
        let clock = Arc::new(AtomicI64::new(0));
        let (config, tokens) = (config(&clock), Tokens::default());
        let now = || (config.now)();
        let first = tokens.open(&account(), &config);
        assert_eq!((first.expires_in, first.refresh_expires_in), (Some(100), Some(1000)));
        clock.store(99, Ordering::SeqCst);
        assert!(tokens.find(first.access_token.expose(), now()).is_some());
        clock.store(100, Ordering::SeqCst);
        assert!(tokens.find(first.access_token.expose(), now()).is_none());

        let client_secret = first.client_secret.unwrap();
        assert!(tokens.renew(&"other".into(), &first.refresh_token, &config).is_none());
        let second = tokens.renew(&client_secret, &first.refresh_token, &config).unwrap();
        assert_eq!((&second.client_secret, &second.app_secret, &second.app_key), (&None, &None, &None));
        let session = tokens.find(second.access_token.expose(), now()).unwrap();
        assert_eq!(session.app_secret, first.app_secret.unwrap());
        assert!(tokens.renew(&client_secret, &first.refresh_token, &config).is_none(), "the old one is over");
        clock.store(1100, Ordering::SeqCst);
        assert!(tokens.renew(&client_secret, &second.refresh_token, &config).is_none(), "too late");
    }
}
