//! The list of all calls. The dispatcher, the list of names and the TypeScript type of every call are made from it.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::Value;

use crate::session::Desk;
use crate::session::api::{CallError, Cancel, ClockState, Nothing};
use crate::session::audit;
use crate::session::settings::Settings;
use crate::session::shelf::at_hand::EditionSummary;
use crate::standards::api::{
    browse::*, compare::*, definitions::*, migrate::*, own::*, quality::*, rules::*, search::*, shelf::*,
};
use crate::{
    check::api::*, fill::api::*, home::api::*, schedule::api::*, settings::api::*, start::api::*, submit::api::*,
    verify::api::*, workbooks::api::*,
};

/// The calls that are answered while the open book is locked: they say nothing of its records.
const WHILE_LOCKED: [&str; 8] = [
    "start.state",
    "start.decline",
    "book.lock",
    "book.unlock",
    "book.close",
    "clock.state",
    "settings.get",
    "job.cancel",
];

impl Desk {
    /// Runs the call `name` with its request, and returns its response. Window, command line and bridge have no other
    /// entry.
    pub async fn call(self: &Arc<Self>, name: &str, request: Value) -> Result<Value, CallError> {
        if self.locked.load(Ordering::Relaxed) && !WHILE_LOCKED.contains(&name) {
            return Err(CallError::new("book.locked"));
        }
        let noted = audit::noted(name, &request);
        let answer = dispatch(self, name, request).await;
        // Panics of these threads are entered into the program's log.
        if let Some(noted) = noted {
            let (desk, told) = (self.clone(), answer.clone());
            let _ = tokio::task::spawn_blocking(move || desk.enter(noted, &told)).await;
        } else if matches!(name, "fill.page" | "fill.record") && self.opening_to_enter.load(Ordering::Relaxed) {
            let desk = self.clone();
            let _ = tokio::task::spawn_blocking(move || desk.enter_opening()).await;
        }
        answer.map_err(|error| self.log.call_failed(&self.env, listed(name), error))
    }
}

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
    ran.unwrap_or_else(|_| Err(CallError::failed("the thread of the call panicked")))
}

/// What a reading call depends on. The names are those of [`Changed`](crate::session::api::Changed) as the page gets
/// them.
#[derive(Clone, Copy)]
enum Source {
    Tables,
    Batches,
    Proposals,
    Book,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Source::Tables => "\"tables\"",
            Source::Batches => "\"batches\"",
            Source::Proposals => "\"proposals\"",
            Source::Book => "\"book\"",
        })
    }
}

macro_rules! calls {
    ($($name:literal $handler:path, $request:ty => $response:ty $(, reads [$($source:ident),*])?;)*) => {
        /// Reads the request, runs the call, writes the response.
        async fn dispatch(desk: &Arc<Desk>, name: &str, request: Value) -> Result<Value, CallError> {
            match name {
                $($name => {
                    let request: $request = serde_json::from_value(request).map_err(|e| CallError::bad_request(name, &e))?;
                    let response: $response = run(desk, $handler, request).await?;
                    serde_json::to_value(response).map_err(|e| CallError::bad_request(name, &e))
                })*
                _ => Err(CallError::new("call.unknown").with("call", name)),
            }
        }

        /// The name of a call as the list has it, which may be written to the log; `-` where there is no such call.
        fn listed(name: &str) -> &'static str {
            match name {
                $($name => $name,)*
                _ => "-",
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
            lines.push("/** What each reading call looks at: its answer is stale once one of these has changed. */".to_owned());
            lines.push("export const READS: Partial<Record<keyof Calls, ReadonlyArray<Changed[\"what\"]>>> = {".to_owned());
            $($(
                let sources: &[Source] = &[$(Source::$source),*];
                lines.push(format!("  {:?}: {:?},", $name, sources));
            )?)*
            lines.push("};\n".to_owned());
            lines.join("\n")
        }
    };
}

calls! {
    "start.state" crate::start::books::start, Nothing => StartState, reads [Book];
    "book.create" crate::start::books::create, CreateBook => BookHead;
    "book.open" crate::start::books::open, OpenBookFile => BookHead;
    "book.lock" crate::start::locking::lock, Nothing => Nothing;
    "book.unlock" crate::start::locking::unlock, Unlock => Nothing;
    "book.close" crate::start::books::close, Nothing => Nothing;
    "book.head" crate::start::books::head, Nothing => BookHead, reads [Book];
    "home.get" crate::home::overview::get, Nothing => Home, reads [Tables, Batches, Proposals, Book];
    "due.list" crate::home::due::list, DueQuery => Due, reads [Tables, Batches, Book];
    "due.settings" crate::home::due::settings, Nothing => DueSettings, reads [Book];
    "due.set" crate::home::due::set, DueSettings => DueSettings;
    "due.read" crate::home::due::read, DueFile => DueSettings;
    "home.counts" crate::home::overview::counts, CountsQuery => Vec<TableCounts>, reads [Tables, Book];
    "standard.editions" crate::standards::shelf::editions::list, Nothing => Vec<EditionSummary>, reads [Book];
    "standard.tree" crate::standards::browse::tree, EditionRef => Tree, reads [Book];
    "standard.table" crate::standards::browse::table, TableRef => TableSpec, reads [Book];
    "standard.code_lists" crate::standards::browse::code_lists, EditionRef => Vec<CodeListSummary>, reads [Book];
    "standard.codes" crate::standards::browse::codes, CodesQuery => CodesPage, reads [Book];
    "standard.rules" crate::standards::rules::rules, RulesQuery => RulesPage, reads [Book];
    "standard.quality" crate::standards::quality::quality, EditionRef => RulesQuality, reads [Book];
    "standard.print_rules" crate::standards::print::print, PrintRules => PrintedRules;
    "standard.specification" crate::standards::definitions::specification, WriteSpecification => WrittenEdition;
    "standard.search" crate::standards::search::search, SearchQuery => SearchResult, reads [Book];
    "standard.compare" crate::standards::compare::compare, CompareEditions => Comparison, reads [Book];
    "fill.page" crate::fill::records::page, PageQuery => Page, reads [Tables, Batches, Book];
    "fill.position" crate::fill::find::position, PositionQuery => Position, reads [Tables, Book];
    "fill.edge" crate::fill::find::edge, EdgeQuery => Position, reads [Tables, Book];
    "fill.next_finding" crate::fill::find::next_finding, NextFindingQuery => Option<NextFinding>, reads [Tables, Batches, Book];
    "fill.marks" crate::fill::find::marks, MarksQuery => Vec<Mark>, reads [Tables, Batches, Book];
    "fill.next_hit" crate::fill::hits::next_hit, NextHitQuery => Option<NextHit>;
    "fill.replace" crate::fill::hits::replace, Replace => Replaced;
    "fill.values" crate::fill::hits::values, ValuesQuery => ColumnValues, reads [Tables, Book];
    "fill.rows" crate::fill::records::rows, RowsQuery => Rows;
    "fill.record" crate::fill::records::record, RecordRef => RecordDetail, reads [Tables, Batches];
    "fill.edit" crate::fill::edit::edit, Edit => Edited;
    "fill.paste" crate::fill::edit::paste, Paste => Edited;
    "fill.causes" crate::fill::causes::causes, CausesQuery => Vec<Cause>, reads [Tables, Batches, Book];
    "fill.mend_cause" crate::fill::causes::mend_cause, MendCause => Edited;
    "fill.referred" crate::fill::referred::referred, ReferredQuery => Vec<ReferredRecord>, reads [Tables, Book];
    "fill.earlier" crate::fill::earlier::earlier, EarlierQuery => Vec<EarlierPeriod>, reads [Tables, Book];
    "fill.carry_over" crate::fill::earlier::carry_over, CarryOver => CarriedOver;
    "fill.to_period" crate::fill::period::to_period, ToPeriod => Moved;
    "fill.undo" crate::fill::undo::undo, Steps => Undone;
    "fill.redo" crate::fill::undo::redo, Steps => Undone;
    "fill.cell_history" crate::fill::cell::history, CellHistoryQuery => CellHistory, reads [Tables, Batches];
    "fill.history" crate::fill::undo::history, HistoryQuery => History, reads [Tables];
    "check.run" crate::check::findings::run, RunCheck => CheckSummary;
    "check.waiting" crate::check::waiting::waiting, Nothing => Vec<WaitingRule>, reads [Tables, Book];
    "check.catch_up" crate::check::waiting::catch_up, CatchUp => Vec<WaitingRule>;
    "check.findings" crate::check::findings::findings, FindingsQuery => FindingsPage, reads [Tables, Batches, Book];
    "check.groups" crate::check::groups::groups, GroupsQuery => FindingGroups, reads [Tables, Batches, Book];
    "check.mend" crate::check::mending::mend, Mend => Edited;
    "check.mend_all" crate::check::mending::mend_all, MendAll => Mended;
    "check.explain" crate::check::explaining::explain, Explain => Nothing;
    "check.explain_all" crate::check::explaining::explain_all, ExplainAll => Explained;
    "check.reasons" crate::check::reasons::reasons, Nothing => Reasons, reads [Tables, Book];
    "check.set_reasons" crate::check::reasons::set_reasons, SetReasons => Reasons;
    "check.answer" crate::check::reasons::answer, GiveAnswer => Reasons;
    "check.rules" crate::check::states::rules, Nothing => RuleStates, reads [Tables, Book];
    "trend.list" crate::check::trend::list, Nothing => Trend, reads [Tables, Book];
    "trend.table" crate::check::trend::table, TrendQuery => TrendDetail, reads [Tables, Book];
    "trend.limits" crate::check::trend::limits, Nothing => DriftLimits, reads [Book];
    "trend.set_limits" crate::check::trend::set_limits, DriftLimits => DriftLimits;
    "quality.get" crate::check::quality::get, QualityQuery => Quality, reads [Tables, Batches, Book];
    "quality.settings" crate::check::quality::settings, Nothing => QualitySettings, reads [Book];
    "quality.set" crate::check::quality::set, QualitySettings => QualitySettings;
    "quality.write" crate::check::quality::write, WriteQuality => WrittenQuality;
    "check.tell_apart" crate::check::explaining::tell_apart, TellApart => Nothing;
    "workbook.template" crate::workbooks::out::template, WriteTemplate => WrittenTemplate;
    "workbook.preview" crate::workbooks::preview::preview, Preview => Proposal;
    "workbook.proposals" crate::workbooks::view::list, Nothing => Vec<KeptProposal>, reads [Proposals, Book];
    "workbook.proposal" crate::workbooks::view::proposal, ProposalRef => Proposal, reads [Tables, Proposals, Book];
    "workbook.preview_rows" crate::workbooks::view::rows, ProposalRowsQuery => ProposalRows, reads [Tables, Proposals, Book];
    "workbook.decide" crate::workbooks::decide::decide, Decide => Outlook;
    "workbook.apply" crate::workbooks::apply::apply, ApplyProposal => Applied;
    "workbook.headings" crate::workbooks::mapping::list, Nothing => KnownHeadings, reads [Book];
    "workbook.set_heading" crate::workbooks::mapping::set, SetHeading => KnownHeadings;
    "workbook.export_headings" crate::workbooks::mapping::export, HeadingFile => KnownHeadings;
    "workbook.import_headings" crate::workbooks::mapping::import, HeadingFile => KnownHeadingsRead;
    "workbook.drop" crate::workbooks::view::drop_one, ProposalRef => Nothing;
    "workbook.export" crate::workbooks::out::export, Export => Exported;
    "source.list" crate::workbooks::sources::list::list, Nothing => Sources, reads [Book];
    "source.save" crate::workbooks::sources::list::save, SaveSource => Sources;
    "source.read" crate::workbooks::sources::list::read, SourceFile => Sources;
    "source.remove" crate::workbooks::sources::list::remove, SourceRef => Sources;
    "source.try" crate::workbooks::sources::attempt::attempt, TrySource => TriedSource;
    "source.run" crate::workbooks::sources::run::run, RunSource => SourceRun;
    "submit.ready" crate::submit::batches::ready, Target => Ready, reads [Tables, Batches, Book];
    "submit.send" crate::submit::sending::send, Send => Sent;
    "submit.check_list" crate::submit::check_list::check_list, AskCheckList => CheckList;
    "submit.leaving" crate::submit::leaving::write, WriteLeaving => WrittenLeaving;
    "submit.print" crate::submit::form::print, PrintBatches => PrintedBatches;
    "submit.verify" crate::submit::verify::verify, VerifyFile => Verified;
    "submit.numbers" crate::submit::numbers::numbers, NumbersQuery => SubmissionSums, reads [Batches, Book];
    "submit.summary" crate::submit::numbers::summary, WriteSummary => WrittenSummary;
    "submit.reconcile" crate::submit::reconciling::reconcile, Reconcile => Reconciliation;
    "submit.reconciled" crate::submit::reconciling::reconciled, Nothing => Option<Reconciliation>, reads [Book];
    "submit.requests" crate::submit::requests::requests, RequestsQuery => RequestsPage, reads [Batches, Book];
    "submit.rules" crate::submit::signing::rules, Nothing => SubmissionRules, reads [Batches, Book];
    "submit.set_rules" crate::submit::signing::set_rules, SetSubmissionRules => SubmissionRules;
    "submit.pause" crate::submit::pausing::pause, Pause => Paused;
    "submit.results" crate::submit::results::results, AskResults => Results;
    "submit.give-up" crate::submit::results::give_up, BatchRef => BatchResult;
    "submit.batches" crate::submit::batches::batches, BatchesQuery => Batches, reads [Batches];
    "submit.batch" crate::submit::batches::batch, BatchRef => BatchResult, reads [Batches];
    "submit.rejected" crate::submit::batches::rejected, RejectedQuery => Vec<RejectedRow>, reads [Batches];
    "schedule.list" crate::schedule::list::list, Nothing => ScheduleView, reads [Tables, Batches, Book];
    "schedule.save" crate::schedule::list::save, SaveScheduleEntry => ScheduleView;
    "schedule.remove" crate::schedule::list::remove, ScheduleRef => ScheduleView;
    "schedule.reset" crate::schedule::reset::reset, ResetUnreadable => Nothing;
    "schedule.run" crate::schedule::run::run, RunSchedule => ScheduleRun;
    "schedule.install" crate::schedule::list::install, SetSystemEntry => ScheduleView;
    "robot.list" crate::schedule::robots::list::list, Nothing => Robots, reads [Book];
    "robot.save" crate::schedule::robots::list::save, SaveRobot => Robots;
    "robot.remove" crate::schedule::robots::list::remove, RobotRef => Robots;
    "robot.test" crate::schedule::robots::list::test, RobotRef => Nothing;
    "connection.list" crate::settings::connections::list, Nothing => Connections, reads [Book];
    "connection.save" crate::settings::connections::save, SaveConnection => Connections;
    "connection.read" crate::settings::connections::read, ConnectionFile => Connections;
    "connection.remove" crate::settings::connections::remove, ConnectionRef => Connections;
    "connection.test" crate::settings::connections::test, ConnectionRef => ConnectionTest;
    "start.decline" crate::start::books::decline, Nothing => Nothing;
    "start.recovery-key" crate::start::books::recovery_key, Nothing => NewRecoveryKey;
    "settings.get" crate::settings::college::get, Nothing => Settings, reads [Book];
    "settings.set" crate::settings::college::set, Settings => Settings;
    "settings.passphrase" crate::settings::college::passphrase, ChangePassphrase => Nothing;
    "settings.back_up" crate::settings::college::back_up, BackUp => CopiedBook;
    "audit.list" crate::settings::audit::list, AuditQuery => AuditPage, reads [Batches, Book];
    "audit.write" crate::settings::audit::write, WriteAudit => AuditWritten;
    "backup.list" crate::settings::backups::list, Nothing => BackupList, reads [Book];
    "backup.make" crate::settings::backups::make, Nothing => BackupList;
    "backup.preview" crate::settings::backups::preview, BackupRef => RestorePreview;
    "backup.restore" crate::settings::backups::restore, BackupRef => Restored;
    "clock.state" crate::settings::clock::state, Nothing => ClockState, reads [Batches, Book];
    "clock.trust" crate::settings::clock::trust, Nothing => ClockState;
    "log.read" crate::settings::log::read, Nothing => LogPage;
    "migration.offers" crate::standards::migrate::offers, Nothing => Vec<MigrationOffer>, reads [Batches, Book];
    "migration.preview" crate::standards::migrate::preview, PreviewMigration => MigrationPreview;
    "migration.run" crate::standards::migrate::run, RunMigration => MigrationDone;
    "migration.state" crate::standards::migrate::state, Nothing => MigrationState, reads [Tables, Book];
    "migration.take_back" crate::standards::migrate::take_back, Nothing => TakenBack;
    "migration.aside" crate::standards::migrate::aside, AsideQuery => AsidePage, reads [Tables, Book];
    "migration.export_aside" crate::standards::migrate::export_aside, ExportAside => AsideExported;
    "edition.preview_package" crate::standards::shelf::editions::preview_package, EditionFile => EditionPreview;
    "edition.install_package" crate::standards::shelf::editions::install_package, EditionFile => EditionSummary;
    "edition.export_definition" crate::standards::definitions::export, ExportDefinition => WrittenEdition;
    "edition.preview_definition" crate::standards::definitions::preview, EditionFile => EditionPreview;
    "edition.install_definition" crate::standards::definitions::install, EditionFile => EditionSummary;
    "edition.remove" crate::standards::shelf::editions::remove, EditionId => Vec<EditionSummary>;
    "edition.publishers" crate::standards::shelf::publishers::list, Nothing => Vec<PublisherView>, reads [Book];
    "edition.trust" crate::standards::shelf::publishers::trust, TrustPublisher => Vec<PublisherView>;
    "edition.distrust" crate::standards::shelf::publishers::distrust, DistrustPublisher => Vec<PublisherView>;
    "edition.make_key" crate::standards::shelf::packing::make_key, MakeKey => MadeKey;
    "edition.pack" crate::standards::shelf::packing::pack, PackEdition => PackedEdition;
    "overlay.get" crate::standards::own::get, Nothing => Overlay, reads [Book];
    "overlay.save" crate::standards::own::save, Overlay => Overlay;
    "overlay.problems" crate::standards::own::problems, Nothing => OverlayProblems, reads [Book];
    "overlay.try_rule" crate::standards::own::try_rule, TryRule => TriedRule;
    "overlay.name" crate::standards::own::propose_name, ProposeName => ProposedName;
    "overlay.export" crate::standards::own::export, OverlayFile => Nothing;
    "overlay.import" crate::standards::own::import, OverlayFile => Overlay;
    "job.cancel" crate::session::desk::cancel, Cancel => Nothing;
}
