//! The protocol between a college and a receiver, as pure functions: bytes and text in, bytes and text out.
//!
//! - [`options`]: everything that the printed protocol leaves open, as settings with defaults; [`connection`]: those
//!   settings together with an address and an account.
//! - [`path`] and [`header`]: paths and headers of the requests.
//! - [`login`]: the parameters of authorise and refresh, in the clear or encrypted with RSA.
//! - [`message`]: the JSON of requests and replies, spelled exactly as printed (`fileds`), read tolerantly; [`row`]:
//!   one record in it.
//! - [`envelope`]: the SM4 cipher text of a body; [`sign`]: the SM3 digest in its headers.
//! - [`remark`]: what the receiver says about rejected rows; [`time`]: the times that it writes; [`words`]: its texts
//!   without characters that must not be shown.
//!
//! Both sides use it: `submit` as the college, `center` as the receiver. Left out on purpose: sockets, clocks, the
//! standards, the book. Randomness is passed in ([`Random`]). A secret is a [`Secret`], which is left out of debug
//! output and wiped when dropped.

pub mod connection;
pub mod envelope;
pub mod error;
pub mod lenient;
pub mod login;
pub mod message;
pub mod options;
pub mod random;
pub mod remark;
pub mod row;
pub mod secret;
pub mod sign;
pub mod time;
pub mod words;

pub use connection::{Connection, ConnectionError};
pub use error::ProtocolError;
pub use message::{
    LoginData, LoginReply, QueryRequest, Refusal, Reply, ReplyError, ResultEntry, ResultPage, SubmitData, SubmitRequest,
};
pub use options::{
    AppKeySource, Authorise, CipherText, EmptyValue, KeyRule, Numbers, Options, Proxy, QueryBody, RsaLongText,
    RsaPadding, RsaPlaintext, Sm4Mode,
};
pub use random::Random;
pub use row::Row;
pub use secret::Secret;

/// Paths of the requests, the same in every edition; they follow the base address of a connection.
pub mod path {
    /// Login with account and password.
    pub const AUTHORISE: &str = "/prod-api4/api/web/auth/login/interface/oauth";
    /// Refresh of an access token.
    pub const REFRESH: &str = "/prod-api4/api/web/auth/login/interface/refresh";
    /// Submit rows of one table.
    pub const SUBMIT: &str = "/prod-api4/api/web/convergence/collect/interface/saveInterfaceData";
    /// Ask for results.
    pub const RESULTS: &str = "/prod-api4/api/web/convergence/collect/interface/getResultsByTime";
    /// The public key for authorise. A client in circulation asks for it here; the printed protocol does not have this
    /// path.
    pub const PUBLIC_KEY: &str = "/prod-api4/api/web/auth/login/getRSA";
}

/// Names of the headers of submit and query, beside `Authorization` and `Content-Type`.
pub mod header {
    /// The account's `app_key`, a second secret beside its password.
    pub const APP_KEY: &str = "app_key";
    /// Time of the sender in milliseconds since 1970.
    pub const TIMESTAMPS: &str = "timestamps";
    /// A random text, new for each request; it is part of the digest.
    pub const RANDOM: &str = "random";
    /// Digest of body, timestamps and random.
    pub const SIGN: &str = "sign";
}

/// The largest difference in milliseconds between `timestamps` and the receiver's clock.
pub const CLOCK_WINDOW_MS: i64 = 30_000;

/// The value of `returnCode` and `code` in a reply that reports success.
pub const OK: &str = "200";
