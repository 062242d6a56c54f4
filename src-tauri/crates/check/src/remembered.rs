//! Texts that were found right, so that a table of many records is not asked the same again: most columns say the same few
//! texts in all of them.

/// Texts that are remembered of one field.
const SLOTS: usize = 256;

/// Bytes of the longest text that is remembered. Longer ones are descriptions, which do not repeat.
const LONGEST: usize = 128;

/// Texts in which the checks of a table found nothing, field by field. Whoever goes through many records of one table keeps
/// one and hands it to [`crate::TableChecker::cells_of_many`]; it is of no use for another table.
///
/// A text has one slot, and a later one with the same slot takes its place: nothing grows, and a column of keys, in which no
/// text comes twice, costs a copy and no search.
#[derive(Debug, Default)]
pub struct Remembered(Vec<Texts>);

#[derive(Debug, Default)]
struct Texts(Vec<String>);

impl Remembered {
    /// Whether a text of this field, counted from 0, was found right.
    pub(crate) fn is_right(&self, field: usize, text: &str) -> bool {
        let slots = self.0.get(field).map_or(&[][..], |texts| &texts.0);
        !text.is_empty() && slots.get(slot(text)).is_some_and(|known| known == text)
    }

    /// A text of this field was found right.
    pub(crate) fn keep(&mut self, field: usize, text: &str) {
        if text.len() > LONGEST {
            return;
        }
        if self.0.len() <= field {
            self.0.resize_with(field + 1, Texts::default);
        }
        let Texts(slots) = &mut self.0[field];
        if slots.is_empty() {
            slots.resize_with(SLOTS, String::new);
        }
        // The memory of the text before serves this one.
        text.clone_into(&mut slots[slot(text)]);
    }
}

/// Where a text is remembered. Its two ends tell most texts of a column apart: numbers differ at the end, names in front.
fn slot(text: &str) -> usize {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let bytes = text.as_bytes();
    let ends = [&bytes[..bytes.len().min(8)], &bytes[bytes.len().saturating_sub(8)..]];
    let mut hash = bytes.len() as u64;
    for end in ends {
        let mut eight = [0; 8];
        eight[..end.len()].copy_from_slice(end);
        hash = (hash.rotate_left(23) ^ u64::from_le_bytes(eight)).wrapping_mul(MIX);
    }
    usize::from(hash.to_be_bytes()[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_in_its_field_until_another_takes_its_slot() {
        let mut remembered = Remembered::default();
        assert!(!remembered.is_right(3, "甲"), "nothing is known at first");
        remembered.keep(3, "甲");
        assert!(remembered.is_right(3, "甲") && !remembered.is_right(2, "甲") && !remembered.is_right(3, "乙"));
        assert!(!remembered.is_right(3, ""), "an empty cell is not a text that was found right");
        let other = (0..).map(|n: u32| n.to_string()).find(|text| slot(text) == slot("甲")).unwrap();
        remembered.keep(3, &other);
        assert!(remembered.is_right(3, &other) && !remembered.is_right(3, "甲"));
        remembered.keep(0, &"长".repeat(LONGEST));
        assert!(!remembered.is_right(0, &"长".repeat(LONGEST)));
    }
}
