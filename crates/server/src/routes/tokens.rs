//! `POST /v1/tokens`: RTC, RTM and Chat in one token, and when to fetch the next.

use agora_token::{ErrorCode, Role};
use serde_json::{Map, Value};

use super::body::{self, Fields, missing};
use super::{Action, Endpoint, Input, Verb};
use crate::ask::{Ask, Channel, Holder, Service, Services, User, role_name};
use crate::mint::Minted;
use crate::problem::{Code, Problem};
use crate::shape::Shape;

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/v1/tokens",
    verb: Verb::Post,
    shape: Shape::ProblemDetails,
    action: Action::Mint { read, answer },
};

/// The name of Chat as its administrator, which stands alone.
const CHAT_APP: &str = "chatApp";

fn read(input: &Input) -> Result<Ask, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let services = fields.take("services");
    let expires_in = fields.take("expiresIn").map(|value| body::lifetime(&value, "expiresIn")).transpose()?;
    if services.as_ref().is_some_and(asks_for_chat_app) {
        fields.finish()?;
        return Ok(Ask::chat_app().lifetime(expires_in));
    }
    let services = services.map_or(Ok(Services { rtc: true, ..Services::default() }), |value| read_services(&value))?;
    let user = read_user(&mut fields)?;
    let channel = read_channel(&mut fields, services)?;
    let role = fields.take("role").map_or(Ok(Role::Subscriber), |value| body::role(value.as_str(), "role"))?;
    let publish =
        fields.take("publishExpiresIn").map(|value| body::lifetime(&value, "publishExpiresIn")).transpose()?;
    fields.finish()?;
    Ok(Ask { channel, role, lifetime: expires_in, publish_lifetime: publish, ..Ask::of(user, services) })
}

fn asks_for_chat_app(services: &Value) -> bool {
    services
        .as_array()
        .is_some_and(|services| services.iter().any(|service| service == CHAT_APP) && services.len() == 1)
}

fn read_services(value: &Value) -> Result<Services, Problem> {
    let refuse = || {
        let expected = "services must be a list of \"rtc\", \"rtm\" and \"chat\", or \"chatApp\" alone";
        Problem::new(Code::InvalidField, expected).in_field("services")
    };
    let names = value.as_array().ok_or_else(refuse)?;
    if names.is_empty() {
        return Err(Problem::of_code(ErrorCode::NoServices, "services", "services is empty: name at least one"));
    }
    names.iter().map(|name| name.as_str().and_then(Service::from_name).ok_or_else(refuse)).collect()
}

/// Exactly one of uid, account and any user by name.
fn read_user(fields: &mut Fields) -> Result<User, Problem> {
    let any_user = fields.take("anyUser").map_or(Ok(false), |value| body::truth(&value, "anyUser"))?;
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
        _ => Err(Problem::new(Code::InvalidField, "uid, account and anyUser exclude each other").in_field("uid")),
    }
}

/// One channel, or any by name; none where nobody joins one.
fn read_channel(fields: &mut Fields, services: Services) -> Result<Option<Channel>, Problem> {
    let any_channel = fields.take("anyChannel").map_or(Ok(false), |value| body::truth(&value, "anyChannel"))?;
    match (fields.take("channel"), any_channel) {
        (Some(channel), false) => body::channel(&channel, "channel").map(Some),
        (None, true) => Ok(Some(Channel::Any)),
        (None, false) if services.rtc => Err(missing("channel")),
        (None, false) => Ok(None),
        _ => Err(Problem::new(Code::InvalidField, "channel and anyChannel exclude each other").in_field("channel")),
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
        Holder::User(user) => {
            match user {
                User::Uid(uid) => say("uid", Value::from(uid.get())),
                User::Account(account) => say("account", Value::from(account.as_str())),
                User::Any => say("anyUser", Value::from(true)),
            }
            if ask.services.rtc {
                match &ask.channel {
                    Some(Channel::Named(name)) => say("channel", Value::from(name.as_str())),
                    Some(Channel::Any) | None => say("anyChannel", Value::from(true)),
                }
                say("role", Value::from(role_name(ask.role)));
            }
            say("services", ask.services.iter().map(Service::name).collect());
        }
    }
    say("issuedAt", Value::from(minted.issued_at));
    say("expiresAt", Value::from(minted.expires_at));
    say("refreshAfter", Value::from(minted.refresh_after));
    say("serverTime", Value::from(minted.server_time));
    Value::Object(answer)
}
