//! One window for each user: a second start hands what it was started for to the first and ends.
//!
//! The first start locks a file in the folder of the window; the lock ends with the program, also after a crash. It
//! listens on a socket beside that file, on Windows on a named pipe, which only this user can write to. A message is
//! one line of JSON, and the answer is one line. A first start that is just ending does not answer; then the second
//! becomes the first.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

/// How long a start tries to become the first or to be heard by it.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long `--close` waits for the other program to end: its window may ask the clerk.
const CLOSING: Duration = Duration::from_secs(60);

/// Time between two tries.
const PAUSE: Duration = Duration::from_millis(50);

/// The longest message that is read, in bytes; a path on Windows has at most 32,767 characters.
const LONGEST: u64 = 256 * 1024;

const ANSWER: &str = "heard\n";

/// What a start tells the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Message {
    /// Show the window, and open this book if there is one.
    Show(Option<PathBuf>),
    /// Close the window.
    Close,
}

/// What this start is.
#[derive(Debug)]
pub enum Claim {
    /// The first: the window belongs to it while this is kept.
    First(First),
    /// Another program has the window and has heard the message.
    Heard,
}

/// The right to the window.
#[derive(Debug)]
pub struct First {
    /// Absent where the folder cannot be written to; then every start has a window of its own.
    _lock: Option<File>,
    folder: PathBuf,
}

/// Becomes the first with the window whose data are in `folder`, or hands the message to the one that is.
pub async fn claim(folder: &Path, message: &Message) -> io::Result<Claim> {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(lock) = lock(folder) {
            return Ok(Claim::First(First { _lock: lock, folder: folder.to_owned() }));
        }
        match tokio::time::timeout(PATIENCE, send(folder, message)).await {
            Ok(Ok(())) => return Ok(Claim::Heard),
            _ if Instant::now() > until => return Err(io::ErrorKind::TimedOut.into()),
            _ => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// Asks the program that has the window to close it, and waits until it has ended. True: none runs any more.
pub async fn close(folder: &Path) -> bool {
    let until = Instant::now() + CLOSING;
    if let Ok(Claim::First(_)) = claim(folder, &Message::Close).await {
        return true;
    }
    while Instant::now() < until {
        if lock(folder).is_some() {
            return true;
        }
        tokio::time::sleep(PAUSE).await;
    }
    false
}

/// The lock, `Some(None)` where no lock can be made, and `None` where another program has it.
fn lock(folder: &Path) -> Option<Option<File>> {
    let open = || {
        std::fs::create_dir_all(folder)?;
        File::options().write(true).create(true).truncate(false).open(folder.join("instance.lock"))
    };
    let Ok(file) = open() else { return Some(None) };
    match file.try_lock() {
        Ok(()) => Some(Some(file)),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(_)) => Some(None),
    }
}

impl First {
    /// Listens for later starts until the program ends, and passes each message on.
    pub async fn listen(&self, hear: impl Fn(Message)) -> io::Result<()> {
        let mut door = door::Door::open(&self.folder)?;
        loop {
            let visitor = door.next().await?;
            let answered = tokio::time::timeout(PATIENCE, receive(visitor)).await;
            if let Ok(Ok(message)) = answered {
                hear(message);
            }
        }
    }
}

async fn send(folder: &Path, message: &Message) -> io::Result<()> {
    let mut line = serde_json::to_string(message)?;
    line.push('\n');
    let mut stream = BufReader::new(door::knock(folder).await?);
    stream.get_mut().write_all(line.as_bytes()).await?;
    let mut answer = String::new();
    stream.take(LONGEST).read_line(&mut answer).await?;
    if answer == ANSWER { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

async fn receive(stream: door::Stream) -> io::Result<Message> {
    let mut stream = BufReader::new(stream.take(LONGEST));
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let message = serde_json::from_str(&line)?;
    let stream = stream.get_mut().get_mut();
    stream.write_all(ANSWER.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(message)
}

#[cfg(unix)]
mod door {
    //! A socket in the folder of the window.

    use std::io;
    use std::path::{Path, PathBuf};

    use tokio::net::{UnixListener, UnixStream};

    pub type Stream = UnixStream;

    pub struct Door(UnixListener);

    impl Door {
        pub fn open(folder: &Path) -> io::Result<Door> {
            let socket = socket(folder);
            // The socket of a program that ended stays; this one has the lock, so nobody listens on it.
            let _ = std::fs::remove_file(&socket);
            UnixListener::bind(socket).map(Door)
        }

        pub async fn next(&mut self) -> io::Result<Stream> {
            self.0.accept().await.map(|(stream, _)| stream)
        }
    }

    pub async fn knock(folder: &Path) -> io::Result<Stream> {
        UnixStream::connect(socket(folder)).await
    }

    fn socket(folder: &Path) -> PathBuf {
        folder.join("instance.socket")
    }
}

#[cfg(windows)]
mod door {
    //! A named pipe whose name is made of the folder of the window. Pipes of other PCs are refused.

    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::io;
    use std::path::Path;

    use tokio::net::windows::named_pipe::{ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions};

    pub type Stream = NamedPipeServer;

    pub struct Door {
        name: String,
        waiting: NamedPipeServer,
    }

    impl Door {
        pub fn open(folder: &Path) -> io::Result<Door> {
            let name = name(folder);
            let waiting = ServerOptions::new().first_pipe_instance(true).reject_remote_clients(true).create(&name)?;
            Ok(Door { name, waiting })
        }

        pub async fn next(&mut self) -> io::Result<Stream> {
            self.waiting.connect().await?;
            let next = ServerOptions::new().reject_remote_clients(true).create(&self.name)?;
            Ok(std::mem::replace(&mut self.waiting, next))
        }
    }

    pub async fn knock(folder: &Path) -> io::Result<NamedPipeClient> {
        ClientOptions::new().open(name(folder))
    }

    fn name(folder: &Path) -> String {
        let mut hasher = DefaultHasher::new();
        // Windows does not tell letters apart by their case in paths.
        folder.to_string_lossy().to_lowercase().hash(&mut hasher);
        format!(r"\\.\pipe\tianbao-{:016x}", hasher.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_second_start_is_heard_by_the_first_and_becomes_the_first_when_that_ends() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = Message::Show(Some("学院 一.tianbao".into()));
        let Ok(Claim::First(first)) = claim(folder.path(), &wanted).await else { panic!("nobody else is there") };
        let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let listening = tokio::spawn(async move { first.listen(move |message| sender.send(message).unwrap()).await });
        for _ in 0..3 {
            assert!(matches!(claim(folder.path(), &wanted).await, Ok(Claim::Heard)));
            assert_eq!(heard.recv().await, Some(wanted.clone()));
        }
        listening.abort();
        let _ = listening.await;
        assert!(matches!(claim(folder.path(), &Message::Show(None)).await, Ok(Claim::First(_))));
    }

    #[tokio::test]
    async fn closing_waits_until_the_first_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        assert!(close(folder.path()).await, "nobody has the window");
        let Ok(Claim::First(first)) = claim(folder.path(), &Message::Show(None)).await else {
            panic!("nobody is there")
        };
        let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let listening = tokio::spawn(async move { first.listen(move |message| sender.send(message).unwrap()).await });
        let ending = tokio::spawn(async move {
            assert_eq!(heard.recv().await, Some(Message::Close));
            listening.abort();
        });
        assert!(close(folder.path()).await);
        ending.await.unwrap();
    }

    #[tokio::test]
    async fn a_message_that_nobody_understands_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let Ok(Claim::First(first)) = claim(folder.path(), &Message::Close).await else { panic!("nobody is there") };
        let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let _listening = tokio::spawn(async move { first.listen(move |message| sender.send(message).unwrap()).await });
        let mut stream = loop {
            match door::knock(folder.path()).await {
                Ok(stream) => break stream,
                Err(_) => tokio::task::yield_now().await,
            }
        };
        stream.write_all(b"\xff{}\n").await.unwrap();
        drop(stream);
        assert!(matches!(claim(folder.path(), &Message::Close).await, Ok(Claim::Heard)));
        assert_eq!(heard.recv().await, Some(Message::Close));
    }
}
