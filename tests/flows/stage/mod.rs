//! What the flows stand on: a home folder, the program as it is run from a shell, a clerk at a desk, and a receiver in
//! a process of its own.

mod clerk;
mod program;
pub mod publisher;
mod receiver;

pub use clerk::{Clerk, env};
pub use program::{Home, PASSPHRASE, Said};
pub use receiver::Receiver;

/// The edition of all flows.
pub const EDITION: &str = "gaozhi-2024.09";
/// The school of all flows: that of the sample college.
pub const SCHOOL: &str = "4132099999";
/// The period of all flows.
pub const PERIOD: &str = "2026-2027-1";
/// Internships.
pub const INTERNSHIPS: &str = "ODS_SXJCSJ";
/// Visits to digital libraries: a small table that no other table has to do with.
pub const VISITS: &str = "ODS_FWSZTSGZYSJ";
