//! `POST /v1/tokens`: RTC, RTM and Chat in one token, and when to fetch the next.

use agora_token::{Channel, ErrorCode, Grant, Role, ServiceSet, ServiceType, User};
use serde_json::{Map, Value};

use super::body::{self, Fields, missing};
use crate::ask::{Ask, Holder, rtc_alone, service_named};
use crate::endpoint::{Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::mint(Verb::Post, "/v1/tokens", ErrorFormat::ProblemDetails, read, answer);

/// The service name for Chat as its administrator, which goes with no other.
const CHAT_APP: &str = "chatApp";

fn read(input: &Input) -> Result<Ask, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let services = fields.take("services");
    let expires_in = fields.optional("expiresIn", body::lifetime)?;
    if services.as_ref().is_some_and(asks_for_chat_app) {
        fields.finish()?;
        return Ok(Ask::chat_app(expires_in));
    }
    let services = services.map_or_else(|| Ok(rtc_alone()), |value| read_services(&value))?;
    let user = read_user(&mut fields)?;
    let channel = read_channel(&mut fields, services)?;
    let role = fields.take("role").map_or(Ok(Role::Subscriber), |value| body::role(value.as_str(), "role"))?;
    let publish = fields.optional("publishExpiresIn", body::lifetime)?;
    fields.finish()?;
    let mut grant = services.iter().fold(Grant::new(user), Grant::and).with_role(role);
    if let Some(channel) = channel {
        grant = grant.with_channel(channel);
    }
    if let Some(publish) = publish {
        grant = grant.with_publish_lifetime(publish);
    }
    Ok(Ask::new(grant, expires_in))
}

fn asks_for_chat_app(services: &Value) -> bool {
    services
        .as_array()
        .is_some_and(|services| services.iter().any(|service| service == CHAT_APP) && services.len() == 1)
}

fn read_services(value: &Value) -> Result<ServiceSet, Problem> {
    let expected = "services must be a list of \"rtc\", \"rtm\" and \"chat\", or \"chatApp\" alone";
    let refuse = || Problem::invalid("services", expected);
    let names = value.as_array().ok_or_else(refuse)?;
    if names.is_empty() {
        return Err(Problem::of_code(ErrorCode::NoServices, "services", "services is empty: name at least one"));
    }
    names.iter().map(|name| name.as_str().and_then(service_named).ok_or_else(refuse)).collect()
}

/// Exactly one of uid, account and anyUser.
fn read_user(fields: &mut Fields) -> Result<User<'static>, Problem> {
    let any_user = fields.optional("anyUser", body::truth)?.unwrap_or_default();
    match (fields.take("uid"), fields.take("account"), any_user) {
        (Some(uid), None, false) => match body::uid(&uid, "uid")? {
            Some(uid) => Ok(User::Uid(uid)),
            None => {
                let reason = "uid is 0, which means any user; ask for any user with \"anyUser\": true";
                Err(Problem::of_code(ErrorCode::InvalidUid, "uid", reason))
            }
        },
        (None, Some(account), false) => body::account(&account, "account"),
        (None, None, true) => Ok(User::Any),
        (None, None, false) => Err(missing("uid")),
        _ => Err(Problem::invalid("uid", "uid, account and anyUser exclude each other")),
    }
}

/// A channel or anyChannel; none where nobody joins one.
fn read_channel(fields: &mut Fields, services: ServiceSet) -> Result<Option<Channel<'static>>, Problem> {
    let any_channel = fields.optional("anyChannel", body::truth)?.unwrap_or_default();
    match (fields.take("channel"), any_channel) {
        (Some(channel), false) => body::channel(&channel, "channel").map(Some),
        (None, true) => Ok(Some(Channel::Any)),
        (None, false) if services.contains(ServiceType::Rtc) => Err(missing("channel")),
        (None, false) => Ok(None),
        _ => Err(Problem::invalid("channel", "channel and anyChannel exclude each other")),
    }
}

fn answer(ask: &Ask, minted: &Minted) -> Value {
    let mut answer = Map::new();
    let mut say = |name: &str, value: Value| {
        answer.insert(name.to_owned(), value);
    };
    say("token", Value::from(minted.token.as_str()));
    say("appId", Value::from(minted.app_id.as_str()));
    match &ask.holder {
        Holder::ChatApp => say("services", Value::from(vec![CHAT_APP])),
        Holder::User(grant) => {
            match grant.user() {
                User::Uid(uid) => say("uid", Value::from(uid.get())),
                User::Account(account) => say("account", Value::from(account.as_str())),
                User::Any => say("anyUser", Value::from(true)),
            }
            if grant.services().contains(ServiceType::Rtc) {
                match grant.channel() {
                    Some(Channel::Named(name)) => say("channel", Value::from(name.as_str())),
                    Some(Channel::Any) | None => say("anyChannel", Value::from(true)),
                }
                say("role", Value::from(grant.role().map(Role::name)));
            }
            say("services", grant.services().iter().map(ServiceType::name).collect());
        }
    }
    say("issuedAt", Value::from(minted.issued_at.as_secs()));
    say("expiresAt", Value::from(minted.expires_at.as_secs()));
    say("refreshAfter", Value::from(minted.refresh_after.as_secs()));
    say("serverTime", Value::from(minted.server_time));
    Value::Object(answer)
}
