//! `tianbao`: the use cases of a clerk without a window.
fn main() {}
