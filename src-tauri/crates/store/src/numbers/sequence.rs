//! The records of a table in the order of the grid, in memory. Finding the record at a position, and the position of a
//! record, does not read the records before it.

use std::collections::HashMap;

/// The number of records of a new piece. A piece with twice as many is split.
const PIECE: usize = 1_024;

/// If one change moves more records of a table than this, the order is read anew instead of updated.
const MOST: usize = 256;

/// Ordering key and number of a record: what the grid orders by.
pub(crate) type Place = (f64, i64);

/// Table and period.
type Name = (String, String);

/// The orders that were read, by table and period.
#[derive(Debug, Default)]
pub(crate) struct Sequences(HashMap<Name, Sequence>);

impl Sequences {
    /// The order of a table's records in a period.
    pub fn get(&self, table: &str, period: &str) -> Option<&Sequence> {
        self.0.get(&(table.to_owned(), period.to_owned()))
    }

    /// Keeps an order that was read.
    pub fn put(&mut self, table: &str, period: &str, sequence: Sequence) {
        self.0.insert((table.to_owned(), period.to_owned()), sequence);
    }

    /// Forgets all, because something changed that was not followed.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Applies the moves of a change to the orders.
    pub fn follow(&mut self, moves: Moves) {
        for (name, moves) in moves.0 {
            if moves.len() > MOST {
                self.0.remove(&name);
            } else if let Some(sequence) = self.0.get_mut(&name) {
                for (place, comes) in moves {
                    if comes {
                        sequence.insert(place);
                    } else {
                        sequence.remove(place);
                    }
                }
            }
        }
    }
}

/// Records that left a place or came to one, in order.
#[derive(Debug, Default)]
pub(crate) struct Moves(HashMap<Name, Vec<(Place, bool)>>);

impl Moves {
    pub fn leaves(&mut self, table: &str, period: &str, place: Place) {
        self.push(table, period, (place, false));
    }

    pub fn comes(&mut self, table: &str, period: &str, place: Place) {
        self.push(table, period, (place, true));
    }

    fn push(&mut self, table: &str, period: &str, moved: (Place, bool)) {
        let moves = self.0.entry((table.to_owned(), period.to_owned())).or_default();
        // A list that is longer than [`MOST`] shows that there were too many moves.
        if moves.len() <= MOST {
            moves.push(moved);
        }
    }
}

/// The records of one table in one period, in order, in pieces of which none is empty.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    pieces: Vec<Vec<Place>>,
    len: usize,
}

fn before(a: &Place, b: &Place) -> bool {
    a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).is_lt()
}

impl Sequence {
    /// Makes a sequence of records that are already in order.
    pub fn new(ordered: &[Place]) -> Sequence {
        Sequence { pieces: ordered.chunks(PIECE).map(<[Place]>::to_vec).collect(), len: ordered.len() }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Numbers of at most `limit` records from the position `offset` on.
    pub fn rows(&self, offset: usize, limit: usize) -> Vec<i64> {
        let mut skip = offset;
        let mut rows = Vec::with_capacity(limit.min(self.len));
        for piece in &self.pieces {
            if skip >= piece.len() {
                skip -= piece.len();
                continue;
            }
            let room = limit - rows.len();
            rows.extend(piece[skip..].iter().take(room).map(|(_, row)| *row));
            skip = 0;
            if rows.len() >= limit {
                break;
            }
        }
        rows
    }

    /// Position of a record, from 0.
    pub fn position(&self, place: Place) -> Option<usize> {
        let piece = self.piece_of(place);
        let at = self.pieces.get(piece)?.iter().position(|one| one.1 == place.1)?;
        Some(self.pieces[..piece].iter().map(Vec::len).sum::<usize>() + at)
    }

    /// The first piece that does not end before a place.
    fn piece_of(&self, place: Place) -> usize {
        self.pieces.partition_point(|piece| piece.last().is_some_and(|last| before(last, &place)))
    }

    fn insert(&mut self, place: Place) {
        if self.pieces.is_empty() {
            self.pieces.push(Vec::new());
        }
        let at = self.piece_of(place).min(self.pieces.len() - 1);
        let piece = &mut self.pieces[at];
        let within = piece.partition_point(|one| before(one, &place));
        piece.insert(within, place);
        self.len += 1;
        if piece.len() >= 2 * PIECE {
            let rest = piece.split_off(PIECE);
            self.pieces.insert(at + 1, rest);
        }
    }

    fn remove(&mut self, place: Place) {
        let at = self.piece_of(place);
        let Some(piece) = self.pieces.get_mut(at) else { return };
        if let Some(within) = piece.iter().position(|one| one.1 == place.1) {
            piece.remove(within);
            self.len -= 1;
            if piece.is_empty() {
                self.pieces.remove(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_sequence_that_follows_is_one_that_is_read(
            start in 0..3_000i64,
            moves in proptest::collection::vec((any::<bool>(), 0.0..4_000.0f64, 0..4_000usize), 0..200)
        ) {
            let mut places: Vec<Place> = (0..start).map(|n| (n as f64, n)).collect();
            let mut sequence = Sequence::new(&places);
            for (row, (comes, place, at)) in (10_000..).zip(moves) {
                if comes {
                    places.push((place, row));
                    sequence.insert((place, row));
                } else if !places.is_empty() {
                    let gone = places.remove(at % places.len());
                    sequence.remove(gone);
                }
            }
            places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            prop_assert_eq!(sequence.len(), places.len());
            let rows: Vec<i64> = places.iter().map(|(_, row)| *row).collect();
            prop_assert_eq!(sequence.rows(0, usize::MAX), rows.clone());
            for offset in [0, 1, 1_023, 1_024, rows.len() / 2, rows.len().saturating_sub(1), rows.len()] {
                let expect: Vec<i64> = rows.iter().skip(offset).take(7).copied().collect();
                prop_assert_eq!(sequence.rows(offset, 7), expect);
            }
            for (at, place) in places.iter().enumerate().step_by(97) {
                prop_assert_eq!(sequence.position(*place), Some(at));
            }
        }
    }
}
