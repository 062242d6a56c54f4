//! A line of the user's crontab for each time. The lines of others stay as they are: those of this program end in a
//! mark.

use super::{Job, commands, path_text};
use crate::session::api::CallError;

pub fn install(job: &Job) -> Result<(), CallError> {
    let lines = lines(job)?;
    let table = with(&without(&current()?, &job.name), &lines);
    commands::run("crontab", &["-"], Some(&table)).map(drop)
}

pub fn remove(name: &str) -> Result<(), CallError> {
    let table = current()?;
    let rest = without(&table, name);
    if rest == table { Ok(()) } else { commands::run("crontab", &["-"], Some(&rest)).map(drop) }
}

pub fn is_installed(name: &str) -> bool {
    commands::is_there("crontab") && current().is_ok_and(|table| table.lines().any(|line| line.ends_with(&mark(name))))
}

/// The crontab of the user; a user who has none yet has an empty one. Any other failure is an error, because what could
/// not be read would be lost when the table is written.
fn current() -> Result<String, CallError> {
    let listed = commands::run("crontab", &["-l"], None);
    match listed {
        Err(error) if error.params.get("reason").is_some_and(|reason| reason.contains("no crontab for")) => {
            Ok(String::new())
        }
        listed => listed,
    }
}

fn mark(name: &str) -> String {
    format!(" # {name}")
}

fn without(table: &str, name: &str) -> String {
    let mark = mark(name);
    table.lines().filter(|line| !line.ends_with(&mark)).map(|line| format!("{line}\n")).collect()
}

fn with(table: &str, lines: &[String]) -> String {
    table.to_owned() + &lines.concat()
}

fn lines(job: &Job) -> Result<Vec<String>, CallError> {
    let mut words = vec![quoted(&path_text(&job.program)?)];
    words.extend(job.arguments.iter().map(|word| quoted(word)));
    let home = job.home.as_ref().map(|home| format!("TIANBAO_HOME={} ", quoted(home))).unwrap_or_default();
    let command = format!("{home}{}", words.join(" "));
    let line = |time: &String| {
        let (hour, minute) = time.split_once(':').unwrap_or(("7", "30"));
        let number = |text: &str| text.parse::<u8>().unwrap_or_default();
        format!("{} {} * * * {command}{}\n", number(minute), number(hour), mark(&job.name))
    };
    Ok(job.times.iter().map(line).collect())
}

/// A word for the shell that cron starts. A percent sign means a line break to cron.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''")).replace('%', "\\%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_others_stay_as_they_are() {
        let job = Job {
            name: "tianbao-ab".into(),
            program: "/opt/填 报/tianbao".into(),
            arguments: ["--book", "/home/a/50%'s.tianbao", "submit", "--due"].map(str::to_owned).to_vec(),
            home: None,
            times: vec!["07:05".into(), "22:30".into()],
        };
        let table = "# mine\n0 1 * * * backup\n";
        let written = with(table, &lines(&job).unwrap());
        let command = r"'/opt/填 报/tianbao' '--book' '/home/a/50\%'\''s.tianbao' 'submit' '--due' # tianbao-ab";
        assert_eq!(written, format!("{table}5 7 * * * {command}\n30 22 * * * {command}\n"));
        assert_eq!(without(&written, "tianbao-ab"), table);
        assert_eq!(without(&written, "tianbao-a"), written, "another book");
    }
}
