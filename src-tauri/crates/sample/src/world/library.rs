//! 教材、图书、期刊: textbooks, books and journals. Titles are of the plain kind; authors and publishers are invented.

use jiff::civil::{Date, date};

use super::courses::Course;
use super::kind::Kind;
use crate::dice::Dice;
use crate::{names, numbers};

/// Publishers, all invented.
pub const PUBLISHERS: [(&str, &str, &str); 5] = [
    ("示例教育出版社", "1", "北京"),
    ("示例工业出版社", "1", "北京"),
    ("示例大学出版社", "2", "南京"),
    ("示例科学技术出版社", "2", "上海"),
    ("示例人文出版社", "2", "杭州"),
];

/// 教材 of a course.
#[derive(Debug, Clone)]
pub struct Textbook {
    /// 教材编号.
    pub number: String,
    /// ISBN.
    pub isbn: String,
    /// Title.
    pub title: String,
    /// Course it is used in.
    pub course: usize,
    /// Authors, the first one first.
    pub authors: Vec<String>,
    /// Publisher.
    pub publisher: &'static str,
    /// Day of publication.
    pub published: Date,
    /// Price in fen.
    pub price: i64,
    /// Edition, from 1.
    pub edition: usize,
    /// Planned by the state.
    pub national: bool,
    /// Made with a company.
    pub with_company: bool,
    /// Class of the Chinese library classification.
    pub class: &'static str,
}

/// One textbook for each course that is taught in rooms.
pub fn textbooks(kind: &Kind, courses: &[Course]) -> Vec<Textbook> {
    let taught = courses.iter().enumerate().filter(|(_, course)| course.hours < 400);
    taught.enumerate().map(|(n, (c, course))| textbook(kind, n, c, course)).collect()
}

fn textbook(kind: &Kind, n: usize, course: usize, of: &Course) -> Textbook {
    let mut dice = Dice::of("textbook", n);
    let edition = dice.between(1, 4) as usize;
    let title = match (edition, of.with_company) {
        (1, false) => of.name.clone(),
        (1, true) => format!("{}（活页式）", of.name),
        (edition, _) => format!("{}（第{}版）", of.name, ["", "二", "三", "四"][edition - 1]),
    };
    Textbook {
        // 2023-06 wants the numbers of textbooks that won a prize to begin with four digits.
        number: format!("2026JC{:04}", n + 1),
        isbn: numbers::isbn(n + 1),
        title,
        course,
        authors: (0..dice.between(1, 3)).map(|k| names::name(&mut dice, k == 1)).collect(),
        publisher: dice.pick(&PUBLISHERS).0,
        published: date(2019 + dice.below(7) as i16, 1 + dice.below(12) as i8, 1),
        price: dice.between(28, 69) * 100 + dice.pick(&[0, 50, 80]),
        edition,
        national: dice.chance(35),
        with_company: of.with_company,
        class: class_of(kind, of.major),
    }
}

/// Class of the Chinese library classification for what belongs to a major, or to none.
pub fn class_of(kind: &Kind, major: Option<usize>) -> &'static str {
    match major.map(|major| kind.majors[major].college) {
        Some(0) => "TP31",
        Some(1) => "TH16",
        Some(2) => "U472",
        Some(3) => "F713",
        Some(4) => "J50",
        Some(5) => "TU7",
        Some(_) => "R47",
        None => "G718",
    }
}

/// 图书: one copy in the library.
#[derive(Debug, Clone)]
pub struct Book {
    /// 图书编号.
    pub number: String,
    /// Bar code.
    pub bar_code: String,
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<&'static str>,
    /// Words for searching.
    pub keywords: String,
    /// ISBN; copies of one title share it.
    pub isbn: String,
    /// Authors, the first one first.
    pub authors: Vec<String>,
    /// Publisher: index into [`PUBLISHERS`].
    pub publisher: usize,
    /// Day of publication.
    pub published: Date,
    /// Price in fen.
    pub price: i64,
    /// Pages.
    pub pages: i64,
    /// Class of the Chinese library classification.
    pub class: &'static str,
    /// Code of TSQKZTDM.
    pub state: &'static str,
}

/// Copies in the library: 320 titles, two or three copies each.
pub fn books(kind: &Kind) -> Vec<Book> {
    const FORMS: [(&str, Option<&str>); 8] = [
        ("入门", None),
        ("从零开始", Some("图解版")),
        ("实用手册", None),
        ("案例解析", None),
        ("技术基础", None),
        ("项目教程", Some("任务驱动式")),
        ("常见问题一百例", None),
        ("工程实践", None),
    ];
    let mut books = Vec::new();
    for n in 0..320 {
        let mut dice = Dice::of("book", n);
        let major = &kind.majors[n % 16];
        let topic = major.courses[n / 16 % 8];
        let (form, subtitle) = FORMS[(n / 128 * 3 + n % 3) % 8];
        let title = format!("{topic}{form}");
        let authors: Vec<String> = (0..dice.between(1, 3)).map(|k| names::name(&mut dice, k == 1)).collect();
        let (publisher, price) = (dice.below(PUBLISHERS.len()), dice.between(250, 980) * 10);
        let published = date(2010 + dice.below(16) as i16, 1 + dice.below(12) as i8, 1);
        let pages = dice.between(160, 480);
        for copy in 0..dice.between(2, 3) {
            books.push(Book {
                number: format!("TS{:06}", books.len() + 1),
                bar_code: format!("99{:08}", 10_000 + n * 10 + copy as usize),
                title: title.clone(),
                subtitle,
                keywords: format!("{topic} {}", major.name),
                isbn: numbers::isbn(2000 + n),
                authors: authors.clone(),
                publisher,
                published,
                price,
                pages,
                class: class_of(kind, Some(n % 16)),
                state: dice
                    .pick(&["2", "2", "2", "2", "2", "2", "2", "2", "1", "2", "2", "2", "4", "2", "3", "2", "5", "2"]),
            });
        }
    }
    books
}
