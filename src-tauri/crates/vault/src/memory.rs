//! A key store in memory: for tests, and during one session on a PC without a key store.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::{KeyStore, Secret, VaultError};

/// Secrets in memory.
#[derive(Debug, Default)]
pub struct MemoryKeys {
    kept: Mutex<HashMap<String, Secret>>,
    closed: bool,
}

impl MemoryKeys {
    /// An empty store.
    pub fn new() -> Self {
        MemoryKeys::default()
    }

    /// A key store that always answers [`VaultError::Unavailable`], as on a PC without one.
    pub fn unavailable() -> Self {
        MemoryKeys { closed: true, ..MemoryKeys::default() }
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashMap<String, Secret>) -> T) -> Result<T, VaultError> {
        if self.closed {
            return Err(VaultError::Unavailable { reason: "this key store never answers".into() });
        }
        Ok(f(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl KeyStore for MemoryKeys {
    fn probe(&self) -> Result<(), VaultError> {
        self.with(|_| ())
    }

    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        self.with(|kept| kept.get(name).cloned())
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.with(|kept| kept.insert(name.to_owned(), secret.clone())).map(drop)
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.with(|kept| kept.remove(name)).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_replaces_and_forgets() {
        let keys = MemoryKeys::new();
        assert_eq!(keys.get("a").unwrap(), None);
        keys.set("a", &Secret::new("1")).unwrap();
        keys.set("a", &Secret::new("2")).unwrap();
        assert_eq!(keys.get("a").unwrap(), Some(Secret::new("2")));
        keys.delete("a").unwrap();
        keys.delete("a").unwrap();
        assert_eq!(keys.get("a").unwrap(), None);
    }

    #[test]
    fn an_unavailable_store_says_so_everywhere() {
        let keys = MemoryKeys::unavailable();
        let refused = |r: Result<(), VaultError>| matches!(r, Err(VaultError::Unavailable { .. }));
        assert!(refused(keys.probe()));
        assert!(refused(keys.set("a", &Secret::new("1"))));
        assert!(refused(keys.get("a").map(drop)));
        assert!(refused(keys.delete("a")));
    }
}
