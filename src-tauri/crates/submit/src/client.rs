//! The four requests of the protocol: authorise, refresh, submit, query.
//!
//! A session is opened when it is needed, renewed before it expires and opened anew when a request is refused with an
//! old one. `timestamps` follows the receiver's clock, learned from every reply, because the clocks of office PCs are
//! often wrong. Left out: which rows are sent, and what is recorded; see [`crate::drive`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use protocol::envelope::{self, Envelope};
use protocol::message::{self, SubmitRequest};
use protocol::{Connection, QueryBody, QueryRequest, Random, Refusal, ReplyError, ResultPage, Row, header, path, sign};
use reqwest::header::{AUTHORIZATION, HeaderName};
use zeroize::Zeroizing;

use crate::error::SubmitError;
use crate::made::{Made, RequestAt, Subject};
use crate::outcome::SubmissionOutcome;
use crate::reply::{judge, of_results, speaks_of_time, worded};
use crate::session::Session;
use crate::transport::{FORM, Request, Transport};

/// Gives the current time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Fills a buffer with unpredictable bytes.
pub type Fill = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The clock and the randomness that a client uses.
#[derive(Clone)]
pub struct Edges {
    /// This PC's clock. The time that it shows may be wrong; the difference of two of its moments is right.
    pub now: Clock,
    /// The best known time, for receivers whose replies have no `Date` header.
    pub known: Clock,
    /// The source of `random` and of the padding of encrypted logins.
    pub random: Fill,
}

/// What is known after a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Login {
    /// Seconds for which the access token is valid.
    pub expires_in: Option<u64>,
    /// This PC's clock minus the receiver's; absent where the reply has no date.
    pub clock_offset: Option<SignedDuration>,
}

/// Sends the requests of one connection and keeps its session.
pub struct Client {
    pub(crate) connection: Connection,
    pub(crate) edges: Edges,
    transport: Transport,
    pub(crate) session: tokio::sync::Mutex<Option<Session>>,
    /// This PC's clock minus the receiver's.
    offset: Mutex<Option<SignedDuration>>,
    replies: Mutex<Replies>,
    made: Made,
}

/// Whether the time in the receiver's replies is used for `timestamps`.
#[derive(Debug, Clone, Default)]
enum Replies {
    #[default]
    Believed,
    /// A request with this time was refused in these words; the next one carries this PC's time.
    Doubted(Refusal),
    /// A request with this time was refused, and the same one with this PC's time was accepted: this PC's time is used
    /// from now on.
    Refuted,
}

impl Client {
    /// A client; nothing is sent yet.
    pub fn new(connection: Connection, edges: Edges) -> Result<Client, SubmitError> {
        let transport = Transport::new(&connection)?;
        Ok(Client {
            connection,
            edges,
            transport,
            session: None.into(),
            offset: None.into(),
            replies: Mutex::default(),
            made: Made::default(),
        })
    }

    /// The connection that the client was made with.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Now, by the receiver's clock as far as it is known.
    pub fn now(&self) -> Timestamp {
        if !self.connection.options.clock_from_server || !matches!(*self.replies(), Replies::Believed) {
            return (self.edges.now)();
        }
        self.receiver_now().unwrap_or_else(|| (self.edges.known)())
    }

    /// Now, by the receiver's clock; absent while no reply had a time. While that time is in doubt, and after it proved
    /// wrong, this is this PC's time.
    pub fn receiver_now(&self) -> Option<Timestamp> {
        match *self.replies() {
            Replies::Believed => (self.edges.now)().checked_sub(self.clock_offset()?).ok(),
            Replies::Doubted(_) | Replies::Refuted => Some((self.edges.now)()),
        }
    }

    /// The requests that were made since this was asked last, the oldest first.
    pub fn take_requests(&self) -> Vec<RequestAt> {
        self.made.take()
    }

    /// Number of requests that [`Client::take_requests`] would give.
    pub fn requests_kept(&self) -> usize {
        self.made.len()
    }

    fn replies(&self) -> MutexGuard<'_, Replies> {
        self.replies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// This PC's clock minus the receiver's, learned from the last reply.
    pub fn clock_offset(&self) -> Option<SignedDuration> {
        *self.offset.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Logs in anew.
    pub async fn login(&self) -> Result<Login, SubmitError> {
        let mut kept = self.session.lock().await;
        let session = self.authorise().await?;
        let expires_in = session.expires_in;
        *kept = Some(session);
        Ok(Login { expires_in, clock_offset: self.clock_offset() })
    }

    /// Logs in unless there is a valid session. After it the receiver's clock is known.
    pub async fn ready(&self) -> Result<(), SubmitError> {
        self.open_session().await.map(drop)
    }

    /// Submits rows of one table. After [`SubmissionOutcome::Doubted`] the same rows are to be submitted once more,
    /// because a refused request is not taken.
    pub async fn submit(&self, table: &str, rows: Vec<Row>) -> SubmissionOutcome {
        let subject = Subject { path: path::SUBMIT, table, rows: Some(rows.len()) };
        let request = SubmitRequest { table: table.to_owned(), rows };
        // A name and rows that are already JSON text can always be serialised.
        let body = Zeroizing::new(serde_json::to_string(&request).expect("JSON"));
        let tries_time = self.tries_time();
        let result = self.signed_call(subject, &body, QueryBody::Json, message::read_submit).await;
        match self.settle(result, tries_time) {
            Ok(data) => SubmissionOutcome::Accepted { time: data.time, size: data.size },
            Err(SubmitError::TooLarge) => SubmissionOutcome::TooLarge,
            Err(SubmitError::Refused(refusal)) if self.doubts(&refusal, tries_time) => {
                SubmissionOutcome::Doubted(worded(SubmitError::Refused(refusal)))
            }
            Err(error) if error.is_refusal() => SubmissionOutcome::Refused(worded(error)),
            Err(error) if error.nothing_arrived() => SubmissionOutcome::NotSent(error),
            Err(error) => SubmissionOutcome::Unknown(error),
        }
    }

    /// One page of results.
    pub async fn results(&self, query: &QueryRequest) -> Result<ResultPage, SubmitError> {
        let options = &self.connection.options;
        let body = query.to_json(options);
        let subject = Subject { path: path::RESULTS, table: &query.table, rows: None };
        let ask = || self.signed_call(subject, &body, options.query_body, message::read_results);
        let tries_time = self.tries_time();
        let mut result = self.settle(ask().await, tries_time);
        if let Err(SubmitError::Refused(refusal)) = &result
            && self.doubts(refusal, tries_time)
        {
            result = self.settle(ask().await, true);
        }
        result.map_err(of_results)
    }

    /// Whether the next request carries this PC's time to find out whether the time in the replies is wrong.
    fn tries_time(&self) -> bool {
        matches!(*self.replies(), Replies::Doubted(_))
    }

    /// Whether a refusal may mean that the time in the replies is wrong: its message mentions the time, and the replies
    /// show another time than this PC. Then the next request carries this PC's time, and [`Self::settle`] takes in what
    /// came of it. A request that was on its way at the same time may find the doubt already there.
    fn doubts(&self, refusal: &Refusal, tried_time: bool) -> bool {
        if tried_time || !speaks_of_time(&refusal.message) {
            return false;
        }
        if self.tries_time() {
            return true;
        }
        let doubts = self.misleading_offset().is_some();
        if doubts {
            *self.replies() = Replies::Doubted(refusal.clone());
        }
        doubts
    }

    /// Takes in the result of a request that carried this PC's time for a doubt: if it was taken, the time in the replies
    /// is wrong. If it was refused as well, or its outcome is unknown, the time in the replies is used as before.
    fn settle<T>(&self, result: Result<T, SubmitError>, tried_time: bool) -> Result<T, SubmitError> {
        if !tried_time {
            return result;
        }
        let mut replies = self.replies();
        let Replies::Doubted(Refusal { code, message }) = &*replies else { return result };
        let (returned, message) = (code.clone(), message.clone());
        *replies = if result.is_ok() { Replies::Refuted } else { Replies::Believed };
        match result {
            Err(SubmitError::Refused(_)) => {
                let offset = self.clock_offset().map_or(0, |offset| offset.as_secs());
                Err(SubmitError::RefusedClock { returned, message, offset })
            }
            other => other,
        }
    }

    /// Sends a request with token, signature and cipher. A refusal with an older session may mean that the session has
    /// expired: the request is sent once more with a new one, except while the time is in doubt. This is safe, because
    /// a refused request is not taken.
    async fn signed_call<T>(
        &self,
        subject: Subject<'_>,
        body: &str,
        form: QueryBody,
        read: fn(&[u8]) -> Result<T, ReplyError>,
    ) -> Result<T, SubmitError> {
        let (session, fresh) = self.open_session().await?;
        let mut result = self.signed_once(&session, subject, body, form, read).await;
        if !fresh && !self.tries_time() && result.as_ref().is_err_and(SubmitError::is_refusal) {
            let session = self.session_after(&session).await?;
            result = self.signed_once(&session, subject, body, form, read).await;
        }
        result
    }

    async fn signed_once<T>(
        &self,
        session: &Session,
        subject: Subject<'_>,
        body: &str,
        form: QueryBody,
        read: fn(&[u8]) -> Result<T, ReplyError>,
    ) -> Result<T, SubmitError> {
        self.judged(subject, self.signed(session, subject.path, body, form)?, read).await
    }

    /// By how much this PC's clock differs from the time in the replies, if that is followed and the difference
    /// matters.
    fn misleading_offset(&self) -> Option<SignedDuration> {
        let matters = SignedDuration::from_millis(protocol::CLOCK_WINDOW_MS / 2);
        let followed = self.connection.options.clock_from_server && matches!(*self.replies(), Replies::Believed);
        self.clock_offset().filter(|offset| followed && offset.abs() > matters)
    }

    fn signed(&self, session: &Session, path: &str, body: &str, form: QueryBody) -> Result<Request, SubmitError> {
        let options = &self.connection.options;
        let cipher_text = envelope::seal(body.as_bytes(), &session.app_secret, options)?;
        let timestamps = self.now().as_millisecond().to_string();
        let random = sign::random_text(&mut self.rng(), options.random_length);
        let sign = sign::sign(body.as_bytes(), &timestamps, &random);
        if !session.access_token.expose().bytes().all(|b| (0x21..0x7f).contains(&b)) {
            return Err(SubmitError::BadToken);
        }
        let authorization = format!("{}{}", options.authorization_prefix, session.access_token.expose());
        let named = |name: &'static str, value: String| (HeaderName::from_static(name), Zeroizing::new(value));
        let headers = vec![
            (AUTHORIZATION, Zeroizing::new(authorization)),
            named(header::APP_KEY, session.app_key.expose().to_owned()),
            named(header::TIMESTAMPS, timestamps),
            named(header::RANDOM, random),
            named(header::SIGN, sign),
        ];
        let (content_type, body) = match form {
            QueryBody::Json => {
                // A struct with one string can always be serialised.
                ("application/json", serde_json::to_string(&Envelope { cipher_text }).expect("JSON"))
            }
            QueryBody::Form => {
                let mut fields = form_urlencoded::Serializer::new(String::new());
                (FORM, fields.append_pair("cipherText", &cipher_text).finish())
            }
        };
        Ok(Request { url: self.connection.url(path), content_type: Some(content_type), headers, body: body.into() })
    }

    /// Sends a request, takes the receiver's clock from the reply, and notes the request.
    pub(crate) async fn judged<T>(
        &self,
        subject: Subject<'_>,
        request: Request,
        read: fn(&[u8]) -> Result<T, ReplyError>,
    ) -> Result<T, SubmitError> {
        let (at, before, sent) = ((self.edges.known)(), (self.edges.now)(), request.body.len());
        let answer = self.transport.send(request).await;
        let after = (self.edges.now)();
        let took = after.duration_since(before);
        if let Ok(theirs) = answer.as_ref().map(|answer| answer.date)
            && let Some(theirs) = theirs
        {
            let ours = before.checked_add(took / 2).unwrap_or(after);
            self.learn(ours.duration_since(theirs));
        }
        let judged = answer.as_ref().map_err(Clone::clone).and_then(|answer| judge(answer, read));
        self.made.note(subject, at, took, sent, answer.as_ref().ok(), judged.as_ref().err());
        judged
    }

    /// `Date` has whole seconds: a new value that differs less than that from the one before is ignored, so that the
    /// time does not jump.
    fn learn(&self, offset: SignedDuration) {
        let mut known = self.offset.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none_or(|known| (offset - known).abs() > SignedDuration::from_secs(2)) {
            *known = Some(offset);
        }
    }

    /// Any number.
    pub fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        (self.edges.random)(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    pub(crate) fn rng(&self) -> Random<'_> {
        Random(&*self.edges.random)
    }
}
