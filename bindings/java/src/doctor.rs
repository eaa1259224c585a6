//! Diagnosing a token against what is known of its use.

use agora_token::doctor::{Attempt, JoinedAs, diagnose as diagnose_token};
use agora_token::{Error, ErrorCode, Role};

use crate::handle::Handle;
use crate::message::{Reply, Request};
use crate::services::service_type;
use crate::tokens::token;

/// The token, and what is known of the attempt: App ID, channel, uid, account, service, role, time, SDK, error, the list
/// of certificates, whether to redact. What is null is not known.
///
/// The JSON document of the diagnosis, and the findings, four values each: the code, the severity, the cause, the fix.
pub(crate) fn diagnose(_: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    let text = request.next()?;
    let app_id = request.next()?.optional(|item| item.text(ErrorCode::InvalidAppId, "app_id"))?;
    let channel = request.next()?.optional(|item| item.text(ErrorCode::InvalidChannelName, "channel"))?;
    let uid = request.next()?.optional(|item| item.number(ErrorCode::InvalidUid, "uid"))?;
    let account = request.next()?.optional(|item| item.text(ErrorCode::InvalidUserAccount, "account"))?;
    let service = request.next()?.optional(service_type)?;
    let role = request.next()?.optional(|item| Role::from_number(item.number(ErrorCode::InvalidRole, "role")?))?;
    let at = request.next()?.optional(|item| item.time("at"))?;
    let sdk = request.next()?.optional(|item| item.text(ErrorCode::IndexOutOfRange, "sdk"))?;
    let error = request.next()?.optional(|item| item.text(ErrorCode::IndexOutOfRange, "error"))?;
    let certificates = request.next()?;
    let certificates = certificates.list()?.iter();
    let certificates: Vec<&str> = certificates
        .map(|item| item.text(ErrorCode::InvalidAppCertificate, "certificates"))
        .collect::<Result<_, _>>()?;
    let attempt = Attempt {
        app_id,
        channel,
        user: uid.map(JoinedAs::Uid).or(account.map(JoinedAs::Account)),
        service,
        role,
        at,
        sdk,
        error,
        certificates: &certificates,
        redact: request.next()?.flag(),
    };
    let diagnosis = diagnose_token(token(&text)?, &attempt)?;
    reply.text(&diagnosis.to_json());
    reply.list(diagnosis.findings.len().saturating_mul(4));
    for finding in &diagnosis.findings {
        reply.text(finding.code.name());
        reply.text(finding.severity.name());
        reply.text(&finding.cause);
        reply.text(finding.fix);
    }
    Ok(())
}
