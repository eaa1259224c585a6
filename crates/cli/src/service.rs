//! Services and their privileges by their names in JSON.

use std::collections::BTreeSet;
use std::str::FromStr;

use agora_token::{Privilege006, ServiceType};
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::failure::Failure;
use crate::numbers::decimal;

/// A service that exists.
#[derive(Clone, Copy)]
pub(crate) struct ServiceName(pub(crate) ServiceType);

impl ServiceName {
    pub(crate) fn parser() -> impl TypedValueParser<Value = ServiceName> {
        PossibleValuesParser::new(ServiceType::all().map(ServiceType::name)).try_map(|name| name.parse())
    }
}

impl FromStr for ServiceName {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<ServiceName, &'static str> {
        let mut services = ServiceType::all();
        services.find(|service| service.name().eq_ignore_ascii_case(name)).map(ServiceName).ok_or("no such service")
    }
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
    let all = [
        Privilege006::JoinChannel,
        Privilege006::PublishAudioStream,
        Privilege006::PublishVideoStream,
        Privilege006::PublishDataStream,
        Privilege006::AdministrateChannel,
        Privilege006::RtmLogin,
    ];
    let named = || all.iter().filter_map(|one| Some((one.number(), Privilege006::name(one.number())?)));
    // As AccessToken2 calls it.
    let text = if text == "login" { "rtmLogin" } else { text };
    decimal(text)
        .or_else(|| named().find(|(_, name)| *name == text).map(|(number, _)| number))
        .ok_or_else(|| unknown_privilege(named().map(|(_, name)| name)))
}

/// What was given is not shown: it may be a certificate, misplaced.
fn unknown_privilege(known: impl Iterator<Item = &'static str>) -> Failure {
    let names: BTreeSet<&str> = known.collect();
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    Failure::usage(format!("--privilege is no privilege of the service: a number is expected, or one of {names}"))
}
