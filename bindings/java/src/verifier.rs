//! Judging tokens of either generation.

use agora_token::{Error, ErrorCode, Expected, Verifier};

use crate::handle::Handle;
use crate::message::{Item, Reply, Request};
use crate::services::service_type;
use crate::tokens::{app_certificate, credentials, token};

/// Credentials, the list of further certificates, the leeway, whether time is ignored.
pub(crate) fn new_verifier(_: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    let mut verifier = Verifier::new(credentials(&mut request)?);
    for certificate in request.next()?.list()? {
        verifier = verifier.with_certificate(app_certificate(certificate)?);
    }
    verifier = verifier.leeway(request.next()?.number(ErrorCode::InvalidLifetime, "leeway")?);
    if request.next()?.flag() {
        verifier = verifier.ignore_time();
    }
    reply.integer(Handle::Verifier(verifier).give());
    Ok(())
}

/// The time or null, the token, and what is expected: service, privilege, channel, user as
/// a token has one.
///
/// Which certificate signed, or null, and the list of refusals, four values each.
pub(crate) fn verdict(handle: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    let verifier = Handle::verifier(handle)?;
    let now = request.next()?.optional(|item| item.time("now"))?;
    let item = request.next()?;
    let mut expected = Expected::new();
    if let Some(service) = request.next()?.optional(service_type)? {
        expected = expected.service(service);
    }
    let number = |field| move |item: &Item<'_>| item.number(ErrorCode::IndexOutOfRange, field);
    if let Some(privilege) = request.next()?.optional(number("privilege"))? {
        expected = expected.privilege(privilege);
    }
    let channel = request.next()?;
    if let Some(name) = channel.optional(|item| item.any_text(ErrorCode::InvalidChannelName, "channel"))? {
        expected = expected.channel(name);
    }
    let user = request.next()?;
    if let Some(name) = user.optional(|item| item.any_text(ErrorCode::InvalidUserAccount, "account"))? {
        expected = expected.account(name);
    }
    // What is no text is no token, and that is a verdict too.
    let read = token(&item);
    let judged = read.map(|text| match now {
        Some(now) => verifier.clone().at(now).verdict(text, &expected),
        None => verifier.verdict(text, &expected),
    });
    let verdict = match judged {
        Ok(verdict) => verdict,
        Err(error) => {
            reply.null();
            reply.list(4);
            reply.error(&error);
            return Ok(());
        }
    };
    match verdict.certificate() {
        Some(index) => reply.integer(i64::try_from(index).unwrap_or(i64::MAX)),
        None => reply.null(),
    }
    reply.list(verdict.refusals().len().saturating_mul(4));
    verdict.refusals().iter().for_each(|error| reply.error(error));
    Ok(())
}
