//! Logging in: a session is opened when it is needed, renewed before it expires, and opened anew after a refusal.

use protocol::login::{self, Grant};
use protocol::message;
use protocol::{Authorise, ReplyError, path};
use zeroize::Zeroizing;

use crate::client::Client;
use crate::error::SubmitError;
use crate::made::Subject;
use crate::reply::of_login;
use crate::session::Session;
use crate::transport::{FORM, Request};

impl Client {
    /// A valid session, and whether it was opened just now.
    pub(crate) async fn open_session(&self) -> Result<(Session, bool), SubmitError> {
        let mut kept = self.session.lock().await;
        let now = (self.edges.now)();
        if let Some(session) = &mut *kept {
            if session.holds(now) {
                return Ok((session.clone(), false));
            }
            match self.refresh(session).await {
                Ok(true) => return Ok((session.clone(), false)),
                Ok(false) | Err(SubmitError::Protocol(_) | SubmitError::LoginUnreadable { .. }) => {}
                Err(error) if error.is_refused_login() => {}
                Err(error) => return Err(error),
            }
        }
        *kept = None;
        let session = self.authorise().await?;
        Ok((kept.insert(session).clone(), true))
    }

    /// A newer session than this one, which was refused. Of several requests that are refused at once, the first one
    /// logs in, and the others use its session.
    pub(crate) async fn session_after(&self, refused: &Session) -> Result<Session, SubmitError> {
        let mut kept = self.session.lock().await;
        let is_newer = |kept: &&Session| kept.access_token.expose() != refused.access_token.expose();
        if let Some(newer) = kept.as_ref().filter(is_newer) {
            return Ok(newer.clone());
        }
        let session = self.authorise().await?;
        Ok(kept.insert(session).clone())
    }

    pub(crate) async fn authorise(&self) -> Result<Session, SubmitError> {
        let grant = Grant::Password {
            client_id: self.connection.client_id.clone(),
            username: self.connection.username.clone(),
            password: self.connection.password.clone(),
        };
        let data = self.login_call(path::AUTHORISE, &grant).await?;
        Session::new(data, &self.connection, (self.edges.now)())
    }

    /// Renews a session; false if it has no refresh token.
    async fn refresh(&self, session: &mut Session) -> Result<bool, SubmitError> {
        let Some(refresh) = session.refreshable((self.edges.now)()) else { return Ok(false) };
        let grant = Grant::Refresh {
            client_id: self.connection.client_id.clone(),
            client_secret: refresh.client_secret.clone(),
            refresh_token: refresh.refresh_token.clone(),
        };
        let data = self.login_call(path::REFRESH, &grant).await?;
        session.renew(data, (self.edges.now)());
        Ok(true)
    }

    async fn login_call(&self, path: &'static str, grant: &Grant) -> Result<protocol::LoginData, SubmitError> {
        let options = &self.connection.options;
        let key = match options.authorise {
            Authorise::Plain => None,
            Authorise::Rsa => Some(self.public_key().await?),
        };
        let body = login::body(grant, options, key.as_ref(), &mut self.rng())?;
        let url = self.connection.url(path);
        let request = Request { url, content_type: Some(FORM), headers: Vec::new(), body };
        self.login_exchange(Subject::of(path), request, message::read_login).await
    }

    async fn login_exchange<T>(
        &self,
        subject: Subject<'_>,
        request: Request,
        read: fn(&[u8]) -> Result<T, ReplyError>,
    ) -> Result<T, SubmitError> {
        let judged = self.judged(subject, request, read).await;
        judged.map_err(|error| of_login(error, &self.connection.options))
    }

    async fn public_key(&self) -> Result<login::PublicKey, SubmitError> {
        let typed = &self.connection.options.rsa_public_key;
        if typed.trim() != "fetch" {
            return Ok(login::public_key(typed)?);
        }
        let url = self.connection.url(path::PUBLIC_KEY);
        let request = Request { url, content_type: None, headers: Vec::new(), body: Zeroizing::default() };
        let key = self.login_exchange(Subject::of(path::PUBLIC_KEY), request, message::read_public_key).await?;
        Ok(login::public_key(&key)?)
    }
}
