//! The connections of a receiver: how many, and for how long one may be idle. Whoever reaches the port can open
//! connections, so an idle one is closed, and their number is limited.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep};

/// A connection that sends nothing for this time is closed, whether it is between two requests or in the middle of one.
pub(crate) const SILENT: Duration = Duration::from_secs(60);

/// The largest number of connections at a time.
const MOST: usize = 1024;

/// The largest number of connections of one address at a time. Many PCs of a college share an address.
const MOST_OF_ONE: usize = 400;

/// The address that a request comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub IpAddr);

impl Connected<IncomingStream<'_, Connections>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Connections>) -> Self {
        Peer(stream.remote_addr().ip())
    }
}

/// Accepts connections within the limits.
pub(crate) struct Connections {
    listener: TcpListener,
    silent: Duration,
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Connections {
    /// Connections of this listener that may be idle for the time `silent`.
    pub fn new(listener: TcpListener, silent: Duration) -> Connections {
        Connections { listener, silent, open: Arc::default() }
    }
}

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            let (stream, address) = Listener::accept(&mut self.listener).await;
            // Beyond the limits the connection is closed by dropping it.
            if let Some(place) = Place::take(&self.open, address.ip()) {
                let silent = Box::pin(tokio::time::sleep(self.silent));
                return (Connection { stream, silent, limit: self.silent, waiting: false, _place: place }, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// One of the connections that an address may have. Dropping it makes room for another.
struct Place {
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
    of: IpAddr,
}

impl Place {
    fn take(open: &Arc<Mutex<HashMap<IpAddr, usize>>>, of: IpAddr) -> Option<Place> {
        let mut counts = open.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.values().sum::<usize>() >= MOST || counts.get(&of).is_some_and(|count| *count >= MOST_OF_ONE) {
            return None;
        }
        *counts.entry(of).or_default() += 1;
        Some(Place { open: open.clone(), of })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let left = counts.get(&self.of).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            counts.remove(&self.of);
        } else {
            counts.insert(self.of, left);
        }
    }
}

/// A connection that fails when it is idle for too long.
pub(crate) struct Connection {
    stream: TcpStream,
    silent: Pin<Box<Sleep>>,
    limit: Duration,
    waiting: bool,
    _place: Place,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Poll::Ready(result) = Pin::new(&mut self.stream).poll_read(context, buffer) {
            self.waiting = false;
            return Poll::Ready(result);
        }
        if !self.waiting {
            self.waiting = true;
            let end = Instant::now() + self.limit;
            self.silent.as_mut().reset(end);
        }
        ready!(self.silent.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[test]
    fn one_address_has_only_so_many_places() {
        let open = Arc::default();
        let (one, other): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let mut taken: Vec<Option<Place>> = (0..MOST_OF_ONE).map(|_| Place::take(&open, one)).collect();
        assert!(taken.iter().all(Option::is_some) && Place::take(&open, one).is_none());
        assert!(Place::take(&open, other).is_some());
        taken.pop();
        assert!(Place::take(&open, one).is_some(), "a place that was given back is free");
        drop(taken);
        assert!(open.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_silent_connection_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut connections = Connections::new(listener, Duration::from_millis(50));
        let mut client = TcpStream::connect(address).await.unwrap();
        let (mut connection, _) = connections.accept().await;
        client.write_all(b"x").await.unwrap();
        let mut bytes = [0; 8];
        assert_eq!(connection.read(&mut bytes).await.unwrap(), 1);
        assert_eq!(connection.read(&mut bytes).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
