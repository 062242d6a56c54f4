//! 上报连接: kept in the encrypted book, secrets included, each as the keys of its connection file.

use protocol::Connection;
use protocol::connection::shown_address;
use serde_json::{Map, Value};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::connections::{ConnectionFiles, unknown};
use crate::session::open_book::REHEARSAL;
use crate::session::small_file::read_text;
use crate::settings::api::{
    ConnectionFile, ConnectionRef, ConnectionTest, ConnectionView, Connections, SaveConnection,
};

/// The most bytes of a connection file.
const MOST_BYTES: u64 = 1024 * 1024;

/// Keys of a connection file that never leave the book.
const SECRETS: [&str; 3] = ["password", "app_key", "app_secret"];

/// `connection.list`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<Connections, CallError> {
    let open = desk.opened()?;
    let views = open.kept_connections()?.into_iter().map(|(name, file)| view(name, file, &open));
    Ok(Connections { connections: views.collect::<Result<_, _>>()? })
}

/// A connection without its secrets: all settings, and whether there are secrets.
fn view(name: String, file: Map<String, Value>, open: &OpenBook) -> Result<ConnectionView, CallError> {
    let connection = Connection::read(file, &open.edition.id)?;
    Ok(ConnectionView {
        name,
        address: connection.shown_address(),
        has_password: !connection.password.expose().is_empty(),
        has_app_key: !connection.app_key.expose().is_empty(),
        has_app_secret: !connection.app_secret.expose().is_empty(),
        client_id: connection.client_id,
        username: connection.username,
        options: connection.options,
    })
}

/// `connection.save`: absent secrets stay as they are.
pub(crate) fn save(desk: &Desk, request: SaveConnection) -> Result<Connections, CallError> {
    let open = desk.opened()?;
    let name = request.connection.name.trim().to_owned();
    let mut kept = open.kept_connections()?;
    let mut file = match serde_json::to_value(&request.connection) {
        Ok(Value::Object(file)) => file,
        _ => Map::new(),
    };
    for key in ["name", "has_password", "has_app_key", "has_app_secret"] {
        file.remove(key);
    }
    // The address is shown without the name and password in it; if the page sends the shown address back, the stored
    // one is kept.
    let old_address = kept.get(&name).and_then(|old| old.get("address")).and_then(Value::as_str);
    if let Some(old) = old_address.filter(|old| shown_address(old) == request.connection.address) {
        file.insert("address".to_owned(), old.into());
    }
    for (key, new) in SECRETS.into_iter().zip([request.password, request.app_key, request.app_secret]) {
        let old = kept.get(&name).and_then(|old| old.get(key)).cloned();
        if let Some(secret) = new.map(Value::String).or(old) {
            file.insert(key.to_owned(), secret);
        }
    }
    add(&open, &mut kept, name, file)?;
    desk.tell(Changed::Book);
    list(desk, Nothing {})
}

/// `connection.read`: a connection file, read once.
pub(crate) fn read(desk: &Desk, request: ConnectionFile) -> Result<Connections, CallError> {
    let open = desk.opened()?;
    let path = std::path::Path::new(&request.file);
    let text = read_text(path, MOST_BYTES)?;
    // The message of a TOML error repeats the line, which may hold the password, so only its number is reported.
    let file: Map<String, Value> = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        CallError::new("connection.not-toml").with("file", &request.file).with("line", line)
    })?;
    let mut kept = open.kept_connections()?;
    add(&open, &mut kept, request.name.trim().to_owned(), file)?;
    desk.tell(Changed::Book);
    list(desk, Nothing {})
}

fn add(open: &OpenBook, kept: &mut ConnectionFiles, name: String, file: Map<String, Value>) -> Result<(), CallError> {
    if name.is_empty() || name == REHEARSAL {
        return Err(CallError::new("connection.bad-name").with("name", name));
    }
    Connection::read(file.clone(), &open.edition.id)?;
    let first = kept.is_empty();
    kept.insert(name.clone(), file);
    open.keep_connections(kept)?;
    let mut settings = open.settings();
    if first && settings.connection.is_empty() {
        // The first connection becomes the one for submissions and for the numbers of the home page.
        settings.connection = name;
        open.keep_settings(settings)?;
    }
    Ok(())
}

/// `connection.remove`.
pub(crate) fn remove(desk: &Desk, request: ConnectionRef) -> Result<Connections, CallError> {
    let open = desk.opened()?;
    let mut kept = open.kept_connections()?;
    kept.remove(&request.name).ok_or_else(|| unknown(&request.name))?;
    open.keep_connections(&kept)?;
    let mut settings = open.settings();
    if settings.connection == request.name {
        settings.connection.clear();
        open.keep_settings(settings)?;
    }
    desk.tell(Changed::Book);
    list(desk, Nothing {})
}

/// `connection.test`: logs in. A failed login is part of the response, not an error of the call.
pub(crate) fn test(desk: &Desk, request: ConnectionRef) -> Result<ConnectionTest, CallError> {
    let open = desk.opened()?;
    let login = desk.log_in(&open, &request.name)?;
    desk.tell(Changed::Batches);
    Ok(match login {
        Ok(login) => ConnectionTest {
            ok: true,
            clock_offset_s: login.clock_offset.map(|offset| offset.as_secs()),
            expires_in_s: login.expires_in,
            error: None,
        },
        Err(error) => ConnectionTest { ok: false, clock_offset_s: None, expires_in_s: None, error: Some(error.into()) },
    })
}
