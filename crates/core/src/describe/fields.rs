//! The fields of a service as they come out of any language: whatever the format carries.

use super::kind::Kind;
use super::value::{Value, any_text, integer, permissions};
use crate::error::{Error, ErrorCode};
use crate::service::{Field, FieldSource, Permissions, ServiceKind, ServiceType};
use crate::text::Text;

/// A service of these values, one for each of its fields in their order.
///
/// # Errors
/// What refuses the first value at fault; it names the field. [`ErrorCode::IndexOutOfRange`] for too many values.
pub fn service_of(service: ServiceType, values: &[Value<'_>]) -> Result<ServiceKind<'static>, Error> {
    let expected = service.row().fields.len();
    if values.len() > expected {
        return Err(ErrorCode::IndexOutOfRange.of("count", format!("is {}, {expected} values expected", values.len())));
    }
    ServiceKind::take(service, &mut Values(values.iter()))
}

/// A text that the format can carry.
///
/// # Errors
/// The code of the field for more than 65,535 bytes, and for what is no text.
pub fn field_text(field: Field, value: Value<'_>) -> Result<Text<'static>, Error> {
    any_text(&value, kind(field), field.name()).map(|bytes| Text::from(bytes.to_vec()))
}

struct Values<'s, 'v>(std::slice::Iter<'s, Value<'v>>);

impl<'v> Values<'_, 'v> {
    fn next(&mut self) -> Value<'v> {
        self.0.next().copied().unwrap_or(Value::Misfit("missing"))
    }
}

impl FieldSource<'static> for Values<'_, '_> {
    type Error = Error;

    fn text(&mut self, field: Field) -> Result<Text<'static>, Error> {
        field_text(field, self.next())
    }

    fn role(&mut self) -> Result<i16, Error> {
        integer(&self.next(), kind(Field::Role), Field::Role.name())
    }

    fn permissions(&mut self) -> Result<Permissions<'static>, Error> {
        let name = Field::Permissions.name();
        permissions(&self.next(), kind(Field::Permissions), name).map(|permissions| permissions.clone().into_owned())
    }
}

const fn kind(field: Field) -> Kind {
    match field {
        Field::ChannelName => Kind::ChannelName,
        Field::Account => Kind::UserAccount,
        Field::UserId => Kind::UserId,
        Field::RoomUuid => Kind::RoomUuid,
        Field::UserUuid => Kind::UserUuid,
        Field::Role => Kind::RoomRole,
        Field::Permissions => Kind::Permissions,
    }
}
