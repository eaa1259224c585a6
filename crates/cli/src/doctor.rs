//! `doctor`: why a token does not let its user in, the surest reason first.

use std::process::ExitCode;

use agora_token::doctor::{Attempt, Diagnosis, Finding, FindingCode, JoinedAs, Severity, diagnose};
use agora_token::{Error, Role, ServiceType};

use crate::args::Doctor;
use crate::failure::{Failure, REFUSED, SURPRISING};
use crate::paint::{Paint, printable, wrapped};
use crate::{numbers, output, token};

pub(crate) fn run(doctor: &Doctor) -> Result<ExitCode, Failure> {
    let certificates = doctor.credentials.as_configured()?;
    let app_id = doctor.credentials.app_id_as_given()?;
    let certificates: Vec<&str> = certificates.iter().map(String::as_str).collect();
    let attempt = Attempt {
        app_id: app_id.as_deref(),
        channel: doctor.channel.as_deref(),
        user: user(doctor)?,
        service: doctor.service,
        role: doctor.role.as_deref().map(role).transpose().map_err(Failure::naming("--role"))?,
        at: doctor.at.as_deref().map(|at| numbers::moment(at, "at")).transpose().map_err(Failure::naming("--at"))?,
        sdk: doctor.sdk.as_deref(),
        error: doctor.error.as_deref(),
        certificates: &certificates,
        redact: doctor.redact,
    };
    let diagnosis = diagnose(&token::read(&doctor.token)?, &attempt)?;
    output::line(&if doctor.json { diagnosis.to_json() } else { shown(&diagnosis, &attempt, Paint::stdout()) })?;
    Ok(match diagnosis.severity() {
        Some(Severity::Error) => ExitCode::from(REFUSED),
        Some(Severity::Warning) => ExitCode::from(SURPRISING),
        Some(Severity::Note) | None => ExitCode::SUCCESS,
    })
}

fn user(doctor: &Doctor) -> Result<Option<JoinedAs<'_>>, Failure> {
    Ok(match (&doctor.user.uid, &doctor.user.account) {
        (Some(uid), _) => Some(JoinedAs::Uid(numbers::uid(uid).map_err(Failure::naming("--uid"))?)),
        (None, Some(account)) => Some(JoinedAs::Account(account)),
        (None, None) => None,
    })
}

/// By the names of tokens, or by those that the SDKs give to clients.
fn role(text: &str) -> Result<Role, Error> {
    match text {
        "host" => Ok(Role::Publisher),
        "audience" => Ok(Role::Subscriber),
        _ => Role::from_number(numbers::role(text, "role")?),
    }
}

/// What was found, why it matters, what to do; then how many of each, and what would tell more.
fn shown(diagnosis: &Diagnosis, attempt: &Attempt<'_>, paint: Paint) -> String {
    let mut paragraphs: Vec<String> = diagnosis.findings.iter().map(|finding| paragraph(finding, paint)).collect();
    paragraphs.push(summary(diagnosis, attempt, paint));
    paragraphs.join("\n\n")
}

fn paragraph(finding: &Finding, paint: Paint) -> String {
    let head = format!("{}[{}]:", finding.severity, finding.code);
    // Wrapped before it is coloured, for colours have no width.
    let text = wrapped(&format!("{head} {}", printable(&finding.cause)), 2);
    let cause = text.strip_prefix(&head).unwrap_or(&text);
    let head = match finding.severity {
        Severity::Error => paint.bad(head),
        Severity::Warning => paint.warning(head),
        Severity::Note => paint.title(head),
    };
    let line = |label: &str, text: &str| format!("  {}  {}", paint.label(label), wrapped(text, 7));
    [format!("{head}{cause}"), line("why", finding.code.meaning()), line("fix", finding.fix)].join("\n")
}

fn summary(diagnosis: &Diagnosis, attempt: &Attempt<'_>, paint: Paint) -> String {
    let count = |severity: Severity| {
        let count = diagnosis.findings.iter().filter(|finding| finding.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {severity}{plural}"))
    };
    let counts: Vec<String> =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(count).collect();
    let counts = counts.join(", ");
    // A verdict without the signature is none.
    let is_unchecked = diagnosis.findings.iter().any(|finding| finding.code == FindingCode::SignatureNotChecked);
    let unchecked = if is_unchecked { ", but the signature was not checked" } else { "" };
    let counts = match diagnosis.severity() {
        Some(Severity::Error) => paint.bad(counts),
        Some(Severity::Warning) => paint.warning(counts),
        Some(Severity::Note) => paint.good(format!("nothing wrong found{unchecked}, {counts}")),
        None => paint.good(format!("nothing wrong found{unchecked}")),
    };
    let unknown: Vec<&str> = [
        ("--app-id", attempt.app_id.is_some()),
        ("--channel", attempt.channel.is_some() || !joins_channels(attempt.service)),
        ("--uid or --account", attempt.user.is_some()),
        ("--for", attempt.service.is_some()),
        ("--role", attempt.role.is_some() || !joins_channels(attempt.service)),
        ("--at", attempt.at.is_some()),
        ("--sdk", attempt.sdk.is_some()),
        ("--error", attempt.error.is_some()),
        ("a certificate", !attempt.certificates.is_empty()),
    ]
    .into_iter()
    .filter_map(|(option, is_known)| (!is_known).then_some(option))
    .collect();
    if unknown.is_empty() {
        return counts;
    }
    format!("{counts}\n{}", paint.label(wrapped(&format!("not told: {}", unknown.join(", ")), 0)))
}

fn joins_channels(service: Option<ServiceType>) -> bool {
    use ServiceType::{Apaas, Fcdn, Rtc, Streaming};
    service.is_none_or(|service| matches!(service, Rtc | Streaming | Fcdn | Apaas))
}
