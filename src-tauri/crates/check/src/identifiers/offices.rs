//! Numbers of organisations: the unified social credit code (GB 32100-2015) and the older organisation code
//! (GB 11714-1997), which is part of it.
//!
//! The first character of a credit code names the office that registers. Which characters are in use was not verified,
//! so any of them is accepted.

use super::digits::{bare, weighted};

/// Digits and letters without I, O, S, V, Z. The value of a character is its position here.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// 18 characters: registering office, kind, six digits of the region, nine of the organisation, check character.
pub(crate) fn is_credit_code(text: &str) -> bool {
    let values: Option<Vec<u32>> =
        text.chars().map(|c| ALPHABET.find(c).and_then(|at| u32::try_from(at).ok())).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else { return false };
    let region = text.get(2..8).is_some_and(|six| six.bytes().all(|b| b.is_ascii_digit()));
    region && values[17] == (31 - weighted(values[..17].iter().copied(), powers_of_three()) % 31) % 31
}

/// Weights: powers of three modulo 31.
fn powers_of_three() -> impl Iterator<Item = u32> {
    std::iter::successors(Some(1), |weight| Some(weight * 3 % 31))
}

/// Eight characters and a check character, with or without a hyphen between them.
pub(crate) fn is_organisation_code(text: &str) -> bool {
    let text = bare(text);
    let Some((body, last)) = text.split_at_checked(8) else { return false };
    let value = |c: char| c.to_digit(36).filter(|_| c.is_ascii_digit() || c.is_ascii_uppercase());
    let values: Option<Vec<u32>> = body.chars().map(value).collect();
    let Some(values) = values else { return false };
    let check = match 11 - weighted(values, [3, 7, 9, 10, 5, 8, 4, 2]) % 11 {
        10 => "X".to_owned(),
        11 => "0".to_owned(),
        digit => digit.to_string(),
    };
    last == check
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::check;
    use super::*;

    #[test]
    fn credit_codes() {
        let wrong = ["12100000400000624E", "12100000400000624DX", "I2100000400000624D", "12100000400000624d", "0"];
        check("credit-code", &["12100000400000624D", "12100000400002259P"], &wrong);
    }

    #[test]
    fn organisation_codes() {
        let right = ["40000062-4", "40000225-9", "71526726-X", "400000624"];
        check("organisation-code", &right, &["40000062-5", "71526726-0", "4000006-24-1", "71526726-x"]);
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_seen(body in "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", at in 8usize..17, to in 0usize..31) {
            let right = ALPHABET.chars().map(|c| format!("{body}{c}")).filter(|code| is_credit_code(code)).collect::<Vec<_>>();
            prop_assert_eq!(right.len(), 1, "one check character");
            let mut wrong: Vec<char> = right[0].chars().collect();
            wrong[at] = ALPHABET.chars().nth(to).unwrap();
            let wrong: String = wrong.into_iter().collect();
            prop_assert!(wrong == right[0] || !is_credit_code(&wrong));
        }
    }
}
