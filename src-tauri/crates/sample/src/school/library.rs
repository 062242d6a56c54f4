//! 教材 and 图书: textbooks and the books of the library. Titles, authors and publishers are invented.

use jiff::civil::{Date, date};

use super::courses::Course;
use super::kind::SchoolKind;
use crate::random::Random;
use crate::{names, numbers};

/// Invented publishers: name, level as code of the column CBSJBM, town.
pub const PUBLISHERS: [(&str, &str, &str); 5] = [
    ("示例教育出版社", "1", "北京"),
    ("示例工业出版社", "1", "北京"),
    ("示例大学出版社", "2", "南京"),
    ("示例科学技术出版社", "2", "上海"),
    ("示例人文出版社", "2", "杭州"),
];

/// 教材: the textbook of a course.
#[derive(Debug, Clone)]
pub struct Textbook {
    /// 教材编号.
    pub number: String,
    /// 书号 of 13 digits without hyphens.
    pub isbn: String,
    /// Title, with the number of the edition from the second one on.
    pub title: String,
    /// Index of the course that uses it.
    pub course: usize,
    /// Names of the authors, the main author first.
    pub authors: Vec<String>,
    /// Name of the publisher.
    pub publisher: &'static str,
    /// Day of publication.
    pub published: Date,
    /// Price in fen.
    pub price: i64,
    /// Number of the edition, from 1.
    pub edition: usize,
    /// Whether it is a 国家规划教材.
    pub national: bool,
    /// Whether it was made together with a company.
    pub with_company: bool,
    /// Class number of 中国图书馆分类法.
    pub class: &'static str,
}

/// One textbook for each course that is taught in class; internships have none.
pub fn textbooks(kind: &SchoolKind, courses: &[Course]) -> Vec<Textbook> {
    let taught = courses.iter().enumerate().filter(|(_, course)| course.hours < 400);
    taught.enumerate().map(|(n, (c, course))| textbook(kind, n, c, course)).collect()
}

fn textbook(kind: &SchoolKind, n: usize, course: usize, of: &Course) -> Textbook {
    let mut random = Random::of("textbook", n);
    let edition = random.between(1, 4) as usize;
    let title = match (edition, of.with_company) {
        (1, false) => of.name.clone(),
        (1, true) => format!("{}（活页式）", of.name),
        (edition, _) => format!("{}（第{}版）", of.name, ["", "二", "三", "四"][edition - 1]),
    };
    Textbook {
        // Edition 2023-06 requires that the numbers of textbooks with a prize begin with four digits.
        number: format!("2026JC{:04}", n + 1),
        isbn: numbers::isbn(n + 1),
        title,
        course,
        authors: (0..random.between(1, 3)).map(|k| names::name(&mut random, k == 1)).collect(),
        publisher: random.pick(&PUBLISHERS).0,
        published: date(2019 + random.below(7) as i16, 1 + random.below(12) as i8, 1),
        price: random.between(28, 69) * 100 + random.pick(&[0, 50, 80]),
        edition,
        national: random.chance(35),
        with_company: of.with_company,
        class: class_of(kind, of.major),
    }
}

/// Class number of 中国图书馆分类法 for books about a major, or for books that belong to no major.
pub fn class_of(kind: &SchoolKind, major: Option<usize>) -> &'static str {
    match major.map(|major| kind.majors[major].unit) {
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

/// 图书: one copy in the library. Copies of one title differ only in number, bar code and state.
#[derive(Debug, Clone)]
pub struct Book {
    /// 图书编号.
    pub number: String,
    /// Number of the bar code, ten digits.
    pub bar_code: String,
    /// 正标题.
    pub title: String,
    /// 副标题.
    pub subtitle: Option<&'static str>,
    /// Keywords for searching, with spaces between them.
    pub keywords: String,
    /// ISBN, the same for all copies of one title.
    pub isbn: String,
    /// Names of the authors, the main author first.
    pub authors: Vec<String>,
    /// Publisher: index into [`PUBLISHERS`].
    pub publisher: usize,
    /// Day of publication.
    pub published: Date,
    /// Price in fen.
    pub price: i64,
    /// Number of pages.
    pub pages: i64,
    /// Class number of 中国图书馆分类法.
    pub class: &'static str,
    /// Code of TSQKZTDM.
    pub state: &'static str,
}

/// The copies in the library: 320 titles with two or three copies each.
pub fn books(kind: &SchoolKind) -> Vec<Book> {
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
        let mut random = Random::of("book", n);
        let major = &kind.majors[n % 16];
        let topic = major.courses[n / 16 % 8];
        let (form, subtitle) = FORMS[(n / 128 * 3 + n % 3) % 8];
        let title = format!("{topic}{form}");
        let authors: Vec<String> = (0..random.between(1, 3)).map(|k| names::name(&mut random, k == 1)).collect();
        let (publisher, price) = (random.below(PUBLISHERS.len()), random.between(250, 980) * 10);
        let published = date(2010 + random.below(16) as i16, 1 + random.below(12) as i8, 1);
        let pages = random.between(160, 480);
        for copy in 0..random.between(2, 3) {
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
                state: random
                    .pick(&["2", "2", "2", "2", "2", "2", "2", "2", "1", "2", "2", "2", "4", "2", "3", "2", "5", "2"]),
            });
        }
    }
    books
}
