//! The one list of calls. From it come the dispatcher, the list of names and the TypeScript type of every call.

use std::sync::Arc;

use serde_json::Value;

use crate::Desk;
use crate::api::{CallError, Nothing, book::*, check::*, fill::*, home::*, settings::*, standard::*, submit::*, workbook::*};

/// Runs one handler: `blocking` ones (the book, files) on a thread that may wait, `waiting` ones (the network) as they are.
macro_rules! run {
    (blocking $handler:path, $desk:ident, $request:ident) => {{
        let desk = $desk.clone();
        tokio::task::spawn_blocking(move || $handler(&desk, $request))
            .await
            .unwrap_or_else(|_| Err(CallError::new("program.failed")))
    }};
    (waiting $handler:path, $desk:ident, $request:ident) => {
        $handler($desk, $request).await
    };
}

macro_rules! calls {
    ($($name:literal $how:ident $handler:path, $request:ty => $response:ty;)*) => {
        /// Names of all calls.
        pub const NAMES: &[&str] = &[$($name),*];

        /// Reads the request, runs the call, writes the response.
        pub(crate) async fn dispatch(desk: &Arc<Desk>, name: &str, request: Value) -> Result<Value, CallError> {
            match name {
                $($name => {
                    let request: $request = serde_json::from_value(request).map_err(|e| CallError::bad_request(name, &e))?;
                    let response: $response = run!($how $handler, desk, request)?;
                    serde_json::to_value(response).map_err(|e| CallError::bad_request(name, &e))
                })*
                _ => Err(CallError::new("call.unknown").with("call", name)),
            }
        }

        /// Shows every request and response type to the visitor.
        pub(crate) fn visit_types(visitor: &mut impl ts_rs::TypeVisitor) {
            $(visitor.visit::<$request>(); visitor.visit::<$response>();)*
        }

        /// The TypeScript interface that maps each call's name to its request and response.
        pub fn typescript(config: &ts_rs::Config) -> String {
            let mut lines = vec![$(format!(
                "  {:?}: {{ request: {}; response: {} }};",
                $name,
                <$request as ts_rs::TS>::name(config),
                <$response as ts_rs::TS>::name(config),
            )),*];
            lines.insert(0, "export interface Calls {".to_owned());
            lines.push("}\n".to_owned());
            lines.join("\n")
        }
    };
}

calls! {
    "start.state" blocking crate::books::start, Nothing => StartState;
    "book.create" blocking crate::books::create, CreateBook => BookHead;
    "book.open" blocking crate::books::open, OpenBook => BookHead;
    "book.close" blocking crate::books::close, Nothing => Nothing;
    "book.head" blocking crate::books::head, Nothing => BookHead;
    "home.get" blocking crate::home::get, Nothing => Home;
    "standard.editions" blocking crate::standards::editions, Nothing => Vec<EditionSummary>;
    "standard.tree" blocking crate::standards::tree, EditionRef => Tree;
    "standard.table" blocking crate::standards::table, TableRef => TableSpec;
    "standard.code_lists" blocking crate::standards::code_lists, EditionRef => Vec<CodeListSummary>;
    "standard.codes" blocking crate::standards::codes, CodesQuery => CodesPage;
    "fill.page" blocking crate::fill::page, PageQuery => Page;
    "fill.rows" blocking crate::fill::rows, RowsQuery => Rows;
    "fill.record" blocking crate::fill::record, RecordRef => RecordDetail;
    "fill.edit" blocking crate::fill::edit, Edit => Edited;
    "fill.paste" blocking crate::fill::paste, Paste => Edited;
    "fill.undo" blocking crate::fill::undo, Steps => Undone;
    "fill.redo" blocking crate::fill::redo, Steps => Undone;
    "fill.history" blocking crate::fill::history, HistoryQuery => History;
    "check.run" blocking crate::checking::run, RunCheck => CheckSummary;
    "check.findings" blocking crate::checking::findings, FindingsQuery => FindingsPage;
    "check.groups" blocking crate::checking::groups, Nothing => FindingGroups;
    "check.mend" blocking crate::checking::mend, Mend => Edited;
    "check.explain" blocking crate::checking::explain, Explain => Nothing;
    "workbook.template" blocking crate::workbooks::template, WriteTemplate => WrittenTemplate;
    "workbook.preview" blocking crate::workbooks::preview, Preview => Proposal;
    "workbook.preview_rows" blocking crate::workbooks::preview_rows, ProposalRowsQuery => ProposalRows;
    "workbook.apply" blocking crate::workbooks::apply, ApplyProposal => Applied;
    "workbook.export" blocking crate::workbooks::export, Export => Exported;
    "submit.ready" blocking crate::submitting::ready, Target => Ready;
    "submit.send" waiting crate::submitting::send, Send => Sent;
    "submit.results" waiting crate::submitting::results, AskResults => Results;
    "submit.batches" blocking crate::submitting::batches, BatchesQuery => Batches;
    "submit.batch" blocking crate::submitting::batch, BatchRef => BatchResult;
    "connection.list" blocking crate::connections::list, Nothing => Connections;
    "connection.save" blocking crate::connections::save, SaveConnection => Connections;
    "connection.read" blocking crate::connections::read, ConnectionFile => Connections;
    "connection.remove" blocking crate::connections::remove, ConnectionRef => Connections;
    "connection.test" waiting crate::connections::test, ConnectionRef => ConnectionTest;
    "settings.get" blocking crate::settings::get, Nothing => Settings;
    "settings.set" blocking crate::settings::set, Settings => Settings;
    "settings.passphrase" blocking crate::settings::passphrase, ChangePassphrase => Nothing;
    "settings.back_up" blocking crate::settings::back_up, BackUp => Nothing;
    "job.cancel" blocking crate::jobs::cancel, Cancel => Nothing;
}
