//! Queries on real servers.

use serde_json::{Value, json};

use super::servers::{DATABASE, PASSWORD, Server};
use super::{QUERY, STUDENTS, expected, numbers, records, source};
use crate::fixture::{Clerk, Home, env};

/// Makes a book, runs a source of the students on this server, and applies what it gives.
fn run_and_apply(clerk: &Clerk, place: &Value) {
    clerk.create(false);
    let save = json!({ "source": source("教务系统", place), "was": null, "password": PASSWORD });
    let saved = clerk.call("source.save", save);
    assert!(!saved.to_string().contains("pass'word"), "the password stays in the book: {saved}");
    let run = clerk.call("source.run", json!({ "name": "教务系统" }));
    assert_eq!(numbers(&run["proposal"]), [2, 0, 0]);
    clerk.call("workbook.apply", json!({ "proposal": run["proposal"]["id"] }));
    assert_eq!(records(clerk), expected());
}

/// Every place with the error that it gives.
fn each_is_said(clerk: &Clerk, good: &Value, cases: &[(Value, &str)]) {
    for (wrong, code) in cases {
        let mut place = good.clone();
        for (key, value) in wrong.as_object().unwrap() {
            place[key] = value.clone();
        }
        let password = place.as_object_mut().unwrap().remove("password").unwrap_or(json!(PASSWORD));
        let request = json!({ "source": source("试", &place), "was": null, "password": password });
        let error = clerk.try_call("source.try", json!({ "source": request, "rows": 20 })).unwrap_err();
        assert_eq!(error.code, *code, "{wrong}: {error:?}");
        assert!(!format!("{error:?}").contains("pass'word"), "{error:?}");
    }
}

/// A query that waits for a minute ends as soon as the clerk cancels.
fn cancelled(clerk: &Clerk, good: &Value, sleep: &str) {
    let mut place = good.clone();
    place["query"] = json!(sleep);
    let request = json!({ "source": source("试", &place), "was": null, "password": PASSWORD });
    std::thread::scope(|scope| {
        let waiting = scope
            .spawn(|| clerk.try_call("source.try", json!({ "source": request, "rows": 20, "job": 7 })).unwrap_err());
        while !waiting.is_finished() {
            clerk.call("job.cancel", json!({ "job": 7 }));
            std::thread::yield_now();
        }
        assert_eq!(waiting.join().unwrap().code, "job.cancelled");
    });
}

#[test]
fn postgresql() {
    let writes = "CREATE FUNCTION wipe() RETURNS int LANGUAGE sql SECURITY DEFINER AS \
                  'DELETE FROM students; SELECT 1'; CREATE TABLE wages (a int)";
    let server = Server::postgres(&format!("{STUDENTS}; {writes}"));
    let good = server.source();
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    run_and_apply(&clerk, &good);
    server.sql(DATABASE, "UPDATE students SET stu_name = '李四' WHERE stu_no = '0012345679'");
    let run = clerk.call("source.run", json!({ "name": "教务系统" }));
    assert_eq!(numbers(&run["proposal"]), [0, 1, 1]);
    each_is_said(
        &clerk,
        &good,
        &[
            (json!({ "password": "wrong" }), "source.login"),
            (json!({ "user": "nobody_there" }), "source.login"),
            (json!({ "database": "none" }), "source.no-database"),
            (json!({ "port": 1 }), "source.unreachable"),
            (json!({ "host": "no-such-host.invalid" }), "source.no-such-host"),
            (json!({ "protection": "verified" }), "source.certificate"),
            (json!({ "query": "SELECT no_such FROM students" }), "source.no-column"),
            (json!({ "query": "SELECT * FROM teachers" }), "source.no-table"),
            (json!({ "query": "SELECT * FROM wages" }), "source.not-allowed"),
            (json!({ "query": "SELECT FROM WHERE" }), "source.syntax"),
            (json!({ "query": "SELECT wipe() AS stu_no" }), "source.read-only"),
            (json!({ "query": "SELECT 1 / 0 AS stu_no" }), "source.refused"),
            (json!({ "query": "SELECT $1::text AS stu_no" }), "source.not-a-query"),
            (json!({ "query": "SELECT pg_sleep(60) AS stu_no", "seconds": 1 }), "source.time-limit"),
        ],
    );
    cancelled(&clerk, &good, "SELECT pg_sleep(60) AS stu_no");
    let mut loose = good.clone();
    loose["protection"] = json!("unverified");
    let request = json!({ "source": source("试", &loose), "was": null, "password": PASSWORD });
    let tried = clerk.call("source.try", json!({ "source": request, "rows": 20 }));
    assert_eq!(tried["rows"].as_array().unwrap().len(), 2, "nothing was deleted");
}

#[test]
fn mariadb() {
    let server = Server::mariadb(&format!("{STUDENTS}; CREATE SEQUENCE numbers"));
    let good = server.source();
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    run_and_apply(&clerk, &good);
    each_is_said(
        &clerk,
        &good,
        &[
            (json!({ "password": "wrong" }), "source.login"),
            (json!({ "database": "none" }), "source.no-database"),
            (json!({ "port": 1 }), "source.unreachable"),
            (json!({ "host": "no-such-host.invalid" }), "source.no-such-host"),
            (json!({ "protection": "verified" }), "source.no-encryption"),
            (json!({ "query": "SELECT no_such FROM students" }), "source.no-column"),
            (json!({ "query": "SELECT * FROM teachers" }), "source.no-table"),
            (json!({ "query": "SELECT * FROM mysql.global_priv" }), "source.not-allowed"),
            (json!({ "query": "SELECT FROM WHERE" }), "source.syntax"),
            (json!({ "query": "SELECT nextval(numbers) AS stu_no" }), "source.read-only"),
            (json!({ "query": "SELECT ? AS stu_no" }), "source.not-a-query"),
            (json!({ "query": "SELECT sleep(60) AS stu_no", "seconds": 1 }), "source.time-limit"),
        ],
    );
    cancelled(&clerk, &good, "SELECT sleep(60) AS stu_no");
    let mut bits = good.clone();
    bits["query"] = json!(QUERY.replace("agreed", "b'1' AS agreed"));
    let request = json!({ "source": source("试", &bits), "was": null, "password": PASSWORD });
    let tried = clerk.call("source.try", json!({ "source": request, "rows": 1 }));
    assert_eq!(tried["rows"].as_array().unwrap().len(), 1);
}
