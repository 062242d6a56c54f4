//! Departments, the people of a centre with their roles, and which department sends with which account. Passwords are
//! kept as the key that was derived from them; deriving it is the caller's.

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use super::Inbox;
use crate::StoreError;
use crate::sql::column::word;

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Fills tables; sees what their department answers for.
    Fills,
    /// Approves deliveries, or returns cells.
    Reviews,
    /// Sends with the account of the department.
    Sends,
    /// Sees the numbers of all departments.
    Administers,
    /// Sees values of records, also personal ones; each look is recorded.
    Reads,
}

/// A person of the centre.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The name that logs in.
    pub name: String,
    /// Their department; absent: all of them.
    pub department: Option<String>,
    /// In any order, none twice.
    pub roles: Vec<Role>,
    /// Salt of the password.
    pub salt: [u8; 16],
    /// The key derived from the password.
    pub hash: [u8; 32],
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("name", &self.name).field("roles", &self.roles).finish_non_exhaustive()
    }
}

impl Inbox {
    /// The departments, by name.
    pub fn departments(&self) -> Result<Vec<String>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT name FROM department ORDER BY name")?;
        let names = statement.query_map([], |row| row.get("name"))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Adds a department; one that is there stays as it is.
    pub fn add_department(&self, name: &str) -> Result<(), StoreError> {
        self.connection().execute("INSERT OR IGNORE INTO department (name) VALUES (?1)", [name])?;
        Ok(())
    }

    /// Removes a department; whether it was there and nobody and nothing belongs to it.
    pub fn remove_department(&self, name: &str) -> Result<bool, StoreError> {
        let used = "SELECT 1 FROM person WHERE department = ?1 UNION SELECT 1 FROM duty WHERE department = ?1
                    UNION SELECT 1 FROM account_department WHERE department = ?1";
        let sql = format!("DELETE FROM department WHERE name = ?1 AND NOT EXISTS ({used})");
        Ok(self.connection().execute(&sql, [name])? > 0)
    }

    /// Says which department sends with an account.
    pub fn set_account_department(&self, username: &str, department: &str) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO account_department (username, department) VALUES (?1, ?2)";
        self.connection().execute(sql, [username, department])?;
        Ok(())
    }

    /// Accounts with their departments, by user name.
    pub fn account_departments(&self) -> Result<Vec<(String, String)>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT username, department FROM account_department ORDER BY username";
        let mut statement = connection.prepare_cached(sql)?;
        let pairs = statement.query_map([], |row| Ok((row.get("username")?, row.get("department")?)))?;
        Ok(pairs.collect::<Result<_, _>>()?)
    }

    /// Keeps a person, in place of one of the same name.
    pub fn set_person(&self, person: &Person) -> Result<(), StoreError> {
        let Person { name, department, roles, salt, hash } = person;
        let words = roles.iter().map(word).collect::<Result<Vec<_>, _>>()?.join(" ");
        let sql = "INSERT OR REPLACE INTO person (name, department, roles, salt, hash) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.connection().execute(sql, (name, department, words, salt, hash))?;
        Ok(())
    }

    /// Removes a person; whether there was one.
    pub fn remove_person(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.connection().execute("DELETE FROM person WHERE name = ?1", [name])? > 0)
    }

    /// The person of this name.
    pub fn person(&self, name: &str) -> Result<Option<Person>, StoreError> {
        let sql = "SELECT name, department, roles, salt, hash FROM person WHERE name = ?1";
        Ok(self.connection().prepare_cached(sql)?.query_row([name], read).optional()?)
    }

    /// All people, by name.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT name, department, roles, salt, hash FROM person ORDER BY name";
        let mut statement = connection.prepare_cached(sql)?;
        let people = statement.query_map([], read)?;
        Ok(people.collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Person> {
    let words: String = row.get("roles")?;
    // A word that this build does not know is no right.
    let role = |word: &str| serde_json::from_value(serde_json::Value::from(word)).ok();
    Ok(Person {
        name: row.get("name")?,
        department: row.get("department")?,
        roles: words.split_whitespace().filter_map(role).collect(),
        salt: row.get("salt")?,
        hash: row.get("hash")?,
    })
}
