//! Invented numbers with valid check digits: credit codes, book and journal numbers, telephone numbers.
//!
//! All of them are well formed, and parts of them are values that are not assigned, so that none can belong to a real
//! organisation, book or person: the organisation part of a credit code begins with 9999, the registrant of a book or
//! journal number is 9999, and the middle block of a telephone number is 0000.

/// A 统一社会信用代码 of 18 characters (GB 32100), which contains an organisation code (GB 11714).
///
/// `head` is the two-character code for the registering authority and the kind of organisation, `region` the six digits
/// of GB/T 2260, `serial` a number below 10,000.
pub fn credit_code(head: &str, region: &str, serial: usize) -> String {
    let organisation = format!("9999{serial:04}");
    let code = format!("{head}{region}{organisation}{}", organisation_check(&organisation));
    format!("{code}{}", credit_check(&code))
}

/// An ISBN of 13 digits without hyphens; `serial` is below 10,000.
pub fn isbn(serial: usize) -> String {
    let body = format!("97879999{serial:04}");
    format!("{body}{}", isbn_check(&body))
}

/// An ISSN such as `9999-0017`; `serial` is below 1,000.
pub fn issn(serial: usize) -> String {
    let body = format!("9999{serial:03}");
    format!("{}-{}{}", &body[..4], &body[4..], issn_check(&body))
}

/// A mobile number of 11 digits: 13 and one digit, then 0000, then four digits.
pub fn mobile(serial: usize) -> String {
    format!("13{}0000{:04}", serial / 10_000 % 10, serial % 10_000)
}

fn credit_check(code: &str) -> char {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let sum: usize = code.chars().zip(WEIGHTS).map(|(c, weight)| ALPHABET.find(c).unwrap_or(0) * weight).sum();
    char::from(ALPHABET.as_bytes()[(31 - sum % 31) % 31])
}

fn organisation_check(body: &str) -> char {
    modulo_eleven(weighted_sum(body, &[3, 7, 9, 10, 5, 8, 4, 2]))
}

fn isbn_check(body: &str) -> usize {
    (10 - weighted_sum(body, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10) % 10
}

fn issn_check(body: &str) -> char {
    modulo_eleven(weighted_sum(body, &[8, 7, 6, 5, 4, 3, 2]))
}

fn weighted_sum(digits: &str, weights: &[usize]) -> usize {
    digits.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum()
}

fn modulo_eleven(sum: usize) -> char {
    char::from(b"0X987654321"[sum % 11])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_the_samples_in_the_standards() {
        assert_eq!(["40000062", "40000225", "71526726"].map(organisation_check), ['4', '9', 'X']);
        assert_eq!(["12100000400000624", "12100000400002259"].map(credit_check), ['D', 'P']);
        assert_eq!(["978704039663", "978711154742"].map(isbn_check), [8, 6]);
        assert_eq!(["1000123", "2095504"].map(issn_check), ['9', '9']);
    }

    #[test]
    fn numbers_are_clearly_invented() {
        assert_eq!(&credit_code("91", "320211", 7)[8..16], "99990007");
        assert_eq!(&isbn(7)[..8], "97879999");
        assert_eq!(&issn(7)[..5], "9999-");
        assert_eq!(mobile(20_007), "13200000007");
    }
}
