//! A timer of systemd that belongs to the user: `Persistent` makes up for what was missed while the PC was off.

use std::path::PathBuf;

use super::{Job, commands, path_text};
use crate::session::api::CallError;
use crate::session::places::{file_error, write_whole};

/// Whether systemd runs for this user.
pub fn is_there() -> bool {
    folder().is_some() && commands::is_there("systemctl") && systemctl(&["show-environment"]).is_ok()
}

pub fn install(job: &Job) -> Result<(), CallError> {
    let folder = folder().ok_or_else(|| CallError::new("schedule.no-scheduler"))?;
    std::fs::create_dir_all(&folder).map_err(|error| file_error(&error, &folder))?;
    write_whole(&folder.join(format!("{}.service", job.name)), service(job)?.as_bytes())?;
    write_whole(&folder.join(format!("{}.timer", job.name)), timer(job).as_bytes())?;
    systemctl(&["daemon-reload"])?;
    systemctl(&["enable", "--now", &format!("{}.timer", job.name)])
}

pub fn remove(name: &str) -> Result<(), CallError> {
    let Some(folder) = folder() else { return Ok(()) };
    let timer = format!("{name}.timer");
    // A timer that is not there has nothing to disable.
    if is_installed(name) {
        systemctl(&["disable", "--now", &timer])?;
    }
    for file in [timer, format!("{name}.service")] {
        let path = folder.join(file);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(file_error(&error, &path)),
            _ => {}
        }
    }
    systemctl(&["daemon-reload"])
}

pub fn is_installed(name: &str) -> bool {
    folder().is_some_and(|folder| folder.join(format!("{name}.timer")).is_file())
}

fn systemctl(arguments: &[&str]) -> Result<(), CallError> {
    let words: Vec<&str> = std::iter::once("--user").chain(arguments.iter().copied()).collect();
    commands::run("systemctl", &words, None).map(drop)
}

/// `systemd/user` below the user's settings.
fn folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let settings = named("XDG_CONFIG_HOME").or_else(|| Some(named("HOME")?.join(".config")))?;
    Some(settings.join("systemd").join("user"))
}

fn service(job: &Job) -> Result<String, CallError> {
    let mut words = vec![quoted(&path_text(&job.program)?)];
    words.extend(job.arguments.iter().map(|word| quoted(word)));
    let home = job.home.as_ref().map(|home| format!("Environment={}\n", quoted(&format!("TIANBAO_HOME={home}"))));
    Ok(format!(
        "[Unit]\nDescription=填报 定时上报\n\n[Service]\nType=oneshot\n{}ExecStart={}\n",
        home.unwrap_or_default(),
        words.join(" ")
    ))
}

fn timer(job: &Job) -> String {
    let times: String = job.times.iter().map(|time| format!("OnCalendar=*-*-* {time}:00 Asia/Shanghai\n")).collect();
    format!(
        "[Unit]\nDescription=填报 定时上报\n\n[Timer]\n{times}Persistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
}

/// A word of a unit file: in quotes, with the signs that mean something there written twice or after a backslash.
fn quoted(word: &str) -> String {
    let word = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    format!("\"{word}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_quote_what_means_something_to_systemd() {
        let job = Job {
            name: "tianbao-ab".into(),
            program: "/opt/填 报/tianbao".into(),
            arguments: ["--book", "/home/a/50% \"x\".tianbao", "submit", "--due"].map(str::to_owned).to_vec(),
            home: Some("/srv/a".into()),
            times: vec!["07:05".into(), "22:30".into()],
        };
        let service = service(&job).unwrap();
        assert!(
            service.contains(
                "Environment=\"TIANBAO_HOME=/srv/a\"\nExecStart=\"/opt/填 报/tianbao\" \"--book\" \"/home/a/50%% \\\"x\\\".tianbao\" \"submit\" \"--due\"\n"
            ),
            "{service}"
        );
        let timer = timer(&job);
        assert!(timer.contains("OnCalendar=*-*-* 07:05:00 Asia/Shanghai\nOnCalendar=*-*-* 22:30:00"), "{timer}");
        assert!(timer.contains("Persistent=true\n"));
    }
}
