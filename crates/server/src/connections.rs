//! Connections: their number is limited, TLS is optional, heads have a timeout, and a shutdown lets requests finish.

use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use agora_token::ErrorCode;
use axum::Router;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower_http::catch_panic::CatchPanic;
use tracing::{debug, error, info, warn};

use crate::address::Peer;
use crate::audit::Record;
use crate::error_format::ErrorFormat;
use crate::problem::{Code, Problem};
use crate::random::random_hex;
use crate::shared::Shared;

/// The largest head: a JWT of 8 kB and the headers of a browser fit in.
const LARGEST_HEAD: usize = 16 * 1024;

/// How long idle connections stay when the server stops, for requests that their clients have sent already.
const LAST_REQUESTS: Duration = Duration::from_millis(500);

/// Serves until `stop` ends, then lets the requests that began finish for a while.
pub(crate) async fn serve(listener: TcpListener, router: Router, shared: Shared, stop: impl Future<Output = ()>) {
    let settings = shared.configuration.load().settings.clone();
    let places = Arc::new(Semaphore::new(settings.max_connections as usize));
    let graceful = GracefulShutdown::new();
    let begin = |(stream, peer): (TcpStream, SocketAddr), place: OwnedSemaphorePermit| {
        let (router, shared, watcher) = (router.clone(), shared.clone(), graceful.watcher());
        tokio::spawn(async move {
            shared.metrics.connections.inc();
            connection(stream, peer, router, &shared, watcher).await;
            shared.metrics.connections.dec();
            drop(place);
        });
    };
    let mut stop = pin!(stop);
    loop {
        // At the limit nothing is accepted: further clients wait in the listen queue.
        let next = async {
            // It fails only when the semaphore is closed, which never happens.
            let place = places.clone().acquire_owned().await.ok()?;
            Some((listener.accept().await, place))
        };
        let accepted = tokio::select! {
            next = next => next,
            () = &mut stop => None,
        };
        match accepted {
            Some((Ok(accepted), place)) => begin(accepted, place),
            Some((Err(error), _)) => {
                // Out of file descriptors, most likely: they come back when connections end.
                warn!(%error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            None => break,
        }
    }
    // Closing the listener resets the connections in its queue, whose clients may have sent a request already.
    for _ in 0..places.available_permits() {
        let waiting = tokio::time::timeout(Duration::ZERO, listener.accept()).await;
        let (Ok(Ok(accepted)), Ok(place)) = (waiting, places.clone().try_acquire_owned()) else {
            break;
        };
        begin(accepted, place);
    }
    drop(listener);
    // Answers carry `Connection: close` by now. hyper would close a connection at once of which it has read nothing yet.
    tokio::time::sleep(LAST_REQUESTS).await;
    let deadline = settings.shutdown_timeout.duration();
    match tokio::time::timeout(deadline, graceful.shutdown()).await {
        Ok(()) => info!("stopped: every request that began is answered"),
        Err(_) => error!("stopped: some requests did not end in time"),
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, shared: &Shared, watcher: Watcher) {
    // Answers are small: waiting for more to send only delays them.
    let _ = stream.set_nodelay(true);
    let configuration = shared.configuration.load_full();
    let patience = configuration.settings.header_timeout.duration();
    // A client that asks and never reads would keep its place for ever.
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(configuration.settings.request_timeout.duration()));
    let stream = Box::pin(stream);
    match &configuration.tls {
        None => http(stream, peer, router, shared, watcher, patience).await,
        Some(tls) => match tokio::time::timeout(patience, tls.accept(stream)).await {
            Ok(Ok(stream)) => http(stream, peer, router, shared, watcher, patience).await,
            Ok(Err(error)) => debug!(peer = %peer.ip(), %error, "no TLS"),
            Err(_) => refuse(shared, peer, &Code::HeaderTimeout.into()),
        },
    }
}

async fn http<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(
    stream: S,
    peer: SocketAddr,
    router: Router,
    shared: &Shared,
    watcher: Watcher,
    patience: Duration,
) {
    let between_requests = Arc::new(AtomicBool::new(true));
    let io = TokioIo::new(Listening { stream, silent: between_requests.clone() });
    // A panic of a handler answers its own request with 500 and ends no other.
    let shared_with_panics = shared.clone();
    let router = CatchPanic::custom(router, move |_| {
        let problem = Problem::of_library(&ErrorCode::Internal.into_error(), None);
        refuse(&shared_with_panics, peer, &problem);
        ErrorFormat::ProblemDetails.refuse(&problem)
    });
    let service = service_fn(|mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(Peer(peer.ip()));
        let request: Request = request.map(axum::body::Body::new);
        let (router, between_requests) = (router.clone(), between_requests.clone());
        async move {
            let response = tower_service::Service::call(&mut router.clone(), request).await;
            between_requests.store(true, Ordering::Relaxed);
            response
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(LARGEST_HEAD)
        .half_close(true)
        .serve_connection(io, service);
    match watcher.watch(connection).await {
        Ok(()) => {}
        // A timeout between requests is no error.
        Err(error) if error.is_timeout() && between_requests.load(Ordering::Relaxed) => {}
        Err(error) if error.is_timeout() => refuse(shared, peer, &Code::HeaderTimeout.into()),
        // hyper answers these itself: 400, 414 or 431.
        Err(error) if error.is_parse() => refuse(shared, peer, &Code::BadHttp.into()),
        Err(error) => debug!(peer = %peer.ip(), %error, "the connection broke"),
    }
}

/// Counts and logs a refusal outside of a route.
fn refuse(shared: &Shared, peer: SocketAddr, problem: &Problem) {
    shared.metrics.refused(problem.code);
    Record::default().write(&random_hex::<16>().unwrap_or_default(), peer.ip(), "none", Some(problem));
}

/// A stream that records whether the client has sent anything since the last answer.
struct Listening<S> {
    stream: S,
    silent: Arc<AtomicBool>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Listening<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.silent.store(false, Ordering::Relaxed);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Listening<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::configuration::Configuration;
    use crate::settings::Settings;
    use crate::shared::State;

    #[tokio::test]
    async fn a_handler_that_panics_answers_and_the_connection_goes_on() {
        let configuration = Configuration::load(&Settings::of_file("demo = true").unwrap(), None).unwrap();
        let shared = Arc::new(State::new(configuration));
        let router = Router::new()
            .route(
                "/bug",
                axum::routing::get(|| async {
                    if true {
                        panic!("a bug")
                    }
                }),
            )
            .route("/", axum::routing::get(|| async { "fine" }));
        let (mut client, server) = tokio::io::duplex(4096);
        let graceful = GracefulShutdown::new();
        let peer = SocketAddr::from(([192, 0, 2, 1], 1));
        let requests = "GET /bug HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        client.write_all(requests.as_bytes()).await.unwrap();
        http(server, peer, router, &shared, graceful.watcher(), Duration::from_secs(60)).await;
        let mut answers = String::new();
        client.read_to_string(&mut answers).await.unwrap();
        assert!(answers.starts_with("HTTP/1.1 500 ") && answers.contains("\"code\":\"INTERNAL\""), "{answers}");
        assert!(answers.ends_with("fine") && !answers.contains("a bug"), "{answers}");
        assert!(shared.metrics.to_text().contains("refusals_total{code=\"INTERNAL\"} 1"));
    }
}
