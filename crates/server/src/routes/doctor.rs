//! `POST /v1/doctor`: why a token does not let its user in, as `agora-token doctor --json` prints it.

use agora_token::doctor::{Attempt, JoinedAs, diagnose};
use agora_token::{ErrorCode, Role, ServiceType, UnixTime};
use serde_json::Value;

use super::body::{self, Fields};
use crate::configuration::Configuration;
use crate::endpoint::{Endpoint, Input};
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint::consult("/v1/doctor", consult);

fn consult(input: &Input, configuration: &Configuration) -> Result<String, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let token = fields.required("token", body::text)?;
    let mut text = |name| fields.optional(name, body::text);
    let (channel, account, sdk, app_id, service) =
        (text("channel")?, text("account")?, text("sdk")?, text("appId")?, text("for")?);
    let uid = fields.optional("uid", body::uid)?;
    let role = fields.optional("role", role)?;
    let error = fields.optional("error", number_or_text)?;
    let at = fields.optional("at", moment)?;
    let redact = fields.optional("redact", body::truth)?.unwrap_or_default();
    fields.finish()?;

    let user = match (uid, &account) {
        (Some(uid), None) => Some(JoinedAs::Uid(uid.map_or(0, std::num::NonZeroU32::get))),
        (None, Some(account)) => Some(JoinedAs::Account(account)),
        (None, None) => None,
        (Some(_), Some(_)) => return Err(Problem::invalid("uid", "uid and account exclude each other")),
    };
    let own_app_id = configuration.credentials.app_id();
    let attempt = Attempt {
        app_id: app_id.as_deref().or(Some(own_app_id.as_str())),
        channel: channel.as_deref(),
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
    let expected = "for must be a service, as \"rtc\", \"rtm\" or \"chat\"";
    ServiceType::from_name(name).ok_or_else(|| Problem::invalid("for", expected))
}

/// By the names of tokens, or by those that the SDKs give to clients.
fn role(value: &Value, field: &'static str) -> Result<Role, Problem> {
    match (value.as_str(), value.as_u64()) {
        (Some("publisher" | "host"), _) | (_, Some(1)) => Ok(Role::Publisher),
        (Some("subscriber" | "audience"), _) | (_, Some(2)) => Ok(Role::Subscriber),
        _ => {
            let expected = "role must be \"publisher\", \"subscriber\", \"host\" or \"audience\"";
            Err(Problem::of_code(ErrorCode::InvalidRole, field, expected))
        }
    }
}

fn number_or_text(value: &Value, field: &'static str) -> Result<String, Problem> {
    match value {
        Value::Number(number) => Ok(number.to_string()),
        _ => body::text(value, field),
    }
}

fn moment(value: &Value, field: &'static str) -> Result<UnixTime, Problem> {
    let refuse = || Problem::of_code(ErrorCode::InvalidTimestamp, field, "at must be Unix seconds");
    value.as_u64().map(UnixTime::from_secs).ok_or_else(refuse)
}
