//! The real window, on a display without a screen: what a clerk changes there is there again after a restart.
//!
//! `cargo xtask test --only desktop` installs what it needs and runs it.
#![cfg(target_os = "linux")]

mod stage;

use std::time::Instant;

use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use stage::{PATIENCE, Stage};

const COMPANY: &str = "实习企业名称";
const CHANGED: &str = "窗口里改过的公司";

#[tokio::test]
async fn an_edit_in_the_window_is_there_after_a_restart() {
    let stage = Stage::new();

    let window = stage.open(&["--sample"]).await;
    shows(&window, "nav a[href='#/home'][aria-current=page]").await;
    assert_eq!(window.title().await.unwrap(), "示例职业技术学院 - 填报");
    stage.picture("window-home.png");
    open_company_cell(&window).await;
    let field = shows(&window, "textarea[data-testid=cell-editor]").await;
    assert_ne!(first_company(&window).await, CHANGED);
    field.send_keys(CHANGED).await.unwrap();
    shows(&window, "textarea[data-testid=cell-editor][data-mode=type]").await;
    field.send_keys(&char::from(Key::Enter).to_string()).await.unwrap();
    shows(&window, "[data-testid=save-state][data-pending='0']").await;
    assert_eq!(first_company(&window).await, CHANGED);
    stage.picture("window-fill.png");
    window.close().await.unwrap();

    let begun = Instant::now();
    let window = stage.open(&["--sample"]).await;
    shows(&window, "nav a[href='#/home'][aria-current=page]").await;
    eprintln!("open on Home after {:.1} s", begun.elapsed().as_secs_f64());
    open_company_cell(&window).await;
    assert_eq!(first_company(&window).await, CHANGED);
    window.close().await.unwrap();
}

/// Waits until the page has this element.
async fn shows(window: &Client, css: &str) -> fantoccini::elements::Element {
    match window.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await {
        Ok(element) => element,
        Err(error) => panic!("{css}: {error}\n{}", window.source().await.unwrap_or_default()),
    }
}

/// Goes to 实习基础数据, first record, 实习企业名称, by pointer and arrow keys.
async fn open_company_cell(window: &Client) {
    shows(window, "nav a[href='#/fill']").await.click().await.unwrap();
    window.execute("location.hash = '#/fill/ODS_SXJCSJ'", vec![]).await.unwrap();
    shows(window, "#cell-0-0").await.click().await.unwrap();
    let field = shows(window, "textarea[data-testid=cell-editor]").await;
    let mut spoken = said(&field).await;
    while !spoken.starts_with(COMPANY) {
        field.send_keys(&char::from(Key::Right).to_string()).await.unwrap();
        let moved = format!("textarea[data-testid=cell-editor]:not([aria-label='{spoken}'])");
        spoken = said(&shows(window, &moved).await).await;
    }
}

async fn said(field: &fantoccini::elements::Element) -> String {
    field.attr("aria-label").await.unwrap().unwrap_or_default()
}

/// What the first record's cell shows.
async fn first_company(window: &Client) -> String {
    let title = format!("//*[@role='columnheader'][contains(., '{COMPANY}')]");
    let header = window.wait().at_most(PATIENCE).for_element(Locator::XPath(&title)).await.unwrap();
    let column: usize = header.attr("aria-colindex").await.unwrap().unwrap_or_default().parse().unwrap();
    shows(window, &format!("#cell-0-{}", column - 2)).await.text().await.unwrap()
}
