//! Book keys in this PC's key store.
//!
//! A new key is stored before anything is encrypted with it, and the old one stays until that is done: after a failure
//! or a crash in between, one of the two opens the book.

use store::{BookKey, Salt};
use vault::{RecoveryKey, Secret, VaultError};

use super::api::CallError;
use super::env::Env;

/// The keys that may open the book with this salt, the likeliest first. A key store that does not answer has none.
pub(crate) fn kept(env: &Env, salt: &Salt) -> Vec<BookKey> {
    let key = |name: String| {
        let secret = env.keys.get(&name).ok().flatten()?;
        <[u8; 32]>::try_from(secret.bytes()).ok().map(BookKey::new)
    };
    [name(salt), next(salt)].into_iter().filter_map(key).collect()
}

/// The key that a passphrase makes for the book with this salt.
pub(crate) fn derived(passphrase: &str, salt: &Salt) -> Result<BookKey, CallError> {
    Ok(BookKey::new(*vault::derive(passphrase, salt)?))
}

/// The keys that a typed password may stand for, for the book with this salt, the likeliest first: the key of a
/// recovery key with this text, and the key of the text as a password.
pub(crate) fn typed(text: &str, salt: &Salt) -> Result<Vec<(BookKey, Option<RecoveryKey>)>, CallError> {
    let mut keys = Vec::new();
    if let Some(Ok(recovery)) = RecoveryKey::read(text) {
        let key = derived(recovery.passphrase(), salt)?;
        if recovery.passphrase() == text {
            return Ok(vec![(key, Some(recovery))]);
        }
        keys.push((key, Some(recovery)));
    }
    keys.push((derived(text, salt)?, None));
    Ok(keys)
}

/// A recovery key that the page or the command line gives back after the person has kept it.
pub(crate) fn recovery_key(text: &str) -> Result<RecoveryKey, CallError> {
    RecoveryKey::read(text).unwrap_or(Err(VaultError::MistypedRecoveryKey)).map_err(Into::into)
}

/// Makes a random key, keeps it, and lets `encrypt` use it. Such a key is never shown, so it is lost with this PC.
pub(crate) fn replace<T>(
    env: &Env,
    salt: &Salt,
    encrypt: impl FnOnce(&BookKey) -> Result<T, CallError>,
) -> Result<T, CallError> {
    let mut bytes = [0; 32];
    (env.random)(&mut bytes);
    keep_and(env, salt, bytes, encrypt)
}

/// Keeps the key that a recovery key makes, so that the book opens on this PC by itself, and lets `encrypt` use it.
pub(crate) fn replace_recoverable<T>(
    env: &Env,
    salt: &Salt,
    recovery: &RecoveryKey,
    encrypt: impl FnOnce(&BookKey) -> Result<T, CallError>,
) -> Result<T, CallError> {
    keep_and(env, salt, *vault::derive(recovery.passphrase(), salt)?, encrypt)
}

/// Keeps the key that opened a book here for the first time, so that the book opens on this PC by itself from now on.
/// Where the key store does not answer, the recovery key is asked for again the next time.
pub(crate) fn keep_recovered(env: &Env, salt: &Salt, recovery: &RecoveryKey) -> Result<(), CallError> {
    let key = vault::derive(recovery.passphrase(), salt)?;
    Ok(env.keys.set(&name(salt), &Secret::new(*key))?)
}

fn keep_and<T>(
    env: &Env,
    salt: &Salt,
    bytes: [u8; 32],
    encrypt: impl FnOnce(&BookKey) -> Result<T, CallError>,
) -> Result<T, CallError> {
    let secret = Secret::new(bytes);
    env.keys.set(&next(salt), &secret)?;
    let done = encrypt(&BookKey::new(bytes))?;
    // If this fails, the key under the first name still opens the book.
    if env.keys.set(&name(salt), &secret).is_ok() {
        let _ = env.keys.delete(&next(salt));
    }
    Ok(done)
}

/// Removes the keys of a book that was given another key, or that could not be made.
pub(crate) fn forget(env: &Env, salt: &Salt) -> Result<(), VaultError> {
    env.keys.delete(&name(salt)).and(env.keys.delete(&next(salt)))
}

/// A book's name in the key store: its salt, which is in the file and so stays the same wherever the file is moved.
pub(crate) fn name(salt: &Salt) -> String {
    format!("book/{}", hex::encode(salt))
}

/// The name for its next key, until the book is encrypted with it.
fn next(salt: &Salt) -> String {
    format!("{}/next", name(salt))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    const SALT: Salt = *b"salt of the book";

    /// Keys of 1s, then of 2s, and so on.
    fn env() -> Env {
        let count = AtomicU8::new(0);
        Env {
            home: Default::default(),
            books: Default::default(),
            built: jiff::Timestamp::UNIX_EPOCH,
            now: Arc::new(jiff::Timestamp::now),
            random: Arc::new(move |buffer| buffer.fill(count.fetch_add(1, Ordering::Relaxed) + 1)),
            keys: Arc::new(vault::MemoryKeys::default()),
            passphrase: None,
            backup_after: std::time::Duration::ZERO,
        }
    }

    fn first_bytes(env: &Env) -> Vec<u8> {
        kept(env, &SALT).iter().map(|key| key.bytes()[0]).collect()
    }

    #[test]
    fn a_new_key_takes_the_place_of_the_old() {
        let env = env();
        assert!(first_bytes(&env).is_empty());
        assert_eq!(replace(&env, &SALT, |key| Ok(key.bytes()[0])).unwrap(), 1);
        assert_eq!(first_bytes(&env), [1]);
        replace(&env, &SALT, |_| Ok(())).unwrap();
        assert_eq!(first_bytes(&env), [2]);
        forget(&env, &SALT).unwrap();
        assert!(first_bytes(&env).is_empty());
    }

    #[test]
    fn both_keys_are_kept_until_the_book_is_encrypted() {
        let env = env();
        replace(&env, &SALT, |_| Ok(())).unwrap();
        // The closure sees the key store as it would be after a crash at this moment.
        let failed = replace(&env, &SALT, |_| {
            assert_eq!(first_bytes(&env), [1, 2]);
            Err::<(), _>(CallError::new("disk.full"))
        });
        assert_eq!(failed.unwrap_err().code, "disk.full");
        assert_eq!(first_bytes(&env), [1, 2], "the old key first: it opens the book");
    }
}
