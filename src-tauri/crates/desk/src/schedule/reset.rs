//! Beginning anew where the schedule or the robots of a book cannot be read: until then nothing of them runs, and Home says
//! so.

use serde_json::json;

use super::api::{ResetUnreadable, ScheduleSetting};
use crate::session::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::schedule::kept::Schedule;
use crate::session::schedule::robots;

/// `schedule.reset`: what can be read stays as it is.
pub(crate) fn reset(desk: &Desk, request: ResetUnreadable) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    let readable = match request.what {
        ScheduleSetting::Schedule => Schedule::of(&open).is_ok(),
        ScheduleSetting::Robots => robots::robots(&open).is_ok(),
    };
    if readable {
        return Err(CallError::new("schedule.readable"));
    }
    let (setting, empty) = match request.what {
        ScheduleSetting::Schedule => (crate::session::schedule::kept::SETTING, json!({})),
        ScheduleSetting::Robots => (robots::SETTING, json!([])),
    };
    open.book.set_setting(setting, &empty)?;
    desk.tell(Changed::Book);
    Ok(Nothing {})
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{call, sample_book};

    #[tokio::test]
    async fn settings_that_cannot_be_read_are_said_and_can_be_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let desk = sample_book(folder.path()).await;
        for (setting, broken) in [
            ("schedule", json!({ "entries": 7 })),
            ("robots", json!("?")),
            ("submission-paused", json!([1])),
            ("due", json!(3)),
        ] {
            desk.opened().unwrap().book.set_setting(setting, &broken).unwrap();
        }
        let codes = async || {
            let home = call(&desk, "home.get", json!({})).await;
            let codes = home["warnings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned());
            codes.filter(|code| code.ends_with("-unreadable")).collect::<Vec<_>>()
        };
        assert_eq!(codes().await, ["pause-unreadable", "schedule-unreadable", "robots-unreadable", "due-unreadable"]);
        for what in ["schedule", "robots"] {
            call(&desk, "schedule.reset", json!({ "what": what })).await;
            let again = desk.call("schedule.reset", json!({ "what": what })).await.unwrap_err();
            assert_eq!(again.code, "schedule.readable", "what can be read stays");
        }
        assert_eq!(codes().await, ["pause-unreadable", "due-unreadable"]);
        assert_eq!(call(&desk, "schedule.list", json!({})).await["entries"], json!([]));
    }
}
