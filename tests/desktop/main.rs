//! The real window on a virtual display: an edit in the window is still there after a restart.
//!
//! `cargo xtask test --only desktop` installs what it needs and runs it.
#![cfg(target_os = "linux")]

mod fixture;
mod webdriver;

use std::time::Instant;

use fixture::Fixture;
use webdriver::{ENTER, RIGHT, Window};

const HOME: &str = "nav a[href='#/home'][aria-current=page]";
const FIELD: &str = "textarea[data-testid=cell-editor]";
const COMPANY: &str = "实习企业名称";
const CHANGED: &str = "窗口里改过的公司";

#[test]
fn an_edit_in_the_window_is_there_after_a_restart() {
    let fixture = Fixture::new();

    let window = fixture.open(&["--sample"]);
    window.shows(HOME);
    assert_eq!(window.title(), "示例职业技术学院 - 填报");
    window.shows(".home-title");
    fixture.picture("window-home.png");
    open_company_cell(&window);
    assert_ne!(first_company(&window), CHANGED);
    window.shows(FIELD).types(CHANGED);
    window.shows(&format!("{FIELD}[data-mode=type]")).types(ENTER);
    window.shows("[data-testid=save-state][data-pending='0']");
    assert_eq!(first_company(&window), CHANGED);
    fixture.picture("window-fill.png");
    window.close();

    let begun = Instant::now();
    let window = fixture.open(&["--sample"]);
    window.shows(HOME);
    window.shows(".home-title");
    let seconds = format!("{:.1}\n", begun.elapsed().as_secs_f64());
    std::fs::write(tianbao_tests::results().join("window-start-seconds.txt"), seconds)
        .expect("a file among the results");
    open_company_cell(&window);
    assert_eq!(first_company(&window), CHANGED);
    window.close();
}

#[test]
fn a_book_with_a_password_that_the_program_is_started_with_asks_for_it() {
    let fixture = Fixture::new();
    let book = fixture.book_with_password("一个 密码");
    let window = fixture.open(&[&book.to_string_lossy()]);
    let field = window.shows("#ask-passphrase");
    fixture.picture("window-password.png");
    field.types("一个 密码");
    window.shows("#ask-passphrase").types(ENTER);
    window.shows(".home-title");
    assert_eq!(window.title(), "测试中等职业学校 - 填报");
    window.close();
}

#[test]
fn a_second_start_hands_its_book_to_the_window_that_is_open_and_ends() {
    let fixture = Fixture::new();
    let book = fixture.book_with_password("一个 密码");
    let window = fixture.open(&["--sample"]);
    window.shows(HOME);
    fixture.starts_again(&[&book.to_string_lossy()]);
    // The open book gives way only when the clerk says so.
    let question = window.shows(".ant-modal-footer .ant-btn-primary");
    assert_eq!(window.title(), "示例职业技术学院 - 填报");
    fixture.picture("window-other-book.png");
    question.click();
    window.shows("#ask-passphrase").types("一个 密码");
    window.shows("#ask-passphrase").types(ENTER);
    window.shows(".home-title");
    assert_eq!(window.title(), "测试中等职业学校 - 填报");
    // A start without a book only raises the window, and --close closes it and waits for its end.
    fixture.starts_again(&[]);
    fixture.starts_again(&["--close"]);
}

/// Selects the cell 实习企业名称 of the first record of 实习基础数据, with pointer and arrow keys.
fn open_company_cell(window: &Window) {
    window.shows("nav a[href='#/fill']").click();
    window.run("location.hash = '#/fill/ODS_SXJCSJ'");
    window.shows("#cell-0-0").click();
    let mut label = window.shows(FIELD).attribute("aria-label");
    while !label.starts_with(COMPANY) {
        window.shows(FIELD).types(RIGHT);
        label = window.shows(&format!("{FIELD}:not([aria-label='{label}'])")).attribute("aria-label");
    }
}

/// The text that the cell of the first record shows.
fn first_company(window: &Window) -> String {
    let title = format!("[role=columnheader][title^='{COMPANY}']");
    let column: usize = window.shows(&title).attribute("aria-colindex").parse().expect("a column's number");
    window.shows(&format!("#cell-0-{}", column - 2)).text()
}
