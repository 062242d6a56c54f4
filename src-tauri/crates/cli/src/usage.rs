//! Error codes for a command line that cannot be parsed. The messages of the parser itself are English only.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use desk::CallError;

/// The error for what the parser found wrong.
pub fn error(parsed: &clap::Error) -> CallError {
    let named = |kind: ContextKind| match parsed.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = named(ContextKind::InvalidArg);
    match parsed.kind() {
        ErrorKind::UnknownArgument => CallError::new("usage.unknown-argument").with("argument", argument),
        ErrorKind::InvalidSubcommand => {
            CallError::new("usage.unknown-command").with("command", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => CallError::new("usage.missing-argument").with("argument", argument),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            CallError::new("usage.no-command")
        }
        ErrorKind::ArgumentConflict => {
            CallError::new("usage.conflict").with("argument", argument).with("other", named(ContextKind::PriorArg))
        }
        _ => {
            CallError::new("usage.bad-value").with("argument", argument).with("value", named(ContextKind::InvalidValue))
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::arguments::Arguments;

    #[test]
    fn each_kind_of_mistake_has_its_code() {
        for (line, code) in [
            ("tianbao", "usage.no-command"),
            ("tianbao fly", "usage.unknown-command"),
            ("tianbao editions --fast", "usage.unknown-argument"),
            ("tianbao show", "usage.missing-argument"),
            ("tianbao submit --rehearse --connection x", "usage.conflict"),
            ("tianbao rows ODS_X --limit many", "usage.bad-value"),
        ] {
            let parsed = Arguments::try_parse_from(line.split(' ')).expect_err(line);
            assert_eq!(super::error(&parsed).code, code, "{line}");
        }
    }
}
