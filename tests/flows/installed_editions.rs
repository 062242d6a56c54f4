//! Installing and removing editions: a signed package is installed whole or not at all, only from a trusted publisher,
//! only with a higher revision, and no book is changed by it.

use std::fs;

use desk::CallError;
use serde_json::{Value, json};

use crate::fixture::publisher::{PUBLISHER, Publisher, edition, with_field};
use crate::fixture::{Clerk, EDITION, Home, INTERNSHIPS, PASSPHRASE, PERIOD, SCHOOL, VISITS, env};

const NEW: &str = "gaozhi-2099.01";

fn install(clerk: &Clerk, path: &str) -> Result<Value, CallError> {
    clerk.try_call("edition.install_package", json!({ "path": path }))
}

#[track_caller]
fn refused(outcome: Result<Value, CallError>, code: &str) -> CallError {
    let error = outcome.expect_err(code);
    assert_eq!(error.code, code, "{error:?}");
    error
}

/// The entry of an edition in the list of editions.
fn listed(clerk: &Clerk, id: &str) -> Option<Value> {
    let editions = clerk.call("standard.editions", json!({}));
    editions.as_array().unwrap().iter().find(|e| e["id"] == id).cloned()
}

fn create(clerk: &Clerk, edition: &str) -> String {
    let college = json!({ "code": SCHOOL, "name": format!("示例 {edition}") });
    let book = json!({ "edition": edition, "college": college, "period": PERIOD, "passphrase": PASSPHRASE });
    clerk.call("book.create", book)["path"].as_str().unwrap().to_owned()
}

fn open(clerk: &Clerk, path: &str) -> Result<Value, CallError> {
    clerk.try_call("book.open", json!({ "path": path, "passphrase": PASSPHRASE }))
}

fn visit(clerk: &Clerk, values: Value) -> Value {
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }))
}

fn visits(clerk: &Clerk) -> Value {
    let page = clerk.call("fill.page", json!({ "view": { "table": VISITS }, "offset": 0, "limit": 10 }));
    page["rows"].as_array().unwrap().iter().map(|row| row["cells"].clone()).collect()
}

#[test]
fn a_list_of_publishers_that_cannot_be_read_is_not_written_over() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let publisher = Publisher::new(&clerk, &home, "publisher").trusted();
    let list = home.path("publishers.json");
    let whole = fs::read(&list).unwrap();
    let half = &whole[..whole.len() / 2];
    fs::write(&list, half).unwrap();
    let trust = || clerk.try_call("edition.trust", json!({ "name": "另一家", "key": publisher.key }));
    refused(trust(), "edition.publishers-damaged");
    refused(
        clerk.try_call("edition.distrust", json!({ "fingerprint": publisher.fingerprint })),
        "edition.publishers-damaged",
    );
    assert_eq!(fs::read(&list).unwrap(), half);
    // After the file is repaired, the publisher is still there.
    fs::write(&list, &whole).unwrap();
    assert_eq!(trust().unwrap()[0]["name"], "另一家");
}

#[test]
fn only_what_a_trusted_publisher_signed_is_installed() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    assert_eq!(clerk.call("edition.publishers", json!({})), json!([]), "no publisher is trusted at first");
    let publisher = Publisher::new(&clerk, &home, "publisher");
    let package = publisher.pack(&edition(NEW, "1.0.0"));
    let error = refused(install(&clerk, &package), "parcel.unknown-publisher");
    assert_eq!((&*error.params["publisher"], &*error.params["fingerprint"]), (PUBLISHER, &*publisher.fingerprint));
    refused(clerk.try_call("edition.preview_package", json!({ "path": package })), "parcel.unknown-publisher");
    let private = fs::read_to_string(home.path("publisher.key")).unwrap();
    let trust = |key: &str| clerk.try_call("edition.trust", json!({ "name": "我们的出版者", "key": key }));
    refused(trust(&private), "parcel.private-key");
    refused(trust("不是"), "parcel.not-a-key");
    let trusted = trust(&publisher.key).unwrap();
    assert_eq!(trusted, json!([{ "name": "我们的出版者", "fingerprint": publisher.fingerprint }]));

    let preview = clerk.call("edition.preview_package", json!({ "path": package }));
    assert_eq!(
        (&preview["id"], &preview["publisher"], &preview["replaces"]),
        (&json!(NEW), &json!(PUBLISHER), &Value::Null)
    );
    assert_eq!(listed(&clerk, NEW), None, "a preview installs nothing");
    let installed = install(&clerk, &package).unwrap();
    assert_eq!((&installed["origin"], &installed["publisher"]), (&json!("package"), &json!(PUBLISHER)));
    let builtin = listed(&clerk, EDITION).unwrap();
    for what in ["tables", "fields", "code_lists", "codes", "rules", "title"] {
        assert_eq!(installed[what], builtin[what], "{what}");
        assert_eq!(preview[what], builtin[what], "{what}");
    }
    assert_eq!(listed(&Clerk::new(env(home.folder())), NEW), Some(installed), "the edition is listed after a restart");
}

#[test]
fn an_altered_package_is_refused_and_nothing_is_written() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let publisher = Publisher::new(&clerk, &home, "publisher").trusted();
    let good = fs::read(publisher.pack(&edition(NEW, "1.0.0"))).unwrap();
    let path = home.text("tampered.tbedition");
    let attempt = |bytes: &[u8], code: &str| {
        fs::write(&path, bytes).unwrap();
        let error = refused(install(&clerk, &path), code);
        assert_eq!(listed(&clerk, NEW), None);
        assert!(!home.path("editions").exists(), "nothing was written");
        error
    };
    let title = "实习基础".as_bytes();
    let at = good.windows(title.len()).position(|w| w == title).unwrap();
    let mut altered = good.clone();
    altered[at] ^= 1;
    let error = attempt(&altered, "parcel.altered");
    assert!(!error.params["path"].is_empty());
    attempt(&good[..good.len() / 2], "parcel.not-one");
    attempt(&[&good[..], b"more"].concat(), "parcel.repacked");
    attempt(b"PK\x03\x04", "parcel.not-one");
    attempt(b"", "parcel.not-one");
    attempt(&good.iter().map(|b| b ^ 0x55).collect::<Vec<_>>(), "parcel.not-one");
    // A workbook is a ZIP file, too.
    let workbook = home.text("a.xlsx");
    rust_xlsxwriter::Workbook::new().save(&workbook).unwrap();
    refused(install(&clerk, &workbook), "parcel.repacked");
    refused(install(&clerk, &home.text("nothing.tbedition")), "file.missing");
    fs::write(&path, &good).unwrap();
    install(&clerk, &path).unwrap();
}

#[test]
fn an_edition_with_a_mistake_is_refused_with_its_position() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let publisher = Publisher::new(&clerk, &home, "publisher").trusted();
    let mut wrong = edition(NEW, "1.0.0");
    wrong.rules[0].body = standard::RuleBody::Row { expect: "NICHT_DA = 1".to_owned() };
    let rule = wrong.rules[0].id.clone();
    let error = refused(install(&clerk, &publisher.pack(&wrong)), "rule.unknown-column");
    assert_eq!((&error.params["rule"], &*error.params["found"]), (&rule, "NICHT_DA"));
    // An edition that does not load cannot be signed.
    let folder = home.path("unreadable");
    fs::create_dir(&folder).unwrap();
    let key = home.text("publisher.key");
    let pack = |source: &str| {
        let request = json!({ "source": source, "key": key, "publisher": PUBLISHER, "path": home.text("x.tbedition") });
        clerk.try_call("edition.pack", request)
    };
    refused(pack(folder.to_str().unwrap()), "edition.no-source");
    fs::write(folder.join("datapackage.json"), r#"{"name": "gaozhi-2099.01"}"#).unwrap();
    refused(pack(folder.to_str().unwrap()), "edition.faulty");
    fs::write(folder.join("datapackage.json"), r#"{"name": "../../etc"}"#).unwrap();
    refused(pack(folder.to_str().unwrap()), "edition.bad-id");
    let request =
        json!({ "source": EDITION, "key": home.text("a.xlsx"), "publisher": PUBLISHER, "path": home.text("x") });
    refused(clerk.try_call("edition.pack", request), "file.missing");
    refused(clerk.try_call("edition.make_key", json!({ "path": key })), "file.exists");
}

#[test]
fn an_update_only_goes_up_and_books_follow_when_they_are_opened() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let publisher = Publisher::new(&clerk, &home, "publisher").trusted();
    let other = create(&clerk, "zhongzhi-2023.06");
    let mine = create(&clerk, EDITION);
    visit(&clerk, json!({ "FWRQ": "20260901", "DZQKFWCS": "12" }));
    let before = visits(&clerk);
    clerk.call("book.close", json!({}));
    let books = [&other, &mine].map(|path| fs::read(path).unwrap());

    refused(install(&clerk, &publisher.pack(&edition(EDITION, "1.0.0"))), "edition.not-newer");
    refused(install(&clerk, &publisher.pack(&edition(EDITION, "0.9.9"))), "edition.not-newer");
    let newer = with_field(edition(EDITION, "1.1.0"), VISITS, "XZL");
    let installed = publisher.publish(&newer);
    assert_eq!((&installed["revision"], &installed["origin"]), (&json!("1.1.0"), &json!("package")));
    assert_eq!([&other, &mine].map(|path| fs::read(path).unwrap()), books, "no book was touched");

    open(&clerk, &mine).unwrap();
    assert_eq!(visits(&clerk), before, "the records are unchanged");
    visit(&clerk, json!({ "FWRQ": "20260902", "DZQKFWCS": "3", "XZL": "新的" }));
    assert_eq!(visits(&clerk)[1]["XZL"], "新的");
    refused(clerk.try_call("edition.remove", json!({ "id": EDITION })), "edition.in-use");
    open(&clerk, &other).unwrap();
    refused(clerk.try_call("edition.remove", json!({ "id": "zhongzhi-2023.06" })), "edition.in-use");
    clerk.call("book.close", json!({}));
    assert_eq!(fs::read(&other).unwrap().len(), books[0].len());

    // Without the package the built-in edition is used again, and no value is lost.
    clerk.call("edition.remove", json!({ "id": EDITION }));
    assert_eq!(listed(&clerk, EDITION).unwrap()["revision"], "1.0.0");
    refused(clerk.try_call("edition.remove", json!({ "id": EDITION })), "edition.builtin");
    refused(clerk.try_call("edition.remove", json!({ "id": NEW })), "edition.unknown");
    open(&clerk, &mine).unwrap();
    assert_eq!(visits(&clerk)[0], before[0]);
    clerk.call("book.close", json!({}));
    publisher.publish(&newer);
    open(&clerk, &mine).unwrap();
    assert_eq!(visits(&clerk)[1]["XZL"], "新的");
}

#[test]
fn a_damaged_edition_is_listed_with_its_problem_and_the_others_stay_usable() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let publisher = Publisher::new(&clerk, &home, "publisher").trusted();
    publisher.publish(&edition(NEW, "1.0.0"));
    let book = create(&clerk, NEW);
    let other = create(&clerk, EDITION);
    clerk.call("book.close", json!({}));

    let installed = home.path(&format!("editions/{NEW}.tbedition"));
    let whole = fs::read(&installed).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 3] ^= 8;
    fs::write(&installed, &damaged).unwrap();
    let clerk = Clerk::new(env(home.folder()));
    let entry = listed(&clerk, NEW).unwrap();
    let problem = entry["problem"]["code"].as_str().unwrap();
    assert!(problem.starts_with("parcel."), "{entry}");
    assert_eq!(entry["tables"], 0);
    let state = clerk.call("start.state", json!({}));
    assert!(state["editions"].as_array().unwrap().contains(&entry), "the first screen lists it, too");
    let error = refused(open(&clerk, &book), "edition.unusable");
    assert_eq!((&*error.params["edition"], &*error.params["problem"]), (NEW, problem));
    refused(clerk.try_call("standard.tree", json!({ "edition": NEW })), "edition.unusable");
    open(&clerk, &other).unwrap();
    clerk.call("book.close", json!({}));

    // An incomplete file of an interrupted installation is not listed.
    fs::write(home.path("editions/gaozhi-2098.01.tbedition.new"), &whole[..100]).unwrap();
    assert_eq!(listed(&Clerk::new(env(home.folder())), "gaozhi-2098.01"), None);
    // Installing the same package again repairs the edition.
    fs::write(home.path("again.tbedition"), &whole).unwrap();
    install(&clerk, &home.text("again.tbedition")).unwrap();
    open(&clerk, &book).unwrap();
}

#[test]
fn an_installed_edition_of_a_distrusted_publisher_is_not_used() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let publisher = Publisher::new(&clerk, &home, "publisher").trusted();
    publisher.publish(&edition(NEW, "1.0.0"));
    let book = create(&clerk, NEW);
    clerk.call("book.close", json!({}));
    let distrust = |fingerprint: &str| clerk.try_call("edition.distrust", json!({ "fingerprint": fingerprint }));
    refused(distrust("0000"), "edition.no-publisher");
    assert_eq!(distrust(&publisher.fingerprint).unwrap(), json!([]));
    assert_eq!(listed(&clerk, NEW).unwrap()["problem"]["code"], "parcel.unknown-publisher");
    let error = refused(open(&clerk, &book), "edition.unusable");
    assert_eq!(error.params["problem"], "parcel.unknown-publisher");
    let _again = publisher.trusted();
    open(&clerk, &book).unwrap();
    assert_eq!(clerk.call("standard.table", json!({ "table": INTERNSHIPS }))["own"], false);
}

#[test]
fn the_command_line_signs_trusts_and_installs() {
    let home = Home::new();
    let made = home.json(0, &["edition", "key", "-o", "our.key"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(home.path("our.key")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(home.run(["edition", "key", "-o", "our.key"]).code, 2, "an existing key file is not overwritten");
    let clerk = Clerk::new(env(home.folder()));
    let publisher = Publisher::new(&clerk, &home, "publisher");
    let folder = publisher.pack(&edition(NEW, "1.0.0")).replace(".tbedition", "");
    let pack = ["edition", "pack", &folder, "-o", "new.tbedition", "--key", "our.key", "--publisher", PUBLISHER];
    let packed = home.json(0, &pack);
    assert_eq!((&packed["id"], &packed["fingerprint"]), (&json!(NEW), &made["fingerprint"]));
    let untrusted = home.run(["edition", "install", "new.tbedition"]);
    assert!(untrusted.code == 2 && untrusted.err.contains(made["fingerprint"].as_str().unwrap()), "{untrusted:?}");
    let trusted = home.json(0, &["edition", "trust", "示例", made["public_key"].as_str().unwrap()]);
    assert_eq!(trusted, home.json(0, &["edition", "publishers"]));
    assert_eq!(home.json(0, &["edition", "install", "new.tbedition"])["origin"], "package");
    assert_eq!(home.json(0, &["edition", "list"]), home.json(0, &["editions"]));
    assert!(home.run(["edition", "list"]).out.contains(PUBLISHER));
    assert_eq!(home.json(0, &["edition", "remove", NEW]).as_array().unwrap().len(), 3);
    assert_eq!(home.run(["edition", "remove", EDITION]).code, 2);
    assert_eq!(home.json(0, &["edition", "distrust", made["fingerprint"].as_str().unwrap()]), json!([]));
}
