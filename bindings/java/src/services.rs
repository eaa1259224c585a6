//! Services and their parts, as lists.

use agora_token::describe::{Field, FieldSource, FieldValue};
use agora_token::{Error, ErrorCode, Permissions, Privileges, Service, ServiceKind, ServiceType, Text};

use crate::message::{Item, Reply};

/// The service of a number.
pub(crate) fn service_type(item: &Item<'_>) -> Result<ServiceType, Error> {
    let number = item.number::<u16>(ErrorCode::IndexOutOfRange, "service")?;
    ServiceType::from_number(number)
        .ok_or_else(|| ErrorCode::IndexOutOfRange.of("service", format!("is {number}, which no service has")))
}

/// `[privilege, time, privilege, time, …]`
pub(crate) fn privileges(item: &Item<'_>, code: ErrorCode, field: &'static str) -> Result<Privileges, Error> {
    let pair = |[privilege, time]: &[Item<'_>; 2]| {
        Ok((privilege.number(ErrorCode::IndexOutOfRange, "privilege")?, time.number(code, field)?))
    };
    item.list()?.as_chunks::<2>().0.iter().map(pair).collect()
}

/// `[type, privileges, the fields in the order of the wire…]`
pub(crate) fn service(item: &Item<'_>) -> Result<Service<'static>, Error> {
    let [number, held, fields @ ..] = item.list()? else { return Err(ErrorCode::Internal.into()) };
    let mut fields = Fields(fields.iter());
    let kind = ServiceKind::take(service_type(number)?, &mut fields)?;
    Ok(Service { kind, privileges: privileges(held, ErrorCode::InvalidLifetime, "privilege_expire")? })
}

struct Fields<'f, 'a>(std::slice::Iter<'f, Item<'a>>);

impl<'f, 'a> Fields<'f, 'a> {
    fn next(&mut self) -> Result<&'f Item<'a>, Error> {
        self.0.next().ok_or_else(|| ErrorCode::Internal.into())
    }
}

impl FieldSource<'static> for Fields<'_, '_> {
    type Error = Error;

    fn text(&mut self, field: Field) -> Result<Text<'static>, Error> {
        self.next()?.any_text(field.code(), field.code().field()).map(Text::into_owned)
    }

    fn role(&mut self) -> Result<i16, Error> {
        self.next()?.number(ErrorCode::InvalidRole, "role")
    }

    fn permissions(&mut self) -> Result<Permissions<'static>, Error> {
        permissions(self.next()?).map(Permissions::into_owned)
    }
}

/// `[resource type, [permission type, [resource, …], …], …]`
pub(crate) fn permissions<'a>(item: &Item<'a>) -> Result<Permissions<'a>, Error> {
    const CODE: ErrorCode = ErrorCode::InvalidPermissions;
    if item.is_null() {
        return Err(item.misfit(CODE, "permissions", "permissions"));
    }
    let mut permissions = Permissions::new();
    for [resource_type, by_permission] in item.list()?.as_chunks::<2>().0 {
        let resource_type = resource_type.number(CODE, "permissions")?;
        permissions.declare(resource_type);
        for [permission_type, resources] in by_permission.list()?.as_chunks::<2>().0 {
            let resources = resources.list()?.iter().map(|text| text.any_text(CODE, "permissions"));
            let permission_type = permission_type.number(CODE, "permissions")?;
            permissions.set(resource_type, permission_type, resources.collect::<Result<_, _>>()?);
        }
    }
    Ok(permissions)
}

/// As [`privileges`] takes them.
pub(crate) fn tell_privileges(reply: &mut Reply, privileges: &Privileges) {
    reply.list(privileges.len() * 2);
    for (privilege, time) in privileges.iter() {
        reply.integer(privilege);
        reply.integer(time);
    }
}

/// As [`service`] takes one.
pub(crate) fn tell_service(reply: &mut Reply, service: &Service<'_>) {
    let kind = service.service_type();
    reply.list(kind.row().fields.len() + 2);
    reply.integer(kind.number());
    tell_privileges(reply, &service.privileges);
    let Ok(()) = service.kind.try_each(|_, value| {
        match value {
            FieldValue::Text(text) => reply.bytes(text.as_bytes()),
            FieldValue::Role(role) => reply.integer(role),
            FieldValue::Permissions(permissions) => tell_permissions(reply, permissions),
        }
        Ok::<(), std::convert::Infallible>(())
    });
}

fn tell_permissions(reply: &mut Reply, permissions: &Permissions<'_>) {
    reply.list(permissions.resource_types().count() * 2);
    for (resource_type, by_permission) in permissions.resource_types() {
        reply.integer(resource_type);
        reply.list(by_permission.len() * 2);
        for (permission_type, resources) in by_permission {
            reply.integer(*permission_type);
            reply.list(resources.len());
            resources.iter().for_each(|text| reply.bytes(text.as_bytes()));
        }
    }
}
