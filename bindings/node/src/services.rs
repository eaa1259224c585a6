//! Services and their parts as arrays: how the mechanism of both generations crosses. `lib/services.cjs` has the other
//! end.

use std::vec;

use agora_token::describe::{Field, FieldSource, FieldValue};
use agora_token::{ErrorCode, Permissions, Privileges, Service, ServiceKind, ServiceType, Text};

use crate::argument::{Argument, Kind, Memory};
use crate::refusal::Refusal;
use crate::reply::{Reply, answer};

/// The service of a number, or of its name in a decoded token.
pub(crate) fn service_type(argument: Argument, name: &'static str) -> Result<ServiceType, Refusal> {
    if argument.kind() == Kind::String {
        let mut memory = Memory::new();
        let text = argument.string(&mut memory.room(), ErrorCode::IndexOutOfRange, name)?;
        return ServiceType::from_name(&text).ok_or_else(|| {
            let names: Vec<_> = ServiceType::all().map(ServiceType::name).collect();
            Refusal::new(ErrorCode::IndexOutOfRange, name, format!("is none of {}", names.join(", ")))
        });
    }
    let number = argument.u16(name)?;
    ServiceType::from_number(number)
        .ok_or_else(|| Refusal::new(ErrorCode::IndexOutOfRange, name, format!("is {number}, which no service has")))
}

/// The number of a service that is given by number or name.
pub(crate) fn service_number(service: Argument) -> Reply {
    answer(|| Ok(service_type(service, "services")?.number().into()))
}

/// A user of the mechanism: a uid, or the text that goes on the wire.
pub(crate) fn user(argument: Argument) -> Result<Text<'static>, Refusal> {
    if argument.kind() == Kind::Number {
        return Ok(Text::from_uid(argument.u32(ErrorCode::InvalidUid, "uid")?));
    }
    argument.any_text(ErrorCode::InvalidUserAccount, "userAccount")
}

/// `[privilege, time, privilege, time, …]`
pub(crate) fn privileges(argument: Argument, code: ErrorCode, name: &'static str) -> Result<Privileges, Refusal> {
    let entries = argument.list(ErrorCode::IndexOutOfRange, "privileges")?;
    let pairs = entries.as_chunks::<2>().0.iter();
    pairs.map(|[privilege, time]| Ok((privilege.u16("privilege")?, time.u32(code, name)?))).collect()
}

/// `[type, privileges, the fields in the order of the wire…]`
pub(crate) fn service(argument: Argument) -> Result<Service<'static>, Refusal> {
    let mut row = Row(argument.list(ErrorCode::NoServices, "service")?.into_iter());
    let service = service_type(row.next()?, "type")?;
    let privileges = privileges(row.next()?, ErrorCode::InvalidLifetime, "privilegeExpire")?;
    Ok(Service { kind: ServiceKind::take(service, &mut row)?, privileges })
}

struct Row(vec::IntoIter<Argument>);

impl Row {
    fn next(&mut self) -> Result<Argument, Refusal> {
        self.0.next().ok_or_else(|| ErrorCode::Internal.into())
    }
}

impl FieldSource<'static> for Row {
    type Error = Refusal;

    fn text(&mut self, field: Field) -> Result<Text<'static>, Refusal> {
        let argument = self.next()?;
        if field == Field::Account { user(argument) } else { argument.any_text(field.code(), field.code().field()) }
    }

    fn role(&mut self) -> Result<i16, Refusal> {
        self.next()?.integer(ErrorCode::InvalidRole, "role", i16::MIN, i16::MAX)
    }

    fn permissions(&mut self) -> Result<Permissions<'static>, Refusal> {
        permissions(self.next()?)
    }
}

/// `[[resource type, [[permission type, [resource, …]], …]], …]`
pub(crate) fn permissions(argument: Argument) -> Result<Permissions<'static>, Refusal> {
    const CODE: ErrorCode = ErrorCode::InvalidPermissions;
    const NAME: &str = "permissions";
    let pair = |argument: Argument| match *argument.list(CODE, NAME)? {
        [number, list] => Ok((number, list.list(CODE, NAME)?)),
        _ => Err(Refusal::from(ErrorCode::Internal)),
    };
    let mut permissions = Permissions::new();
    for row in argument.list(CODE, NAME)? {
        let (resource_type, by_permission) = pair(row)?;
        let resource_type = resource_type.u16("resourceType")?;
        permissions.declare(resource_type);
        for row in by_permission {
            let (permission_type, resources) = pair(row)?;
            let resources = resources.iter().map(|text| text.any_text(CODE, NAME)).collect::<Result<_, _>>()?;
            permissions.set(resource_type, permission_type.u16("permissionType")?, resources);
        }
    }
    Ok(permissions)
}

/// A string, or bytes when it is no UTF-8.
pub(crate) fn of_text(text: &[u8]) -> Reply {
    match std::str::from_utf8(text) {
        Ok(text) => Reply::Text(text.to_owned()),
        Err(_) => Reply::Bytes(text.to_owned()),
    }
}

/// As [`privileges`] takes them.
pub(crate) fn of_privileges(privileges: &Privileges) -> Reply {
    Reply::List(privileges.iter().flat_map(|(privilege, time)| [privilege.into(), time.into()]).collect())
}

/// As [`service`] takes one.
pub(crate) fn of_service(service: &Service<'_>) -> Reply {
    let mut row = vec![service.service_type().number().into(), of_privileges(&service.privileges)];
    let Ok(()) = service.kind.try_each(|_, value| {
        row.push(match value {
            FieldValue::Text(text) => of_text(text.as_bytes()),
            FieldValue::Role(role) => role.into(),
            FieldValue::Permissions(permissions) => of_permissions(permissions),
        });
        Ok::<(), std::convert::Infallible>(())
    });
    Reply::List(row)
}

/// As [`permissions`] takes them.
fn of_permissions(permissions: &Permissions<'_>) -> Reply {
    let resources = |list: &Vec<Text<'_>>| Reply::List(list.iter().map(|text| of_text(text.as_bytes())).collect());
    let rows = permissions.resource_types().map(|(resource_type, by_permission)| {
        let pairs =
            by_permission.iter().map(|(permission, list)| Reply::List(vec![(*permission).into(), resources(list)]));
        Reply::List(vec![resource_type.into(), Reply::List(pairs.collect())])
    });
    Reply::List(rows.collect())
}
