//! The centre in a process of its own: what hostile senders, kills and its administrator do to it.

mod duties;
mod hostile;
mod kills;
mod office;
mod sender;
