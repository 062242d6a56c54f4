//! Faults of networks and receivers, made on purpose to test senders. A receiver has none unless it is started with
//! [`serve_faulty`], which adds them before and after the requests and to the choice of the rows to store.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Json, Response};
use protocol::remark::RowError;
use protocol::row::cells;
use protocol::{Reply, Row, path};
use serde::Deserialize;
use standard::Table;
use standard::field::KEY_COLUMN;
use tokio::sync::watch;

use crate::config::Config;
use crate::error::CenterError;
use crate::judge::{Judgement, wrong_format};
use crate::serve::{Running, start};
use crate::small_file::read_text;
use crate::words::words;

/// Which faults occur. "Every Nth" counts submissions from 1; a TOML file can hold them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Every Nth submission is stored, and the connection is cut instead of the reply.
    pub cut_every: Option<u32>,
    /// Every Nth submission is stored, and gets no reply.
    pub silent_every: Option<u32>,
    /// Every Nth submission that is judged is dropped as a whole with one plain sentence for a remark.
    pub sentence_every: Option<u32>,
    /// Every Nth submission is refused.
    pub refuse_every: Option<u32>,
    /// Milliseconds that every reply to a submission is delayed.
    pub slow_ms: u32,
    /// Rows that are dropped although the checks find nothing.
    pub reject: Vec<Planted>,
}

/// Rows of this table with this value in this column are dropped.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planted {
    /// Name of the table, as `ODS_XXJBSJ`.
    pub table: String,
    /// Name of the column, as `XH`.
    pub column: String,
    /// The whole value, as it is sent.
    pub value: String,
}

impl Faults {
    /// Reads a TOML file.
    pub fn read(file: &Path) -> Result<Faults, CenterError> {
        let failed = |reason: String| CenterError::Faults { file: file.display().to_string(), reason };
        let text = read_text(file).map_err(|error| failed(error.to_string()))?;
        toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))
    }
}

/// As [`crate::serve()`], with faults.
pub async fn serve_faulty(mut config: Config, faults: Faults) -> Result<Running, CenterError> {
    let faults = Arc::new(faults);
    let (judge, judging, judged) = (config.judge.clone(), faults.clone(), AtomicU32::new(0));
    config.judge = Arc::new(move |edition, table, rows, checks, today| {
        if hits(judging.sentence_every, count(&judged)) {
            return Judgement::dropped(&words("receiver.fault-sentence", &[]));
        }
        let judgement = judge(edition, table, rows, checks, today);
        judging.reject.iter().fold(judgement, |judgement, planted| planted.drop_from(judgement, table, rows))
    });
    start(config, |router, ending| around(router, faults, ending)).await
}

/// The routes with faults before and after a submission.
fn around(router: Router, faults: Arc<Faults>, ending: watch::Receiver<bool>) -> Router {
    let submissions = Arc::new(AtomicU32::new(0));
    router.layer(middleware::from_fn(move |request: Request, next: Next| {
        let (faults, submissions, ending) = (faults.clone(), submissions.clone(), ending.clone());
        async move {
            if request.uri().path() != path::SUBMIT {
                return next.run(request).await;
            }
            let count = count(&submissions);
            if hits(faults.refuse_every, count) {
                return refusal();
            }
            let reply = next.run(request).await;
            if faults.slow_ms > 0 {
                hold(ending.clone(), Some(Duration::from_millis(faults.slow_ms.into()))).await;
            }
            if hits(faults.silent_every, count) {
                hold(ending, None).await;
                return cut();
            }
            if hits(faults.cut_every, count) { cut() } else { reply }
        }
    }))
}

impl Planted {
    /// The judgement without the rows that have the value of [`Faults::reject`].
    fn drop_from(&self, mut judgement: Judgement, table: &Table, rows: &[Row]) -> Judgement {
        let remark = judgement.remark.as_deref().unwrap_or("[]");
        // The remark is a sentence and not a list: everything is dropped already.
        let Ok(mut errors) = serde_json::from_str::<Vec<RowError>>(remark) else { return judgement };
        if self.table != table.name {
            return judgement;
        }
        for (at, row) in rows.iter().enumerate() {
            let cells = cells(row).unwrap_or_default();
            let value_of =
                |column: &str| cells.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str());
            if value_of(&self.column) == Some(&self.value) {
                let key = value_of(KEY_COLUMN).unwrap_or_default();
                judgement.stored.retain(|stored| stored.key != key);
                let num = Some(at as u64 + 1);
                errors.push(RowError { num, pk_value: key.to_owned(), error: wrong_format(&self.column) });
            }
        }
        errors.sort_by_key(|error| error.num);
        judgement.remark = (!errors.is_empty()).then(|| serde_json::to_string(&errors).unwrap_or_default());
        judgement
    }
}

/// Counts up and returns the new number; the first is 1.
fn count(counter: &AtomicU32) -> u32 {
    counter.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
}

/// Whether a fault occurs at this number.
fn hits(every: Option<u32>, count: u32) -> bool {
    every.is_some_and(|every| every > 0 && count.is_multiple_of(every))
}

/// Delays a reply for `time`, or until the receiver ends if `time` is absent.
async fn hold(mut ending: watch::Receiver<bool>, time: Option<Duration>) {
    let end = async move { drop(ending.wait_for(|ending| *ending).await) };
    match time {
        Some(time) => drop(tokio::time::timeout(time, end).await),
        None => end.await,
    }
}

/// A refusal in the form of the receiver's own.
fn refusal() -> Response {
    let message = words("receiver.fault-refused", &[]);
    Json(Reply::<()> { code: "500".into(), message, data: None, count: None }).into_response()
}

/// A reply that ends before the first byte of its body.
fn cut() -> Response {
    struct Broken;

    impl HttpBody for Broken {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
            std::task::Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
        }
    }

    Response::new(Body::new(Broken))
}

#[cfg(test)]
mod tests {
    use protocol::Options;
    use protocol::row::{Cell, write};
    use standard::Standards;

    use super::*;
    use crate::checks::Checks;
    use crate::judge::judge;

    #[test]
    fn every_nth() {
        let hit = |every| (1..=6).filter(|count| hits(every, *count)).collect::<Vec<_>>();
        assert!(hit(None).is_empty());
        assert!(hit(Some(0)).is_empty());
        assert_eq!(hit(Some(1)), [1, 2, 3, 4, 5, 6]);
        assert_eq!(hit(Some(3)), [3, 6]);
    }

    #[test]
    fn read_from_a_file() {
        let text = "cut_every = 2\n[[reject]]\ntable = \"ODS_X\"\ncolumn = \"XM\"\nvalue = \"坏\"\n";
        let faults: Faults = toml::from_str(text).unwrap();
        let planted = Planted { table: "ODS_X".into(), column: "XM".into(), value: "坏".into() };
        assert_eq!(faults, Faults { cut_every: Some(2), reject: vec![planted], ..Faults::default() });
        assert!(toml::from_str::<Faults>("cut_evry = 2").is_err());
    }

    #[test]
    fn rows_with_a_planted_value_are_dropped() {
        let edition = Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap();
        let table = edition.table("ODS_FWSZTSGZYSJ").unwrap();
        let row = |n: u32, visits: &str, day: &str| {
            let key = format!("{n:032X}");
            let cells = table.fields.iter().map(|field| {
                let text = match field.column.as_str() {
                    KEY_COLUMN => key.as_str(),
                    "XXDM" => "4144012345",
                    "DZQKFWCS" => visits,
                    "FWRQ" => day,
                    "SJCJSJ" => "20260901 120000",
                    _ => "20",
                };
                Cell { column: &field.column, text, number: false }
            });
            write(cells, &Options::default())
        };
        let planted = Planted { table: table.name.clone(), column: "DZQKFWCS".into(), value: "4711".into() };
        let rows = [row(1, "10", "20260230"), row(2, "4711", "20260901"), row(3, "10", "20260901")];
        let today = jiff::civil::date(2026, 11, 27);
        let dropped = |planted: &Planted| {
            let judgement = planted.drop_from(judge(&edition, table, &rows, &Checks::default(), today), table, &rows);
            let errors: Vec<RowError> = serde_json::from_str(&judgement.remark.unwrap()).unwrap();
            (judgement.stored.len(), errors)
        };
        let (stored, errors) = dropped(&planted);
        assert_eq!((stored, errors.len(), errors[1].num), (1, 2, Some(2)));
        assert_eq!(errors[1].error, "DZQKFWCS 字段DZQKFWCS 此字段内容格式不正确");
        let elsewhere = Planted { table: "ODS_X".into(), ..planted };
        assert_eq!(dropped(&elsewhere).0, 2);
        let whole = Judgement::dropped("x");
        assert_eq!(elsewhere.drop_from(whole.clone(), table, &rows), whole);
    }
}
