//! What the checks need of a field, looked up once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use regex::Regex;
use standard::{Code, CodeList, Condition, Edition, Field, Kind, Sensitivity, Table, Words};

use crate::join;
use crate::reading::code::{CodeReading, Names};
use crate::reading::fold::bare_name;
use crate::reading::{Reading, fold};

/// The largest number of texts that are remembered for one field. Wrong values repeat, and finding similar names is the
/// slowest step of a check.
const REMEMBERED: usize = 4_096;

/// A field with its code list, its compiled expression and its conditions.
pub(crate) struct PreparedField {
    /// The field as the edition has it.
    pub field: Field,
    /// Its place in the values of a record, from 0.
    pub position: usize,
    /// Its code list, where it is coded.
    pub list: Option<Arc<CodeList>>,
    /// Codes that were valid once; only the list of regions has them.
    pub historical: Option<Arc<CodeList>>,
    /// Its printed expression.
    pub pattern: Option<Regex>,
    /// The condition under which it is required.
    pub required_when: Option<PreparedCondition>,
    /// The condition under which its value is prescribed, and that value.
    pub conditional_value: Option<(PreparedCondition, String)>,
    /// The regions of today and of the past, where the edition has them.
    pub regions: Vec<Arc<CodeList>>,
    /// The national list that the code list is taken from, where it is another one.
    source: Option<Arc<CodeList>>,
    /// Names of the national list, and the codes of the field's list above them.
    above: OnceLock<HashMap<String, String>>,
    names: OnceLock<Names>,
    remembered: Mutex<HashMap<String, Arc<CodeReading>>>,
}

impl PreparedField {
    /// Looks everything up. Conditions name other columns, so they need the table; without one they are left out.
    pub fn new(edition: &Edition, table: Option<&Table>, field: &Field, position: usize) -> Self {
        let list = |id: &str| edition.code_list(id).cloned();
        let condition = |condition: &Condition| PreparedCondition::new(edition, table?, condition);
        let coded = field.code_list.as_deref().and_then(list);
        let source = coded.as_ref().and_then(|coded| coded.source.as_ref()?.standard.as_deref()).and_then(|standard| {
            let id = standard.replace(['/', ' '], "").replace('.', "_");
            list(&id).filter(|source| Some(&source.id) != field.code_list.as_ref())
        });
        PreparedField {
            field: field.clone(),
            position,
            list: coded,
            regions: ["GBT2260", "GBT2260_historical"].into_iter().filter_map(list).collect(),
            source,
            above: OnceLock::new(),
            historical: field.code_list.as_deref().and_then(|id| list(&format!("{id}_historical"))),
            // An edition with an invalid expression does not load.
            pattern: field.pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok()),
            required_when: field.required_when.as_ref().and_then(condition),
            conditional_value: field
                .conditional_value
                .as_ref()
                .and_then(|(when, value)| Some((condition(when)?, value.clone()))),
            names: OnceLock::new(),
            remembered: Mutex::default(),
        }
    }

    /// Reads a text in the field's code list; `None` where the field has no list. Text that is not a code is
    /// remembered.
    pub fn read_code(&self, text: &str) -> Option<Arc<CodeReading>> {
        let list = self.list.as_ref()?;
        if let Some(code) = list.get(text) {
            let reading = Reading::Certain(code.code.clone());
            return Some(Arc::new(CodeReading { reading, near: Vec::new() }));
        }
        if let Some(known) = self.remembered().get(text) {
            return Some(known.clone());
        }
        let reading = Arc::new(self.names(list).read(text));
        let mut remembered = self.remembered();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(text.to_owned(), reading.clone());
        Some(reading)
    }

    /// Reads a text that holds several codes of the field's list; `None` where the field has no list.
    pub fn read_codes(&self, text: &str) -> Option<Reading> {
        self.list.as_ref().map(|list| self.names(list).read_several(self.separator(), text))
    }

    /// The code of the field's list that stands above a name of the national list that it is taken from: the list of
    /// industries has the twenty sections, and people write the name of a division.
    pub fn above(&self, text: &str) -> Option<&Code> {
        let (list, source) = (self.list.as_ref()?, self.source.as_ref()?);
        let above = self.above.get_or_init(|| {
            let own = |code: &Code| source.path(code).into_iter().rev().find_map(|level| list.get(&level.code));
            let named = |code: &Code| Some((bare_name(&code.name), own(code)?.code.clone()));
            source.codes.iter().filter_map(named).collect()
        });
        list.get(above.get(&bare_name(text))?)
    }

    /// The printed separator of several values; a comma where none is printed.
    pub fn separator(&self) -> &str {
        self.field.separator.as_deref().unwrap_or(",")
    }

    /// The names of the field's list, made ready when they are first needed.
    fn names(&self, list: &Arc<CodeList>) -> &Names {
        self.names.get_or_init(|| Names::new(list.clone(), self.source.as_deref()))
    }

    /// The remembered texts. A panic of another thread leaves the map complete, so it can still be used.
    fn remembered(&self) -> MutexGuard<'_, HashMap<String, Arc<CodeReading>>> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether words about this field must not say what its value means, because the value is personal.
    pub fn is_discreet(&self) -> bool {
        self.field.sensitivity != Sensitivity::None
    }

    /// Whether the field holds several codes.
    pub fn holds_several(&self) -> bool {
        self.field.kind == Kind::Codes
    }
}

/// A condition on another column of the record.
pub(crate) struct PreparedCondition {
    /// The condition as the standard has it.
    pub condition: Condition,
    position: usize,
    title: String,
    /// Names of the codes that fulfil the condition; a code without a name stands for itself.
    names: Vec<String>,
}

impl PreparedCondition {
    /// Finds the other column. `None` if no column can tell whether the condition holds.
    fn new(edition: &Edition, table: &Table, condition: &Condition) -> Option<Self> {
        let column = condition.column.as_deref()?;
        let position = table.position(column)?;
        let other = &table.fields[position];
        let list = other.code_list.as_deref().and_then(|id| edition.code_list(id));
        let name = |code: &String| list.and_then(|l| l.get(code)).map_or_else(|| code.clone(), |c| c.name.clone());
        let names = condition.equals.iter().map(name).collect();
        Some(PreparedCondition { condition: condition.clone(), position, title: other.title.clone(), names })
    }

    /// Whether the condition holds for a record.
    pub fn holds(&self, values: &[String]) -> bool {
        values
            .get(self.position)
            .is_some_and(|value| self.condition.equals.iter().any(|code| code == fold::trim(value)))
    }

    /// The condition in words: `“进修学习地点码”为“国外”`.
    pub fn words(&self) -> Words {
        let names = self.names.iter().map(join::quoted);
        Words::phrase("condition.is").with("title", &self.title).with("names", join::or(names))
    }
}

/// Whether a field holds the name of a thing, a place or an organisation, by its title: not that of a person, and not
/// that of a region, which is right without the word for its level (江苏).
pub(crate) fn names_a_thing(field: &Field) -> bool {
    const ENDS: [&str; 9] = ["名称", "全称", "单位", "部门", "地点", "院系", "院系部", "班级", "场所"];
    let plain = field.kind == Kind::Text && field.values.is_empty() && field.separator.is_none();
    let region = field.title.contains('省') || field.title.contains('市') || field.title.contains("区县");
    plain && !field.is_system() && !region && ENDS.iter().any(|end| field.title.ends_with(end))
}
