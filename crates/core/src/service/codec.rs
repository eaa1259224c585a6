//! A service of a token: what it says, and how it is read and written.

use super::field::{Field, FieldSource, FieldValue};
use super::permissions::Permissions;
use super::privileges::Privileges;
use super::table::{Service, ServiceKind, ServiceType};
use crate::error::Error;
use crate::text::Text;
use crate::wire::{Reader, Writer};

impl<'a> Service<'a> {
    /// A service that grants nothing yet.
    pub fn new(kind: ServiceKind<'a>) -> Service<'a> {
        Service { kind, privileges: Privileges::new() }
    }

    /// Grants a privilege.
    #[must_use]
    pub fn with_privilege(mut self, privilege: u16, expire: u32) -> Service<'a> {
        self.privileges.set(privilege, expire);
        self
    }

    /// Which service this is.
    pub fn service_type(&self) -> ServiceType {
        self.kind.service_type()
    }

    /// The channel name of a service that has one.
    pub fn channel_name(&self) -> Option<&Text<'a>> {
        self.text(Field::ChannelName)
    }

    /// The user account of a service that has one; empty means any user.
    pub fn account(&self) -> Option<&Text<'a>> {
        self.text(Field::Account)
    }

    /// The user ID of a messaging service.
    pub fn user_id(&self) -> Option<&Text<'a>> {
        self.text(Field::UserId)
    }

    /// The text in a field of a service that has it.
    pub(crate) fn text(&self, wanted: Field) -> Option<&Text<'a>> {
        let mut found = None;
        let _ = self.kind.try_each(|field, value| match value {
            FieldValue::Text(text) if field == wanted => {
                found = Some(text);
                Err(())
            }
            _ => Ok(()),
        });
        found
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Service<'static> {
        Service { kind: self.kind.into_owned(), privileges: self.privileges }
    }

    pub(crate) fn write(&self, writer: &mut Writer) -> Result<(), Error> {
        writer.u16(self.service_type().number());
        self.privileges.write(writer)?;
        self.kind.try_each(|field, value| match value {
            FieldValue::Text(text) => writer.text(text.as_bytes(), field.code()),
            FieldValue::Role(role) => {
                writer.raw(&role.to_le_bytes());
                Ok(())
            }
            FieldValue::Permissions(permissions) => permissions.write(writer),
        })
    }

    /// Reads what follows the type.
    pub(crate) fn read(service: ServiceType, reader: &mut Reader<'a>) -> Result<Service<'a>, Error> {
        let privileges = Privileges::read(reader)?;
        Ok(Service { kind: ServiceKind::take(service, reader)?, privileges })
    }
}

impl<'a> FieldSource<'a> for Reader<'a> {
    type Error = Error;

    fn text(&mut self, field: Field) -> Result<Text<'a>, Error> {
        self.bytes(field.words()).map(Text::from)
    }

    fn role(&mut self) -> Result<i16, Error> {
        self.i16(Field::Role.words())
    }

    fn permissions(&mut self) -> Result<Permissions<'a>, Error> {
        Permissions::read(self)
    }
}
