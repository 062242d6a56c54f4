//! The one list of calls. From it come the dispatcher, the list of names and the TypeScript type of every call.

use std::sync::Arc;

use serde_json::Value;

use crate::Desk;
use crate::api::{
    CallError, Nothing, book::*, check::*, compare::*, definition::*, edition::*, fill::*, home::*, migration::*,
    overlay::*, rules::*, search::*, settings::*, standard::*, submit::*, workbook::*,
};

/// Runs one handler on a thread that may wait for the book, a file or the network.
async fn run<Request, Response>(
    desk: &Arc<Desk>,
    handler: fn(&Desk, Request) -> Result<Response, CallError>,
    request: Request,
) -> Result<Response, CallError>
where
    Request: std::marker::Send + 'static,
    Response: std::marker::Send + 'static,
{
    let desk = desk.clone();
    let ran = tokio::task::spawn_blocking(move || handler(&desk, request)).await;
    ran.unwrap_or_else(|_| Err(CallError::new("program.failed")))
}

macro_rules! calls {
    ($($name:literal $handler:path, $request:ty => $response:ty;)*) => {
        /// Names of all calls.
        pub const NAMES: &[&str] = &[$($name),*];

        /// Reads the request, runs the call, writes the response.
        pub(crate) async fn dispatch(desk: &Arc<Desk>, name: &str, request: Value) -> Result<Value, CallError> {
            match name {
                $($name => {
                    let request: $request = serde_json::from_value(request).map_err(|e| CallError::bad_request(name, &e))?;
                    let response: $response = run(desk, $handler, request).await?;
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
    "start.state" crate::books::start, Nothing => StartState;
    "book.create" crate::books::create, CreateBook => BookHead;
    "book.open" crate::books::open, OpenBook => BookHead;
    "book.close" crate::books::close, Nothing => Nothing;
    "book.head" crate::books::head, Nothing => BookHead;
    "home.get" crate::home::get, Nothing => Home;
    "standard.editions" crate::shelf::calls::list, Nothing => Vec<EditionSummary>;
    "standard.tree" crate::standards::browse::tree, EditionRef => Tree;
    "standard.table" crate::standards::browse::table, TableRef => TableSpec;
    "standard.code_lists" crate::standards::browse::code_lists, EditionRef => Vec<CodeListSummary>;
    "standard.codes" crate::standards::browse::codes, CodesQuery => CodesPage;
    "standard.rules" crate::standards::rules::rules, RulesQuery => RulesPage;
    "standard.specification" crate::definitions::specification, WriteSpecification => WrittenEdition;
    "standard.search" crate::standards::search::search, SearchQuery => SearchResult;
    "standard.compare" crate::standards::compare::compare, CompareEditions => Comparison;
    "fill.page" crate::fill::page, PageQuery => Page;
    "fill.rows" crate::fill::rows, RowsQuery => Rows;
    "fill.record" crate::fill::record, RecordRef => RecordDetail;
    "fill.edit" crate::fill::edit, Edit => Edited;
    "fill.paste" crate::fill::paste, Paste => Edited;
    "fill.undo" crate::fill::undo, Steps => Undone;
    "fill.redo" crate::fill::redo, Steps => Undone;
    "fill.history" crate::fill::history, HistoryQuery => History;
    "check.run" crate::checking::run, RunCheck => CheckSummary;
    "check.findings" crate::checking::findings, FindingsQuery => FindingsPage;
    "check.groups" crate::checking::groups, Nothing => FindingGroups;
    "check.mend" crate::checking::mend, Mend => Edited;
    "check.explain" crate::checking::explain, Explain => Nothing;
    "workbook.template" crate::workbooks::template, WriteTemplate => WrittenTemplate;
    "workbook.preview" crate::workbooks::preview, Preview => Proposal;
    "workbook.preview_rows" crate::workbooks::preview_rows, ProposalRowsQuery => ProposalRows;
    "workbook.apply" crate::workbooks::apply, ApplyProposal => Applied;
    "workbook.export" crate::workbooks::export, Export => Exported;
    "submit.ready" crate::submitting::ready, Target => Ready;
    "submit.send" crate::submitting::send, Send => Sent;
    "submit.results" crate::submitting::results, AskResults => Results;
    "submit.batches" crate::submitting::batches, BatchesQuery => Batches;
    "submit.batch" crate::submitting::batch, BatchRef => BatchResult;
    "connection.list" crate::connections::list, Nothing => Connections;
    "connection.save" crate::connections::save, SaveConnection => Connections;
    "connection.read" crate::connections::read, ConnectionFile => Connections;
    "connection.remove" crate::connections::remove, ConnectionRef => Connections;
    "connection.test" crate::connections::test, ConnectionRef => ConnectionTest;
    "settings.get" crate::settings::get, Nothing => Settings;
    "settings.set" crate::settings::set, Settings => Settings;
    "settings.passphrase" crate::settings::passphrase, ChangePassphrase => Nothing;
    "settings.back_up" crate::settings::back_up, BackUp => Nothing;
    "migration.offers" crate::migration::offers, Nothing => Vec<MigrationOffer>;
    "migration.preview" crate::migration::preview, PreviewMigration => MigrationPreview;
    "migration.run" crate::migration::run, RunMigration => MigrationDone;
    "migration.state" crate::migration::state, Nothing => MigrationState;
    "migration.take_back" crate::migration::take_back, Nothing => TakenBack;
    "migration.aside" crate::migration::aside, AsideQuery => AsidePage;
    "migration.export_aside" crate::migration::export_aside, ExportAside => AsideExported;
    "edition.preview_package" crate::shelf::calls::preview_package, EditionFile => EditionPreview;
    "edition.install_package" crate::shelf::calls::install_package, EditionFile => EditionSummary;
    "edition.export_definition" crate::definitions::export, ExportDefinition => WrittenEdition;
    "edition.preview_definition" crate::definitions::preview, EditionFile => EditionPreview;
    "edition.install_definition" crate::definitions::install, EditionFile => EditionSummary;
    "edition.remove" crate::shelf::calls::remove, EditionId => Vec<EditionSummary>;
    "edition.publishers" crate::shelf::publishers::list, Nothing => Vec<PublisherView>;
    "edition.trust" crate::shelf::publishers::trust, TrustPublisher => Vec<PublisherView>;
    "edition.distrust" crate::shelf::publishers::distrust, DistrustPublisher => Vec<PublisherView>;
    "edition.make_key" crate::shelf::packing::make_key, MakeKey => MadeKey;
    "edition.pack" crate::shelf::packing::pack, PackEdition => PackedEdition;
    "overlay.get" crate::overlay::get, Nothing => Overlay;
    "overlay.save" crate::overlay::save, Overlay => Overlay;
    "overlay.problems" crate::overlay::problems, Nothing => OverlayProblems;
    "overlay.try_rule" crate::overlay::try_rule, TryRule => TriedRule;
    "overlay.name" crate::overlay::propose_name, ProposeName => ProposedName;
    "overlay.export" crate::overlay::export, OverlayFile => Nothing;
    "overlay.import" crate::overlay::import, OverlayFile => Overlay;
    "job.cancel" crate::jobs::cancel, Cancel => Nothing;
}
