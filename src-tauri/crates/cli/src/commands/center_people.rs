//! `center department`, `person`, `account`, `duty` and `review`.

use center::{Administration, Duty, ReturnedCell, Role};
use desk::CallError;
use serde_json::{Value, json};

use crate::arguments::{Accounts, Departments, Duties, People, Reviews, RoleArgument, Switch};
use crate::outcome::Outcome;
use crate::printer::Printer;

/// Prints a list, one line for each entry with its parts side by side.
fn say(printer: &Printer, list: Vec<Value>) -> Outcome {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        Value::Array(all) => all.iter().map(|one| one.as_str().unwrap_or_default()).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    let line = |entry: &Value| match entry.as_object() {
        Some(parts) => parts.values().map(text).collect::<Vec<_>>().join("  "),
        None => text(entry),
    };
    printer.answer(&list, |list| list.iter().map(line).collect());
    Outcome::Done
}

pub fn department(command: &Departments, printer: &Printer) -> Result<Outcome, CallError> {
    let center = match command {
        Departments::List(of) => Administration::of(&of.data)?,
        Departments::Add { of, name } => {
            let center = Administration::of(&of.data)?;
            center.add_department(name)?;
            center
        }
        Departments::Remove { of, name } => {
            let center = Administration::of(&of.data)?;
            center.remove_department(name)?;
            center
        }
    };
    Ok(say(printer, center.departments()?.into_iter().map(Value::from).collect()))
}

pub fn person(command: &People, printer: &Printer) -> Result<Outcome, CallError> {
    let center = match command {
        People::List(of) => Administration::of(&of.data)?,
        People::Add { of, name, department, role } => {
            let center = Administration::of(&of.data)?;
            let password = std::env::var("TIANBAO_CENTER_PASSWORD").unwrap_or_default();
            let mut roles: Vec<Role> = role.iter().map(|role| role_of(*role)).collect();
            roles.sort();
            roles.dedup();
            center.set_person(name, department.clone(), roles, &password)?;
            center
        }
        People::Remove { of, name } => {
            let center = Administration::of(&of.data)?;
            center.remove_person(name)?;
            center
        }
    };
    let line =
        |person: center::Person| json!({ "name": person.name, "department": person.department, "roles": person.roles });
    Ok(say(printer, center.people()?.into_iter().map(line).collect()))
}

fn role_of(role: RoleArgument) -> Role {
    match role {
        RoleArgument::Fills => Role::Fills,
        RoleArgument::Reviews => Role::Reviews,
        RoleArgument::Sends => Role::Sends,
        RoleArgument::Administers => Role::Administers,
        RoleArgument::Reads => Role::Reads,
    }
}

pub fn account(command: &Accounts, printer: &Printer) -> Result<Outcome, CallError> {
    match command {
        Accounts::List(of) => {
            let all = Administration::of(&of.data)?.accounts()?.into_iter();
            let line = |(account, department): (center::Account, Option<String>)| json!({ "username": account.username, "client_id": account.client_id, "department": department });
            Ok(say(printer, all.map(line).collect()))
        }
        Accounts::Add { of, username, department } => {
            let made = Administration::of(&of.data)?.set_account(username, department)?;
            let line = json!({
                "username": made.username, "client_id": made.client_id, "department": department,
                "password": made.password.expose(), "app_key": made.app_key.expose(),
            });
            Ok(say(printer, vec![line]))
        }
    }
}

pub fn duty(command: &Duties, printer: &Printer) -> Result<Outcome, CallError> {
    let center = match command {
        Duties::List(of) => Administration::of(&of.data)?,
        Duties::Set { of, table, column, department, source, period, meaning, due } => {
            let center = Administration::of(&of.data)?;
            let is_day = due.len() == 8 && due.bytes().all(|byte| byte.is_ascii_digit());
            if !due.is_empty() && !is_day {
                return Err(CallError::new("usage.bad-value").with("argument", "--due").with("value", due.clone()));
            }
            let (table, column, department) = (table.clone(), column.clone(), department.clone());
            let (source, period, meaning, due) = (source.clone(), period.clone(), meaning.clone(), due.clone());
            center.set_duty(&Duty { table, column, department, source, period, meaning, due })?;
            center
        }
        Duties::Remove { of, table, column } => {
            let center = Administration::of(&of.data)?;
            center.remove_duty(table, column)?;
            center
        }
    };
    let list = center.duties()?.iter().map(serde_json::to_value).collect::<Result<_, _>>();
    Ok(say(printer, list.map_err(|_| CallError::failed("the duties are not JSON"))?))
}

pub fn review(command: &Reviews, printer: &Printer) -> Result<Outcome, CallError> {
    let center = match command {
        Reviews::List(of) => Administration::of(&of.data)?,
        Reviews::Table { of, table, switch } => {
            let center = Administration::of(&of.data)?;
            center.set_reviewed(table, *switch == Switch::On)?;
            center
        }
        Reviews::Settle { of, delivery, by, returned } => {
            let center = Administration::of(&of.data)?;
            let cells = returned.iter().map(|text| cell(text)).collect::<Result<Vec<_>, _>>()?;
            center.settle(*delivery, by, &cells)?;
            center
        }
    };
    let tables = center.reviewed_tables()?;
    let waiting: Vec<Value> = center
        .waiting()?
        .into_iter()
        .map(|one| json!({ "delivery": one.id, "account": one.account, "table": one.table, "rows": one.rows, "at": one.at.to_string() }))
        .collect();
    let answer = json!({ "tables": tables, "waiting": waiting });
    printer.answer(&answer, |_| {
        let line = |one: &Value| format!("{}  {}  {}  {}", one["delivery"], one["table"], one["rows"], one["account"]);
        tables.iter().cloned().chain(waiting.iter().map(line)).collect()
    });
    Ok(Outcome::Done)
}

/// `KEY:COLUMN=REASON`.
fn cell(text: &str) -> Result<ReturnedCell, CallError> {
    let parts = text.split_once('=').and_then(|(place, reason)| Some((place.split_once(':')?, reason)));
    match parts {
        Some(((key, column), reason)) if !key.is_empty() && !column.is_empty() && !reason.is_empty() => {
            Ok(ReturnedCell { key: key.to_owned(), column: column.to_owned(), reason: reason.to_owned() })
        }
        _ => Err(CallError::new("usage.bad-value").with("argument", "--return").with("value", text.to_owned())),
    }
}
