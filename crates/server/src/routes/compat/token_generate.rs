//! `POST /token/generate` of the official Docker sample: a switch for each service → `{code, message, data: {token}}`.

use agora_token::{ErrorCode, Grant, Role, ServiceSet, ServiceType};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::super::body::{self, ChannelName, RoleNumber, SecondsOrZero, missing};
use crate::about::{About, Body, TokenAlone};
use crate::ask::Ask;
use crate::endpoint::{Endpoint, Input};
use crate::error_format::ErrorFormat;
use crate::problem::{Code, Problem};

pub(super) const ENDPOINT: Endpoint = Endpoint::mint(
    "/token/generate",
    ErrorFormat::CodeAndMessage,
    |input, _| read(input),
    |_, minted| {
        let data = TokenAlone { token: minted.token.clone() };
        body::answer(GenerateAnswer { code: 0, message: "Success", data })
    },
    About {
        description: "At least one service is enabled; enableApp stands alone. serviceFpa and serviceEducation are refused.",
        request: Some(Body::json::<GenerateRequest>(
            "Which services, for whom",
            r#"{"channelName": "room", "uid": "42", "tokenExpireTs": 3600, "privilegeExpireTs": 3600,
                "serviceRtc": {"enable": true, "role": 1}}"#,
        )),
        ..About::compat::<GenerateAnswer>("compatTokenGenerate", "The official Docker sample")
    },
);

#[serde_with::apply(_ => #[serde(default)])]
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GenerateRequest {
    channel_name: Option<ChannelName>,
    /// A uid in digits, or an account
    uid: Option<String>,
    token_expire_ts: Option<SecondsOrZero>,
    /// How long the user may publish; 0 for as long as the token
    privilege_expire_ts: Option<SecondsOrZero>,
    service_rtc: RtcSwitch,
    service_rtm: RtmSwitch,
    service_chat: ChatSwitch,
    #[schema(ignore)]
    service_fpa: Value,
    #[schema(ignore)]
    service_education: Value,
}

/// Voice and video
#[serde_with::apply(bool => #[serde(default)])]
#[derive(Deserialize, ToSchema, Default)]
struct RtcSwitch {
    enable: bool,
    role: Option<RoleNumber>,
}

/// Messaging
#[serde_with::apply(bool => #[serde(default)])]
#[derive(Deserialize, ToSchema, Default)]
struct RtmSwitch {
    enable: bool,
}

/// Chat, as a user or as its administrator
#[serde_with::apply(bool => #[serde(default)])]
#[derive(Deserialize, ToSchema, Default)]
#[serde(rename_all = "camelCase")]
struct ChatSwitch {
    enable_user: bool,
    enable_app: bool,
    /// The Chat user
    user_uuid: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct GenerateAnswer {
    /// 0
    code: i32,
    message: &'static str,
    data: TokenAlone,
}

fn read(input: &Input) -> Result<Ask, Problem> {
    let asked: GenerateRequest = body::read(&input.body)?;
    let is_on = |service: &Value| service.as_object().is_some_and(|fields| fields.values().any(|on| *on == true));
    if is_on(&asked.service_fpa) || is_on(&asked.service_education) {
        return Err(Problem::new(Code::InvalidField, "serviceFpa and serviceEducation are not served here"));
    }
    let lifetime = asked.token_expire_ts.and_then(|expire| expire.0);
    let (rtc, chat) = (asked.service_rtc, asked.service_chat);
    let switches = [
        (ServiceType::Rtc, rtc.enable),
        (ServiceType::Rtm, asked.service_rtm.enable),
        (ServiceType::Chat, chat.enable_user),
    ];
    let wanted: ServiceSet = switches.into_iter().filter_map(|(service, is_on)| is_on.then_some(service)).collect();
    if chat.enable_app {
        if !wanted.is_empty() {
            return Err(Problem::invalid("serviceChat", "enableApp stands alone"));
        }
        return Ok(Ask::chat_app(lifetime));
    }
    if wanted.is_empty() {
        return Err(Problem::of_code(ErrorCode::NoServices, "serviceRtc", "no service is enabled"));
    }
    let user = match (chat.user_uuid.filter(|user| !user.is_empty()), asked.uid) {
        (Some(user), None) if wanted == ServiceSet::from_iter([ServiceType::Chat]) => {
            body::named_account(&user, "userUuid")?
        }
        (Some(user), Some(uid)) if user != uid && wanted.contains(ServiceType::Chat) => {
            return Err(Problem::invalid("serviceChat", "uid and userUuid must be one user"));
        }
        (_, Some(uid)) => body::uid_or_account(&uid, "uid")?,
        (_, None) => return Err(missing("uid")),
    };
    let mut grant = wanted.iter().fold(Grant::new(user), Grant::and);
    if wanted.contains(ServiceType::Rtc) {
        let channel = asked.channel_name.ok_or_else(|| missing("channelName"))?;
        grant = grant.channel(channel.0).role(rtc.role.map_or(Role::Subscriber, |role| role.0));
        if let Some(privileges) = asked.privilege_expire_ts.and_then(|expire| expire.0) {
            grant = grant.publish_lifetime(privileges);
        }
    }
    Ok(Ask::new(grant, lifetime))
}
