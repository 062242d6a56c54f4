//! The protocol and the standards compared with other implementations: gmssl, cryptography and frictionless from PyPI,
//! used by Python programs that were written from the protocol and share no code with Tianbao.
//!
//! - `known.py`: signatures and cipher text, in both directions.
//! - `college.py`: a client in Python submits to our receiver.
//! - `receiver.py`: our client submits to a receiver in Python.
//! - `tables.py`: frictionless validates our standards, and rows that our checks validate, too.
//!
//! `TIANBAO_PYTHON` is the path of an interpreter with the packages of requirements.txt; `cargo xtask test` prepares
//! one. Without the variable, a virtual environment is made in the target folder.

mod python;
mod tables;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::sync::Arc;

use jiff::Timestamp;
use protocol::row::{Cell, write};
use protocol::{
    Authorise, CipherText, Connection, KeyRule, Options, QueryRequest, Row, RsaPadding, RsaPlaintext, Secret, Sm4Mode,
    envelope, sign,
};
use serde_json::{Value, json};
use standard::{Edition, Standards};
use submit::{Client, Edges, SubmissionOutcome};

const TABLE: &str = "ODS_FWSZTSGZYSJ";

const KEY: &str = "0123456789ABCDEF0123456789ABCDEF";

const IV: &str = "00112233445566778899aabbccddeeff";

const APP_SECRET: &str = "4f1c0123456789ABCDEF77ee";

/// A row of [`TABLE`] that passes every check.
const ROW: [(&str, &str, bool); 6] = [
    ("ZJSJWYXBS", KEY, false),
    ("XXDM", "4144012345", false),
    ("DZQKFWCS", "10", true),
    ("DZTSFWCS", "20", true),
    ("FWRQ", "20260901", false),
    ("SJCJSJ", "20260901 120000", false),
];

fn row() -> Row {
    write(ROW.map(|(column, text, number)| Cell { column, text, number }), &Options::default())
}

fn edition() -> Arc<Edition> {
    Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap()
}

/// Texts whose last cipher block has every possible length, and texts with Chinese characters, quotes and line ends.
fn bodies() -> Vec<String> {
    let lengths = (0..=33).map(|length| "x".repeat(length));
    let texts = ["{\"姓名\":\"欧阳\\\"娜娜\"}", "第一行\r\n第二行\t", "𠮷野家 naïve ＡＢＣ"].map(str::to_owned);
    lengths.chain(texts).collect()
}

fn edges() -> Edges {
    let random = |buffer: &mut [u8]| rand::RngCore::fill_bytes(&mut rand::rngs::OsRng, buffer);
    Edges { now: Arc::new(Timestamp::now), known: Arc::new(Timestamp::now), random: Arc::new(random) }
}

#[test]
fn signatures_and_cipher_text_are_those_of_other_implementations() {
    let mut signs = Vec::new();
    let mut envelopes = Vec::new();
    let mut sealed = Vec::new();
    for body in bodies() {
        let (timestamps, random) = ("1795000000000", "a1B2c3");
        let sign = sign::sign(body.as_bytes(), timestamps, random);
        signs.push(json!({ "body": body, "timestamps": timestamps, "random": random, "sign": sign }));
        for (mode, form, rule, secret) in [
            (Sm4Mode::Ecb, CipherText::Hex, KeyRule::From(4), APP_SECRET),
            (Sm4Mode::Ecb, CipherText::Base64, KeyRule::All, "0123456789ABCDEF"),
            (Sm4Mode::Cbc, CipherText::Hex, KeyRule::From(4), APP_SECRET),
            (Sm4Mode::Cbc, CipherText::Base64, KeyRule::From(8), APP_SECRET),
        ] {
            let options =
                Options { sm4_mode: mode, sm4_iv: IV.into(), sm4_key: rule, cipher_text: form, ..Options::default() };
            let secret = Secret::new(secret);
            let cipher_text = envelope::seal(body.as_bytes(), &secret, &options).unwrap();
            envelopes.push(json!({
                "plain": body, "app_secret": secret, "rule": rule, "mode": mode, "iv": IV, "form": form,
                "cipher_text": cipher_text,
            }));
            sealed.push((body.clone(), secret, options));
        }
    }
    let answer = python::ask("known.py", &json!({ "signs": signs, "envelopes": envelopes }));
    assert_eq!(answer["signs"], signs.len());
    let made = answer["envelopes"].as_array().unwrap();
    assert_eq!(made.len(), sealed.len());
    for (cipher_text, (body, secret, options)) in made.iter().zip(&sealed) {
        let opened = envelope::open(cipher_text.as_str().unwrap(), secret, options).unwrap();
        assert_eq!(opened, body.as_bytes());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_college_in_python_submits_to_our_receiver() {
    for (authorise, padding, plaintext) in [
        (Authorise::Plain, RsaPadding::OaepSha256, RsaPlaintext::Json),
        (Authorise::Rsa, RsaPadding::OaepSha256, RsaPlaintext::Json),
        (Authorise::Rsa, RsaPadding::Pkcs1, RsaPlaintext::Form),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let listen = ([127, 0, 0, 1], 0).into();
        let config = center::Config {
            delay_s: 0,
            options: Options { rsa_padding: padding, ..Options::default() },
            ..center::Config::new(folder.path().to_owned(), listen, vec![edition()])
        };
        let running = center::serve(config).await.unwrap();
        let account = &running.accounts[0];
        let right: Value = serde_json::from_str(row().get()).unwrap();
        let mut wrong = right.clone();
        (wrong["ZJSJWYXBS"], wrong["FWRQ"]) = (json!("F".repeat(32)), json!("20260230"));
        let given = json!({
            "address": running.address, "public_key": running.rsa_public_key, "authorise": authorise,
            "padding": padding, "plaintext": plaintext, "client_id": account.client_id, "username": account.username,
            "password": account.password, "table": TABLE, "rows": [right, wrong],
        });
        let answers = tokio::task::spawn_blocking(move || python::ask("college.py", &given)).await.unwrap();

        assert_eq!(running.inbox.row(TABLE, KEY).unwrap().unwrap().1, 1, "{authorise:?}");
        let entry = &answers["results"]["returnData"][0];
        assert_eq!((&entry["collectNum"], &entry["storageNum"]), (&json!(2), &json!(1)), "{answers}");
        let remark: Value = serde_json::from_str(entry["remark"].as_str().unwrap()).unwrap();
        assert_eq!((&remark[0]["num"], &remark[0]["pkValue"]), (&json!(2), &json!("F".repeat(32))), "{remark}");
        // The time of the reply is the time of the entry in another form.
        let time = |value: &Value| protocol::time::read(value.as_str().unwrap()).unwrap();
        assert!(time(&answers["submitted"]["returnData"]["time"]).agrees(&time(&entry["timestamps"])));
        running.shutdown().await;
    }
}

/// A running receiver in Python and the lines that it prints.
struct Receiver {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Receiver {
    fn start(settings: &Value) -> Receiver {
        let mut child = python::program("receiver.py")
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python runs");
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Receiver { child, lines }
    }

    fn next(&mut self) -> Value {
        let line = self.lines.next().expect("the receiver goes on").unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // The receiver ends at the end of its input.
        if let Some(mut input) = self.child.stdin.take() {
            let _ = input.flush();
        }
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_client_is_understood_by_a_receiver_in_python() {
    type Change = fn(&mut Options);
    let changes: [Change; 5] = [
        |_| {},
        |o| o.authorise = Authorise::Plain,
        |o| (o.rsa_padding, o.sm4_mode) = (RsaPadding::Pkcs1, Sm4Mode::Cbc),
        |o| (o.rsa_plaintext, o.cipher_text) = (RsaPlaintext::Form, CipherText::Base64),
        |o| o.sm4_key = KeyRule::All,
    ];
    for change in changes {
        let mut options = Options { sm4_iv: IV.into(), ..Options::default() };
        change(&mut options);
        let app_secret = if options.sm4_key == KeyRule::All { "0123456789abcdef" } else { APP_SECRET };
        let mut receiver = Receiver::start(&json!({
            "authorise": options.authorise, "padding": options.rsa_padding, "plaintext": options.rsa_plaintext,
            "sm4_mode": options.sm4_mode, "sm4_iv": IV, "sm4_key": options.sm4_key, "form": options.cipher_text,
            "app_secret": app_secret, "expires_in": 0,
        }));
        let opened = receiver.next();
        options.rsa_public_key = opened["public_key"].as_str().unwrap().into();
        let connection = Connection {
            address: opened["address"].as_str().unwrap().into(),
            client_id: "1".into(),
            username: "职业学院".into(),
            password: "p&=\"密 码".into(),
            app_key: "12345678".into(),
            app_secret: "".into(),
            options: options.clone(),
        };
        let client = Client::new(connection, edges()).unwrap();

        let outcome = client.submit(TABLE, vec![row()]).await;
        assert_eq!(
            outcome,
            SubmissionOutcome::Accepted { time: "2026-11-21 10:00:00".into(), size: None },
            "{options:?}"
        );
        let login = json!({
            "grant_type": "password", "client_id": "1", "username": "职业学院", "password": "p&=\"密 码",
        });
        assert_eq!(receiver.next(), json!({ "call": "oauth", "fields": login }));
        let submitted = receiver.next();
        assert_eq!(submitted["call"], "saveInterfaceData");
        let plain = format!("{{\"dataObjName\":\"{TABLE}\",\"fileds\":[{}]}}", row().get());
        assert_eq!(submitted["plain"], plain, "byte for byte what was signed");
        assert_eq!(submitted["random"].as_str().unwrap().len(), 6);

        // Tokens of this receiver expire at once, so the next request begins with a refresh.
        let query = QueryRequest {
            start: "2026-11-21 00:00:00".into(),
            end: "2026-11-22 00:00:00".into(),
            page: 1,
            limit: 10,
            table: TABLE.into(),
        };
        let page = client.results(&query).await.unwrap();
        let (entries, count) = (page.entries, page.count);
        assert_eq!((entries.len(), count, entries[0].state.as_str()), (1, Some(1), "1"));
        let refresh = json!({
            "grant_type": "refresh_token", "client_id": "1", "client_secret": "secret", "refresh_token": "refresh",
        });
        assert_eq!(receiver.next(), json!({ "call": "refresh", "fields": refresh }));
        let asked: Value = serde_json::from_str(receiver.next()["plain"].as_str().unwrap()).unwrap();
        assert_eq!((&asked["page"], &asked["tableName"]), (&json!("1"), &json!(TABLE)));
    }
}
