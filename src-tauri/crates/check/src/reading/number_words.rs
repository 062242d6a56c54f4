//! Numbers written in words (十二, 一百零五, 廿四, 半) or with letters that look like digits (1O, l2). Such a reading is only
//! likely, so it is a suggestion and never put in by itself.

/// The number that Chinese numerals mean, below ten thousand; `None` for anything else.
pub(super) fn of_words(text: &str) -> Option<u32> {
    let text = text.replace('廿', "二十").replace('卅', "三十");
    let letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return None;
    }
    // 二〇二六 and 一二: digits one after the other.
    if letters.len() > 1 && letters.iter().all(|letter| digit(*letter).is_some()) {
        let digits = letters.iter().filter_map(|letter| digit(*letter));
        return (letters.len() <= 4).then(|| digits.fold(0, |number, digit| number * 10 + digit));
    }
    let (mut sum, mut waiting, mut last) = (0, None, 10_000);
    for letter in letters {
        if let Some(times) = times(letter) {
            // The powers of ten get smaller: 十百 is no number.
            if times >= last || waiting == Some(0) {
                return None;
            }
            // Only 十 may stand without a digit in front, and only at the beginning.
            sum += waiting.take().or((times == 10 && sum == 0).then_some(1))? * times;
            last = times;
        } else {
            let digit = digit(letter)?;
            match waiting {
                None | Some(0) => waiting = Some(digit),
                Some(_) => return None,
            }
        }
    }
    Some(sum + waiting.unwrap_or(0))
}

fn digit(letter: char) -> Option<u32> {
    Some(match letter {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn times(letter: char) -> Option<u32> {
    Some(match letter {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}

/// The text with the letters O, o, l and I as the digits that they look like, if it has such letters, at least one true
/// digit, and nothing else but a point.
pub(super) fn of_letters(text: &str) -> Option<String> {
    let like = |letter: char| match letter {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        other => other,
    };
    let digits: String = text.chars().map(like).collect();
    let is_number = digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    (is_number && digits != text && text.bytes().any(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read() {
        for (text, expect) in [
            ("十二", Some(12)),
            ("十", Some(10)),
            ("二十", Some(20)),
            ("两百", Some(200)),
            ("一百零五", Some(105)),
            ("一百一十", Some(110)),
            ("三千零四十", Some(3_040)),
            ("廿四", Some(24)),
            ("二〇二六", Some(2_026)),
            ("零", Some(0)),
            ("十百", None),
            ("百", None),
            ("一二百", None),
            ("很久", None),
            ("", None),
        ] {
            assert_eq!(of_words(text), expect, "{text}");
        }
    }

    #[test]
    fn letters_that_look_like_digits_are_read() {
        for (text, expect) in [("1O", Some("10")), ("l2.5", Some("12.5")), ("12", None), ("Oo", None), ("A1", None)] {
            assert_eq!(of_letters(text).as_deref(), expect, "{text}");
        }
    }
}
