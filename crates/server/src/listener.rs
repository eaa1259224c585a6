//! Where connections come from: an address, a unix socket, or a socket that systemd has opened.

use std::io;
#[cfg(unix)]
use std::path::PathBuf;

use listenfd::ListenFd;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;

use crate::address::Peer;
use crate::error::Error;
use crate::settings::Listen;

pub(crate) enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    /// With the path that goes with it; none for a socket of systemd.
    Unix(UnixListener, PathBuf),
}

pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Listener {
    /// `setting` is where that is said; none if there is nowhere to listen. `number` counts the sockets of systemd.
    pub(crate) async fn bind(
        listen: &Listen,
        setting: &str,
        inherited: &mut ListenFd,
        number: usize,
    ) -> Result<Option<Listener>, Error> {
        let cannot = |error: io::Error| Error::io(setting, &format!("cannot listen at {listen}"), &error);
        match listen {
            Listen::Nowhere => Ok(None),
            Listen::Address(address) => TcpListener::bind(address).await.map(Listener::Tcp).map(Some).map_err(cannot),
            #[cfg(unix)]
            Listen::Unix(path) => {
                remove_left_over(path);
                let listener = UnixListener::bind(path).map_err(cannot)?;
                Ok(Some(Listener::Unix(listener, path.clone())))
            }
            Listen::Systemd => {
                let found = inherit(inherited, number).map_err(cannot)?;
                found.map(Some).ok_or_else(|| Error::setting(setting, "systemd has opened no such socket"))
            }
            #[cfg(not(unix))]
            Listen::Unix(_) => Err(Error::setting(setting, "this system has no unix sockets")),
        }
    }

    pub(crate) async fn accept(&self) -> io::Result<(Box<dyn Stream>, Peer)> {
        match self {
            Listener::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                // Answers are small: waiting for more to send only delays them.
                let _ = stream.set_nodelay(true);
                Ok((Box::new(stream), Peer(Some(peer.ip()))))
            }
            #[cfg(unix)]
            Listener::Unix(listener, _) => {
                let (stream, _) = listener.accept().await?;
                Ok((Box::new(stream), Peer(None)))
            }
        }
    }

    /// As a URL has it; `unix:` and the path.
    pub(crate) fn url(&self, scheme: &str) -> String {
        match self {
            Listener::Tcp(listener) => {
                listener.local_addr().map_or_else(|_| scheme.to_owned(), |address| format!("{scheme}://{address}"))
            }
            #[cfg(unix)]
            Listener::Unix(_, path) => format!("unix:{}", path.display()),
        }
    }

    pub(crate) fn is_public(&self) -> bool {
        match self {
            Listener::Tcp(listener) => {
                listener.local_addr().map_or(true, |address| !address.ip().to_canonical().is_loopback())
            }
            #[cfg(unix)]
            Listener::Unix(..) => false,
        }
    }
}

#[cfg(unix)]
impl Drop for Listener {
    fn drop(&mut self) {
        // Something else may have taken the place.
        if let Listener::Unix(_, path) = self
            && is_socket(path)
        {
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(unix)]
fn is_socket(path: &std::path::Path) -> bool {
    use std::os::unix::fs::FileTypeExt;

    std::fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket())
}

/// The socket of a server that was killed. One that still answers is left, and binding fails.
#[cfg(unix)]
fn remove_left_over(path: &std::path::Path) {
    // A file refuses connections, too.
    let is_dead = |error: io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
    if is_socket(path) && std::os::unix::net::UnixStream::connect(path).is_err_and(is_dead) {
        let _ = std::fs::remove_file(path);
    }
}

fn inherit(inherited: &mut ListenFd, number: usize) -> io::Result<Option<Listener>> {
    // Of the wrong kind it stays where it is.
    if let Ok(Some(listener)) = inherited.take_tcp_listener(number) {
        listener.set_nonblocking(true)?;
        return TcpListener::from_std(listener).map(Listener::Tcp).map(Some);
    }
    #[cfg(unix)]
    if let Ok(Some(listener)) = inherited.take_unix_listener(number) {
        listener.set_nonblocking(true)?;
        return UnixListener::from_std(listener).map(|listener| Listener::Unix(listener, PathBuf::new())).map(Some);
    }
    Ok(None)
}
