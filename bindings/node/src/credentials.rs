//! App ID and App Certificate, as options or as the environment has them.

use agora_token::{AppCertificate, AppId, Credentials, ErrorCode};

use crate::argument::{Argument, Memory, Room};
use crate::refusal::Refusal;
use crate::reply::{Reply, answer};

/// What a credential is refused as, and what it is called.
type Row = (ErrorCode, &'static str);

const OPTIONS: [Row; 2] = [(ErrorCode::InvalidAppId, "appId"), (ErrorCode::InvalidAppCertificate, "appCertificate")];
const VARIABLES: [Row; 3] = [
    (ErrorCode::InvalidAppId, "AGORA_APP_ID"),
    (ErrorCode::InvalidAppCertificate, "AGORA_APP_CERTIFICATE"),
    (ErrorCode::InvalidAppCertificate, "AGORA_APP_CERTIFICATE_SECONDARY"),
];

/// What a certificate may be called.
const CERTIFICATE_NAMES: [&str; 4] = ["appCertificate", "certificate", "appCertificates", "certificates"];

/// The name of a certificate, by its number.
pub(crate) fn certificate_name(number: Argument) -> Result<&'static str, Refusal> {
    let name = number.whole_number().and_then(|number| CERTIFICATE_NAMES.get(usize::try_from(number).ok()?));
    Ok(name.ok_or(ErrorCode::Internal)?)
}

pub(crate) fn credentials(
    app_id: Argument,
    app_certificate: Argument,
    room: &mut Room<'_>,
) -> Result<Credentials, Refusal> {
    let [id, certificate] = OPTIONS;
    let app_id = app_id.string(room, id.0, id.1)?;
    let app_certificate = app_certificate.string(room, certificate.0, certificate.1)?;
    Ok(Credentials::new(&app_id, &app_certificate)?)
}

/// Refuses credentials that are none.
pub(crate) fn check_pair(app_id: Argument, app_certificate: Argument) -> Reply {
    answer(|| credentials(app_id, app_certificate, &mut Memory::new().room()).map(|_| Reply::Null))
}

/// Refuses values of the environment's variables that are none, under the names of the variables. The last may be
/// `undefined`.
pub(crate) fn check_environment(app_id: Argument, app_certificate: Argument, secondary: Argument) -> Reply {
    answer(|| {
        let [id, certificate, second] = VARIABLES;
        let app_id = variable(app_id, id, AppId::new)?;
        let app_certificate = variable(app_certificate, certificate, AppCertificate::new)?;
        Credentials::of(app_id, app_certificate).map_err(|error| Refusal::named(error, certificate.1))?;
        if !secondary.is_undefined() {
            let secondary = variable(secondary, second, AppCertificate::new)?;
            Credentials::of(app_id, secondary).map_err(|error| Refusal::named(error, second.1))?;
        }
        Ok(Reply::Null)
    })
}

fn variable<T>(
    argument: Argument,
    (code, name): Row,
    check: impl FnOnce(&str) -> Result<T, agora_token::Error>,
) -> Result<T, Refusal> {
    if argument.is_undefined() {
        return Err(Refusal::new(code, name, "is not set in the environment"));
    }
    let mut memory = Memory::new();
    let text = argument.string(&mut memory.room(), code, name)?;
    check(&text).map_err(|error| Refusal::named(error, name))
}
