//! How Rust values stand in columns of the book: words of enums, levels, moments.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use standard::Level;

/// An enum without fields, which a column holds as the word that serde gives it. A word that this program does not know
/// means a damaged book, and is an error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<T>(pub T);

impl<T: Serialize> ToSql for Word<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(word(&self.0)?.into())
    }
}

impl<T: DeserializeOwned> FromSql for Word<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word: StrDeserializer<'_, Error> = value.as_str()?.into_deserializer();
        T::deserialize(word).map(Word).map_err(FromSqlError::other)
    }
}

/// The word that serde gives an enum without fields.
pub(crate) fn word<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    let failed = |error| rusqlite::Error::ToSqlConversionFailure(Box::new(error));
    match serde_json::to_value(value).map_err(failed)? {
        serde_json::Value::String(word) => Ok(word),
        other => Ok(other.to_string()),
    }
}

/// A level as a column holds it: 0 is mandatory, 1 to be confirmed, 2 a hint, so that the more serious sorts first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LevelNumber(pub Level);

impl LevelNumber {
    /// The number of a level.
    pub fn of(level: Level) -> i64 {
        match level {
            Level::Mandatory => 0,
            Level::Confirm => 1,
            Level::Hint => 2,
        }
    }
}

impl ToSql for LevelNumber {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(LevelNumber::of(self.0).into())
    }
}

impl FromSql for LevelNumber {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(LevelNumber(match value.as_i64()? {
            0 => Level::Mandatory,
            1 => Level::Confirm,
            _ => Level::Hint,
        }))
    }
}

/// A moment as a column holds it: milliseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment(pub Timestamp);

impl ToSql for Moment {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_millisecond().into())
    }
}

impl FromSql for Moment {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let milliseconds = value.as_i64()?;
        Timestamp::from_millisecond(milliseconds).map(Moment).map_err(|_| FromSqlError::OutOfRange(milliseconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum State {
        Open,
        PartlyStored,
    }

    #[test]
    fn enums_stand_as_their_words() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let there_and_back = |sql: &str, state: State| {
            connection.query_row(sql, [Word(state)], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Word<State>>(1)?.0)))
        };
        let check = |state, word: &str| {
            assert_eq!(there_and_back("SELECT ?1, ?1", state).unwrap(), (word.to_owned(), state));
        };
        check(State::Open, "open");
        check(State::PartlyStored, "partly-stored");
        assert!(there_and_back("SELECT ?1, 'nothing'", State::Open).is_err());
    }
}
