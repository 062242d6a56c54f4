//! The replies that refuse a request. The protocol prints no refusal: codes and words are chosen by this program. They
//! have the printed form of replies and the HTTP status 200, as receivers of this kind answer.

use axum::Json;
use axum::response::{IntoResponse, Response};
use protocol::Reply;
use protocol::message::LoginReply;

use crate::words::words;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The body is not what the protocol prints.
    Body,
    /// The body is too long.
    TooLong,
    /// The account is unknown or its password is wrong.
    Account,
    /// The refresh token is unknown or has expired.
    RefreshToken,
    /// The access token is unknown or has expired.
    Token,
    /// `app_key` is missing or is not the account's.
    AppKey,
    /// `timestamps` is missing or too far from the receiver's clock.
    Timestamps,
    /// `random` is missing.
    Random,
    /// `sign` is missing or is not the digest of the request.
    Sign,
    /// The cipher text cannot be decrypted.
    Cipher,
    /// The request was taken already.
    Replayed,
    /// Too many logins of this address and account wait because of wrong passwords.
    TooMany,
    /// The address or the account makes more requests than it may.
    TooOften,
    /// No edition of the receiver has a table of this name.
    Table,
    /// The submission has no rows.
    Empty,
    /// The receiver itself failed.
    Failed,
}

impl Refusal {
    /// The code in the reply.
    pub fn code(self) -> u32 {
        match self {
            Refusal::Body | Refusal::Cipher | Refusal::Empty => 400,
            Refusal::Account | Refusal::RefreshToken | Refusal::Token => 401,
            Refusal::AppKey | Refusal::Timestamps | Refusal::Random | Refusal::Sign | Refusal::Replayed => 403,
            Refusal::Table => 404,
            Refusal::TooLong => 413,
            Refusal::TooMany | Refusal::TooOften => 429,
            Refusal::Failed => 500,
        }
    }

    fn words(self) -> String {
        let key = match self {
            Refusal::Body => "receiver.body",
            Refusal::TooLong => "receiver.too-long",
            Refusal::Account => "receiver.account",
            Refusal::RefreshToken => "receiver.refresh-token",
            Refusal::Token => "receiver.token",
            Refusal::AppKey => "receiver.app-key",
            Refusal::Timestamps => "receiver.timestamps",
            Refusal::Random => "receiver.random",
            Refusal::Sign => "receiver.sign",
            Refusal::Cipher => "receiver.cipher",
            Refusal::Replayed => "receiver.replayed",
            Refusal::TooMany => "receiver.too-many",
            Refusal::TooOften => "receiver.too-often",
            Refusal::Table => "receiver.table",
            Refusal::Empty => "receiver.empty",
            Refusal::Failed => "receiver.failed",
        };
        words(key, &[])
    }

    /// As the reply to authorise or refresh.
    pub fn login(self) -> Response {
        Json(LoginReply { code: self.code(), msg: self.words(), data: None }).into_response()
    }
}

/// As the reply to submit or query.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let reply: Reply<()> = Reply { code: self.code().to_string(), message: self.words(), data: None, count: None };
        Json(reply).into_response()
    }
}
