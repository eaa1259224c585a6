//! The core's tables, for the tests that hold the Python names against them.

use agora_token::doctor::FindingCode;
use agora_token::{ErrorCode, Permissions, Privilege006, Role, ServiceType};
use pyo3::prelude::*;

/// Number, name, field and message of every error code.
#[pyfunction]
pub(crate) fn error_codes() -> Vec<(i32, &'static str, &'static str, &'static str)> {
    ErrorCode::ALL.iter().map(|code| (code.number(), code.name(), code.field(), code.message())).collect()
}

/// Name, severity, meaning and fix of everything that the doctor can find.
#[pyfunction]
pub(crate) fn finding_codes() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    FindingCode::ALL.iter().map(|code| (code.name(), code.severity().name(), code.meaning(), code.fix())).collect()
}

/// Group, name and number of every constant of the formats, by their names in a decoded token's JSON.
#[pyfunction]
pub(crate) fn constants() -> Vec<(&'static str, &'static str, u32)> {
    let numbers = || 0..=u16::MAX;
    let services = ServiceType::all().map(|service| ("service", service.name(), service.number()));
    let privileges = ServiceType::all().flat_map(|service| {
        numbers().filter_map(move |number| Some((service.name(), service.privilege_name(number)?, number)))
    });
    let privileges_006 = numbers().filter_map(|number| Some(("006", Privilege006::name(number)?, number)));
    let resources = numbers().filter_map(|number| Some(("resource", Permissions::resource_name(number)?, number)));
    let permissions =
        numbers().filter_map(|number| Some(("permission", Permissions::permission_name(number)?, number)));
    let roles = [("role", "publisher", Role::Publisher.into()), ("role", "subscriber", Role::Subscriber.into())];
    services
        .chain(privileges)
        .chain(privileges_006)
        .chain(resources)
        .chain(permissions)
        .map(|(group, name, number)| (group, name, u32::from(number)))
        .chain(roles)
        .collect()
}
