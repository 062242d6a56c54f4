//! HTTP/1.1 as far as the kit needs it: one request on one connection, with `Content-Length`. It is written out here so
//! that the kit shares no code with what it tests, and so that it can send what no library would.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The longest time to wait for the other side.
const PATIENCE: Duration = Duration::from_secs(30);

/// The largest body that is read.
const MOST_BYTES: usize = 64 << 20;

/// A request, as it is sent or as it arrived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// `POST` or `GET`.
    pub method: String,
    /// From the first slash on.
    pub path: String,
    /// Names in lower case where they arrived.
    pub headers: Vec<(String, String)>,
    /// The bytes behind the head.
    pub body: Vec<u8>,
}

impl Request {
    /// The first value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// Sets a header, or takes it away.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    }
}

/// A reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The bytes behind the head.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; null where it is something else.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

fn find<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Sends a request to `host:port` and reads the reply.
pub fn exchange(host: &str, request: &Request) -> Result<Answer> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut head = format!("{} {} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n", request.method, request.path);
    for (name, value) in &request.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Length: {}\r\n\r\n", request.body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(&request.body)?;
    let mut reader = BufReader::new(stream);
    let line = read_line(&mut reader)?;
    if line.is_empty() {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    let status = line.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let headers = read_headers(&mut reader)?;
    let mut body = Vec::new();
    if find(&headers, "transfer-encoding").is_some() {
        read_chunks(&mut reader, &mut body)?;
    } else if let Some(length) = find(&headers, "content-length").and_then(|length| length.parse::<usize>().ok()) {
        read_body(&mut reader, length, &mut body)?;
    } else {
        reader.take(MOST_BYTES as u64).read_to_end(&mut body)?;
    }
    Ok(Answer { status, headers, body })
}

/// Reads the next request of a connection; absent where it ended.
pub fn read_request(reader: &mut BufReader<TcpStream>) -> Result<Option<Request>> {
    reader.get_ref().set_read_timeout(Some(PATIENCE))?;
    let line = read_line(reader)?;
    let mut words = line.split_whitespace();
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let (method, path) = (method.to_owned(), path.to_owned());
    let headers = read_headers(reader)?;
    let mut body = Vec::new();
    if find(&headers, "transfer-encoding").is_some() {
        read_chunks(reader, &mut body)?;
    } else {
        let length = find(&headers, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        read_body(reader, length, &mut body)?;
    }
    Ok(Some(Request { method, path, headers, body }))
}

/// Writes a reply; the connection stays open.
pub fn write_answer(stream: &mut TcpStream, answer: &Answer) -> Result<()> {
    let mut head = format!("HTTP/1.1 {} X\r\nContent-Length: {}\r\n", answer.status, answer.body.len());
    for (name, value) in &answer.headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    stream.write_all(&answer.body)
}

fn read_line(reader: &mut impl BufRead) -> Result<String> {
    let mut line = Vec::new();
    reader.take(64 << 10).read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

fn read_headers(reader: &mut impl BufRead) -> Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = read_line(reader)?;
        if line.is_empty() {
            return Ok(headers);
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

fn read_body(reader: &mut impl Read, length: usize, body: &mut Vec<u8>) -> Result<()> {
    if length > MOST_BYTES - body.len() {
        return Err(ErrorKind::FileTooLarge.into());
    }
    let read = reader.take(length as u64).read_to_end(body)?;
    if read == length { Ok(()) } else { Err(Error::from(ErrorKind::UnexpectedEof)) }
}

fn read_chunks(reader: &mut impl BufRead, body: &mut Vec<u8>) -> Result<()> {
    loop {
        let line = read_line(reader)?;
        let size = line.split(';').next().unwrap_or_default();
        let length = usize::from_str_radix(size, 16).map_err(|_| Error::from(ErrorKind::InvalidData))?;
        read_body(reader, length, body)?;
        read_line(reader)?;
        if length == 0 {
            return Ok(());
        }
    }
}
