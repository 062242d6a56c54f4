//! The twenty indicators of GB/T 36344-2018, with what this program can measure of each.

/// What one indicator counts. All of them are a share of elements that meet a demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Filled cells that none of these checks finds fault with.
    Cells(&'static [&'static str]),
    /// Filled cells with a code list whose code is in it.
    Codes,
    /// Records that have their record key.
    Keyed,
    /// Columns in use that the edition defines.
    Defined,
    /// Pairs of a record and a rule that holds for it, of rules that were run.
    Rules(Which),
    /// Required cells that are filled.
    Required,
    /// Records that are there, of those expected.
    Expected,
    /// Records that no other record repeats.
    NotRepeated,
    /// Different record keys among records with a key.
    Unique,
    /// Records without a mandatory finding.
    Clean,
    /// Filled cells that name a record which is there.
    References,
    /// Records whose event lies in their period.
    Events,
    /// Records that were accepted, of tables that are due or accepted as a whole.
    InTime,
    /// Nothing: words under `unmeasured.` in ui/src/text say why.
    Never(&'static str),
}

/// Which rules of the edition an indicator speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// All of them.
    All,
    /// Those that compare a name or value with the record that a number names.
    Agreeing,
    /// Those that compare two dates of one record.
    Orders,
}

/// One indicator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Indicator {
    /// Its number in the standard.
    pub no: &'static str,
    /// Its name in the standard.
    pub name: &'static str,
    pub measure: Measure,
    /// Why it is not measured where no element can be evaluated: words under `unmeasured.`.
    pub without: &'static str,
}

/// Checks of how a value is written.
const FORMAT: &[&str] = &["type", "length", "precision", "date", "format", "separator", "max-items"];

/// [`FORMAT`], and which values may be written.
const STANDARD: &[&str] =
    &["type", "length", "precision", "date", "format", "separator", "max-items", "code", "values", "conditional-value"];

/// The six dimensions: number and name.
pub(super) const DIMENSIONS: [(&str, &str); 6] =
    [("01", "规范性"), ("02", "完整性"), ("03", "准确性"), ("04", "一致性"), ("05", "时效性"), ("06", "可访问性")];

const fn indicator(no: &'static str, name: &'static str, measure: Measure, without: &'static str) -> Indicator {
    Indicator { no, name, measure, without }
}

/// All indicators, in the order of the standard.
pub(super) const INDICATORS: [Indicator; 20] = [
    indicator("0101", "数据标准", Measure::Cells(STANDARD), "no-records"),
    indicator("0102", "数据模型", Measure::Keyed, "no-records"),
    indicator("0103", "元数据", Measure::Defined, "no-records"),
    indicator("0104", "业务规则", Measure::Rules(Which::All), "no-rules"),
    indicator("0105", "权威参考数据", Measure::Codes, "no-codes"),
    indicator("0106", "安全规范", Measure::Never("safety"), "safety"),
    indicator("0201", "数据元素完整性", Measure::Required, "no-records"),
    indicator("0202", "数据记录完整性", Measure::Expected, "no-expectation"),
    indicator("0301", "数据内容正确性", Measure::Never("content"), "content"),
    indicator("0302", "数据格式合规性", Measure::Cells(FORMAT), "no-records"),
    indicator("0303", "数据重复率", Measure::NotRepeated, "no-records"),
    indicator("0304", "数据唯一性", Measure::Unique, "no-records"),
    indicator("0305", "脏数据出现率", Measure::Clean, "no-records"),
    indicator("0401", "相同数据一致性", Measure::Rules(Which::Agreeing), "no-rules"),
    indicator("0402", "关联数据一致性", Measure::References, "no-references"),
    indicator("0501", "基于时间段的正确性", Measure::Events, "no-events"),
    indicator("0502", "基于时间点的及时性", Measure::InTime, "not-due"),
    indicator("0503", "时序性", Measure::Rules(Which::Orders), "no-rules"),
    indicator("0601", "可访问", Measure::Never("access"), "access"),
    indicator("0602", "可用性", Measure::Never("access"), "access"),
];
