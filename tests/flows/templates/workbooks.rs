//! The 47 workbooks as secondary schools use them, with records: a note in the first row, headings with stars in the
//! second, records from the third on, and a hidden sheet with the choices of the drop-downs.

use std::path::Path;

use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook};
use standard::templates::{Template, TemplateColumn};
use standard::{Edition, Field, Kind};

const NOTE: &str = "备注：*为必填项，带下拉框的列请从下拉框中选择，日期按照示例填写。";

/// A cell as a clerk fills it in and as the book must store it; the two differ where the clerk chooses the name of a
/// code.
pub struct Cell {
    pub column: String,
    pub typed: String,
    pub stored: String,
}

/// `count` records for one workbook, each with a cell for every column of the template.
pub fn rows(edition: &Edition, template: &Template, count: usize) -> Vec<Vec<Cell>> {
    let table = edition.table(&template.table).unwrap();
    let cell = |column: &TemplateColumn, row: usize| {
        let field = table.field(&column.column).unwrap();
        let (typed, stored) = value(edition, column, field, row);
        Cell { column: column.column.clone(), typed, stored }
    };
    (0..count).map(|row| template.columns.iter().map(|column| cell(column, row)).collect()).collect()
}

/// Writes the workbook; `sheet` is the name of the sheet with the records.
pub fn write(edition: &Edition, template: &Template, sheet: &str, rows: &[Vec<Cell>], path: &Path) {
    let table = edition.table(&template.table).unwrap();
    let mut book = Workbook::new();
    let data = book.add_worksheet().set_name(sheet).unwrap();
    let last = u16::try_from(template.columns.len() - 1).unwrap();
    data.merge_range(0, 0, 0, last, NOTE, &Format::new().set_text_wrap()).unwrap();
    let mut offered = Vec::new();
    for (at, column) in (0..).zip(&template.columns) {
        data.write(1, at, &column.heading).unwrap();
        let list = table.field(&column.column).and_then(|field| edition.code_lists.get(field.code_list.as_deref()?));
        if let Some(list) = list {
            let choices: Vec<String> = column.choices(list).into_iter().map(str::to_owned).collect();
            let letter = rust_xlsxwriter::utility::column_number_to_name(at);
            let formula = Formula::new(format!("=DataSheet!${letter}$2:${letter}${}", choices.len() + 1));
            data.add_data_validation(2, at, 1000, at, &DataValidation::new().allow_list_formula(formula)).unwrap();
            offered.push((at, choices));
        }
        for (line, row) in (2..).zip(rows) {
            data.write(line, at, &row[usize::from(at)].typed).unwrap();
        }
    }
    // The hidden sheet has headings and values, too, so that the import must not take it for data.
    let hidden = book.add_worksheet().set_name("DataSheet").unwrap();
    hidden.set_hidden(true);
    for (at, choices) in offered {
        hidden.write(0, at, &template.columns[usize::from(at)].heading).unwrap();
        hidden.write_column(1, at, choices).unwrap();
    }
    book.save(path).unwrap();
}

/// The text that a clerk types into a cell, and the value that is stored.
fn value(edition: &Edition, column: &TemplateColumn, field: &Field, row: usize) -> (String, String) {
    let same = |text: String| (text.clone(), text);
    let national = |id: &str| edition.national.contains_key(id);
    match (field.kind, field.code_list.as_deref()) {
        (_, Some(id)) if national(id) => same(["320000", "320200"][row % 2].to_owned()),
        (Kind::Codes, Some(_)) => {
            let [first, last] = choice(edition, column, field);
            let joined = |a: &str, b: &str| [a, b].join(field.separator.as_deref().unwrap());
            (joined(&first.0, &last.0), joined(&first.1, &last.1))
        }
        (_, Some(_)) => choice(edition, column, field)[row % 2].clone(),
        (Kind::Integer | Kind::Decimal, None) => same(["12", "7"][row % 2].to_owned()),
        (Kind::Date, None) => same(format!("2026090{}", row + 1)),
        (Kind::DateTime, None) => same(format!("2026090{} 141503", row + 1)),
        (Kind::Time, None) => same(["081500", "141503"][row % 2].to_owned()),
        (Kind::Year, None) => same("2026".to_owned()),
        (Kind::YearMonth, None) => same("202609".to_owned()),
        (Kind::YearRange, None) => same(field.format.as_deref().unwrap().replace("YYYY-YYYY", "2026-2027")),
        (Kind::Json, None) => same(r#"{"师德":{"总评":"优"}}"#.to_owned()),
        (Kind::Url, None) => same(format!("https://news.example/{}", row + 1)),
        (_, None) => same(match (field.values.as_slice(), field.pattern.as_deref()) {
            ([first, ..], _) => first.clone(),
            ([], Some("^[0-9]{10}$")) => "4111099999".to_owned(),
            ([], Some("^[0-9A-HJ-NPQRTUWXY]{18}$")) => format!("52410000MJG00000{}", row + 17),
            ([], Some(_)) => format!("A{}", row + 1),
            ([], None) => format!("示{}", row + 1),
        }),
    }
}

/// The first and the last choice of a drop-down, each with its name and its code, or twice the name when no code has
/// it.
fn choice(edition: &Edition, column: &TemplateColumn, field: &Field) -> [(String, String); 2] {
    let list = edition.code_list(field.code_list.as_deref().unwrap()).unwrap();
    let choices = column.choices(list);
    let coded = |name: &str| {
        let other = column.names.iter().find(|other| other.name == name).map(|other| other.code.as_deref());
        let code = match other {
            Some(code) => code.unwrap_or(name),
            None => list.codes.iter().find(|code| code.name == name).unwrap().code.as_str(),
        };
        (name.to_owned(), code.to_owned())
    };
    [coded(choices[0]), coded(choices[choices.len() - 1])]
}
