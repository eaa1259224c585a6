//! Permissions of an RTM2 service.

use agora_token::Permissions;
use agora_token::describe::{Field, Value, field_text};

use crate::guard::Refusable;

/// What an RTM2 user may read or write: pairs of a resource type and a permission type, each with a list of resources.
pub struct agora_rtm2_permissions {
    pub(crate) permissions: Permissions<'static>,
}

/// Makes an empty set of permissions.
///
/// out_permissions: to be freed with agora_rtm2_permissions_free.
pub(crate) fn rtm2_permissions_new() -> agora_rtm2_permissions {
    agora_rtm2_permissions { permissions: Permissions::new() }
}

/// Frees a set of permissions. NULL is allowed.
pub(crate) fn rtm2_permissions_free(_permissions: agora_rtm2_permissions) {}

/// Gives a pair an empty list of resources, in place of what it had; agora_rtm2_permissions_add_resource fills it. An
/// empty list is legal in a token.
///
/// resource_type: AGORA_RTM2_MESSAGE_CHANNELS to AGORA_RTM2_USERS; permission_type: AGORA_RTM2_READ or
///     AGORA_RTM2_WRITE. Other numbers are carried as they are.
pub(crate) fn rtm2_permissions_clear(
    permissions: &mut agora_rtm2_permissions,
    resource_type: u16,
    permission_type: u16,
) {
    permissions.permissions.set(resource_type, permission_type, Vec::new());
}

/// Appends a resource to the list of a pair. Order and duplicates are kept.
///
/// resource: any bytes, at most 65535; a name or a pattern.
/// Errors: AGORA_ERROR_INVALID_PERMISSIONS.
pub(crate) fn rtm2_permissions_add_resource(
    permissions: &mut agora_rtm2_permissions,
    resource_type: u16,
    permission_type: u16,
    resource: &[u8],
) -> Refusable<()> {
    let resource = field_text(Field::Permissions, Value::Bytes(resource))?;
    permissions.permissions.add(resource_type, permission_type, resource);
    Ok(())
}
