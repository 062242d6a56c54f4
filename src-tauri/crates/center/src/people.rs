//! Passwords of people: what a centre takes for one, and whether a given one is right.

use store::inbox::{Person, Role};
use vault::derive;

use crate::error::CenterError;

/// The least number of characters of a password.
const LEAST: usize = 8;

/// A person with a password. A password is refused if it is short or contains the name.
pub(crate) fn person(
    name: &str,
    department: Option<String>,
    roles: Vec<Role>,
    password: &str,
    salt: [u8; 16],
) -> Result<Person, CenterError> {
    if name.trim().is_empty() || password.chars().count() < LEAST || password.contains(name) {
        return Err(CenterError::Password { least: LEAST });
    }
    Ok(Person { name: name.to_owned(), department, roles, salt, hash: key(password, &salt)? })
}

/// Whether this is the person's password.
pub(crate) fn is_right(person: &Person, password: &str) -> bool {
    let same = |key: [u8; 32]| protocol::sign::same(&hex::encode(person.hash), &hex::encode(key));
    key(password, &person.salt).is_ok_and(same)
}

fn key(password: &str, salt: &[u8; 16]) -> Result<[u8; 32], CenterError> {
    let derived = derive(password, salt).map_err(|error| CenterError::Derivation { reason: error.to_string() })?;
    Ok(*derived)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_kept_and_short_ones_refused() {
        let new = |name: &str, password: &str| person(name, None, vec![Role::Reads], password, [7; 16]);
        let wang = new("王审核", "一个很长的密码").unwrap_err();
        assert_eq!(standard::Coded::code(&wang), "center.password", "seven characters");
        assert!(new("王审核", "王审核的密码八位").is_err(), "it contains the name");
        let wang = new("王审核", "correct horse").unwrap();
        assert!(is_right(&wang, "correct horse") && !is_right(&wang, "correct hors") && !is_right(&wang, ""));
        assert!(!format!("{wang:?}").contains("horse"));
    }
}
