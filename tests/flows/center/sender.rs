//! A college that submits rows to a centre of another process.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use protocol::row::{Cell, write};
use protocol::{Connection, Options, Row};
use serde_json::Value;
use standard::{Edition, Standards};
use submit::{Client, Edges, SubmissionOutcome};

use crate::fixture::{EDITION, Receiver};

/// A table whose valid rows are short.
pub const TABLE: &str = "ODS_FWSZTSGZYSJ";

static STANDARD: LazyLock<Arc<Edition>> = LazyLock::new(|| Standards::builtin().unwrap().edition(EDITION).unwrap());

/// The connection of the first account of a centre.
pub fn connection(receiver: &Receiver) -> Connection {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (started, account) = (&receiver.started, &receiver.started["accounts"][0]);
    Connection {
        address: text(&started["address"]),
        client_id: text(&account["client_id"]),
        username: text(&account["username"]),
        password: text(&account["password"]).into(),
        app_key: text(&account["app_key"]).into(),
        app_secret: "".into(),
        options: Options {
            rsa_public_key: text(&started["rsa_public_key"]),
            tls_fingerprint: text(&started["fingerprint"]),
            pause_ms: 0,
            ..Options::default()
        },
    }
}

/// A client of a connection on the clock of this PC.
pub fn client(connection: Connection) -> Client {
    let random = |buffer: &mut [u8]| rand::RngCore::fill_bytes(&mut rand::rngs::OsRng, buffer);
    Client::new(
        connection,
        Edges { now: Arc::new(Timestamp::now), known: Arc::new(Timestamp::now), random: Arc::new(random) },
    )
    .unwrap()
}

/// Key number `n`.
pub fn key(n: u64) -> String {
    format!("{n:032X}")
}

/// A valid row with key number `n`.
pub fn row(n: u64) -> Row {
    let key = key(n);
    let cells = STANDARD.table(TABLE).unwrap().fields.iter().map(|field| {
        let text = match field.column.as_str() {
            "ZJSJWYXBS" => key.as_str(),
            "XXDM" => "4144012345",
            "SJCJSJ" => "20260901 120000",
            "FWRQ" => "20260901",
            _ => "10",
        };
        Cell { column: &field.column, text, number: matches!(field.printed_type, 'N' | 'M') }
    });
    write(cells, &Options::default())
}

/// Submits rows with these keys; whether the centre acknowledged them.
pub async fn submit(client: &Client, keys: std::ops::Range<u64>) -> bool {
    matches!(client.submit(TABLE, keys.map(row).collect()).await, SubmissionOutcome::Accepted { .. })
}
