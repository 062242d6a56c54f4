//! What the scenarios for clients ask of the requests of a phase.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use protocol::{Authorise, CLOCK_WINDOW_MS, CipherText, Connection, header, sign, time};
use serde_json::Value;

use super::seen::{Kind, Seen};
use super::{ELSEWHERE, Phase};
use crate::{Line, Verdict, ensure};

type Question = fn(&[Seen], &Connection) -> Result<(), String>;

/// The scenarios with the phase that shows them.
const QUESTIONS: &[(&str, Phase, Question)] = &[
    ("client.authorise-form", Phase::Plain, |seen, _| {
        all(seen, &[Kind::Authorise], "a login is not a POST with a form", |login| {
            let kind = login.request.header("content-type").unwrap_or_default();
            login.request.method == "POST" && kind.starts_with("application/x-www-form-urlencoded")
        })
    }),
    ("client.authorise-account", Phase::Plain, |seen, _| {
        all(seen, &[Kind::Authorise], "the parameters of a login are not those of the account", Seen::is_taken)
    }),
    ("client.authorise-as-agreed", Phase::Plain, |seen, connection| {
        let encrypted = connection.options.authorise == Authorise::Rsa;
        all(seen, &[Kind::Authorise], "a login has other form fields than agreed", |login| {
            let fields: Vec<_> =
                form_urlencoded::parse(&login.request.body).map(|(name, _)| name.into_owned()).collect();
            if encrypted { fields == ["cipherText"] } else { fields.iter().any(|field| field == "grant_type") }
        })
    }),
    ("client.authorise-once", Phase::Plain, |seen, _| {
        let submits: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].kind == Kind::Submit).collect();
        let between = submits.first().zip(submits.last()).map_or(&[][..], |(first, last)| &seen[*first..*last]);
        let again = between.iter().filter(|one| one.kind == Kind::Authorise).count();
        ensure(again == 0, || format!("{again} logins between two submissions, although the token was valid"))
    }),
    ("client.content-type", Phase::Plain, |seen, _| {
        all(seen, &[Kind::Submit], "a submission is not a POST with JSON", |one| {
            let kind = one.request.header("content-type").unwrap_or_default();
            one.request.method == "POST" && kind.starts_with("application/json")
        })
    }),
    ("client.token", Phase::Plain, |seen, connection| {
        all(seen, SIGNED, "Authorization is not the access token", |one| {
            let token = one.session.as_ref().map(|session| session.access_token.clone()).unwrap_or_default();
            let wanted = format!("{}{token}", connection.options.authorization_prefix);
            one.request.header("authorization") == Some(&wanted)
        })
    }),
    ("client.app-key", Phase::Plain, |seen, _| {
        all(seen, SIGNED, "app_key is not the one of the login", |one| {
            one.request.header(header::APP_KEY) == one.session.as_ref().map(|session| session.app_key.as_str())
        })
    }),
    ("client.timestamps", Phase::Plain, |seen, _| {
        all(seen, SIGNED, "timestamps is not the time in milliseconds, to 30 s", |one| {
            let sent = one.request.header(header::TIMESTAMPS).and_then(|text| text.parse::<i64>().ok());
            sent.is_some_and(|sent| one.at.as_millisecond().abs_diff(sent) <= CLOCK_WINDOW_MS.unsigned_abs())
        })
    }),
    ("client.random", Phase::Plain, |seen, _| {
        let given: Vec<&str> = of(seen, SIGNED).filter_map(|one| one.request.header(header::RANDOM)).collect();
        let different: BTreeSet<&str> = given.iter().copied().filter(|text| !text.is_empty()).collect();
        ensure(different.len() == of(seen, SIGNED).count(), || "random is missing, or the same twice".into())
    }),
    ("client.sign", Phase::Plain, |seen, _| {
        all(seen, SIGNED, "sign is not the SM3 digest of plain text, timestamps and random in lower case", |one| {
            let text = |name: &str| one.request.header(name).unwrap_or_default();
            let plain = one.plain.as_deref().unwrap_or_default();
            text(header::SIGN) == sign::sign(plain.as_bytes(), text(header::TIMESTAMPS), text(header::RANDOM))
        })
    }),
    ("client.cipher", Phase::Plain, |seen, connection| {
        all(seen, &[Kind::Submit], "a body is not {\"cipherText\": …} with the agreed cipher", |one| {
            let body: Value = serde_json::from_slice(&one.request.body).unwrap_or_default();
            let text = body["cipherText"].as_str().unwrap_or_default();
            let form =
                connection.options.cipher_text != CipherText::Hex || text.bytes().all(|b| !b.is_ascii_uppercase());
            one.plain.is_some() && form && body.as_object().is_some_and(|body| body.len() == 1)
        })
    }),
    ("client.submission", Phase::Plain, |seen, _| {
        all(seen, &[Kind::Submit], "a submission is not dataObjName and a list fileds of objects", |one| {
            let (json, rows) = (one.json(), one.rows());
            json["dataObjName"].as_str().is_some_and(|name| !name.is_empty())
                && !rows.is_empty()
                && rows.iter().all(Value::is_object)
        })
    }),
    ("client.columns", Phase::Plain, |seen, _| {
        all(seen, &[Kind::Submit], "columns are not in upper case, or differ between rows of a submission", |one| {
            let columns = |row: &Value| row.as_object().map(|row| row.keys().cloned().collect::<BTreeSet<_>>());
            let rows = one.rows();
            let first = rows.first().and_then(columns).unwrap_or_default();
            first.iter().all(|column| column.bytes().all(|b| !b.is_ascii_lowercase()))
                && rows.iter().all(|row| columns(row).as_ref() == Some(&first))
        })
    }),
    ("client.keys", Phase::Plain, |seen, _| {
        all(seen, &[Kind::Submit], "a row has no ZJSJWYXBS", |one| one.keys().iter().all(|key| !key.is_empty()))
    }),
    ("client.rows-per-call", Phase::Plain, |seen, connection| {
        let most = connection.options.rows_per_call as usize;
        all(seen, &[Kind::Submit], "a submission has more rows than agreed", |one| one.rows().len() <= most)
    }),
    ("client.query", Phase::Plain, |seen, _| {
        all(
            seen,
            &[Kind::Results],
            "a query lacks startTime, endTime, page or limit, or has them in another form",
            |one| {
                let json = one.json();
                let moment = |name: &str| {
                    let text = json[name]
                        .as_str()
                        .filter(|text| text.len() == 19 && text.as_bytes().get(10) == Some(&b' '))?;
                    time::moment(time::parse(text)?)
                };
                let number = |name: &str| match &json[name] {
                    Value::String(text) => text.parse::<u32>().is_ok_and(|number| number > 0),
                    other => other.as_u64().is_some_and(|number| number > 0),
                };
                let window = moment("startTime").zip(moment("endTime"));
                window.is_some_and(|(start, end)| start <= end) && number("page") && number("limit")
            },
        )
    }),
    ("client.query-window", Phase::Plain, |seen, _| {
        let receipts: Vec<_> = of(seen, &[Kind::Submit])
            .filter_map(|one| time::moment(time::parse(one.reply.as_ref()?["returnData"]["time"].as_str()?)?))
            .collect();
        let windows: Vec<_> = of(seen, &[Kind::Results])
            .filter_map(|one| {
                let moment = |name: &str| one.json()[name].as_str().and_then(time::parse).and_then(time::moment);
                moment("startTime").zip(moment("endTime"))
            })
            .collect();
        // The kit's times of receipt may be some seconds ahead, because each submission has its own.
        let ahead = SignedDuration::from_secs(60);
        let missed =
            receipts.iter().find(|at| !windows.iter().any(|(start, end)| *start <= **at && **at <= *end + ahead));
        ensure(missed.is_none(), || "no query covers the time of receipt of a submission".into())
    }),
    ("client.query-after-submission", Phase::Plain, |seen, _| {
        let last = |kind| seen.iter().rposition(|one| one.kind == kind);
        ensure(last(Kind::Results) > last(Kind::Submit), || {
            "the results of the last submission were not asked for".into()
        })
    }),
    ("client.token-renewed", Phase::TokenEnds, |seen, _| {
        let (first, later) = split(seen)?;
        let renewed = later.iter().any(|one| matches!(one.kind, Kind::Authorise | Kind::Refresh) && one.is_taken());
        ensure(renewed, || "no new login after a refused token".into())?;
        ensure(sent_again(first, later), || "the rows that were refused with the token were not sent again".into())
    }),
    ("client.old-token-not-used", Phase::TokenEnds, |seen, _| {
        let (first, later) = split(seen)?;
        let old = first.request.header("authorization");
        let used = later.iter().filter(|one| old.is_some() && one.request.header("authorization") == old).count();
        ensure(used == 0, || "a token was used again after it was refused".into())
    }),
    ("client.refused-is-sent-again", Phase::RefusedOnce, |seen, _| {
        let (first, later) = split(seen)?;
        ensure(sent_again(first, later), || "rows that were refused were not sent again: they count as sent".into())
    }),
    ("client.lost-reply-is-asked-for", Phase::LostReply, |seen, _| asked_before_sent(seen)),
    ("client.lost-reply-is-not-repeated", Phase::LostReply, |seen, _| {
        let (first, later) = split(seen)?;
        ensure(!sent_again(first, later), || "rows whose result names them were sent a second time".into())
    }),
    ("client.unknown-is-asked-for", Phase::NeverArrived, |seen, _| asked_before_sent(seen)),
    ("client.never-arrived-is-sent-again", Phase::NeverArrived, |seen, _| {
        let (first, later) = split(seen)?;
        ensure(sent_again(first, later), || "rows that never arrived were not sent again".into())
    }),
    ("client.stored-is-not-repeated", Phase::OneWrong, |seen, _| {
        let (first, later) = split(seen)?;
        let (keys, rejected) = (first.keys(), first.keys().len().saturating_sub(1));
        let again = keys.iter().take(rejected).any(|key| later.iter().any(|one| one.keys().contains(key)));
        ensure(!again, || "a row that was stored was sent again because another one was rejected".into())
    }),
    ("client.rejected-is-not-repeated", Phase::OneWrong, |seen, _| not_repeated_unchanged(seen)),
    ("client.sentence-is-a-rejection", Phase::Sentence, |seen, _| not_repeated_unchanged(seen)),
    ("client.all-pages", Phase::Paged, |seen, _| {
        let page = |one: &Seen| match &one.json()["page"] {
            Value::String(text) => text.parse::<u64>().unwrap_or(0),
            other => other.as_u64().unwrap_or(0),
        };
        let further = of(seen, &[Kind::Results]).any(|one| page(one) > 1);
        ensure(further, || "returnCount is 2 and a page has 1 entry, but no second page was asked for".into())
    }),
    ("client.times-are-times", Phase::OtherForms, |seen, _| {
        let (first, later) = split(seen)?;
        ensure(!sent_again(first, later), || "rows were sent again because a time was written in another form".into())
    }),
    ("client.no-redirect", Phase::Redirected, |seen, _| {
        let followed = seen.iter().any(|one| one.request.path == ELSEWHERE);
        ensure(!followed, || "a redirect was followed, with token and rows".into())
    }),
    ("client.asks-again", Phase::NotYet, |seen, _| {
        let queries = of(seen, &[Kind::Results]).count();
        ensure(queries > 1, || "a result that was not there yet was not asked for again".into())
    }),
    ("client.not-yet-is-not-repeated", Phase::NotYet, |seen, _| {
        let (first, later) = split(seen)?;
        ensure(!sent_again(first, later), || "rows were sent again because their result was not there yet".into())
    }),
];

/// Requests with a signature.
const SIGNED: &[Kind] = &[Kind::Submit, Kind::Results];

/// The names of all scenarios for clients, in their order.
pub const NAMES: [&str; QUESTIONS.len()] = {
    let mut names = [""; QUESTIONS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = QUESTIONS[at].0;
        at += 1;
    }
    names
};

/// The lines of a phase.
pub(super) fn lines(phase: Phase, seen: &[Seen], connection: &Connection) -> Vec<Line> {
    let questions = QUESTIONS.iter().filter(|(_, shown_in, _)| *shown_in == phase);
    let was_used = seen.iter().any(|one| one.kind == Kind::Submit);
    let line = |(name, _, question): &(&'static str, Phase, Question)| match was_used {
        true => Line::of(name, question(seen, connection)),
        false => Line { name, verdict: Verdict::NotSeen },
    };
    questions.map(line).collect()
}

fn of<'s>(seen: &'s [Seen], kinds: &'s [Kind]) -> impl Iterator<Item = &'s Seen> {
    seen.iter().filter(|one| kinds.contains(&one.kind))
}

/// An error with these words unless the requests of these kinds all hold; one without any fails as well, but for logins,
/// because a session may go on from the phase before.
fn all(seen: &[Seen], kinds: &[Kind], words: &str, holds: impl Fn(&Seen) -> bool) -> Result<(), String> {
    ensure(of(seen, kinds).all(holds), || words.to_owned())
}

/// The first submission, and what came after it.
fn split(seen: &[Seen]) -> Result<(&Seen, &[Seen]), String> {
    let at = seen.iter().position(|one| one.kind == Kind::Submit).ok_or("no submission")?;
    Ok((&seen[at], &seen[at + 1..]))
}

/// Whether all rows of a submission were sent again.
fn sent_again(first: &Seen, later: &[Seen]) -> bool {
    first.keys().iter().all(|key| later.iter().any(|one| one.kind == Kind::Submit && one.keys().contains(key)))
}

fn asked_before_sent(seen: &[Seen]) -> Result<(), String> {
    let (first, later) = split(seen)?;
    let next = later.iter().find(|one| {
        one.kind == Kind::Results || (one.kind == Kind::Submit && sent_again(first, std::slice::from_ref(one)))
    });
    ensure(next.is_some_and(|one| one.kind == Kind::Results), || {
        "after a submission without a reply its rows were sent again, or nothing was asked".into()
    })
}

fn not_repeated_unchanged(seen: &[Seen]) -> Result<(), String> {
    let (first, later) = split(seen)?;
    let rows = first.rows();
    let again = rows.last().is_some_and(|rejected| later.iter().any(|one| one.rows().contains(rejected)));
    ensure(!again, || "a row that was rejected was sent again unchanged".into())
}
