//! Permissions of an RTM2 service.

use std::ffi::c_char;
use std::ptr;

use agora_token::Permissions;
use agora_token::describe::{Field, field_text};

use crate::guard::{bytes_value, free, guard, handle_call, handle_mut, refusable};
use crate::refusal::agora_refusal;
use crate::status::agora_status;

/// What an RTM2 user may read or write: pairs of a resource type and a permission type, each with a list of resources.
pub struct agora_rtm2_permissions {
    pub(crate) permissions: Permissions<'static>,
}

/// Makes an empty set of permissions, to be freed with agora_rtm2_permissions_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_rtm2_permissions_new(out_permissions: *mut *mut agora_rtm2_permissions) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_permissions, ptr::null_mut(), || Ok(agora_rtm2_permissions { permissions: Permissions::new() }))
    }
}

/// Frees a set of permissions. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_rtm2_permissions_free(permissions: *mut agora_rtm2_permissions) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(permissions) }
}

/// Gives a pair an empty list of resources, replacing what it had. An empty list is legal in a token.
///
/// resource_type: AGORA_RTM2_MESSAGE_CHANNELS to AGORA_RTM2_USERS; permission_type: AGORA_RTM2_READ or
///     AGORA_RTM2_WRITE. Other numbers are carried as they are.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_rtm2_permissions_set(
    permissions: *mut agora_rtm2_permissions,
    resource_type: u16,
    permission_type: u16,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            handle_mut(permissions, "permissions")?.permissions.set(resource_type, permission_type, Vec::new());
            Ok(())
        })
    }
}

/// Appends a resource to the list of a pair. Order and duplicates are kept.
///
/// resource: any bytes, at most 65535; a name or a pattern.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_PERMISSIONS.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_rtm2_permissions_add_resource(
    permissions: *mut agora_rtm2_permissions,
    resource_type: u16,
    permission_type: u16,
    resource: *const c_char,
    resource_size: usize,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        refusable(out_refusal, || {
            let permissions = handle_mut(permissions, "permissions")?;
            let resource = field_text(Field::Permissions, bytes_value(resource, resource_size))?;
            permissions.permissions.add(resource_type, permission_type, resource);
            Ok(())
        })
    }
}
