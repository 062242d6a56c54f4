//! Record keys of records that share their natural key.
//!
//! Alone, a record has the key that follows from its natural key. Where a clerk has said that several are true records
//! ([`crate::tables::repeat`]), an ordinal tells them apart: the first keeps the plain key, the others get one with 2,
//! 3 ... in the order in which they stood when it was said. So the same records in the same order get the same keys in
//! another book; a record that is added later gets the next ordinal; and a fixed key is never given to another record,
//! even after its record was deleted.
//!
//! A record of another period with the same natural key and ordinal is the same record, reported again: it has the same
//! key, even if that was fixed when the table had another natural key.

use std::collections::BTreeSet;

use rusqlite::Connection;
use standard::field::KEY_COLUMN;
use standard::key::repeated_key;

use crate::StoreError;
use crate::records::derived::content_hash;
use crate::records::stored;
use crate::records::table_sql::TableSql;
use crate::sql::quoted;
use crate::tables::{fixed_key, repeat};

/// One of the records that share a natural key.
struct Member {
    row: i64,
    period: String,
    /// Whether its key is fixed.
    fixed: bool,
    ordinal: u32,
    key: String,
    /// Whether a clerk said that it is a true record beside the others.
    told: bool,
}

/// The key that a record with this natural key must have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    pub row: i64,
    /// Its number among different records with this natural key, from 1; 0 if there is no valid statement about it.
    pub ordinal: u32,
    pub key: String,
    /// Whether the record already has this key.
    stands: bool,
}

/// Gives all records with this natural key the keys that they must have. Call it whenever a record gets or loses the
/// natural key.
pub(crate) fn settle(connection: &Connection, table_sql: &TableSql, natural: &str) -> Result<(), StoreError> {
    let Some(key_at) = table_sql.key_at else { return Ok(()) };
    let all = settled(connection, table_sql, natural)?;
    for Settled { row, ordinal, key, .. } in all.iter().filter(|one| !one.stands) {
        let Some(mut stored) = stored::get(connection, table_sql, *row)? else { continue };
        key.clone_into(&mut stored.record.values[key_at]);
        let hash = content_hash(table_sql.table(), &stored.record.values);
        let sql = format!(
            "UPDATE {} SET _ordinal = ?2, {} = ?3, _hash = ?4 WHERE _row = ?1",
            table_sql.quoted_name,
            quoted(KEY_COLUMN)
        );
        connection.prepare_cached(&sql)?.execute((row, ordinal, key, hash))?;
    }
    if repeat::any(connection, table_sql.name(), natural)? {
        let holding = all.iter().filter(|one| one.ordinal > 0).map(|one| one.row);
        repeat::set_holding(connection, table_sql.name(), natural, holding)?;
    }
    Ok(())
}

/// Whether another record than this one has the natural key, or something was said of it.
pub(crate) fn is_shared(
    connection: &Connection,
    table_sql: &TableSql,
    natural: &str,
    row: i64,
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 FROM {} WHERE _natural = ?1 AND _row <> ?2 UNION ALL
         SELECT 1 FROM repeat WHERE tbl = ?3 AND natural = ?1 LIMIT 1",
        table_sql.quoted_name
    );
    Ok(connection.prepare_cached(&sql)?.exists((natural, row, table_sql.name()))?)
}

/// The keys that the records with this natural key must have.
pub(crate) fn settled(
    connection: &Connection,
    table_sql: &TableSql,
    natural: &str,
) -> Result<Vec<Settled>, StoreError> {
    let members = members(connection, table_sql, natural)?;
    let mut all = Vec::with_capacity(members.len());
    for of_period in members.chunk_by(|a, b| a.period == b.period) {
        let ordinals = ordinals(connection, table_sql, natural, of_period)?;
        all.extend(ordinals);
    }
    // The same record of another period may have a key from before.
    let fixed: Vec<(&Member, u32)> = members
        .iter()
        .zip(&all)
        .filter(|(member, _)| member.fixed)
        .map(|(member, ordinal)| (member, *ordinal))
        .collect();
    let settled = members.iter().zip(&all).map(|(member, &ordinal)| {
        let same =
            |(other, theirs): &&(&Member, u32)| other.period != member.period && theirs.max(&1) == &ordinal.max(1);
        let key = match fixed.iter().rev().find(same) {
            _ if member.fixed => member.key.clone(),
            Some((other, _)) => other.key.clone(),
            None => repeated_key(natural, ordinal),
        };
        let stands = (member.ordinal, &member.key) == (ordinal, &key);
        Settled { row: member.row, ordinal, key, stands }
    });
    Ok(settled.collect())
}

/// Natural keys that more than one record has, or that something was said of: all others give the plain key.
pub(crate) fn shared(connection: &Connection, table_sql: &TableSql) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "SELECT _natural AS natural FROM {} WHERE _natural IS NOT NULL GROUP BY _natural HAVING count(*) > 1
         UNION SELECT natural FROM repeat WHERE tbl = ?1",
        table_sql.quoted_name
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let shared = statement.query_map([table_sql.name()], |r| r.get("natural"))?;
    Ok(shared.collect::<Result<_, _>>()?)
}

/// Ordered by period; then the records that a statement is about, in the order that they had then; then the others by
/// ordering key.
fn members(connection: &Connection, table_sql: &TableSql, natural: &str) -> Result<Vec<Member>, StoreError> {
    let sql = format!(
        "SELECT t._row, t._period, t._key_fixed, t._ordinal, coalesce(t.{}, '') AS key, r.seq IS NOT NULL AS told
         FROM {} t LEFT JOIN repeat r ON r.tbl = ?1 AND r.natural = ?2 AND r.row = t._row
         WHERE t._natural = ?2 ORDER BY t._period, r.seq IS NULL, r.seq, t._place, t._row",
        quoted(KEY_COLUMN),
        table_sql.quoted_name
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let members = statement.query_map((table_sql.name(), natural), |r| {
        Ok(Member {
            row: r.get("_row")?,
            period: r.get("_period")?,
            fixed: r.get("_key_fixed")?,
            ordinal: r.get("_ordinal")?,
            key: r.get("key")?,
            told: r.get("told")?,
        })
    })?;
    Ok(members.collect::<Result<_, _>>()?)
}

/// The ordinals of the members of one period.
fn ordinals(
    connection: &Connection,
    table_sql: &TableSql,
    natural: &str,
    members: &[Member],
) -> Result<Vec<u32>, StoreError> {
    let taken = |member: &Member, ordinal: u32| {
        let key = repeated_key(natural, ordinal);
        fixed_key::of_another(connection, table_sql, &key, (member.row, natural, &member.period))
    };
    let told = members.iter().filter(|member| member.told).count();
    // A statement is about at least two records. The other one may have left the book with the plain key before it was
    // deleted or got another natural key.
    let mut holds = told > 1;
    if let Some(only) = members.iter().find(|member| member.told).filter(|_| told == 1) {
        holds = taken(only, 1)?;
    }
    if !holds {
        return Ok(vec![0; members.len()]);
    }
    // There cannot be more ordinals in use than records, deleted ones included.
    let fixed_as = |member: &Member| (1..).take(members.len()).find(|n| repeated_key(natural, *n) == member.key);
    let mut used: BTreeSet<u32> = BTreeSet::new();
    let mut ordinals = Vec::with_capacity(members.len());
    for (member, place) in members.iter().zip(1..) {
        let ordinal = match (member.told, member.fixed) {
            (false, _) => 0,
            // A key of an earlier build has no ordinal in it.
            (true, true) => fixed_as(member).or(Some(member.ordinal).filter(|n| *n > 0)).unwrap_or(place),
            (true, false) => {
                let mut next = 1;
                while used.contains(&next) || taken(member, next)? {
                    next += 1;
                }
                used.insert(next);
                next
            }
        };
        ordinals.push(ordinal);
    }
    Ok(ordinals)
}

#[cfg(test)]
mod earlier_tests;
#[cfg(test)]
mod tests;
