//! Reading standards/.
/// placeholder
pub struct Standards;
/// placeholder
pub struct LoadError;
