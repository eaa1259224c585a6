//! What happens to every request, whatever its route: limits, the caller, the route's action, headers, metrics, logs.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{FromRequestParts, Query, RawPathParams, Request};
use axum::http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, EXPECT, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tracing::debug;

use crate::address::Peer;
use crate::audit::Record;
use crate::callers::Caller;
use crate::configuration::Configuration;
use crate::endpoint::{Action, Endpoint, Input};
use crate::mint::mint;
use crate::problem::{Code, Problem};
use crate::random::random_hex;
use crate::shared::Shared;
use crate::{address, answers, cors};

/// The largest body that is read.
const LARGEST_BODY: usize = 64 * 1024;

/// So much of a body that is too large is read and dropped: a client that is still sending may never see an answer that
/// ends the connection.
const LARGEST_DRAINED: usize = 16 * 1024 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers one request.
pub(crate) async fn handle(shared: Shared, endpoint: &'static Endpoint, request: Request) -> Response {
    let started = Instant::now();
    let configuration = shared.configuration.load_full();
    let headers = request.headers().clone();
    let peer = request.extensions().get().map_or(Ipv4Addr::UNSPECIFIED.into(), |Peer(address)| *address);
    let address = address::client(peer, &headers, &configuration.settings.trusted_proxies);
    let request_id = request_id(&headers);
    let mut record = Record::default();

    let deadline = configuration.settings.request_timeout.duration();
    let answer = answer(&shared, &configuration, endpoint, address, request, &mut record);
    let outcome = tokio::time::timeout(deadline, answer).await.unwrap_or_else(|_| Err(Code::RequestTimeout.into()));
    let mut response = match outcome {
        Ok(Answer::Minted(response)) => {
            shared.metrics.minted(endpoint.path);
            record.write(&request_id, address, endpoint.path, None);
            response
        }
        Ok(Answer::Other(response)) => response,
        Err(problem) => {
            shared.metrics.refused(problem.code);
            record.write(&request_id, address, endpoint.path, Some(&problem));
            if problem.status == StatusCode::METHOD_NOT_ALLOWED {
                endpoint.errors.refuse_method(&problem, endpoint.verb.allow())
            } else {
                endpoint.errors.refuse(&problem)
            }
        }
    };

    let answer = response.headers_mut();
    cors::allow(&headers, &configuration.settings.allowed_origins, endpoint.verb.allow(), answer);
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if shared.is_stopping() {
        // A stopping server may not answer another request on this connection.
        answer.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        answer.insert(REQUEST_ID, value);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    shared.metrics.answered(endpoint.path, status, took);
    debug!(request_id, %address, route = endpoint.path, status, micros = took.as_micros() as u64, "answered");
    response
}

enum Answer {
    Minted(Response),
    Other(Response),
}

async fn answer(
    shared: &Shared,
    configuration: &Configuration,
    endpoint: &Endpoint,
    address: IpAddr,
    request: Request,
    record: &mut Record,
) -> Result<Answer, Problem> {
    if let Action::Refuse(code) = endpoint.action {
        configuration.limits.check_address(address)?;
        return Err(code.into());
    }
    if request.method() == Method::OPTIONS {
        return Ok(Answer::Other(StatusCode::NO_CONTENT.into_response()));
    }
    if !endpoint.verb.takes(request.method()) {
        return Err(Code::MethodNotAllowed.into());
    }
    if let Action::Show(show) = endpoint.action {
        return Ok(Answer::Other(show(shared)));
    }

    let (parts, body) = request.into_parts();
    let caller = match admit(configuration, address, &parts.headers, record) {
        Ok(caller) => caller,
        Err(problem) => {
            // A connection whose body is left unread ends, and with it what a proxy sends next on it.
            read_body(&parts.headers, body).await?;
            return Err(problem);
        }
    };
    let input = read(parts, body).await?;
    match endpoint.action {
        Action::Mint { read, answer } => {
            let ask = read(&input)?;
            record.ask(&ask);
            let minted = mint(configuration, &caller, &ask)?;
            record.minted(&minted);
            Ok(Answer::Minted(axum::Json(answer(&ask, &minted)).into_response()))
        }
        Action::Consult(consult) => consult(&input, configuration).map(|text| Answer::Other(answers::json(text))),
        Action::Show(_) | Action::Refuse(_) => Err(Code::NotFound.into()),
    }
}

/// Authenticates the caller and applies the rate limits.
fn admit(
    configuration: &Configuration,
    address: IpAddr,
    headers: &HeaderMap,
    record: &mut Record,
) -> Result<Caller, Problem> {
    configuration.limits.check_address(address)?;
    let caller = configuration.callers.identify(headers)?;
    record.caller(&caller.name);
    configuration.limits.check_caller(&caller.name)?;
    Ok(caller)
}

/// A client's own id if it is sane, else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let is_sane = |id: &&str| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    match headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(is_sane) {
        Some(id) => id.to_owned(),
        None => random_hex::<16>().unwrap_or_default(),
    }
}

async fn read(mut parts: Parts, body: Body) -> Result<Input, Problem> {
    let path = RawPathParams::from_request_parts(&mut parts, &())
        .await
        .map_err(|_| Problem::new(Code::InvalidField, "the path is not UTF-8"))?;
    let path = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let Query(query) =
        Query::try_from_uri(&parts.uri).map_err(|_| Problem::new(Code::InvalidField, "the query cannot be read"))?;
    Ok(Input { path, query, body: read_body(&parts.headers, body).await? })
}

async fn read_body(headers: &HeaderMap, mut body: Body) -> Result<Vec<u8>, Problem> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let waits_for_us = headers.contains_key(EXPECT);
    if announced.is_some_and(|length| length > LARGEST_DRAINED || length > LARGEST_BODY && waits_for_us) {
        return Err(Code::BodyTooLarge.into());
    }
    let mut content = Vec::new();
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::from(Code::InvalidJson))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        size += data.len();
        if size > LARGEST_DRAINED {
            break;
        }
        if size <= LARGEST_BODY {
            content.extend_from_slice(&data);
        }
    }
    if size > LARGEST_BODY { Err(Code::BodyTooLarge.into()) } else { Ok(content) }
}
