//! The JSON of requests and replies, spelled as printed.
//!
//! Requests are written exactly as printed, and replies are read with tolerance: numbers may come as strings,
//! `code`/`msg` may stand where `returnCode`/`returnMessage` are printed, absent and null are the same.

mod reply;
mod request;

pub use reply::{
    LoginData, LoginReply, Refusal, Reply, ReplyError, ResultEntry, ResultPage, SubmitData, read_login,
    read_public_key, read_results, read_submit, read_words,
};
pub use request::{QueryRequest, SubmitRequest};
