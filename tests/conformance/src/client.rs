//! Scenarios for clients. The kit listens as a receiver; the client submits at least two rows and collects their results
//! once in each phase. A phase makes the receiver behave in one way (lose a reply, reject a row ...), and the requests
//! that arrived tell whether the client did what the protocol asks for. `seen` has the requests, `asked` the scenarios.

mod asked;
mod seen;

use std::io::BufReader;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use protocol::{Connection, path, time};
use serde_json::{Value, json};

use crate::Line;
use crate::answering::{Answering, Deviation};
use crate::caller::Session;
use crate::http::{Answer, Request, read_request, write_answer};
use crate::sample::Sample;

pub use asked::NAMES;
pub use seen::{Kind, Seen};

/// A way in which the receiver behaves, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// As it should.
    Plain,
    /// The first submission is refused, because its token is not known any more.
    TokenEnds,
    /// The first submission is refused.
    RefusedOnce,
    /// The first submission is stored, and the connection ends instead of a reply.
    LostReply,
    /// The first submission is not read to its end, and the connection ends.
    NeverArrived,
    /// The last row of the first submission is rejected.
    OneWrong,
    /// The first submission is rejected as a whole, with a sentence.
    Sentence,
    /// A page of results has one entry, whatever was asked for, and the first entries belong to other submissions.
    Paged,
    /// Times of receipt are written in other forms.
    OtherForms,
    /// The first submission is answered with the address of another path.
    Redirected,
    /// The first query finds nothing.
    NotYet,
}

/// All phases, in the order in which they run.
pub const PHASES: [Phase; 11] = [
    Phase::Plain,
    Phase::TokenEnds,
    Phase::RefusedOnce,
    Phase::LostReply,
    Phase::NeverArrived,
    Phase::OneWrong,
    Phase::Sentence,
    Phase::Paged,
    Phase::OtherForms,
    Phase::Redirected,
    Phase::NotYet,
];

/// A path that only a client that follows redirects asks for.
const ELSEWHERE: &str = "/elsewhere";

/// A receiver that tests the client that reaches it.
pub struct ClientKit {
    /// What the client needs: address, account, settings.
    pub connection: Connection,
    shared: Arc<Shared>,
}

struct Shared {
    answering: Answering,
    running: Mutex<Running>,
    ending: AtomicBool,
}

struct Running {
    phase: Phase,
    seen: Vec<Seen>,
    /// The sessions of all phases, because a client may go on with one.
    sessions: Vec<Session>,
    /// Submissions and queries of the phase.
    submissions: usize,
    queries: usize,
}

impl ClientKit {
    /// Listens at this address. The connection gives account and settings; its address is replaced.
    pub fn listen(address: &str, mut connection: Connection) -> Result<ClientKit, String> {
        let listener = TcpListener::bind(address).map_err(|error| format!("{address}: {error}"))?;
        let local = listener.local_addr().map_err(|error| error.to_string())?;
        connection.address = format!("http://{local}");
        // The client's tables are not known: every row is taken as it is.
        let sample = Sample { table: String::new(), ..Sample::built_in() };
        let answering = Answering::new(connection, sample, Deviation::default())?;
        let connection = answering.connection.clone();
        let running =
            Running { phase: Phase::Plain, seen: Vec::new(), sessions: Vec::new(), submissions: 0, queries: 0 };
        let shared = Arc::new(Shared { answering, running: Mutex::new(running), ending: AtomicBool::new(false) });
        let serving = shared.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if serving.ending.load(Ordering::SeqCst) {
                    break;
                }
                let (Ok(stream), serving) = (stream, serving.clone()) else { continue };
                std::thread::spawn(move || serving.serve(stream));
            }
        });
        Ok(ClientKit { connection, shared })
    }

    /// Runs all phases; `act` makes the client submit at least two rows and collect their results, twice if the first
    /// attempt was refused.
    pub fn run(&self, mut act: impl FnMut(Phase)) -> Vec<Line> {
        let mut lines = Vec::new();
        for phase in PHASES {
            {
                let mut running = self.shared.running();
                (running.phase, running.submissions, running.queries) = (phase, 0, 0);
                running.seen.clear();
            }
            self.shared.answering.set_longest_page(if phase == Phase::Paged { 1 } else { usize::MAX });
            act(phase);
            let seen = std::mem::take(&mut self.shared.running().seen);
            lines.extend(asked::lines(phase, &seen, &self.connection));
        }
        lines
    }
}

impl Drop for ClientKit {
    fn drop(&mut self) {
        self.shared.ending.store(true, Ordering::SeqCst);
        // One more connection lets the listening thread look at the flag.
        drop(TcpStream::connect(self.connection.address.trim_start_matches("http://")));
    }
}

impl Shared {
    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, stream: TcpStream) {
        let Ok(mut writer) = stream.try_clone() else { return };
        let mut reader = BufReader::new(stream);
        while let Ok(Some(request)) = read_request(&mut reader) {
            // Without an answer the connection ends.
            let Some(answer) = self.answer(&request) else { break };
            if write_answer(&mut writer, &answer).is_err() {
                break;
            }
        }
        drop(writer.shutdown(std::net::Shutdown::Both));
    }

    /// The reply of the phase; none ends the connection.
    fn answer(&self, request: &Request) -> Option<Answer> {
        let mut running = self.running();
        let phase = running.phase;
        let first_submission = request.path == path::SUBMIT && running.submissions == 0;
        let first_query = request.path == path::RESULTS && running.queries == 0;
        running.submissions += usize::from(request.path == path::SUBMIT);
        running.queries += usize::from(request.path == path::RESULTS);
        let at = Timestamp::now();
        let mut answer = match phase {
            Phase::TokenEnds if first_submission => {
                self.answering.forget_sessions();
                Some(self.answering.answer(request))
            }
            Phase::RefusedOnce if first_submission => Some(refusal()),
            Phase::NeverArrived if first_submission => None,
            Phase::Redirected if first_submission => Some(Answer {
                status: 302,
                headers: vec![("Location".into(), format!("{}{ELSEWHERE}", self.answering.connection.address))],
                body: Vec::new(),
            }),
            _ => Some(self.answering.answer(request)),
        };
        if first_submission && answer.as_ref().is_some_and(|answer| answer.json()["returnCode"] == "200") {
            match phase {
                Phase::LostReply => answer = None,
                Phase::OneWrong => self.answering.change_last(|entry| {
                    entry.stored = entry.rows.len().saturating_sub(1);
                    let key = entry.rows.last().and_then(|row| row["ZJSJWYXBS"].as_str()).unwrap_or_default();
                    let error = "SJCJSJ 字段SJCJSJ 此字段内容格式不正确";
                    entry.remark =
                        Some(json!([{ "num": entry.rows.len(), "pkValue": key, "error": error }]).to_string());
                }),
                Phase::Paged => self.answering.put_before_last(),
                Phase::Sentence => self.answering.change_last(|entry| {
                    entry.stored = 0;
                    entry.remark = Some("字段数量与数据对象不符".to_owned());
                }),
                _ => {}
            }
        }
        if let Some(answer) = &mut answer {
            reshape(phase, request, first_query, answer);
        }
        let own = &self.answering.connection;
        let seen = Seen::of(request, answer.as_ref(), at, &running.sessions, &own.options);
        if matches!(seen.kind, Kind::Authorise | Kind::Refresh) && seen.is_taken() {
            let reply = seen.reply.as_ref().unwrap_or(&Value::Null);
            let session = Session::of(reply, own, running.sessions.last());
            running.sessions.extend(session);
        }
        running.seen.push(seen);
        answer
    }
}

fn refusal() -> Answer {
    let body = json!({ "returnCode": "500", "returnMessage": "系统繁忙", "returnData": null, "returnCount": null });
    let headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    Answer { status: 200, headers, body: body.to_string().into_bytes() }
}

/// Writes a reply as the phase has it.
fn reshape(phase: Phase, request: &Request, first_query: bool, answer: &mut Answer) {
    let mut reply = answer.json();
    match (phase, request.path.as_str()) {
        (Phase::NotYet, path::RESULTS) if first_query => {
            (reply["returnData"], reply["returnCount"]) = (json!([]), json!(0));
        }
        (Phase::OtherForms, path::SUBMIT) => rewrite(&mut reply["returnData"]["time"], time::millis_text),
        (Phase::OtherForms, path::RESULTS) => {
            for entry in reply["returnData"].as_array_mut().into_iter().flatten() {
                rewrite(&mut entry["timestamps"], time::seconds_text);
            }
        }
        _ => return,
    }
    answer.body = reply.to_string().into_bytes();
}

/// A time in another form.
fn rewrite(text: &mut Value, form: fn(Timestamp) -> String) {
    let at = text.as_str().and_then(time::parse).and_then(time::moment);
    if let Some(at) = at {
        *text = json!(form(at));
    }
}
