//! The command line's help in Chinese. The parser's own headings, defaults and lists of values are English only, so
//! they are hidden, and the same facts are written into the texts of the arguments.

use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::arguments::Arguments;

/// Layout of the help of every command.
const LAYOUT: &str = "{about}\n\n用法：{usage}\n\n{all-args}";
/// Heading of options.
const OPTIONS: &str = "选项";
/// Heading of options that every command takes.
const SHARED: &str = "通用选项";
/// Heading of arguments without a name.
const VALUES: &str = "参数";
/// Heading of commands.
const COMMANDS: &str = "命令";

/// The parser of the command line whose help is Chinese in every command.
pub fn command() -> Command {
    let command = Arguments::command()
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本"));
    in_chinese(command, "tianbao")
}

/// The command and all commands below it with Chinese help; `path`: the words that the user types for that command.
fn in_chinese(command: Command, path: &str) -> Command {
    let usage = usage(&command, path);
    let below: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let mut command = command
        .help_template(LAYOUT)
        .override_usage(usage)
        .subcommand_help_heading(COMMANDS)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .mut_args(explained)
        .arg(
            Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示这份帮助").help_heading(SHARED),
        );
    for name in below {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |below| in_chinese(below, &path));
    }
    command
}

/// The line that says how the command is typed.
fn usage(command: &Command, path: &str) -> String {
    let mut words = vec![path.to_owned(), "[选项]".to_owned()];
    let name_of = |argument: &Arg| {
        argument.get_value_names().and_then(|names| names.first()).map_or_else(|| "值".to_owned(), ToString::to_string)
    };
    for argument in command.get_opts().filter(|argument| argument.is_required_set()) {
        words.push(format!("--{} <{}>", argument.get_long().unwrap_or_default(), name_of(argument)));
    }
    for argument in command.get_positionals() {
        let name = name_of(argument);
        let more = if argument.get_num_args().is_some_and(|range| range.max_values() > 1) { "..." } else { "" };
        words.push(if argument.is_required_set() { format!("<{name}>{more}") } else { format!("[{name}]{more}") });
    }
    if command.has_subcommands() {
        words.push("<命令>".to_owned());
    }
    words.join(" ")
}

/// The argument with its values and its default in its text.
fn explained(argument: Arg) -> Arg {
    let mut text = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let takes_value = argument.get_action().takes_values();
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| takes_value && !value.is_hide_set())
        .map(|value| match value.get_help() {
            Some(meaning) => format!("{}（{meaning}）", value.get_name()),
            None => value.get_name().to_owned(),
        })
        .collect();
    if !values.is_empty() {
        text.push_str(&format!("；可选：{}", values.join("、")));
    }
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if takes_value && !defaults.is_empty() {
        text.push_str(&format!("；默认：{}", defaults.join("、")));
    }
    let heading = if argument.is_positional() {
        VALUES
    } else if argument.is_global_set() {
        SHARED
    } else {
        OPTIONS
    };
    let argument = argument.help(text).help_heading(heading);
    if takes_value { argument.hide_possible_values(true).hide_default_value(true) } else { argument }
}

#[cfg(test)]
mod tests {
    use clap::Command;

    /// Runs `look` on the help of every command, with the words that the user types for that command.
    fn each(command: &mut Command, path: &str, look: &mut impl FnMut(&str, String)) {
        look(path, command.render_long_help().to_string());
        for below in command.get_subcommands_mut() {
            let path = format!("{path} {}", below.get_name());
            each(below, &path, look);
        }
    }

    #[test]
    fn no_help_has_the_english_words_of_the_parser() {
        let mut command = super::command();
        command.build();
        each(&mut command, "tianbao", &mut |path, help| {
            for english in
                ["Usage:", "Options:", "Arguments:", "Commands:", "Possible values", "[default", "Print help"]
            {
                assert!(!help.contains(english), "{path} says {english}:\n{help}");
            }
            assert!(help.contains("用法：tianbao"), "{path}:\n{help}");
            assert!(help.contains("--json"), "{path} hides the options of every command:\n{help}");
        });
    }

    #[test]
    fn the_texts_name_the_values_and_the_default() {
        let mut command = super::command();
        command.build();
        each(&mut command, "tianbao", &mut |path, help| {
            if path == "tianbao import" {
                assert!(help.contains("theirs（用文件内容覆盖）"), "{help}");
            }
            if path == "tianbao rows" {
                assert!(help.contains("；默认：100"), "{help}");
            }
        });
    }

    #[test]
    fn the_parser_is_sound() {
        super::command().debug_assert();
    }
}
