//! `verify`: the library's verdict, and how far it goes.

use std::process::ExitCode;

use agora_token::{AppId, ErrorCode, Verdict, Verifier};

use crate::args::Verify;
use crate::credentials::Found;
use crate::failure::{Failure, REFUSED};
use crate::paint::{Paint, printable};
use crate::{numbers, output, service, token};

pub(crate) fn run(verify: &Verify) -> Result<ExitCode, Failure> {
    let certificates = verify.credentials.for_verifying()?;
    let app_id = verify.credentials.app_id()?;
    let token = token::read(&verify.token)?;
    let verifier = verifier(verify, &certificates, app_id, token.starts_with("006"))?;
    let verdict = verifier.verify(&token)?;
    let text = if verify.json {
        verdict.to_json()
    } else {
        let is_signature_checked = verdict.certificate().is_some()
            || verdict.refusals().iter().any(|refusal| refusal.code() == ErrorCode::SignatureMismatch);
        let mut checks = vec![
            ("signature", is_signature_checked),
            ("time", !verify.ignore_time),
            ("App ID", app_id.is_some()),
            ("channel", verify.channel.is_some()),
            ("user", verify.user.is_given()),
        ];
        let asked_for = [("service", verify.service.is_some()), ("privilege", verify.privilege.is_some())];
        checks.extend(asked_for.into_iter().filter(|(_, is_asked_for)| *is_asked_for));
        shown(&verdict, &certificates, &checks, Paint::stdout())
    };
    output::line(&text)?;
    Ok(if verdict.is_valid() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

fn verifier(
    verify: &Verify,
    certificates: &[Found],
    app_id: Option<AppId>,
    is_access_token: bool,
) -> Result<Verifier, Failure> {
    let mut certificates = certificates.iter().map(|found| found.certificate.clone());
    let first = certificates.next().ok_or_else(|| Failure::usage("no App Certificate is given"))?;
    let mut verifier = certificates.fold(Verifier::new(first), Verifier::or_certificate);
    if let Some(app_id) = app_id {
        verifier = verifier.app_id(app_id);
    }
    if let Some(service) = verify.service {
        verifier = verifier.service(service);
    }
    if let Some(privilege) = &verify.privilege {
        let (service, privilege) = if is_access_token {
            (verify.service, service::privilege_006(privilege)?)
        } else {
            service::privilege(privilege, verify.service)?
        };
        verifier = service.into_iter().fold(verifier.privilege(privilege), Verifier::service);
    }
    if let Some(channel) = &verify.channel {
        verifier = verifier.channel_name(channel.clone());
    }
    if let Some(uid) = &verify.user.uid {
        verifier = verifier.uid(numbers::uid(uid).map_err(Failure::naming("--uid"))?);
    }
    if let Some(account) = &verify.user.account {
        verifier = verifier.user_account(account.clone());
    }
    if verify.user.any_user {
        verifier = verifier.uid(0);
    }
    if let Some(at) = &verify.at {
        verifier = verifier.at(numbers::moment(at, "at").map_err(Failure::naming("--at"))?);
    }
    if let Some(leeway) = &verify.leeway {
        verifier = verifier.leeway(numbers::lifetime(leeway, "leeway").map_err(Failure::naming("--leeway"))?);
    }
    Ok(if verify.ignore_time { verifier.ignore_time() } else { verifier })
}

/// The verdict, its reasons, and what it does not cover: a valid signature alone lets nobody into the right room.
fn shown(verdict: &Verdict, certificates: &[Found], checks: &[(&str, bool)], paint: Paint) -> String {
    let mut lines = Vec::new();
    if verdict.is_valid() {
        lines.push(paint.good("valid"));
    } else {
        lines.push(paint.bad("refused"));
    }
    let width = verdict.refusals().iter().map(|refusal| refusal.code().name().len()).max().unwrap_or_default();
    for refusal in verdict.refusals() {
        let code = format!("{:width$}", refusal.code().name());
        lines.push(format!("  {}  {}", paint.title(code), printable(refusal.reason())));
    }
    let mut fact = |label: &str, text: String| lines.push(format!("  {}  {text}", paint.label(format!("{label:11}"))));
    if let Some(found) = verdict.certificate().and_then(|index| certificates.get(index)) {
        fact("signed with", found.source.clone());
    }
    for (label, wanted) in [("checked", true), ("not checked", false)] {
        let named: Vec<_> = checks.iter().filter(|(_, done)| *done == wanted).map(|(name, _)| *name).collect();
        if !named.is_empty() {
            fact(label, named.join(", "));
        }
    }
    lines.join("\n")
}
