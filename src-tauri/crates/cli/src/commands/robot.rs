//! `robot list`, `add`, `remove` and `test`.

use desk::schedule::api::{RobotKind, RobotRef, RobotView, Robots, SaveRobot};
use desk::{CallError, Nothing};

use super::state::AppState;
use crate::arguments::Robot;
use crate::outcome::Outcome;

pub async fn run(state: &AppState<'_>, command: &Robot) -> Result<Outcome, CallError> {
    let robots: Robots = match command {
        Robot::List => state.ask("robot.list", &Nothing {}).await?,
        Robot::Add { name, kind, keyword, at, on_runs } => {
            let robot = RobotView {
                name: name.clone(),
                kind: kind.kind(),
                host: String::new(),
                has_secret: false,
                keyword: keyword.clone(),
                at: at.clone(),
                on_runs: *on_runs,
                problem: None,
            };
            let given = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
            let url = given("TIANBAO_ROBOT_URL").ok_or_else(|| CallError::new("usage.no-robot-address"))?;
            let request = SaveRobot { robot, url: Some(url), secret: given("TIANBAO_ROBOT_SECRET") };
            state.ask("robot.save", &request).await?
        }
        Robot::Remove { name } => state.ask("robot.remove", &RobotRef { name: name.clone() }).await?,
        Robot::Test { name } => {
            let _: Nothing = state.ask("robot.test", &RobotRef { name: name.clone() }).await?;
            state.ask("robot.list", &Nothing {}).await?
        }
    };
    state.printer.answer(&robots, |robots| robots.robots.iter().map(|robot| line(state, robot)).collect());
    Ok(Outcome::Done)
}

fn line(state: &AppState<'_>, robot: &RobotView) -> String {
    let kind = match robot.kind {
        RobotKind::Wecom => "wecom",
        RobotKind::Dingtalk => "dingtalk",
        RobotKind::Feishu => "feishu",
        RobotKind::Json => "json",
    };
    let kind = state.printer.line(&format!("robot-kind.{kind}"), &[]);
    let line = state
        .printer
        .line("cli.robot", &[("name", &robot.name), ("kind", &kind), ("host", &robot.host), ("at", &robot.at)]);
    let problem = robot.problem.as_ref().map(|problem| format!("  {}", state.printer.words(problem)));
    line + &problem.unwrap_or_default()
}
