//! The Task Scheduler of Windows. The task is given as a file in UTF-16, because the options of `schtasks` can neither
//! make up for what was missed nor start on battery.

use std::path::Path;

use jiff::civil::Date;

use super::{Job, commands, path_text};
use crate::session::api::CallError;
use crate::session::html::escaped;
use crate::session::places::write_whole;

pub fn install(job: &Job, home: &Path, today: Date) -> Result<(), CallError> {
    let file = home.join(format!("{}.xml", job.name));
    write_whole(&file, &utf16(&task(job, today)?))?;
    let done = commands::run("schtasks", &["/Create", "/TN", &job.name, "/XML", &path_text(&file)?, "/F"], None);
    // The scheduler has its own copy.
    let _ = std::fs::remove_file(&file);
    done.map(drop)
}

pub fn remove(name: &str) -> Result<(), CallError> {
    if !is_installed(name) {
        return Ok(());
    }
    commands::run("schtasks", &["/Delete", "/TN", name, "/F"], None).map(drop)
}

pub fn is_installed(name: &str) -> bool {
    commands::run("schtasks", &["/Query", "/TN", name], None).is_ok()
}

/// The task: every day at each time, made up for when the PC was off, whether or not it runs on battery.
fn task(job: &Job, today: Date) -> Result<String, CallError> {
    let triggers: String = job
        .times
        .iter()
        .map(|time| {
            format!(
                "<CalendarTrigger><StartBoundary>{today}T{time}:00</StartBoundary><Enabled>true</Enabled>\
                 <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger>"
            )
        })
        .collect();
    let arguments: Vec<String> = job.arguments.iter().map(|word| quoted(word)).collect();
    Ok(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n\
         <Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\
         <Triggers>{triggers}</Triggers>\
         <Principals><Principal id=\"Author\"><LogonType>InteractiveToken</LogonType>\
         <RunLevel>LeastPrivilege</RunLevel></Principal></Principals>\
         <Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\
         <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>\
         <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries><StartWhenAvailable>true</StartWhenAvailable>\
         <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable><WakeToRun>false</WakeToRun>\
         <AllowStartOnDemand>true</AllowStartOnDemand><ExecutionTimeLimit>PT1H</ExecutionTimeLimit>\
         <Enabled>true</Enabled></Settings>\
         <Actions Context=\"Author\"><Exec><Command>{}</Command><Arguments>{}</Arguments></Exec></Actions></Task>\r\n",
        escaped(&path_text(&job.program)?),
        escaped(&arguments.join(" ")),
    ))
}

/// A word of a command line of Windows: in quotes where it has a blank. Names of files have no quotes there.
fn quoted(word: &str) -> String {
    if word.contains([' ', '\t']) { format!("\"{word}\"") } else { word.to_owned() }
}

/// UTF-16, little-endian, with the mark of its order in front, as the scheduler exports tasks itself.
fn utf16(text: &str) -> Vec<u8> {
    let mark = std::iter::once(0xfeff);
    mark.chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_task_is_utf_16_and_makes_up_for_what_was_missed() {
        let job = Job {
            name: "tianbao-ab".into(),
            program: r"C:\Program Files\填报\tianbao.exe".into(),
            arguments: ["--book", r"D:\数据 & 表\a.tianbao", "submit", "--due"].map(str::to_owned).to_vec(),
            home: None,
            times: vec!["07:30".into(), "22:00".into()],
        };
        let task = task(&job, jiff::civil::date(2026, 11, 27)).unwrap();
        for part in [
            "<StartBoundary>2026-11-27T07:30:00</StartBoundary>",
            "<StartBoundary>2026-11-27T22:00:00</StartBoundary>",
            "<StartWhenAvailable>true</StartWhenAvailable>",
            "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>",
            r"<Command>C:\Program Files\填报\tianbao.exe</Command>",
            r"<Arguments>--book &quot;D:\数据 &amp; 表\a.tianbao&quot; submit --due</Arguments>",
        ] {
            assert!(task.contains(part), "{part}: {task}");
        }
        let bytes = utf16(&task);
        assert_eq!(&bytes[..4], [0xff, 0xfe, b'<', 0]);
    }
}
