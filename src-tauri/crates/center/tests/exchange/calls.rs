//! Single calls: logins, tokens, clocks, ciphers, refusals.

use center::{Config, Faults};
use protocol::{
    AppKeySource, Authorise, CipherText, Connection, EmptyValue, KeyRule, Numbers, QueryBody, QueryRequest, RsaPadding,
    RsaPlaintext, Sm4Mode,
};
use standard::Coded;
use submit::{SubmissionOutcome, SubmitError, Unreachable};

use crate::stage::{Clock, DAY, Stage, TABLE, client, key, row};

/// An outcome in one word, with the code of a refusal.
fn word(outcome: &SubmissionOutcome) -> String {
    match outcome {
        SubmissionOutcome::Accepted { .. } => "accepted".into(),
        SubmissionOutcome::Refused(SubmitError::Refused(refusal)) => format!("refused {}", refusal.code),
        SubmissionOutcome::Refused(why) => format!("refused: {}", why.code()),
        SubmissionOutcome::Doubted(why) => format!("doubted: {}", why.code()),
        SubmissionOutcome::TooLarge => "too large".into(),
        SubmissionOutcome::NotSent(why) => format!("not sent: {}", why.code()),
        SubmissionOutcome::Unknown(why) => format!("unknown: {}", why.code()),
    }
}

#[tokio::test]
async fn every_setting_is_understood_by_both_sides() {
    type Change = (&'static str, fn(&mut protocol::Options));
    let changes: [Change; 12] = [
        ("defaults", |_| {}),
        ("plain login", |o| o.authorise = Authorise::Plain),
        ("fetched key", |o| o.rsa_public_key = "fetch".into()),
        ("login as a form", |o| o.rsa_plaintext = RsaPlaintext::Form),
        ("PKCS#1", |o| o.rsa_padding = RsaPadding::Pkcs1),
        ("CBC", |o| (o.sm4_mode, o.sm4_iv) = (Sm4Mode::Cbc, "00112233445566778899aabbccddeeff".into())),
        ("base64", |o| o.cipher_text = CipherText::Base64),
        ("all of the secret", |o| o.sm4_key = KeyRule::All),
        ("query as a form", |o| o.query_body = QueryBody::Form),
        ("numbers", |o| (o.page_numbers, o.numbers) = (Numbers::Number, Numbers::String)),
        ("prefix, null", |o| (o.authorization_prefix, o.empty_value) = ("Bearer ".into(), EmptyValue::Null)),
        ("app_secret as app_key", |o| o.app_key_from = AppKeySource::AppSecret),
    ];
    for (name, change) in changes {
        let stage = Stage::new(|config: &mut Config| change(&mut config.options)).await;
        let client = client(stage.connection(|c: &mut Connection| change(&mut c.options)), &Clock::default());
        let login = client.login().await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(login.expires_in, Some(7199));
        assert!(login.clock_offset.unwrap().abs().as_secs() < 5, "{login:?}");
        let outcome = client.submit(TABLE, vec![row(TABLE, 1, DAY)]).await;
        assert_eq!(word(&outcome), "accepted", "{name}");
        let query = QueryRequest {
            start: "2020-01-01 00:00:00".into(),
            end: "2100-01-01 00:00:00".into(),
            page: 1,
            limit: 10,
            table: TABLE.into(),
        };
        let page = client.results(&query).await.unwrap();
        let (entries, count) = (page.entries, page.count);
        assert_eq!((entries.len(), count, entries[0].state.as_str()), (1, Some(1), "1"), "{name}");
    }
}

#[tokio::test]
async fn a_wrong_clock_follows_the_receivers() {
    let stage = Stage::new(|_| {}).await;
    let check = async |clock_from_server, seconds, expect: &str| {
        let connection = stage.connection(|c| c.options.clock_from_server = clock_from_server);
        let outcome = client(connection, &Clock::wrong_by(seconds)).submit(TABLE, vec![row(TABLE, 1, DAY)]).await;
        assert_eq!(word(&outcome), expect, "{clock_from_server} {seconds}");
    };
    check(true, 600, "accepted").await;
    check(true, -600, "accepted").await;
    check(false, 600, "refused 403").await;
    check(false, 0, "accepted").await;
}

#[tokio::test]
async fn sessions_are_renewed() {
    let stage = Stage::new(|_| {}).await;
    let clock = Clock::default();
    let client = client(stage.connection(|_| {}), &clock);
    let submit = async || word(&client.submit(TABLE, vec![row(TABLE, 1, DAY)]).await);
    assert_eq!(submit().await, "accepted");
    // The access token is over by this PC's clock: refresh.
    clock.set(8_000);
    assert_eq!(submit().await, "accepted");
    // The refresh token too: a new login.
    clock.set(3_000_000);
    assert_eq!(submit().await, "accepted");
    // The receiver has forgotten the tokens: refused, then a new login.
    let stage = stage.restart().await;
    assert_eq!(submit().await, "accepted");
    assert_eq!(stage.stored(TABLE, &key(1)), 4, "each of them was meant");
}

#[tokio::test]
async fn a_token_that_is_over_at_once_is_refused() {
    // Each request logs in once, even if the token has expired at once: there is no endless loop of logins.
    let stage = Stage::new(|config| config.access_life_s = 0).await;
    let outcome = stage.client().submit(TABLE, vec![row(TABLE, 1, DAY)]).await;
    assert_eq!(word(&outcome), "refused 401");
}

#[tokio::test]
async fn refusals() {
    let stage = Stage::new(|_| {}).await;
    let outcome = stage.client().submit("ODS_NONE", vec![row(TABLE, 1, DAY)]).await;
    assert_eq!(word(&outcome), "refused 404");
    let outcome = stage.client().submit(TABLE, Vec::new()).await;
    assert_eq!(word(&outcome), "refused 400");
    let wrong = stage.connection(|c| c.password = "wrong".into());
    let error = client(wrong, &Clock::default()).login().await.unwrap_err();
    assert!(matches!(&error, SubmitError::LoginRefusedEncrypted { returned, .. } if returned == "401"), "{error}");
    let wrong = stage.connection(|c| (c.app_key, c.options.app_key_from) = ("wrong".into(), AppKeySource::Typed));
    let outcome = client(wrong, &Clock::default()).submit(TABLE, vec![row(TABLE, 1, DAY)]).await;
    assert_eq!(word(&outcome), "refused 403");
    assert_eq!(stage.running.inbox.row_count(TABLE).unwrap(), 0);
}

#[tokio::test]
async fn lines_that_fail() {
    let rows = || vec![row(TABLE, 1, DAY)];
    let stage = Stage::faulty(Faults { cut_every: Some(1), ..Faults::default() }).await;
    assert_eq!(word(&stage.client().submit(TABLE, rows()).await), "unknown: network.cut");
    assert_eq!(stage.stored(TABLE, &key(1)), 1, "it had arrived");

    let stage = Stage::faulty(Faults { silent_every: Some(1), ..Faults::default() }).await;
    let impatient = client(stage.connection(|c| c.options.call_timeout_s = 1), &Clock::default());
    assert_eq!(word(&impatient.submit(TABLE, rows()).await), "unknown: network.timed-out");
    assert_eq!(stage.stored(TABLE, &key(1)), 1, "it had arrived");

    let nobody = stage.connection(|_| {});
    stage.running.shutdown().await;
    let error = client(nobody.clone(), &Clock::default()).login().await.unwrap_err();
    assert!(matches!(error, SubmitError::Unreachable { why: Unreachable::Refused, .. }), "{error:?}");
    assert_eq!(word(&client(nobody, &Clock::default()).submit(TABLE, rows()).await), "not sent: network.refused");
}
