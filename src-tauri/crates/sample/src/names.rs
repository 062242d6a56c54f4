//! Names of invented people: common surnames with given names put together from common characters.

use crate::dice::Dice;

const SURNAMES: [&str; 60] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "袁", "潘", "于",
    "蒋", "蔡", "余", "杜", "叶", "程", "苏", "魏", "吕", "丁", "任", "沈", "姚", "卢", "姜", "崔", "钟", "谭", "陆",
    "汪", "范", "金",
];
const MEN: [&str; 36] = [
    "浩", "宇", "轩", "博", "子", "天", "一", "明", "志", "晨", "阳", "航", "泽", "俊", "鹏", "嘉", "睿", "昊", "逸",
    "承", "翔", "锐", "铭", "涛", "恒", "远", "辰", "启", "景", "骏", "磊", "哲", "源", "立", "彦", "哲",
];
const WOMEN: [&str; 36] = [
    "欣", "怡", "雨", "梓", "涵", "佳", "思", "琪", "诗", "婷", "雅", "静", "晓", "梦", "璐", "颖", "悦", "萱", "文",
    "若", "语", "蕊", "妍", "芷", "可", "瑶", "月", "馨", "慧", "依", "苒", "彤", "舒", "清", "宁", "岚",
];

/// A name.
pub fn name(dice: &mut Dice, woman: bool) -> String {
    let given = if woman { &WOMEN } else { &MEN };
    let surname = dice.pick(&SURNAMES);
    let first = dice.pick(given);
    let second = (0..8).map(|_| dice.pick(given)).find(|second| *second != first).unwrap_or("");
    format!("{surname}{first}{second}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_surname_and_two_different_characters() {
        for n in 0..300 {
            let name = name(&mut Dice::of("name", n), n % 2 == 0);
            let characters: Vec<char> = name.chars().collect();
            assert_eq!(characters.len(), 3, "{name}");
            assert_ne!(characters[1], characters[2], "{name}");
        }
    }
}
