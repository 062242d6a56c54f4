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

/// Many new records between others, as a file has them.
fn many() -> Vec<ProposedRow> {
    let row = |no: u32| {
        let cells =
            vec![Some(format!("{no}")), Some("甲".to_owned()), (!no.is_multiple_of(3)).then(|| format!("{}", no % 5))];
        match no % 10 {
            7 => ProposedRow { target: Some(i64::from(no)), ..ProposedRow::new(no, no + 2, RowKind::Unchanged) },
            8 => ProposedRow {
                conflict: Some(Conflict::Twice),
                cells,
                ..ProposedRow::new(no, no + 2, RowKind::Conflict)
            },
            _ => ProposedRow { key: Some(format!("K{no}")), cells, ..ProposedRow::new(no, no + 2, RowKind::New) },
        }
    };
    (0..120).map(row).collect()
}

/// Two sheets with the same rows: in one of them new records stand in packs, in the other each is written by itself.
fn packed_and_single(fixture: &BookFixture) -> [(i64, i64); 2] {
    let (packed, single) = (begin(fixture), begin(fixture));
    for page in many().chunks(40) {
        fixture.add_proposal_rows(packed.1, page).unwrap();
    }
    for row in many() {
        fixture.add_proposal_rows(single.1, &[row]).unwrap();
    }
    let packs = |sheet: i64| fixture.read(|c| crate::tables::proposal_pack::of_sheet(c, sheet, 0)).unwrap().len();
    assert_eq!((packs(packed.1), packs(single.1)), (3, 0));
    [packed, single]
}

/// Everything that is read of a sheet.
fn seen(fixture: &BookFixture, sheet: i64) -> String {
    let mut said = String::new();
    for kind in [None, Some(RowKind::New), Some(RowKind::Conflict), Some(RowKind::Unchanged)] {
        for (offset, limit) in [(0, 200), (0, 1), (5, 7), (30, 20), (38, 3), (76, 30), (94, 5), (99, 1)] {
            let query = ProposedRowsQuery { sheet, kind, offset, limit, ..Default::default() };
            said += &format!("{:?}\n", fixture.proposal_rows(&query).unwrap());
        }
    }
    for (after, limit) in [(None, 9), (None, 200), (Some(4), 50), (Some(39), 2), (Some(94), 3)] {
        said += &format!("{:?}\n", fixture.proposal_rows_to_do(sheet, after, limit).unwrap());
    }
    let mut about = fixture.proposal_rows_about(sheet, &[7, 17], &["K3".into(), "K90".into(), "K7".into()]).unwrap();
    about.sort_by_key(|row| row.no);
    let counts = fixture.proposal_counts(sheet).unwrap();
    let mut rows = counts.rows;
    rows.sort_by_key(|one| (one.kind as u8, one.rows));
    said + &format!("{about:?} {rows:?} {} {}", counts.waiting, fixture.proposal_rows_to_do_count(sheet).unwrap())
}

#[test]
fn packed_rows_are_read_like_single_ones() {
    let fixture = BookFixture::new();
    let [packed, single] = packed_and_single(&fixture);
    let same = |what: &str| assert_eq!(seen(&fixture, packed.1), seen(&fixture, single.1), "{what}");
    same("as they were written");
    let both = |scope: DecisionScope, choice| {
        for (proposal, sheet) in [packed, single] {
            let scope = DecisionScope { proposal, sheet: scope.sheet.map(|_| sheet), ..scope.clone() };
            fixture.decide_proposal(&scope, choice).unwrap();
        }
    };
    let new = DecisionScope { kind: Some(RowKind::New), ..Default::default() };
    both(new.clone(), Some(Choice::Ours));
    same("all new records are refused");
    both(DecisionScope { sheet: Some(0), row: Some(41), ..Default::default() }, Some(Choice::Theirs));
    same("one of them is not");
    both(DecisionScope { kind: Some(RowKind::Conflict), ..Default::default() }, Some(Choice::Add));
    both(new, None);
    same("as before");
    let replaced = many().remove(5);
    for (_, sheet) in [packed, single] {
        let row = ProposedRow { kind: RowKind::Conflict, conflict: Some(Conflict::Appeared), ..replaced.clone() };
        fixture.replace_proposal_rows(sheet, &[(5, Some(row)), (6, None)]).unwrap();
    }
    same("one was replaced, and one was taken away");
}

#[test]
fn decisions_about_new_records_go_on_to_the_next_reading() {
    let fixture = BookFixture::new();
    let [earlier, _] = packed_and_single(&fixture);
    for row in [None, Some(41)] {
        let scope = DecisionScope {
            proposal: earlier.0,
            sheet: Some(earlier.1),
            row,
            kind: row.is_none().then_some(RowKind::New),
            ..Default::default()
        };
        fixture.decide_proposal(&scope, row.is_none().then_some(Choice::Ours)).unwrap();
    }
    let before = seen(&fixture, earlier.1);
    let (proposal, sheet) = begin(&fixture);
    fixture.add_proposal_rows(sheet, &many()).unwrap();
    fixture.end_proposal(proposal, ProposalState::Kept, Some(earlier.0)).unwrap();
    assert_eq!(seen(&fixture, sheet), before);
}

#[test]
fn what_was_done_leaves_its_pack() {
    let fixture = BookFixture::new();
    let [(proposal, sheet), _] = packed_and_single(&fixture);
    let made = fixture.make(&crate::fixture::step(0), |making| {
        making.change(&insert(COURSE, &[("KCH", "1")]))?;
        making.drop_done(sheet, 0..=50)?;
        Ok::<_, StoreError>(())
    });
    made.unwrap();
    let left = fixture.read(|c| crate::tables::proposal_pack::of_sheet(c, sheet, 0)).unwrap();
    assert_eq!(left.iter().map(|pack| pack.first).collect::<Vec<_>>(), [40, 80], "one that ends behind it stays");
    fixture
        .make(&crate::fixture::step(1), |making| {
            making.change(&insert(COURSE, &[("KCH", "2")]))?;
            making.leave_waiting(proposal)
        })
        .unwrap();
    let left = fixture.proposal_rows_to_do(sheet, None, 99).unwrap();
    assert!(left.len() == 12 && left.iter().all(|row| row.kind == RowKind::Conflict));
}
