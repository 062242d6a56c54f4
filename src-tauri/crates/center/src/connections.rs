//! The connections of a receiver: how many there are, and for how long one may be idle or slow. Whoever reaches the port
//! can open connections, so one that is silent or does not bring a whole request in time is closed, their number is
//! limited, and a new one takes the place of the oldest that nobody has logged in on.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep};
use tokio_native_tls::TlsAcceptor;

/// How many there may be, and how slow one may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// A connection on which nothing moves for this time in the middle of a request or a reply is closed.
    pub silent: Duration,
    /// The time for the handshake of TLS and for the head of each request, waiting for the next one included. Longer than
    /// a client keeps an idle connection, which is 20 s for this program's own.
    pub head: Duration,
    /// The largest number of connections at a time.
    pub most: usize,
    /// The largest number of connections of one address at a time. Many PCs of a college may share an address.
    pub most_of_one: usize,
}

impl Default for ConnectionLimits {
    fn default() -> ConnectionLimits {
        ConnectionLimits {
            silent: Duration::from_secs(60),
            head: Duration::from_secs(30),
            most: 1024,
            most_of_one: 400,
        }
    }
}

/// The bytes of a request's head, and of what is read of its body at a time.
const BUFFER: usize = 64 << 10;

/// The pause after the system refused a connection, as when a process has too many files open.
const REFUSED: Duration = Duration::from_millis(20);

/// Where a request comes from.
#[derive(Clone)]
pub(crate) struct Peer {
    /// The address of the other end.
    pub ip: IpAddr,
    id: u64,
    open: Arc<Open>,
}

impl Peer {
    /// Says that somebody logged in on this connection: it does not give its place to another one any more.
    pub fn prove(&self) {
        if let Some(entry) = self.open.entries().get_mut(&self.id) {
            entry.proven = true;
        }
    }
}

/// The open connections in the order in which they came.
#[derive(Default)]
struct Open {
    entries: Mutex<BTreeMap<u64, Entry>>,
}

struct Entry {
    of: IpAddr,
    proven: bool,
    evicted: Arc<Notify>,
}

impl Open {
    fn entries(&self) -> MutexGuard<'_, BTreeMap<u64, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the oldest connection that nobody logged in on, of this address or of the one that has most of them;
    /// whether there was one.
    fn evict(entries: &mut BTreeMap<u64, Entry>, of: Option<IpAddr>) -> bool {
        let mut counts: HashMap<IpAddr, usize> = HashMap::new();
        for entry in entries.values().filter(|entry| !entry.proven) {
            *counts.entry(entry.of).or_default() += 1;
        }
        let Some(of) = of.or_else(|| counts.into_iter().max_by_key(|(_, count)| *count).map(|(of, _)| of)) else {
            return false;
        };
        let oldest = entries.iter().find(|(_, entry)| !entry.proven && entry.of == of).map(|(id, _)| *id);
        let Some(entry) = oldest.and_then(|id| entries.remove(&id)) else { return false };
        entry.evicted.notify_one();
        true
    }
}

/// One of the places that connections have. Dropping it makes room for another.
struct Place {
    peer: Peer,
    evicted: Arc<Notify>,
}

impl Place {
    fn take(open: &Arc<Open>, ip: IpAddr, limits: &ConnectionLimits) -> Option<Place> {
        let mut entries = open.entries();
        let of_one = entries.values().filter(|entry| entry.of == ip).count();
        if of_one >= limits.most_of_one && !Open::evict(&mut entries, Some(ip)) {
            return None;
        }
        if entries.len() >= limits.most && !Open::evict(&mut entries, None) {
            return None;
        }
        let id = entries.last_key_value().map_or(0, |(id, _)| id + 1);
        let evicted = Arc::new(Notify::new());
        entries.insert(id, Entry { of: ip, proven: false, evicted: evicted.clone() });
        Some(Place { peer: Peer { ip, id, open: open.clone() }, evicted })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.peer.open.entries().remove(&self.peer.id);
    }
}

/// Accepts connections and serves them until `ending` turns true; then waits for those that are being answered.
pub(crate) async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    limits: ConnectionLimits,
    mut ending: watch::Receiver<bool>,
) {
    let open = Arc::<Open>::default();
    let mut serving = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = ending.wait_for(|ending| *ending) => break,
        };
        while serving.try_join_next().is_some() {}
        match accepted {
            Ok((stream, address)) => {
                // Beyond the limits the connection is closed by dropping it.
                let Some(place) = Place::take(&open, address.ip(), &limits) else { continue };
                serving.spawn(one(stream, tls.clone(), router.clone(), place, limits, ending.clone()));
            }
            Err(_) => {
                Open::evict(&mut open.entries(), None);
                tokio::time::sleep(REFUSED).await;
            }
        }
    }
    drop(listener);
    while serving.join_next().await.is_some() {}
}

/// Serves one connection to its end.
async fn one(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    router: Router,
    place: Place,
    limits: ConnectionLimits,
    ending: watch::Receiver<bool>,
) {
    // Replies are short and answer a request: waiting to fill a packet would only delay them.
    drop(stream.set_nodelay(true));
    let router = router.layer(Extension(place.peer.clone()));
    let served = async {
        match tls {
            None => http(stream, router, &limits, ending).await,
            Some(tls) => {
                if let Ok(Ok(stream)) = tokio::time::timeout(limits.head, tls.accept(stream)).await {
                    http(stream, router, &limits, ending).await;
                }
            }
        }
    };
    tokio::select! { () = served => {}, () = place.evicted.notified() => {} }
}

async fn http(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    router: Router,
    limits: &ConnectionLimits,
    mut ending: watch::Receiver<bool>,
) {
    let stream = TokioIo::new(Watched::new(stream, limits.silent));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(BUFFER);
    let mut connection = pin!(builder.serve_connection(stream, TowerToHyperService::new(router)));
    // A failure of a connection ends only that connection.
    tokio::select! {
        served = connection.as_mut() => return drop(served),
        _ = ending.wait_for(|ending| *ending) => {}
    }
    connection.as_mut().graceful_shutdown();
    drop(connection.await);
}

/// A connection that fails when nothing moves on it for too long, in either direction.
struct Watched<S> {
    stream: S,
    timer: Pin<Box<Sleep>>,
    silent: Duration,
    waiting: bool,
}

impl<S> Watched<S> {
    fn new(stream: S, silent: Duration) -> Watched<S> {
        Watched { stream, timer: Box::pin(tokio::time::sleep(silent)), silent, waiting: false }
    }

    /// Passes a finished step on; fails a step that waits for longer than the limit.
    fn watch<T>(&mut self, step: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if step.is_ready() {
            self.waiting = false;
            return step;
        }
        if !self.waiting {
            self.waiting = true;
            let end = Instant::now() + self.silent;
            self.timer.as_mut().reset(end);
        }
        ready!(self.timer.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let step = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.watch(step, context)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let step = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(step, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let step = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(step, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt;

    #[test]
    fn a_new_one_takes_the_place_of_the_oldest_that_nobody_logged_in_on() {
        let limits = ConnectionLimits { most: 4, most_of_one: 3, ..ConnectionLimits::default() };
        let open = Arc::<Open>::default();
        let (one, other): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let take = |ip| Place::take(&open, ip, &limits);
        let (first, second, third) = (take(one).unwrap(), take(one).unwrap(), take(one).unwrap());
        first.peer.prove();
        let fourth = take(one).unwrap();
        let ids = || open.entries().keys().copied().collect::<Vec<_>>();
        assert_eq!(ids(), [first.peer.id, third.peer.id, fourth.peer.id], "the second gave its place");
        drop(second);
        for place in [&third, &fourth] {
            place.peer.prove();
        }
        assert!(take(one).is_none(), "all are in use");
        let fifth = take(other).unwrap();
        let sixth = take(other).unwrap();
        assert_eq!(ids(), [first.peer.id, third.peer.id, fourth.peer.id, sixth.peer.id], "four in all");
        drop((first, third, fourth, fifth, sixth));
        assert!(ids().is_empty());
    }

    #[tokio::test]
    async fn a_silent_connection_fails() {
        let (mut client, server) = tokio::io::duplex(8);
        let mut server = Watched::new(server, Duration::from_millis(50));
        tokio::io::AsyncWriteExt::write_all(&mut client, b"x").await.unwrap();
        let mut bytes = [0; 8];
        assert_eq!(server.read(&mut bytes).await.unwrap(), 1);
        assert_eq!(server.read(&mut bytes).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        // Nobody reads: once the line is full, writing fails, too.
        let written = tokio::io::AsyncWriteExt::write_all(&mut server, &[0; 64]).await;
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::TimedOut);
        drop(client);
    }
}
