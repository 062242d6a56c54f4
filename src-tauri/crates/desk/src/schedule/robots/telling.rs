//! What robots say: the summary of a day, and what came of a run.

use std::fmt::Write;

use submit::robot::{self, RobotFailure};
use tokio::runtime::Handle;

use crate::home::api::Home;
use crate::schedule::api::EntryRun;
use crate::session::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::schedule::kept::national;
use crate::session::schedule::robots::{KeptRobot, keep, robots};

/// Tables that are named; the others are counted.
const NAMED: usize = 5;

/// Writes to a robot.
pub(super) fn say(desk: &Desk, robot: &KeptRobot, text: &str) -> Result<(), CallError> {
    let said = Handle::current().block_on(robot::say(&robot.robot(), text, desk.clock.now()));
    said.map_err(|failure| match failure {
        RobotFailure::Line(error) => error.into(),
        RobotFailure::Refused { code, message } => {
            CallError::new("robot.refused").with("name", &robot.name).with("returned", code).with("message", message)
        }
    })
}

/// The summary of now.
pub(super) fn summary(desk: &Desk) -> Result<String, CallError> {
    let home = crate::home::overview::get(desk, Nothing {})?;
    let college = desk.opened()?.settings().college.name;
    Ok(words(&college, &desk.clock.today().to_string(), &home))
}

/// The words of a summary: numbers and names of tables.
fn words(college: &str, day: &str, home: &Home) -> String {
    let mut text = format!("{college} {day} 填报情况\n");
    let today = &home.today;
    // Writing into a text cannot fail.
    let _ = write!(text, "今天发送 {} 条，入库 {} 条，退回 {} 条", today.sent, today.stored, today.rejected);
    let lists = [
        ("已逾期", home.tables.iter().filter(|table| table.overdue_days > 0).map(|table| &table.title).collect()),
        (
            "今天截止",
            home.tables
                .iter()
                .filter(|table| table.due.as_deref() == Some(day) && table.overdue_days == 0 && table.to_send > 0)
                .map(|table| &table.title)
                .collect::<Vec<_>>(),
        ),
    ];
    for (what, titles) in lists {
        if titles.is_empty() {
            continue;
        }
        let named: Vec<&str> = titles.iter().take(NAMED).map(|title| title.as_str()).collect();
        let more = if titles.len() > NAMED { " 等" } else { "" };
        let _ = write!(text, "\n{what} {} 张表：{}{more}", titles.len(), named.join("、"));
    }
    let waiting: u64 = home.tables.iter().map(|table| table.waiting).sum();
    let unknown: u64 = home.tables.iter().map(|table| table.unknown).sum();
    for (what, rows) in [("待发送", waiting), ("结果未知", unknown)] {
        if rows > 0 {
            let _ = write!(text, "\n{what} {rows} 条");
        }
    }
    text
}

/// What came of runs, in one message.
fn run_words(college: &str, runs: &[EntryRun]) -> String {
    let mut text = format!("{college} 定时上报");
    for run in runs {
        let outcome = &run.outcome;
        let _ = write!(text, "\n{}：{} 批 {} 条", run.name, outcome.batches.len(), outcome.rows);
        let told = outcome.told.len() + usize::from(outcome.error.is_some());
        if told > 0 {
            let _ = write!(text, "，{told} 件事要看");
        }
    }
    text
}

/// Tells what came of runs, and the summary of the day where its time has come. What a robot could not write is kept
/// with it and fails nothing.
pub(in crate::schedule) fn tell(desk: &Desk, runs: &[EntryRun]) -> Result<(), CallError> {
    let (mut all, college) = {
        let open = desk.opened()?;
        (robots(&open)?, open.settings().college.name)
    };
    let now = national(desk.clock.now());
    let today = now.date().to_string();
    let mut changed = false;
    for robot in &mut all {
        let mut texts = Vec::new();
        if robot.on_runs && !runs.is_empty() {
            texts.push(run_words(&college, runs));
        }
        if is_due(robot, now) {
            texts.push(summary(desk)?);
            robot.said_on.clone_from(&today);
        }
        for text in texts {
            robot.problem = say(desk, robot, &text).err();
            changed = true;
        }
    }
    if changed {
        keep(&*desk.opened()?, &all)?;
        desk.tell(Changed::Book);
    }
    Ok(())
}

fn is_due(robot: &KeptRobot, now: jiff::civil::DateTime) -> bool {
    let time = robot.at.parse::<jiff::civil::Time>().ok();
    time.is_some_and(|time| now.time() >= time) && robot.said_on != now.date().to_string()
}

/// Whether a summary is due.
pub(in crate::schedule) fn any_due(desk: &Desk) -> bool {
    let now = national(desk.clock.now());
    let Ok(open) = desk.opened() else { return false };
    robots(&open).is_ok_and(|all| all.iter().any(|robot| is_due(robot, now)))
}
