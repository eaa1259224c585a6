//! `POST /v1/doctor`: why a token does not let its user in, as `agora-token doctor --json` prints it.

use agora_token::doctor::{Attempt, JoinedAs, diagnose};
use agora_token::{ErrorCode, Role, ServiceType, UnixTime};
use serde_json::Value;

use super::body::{self, Fields, missing};
use crate::configuration::Configuration;
use crate::endpoint::{Action, Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::problem::{Code, Problem};

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/v1/doctor",
    verb: Verb::Post,
    errors: ErrorFormat::ProblemDetails,
    action: Action::Consult(consult),
};

fn consult(input: &Input, configuration: &Configuration) -> Result<String, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let token = fields.take("token").ok_or_else(|| missing("token"))?;
    let token = body::text(&token, "token")?;
    let mut text = |name: &'static str| fields.take(name).map(|value| body::text(&value, name)).transpose();
    let (channel, account, sdk, app_id, service) =
        (text("channel")?, text("account")?, text("sdk")?, text("appId")?, text("for")?);
    let uid = fields.take("uid").map(|value| body::uid(&value, "uid")).transpose()?;
    let role = fields.take("role").map(|value| role(&value)).transpose()?;
    let error = fields.take("error").map(|value| number_or_text(&value, "error")).transpose()?;
    let at = fields.take("at").map(|value| moment(&value)).transpose()?;
    let redact = fields.take("redact").map_or(Ok(false), |value| body::truth(&value, "redact"))?;
    fields.finish()?;

    let user = match (uid, &account) {
        (Some(uid), None) => Some(JoinedAs::Uid(uid.map_or(0, std::num::NonZeroU32::get))),
        (None, Some(account)) => Some(JoinedAs::Account(account)),
        (None, None) => None,
        (Some(_), Some(_)) => {
            return Err(Problem::new(Code::InvalidField, "uid and account exclude each other").in_field("uid"));
        }
    };
    let own_app_id = configuration.credentials.app_id();
    let attempt = Attempt {
        app_id: app_id.as_deref().or(Some(own_app_id.as_str())),
        channel_name: channel.as_deref(),
        user,
        service: service.as_deref().map(service_named).transpose()?,
        role,
        at,
        sdk: sdk.as_deref(),
        error: error.as_deref(),
        certificates: &configuration.credentials.certificates(),
        redact,
    };
    diagnose(&token, &attempt).map(|diagnosis| diagnosis.to_json()).map_err(|error| Problem::of_library(&error, None))
}

fn service_named(name: &str) -> Result<ServiceType, Problem> {
    let refuse =
        || Problem::new(Code::InvalidField, "for must be a service, as \"rtc\", \"rtm\" or \"chat\"").in_field("for");
    ServiceType::from_name(name).ok_or_else(refuse)
}

/// By the names of tokens, or by those that the SDKs give to clients.
fn role(value: &Value) -> Result<Role, Problem> {
    match (value.as_str(), value.as_u64()) {
        (Some("publisher" | "host"), _) | (_, Some(1)) => Ok(Role::Publisher),
        (Some("subscriber" | "audience"), _) | (_, Some(2)) => Ok(Role::Subscriber),
        _ => {
            let expected = "role must be \"publisher\", \"subscriber\", \"host\" or \"audience\"";
            Err(Problem::of_code(ErrorCode::InvalidRole, "role", expected))
        }
    }
}

fn number_or_text(value: &Value, field: &'static str) -> Result<String, Problem> {
    match value {
        Value::Number(number) => Ok(number.to_string()),
        _ => body::text(value, field),
    }
}

fn moment(value: &Value) -> Result<UnixTime, Problem> {
    let expected = "at must be Unix seconds";
    value.as_u64().map(UnixTime::from_secs).ok_or_else(|| Problem::of_code(ErrorCode::InvalidTimestamp, "at", expected))
}
