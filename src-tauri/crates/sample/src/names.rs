//! Names of invented people: a common surname and a given name of two common characters.

use crate::random::Random;

const SURNAMES: [&str; 60] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "袁", "潘", "于",
    "蒋", "蔡", "余", "杜", "叶", "程", "苏", "魏", "吕", "丁", "任", "沈", "姚", "卢", "姜", "崔", "钟", "谭", "陆",
    "汪", "范", "金",
];
/// Characters of given names of men: the first and the second character.
const MEN: [[&str; 18]; 2] = [
    ["子", "浩", "宇", "俊", "嘉", "明", "博", "志", "文", "泽", "景", "承", "思", "家", "逸", "启", "昊", "晨"],
    ["轩", "然", "航", "阳", "豪", "辰", "睿", "涛", "铭", "鑫", "鹏", "林", "飞", "恒", "翔", "峰", "远", "哲"],
];
/// Characters of given names of women: the first and the second character.
const WOMEN: [[&str; 18]; 2] = [
    ["欣", "雨", "梓", "佳", "思", "诗", "雅", "晓", "梦", "若", "语", "芷", "可", "心", "慧", "文", "静", "依"],
    ["怡", "涵", "琪", "婷", "萱", "妍", "悦", "颖", "璐", "瑶", "蕊", "彤", "馨", "宁", "琳", "雯", "洁", "云"],
];

/// A name of three characters for a woman or a man.
pub fn name(random: &mut Random, woman: bool) -> String {
    let [first, second] = if woman { &WOMEN } else { &MEN };
    format!("{}{}{}", random.pick(&SURNAMES), random.pick(first), random.pick(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_surname_and_two_different_characters() {
        for n in 0..300 {
            let name = name(&mut Random::of("name", n), n % 2 == 0);
            let characters: Vec<char> = name.chars().collect();
            assert_eq!(characters.len(), 3, "{name}");
            assert_ne!(characters[1], characters[2], "{name}");
        }
    }
}
