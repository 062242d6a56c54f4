//! Robots: listed without their secrets, saved, removed and tried.

use jiff::civil::Time;
use protocol::Secret;
use protocol::connection::shown_address;

use super::telling::say;
use crate::schedule::api::{RobotRef, RobotView, Robots, SaveRobot};
use crate::session::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::schedule::robots::{KeptRobot, keep, robots};

/// `robot.list`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<Robots, CallError> {
    let open = desk.opened()?;
    Ok(Robots { robots: robots(&open)?.iter().map(view).collect() })
}

fn view(kept: &KeptRobot) -> RobotView {
    RobotView {
        name: kept.name.clone(),
        kind: kept.kind,
        host: host(&kept.url),
        has_secret: !kept.secret.is_empty(),
        keyword: kept.keyword.clone(),
        at: kept.at.clone(),
        on_runs: kept.on_runs,
        problem: kept.problem.clone(),
    }
}

/// Scheme and host of an address: the rest is the key to the group.
fn host(url: &Secret) -> String {
    let shown = shown_address(url.expose());
    let end = shown.find("://").and_then(|at| shown[at + 3..].find(['/', '?']).map(|slash| at + 3 + slash));
    end.map_or_else(|| shown.clone(), |end| format!("{}/…", &shown[..end]))
}

/// `robot.save`: absent secrets stay as they are.
pub(crate) fn save(desk: &Desk, request: SaveRobot) -> Result<Robots, CallError> {
    {
        let open = desk.opened()?;
        let SaveRobot { robot, url, secret } = request;
        let wrong =
            |name: &str, value: &str| Err(CallError::new("settings.bad-value").with("name", name).with("value", value));
        let name = robot.name.trim().to_owned();
        if name.is_empty() {
            return wrong("name", &robot.name);
        }
        if !robot.at.is_empty() && (robot.at.len() != 5 || robot.at.parse::<Time>().is_err()) {
            return wrong("at", &robot.at);
        }
        let mut all = robots(&open)?;
        let before = all.iter().find(|other| other.name == name);
        let given = url.filter(|url| !url.trim().is_empty()).map(|url| Secret::new(url.trim()));
        let url = given.or_else(|| before.map(|before| before.url.clone())).unwrap_or_default();
        if !url.expose().starts_with("https://") && !url.expose().starts_with("http://") {
            return Err(CallError::new("robot.no-address").with("name", name));
        }
        let kept = KeptRobot {
            kind: robot.kind,
            secret: secret.map(Secret::new).or_else(|| before.map(|b| b.secret.clone())).unwrap_or_default(),
            keyword: robot.keyword.trim().to_owned(),
            at: robot.at,
            on_runs: robot.on_runs,
            // The summary of today is said from tomorrow on where its time has passed already.
            said_on: before.map(|before| before.said_on.clone()).unwrap_or_default(),
            problem: None,
            name,
            url,
        };
        match all.iter_mut().find(|other| other.name == kept.name) {
            Some(other) => *other = kept,
            None => all.push(kept),
        }
        keep(&open, &all)?;
        desk.tell(Changed::Book);
    }
    list(desk, Nothing {})
}

/// `robot.remove`.
pub(crate) fn remove(desk: &Desk, request: RobotRef) -> Result<Robots, CallError> {
    {
        let open = desk.opened()?;
        let mut all = robots(&open)?;
        let before = all.len();
        all.retain(|robot| robot.name != request.name);
        if all.len() == before {
            return Err(CallError::new("robot.unknown").with("name", &request.name));
        }
        keep(&open, &all)?;
        desk.tell(Changed::Book);
    }
    list(desk, Nothing {})
}

/// `robot.test`: says the summary of now. A robot that refuses is an error of the call.
pub(crate) fn test(desk: &Desk, request: RobotRef) -> Result<Nothing, CallError> {
    let robot = {
        let open = desk.opened()?;
        let found = robots(&open)?.into_iter().find(|robot| robot.name == request.name);
        found.ok_or_else(|| CallError::new("robot.unknown").with("name", &request.name))?
    };
    say(desk, &robot, &super::telling::summary(desk)?)?;
    Ok(Nothing {})
}
