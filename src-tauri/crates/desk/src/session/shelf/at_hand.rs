//! One edition at hand, and how listings show it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use standard::Edition;
use ts_rs::TS;

use crate::session::api::CallError;

/// One installed edition. The keys are those of `tianbao editions --json`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditionSummary {
    /// Such as `gaozhi-2024.09`.
    pub id: String,
    /// Full title.
    pub title: String,
    /// Month of issue.
    pub issued: String,
    /// 高职 or 中职.
    pub level: String,
    /// Number of tables.
    pub tables: usize,
    /// Number of fields.
    pub fields: usize,
    /// Number of the edition's own code lists.
    pub code_lists: usize,
    /// Number of codes in them.
    pub codes: usize,
    /// Number of rules.
    pub rules: usize,
    /// Revision of its rendering, such as `1.2.0`.
    pub revision: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Who signed it.
    pub publisher: Option<String>,
    /// Why it cannot be used: its file is damaged, or its publisher is no longer trusted. The numbers are 0 then.
    pub problem: Option<CallError>,
}

/// Where an edition comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Built into the program.
    Builtin,
    /// From a definition workbook.
    Definition,
    /// From a signed package.
    Package,
}

/// One edition at hand, or why it cannot be used.
#[derive(Debug, Clone)]
pub(crate) struct AtHand {
    /// Identifier of the edition, such as `gaozhi-2024.09`.
    pub id: String,
    /// How it came.
    pub origin: Origin,
    /// Who signed it.
    pub publisher: Option<String>,
    /// The edition, or why it cannot be used.
    pub edition: Result<Arc<Edition>, CallError>,
}

impl AtHand {
    /// As listings show it.
    pub fn summary(&self) -> EditionSummary {
        let edition = self.edition.as_ref().ok();
        let text = |of: fn(&Edition) -> &String| edition.map(|e| of(e).clone()).unwrap_or_default();
        let title = text(|e| &e.title);
        EditionSummary {
            id: self.id.clone(),
            title: if title.is_empty() { self.id.clone() } else { title },
            issued: text(|e| &e.issued),
            level: text(|e| &e.level),
            tables: edition.map_or(0, |e| e.tables.len()),
            fields: edition.map_or(0, |e| e.field_count()),
            code_lists: edition.map_or(0, |e| e.code_lists.len()),
            codes: edition.map_or(0, |e| e.code_count()),
            rules: edition.map_or(0, |e| e.rules.len()),
            revision: text(|e| &e.revision),
            origin: self.origin,
            publisher: self.publisher.clone(),
            problem: self.edition.as_ref().err().cloned(),
        }
    }
}
