//! `POST /token/generate` of the official Docker sample: a switch for each service → `{code, message, data: {token}}`.

use agora_token::{ErrorCode, Grant, Lifetime, Role, ServiceSet, ServiceType};
use serde_json::{Value, json};

use super::super::body::{self, Fields, missing};
use crate::ask::Ask;
use crate::endpoint::{Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::{Code, Problem};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::mint(Verb::Post, "/token/generate", ErrorFormat::CodeAndMessage, read, answer);

fn read(input: &Input) -> Result<Ask, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    for unserved in ["serviceFpa", "serviceEducation"] {
        let is_asked = |value: Value| value.as_object().is_some_and(|service| service.values().any(|on| *on == true));
        if fields.take(unserved).is_some_and(is_asked) {
            return Err(Problem::new(Code::InvalidField, "serviceFpa and serviceEducation are not served here"));
        }
    }
    let lifetime = lifetime(&mut fields, "tokenExpireTs")?;
    let privileges = self::lifetime(&mut fields, "privilegeExpireTs")?;
    let mut service = |name| Ok::<_, Problem>(fields.optional(name, body::object)?.unwrap_or_default());
    let (mut rtc, mut rtm, mut chat) = (service("serviceRtc")?, service("serviceRtm")?, service("serviceChat")?);
    let uid = fields.optional("uid", body::text)?;

    let switches = [
        (ServiceType::Rtc, is_on(&mut rtc, "enable", "serviceRtc")?),
        (ServiceType::Rtm, is_on(&mut rtm, "enable", "serviceRtm")?),
        (ServiceType::Chat, is_on(&mut chat, "enableUser", "serviceChat")?),
    ];
    let wanted: ServiceSet = switches.into_iter().filter_map(|(service, is_on)| is_on.then_some(service)).collect();
    if is_on(&mut chat, "enableApp", "serviceChat")? {
        if !wanted.is_empty() {
            return Err(Problem::invalid("serviceChat", "enableApp stands alone"));
        }
        return Ok(Ask::chat_app(lifetime));
    }
    if wanted.is_empty() {
        return Err(Problem::of_code(ErrorCode::NoServices, "serviceRtc", "no service is enabled"));
    }
    let user_uuid = chat.take("userUuid").map(|value| body::text(&value, "serviceChat")).transpose()?;
    let user_uuid = user_uuid.filter(|user| !user.is_empty());
    let user = match (user_uuid, uid) {
        (Some(user), None) if wanted == ServiceSet::from_iter([ServiceType::Chat]) => {
            body::named_account(&user, "userUuid")?
        }
        (None, Some(uid)) => body::uid_or_account(&uid, "uid")?,
        (Some(user), Some(uid)) if user == uid => body::uid_or_account(&uid, "uid")?,
        (Some(_), Some(_)) if wanted.contains(ServiceType::Chat) => {
            return Err(Problem::invalid("serviceChat", "uid and userUuid must be one user"));
        }
        (Some(_), Some(uid)) => body::uid_or_account(&uid, "uid")?,
        (_, None) => return Err(missing("uid")),
    };
    let mut grant = wanted.iter().fold(Grant::new(user), Grant::and);
    if wanted.contains(ServiceType::Rtc) {
        let channel = fields.required("channelName", body::channel)?;
        let role = rtc.optional("role", body::role_numbered)?.unwrap_or(Role::Subscriber);
        grant = grant.with_channel(channel).with_role(role);
        if let Some(privileges) = privileges {
            grant = grant.with_publish_lifetime(privileges);
        }
    }
    Ok(Ask::new(grant, lifetime))
}

/// Seconds from now; 0 leaves it to the server.
fn lifetime(fields: &mut Fields, name: &'static str) -> Result<Option<Lifetime>, Problem> {
    match fields.take(name) {
        Some(value) if value != 0 => body::lifetime(&value, name).map(Some),
        _ => Ok(None),
    }
}

/// Refusals name the service, which is the field of the request.
fn is_on(service: &mut Fields, switch: &str, name: &'static str) -> Result<bool, Problem> {
    service.take(switch).map_or(Ok(false), |value| body::truth(&value, name))
}

fn answer(_: &Ask, minted: &Minted) -> Value {
    json!({ "code": 0, "message": "Success", "data": { "token": minted.token } })
}
