//! The records that a filtered or sorted view shows, in its order, so that a later page is read as fast as the first.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// Views that are remembered; a view of a million records takes 8 MB.
const VIEWS: usize = 4;

/// The order of one view.
#[derive(Debug, Clone)]
pub(crate) struct ViewOrder {
    /// Number of the order; another one may have other records.
    pub number: u64,
    /// Which view, as a text.
    view: String,
    /// How many commits the book had when it was read.
    pub commits: u64,
    /// How long that took.
    pub took: Duration,
    /// Numbers of the records.
    pub rows: Arc<Vec<i64>>,
}

/// The newest orders.
#[derive(Debug, Default)]
pub(crate) struct ViewOrders {
    made: u64,
    kept: VecDeque<ViewOrder>,
}

impl ViewOrders {
    /// The order of this number, if it is one of this view.
    pub fn numbered(&self, number: u64, view: &str) -> Option<ViewOrder> {
        self.kept.iter().find(|order| order.number == number && order.view == view).cloned()
    }

    /// The order of a view as the book is now.
    pub fn current(&self, view: &str, commits: u64) -> Option<ViewOrder> {
        self.kept.iter().find(|order| order.commits == commits && order.view == view).cloned()
    }

    /// The order of a view that was read last, however long ago.
    pub fn newest(&self, view: &str) -> Option<ViewOrder> {
        self.kept.iter().find(|order| order.view == view).cloned()
    }

    /// Remembers an order.
    pub fn put(&mut self, view: String, commits: u64, rows: Vec<i64>, took: Duration) -> ViewOrder {
        self.made += 1;
        let order = ViewOrder { number: self.made, view, commits, took, rows: Arc::new(rows) };
        self.kept.truncate(VIEWS - 1);
        self.kept.push_front(order.clone());
        order
    }
}
