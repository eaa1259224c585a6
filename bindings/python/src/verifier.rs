//! Who judges tokens.
#![allow(clippy::too_many_arguments, reason = "keywords, nearly all of them")]

use agora_token::{AppCertificate, ErrorCode, Expected, Text, UidText, Verdict, Verifier};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::arguments::{
    Arg, Keywords, Maybe, Optional, all_known, lifetime_or_default, privilege as privilege_of, service as service_of,
};
use crate::credentials::{apart, certificates_of, parts_of};
use crate::reading::{detached, token_text};
use crate::refusal::{Outcome, Refusal, refused};
use crate::sources::GivenClock;
use crate::user::{Asked, AskedChannel, OF_QUESTIONS, asked, asked_channel};
use crate::verdict::PyVerdict;

/// Judges tokens: the signature always, the time unless told not to, the App ID where it is given, and what
/// each call expects of its token. Frozen; threads may share it.
///
/// Give more certificates while they are rotated: a token signed with any of them is good. Past 24 hours an
/// AccessToken2 is over, whatever it says.
///
/// Args:
///     credentials: Credentials, or app_id and app_certificate by name
///     app_id: the project that tokens are to be for; 32 hexadecimal digits
///     app_certificate: what tokens are signed with; 32 hexadecimal digits; secret
///     certificate: the same, or another
///     certificates: more of them, a str or several
///     leeway: how far clocks may differ, seconds or a timedelta; more than an hour counts as an hour
///     clock: for tests: the time to judge by, as Unix seconds or a datetime, or a function that gives it, as
///         time.time
///     ignore_time: whether not to look at the time
///
/// Raises:
///     ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, INVALID_LIFETIME, INVALID_TIMESTAMP
///     UnknownOption: with the nearest argument
#[pyclass(name = "Verifier", module = "agora_token", frozen)]
pub(crate) struct PyVerifier {
    verifier: Verifier,
    clock: Option<GivenClock>,
    ignore_time: bool,
    shown: String,
}

#[pymethods]
impl PyVerifier {
    #[new]
    #[pyo3(
        signature = (
            credentials=Maybe::Missing, *more, app_id=Maybe::Missing, app_certificate=Maybe::Missing,
            certificate=Maybe::Missing, certificates=Maybe::Missing, leeway=Optional::Default(0), clock=None,
            ignore_time=false, **unknown
        ),
        text_signature = "(credentials=..., *, app_id=..., app_certificate=..., certificate=..., certificates=..., \
                          leeway=0, clock=None, ignore_time=False)"
    )]
    fn new(
        credentials: Maybe<'_, '_>,
        more: &Bound<'_, PyTuple>,
        app_id: Maybe<'_, '_>,
        app_certificate: Maybe<'_, '_>,
        certificate: Maybe<'_, '_>,
        certificates: Maybe<'_, '_>,
        leeway: Optional<'_, '_>,
        clock: Option<Arg<'_, '_>>,
        ignore_time: bool,
        unknown: Option<Keywords<'_, '_>>,
    ) -> Outcome<PyVerifier> {
        const CALL: &str = "Verifier";
        all_known(unknown, CALL)?;
        let (app_id, first) = parts_of(CALL, &credentials, more, &app_id, &app_certificate)?;
        let mut all: Vec<Box<AppCertificate>> = first.into_iter().map(Box::new).collect();
        for (given, name) in [(&certificate, "certificate"), (&certificates, "certificates")] {
            if let Some(given) = given.given() {
                all.extend(certificates_of(given).map_err(|error| error.of(name))?);
            }
        }
        let count = all.len();
        if let Some(app_id) = app_id {
            all.iter().try_for_each(|certificate| apart(app_id, certificate))?;
        }
        let (first, more) = all.split_first().ok_or_else(|| {
            ErrorCode::InvalidAppCertificate.of("app_certificate", "is missing; at least one is needed to verify with")
        })?;
        let certificates = more.iter().map(|certificate| AppCertificate::clone(certificate));
        let mut verifier =
            certificates.fold(Verifier::by_certificate(AppCertificate::clone(first)), Verifier::with_certificate);
        let mut shown = format!("certificates={count}");
        if let Some(app_id) = app_id {
            verifier = verifier.app_id(app_id);
            shown = format!("app_id='{app_id}', {shown}");
        }
        PyVerifier::with(verifier, leeway, clock, ignore_time, shown)
    }

    /// A verifier for the project that the environment names: AGORA_APP_ID and AGORA_APP_CERTIFICATE, and while
    /// certificates are rotated AGORA_APP_CERTIFICATE_SECONDARY.
    ///
    /// Args:
    ///     leeway: as for Verifier
    ///     clock: as for Verifier
    ///
    /// Raises:
    ///     ConfigurationError: as Verifier does, with the variable as its field
    #[staticmethod]
    #[pyo3(
        signature = (*, leeway=Optional::Default(0), clock=None),
        text_signature = "(*, leeway=0, clock=None)"
    )]
    fn from_env(leeway: Optional<'_, '_>, clock: Option<Arg<'_, '_>>) -> Outcome<PyVerifier> {
        PyVerifier::with(Verifier::from_env()?, leeway, clock, false, "from the environment".to_owned())
    }

    /// Judges a token, and raises unless it is valid: the first refusal, with all of them attached.
    ///
    /// What is left out is not looked at; None is refused, as a question that was never asked. Without a service a
    /// channel means RTC, and without a privilege those that let in at all have to be running. An AccessToken (006)
    /// needs channel and user.
    ///
    /// Args:
    ///     token: the token as received
    ///     channel: the channel that it is to let into; Channel.ANY for every channel
    ///     uid: the uid that it is to let in; 0 for any user
    ///     account: the account that it is to let in
    ///     user: either of them, or a User, as User.ANY
    ///     service: the service that it is to carry, in which all else is then looked for alone
    ///     privilege: what it is to grant, as RtcPrivilege.PUBLISH_AUDIO_STREAM
    ///
    /// Raises:
    ///     VerificationError: what is wrong with the token
    ///     TokenParseError: one that cannot be read
    ///     SignatureMismatch: one that nobody signed
    ///     TokenExpired: one that has ended
    ///     InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_USER_ID, INVALID_UTF8
    ///     ConfigurationError: INDEX_OUT_OF_RANGE
    #[pyo3(
        signature = (
            token, *, channel=Maybe::Missing, uid=Maybe::Missing, account=Maybe::Missing, user=Maybe::Missing,
            service=Maybe::Missing, privilege=Maybe::Missing
        ),
        text_signature = "($self, token, *, channel=..., uid=..., account=..., user=..., service=..., privilege=...)"
    )]
    fn verify(
        &self,
        py: Python<'_>,
        token: Arg<'_, '_>,
        channel: Maybe<'_, '_>,
        uid: Maybe<'_, '_>,
        account: Maybe<'_, '_>,
        user: Maybe<'_, '_>,
        service: Maybe<'_, '_>,
        privilege: Maybe<'_, '_>,
    ) -> Outcome<PyVerdict> {
        let mut digits = UidText::new(0);
        let expected =
            expected(&channel, asked::<OF_QUESTIONS>(&uid, &account, &user)?, &service, &privilege, &mut digits)?;
        let verdict = self.judge(py, token, &expected)?;
        if verdict.is_valid() { Ok(PyVerdict(verdict)) } else { Err(refused(py, &verdict)?.into()) }
    }

    /// Judges a token, with all that is wrong with it. Raises for wrong questions only, whatever the token is.
    ///
    /// Args:
    ///     token: the token as received; what is no text is refused as one that cannot be read
    ///     channel: as for verify
    ///     uid: as for verify
    ///     account: as for verify
    ///     user: as for verify
    ///     service: as for verify
    ///     privilege: as for verify
    ///
    /// Raises:
    ///     InputError: as verify does
    ///     ConfigurationError: as verify does
    #[pyo3(
        signature = (
            token, *, channel=Maybe::Missing, uid=Maybe::Missing, account=Maybe::Missing, user=Maybe::Missing,
            service=Maybe::Missing, privilege=Maybe::Missing
        ),
        text_signature = "($self, token, *, channel=..., uid=..., account=..., user=..., service=..., privilege=...)"
    )]
    fn verdict(
        &self,
        py: Python<'_>,
        token: Arg<'_, '_>,
        channel: Maybe<'_, '_>,
        uid: Maybe<'_, '_>,
        account: Maybe<'_, '_>,
        user: Maybe<'_, '_>,
        service: Maybe<'_, '_>,
        privilege: Maybe<'_, '_>,
    ) -> Outcome<PyVerdict> {
        let mut digits = UidText::new(0);
        let expected =
            expected(&channel, asked::<OF_QUESTIONS>(&uid, &account, &user)?, &service, &privilege, &mut digits)?;
        self.judge(py, token, &expected).map(PyVerdict)
    }

    fn __repr__(&self) -> String {
        format!("Verifier({})", self.shown)
    }
}

impl PyVerifier {
    fn with(
        mut verifier: Verifier,
        leeway: Optional<'_, '_>,
        clock: Option<Arg<'_, '_>>,
        ignore_time: bool,
        shown: String,
    ) -> Outcome<PyVerifier> {
        verifier = verifier.leeway(lifetime_or_default(leeway, "leeway")?);
        if ignore_time {
            verifier = verifier.ignore_time();
        }
        Ok(PyVerifier { verifier, clock: GivenClock::new(clock)?, ignore_time, shown })
    }

    #[inline]
    fn judge(&self, py: Python<'_>, token: Arg<'_, '_>, expected: &Expected<'_>) -> Outcome<Verdict> {
        let token = match token_text(token) {
            Ok(token) => token,
            Err(Refusal::Ours(error)) => return Ok(Verdict::refused(vec![error])),
            Err(error) => return Err(error),
        };
        match &self.clock {
            Some(clock) if !self.ignore_time => {
                let verifier = self.verifier.clone().at(clock.now(py)?);
                Ok(detached(py, token, |token| verifier.verdict(token, expected)))
            }
            _ => Ok(detached(py, token, |token| self.verifier.verdict(token, expected))),
        }
    }
}

/// What a call expects of its token. `digits` holds those of a uid meanwhile.
#[inline]
fn expected<'a>(
    channel: &'a Maybe<'_, '_>,
    asked: Option<Asked<'a>>,
    service: &Maybe<'_, '_>,
    privilege: &Maybe<'_, '_>,
    digits: &'a mut UidText,
) -> Outcome<Expected<'a>> {
    let mut expected = Expected::new();
    if let Some(channel) = channel.given() {
        expected = match asked_channel(channel)? {
            AskedChannel::Named(name) => expected.channel(name),
            AskedChannel::Any => expected.channel(ANY_CHANNEL),
        };
    }
    expected = match asked {
        None => expected,
        Some(Asked::Uid(uid)) => {
            *digits = UidText::new(uid);
            expected.account(Text::from(digits.as_bytes()))
        }
        Some(Asked::Account(account)) => expected.account(account),
        Some(Asked::Any) => expected.uid(0),
    };
    if let Some(service) = service.given() {
        expected = expected.service(service_of(service, "service")?);
    }
    if let Some(privilege) = privilege.given() {
        expected = expected.privilege(privilege_of(privilege, "privilege")?);
    }
    Ok(expected)
}

/// Only a token for every channel lets into this one, which no channel's name is.
const ANY_CHANNEL: &str = "*";
