//! Characters of private use that older programs wrote for Chinese characters.

/// Characters that had no place in Unicode when GBK was made (bytes FE50 to FEA0), in the order of the private-use
/// characters that stood for them, as GB 18030-2022 has them.
const ONCE_PRIVATE: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// The Unicode character for one of private use, where GB 18030 knows it.
pub fn character_of_private_use(c: char) -> Option<char> {
    const FIRST: u32 = 0xe815;
    ONCE_PRIVATE.chars().nth((c as u32).checked_sub(FIRST)? as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_were_private_are_known() {
        assert_eq!(ONCE_PRIVATE.chars().count(), 0xe864 - 0xe815 + 1);
        assert_eq!(character_of_private_use('\u{e864}'), Some('龻'));
        assert_eq!((character_of_private_use('\u{e814}'), character_of_private_use('\u{e865}')), (None, None));
    }
}
