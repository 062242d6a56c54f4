//! The tokens of a login, and until when they are valid.

use jiff::{SignedDuration, Timestamp};
use protocol::{AppKeySource, Connection, LoginData, Secret};

use crate::error::SubmitError;

/// A login that was accepted.
#[derive(Debug, Clone)]
pub struct Session {
    /// The value of the header `Authorization`, without its prefix.
    pub access_token: Secret,
    /// The value of the header `app_key`.
    pub app_key: Secret,
    /// The secret that the SM4 key of bodies is made of.
    pub app_secret: Secret,
    /// Seconds for which the access token is valid, if the receiver says so.
    pub expires_in: Option<u64>,
    refresh: Option<Refresh>,
    expires: Option<Timestamp>,
}

/// What a refresh of the access token needs.
#[derive(Debug, Clone)]
pub struct Refresh {
    /// Secret for refresh.
    pub client_secret: Secret,
    /// The token of the last reply to authorise or refresh; each is valid once.
    pub refresh_token: Secret,
    expires: Option<Timestamp>,
}

impl Session {
    /// The session of a reply to authorise that was received at `now`.
    pub fn new(data: LoginData, connection: &Connection, now: Timestamp) -> Result<Session, SubmitError> {
        let filled = |secret: Option<Secret>| secret.filter(|secret| !secret.is_empty());
        let typed = Some(connection.app_key.clone());
        let app_secret = filled(data.app_secret.clone())
            .or_else(|| filled(Some(connection.app_secret.clone())))
            .ok_or(SubmitError::Lacking { name: "app_secret" })?;
        let app_key = match connection.options.app_key_from {
            AppKeySource::Reply => filled(data.app_key.clone()).or_else(|| filled(typed)),
            AppKeySource::Typed => filled(typed),
            AppKeySource::AppSecret => Some(app_secret.clone()),
        };
        let app_key = app_key.ok_or(SubmitError::Lacking { name: "app_key" })?;
        let client_secret = filled(data.client_secret.clone());
        let mut session = Session {
            access_token: Secret::default(),
            app_key,
            app_secret,
            expires_in: None,
            refresh: client_secret.map(|client_secret| Refresh {
                client_secret,
                refresh_token: Secret::default(),
                expires: None,
            }),
            expires: None,
        };
        session.renew(data, now);
        Ok(session)
    }

    /// Replaces the tokens by those of a reply to refresh; the secrets stay the same.
    pub fn renew(&mut self, data: LoginData, now: Timestamp) {
        let until = |seconds: Option<u64>| seconds.and_then(|seconds| deadline(now, seconds));
        self.expires = until(data.expires_in);
        self.expires_in = data.expires_in;
        self.access_token = data.access_token;
        if let Some(refresh) = &mut self.refresh
            && !data.refresh_token.is_empty()
        {
            refresh.refresh_token = data.refresh_token;
            refresh.expires = until(data.refresh_expires_in);
        }
    }

    /// Whether the access token is valid at `now`.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }

    /// What a refresh needs, if its token is valid at `now`.
    pub fn refreshable(&self, now: Timestamp) -> Option<&Refresh> {
        let refresh = self.refresh.as_ref()?;
        let alive = refresh.expires.is_none_or(|expires| now < expires);
        (alive && !refresh.refresh_token.is_empty()).then_some(refresh)
    }
}

/// When a token that is valid for `seconds` is renewed: 30 seconds before its end, or a tenth of that time if it is
/// less.
fn deadline(now: Timestamp, seconds: u64) -> Option<Timestamp> {
    let life = SignedDuration::from_secs(i64::try_from(seconds).ok()?);
    let margin = (life / 10).min(SignedDuration::from_secs(30));
    now.checked_add(life - margin).ok()
}

#[cfg(test)]
mod tests {
    use protocol::Options;

    use super::*;

    fn connection(app_key: &str, app_key_from: AppKeySource) -> Connection {
        Connection {
            address: "http://h".into(),
            client_id: "1".into(),
            username: "u".into(),
            password: "p".into(),
            app_key: app_key.into(),
            app_secret: "".into(),
            options: Options { app_key_from, ..Options::default() },
        }
    }

    fn data(app_key: Option<&str>) -> LoginData {
        LoginData {
            access_token: "a".into(),
            refresh_token: "r".into(),
            expires_in: Some(100),
            refresh_expires_in: Some(1000),
            client_secret: Some("c".into()),
            app_secret: Some("s".into()),
            app_key: app_key.map(Secret::from),
            ..LoginData::default()
        }
    }

    #[test]
    fn where_the_app_key_comes_from() {
        let check = |from, typed: &str, replied: Option<&str>, expect: Option<&str>| {
            let session = Session::new(data(replied), &connection(typed, from), Timestamp::UNIX_EPOCH);
            assert_eq!(session.ok().map(|s| s.app_key), expect.map(Secret::from), "{from:?} {typed} {replied:?}");
        };
        check(AppKeySource::Reply, "typed", Some("replied"), Some("replied"));
        check(AppKeySource::Reply, "typed", None, Some("typed"));
        check(AppKeySource::Reply, "typed", Some(""), Some("typed"));
        check(AppKeySource::Reply, "", None, None);
        check(AppKeySource::Typed, "typed", Some("replied"), Some("typed"));
        check(AppKeySource::Typed, "", Some("replied"), None);
        check(AppKeySource::AppSecret, "typed", Some("replied"), Some("s"));
    }

    #[test]
    fn life_times() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let mut session = Session::new(data(Some("k")), &connection("", AppKeySource::Reply), at(0)).unwrap();
        assert!(session.holds(at(89)) && !session.holds(at(90)), "a tenth early");
        assert!(session.refreshable(at(969)).is_some() && session.refreshable(at(970)).is_none(), "30 s early");
        session.renew(LoginData { access_token: "b".into(), expires_in: Some(7199), ..LoginData::default() }, at(90));
        assert!(session.holds(at(90 + 7168)) && !session.holds(at(90 + 7169)));
        assert_eq!(session.refreshable(at(100)).unwrap().refresh_token.expose(), "r", "the old one stays");
        session.renew(LoginData { expires_in: None, ..LoginData::default() }, at(0));
        assert!(session.holds(Timestamp::MAX), "nothing told: until refused");
    }
}
