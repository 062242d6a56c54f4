//! The standards, as one checked model.
//!
//! An [`Edition`] is what one published edition of a standard says: tables, fields and code lists. It is read from a
//! folder of `standards/` (a Data Package v2, see [`load`]) strictly: an edition with an error does not load in part.
//! All other crates use this model. It also defines what crates exchange that do not use each other: the values of a
//! record ([`cell`]), a [`Finding`], and the record key ([`key`]).
//!
//! Left out on purpose: the book, the clock, the network. The crate reads no other files than those of the standard.

pub mod catalogue;
pub mod cell;
pub mod code_list;
mod coded;
pub mod compare;
pub mod crosswalk;
pub mod definition;
pub mod delivery;
pub mod doubt;
pub mod field;
pub mod file;
pub mod find;
pub mod finding;
pub mod key;
pub mod key_rule;
pub mod load;
pub mod mask;
pub mod model;
pub mod overlay;
pub mod pattern;
pub mod period;
mod private_use;
pub mod quality;
pub mod request_made;
pub mod rule;
pub mod search;
pub mod templates;
mod unseen;
pub mod words;
pub mod write;

pub use code_list::{Code, CodeList, Source};
pub use coded::Coded;
pub use crosswalk::Crosswalk;
pub use doubt::{Doubt, DoubtKind};
pub use field::{Condition, Field, Kind, Reference, Sensitivity};
pub use finding::{Finding, Level};
pub use key_rule::{KeyPeriod, KeyRule, Merge};
pub use load::{LoadError, Standards};
pub use model::{Association, Class, Edition, EditionId, Event, Frequency, Subclass, Subset, Table};
pub use period::PeriodKind;
pub use private_use::character_of_private_use;
pub use rule::{Case, Rule, RuleBody, RulePart};
pub use templates::Templates;
pub use unseen::{is_unseen, without_unseen};
pub use words::Words;
