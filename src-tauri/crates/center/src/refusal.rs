//! The replies that refuse a request. The protocol prints no refusal: codes and words are ours, in the printed form of replies
//! and with HTTP status 200, as receivers of this kind answer.

use axum::Json;
use axum::response::{IntoResponse, Response};
use protocol::Reply;
use protocol::message::LoginReply;

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
    /// `app_key` is missing or another.
    AppKey,
    /// `timestamps` is missing or too far from the receiver's clock.
    Timestamps,
    /// `random` is missing.
    Random,
    /// `sign` is missing or another.
    Sign,
    /// The cipher text cannot be decrypted.
    Cipher,
    /// No table of this name.
    Table,
    /// No rows.
    Empty,
    /// The receiver itself failed.
    Failed,
}

impl Refusal {
    fn code(self) -> u32 {
        match self {
            Refusal::Body | Refusal::Cipher | Refusal::Empty => 400,
            Refusal::Account | Refusal::RefreshToken | Refusal::Token => 401,
            Refusal::AppKey | Refusal::Timestamps | Refusal::Random | Refusal::Sign => 403,
            Refusal::Table => 404,
            Refusal::TooLong => 413,
            Refusal::Failed => 500,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Refusal::Body => "报文格式不正确",
            Refusal::TooLong => "报文过长",
            Refusal::Account => "账号或密码不正确",
            Refusal::RefreshToken => "刷新令牌无效或已失效",
            Refusal::Token => "令牌无效或已失效",
            Refusal::AppKey => "app_key缺失或未授权",
            Refusal::Timestamps => "timestamps缺失，或与国家标准时间相差超过30秒",
            Refusal::Random => "random缺失",
            Refusal::Sign => "签名缺失或不一致",
            Refusal::Cipher => "密文无法解密",
            Refusal::Table => "数据对象不存在",
            Refusal::Empty => "没有数据",
            Refusal::Failed => "接收端内部错误",
        }
    }

    /// As the reply to authorise or refresh.
    pub fn login(self) -> Response {
        Json(LoginReply { code: self.code(), msg: self.words().to_owned(), data: None }).into_response()
    }
}

/// As the reply to submit or query.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let reply: Reply<()> =
            Reply { code: self.code().to_string(), message: self.words().to_owned(), data: None, count: None };
        Json(reply).into_response()
    }
}
