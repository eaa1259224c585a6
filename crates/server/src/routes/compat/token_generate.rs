//! `POST /token/generate` of the official Docker sample: a switch for each service → `{code, message, data: {token}}`.

use agora_token::{ErrorCode, Grant, Lifetime, Role, ServiceSet, ServiceType};
use serde_json::{Value, json};

use super::super::body::{self, Fields, missing};
use super::users::uid_or_account;
use crate::ask::Ask;
use crate::endpoint::{Action, Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::{Code, Problem};

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/token/generate",
    verb: Verb::Post,
    errors: ErrorFormat::CodeAndMessage,
    action: Action::Mint { read, answer },
};

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
    let rtc = Switches::of(&mut fields, "serviceRtc")?;
    let rtm = Switches::of(&mut fields, "serviceRtm")?;
    let chat = Switches::of(&mut fields, "serviceChat")?;
    let uid = fields.take("uid").map(|value| body::text(&value, "uid")).transpose()?;

    let switches = [
        (ServiceType::Rtc, rtc.is_on("enable")?),
        (ServiceType::Rtm, rtm.is_on("enable")?),
        (ServiceType::Chat, chat.is_on("enableUser")?),
    ];
    let wanted: ServiceSet = switches.into_iter().filter_map(|(service, is_on)| is_on.then_some(service)).collect();
    if chat.is_on("enableApp")? {
        if !wanted.is_empty() {
            return Err(Problem::new(Code::InvalidField, "enableApp stands alone").in_field("serviceChat"));
        }
        return Ok(Ask::chat_app(lifetime));
    }
    if wanted.is_empty() {
        return Err(Problem::of_code(ErrorCode::NoServices, "serviceRtc", "no service is enabled"));
    }
    let user = match (chat.text("userUuid")?, uid) {
        (Some(user), None) if wanted == ServiceSet::from_iter([ServiceType::Chat]) => {
            body::named_account(&user, "userUuid")?
        }
        (None, Some(uid)) => uid_or_account(&uid, "uid")?,
        (Some(user), Some(uid)) if user == uid => uid_or_account(&uid, "uid")?,
        (Some(_), Some(_)) if wanted.contains(ServiceType::Chat) => {
            return Err(Problem::new(Code::InvalidField, "uid and userUuid must be one user").in_field("serviceChat"));
        }
        (Some(_), Some(uid)) => uid_or_account(&uid, "uid")?,
        (_, None) => return Err(missing("uid")),
    };
    let mut grant = wanted.iter().fold(Grant::new(user), Grant::and);
    if wanted.contains(ServiceType::Rtc) {
        let channel = fields.take("channelName").ok_or_else(|| missing("channelName"))?;
        grant = grant.with_channel(body::channel(&channel, "channelName")?).with_role(rtc.role()?);
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

/// What a request says of one service.
struct Switches {
    name: &'static str,
    value: Value,
}

impl Switches {
    fn of(fields: &mut Fields, name: &'static str) -> Result<Switches, Problem> {
        match fields.take(name) {
            None => Ok(Switches { name, value: Value::Null }),
            Some(value @ Value::Object(_)) => Ok(Switches { name, value }),
            Some(_) => Err(Problem::new(Code::InvalidField, format!("{name} must be an object")).in_field(name)),
        }
    }

    fn is_on(&self, switch: &str) -> Result<bool, Problem> {
        self.value.get(switch).map_or(Ok(false), |value| body::truth(value, self.name))
    }

    fn text(&self, field: &str) -> Result<Option<String>, Problem> {
        let text = self.value.get(field).map(|value| body::text(value, self.name)).transpose()?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    fn role(&self) -> Result<Role, Problem> {
        match self.value.get("role").map(Value::as_u64) {
            Some(Some(1)) => Ok(Role::Publisher),
            None | Some(Some(2)) => Ok(Role::Subscriber),
            Some(_) => {
                Err(Problem::of_code(ErrorCode::InvalidRole, "role", "role must be 1 (publisher) or 2 (subscriber)"))
            }
        }
    }
}

fn answer(_: &Ask, minted: &Minted) -> Value {
    json!({ "code": 0, "message": "Success", "data": { "token": minted.token } })
}
