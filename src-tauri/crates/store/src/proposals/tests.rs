//! A proposal as the book keeps it: pages, numbers, decisions, and what is left of it.

use serde_json::json;

use crate::fixture::{BookFixture, at, insert};
use crate::{
    CellKind, Choice, Conflict, DecisionScope, Proposal, ProposalSheet, ProposalState, ProposedCell, ProposedRow,
    ProposedRowsQuery, Rest, RowKind, StoreError,
};

const COURSE: &str = "ODS_COURSE";

fn begin(fixture: &BookFixture) -> (i64, i64) {
    let new = Proposal {
        id: 0,
        at: at(0),
        who: "王".into(),
        edition: "test-2026".into(),
        period: String::new(),
        step: 0,
        state: ProposalState::Reading,
        request: json!({ "files": ["a.csv"] }),
    };
    let proposal = fixture.begin_proposal(&new).unwrap();
    let sheet = ProposalSheet {
        id: 0,
        file: "a.csv".into(),
        sheet: String::new(),
        table: Some(COURSE.into()),
        columns: vec!["KCH".into(), "KCMC".into()],
        view: json!(null),
    };
    (proposal, fixture.add_proposal_sheet(proposal, &sheet).unwrap())
}

fn cell(column: usize, kind: CellKind) -> ProposedCell {
    ProposedCell { column, kind, base: Some("a".into()), ours: "b".into(), choice: None }
}

/// A new record, a changed one that also empties a cell, one in conflict, and a record that is not in the file.
fn rows() -> Vec<ProposedRow> {
    let cells = vec![Some("x".to_owned()), Some(String::new()), None];
    let row = |no, kind| ProposedRow { cells: cells.clone(), ..ProposedRow::new(no, no + 2, kind) };
    vec![
        ProposedRow { key: Some("K".into()), ..row(0, RowKind::New) },
        ProposedRow {
            target: Some(1),
            changes: vec![cell(0, CellKind::Changed), cell(1, CellKind::Cleared)],
            ..row(1, RowKind::Changed)
        },
        ProposedRow { target: Some(2), changes: vec![cell(0, CellKind::Conflict)], ..row(2, RowKind::Conflict) },
        ProposedRow { conflict: Some(Conflict::OtherKey), target: Some(3), ..row(3, RowKind::Conflict) },
        ProposedRow { target: Some(4), ..ProposedRow::new(4, 0, RowKind::Missing) },
    ]
}

#[test]
fn rows_come_back_in_pages_and_are_counted() {
    let mut fixture = BookFixture::new();
    let (left, _) = begin(&fixture);
    // Nothing is left of what was being read when the program ended.
    fixture.reopen();
    assert_eq!(fixture.proposal(left).unwrap(), None);
    let (proposal, sheet) = begin(&fixture);
    fixture.add_proposal_rows(sheet, &rows()).unwrap();
    let page = |kind, offset, limit| {
        let query = ProposedRowsQuery { sheet, kind, offset, limit, ..Default::default() };
        fixture.proposal_rows(&query).unwrap()
    };
    let (total, some) = page(None, 1, 2);
    assert_eq!((total, some.as_slice()), (4, &rows()[1..3]));
    assert_eq!(page(Some(RowKind::Missing), 0, 9).1, rows()[4..]);
    assert_eq!(page(Some(RowKind::Cleared), 0, 9).1, rows()[1..2], "a changed row empties a cell, too");
    let counts = fixture.proposal_counts(sheet).unwrap();
    assert_eq!((counts.waiting, counts.clearing, counts.updating), (2, 1, 1));
    // A page of rows about records, or about a key that a record has got.
    let about = fixture.proposal_rows_about(sheet, &[2], &["K".into()]).unwrap();
    assert_eq!(about.iter().map(|row| row.no).collect::<Vec<_>>(), [2, 0]);

    assert!(fixture.proposals().unwrap().is_empty());
    fixture.end_proposal(proposal, ProposalState::Kept, None).unwrap();
    assert_eq!(fixture.proposals().unwrap().len(), 1);
    fixture.drop_proposal(proposal).unwrap();
    assert_eq!((page(None, 0, 9).0, fixture.proposal(proposal).unwrap()), (0, None));
    assert!(begin(&fixture).0 > proposal, "a number is given once");
}

#[test]
fn a_decision_reaches_what_it_speaks_of() {
    let fixture = BookFixture::new();
    let (proposal, sheet) = begin(&fixture);
    fixture.add_proposal_rows(sheet, &rows()).unwrap();
    let decided = || {
        let (_, mut rows) =
            fixture.proposal_rows(&ProposedRowsQuery { sheet, limit: 9, ..Default::default() }).unwrap();
        rows.extend(fixture.proposal_rows_to_do(sheet, Some(3), 9).unwrap());
        let choices = |row: &ProposedRow| {
            let cells = row.changes.iter().map(|cell| cell.choice);
            std::iter::once(row.choice).chain(cells).collect::<Vec<_>>()
        };
        rows.iter().map(choices).collect::<Vec<_>>()
    };
    let decide = |scope: DecisionScope, choice| {
        fixture.decide_proposal(&DecisionScope { proposal, ..scope }, choice).unwrap();
        decided()
    };
    let (theirs, ours, add) = (Some(Choice::Theirs), Some(Choice::Ours), Some(Choice::Add));
    let all = DecisionScope::default;
    let conflicts = decide(DecisionScope { kind: Some(RowKind::Conflict), ..all() }, theirs);
    assert_eq!(conflicts, [vec![None], vec![None; 3], vec![None, theirs], vec![theirs], vec![None]]);
    // Only a row that may be a record of its own can be added.
    assert_eq!(
        decide(DecisionScope { kind: Some(RowKind::Conflict), ..all() }, add)[2..4],
        [vec![None, theirs], vec![add]]
    );
    // A decision about a whole row does not cover cells that it would empty; a decision about the cell does.
    let row = DecisionScope { sheet: Some(sheet), row: Some(1), ..all() };
    assert_eq!(decide(row.clone(), ours)[1], [None, ours, None]);
    assert_eq!(decide(DecisionScope { column: Some(1), ..row }, theirs)[1], [None, ours, theirs]);
    decide(DecisionScope { kind: Some(RowKind::Conflict), ..all() }, None);
    fixture.decide_rest(proposal, Rest { conflicts: ours, clear: false }).unwrap();
    assert_eq!(decided(), [vec![None], vec![None, ours, theirs], vec![None, ours], vec![ours], vec![None]]);
}

#[test]
fn a_step_that_is_given_up_leaves_book_and_proposal_as_they_were() {
    let fixture = BookFixture::new();
    let (proposal, sheet) = begin(&fixture);
    fixture.add_proposal_rows(sheet, &rows()).unwrap();
    let given_up = || StoreError::Failed { reason: "cancelled".into() };
    let made = fixture.make(&crate::fixture::step(0), |making| {
        making.change(&insert(COURSE, &[("KCH", "1")]))?;
        making.drop_proposal(proposal)?;
        Err::<(), _>(given_up())
    });
    assert!(made.is_err());
    assert_eq!(fixture.count(COURSE, "").unwrap(), 0);
    assert!(fixture.proposal(proposal).unwrap().is_some());
    let made = fixture.make(&crate::fixture::step(0), |making| {
        making.change(&insert(COURSE, &[("KCH", "1")]))?;
        making.leave_waiting(proposal)
    });
    assert_eq!(made.unwrap().changed, 1);
    let left = fixture.proposal_rows_to_do(sheet, None, 9).unwrap();
    assert_eq!(left.iter().map(|row| row.no).collect::<Vec<_>>(), [2, 3]);
}
