//! What happens to every request, whatever its route: limits, the caller, the route's action, headers, metrics, logs.

use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequestParts, Query, RawPathParams, Request};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, EXPECT, HOST, HeaderName, REFERRER_POLICY, TRANSFER_ENCODING,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Version};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};
use tracing::debug;

use crate::address::Peer;
use crate::ask::Ask;
use crate::audit::Record;
use crate::callers::Caller;
use crate::configuration::Configuration;
use crate::endpoint::{Action, Answer, Endpoint, Input};
use crate::error_format::{ErrorFormat, ProblemDetails};
use crate::mint::mint;
use crate::problem::{Code, Problem};
use crate::random;
use crate::settings::Audit;
use crate::shared::Shared;
use crate::traces::Span;
use crate::{address, answers, cors, logs};

/// How long tokens wait for their lines of the audit log, and half of what is left of the request's time at most.
const AUDIT_PATIENCE: Duration = Duration::from_secs(5);

/// So much of a body that is too large is read and dropped: a client that is still sending may never see an answer that
/// ends the connection.
const LARGEST_DRAINED: usize = 16 * 1024 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(crate) async fn handle(shared: Shared, endpoint: &'static Endpoint, request: Request) -> Response {
    let started = Instant::now();
    let configuration = shared.configuration.load_full();
    let settings = &configuration.settings;
    let headers = request.headers().clone();
    let peer = request.extensions().get().copied().unwrap_or(Peer(None));
    let asked = Asked {
        shared: &shared,
        configuration: &configuration,
        endpoint,
        address: address::client(peer, &headers, &configuration.trusted_proxies),
        request_id: request_id(&headers),
        deadline: started + settings.request_timeout.duration(),
    };
    let mut record = Record::default();
    let mut span = shared.traces.begin(&request, endpoint.path, &asked.request_id);

    let outcome = timeout_at(asked.deadline, asked.answer(request, &mut record, &mut span)).await;
    let mut response = match outcome.unwrap_or_else(|_| Err(Code::RequestTimeout.into())) {
        Ok(response) => response,
        Err(mut problem) => {
            // The originals do not tell the two apart.
            if problem.status == StatusCode::UNPROCESSABLE_ENTITY && endpoint.errors != ErrorFormat::ProblemDetails {
                problem.status = StatusCode::BAD_REQUEST;
            }
            asked.refuse(&record, &problem);
            span.refused(&problem);
            let mut response = endpoint.errors.refuse(&problem);
            if problem.status == StatusCode::METHOD_NOT_ALLOWED {
                response.headers_mut().insert(ALLOW, HeaderValue::from_static(endpoint.methods()));
            }
            response
        }
    };

    let answer = response.headers_mut();
    cors::allow(&headers, settings, HeaderValue::from_static(endpoint.methods()), answer);
    answer.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if shared.is_stopping.load(Ordering::Relaxed) {
        // A stopping server may not answer another request on this connection.
        answer.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let Asked { address, request_id, .. } = asked;
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        answer.insert(REQUEST_ID, value);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    shared.metrics.answered(endpoint.path, status, took);
    span.answered(status);
    debug!(request_id, %address, route = endpoint.path, status, micros = took.as_micros() as u64, "answered");
    response
}

struct Asked<'a> {
    shared: &'a Shared,
    configuration: &'a Configuration,
    endpoint: &'static Endpoint,
    address: IpAddr,
    request_id: String,
    deadline: Instant,
}

/// The answer of a token, and what tells when its audit line is written, where there is no token without it.
type Pending = (Value, Option<oneshot::Receiver<()>>);

impl Asked<'_> {
    async fn answer(&self, request: Request, record: &mut Record, span: &mut Span) -> Result<Response, Problem> {
        let Asked { configuration, endpoint, .. } = self;
        judge_head(&request)?;
        if let Action::Refuse(code) = endpoint.action {
            configuration.limits.check_address(self.address)?;
            return Err(code.into());
        }
        if request.method() == Method::OPTIONS {
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        if !endpoint.methods().split(", ").any(|taken| request.method() == taken) {
            return Err(Code::MethodNotAllowed.into());
        }
        cors::judge_page(request.headers(), &configuration.settings)?;
        if let Action::Show(show) = endpoint.action {
            return Ok(show(self.shared));
        }

        let (parts, body) = request.into_parts();
        let caller = match self.admit(&parts.headers, record, span).await {
            Ok(caller) => caller,
            Err(problem) => {
                // A connection whose body is left unread ends, and with it what a proxy sends next on it.
                read_body(&parts.headers, body, endpoint.largest_body).await?;
                return Err(problem);
            }
        };
        let input = read(parts, body, endpoint.largest_body).await?;
        match endpoint.action {
            Action::Mint { read, answer } => {
                let pending = self.mint(&caller, read(&input, &caller)?, answer, record)?;
                Ok(axum::Json(self.audited(pending, record, self.audit_deadline(), span).await?).into_response())
            }
            Action::Batch { read, answer } => {
                let mut pending = Vec::new();
                for (number, row) in read(&input)?.into_iter().enumerate() {
                    // A thousand tokens take a while, in which others have their turn.
                    tokio::task::yield_now().await;
                    let mut of_row = record.clone();
                    // Every token counts, the first one was counted already.
                    let allowed = if number == 0 { Ok(()) } else { configuration.limits.check_caller(&caller.name) };
                    let ask = allowed.and_then(|()| row(&caller));
                    pending.push((ask.and_then(|ask| self.mint(&caller, ask, answer, &mut of_row)), of_row));
                }
                let deadline = self.audit_deadline();
                let mut rows = Vec::new();
                for (minted, of_row) in pending {
                    let outcome = match minted {
                        Ok(pending) => self.audited(pending, &of_row, deadline, span).await,
                        Err(problem) => Err(problem),
                    };
                    rows.push(outcome.unwrap_or_else(|problem| {
                        self.refuse(&of_row, &problem);
                        json!({ "problem": ProblemDetails::of(&problem) })
                    }));
                }
                Ok(axum::Json(json!({ "tokens": rows })).into_response())
            }
            Action::Consult(consult) => {
                caller.policy.judge_diagnosis()?;
                let answer = consult(&input, &caller, configuration)?;
                record.write(&self.request_id, self.address, endpoint.path, Ok("consulted"));
                Ok(answers::json(answer))
            }
            Action::Show(_) | Action::Refuse(_) => Err(Code::NotFound.into()),
        }
    }

    /// Mints, and writes the line of the audit log.
    fn mint(&self, caller: &Caller, ask: Ask, answer: Answer, record: &mut Record) -> Result<Pending, Problem> {
        let ask = record.ask.insert(ask);
        let minted = mint(self.configuration, caller, ask)?;
        record.minted = Some((minted.expires_at.as_secs(), minted.fingerprint()));
        let answer = answer(ask, &minted);
        let write = || record.write(&self.request_id, self.address, self.endpoint.path, Ok("minted"));
        let written = match self.configuration.settings.audit {
            Audit::Required => Some(logs::receipt(write)),
            Audit::BestEffort => {
                write();
                None
            }
        };
        Ok((answer, written))
    }

    fn audit_deadline(&self) -> Instant {
        let now = Instant::now();
        now + AUDIT_PATIENCE.min(self.deadline.saturating_duration_since(now) / 2)
    }

    /// The answer of a token: when its line is written, where there is no token without it.
    async fn audited(
        &self,
        (answer, written): Pending,
        of: &Record,
        deadline: Instant,
        span: &mut Span,
    ) -> Result<Value, Problem> {
        if let Some(written) = written
            && !timeout_at(deadline, written).await.is_ok_and(|written| written.is_ok())
        {
            return Err(Code::AuditFailed.into());
        }
        self.shared.metrics.tokens.get_or_create(&[("route", self.endpoint.path)]).inc();
        of.ask.iter().for_each(|ask| span.minted(ask));
        Ok(answer)
    }

    fn refuse(&self, record: &Record, problem: &Problem) {
        self.shared.metrics.refused(problem);
        record.write(&self.request_id, self.address, self.endpoint.path, Err(problem));
    }

    /// Authenticates the caller and applies the rate limits.
    async fn admit(&self, headers: &HeaderMap, record: &mut Record, span: &mut Span) -> Result<Caller, Problem> {
        let Configuration { limits, callers, .. } = self.configuration;
        limits.check_address(self.address)?;
        let caller = callers.identify(headers).await?;
        span.caller(&caller);
        record.caller = Some((caller.name.clone(), caller.policy.clone()));
        limits.check_caller(&caller.name)?;
        Ok(caller)
    }
}

/// Refuses what servers in a row could read in two ways: another number of hosts than one, a coding beside chunks.
fn judge_head(request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let hosts = headers.get_all(HOST).iter().count();
    if hosts > 1 || hosts == 0 && request.version() == Version::HTTP_11 {
        return Err(Problem::new(Code::BadHttp, "exactly one Host header expected"));
    }
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    if codings.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"chunked")) {
        return Err(Problem::new(Code::BadHttp, "no Transfer-Encoding but chunked is taken"));
    }
    Ok(())
}

/// A client's own id if it is sane, else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let is_sane = |id: &&str| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    match headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(is_sane) {
        Some(id) => id.to_owned(),
        None => random::request_id(),
    }
}

async fn read(mut parts: Parts, body: Body, largest: usize) -> Result<Input, Problem> {
    let path = RawPathParams::from_request_parts(&mut parts, &())
        .await
        .map_err(|_| Problem::new(Code::InvalidField, "the path is not UTF-8"))?;
    let Query(query) =
        Query::try_from_uri(&parts.uri).map_err(|_| Problem::new(Code::InvalidField, "the query cannot be read"))?;
    Ok(Input { path, query, body: read_body(&parts.headers, body, largest).await? })
}

async fn read_body(headers: &HeaderMap, mut body: Body, largest: usize) -> Result<Vec<u8>, Problem> {
    let too_large = || Err(Problem::new(Code::BodyTooLarge, format!("the body is larger than {largest} bytes")));
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let waits_for_us = headers.contains_key(EXPECT);
    if announced.is_some_and(|length| length > LARGEST_DRAINED || length > largest && waits_for_us) {
        return too_large();
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
        if size <= largest {
            content.extend_from_slice(&data);
        }
    }
    if size > largest { too_large() } else { Ok(content) }
}
