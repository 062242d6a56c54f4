//! Making [`CallError`]s, and turning errors of other crates into them.

use standard::Coded;

use crate::session::api::CallError;
use crate::session::fault::Fault;

impl std::fmt::Display for CallError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)
    }
}

impl std::error::Error for CallError {}

impl CallError {
    /// An error without parameters.
    pub fn new(code: &str) -> CallError {
        CallError { code: code.to_owned(), params: Default::default(), fault: None }
    }

    /// The same with one parameter more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> CallError {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// `program.failed`: the error for a fault of the program itself. The cause is a constant of a few words; the log
    /// gets it with the place of the caller, and the error gets a reference to that entry.
    #[track_caller]
    pub fn failed(cause: &'static str) -> CallError {
        CallError { fault: Some(Fault::here(cause)), ..CallError::new("program.failed") }
    }

    /// A request or response that does not have its type; a mistake of the calling program, not of the clerk.
    pub(crate) fn bad_request(call: &str, error: &serde_json::Error) -> CallError {
        CallError::new("call.malformed").with("call", call).with("detail", error)
    }
}

/// Converts errors of other crates, which have a code and parameters. The types are listed, because one implementation
/// for all of them would also cover [`CallError`] itself.
macro_rules! carry {
    ($($error:ty),*) => {$(
        impl From<$error> for CallError {
            fn from(error: $error) -> CallError {
                CallError { code: error.code(), params: error.params(), fault: None }
            }
        }
    )*};
}

carry!(
    package::PackageError,
    package::KeyError,
    protocol::ConnectionError,
    standard::LoadError,
    standard::definition::Fault,
    store::StoreError,
    store::ReadError,
    check::rules::RuleProblem,
    workbook::OpenError,
    workbook::WriteError,
    source::SourceError,
    submit::SubmitError,
    vault::VaultError,
    center::CenterError
);

/// Why reading records was stopped: an error of the book, or cancelling by the clerk.
pub(crate) fn write_error(error: workbook::WriteError) -> CallError {
    match error {
        workbook::WriteError::Source(source) => match source.downcast::<CallError>() {
            Ok(own) => *own,
            Err(other) => match other.downcast::<store::StoreError>() {
                Ok(store) => (*store).into(),
                Err(_) => CallError::failed("a source of records failed without a known error"),
            },
        },
        other => other.into(),
    }
}
