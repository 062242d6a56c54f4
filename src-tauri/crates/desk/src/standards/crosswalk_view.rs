//! What a crosswalk says beside a comparison: successors of tables, and notes on columns and lists.

use standard::crosswalk::{Crosswalk, Succession};
use standard::{Edition, Table};

use crate::standards::api::compare::SuccessionView;

/// The crosswalk between two editions, if the second one has it.
pub(super) struct CrosswalkView<'e> {
    from: &'e Edition,
    to: &'e Edition,
    known: Option<&'e Crosswalk>,
}

impl<'e> CrosswalkView<'e> {
    pub(super) fn new(from: &'e Edition, to: &'e Edition) -> Self {
        CrosswalkView { from, to, known: to.crosswalks.get(&from.id) }
    }

    pub(super) fn notes(&self) -> Vec<String> {
        self.known.map(|crosswalk| crosswalk.notes.clone()).unwrap_or_default()
    }

    /// What took the table's place, and what it takes the place of.
    pub(super) fn successions(&self, table: &str) -> Vec<SuccessionView> {
        let all = self.known.iter().flat_map(|crosswalk| &crosswalk.tables);
        let view = |succession: &Succession| {
            let (edition, other) = if succession.from == table {
                (self.to, succession.to.as_deref())
            } else {
                (self.from, Some(succession.from.as_str()))
            };
            SuccessionView {
                kind: succession.kind,
                table: other.map(str::to_owned),
                title: other.and_then(|name| edition.table(name)).map(|table: &Table| table.short_title().to_owned()),
                note: succession.note.clone(),
                judgement: succession.judgement,
            }
        };
        all.filter(|s| s.from == table || s.to.as_deref() == Some(table)).map(view).collect()
    }

    /// The note on a column that was removed or added.
    pub(super) fn note_on_field(&self, table: &str, column: &str) -> Option<String> {
        let of_column =
            |r: &&standard::crosswalk::Replacement| r.table == table && (r.from == column || r.to == column);
        let replacement = self.known?.columns.iter().find(of_column)?;
        Some(replacement.note.clone())
    }

    pub(super) fn note_on_list(&self, list: &str) -> Option<String> {
        self.known?.code_change(list).map(|change| change.note.clone())
    }
}
