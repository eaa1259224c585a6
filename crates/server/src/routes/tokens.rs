//! `POST /v1/tokens`: every service in one token, and when to fetch the next. `POST /v1/tokens/batch`: many at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use agora_token::describe::Field;
use agora_token::{Channel, ErrorCode, Grant, Permissions, Role, Room, ServiceSet, ServiceType, Text, User};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use serde_with::skip_serializing_none;
use utoipa::ToSchema;

use super::body::{self, Account, ChannelName, RoleName, RoomRole, Seconds, Uid, WantedName, missing};
use crate::about::{About, Body};
use crate::ask::{Ask, Holder, Wanted, have, name_a_user, tell_roles};
use crate::callers::Caller;
use crate::endpoint::{Endpoint, Input, Row};
use crate::error_format::{ErrorFormat, ProblemDetails};
use crate::mint::Minted;
use crate::problem::Problem;

const EXAMPLE: &str = r#"{"token": "007eJxTYHg…", "appId": "970CA35de60c44645bbae8a215061b33", "channel": "room", "uid": 42,
    "role": "publisher", "services": ["rtc", "rtm"], "issuedAt": 1795298747, "expiresAt": 1795302347,
    "refreshAfter": 1795301987, "serverTime": 1795298747}"#;

pub(super) const ENDPOINT: Endpoint = Endpoint::mint(
    "/v1/tokens",
    ErrorFormat::ProblemDetails,
    |input, caller| TokenRequest::ask(body::read(&input.body)?, caller).map_err(Problem::unprocessable),
    |ask, minted| body::answer(TokenAnswer::of(ask, minted)),
    About {
        description: "At most one of `uid`, `account` and `anyUser`; a JWT's own user if none is given. `channel` or \
                      `anyChannel` is needed for services of a channel. A service that ends with App stands alone: a token \
                      of the service's administrator, for servers. What none of the services needs is refused.",
        request: Some(Body::json::<TokenRequest>(
            "What the token is for",
            r#"{"channel": "room", "uid": 42, "role": "publisher", "services": ["rtc", "rtm"], "lifetime": 3600}"#,
        )),
        ..About::new(
            "mintToken",
            "Tokens",
            "One token for all services",
            Body::json::<TokenAnswer>("The token, and when to fetch the next", EXAMPLE),
        )
    },
);

pub(super) const BATCH: Endpoint = Endpoint::batch(
    "/v1/tokens/batch",
    read_batch,
    |ask, minted| body::answer(TokenAnswer::of(ask, minted)),
    About {
        description: "Each of `users` has the fields of a request for one token, over those of `template`. The answers stand \
                      in the order of the users; one that is refused has its problem in its place. Every token counts for \
                      the caller's limit.",
        request: Some(Body::json::<BatchRequest>(
            "Whom the tokens are for",
            r#"{"template": {"channel": "hall", "services": ["rtc", "rtm"]}, "users": [{"uid": 1}, {"uid": 2, "role": "publisher"}]}"#,
        )),
        ..About::new("mintTokens", "Tokens", "Tokens for many users", Body::json::<BatchAnswer>("The tokens", ""))
    },
);

const MOST_USERS: usize = 1000;

/// The bytes that the template of a batch comes to, once for each user.
const MOST_TEMPLATES: usize = 2 * 1024 * 1024;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TokenRequest {
    /// One of the caller's projects by its name; the first if left out
    project: Option<String>,
    /// What the token is for, rtc if left out
    #[schema(min_items = 1)]
    services: Option<Vec<WantedName>>,
    channel: Option<ChannelName>,
    /// Any channel; only where the policy allows it
    #[serde(default)]
    any_channel: bool,
    uid: Option<Uid>,
    account: Option<Account>,
    /// Any user; only where the policy allows it
    #[serde(default)]
    any_user: bool,
    /// subscriber if left out
    role: Option<RoleName>,
    /// The room of a classroom; outside of rooms if left out
    room: Option<RoomRequest>,
    /// What the user may read or write, for rtm2: resources by their type and `read` or `write`
    #[schema(value_type = Option<BTreeMap<String, BTreeMap<String, Vec<String>>>>)]
    permissions: Option<BTreeMap<String, BTreeMap<String, Vec<String>>>>,
    /// How long the token lives, in seconds; the server's own lifetime if left out
    lifetime: Option<Seconds>,
    /// How long a publisher may publish, in seconds; as long as the token if left out, and never longer
    publish_lifetime: Option<Seconds>,
}

/// A room of a classroom
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoomRequest {
    /// The room
    #[schema(min_length = 1, max_length = 255)]
    uuid: String,
    role: RoomRole,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BatchRequest {
    /// What all users have
    #[serde(default)]
    #[schema(value_type = Object)]
    template: Map<String, Value>,
    /// What each user has, 1000 at most
    #[schema(value_type = Vec<Object>, min_items = 1, max_items = 1000)]
    users: Vec<Map<String, Value>>,
}

#[skip_serializing_none]
#[derive(Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TokenAnswer {
    token: String,
    /// The project
    app_id: String,
    channel: Option<String>,
    /// Any channel
    any_channel: Option<bool>,
    uid: Option<u32>,
    /// The user
    account: Option<String>,
    /// Any user
    any_user: Option<bool>,
    /// What the user may do in the channel
    role: Option<&'static str>,
    /// What the token is for
    services: Vec<String>,
    /// When the token was made, Unix seconds
    issued_at: u64,
    /// When it ends, Unix seconds
    expires_at: u64,
    /// When to fetch the next, Unix seconds
    refresh_after: u64,
    /// The server's clock, to correct the client's by, Unix seconds
    server_time: u64,
}

/// As the handler writes it
#[derive(Serialize, ToSchema)]
struct BatchAnswer {
    /// A token for each user, or why there is none
    tokens: Vec<BatchRow>,
}

#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it documents")]
enum BatchRow {
    Token(Box<TokenAnswer>),
    Refused { problem: ProblemDetails },
}

fn read_batch(input: &Input) -> Result<Vec<Row>, Problem> {
    let BatchRequest { template, users } = body::read_rows(&input.body)?;
    if !(1..=MOST_USERS).contains(&users.len()) {
        return Err(Problem::invalid("users", format!("users must be a list of 1 to {MOST_USERS}")));
    }
    // Each user takes a copy, so what a small body may come to is bounded.
    let size = serde_json::to_vec(&template).map_or(usize::MAX, |template| template.len());
    if size.saturating_mul(users.len()) > MOST_TEMPLATES {
        let reason = format!("template is too large for {} users: {MOST_TEMPLATES} bytes in all", users.len());
        return Err(Problem::invalid("template", reason));
    }
    let template = Arc::new(template);
    let row = |user| -> Row {
        let template = template.clone();
        Box::new(move |caller| {
            let mut fields = Map::clone(&template);
            fields.extend(user);
            TokenRequest::ask(body::of_value(Value::Object(fields))?, caller).map_err(Problem::unprocessable)
        })
    };
    Ok(users.into_iter().map(row).collect())
}

impl TokenRequest {
    fn ask(self, caller: &Caller) -> Result<Ask, Problem> {
        let lifetime = self.lifetime.as_ref().map(|lifetime| lifetime.0);
        let wanted: Vec<Wanted> = match &self.services {
            None => vec![Wanted::Service(ServiceType::Rtc)],
            Some(names) => names.iter().map(|name| name.0).collect(),
        };
        let project = self.project.clone();
        if let [Wanted::App(service)] = wanted.as_slice() {
            self.refuse_unneeded(ServiceSet::new())?;
            return Ok(Ask { project, holder: Holder::App(*service), lifetime });
        }
        let services = wanted.into_iter().map(|one| match one {
            Wanted::Service(service) => Ok(service),
            Wanted::App(_) => Err(Problem::invalid("services", format!("services must be {one} alone"))),
        });
        let services = services.collect::<Result<ServiceSet, _>>()?;
        if services.is_empty() {
            let reason = "services is empty: name at least one";
            return Err(Problem::of_code(ErrorCode::NoServices, "services", reason));
        }
        if services.contains(ServiceType::Rtm) && services.contains(ServiceType::Rtm2) {
            let reason = "services has rtm, which lets into all of messaging, beside rtm2, which restricts it";
            return Err(Problem::invalid("services", reason));
        }
        self.refuse_unneeded(services)?;
        let user = self.user(services, caller)?;
        let mut grant = services.iter().fold(Grant::new(user), Grant::and);
        grant = grant.role(self.role.as_ref().map_or(Role::Subscriber, |role| role.0));
        match (self.channel, self.any_channel) {
            (Some(channel), false) => grant = grant.channel(channel.0),
            (None, true) => grant = grant.channel(Channel::Any),
            (None, false) if have(services, Field::ChannelName) => return Err(missing("channel")),
            (None, false) => {}
            (Some(_), true) => return Err(Problem::invalid("channel", "channel and anyChannel exclude each other")),
        }
        if let Some(room) = self.room {
            let room = Room::new(room.uuid, room.role.0).map_err(|error| Problem::of_library(&error, Some("room")))?;
            grant = grant.room(room);
        }
        if let Some(publish) = self.publish_lifetime {
            grant = grant.publish_lifetime(publish.0);
        }
        let permissions = self.permissions.map_or_else(|| Ok(Permissions::new()), permissions)?;
        Ok(Ask { project, holder: Holder::User(grant, permissions), lifetime })
    }

    /// What no service makes use of would be forgotten in silence.
    fn refuse_unneeded(&self, services: ServiceSet) -> Result<(), Problem> {
        let publishes = self.role.as_ref().is_some_and(|role| role.0.publishes());
        let has_channel = have(services, Field::ChannelName);
        let unneeded = [
            ("channel", self.channel.is_some() && !has_channel, "none of the services has a channel"),
            ("anyChannel", self.any_channel && !has_channel, "none of the services has a channel"),
            ("role", self.role.is_some() && !tell_roles(services), "none of the services has roles"),
            ("room", self.room.is_some() && !have(services, Field::RoomUuid), "none of the services has rooms"),
            (
                "permissions",
                self.permissions.is_some() && !have(services, Field::Permissions),
                "none of the services has permissions",
            ),
            (
                "publishLifetime",
                self.publish_lifetime.is_some() && !(publishes && tell_roles(services)),
                "only a publisher publishes",
            ),
            ("uid", self.uid.is_some() && !name_a_user(services), "none of the services has a user"),
            ("account", self.account.is_some() && !name_a_user(services), "none of the services has a user"),
            ("anyUser", self.any_user && !name_a_user(services), "none of the services has a user"),
        ];
        unneeded
            .into_iter()
            .find(|(_, is_there, _)| *is_there)
            .map_or(Ok(()), |(field, _, reason)| Err(Problem::invalid(field, format!("{field} must go: {reason}"))))
    }

    fn user(&self, services: ServiceSet, caller: &Caller) -> Result<User<'static>, Problem> {
        match (&self.uid, &self.account, self.any_user) {
            (Some(uid), None, false) => Ok(User::Uid(uid.0)),
            (None, Some(account), false) => Ok(account.0.clone()),
            (None, None, true) => Ok(User::Any),
            (None, None, false) if !name_a_user(services) => Ok(User::Any),
            (None, None, false) => caller.own.user.clone().ok_or_else(|| missing("uid")),
            _ => Err(Problem::invalid("uid", "uid, account and anyUser exclude each other")),
        }
    }
}

/// By the names of a decoded token's document.
fn permissions(asked: BTreeMap<String, BTreeMap<String, Vec<String>>>) -> Result<Permissions<'static>, Problem> {
    fn number(name: &str, names: fn(u16) -> Option<&'static str>, what: &str) -> Result<u16, Problem> {
        let found = (0..).map_while(names).position(|known| known == name).and_then(|at| u16::try_from(at).ok());
        found.ok_or_else(|| {
            let known: Vec<_> = (0..).map_while(names).collect();
            let expected = format!("permissions must name {what} as {}", known.join(", "));
            Problem::of_code(ErrorCode::InvalidPermissions, "permissions", expected)
        })
    }
    let mut permissions = Permissions::new();
    for (resource_name, by_permission) in asked {
        let resource_type = number(&resource_name, Permissions::resource_name, "types of resources")?;
        permissions.declare(resource_type);
        for (permission_name, resources) in by_permission {
            let permission = number(&permission_name, Permissions::permission_name, "what is allowed")?;
            permissions.set(resource_type, permission, resources.into_iter().map(Text::from).collect());
        }
    }
    Ok(permissions)
}

impl TokenAnswer {
    fn of(ask: &Ask, minted: &Minted) -> TokenAnswer {
        let mut answer = TokenAnswer {
            token: minted.token.clone(),
            app_id: minted.app_id.clone(),
            issued_at: minted.issued_at.as_secs(),
            expires_at: minted.expires_at.as_secs(),
            refresh_after: minted.refresh_after.as_secs(),
            server_time: minted.server_time,
            ..TokenAnswer::default()
        };
        let grant = match &ask.holder {
            Holder::App(service) => {
                answer.services = vec![Wanted::App(*service).to_string()];
                return answer;
            }
            Holder::User(grant, _) => grant,
        };
        let services = grant.get_services();
        answer.services = services.iter().map(|service| service.name().to_owned()).collect();
        match grant.get_channel() {
            Some(Channel::Named(name)) => answer.channel = Some(name.as_str().to_owned()),
            Some(Channel::Any) => answer.any_channel = Some(true),
            None => {}
        }
        match grant.get_user() {
            _ if !name_a_user(services) => {}
            User::Uid(uid) => answer.uid = Some(uid.get()),
            User::Account(account) => answer.account = Some(account.as_str().to_owned()),
            User::Any => answer.any_user = Some(true),
        }
        answer.role = grant.get_role().filter(|_| tell_roles(services)).map(Role::name);
        answer
    }
}
