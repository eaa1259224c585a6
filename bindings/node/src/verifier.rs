//! Judging tokens of either generation.

use agora_token::{Credentials, ErrorCode, Expected, ServiceType, Text, Verifier};

use crate::argument::{Argument, Kind, Memory, NoText, Room};
use crate::call::Call;
use crate::credentials::certificate_name;
use crate::host;
use crate::kept::Kept;
use crate::options::Options;
use crate::refusal::Refusal;
use crate::reply::{Reply, answer};
use crate::services::service_type;
use crate::tokens::app_id;

const MAX_CERTIFICATES: usize = 10;

// The places of what is expected.
const SERVICE: usize = 0;
const PRIVILEGE: usize = 1;
const CHANNEL: usize = 2;
const UID: usize = 3;
const ACCOUNT: usize = 4;

/// A verifier of a project by certificates, each after the number of its name in [`certificate_name`]. The leeway may
/// be `undefined`.
pub(crate) fn new_verifier(app_id: Argument, certificates: Argument, leeway: Argument, ignore_time: Argument) -> Reply {
    answer(|| {
        let app_id = self::app_id(app_id)?;
        let certificates = certificates.list(ErrorCode::Internal, "")?;
        let certificates = certificates.as_chunks::<2>().0;
        if !(1..=MAX_CERTIFICATES).contains(&certificates.len()) {
            let reason = match certificates.len() {
                0 => "is missing; 32 hexadecimal digits expected".to_owned(),
                count => format!("is one of {count} certificates, at most {MAX_CERTIFICATES} expected"),
            };
            return Err(Refusal::new(ErrorCode::InvalidAppCertificate, "appCertificate", reason));
        }
        let mut verifier: Option<Verifier> = None;
        for [name, certificate] in certificates {
            let name = certificate_name(*name)?;
            let certificate = certificate.certificate_called(name)?;
            let credentials = Credentials::of(app_id, certificate).map_err(|error| Refusal::named(error, name))?;
            verifier = Some(match verifier {
                None => Verifier::new(credentials),
                Some(verifier) => verifier.with_certificate(credentials.app_certificate),
            });
        }
        let mut verifier = verifier.ok_or(ErrorCode::Internal)?;
        if !leeway.is_undefined() {
            verifier = verifier.leeway(leeway.u32(ErrorCode::InvalidLifetime, "leeway")?);
        }
        if ignore_time.flag("ignoreTime")? {
            verifier = verifier.ignore_time();
        } else if let Some(now) = host::now() {
            verifier = verifier.at(now);
        }
        Ok(Reply::Kept(Kept::Verifier(Box::new(verifier))))
    })
}

/// The verdict of a verifier on a token of which nothing more is expected: of one without fault the index of the
/// certificate that signed it, else an array: that index or `null`, then code, field, reason and the service's name or
/// `null` of each refusal.
pub(crate) struct Judge;

impl Call<Argument, 2> for Judge {
    fn call([verifier, token]: [Argument; 2]) -> Reply {
        answer(|| {
            let held = verifier.held()?;
            let verifier = held.kept.verifier()?;
            let mut memory = Memory::new();
            Ok(told(verifier, &token.token(&mut memory.room())?, &Expected::new()))
        })
    }
}

/// The same by another time than the system's, unless that is `undefined`, and of what is expected, by [`Options`]' bits
/// and place.
pub(crate) struct JudgeBy;

impl Call<Argument, 9> for JudgeBy {
    fn call([verifier, token, clock, given, ref values @ ..]: [Argument; 9]) -> Reply {
        answer(|| {
            let held = verifier.held()?;
            let verifier = held.kept.verifier()?;
            let mut memory = Memory::new();
            let mut room = memory.room();
            let expected = expected(&Options::new(given, values)?, &mut room)?;
            let token = token.token(&mut room)?;
            if clock.is_undefined() {
                return Ok(told(verifier, &token, &expected));
            }
            let now = clock.unix_time("clock")?;
            Ok(told(&verifier.clone().at(now), &token, &expected))
        })
    }
}

fn told(verifier: &Verifier, token: &str, expected: &Expected<'_>) -> Reply {
    let verdict = verifier.verdict(token, expected);
    let certificate = verdict.certificate().map_or(Reply::Null, |index| Reply::of_u64(index as u64));
    if verdict.is_valid() {
        return certificate;
    }
    let mut told = vec![certificate];
    for error in verdict.refusals() {
        let service = error.service().and_then(ServiceType::from_number);
        told.extend(Refusal::from(error.clone()).told().map(Reply::Text));
        told.push(service.map_or(Reply::Null, |service| Reply::Text(service.name().to_owned())));
    }
    Reply::List(told)
}

fn expected<'r>(options: &Options<'_>, room: &mut Room<'r>) -> Result<Expected<'r>, Refusal> {
    options.exclusive((UID, "uid"), (ACCOUNT, "account"), ErrorCode::InvalidUserAccount)?;
    let mut expected = Expected::new();
    let service = options.get(SERVICE, |value| service_type(value, "service"))?;
    if let Some(service) = service {
        expected = expected.service(service);
    }
    if let Some(privilege) = options.get(PRIVILEGE, |value| privilege(value, service.unwrap_or(ServiceType::Rtc)))? {
        expected = expected.privilege(privilege);
    }
    if let Some(name) = options.get(CHANNEL, |value| text(value, room, ErrorCode::InvalidChannelName, "channel"))? {
        expected = expected.channel(name);
    }
    if let Some(uid) = options.get(UID, |value| value.u32(ErrorCode::InvalidUid, "uid"))? {
        expected = expected.uid(uid);
    }
    if let Some(account) = options.get(ACCOUNT, |value| text(value, room, ErrorCode::InvalidUserAccount, "account"))? {
        expected = expected.account(account);
    }
    Ok(expected)
}

/// A string, in memory of the call where it fits, or any bytes.
fn text<'r>(value: Argument, room: &mut Room<'r>, code: ErrorCode, name: &'static str) -> Result<Text<'r>, Refusal> {
    match value.text(room) {
        Ok(std::borrow::Cow::Borrowed(text)) => Ok(text.into()),
        Ok(std::borrow::Cow::Owned(text)) => Ok(text.into()),
        Err(NoText::Misfit) => value.any_text(code, name),
        Err(NoText::LoneSurrogate(position)) => {
            Err(Refusal::new(ErrorCode::InvalidUtf8, name, NoText::lone_surrogate(position)))
        }
    }
}

/// By number, or by its name in a service.
fn privilege(value: Argument, service: ServiceType) -> Result<u16, Refusal> {
    if value.kind() != Kind::String {
        return value.u16("privilege");
    }
    let mut memory = Memory::new();
    let name = value.string(&mut memory.room(), ErrorCode::IndexOutOfRange, "privilege")?;
    let rows = service.row().privileges;
    rows.iter().find(|row| row.name == name).map(|row| row.number).ok_or_else(|| {
        let names: Vec<_> = rows.iter().map(|row| row.name).collect();
        let reason = format!("is no privilege of {}, which has {}", service.name(), names.join(", "));
        Refusal::new(ErrorCode::IndexOutOfRange, "privilege", reason)
    })
}
