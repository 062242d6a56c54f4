//! The quality report: a page to print, or a workbook.

use std::path::Path;
use std::sync::OnceLock;

use standard::catalogue::{Catalogue, Language};
use workbook::GridSheet;

use crate::Desk;
use crate::check::api::Quality;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::error::write_error;
use crate::session::half_files::Writing;
use crate::session::html::{begin_page, element, end_page, table};
use crate::session::places::write_whole;

const STYLE: &str = "
@page { size: A4; margin: 16mm 14mm; }
body { font: 10.5pt/1.5 \"Noto Sans CJK SC\", \"Source Han Sans SC\", \"Microsoft YaHei\", \"PingFang SC\", sans-serif;
  color: #000; background: #fff; max-width: 182mm; margin: 0 auto; }
h1 { font-size: 17pt; text-align: center; margin: 0 0 8pt; }
h2 { font-size: 12pt; margin: 14pt 0 4pt; break-after: avoid; }
p { margin: 4pt 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.5pt solid #000; padding: 3pt 6pt; text-align: left; vertical-align: top; font-weight: normal; }
thead th { background: #eee; } thead { display: table-header-group; } tr { break-inside: avoid; }
td.number, th.number { text-align: right; white-space: nowrap; }
.score { font-size: 24pt; text-align: center; }
.hash { font: 8pt/1.4 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
@media screen { body { padding: 10mm; } }
";

/// What stands on every report, so that nobody takes it for more than it is.
const NOTE: &str = "本报告由程序按 GB/T 36344-2018《信息技术 数据质量评价指标》的六个维度、二十项指标计算，公式见各项指标；权重由学校设定。\
它不是主管部门的评分。标准不设权重和等级；未测的指标不参加平均。0303 和 0305 在标准里越低越好，这里换算成 1 减去比例。\
全校和部门的得分按各表的单元格、记录数相加后计算。";

/// Writes the report in the form that the ending of the file names.
pub(super) fn write(desk: &Desk, open: &OpenBook, quality: &Quality, path: &Path) -> Result<(), CallError> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let head = Head { college: open.settings().college.name, at: desk.clock.now_text() };
    match ending.as_str() {
        "html" | "htm" => write_whole(path, page(&head, quality).as_bytes()),
        "xlsx" => {
            let _writing = Writing::into_folder_of(&desk.env.home, path);
            workbook::write_grid(path, "数据质量报告", &head.at, &sheets(&head, quality)).map_err(write_error)?;
            Ok(())
        }
        _ => Err(CallError::new("quality.not-a-report").with("file", path.display())),
    }
}

/// Whose report it is, and when it was made.
struct Head {
    college: String,
    at: String,
}

impl Head {
    /// Lines above everything.
    fn lines(&self, quality: &Quality) -> [String; 3] {
        [
            format!("{} {}", self.college, quality.period_words),
            format!("生成时间 {}，{} 条记录，{} 张表", self.at, quality.rows, quality.tables.len()),
            format!("数据指纹（SM3）{}", quality.digest.as_deref().unwrap_or_default()),
        ]
    }
}

fn words(key: &str) -> String {
    static WORDS: OnceLock<Catalogue> = OnceLock::new();
    let words = WORDS.get_or_init(|| Catalogue::read(&[include_str!("../../../../../../ui/src/text/indicators.json")]));
    words.words(key, Language::Zh).unwrap_or(key).to_owned()
}

/// Points are rounded down, so that 100.0 means that nothing is wrong.
fn points(score: Option<f64>) -> String {
    score.map_or_else(|| "未测".to_owned(), |score| format!("{:.1}", (score * 10.0 + 1e-9).floor() / 10.0))
}

/// Headings with widths, and rows: the same in both forms.
struct Part {
    name: &'static str,
    headings: Vec<(&'static str, u16)>,
    rows: Vec<Vec<String>>,
}

fn parts(quality: &Quality) -> Vec<Part> {
    let department = |name: &str| if name.is_empty() { "未指定".to_owned() } else { name.to_owned() };
    let dimensions = quality.dimensions.iter().map(|one| {
        let name = format!("{} {}", one.no, one.name);
        vec![name, one.weight.to_string(), points(one.score), one.measured.to_string(), one.failed.to_string()]
    });
    let indicators = quality.indicators.iter().map(|one| {
        let reason = one.unmeasured.as_ref().map(|why| words(&format!("unmeasured.{why}")));
        let formula = reason.unwrap_or_else(|| words(&format!("formula.{}", one.no)));
        let (name, failed) = (format!("{} {}", one.no, one.name), one.of - one.met);
        let numbers = [one.of, failed, one.explained].map(|number| number.to_string());
        [vec![name, formula, one.weight.to_string(), points(one.score)], numbers.to_vec()].concat()
    });
    let tables = quality.tables.iter().map(|one| {
        let expected = one.expected.map(|number| number.to_string()).unwrap_or_default();
        let (rows, failed) = (one.rows.to_string(), one.failed.to_string());
        vec![one.title.clone(), department(&one.department), rows, expected, points(one.score), failed]
    });
    let departments = quality
        .departments
        .iter()
        .map(|one| vec![department(&one.department), one.tables.to_string(), one.rows.to_string(), points(one.score)]);
    let losses = quality.losses.iter().map(|one| {
        let indicator = format!("{} {}", one.indicator, words(&format!("indicator.{}", one.indicator)));
        let lost = format!("{:.2}", one.points);
        vec![one.title.clone(), department(&one.department), indicator, one.failed.to_string(), lost]
    });
    let rules = quality.rules;
    let states = [
        ("通过", rules.holds),
        ("有问题", rules.found),
        ("不适用（表里没有记录）", rules.not_applicable),
        ("没有运行", rules.not_run),
        ("无法核对（对照的表是空的）", rules.not_measurable),
    ];
    let states = states.map(|(name, count)| vec![name.to_owned(), count.to_string()]);
    let part = |name, headings: &[(&'static str, u16)], rows| Part { name, headings: headings.to_vec(), rows };
    vec![
        part("维度", &[("维度", 18), ("权重", 8), ("得分", 10), ("评价数", 14), ("不符合", 12)], dimensions.collect()),
        part(
            "指标",
            &[
                ("指标", 24),
                ("公式或未测的原因", 54),
                ("权重", 8),
                ("得分", 10),
                ("评价数", 12),
                ("不符合", 10),
                ("已说明", 10),
            ],
            indicators.collect(),
        ),
        part(
            "扣分最多的",
            &[("数据表", 28), ("部门", 16), ("指标", 28), ("不符合", 10), ("扣分", 10)],
            losses.collect(),
        ),
        part(
            "数据表",
            &[("数据表", 30), ("部门", 16), ("记录", 10), ("应有", 10), ("得分", 10), ("不符合", 12)],
            tables.collect(),
        ),
        part("部门", &[("部门", 24), ("数据表", 10), ("记录", 12), ("得分", 10)], departments.collect()),
        part("规则", &[("规则的状态", 34), ("规则数", 10)], states.to_vec()),
    ]
}

fn page(head: &Head, quality: &Quality) -> String {
    let mut out = begin_page(&format!("{} 数据质量报告", head.college), STYLE);
    element(&mut out, "h1", "", "数据质量报告");
    let [college, made, digest] = head.lines(quality);
    element(&mut out, "p", "", &college);
    element(&mut out, "p", "", &made);
    element(&mut out, "p", "hash", &digest);
    element(&mut out, "p", "score", &points(quality.score));
    element(&mut out, "p", "", NOTE);
    for Part { name, headings, rows } in parts(quality) {
        element(&mut out, "h2", "", name);
        table(&mut out, headings.iter().map(|(heading, _)| *heading), &rows);
    }
    end_page(&mut out);
    out
}

fn sheets(head: &Head, quality: &Quality) -> Vec<GridSheet> {
    let about = |name: &str| {
        let title = format!("数据质量报告：{name}，总分 {}", points(quality.score));
        [vec![title], head.lines(quality).to_vec(), vec![NOTE.to_owned()]].concat()
    };
    let sheet = |part: Part| GridSheet {
        name: part.name.to_owned(),
        about: about(part.name),
        headings: part.headings.into_iter().map(|(heading, width)| (heading.to_owned(), width)).collect(),
        rows: part.rows,
    };
    parts(quality).into_iter().map(sheet).collect()
}
