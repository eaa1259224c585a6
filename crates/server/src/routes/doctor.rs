//! `POST /v1/doctor`: why a token does not let its user in, as `agora-token doctor --json` prints it.

use agora_token::doctor::{Attempt, JoinedAs, diagnose};
use agora_token::{ErrorCode, Role, ServiceType, UnixTime};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::body::{self, UidOrZero, fields};
use crate::about::{About, Body};
use crate::callers::Caller;
use crate::configuration::Configuration;
use crate::endpoint::{Endpoint, Input};
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint::consult(
    "/v1/doctor",
    consult,
    About {
        description: "Everything but the token may be left out; the more is told, the more is found. The answer is the document \
                      that `agora-token doctor --json` prints.",
        request: Some(Body::json::<DoctorRequest>(
            "The token, and what is known of the attempt",
            r#"{"token": "007eJxTYHg…", "channel": "lobby", "uid": 42, "for": "rtc", "error": 110}"#,
        )),
        ..About::new(
            "diagnoseToken",
            "Diagnosis",
            "Why a token does not let its user in",
            Body::json::<Diagnosis>("What was found, the surest explanation first", ""),
        )
    },
);

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DoctorRequest {
    /// The token, damaged or not
    token: String,
    /// The channel that the client joined
    channel: Option<String>,
    /// The uid that it joined with; 0 asks the service for one
    uid: Option<UidOrZero>,
    /// The account or user ID that it joined with
    account: Option<String>,
    /// What it meant to do: publisher or host or 1, subscriber or audience or 2
    role: Option<RoleOfClient>,
    /// What it used the token for
    #[serde(rename = "for")]
    service: Option<ServiceName>,
    /// Its SDK and version, as `web 4.20.0`
    sdk: Option<String>,
    /// The error that it saw, as 110
    error: Option<NumberOrText>,
    /// When it tried; now if left out, Unix seconds
    at: Option<Moment>,
    /// The App ID that it joined with; the caller's own project's if left out
    app_id: Option<String>,
    /// Mask App ID, channel and user, so that the findings can be posted in public
    #[serde(default)]
    redact: bool,
}

fields! {
    /// As tokens name it, as SDKs do, or by its number
    RoleOfClient(Role) { "oneOf": [
        { "type": "string", "enum": ["publisher", "subscriber", "host", "audience"] },
        { "type": "integer", "enum": [1, 2] },
    ] } = |value| match (value.as_str(), value.as_u64()) {
        (Some("publisher" | "host"), _) | (_, Some(1)) => Ok(Role::Publisher),
        (Some("subscriber" | "audience"), _) | (_, Some(2)) => Ok(Role::Subscriber),
        _ => {
            let expected = "must be \"publisher\", \"subscriber\", \"host\" or \"audience\"";
            Err(Problem::of_code(ErrorCode::InvalidRole, "", expected))
        }
    };
    /// A service
    ServiceName(ServiceType) {
        "type": "string", "enum": ServiceType::all().map(ServiceType::name).collect::<Vec<_>>()
    } = |value| {
        let expected = || Problem::invalid("", "must be a service, as \"rtc\", \"rtm\" or \"chat\"");
        value.as_str().and_then(ServiceType::from_name).ok_or_else(expected)
    };
    /// A whole number, or a text
    NumberOrText(String) { "oneOf": [{ "type": "integer" }, { "type": "string" }] } = |value| match value {
        Value::Number(number) => Ok(number.to_string()),
        Value::String(text) => Ok(text.clone()),
        _ => Err(Problem::invalid("", "must be a number or a text")),
    };
    /// Unix seconds
    Moment(UnixTime) { "type": "integer", "minimum": 0, "maximum": i64::MAX } = |value| {
        let refuse = || Problem::of_code(ErrorCode::InvalidTimestamp, "", "must be Unix seconds");
        value.as_u64().map(UnixTime::from_secs).ok_or_else(refuse)
    };
}

#[derive(Serialize, ToSchema)]
struct Diagnosis {
    /// What was found
    findings: Vec<Finding>,
}

#[derive(Serialize, ToSchema)]
struct Finding {
    /// Stable; docs/findings.md lists all
    code: String,
    /// error, warning or note
    severity: String,
    /// What was found
    cause: String,
    /// What to do
    fix: String,
}

fn consult(input: &Input, caller: &Caller, configuration: &Configuration) -> Result<String, Problem> {
    let asked: DoctorRequest = body::read(&input.body)?;
    let user = match (&asked.uid, &asked.account) {
        (Some(uid), None) => Some(JoinedAs::Uid(uid.0.map_or(0, std::num::NonZeroU32::get))),
        (None, Some(account)) => Some(JoinedAs::Account(account)),
        (None, None) => None,
        (Some(_), Some(_)) => return Err(Problem::invalid("uid", "uid and account exclude each other").unprocessable()),
    };
    let projects = configuration.projects.of_policy(&caller.policy);
    let own_app_id = projects.clone().next().map(|project| project.app_id());
    let attempt = Attempt {
        app_id: asked.app_id.as_deref().or(own_app_id.as_ref().map(|app_id| app_id.as_str())),
        channel: asked.channel.as_deref(),
        user,
        service: asked.service.map(|service| service.0),
        role: asked.role.map(|role| role.0),
        at: asked.at.map(|at| at.0),
        sdk: asked.sdk.as_deref(),
        error: asked.error.as_ref().map(|error| error.0.as_str()),
        certificates: &projects.flat_map(|project| project.certificates()).collect::<Vec<_>>(),
        redact: asked.redact,
    };
    diagnose(&asked.token, &attempt)
        .map(|diagnosis| diagnosis.to_json())
        .map_err(|error| Problem::of_library(&error, None).unprocessable())
}
