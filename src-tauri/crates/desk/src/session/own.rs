//! The college's own additions, laid over an edition.

use std::sync::Arc;

use standard::Edition;
use standard::overlay::{Overlay, OverlayProblem};

/// Setting of the book that holds them.
pub(crate) const SETTING: &str = "overlay";

/// The edition with additions, and the parts of them that do not fit it.
pub(crate) fn laid(base: &Arc<Edition>, own: &Overlay) -> (Arc<Edition>, Vec<OverlayProblem>) {
    if own.is_empty() {
        return (base.clone(), Vec::new());
    }
    let (edition, problems) = own.apply(base);
    (Arc::new(edition), problems)
}
