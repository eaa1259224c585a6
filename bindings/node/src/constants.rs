//! The core's tables, for the interface to be built from and checked against.

use agora_token::identity::{CHANNEL_NAME_PUNCTUATION, MAX_CHANNEL_NAME_SIZE, MAX_USER_SIZE};
use agora_token::{ErrorCode, Permissions, Privilege006, Role, ServiceType};
use serde::Serialize;

use crate::documents::write;
use crate::node::{Arguments, Reply};
use crate::refusal::Refusal;

/// `[[name, number, field, message], …]`
pub(crate) fn error_codes(_: &Arguments) -> Result<Reply, Refusal> {
    let rows: Vec<_> = ErrorCode::ALL
        .iter()
        .map(|code| {
            let told = Refusal::from(*code);
            (code.name(), code.number(), told.field, told.reason)
        })
        .collect();
    write(&rows)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Constants {
    /// Name, number, names of the privileges with their numbers.
    services: Vec<(&'static str, u16, Named)>,
    privileges006: Named,
    resources: Named,
    permissions: Named,
    roles: Named,
    max_channel_name_size: usize,
    max_user_size: usize,
    channel_name_punctuation: &'static str,
}

type Named = Vec<(&'static str, u16)>;

pub(crate) fn format_constants(_: &Arguments) -> Result<Reply, Refusal> {
    write(&Constants {
        services: ServiceType::all()
            .map(|service| (service.name(), service.number(), named(|privilege| service.privilege_name(privilege))))
            .collect(),
        privileges006: named(Privilege006::name),
        resources: named(Permissions::resource_name),
        permissions: named(Permissions::permission_name),
        roles: vec![("publisher", Role::Publisher as u16), ("subscriber", Role::Subscriber as u16)],
        max_channel_name_size: MAX_CHANNEL_NAME_SIZE,
        max_user_size: MAX_USER_SIZE,
        channel_name_punctuation: CHANNEL_NAME_PUNCTUATION,
    })
}

/// Every number that has a name.
fn named(name: impl Fn(u16) -> Option<&'static str>) -> Named {
    (0..=u16::MAX).filter_map(|number| name(number).map(|name| (name, number))).collect()
}
