//! The JSON of requests and replies, spelled as printed.
//!
//! Writing is strict, reading tolerant: numbers may come as strings, `code`/`msg` may stand where
//! `returnCode`/`returnMessage` are printed, absent and null are the same.

mod reply;
mod request;

pub use reply::{
    LoginData, LoginReply, Refusal, Reply, ReplyError, ResultEntry, ResultPage, SubmitData, read_login,
    read_public_key, read_results, read_submit, read_words,
};
pub use request::{QueryRequest, SubmitRequest};
