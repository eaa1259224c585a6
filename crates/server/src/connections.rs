//! Connections: their number is limited, TLS is optional, heads have a timeout, and a shutdown lets requests finish.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use agora_token::ErrorCode;
use axum::Router;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_io_timeout::TimeoutStream;
use tokio_util::io::InspectReader;
use tower_http::catch_panic::CatchPanic;
use tracing::{debug, error, info, warn};

use crate::address::Peer;
use crate::audit::Record;
use crate::error_format::ErrorFormat;
use crate::listener::{Listener, Stream};
use crate::places::{Bounds, NoPlace, Phase, Place, Places, Taken};
use crate::problem::{Code, Problem};
use crate::random;
use crate::shared::Shared;

/// The largest head: a JWT of 8 kB and the headers of a browser fit in.
const LARGEST_HEAD: usize = 16 * 1024;

/// How long idle connections stay when the server stops, for requests that their clients have sent already.
const LAST_REQUESTS: Duration = Duration::from_millis(500);

/// How exactly timeouts are kept.
const TICK: Duration = Duration::from_millis(200);

/// At most so many connections that watch the server are open; one that waits makes room for the next.
const MOST_ADMIN: usize = 64;

pub(crate) struct Service {
    pub(crate) listener: Listener,
    pub(crate) router: Router,
    /// Whether it is for those who watch the server: in clear text, with places of its own.
    pub(crate) is_admin: bool,
}

impl Service {
    fn bounds(&self, shared: &Shared) -> Bounds {
        if self.is_admin {
            return Bounds { most: MOST_ADMIN, per_address: 0 };
        }
        let settings = &shared.configuration.load().settings;
        let (most, per_address) = (settings.max_connections as usize, settings.connections_per_address as usize);
        Bounds { most, per_address }
    }

    /// A place, as soon as there is one; none if the address has too many.
    async fn place(&self, peer: Peer, places: &Arc<Places>, shared: &Shared) -> Option<Taken> {
        let is_counted = !peer.is_trusted(&shared.configuration.load().trusted_proxies);
        let address = peer.0.filter(|_| is_counted).map(crate::limits::network_of);
        loop {
            let left = places.left.notified();
            match places.take(address, self.bounds(shared)) {
                Ok((taken, false)) => return Some(taken),
                Ok((taken, true)) => {
                    shared.metrics.connections_evicted.inc();
                    shared.warn(|| {
                        warn!(address = %peer.address(), "connections run out, those that wait longest for a request end");
                    });
                    return Some(taken);
                }
                Err(NoPlace::OfAddress) => {
                    shared.metrics.connections_refused.get_or_create(&[("reason", "address")]).inc();
                    shared.warn(|| {
                        warn!(address = %peer.address(), "the address has too many connections, further ones are refused");
                    });
                    return None;
                }
                Err(NoPlace::AtAll) => {
                    shared.metrics.connections_refused.get_or_create(&[("reason", "full")]).inc();
                    shared.warn(|| warn!("every connection is busy, further clients wait"));
                    // One that falls silent tells nobody.
                    let _ = tokio::time::timeout(TICK, left).await;
                }
            }
        }
    }
}

/// Serves until `stop` ends, then lets the requests that began finish for a while.
pub(crate) async fn serve(service: Service, shared: Shared, stop: impl Future<Output = ()>) {
    let places = Arc::new(Places::default());
    let graceful = GracefulShutdown::new();
    let begin = |stream: Box<dyn Stream>, peer: Peer, taken: Taken| {
        let (router, shared, watcher) = (service.router.clone(), shared.clone(), graceful.watcher());
        let has_tls = !service.is_admin;
        let place = taken.place.clone();
        let connection = Connection { peer, router, shared: shared.clone(), watcher, place };
        tokio::spawn(async move {
            shared.metrics.connections.inc();
            tokio::select! {
                () = connection.serve(stream, has_tls) => {}
                () = taken.place.ended() => {
                    if taken.place.phase() == Phase::Head {
                        refuse(&shared, peer, &Code::HeaderTimeout.into());
                    }
                }
            }
            shared.metrics.connections.dec();
            drop(taken);
        });
    };
    let watched = places.clone();
    let of_watch = shared.clone();
    let watch = tokio::spawn(async move {
        loop {
            tokio::time::sleep(TICK).await;
            let configuration = of_watch.configuration.load();
            let settings = &configuration.settings;
            watched.end_late(settings.header_timeout.duration(), settings.idle_timeout.duration());
        }
    });
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let (stream, peer) = service.listener.accept().await?;
            io::Result::Ok(service.place(peer, &places, &shared).await.map(|taken| (stream, peer, taken)))
        };
        let accepted = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        match accepted {
            Ok(Some((stream, peer, taken))) => begin(stream, peer, taken),
            Ok(None) => {}
            Err(error) => {
                // Out of file descriptors, most likely: they come back when connections end.
                shared.warn(|| warn!(%error, "cannot accept a connection"));
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    // Closing the listener resets the connections in its queue, whose clients may have sent a request already.
    for _ in 0..service.bounds(&shared).most.saturating_sub(places.len()) {
        let Ok(Ok((stream, peer))) = tokio::time::timeout(Duration::ZERO, service.listener.accept()).await else {
            break;
        };
        if let Ok((taken, _)) = places.take(peer.0, service.bounds(&shared)) {
            begin(stream, peer, taken);
        }
    }
    drop(service.listener);
    if service.is_admin {
        watch.abort();
        return;
    }
    // Answers carry `Connection: close` by now. hyper would close a connection at once of which it has read nothing yet.
    tokio::time::sleep(LAST_REQUESTS).await;
    let deadline = shared.configuration.load().settings.shutdown_timeout.duration();
    match tokio::time::timeout(deadline, graceful.shutdown()).await {
        Ok(()) => info!("stopped: every request that began is answered"),
        Err(_) => error!("stopped: some requests did not end in time"),
    }
    watch.abort();
}

struct Connection {
    peer: Peer,
    router: Router,
    shared: Shared,
    watcher: Watcher,
    place: Arc<Place>,
}

impl Connection {
    async fn serve(self, stream: Box<dyn Stream>, has_tls: bool) {
        let configuration = self.shared.configuration.load_full();
        // A client that asks and never reads would keep its place for ever.
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(configuration.settings.request_timeout.duration()));
        let stream = Box::pin(stream);
        let Some(tls) = configuration.tls.as_ref().filter(|_| has_tls) else {
            return self.http(stream).await;
        };
        self.place.set(Phase::Head);
        match tls.acceptor.accept(stream).await {
            Ok(stream) => {
                self.place.set(Phase::Fresh);
                self.http(stream).await;
            }
            Err(error) => debug!(peer = %self.peer.address(), %error, "no TLS"),
        }
    }

    async fn http<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(self, stream: S) {
        let Connection { peer, router, shared, watcher, place } = self;
        let of_reads = place.clone();
        let io = TokioIo::new(InspectReader::new(stream, move |bytes: &[u8]| {
            if !bytes.is_empty() && matches!(of_reads.phase(), Phase::Fresh | Phase::Idle) {
                of_reads.set(Phase::Head);
            }
        }));
        // A panic of a handler answers its own request with 500 and ends no other.
        let shared_with_panics = shared.clone();
        let router = CatchPanic::custom(router, move |_| {
            let problem = Problem::of_library(&ErrorCode::Internal.into_error(), None);
            refuse(&shared_with_panics, peer, &problem);
            ErrorFormat::ProblemDetails.refuse(&problem)
        });
        let service = service_fn(|mut request: hyper::Request<hyper::body::Incoming>| {
            place.set(Phase::Busy);
            request.extensions_mut().insert(peer);
            let request: Request = request.map(axum::body::Body::new);
            let (router, place) = (router.clone(), place.clone());
            async move {
                let response = tower_service::Service::call(&mut router.clone(), request).await;
                place.set(Phase::Idle);
                response
            }
        });
        // The head's timeout is kept by the places, which tell it from silence between requests.
        let connection = http1::Builder::new()
            .header_read_timeout(None)
            .max_buf_size(LARGEST_HEAD)
            .half_close(true)
            .serve_connection(io, service);
        match watcher.watch(connection).await {
            Ok(()) => {}
            // hyper answers these itself: 400, 414 or 431.
            Err(error) if error.is_parse() => refuse(&shared, peer, &Code::BadHttp.into()),
            Err(error) => debug!(peer = %peer.address(), %error, "the connection broke"),
        }
    }
}

/// Counts and logs a refusal outside of a route.
fn refuse(shared: &Shared, peer: Peer, problem: &Problem) {
    shared.metrics.refused(problem);
    let request_id = random::request_id();
    Record::default().write(&request_id, peer.address(), "none", Err(problem));
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::configuration::Configuration;
    use crate::settings::Settings;
    use crate::shared::State;
    use crate::traces::Traces;

    #[tokio::test]
    async fn a_handler_that_panics_answers_and_the_connection_goes_on() {
        let configuration = Configuration::load(&Settings::of_file("demo = true").unwrap(), None).unwrap();
        let shared = Arc::new(State::new(configuration, String::new(), Traces::start().unwrap()));
        let (taken, _) = Arc::new(Places::default()).take(None, Bounds { most: 1, per_address: 0 }).unwrap();
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
        let peer = Peer(Some([192, 0, 2, 1].into()));
        let requests = "GET /bug HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        client.write_all(requests.as_bytes()).await.unwrap();
        let (watcher, place) = (graceful.watcher(), taken.place.clone());
        Connection { peer, router, shared: shared.clone(), watcher, place }.http(server).await;
        let mut answers = String::new();
        client.read_to_string(&mut answers).await.unwrap();
        assert!(answers.starts_with("HTTP/1.1 500 ") && answers.contains("\"code\":\"INTERNAL\""), "{answers}");
        assert!(answers.ends_with("fine") && !answers.contains("a bug"), "{answers}");
        assert!(shared.metrics.to_text().contains("refusals_total{code=\"INTERNAL\"} 1"));
    }
}
