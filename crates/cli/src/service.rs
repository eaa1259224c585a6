//! Services and their privileges by their names in JSON.

use std::collections::BTreeSet;

use agora_token::ServiceType;
use agora_token::describe::PRIVILEGES_006;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::failure::Failure;
use crate::numbers::decimal;

/// Reads a service's name, in any letter case.
pub(crate) fn parser() -> impl TypedValueParser<Value = ServiceType> {
    PossibleValuesParser::new(ServiceType::all().map(ServiceType::name)).try_map(|name| {
        ServiceType::all().find(|service| service.name().eq_ignore_ascii_case(&name)).ok_or("no such service")
    })
}

/// A privilege of AccessToken2 by number, or by name and then of the one service that is asked for or knows the name:
/// the same number is another privilege in another service.
pub(crate) fn privilege(text: &str, service: Option<ServiceType>) -> Result<(Option<ServiceType>, u16), Failure> {
    if let Some(number) = decimal(text) {
        return Ok((service, number));
    }
    let names_of = |service: ServiceType| (1..).map_while(move |number| service.privilege_name(number));
    let number_in = |service: ServiceType| (1..).zip(names_of(service)).find(|(_, name)| *name == text);
    let services: Vec<ServiceType> = service.map_or_else(|| ServiceType::all().collect(), |service| vec![service]);
    let found: Vec<_> = services.iter().filter_map(|service| Some((Some(*service), number_in(*service)?.0))).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown_privilege(services.into_iter().flat_map(names_of))),
        _ => Err(Failure::usage("several services have a --privilege of that name: say which service with --for")),
    }
}

/// The same of AccessToken, which has one list of them.
pub(crate) fn privilege_006(text: &str) -> Result<u16, Failure> {
    // As AccessToken2 calls it.
    let text = if text == "login" { "rtmLogin" } else { text };
    decimal(text)
        .or_else(|| PRIVILEGES_006.iter().find(|row| row.name == text).map(|row| row.number))
        .ok_or_else(|| unknown_privilege(PRIVILEGES_006.iter().map(|row| row.name)))
}

/// What was given is not shown: it may be a certificate, misplaced.
fn unknown_privilege(known: impl Iterator<Item = &'static str>) -> Failure {
    let names: BTreeSet<&str> = known.collect();
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    Failure::usage(format!("--privilege is no privilege of the service: a number is expected, or one of {names}"))
}
