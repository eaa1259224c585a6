//! `verify`: the library's verdict, and how far it goes.

use std::process::ExitCode;

use agora_token::{AppId, ErrorCode, Expected, Fault, User, Verdict, Verifier};

use crate::args::Verify;
use crate::credentials::Found;
use crate::failure::{Failure, REFUSED};
use crate::paint::{Paint, printable};
use crate::{numbers, output, service, token};

pub(crate) fn run(verify: &Verify) -> Result<ExitCode, Failure> {
    let certificates = verify.credentials.for_verifying()?;
    let app_id = verify.credentials.app_id()?;
    let token = token::read(&verify.token)?;
    let expected = expected(verify, token.starts_with("006"))?;
    let verdict = verifier(verify, &certificates, app_id)?.verdict(&token, &expected);
    if let [refusal] = verdict.refusals()
        && (refusal.code().is_of_reading() || refusal.fault() == Fault::System)
    {
        return Err(refusal.clone().into());
    }
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

fn verifier(verify: &Verify, certificates: &[Found], app_id: Option<AppId>) -> Result<Verifier, Failure> {
    let mut certificates = certificates.iter().map(|found| found.certificate.clone());
    let first = certificates.next().ok_or_else(|| Failure::usage("no App Certificate is given"))?;
    let at = verify.at.as_deref().map(|at| numbers::moment(at, "at")).transpose();
    let leeway = verify.leeway.as_deref().map(|leeway| numbers::lifetime(leeway, "leeway")).transpose();

    let mut verifier = certificates.fold(Verifier::by_certificate(first), Verifier::with_certificate);
    verifier = app_id.into_iter().fold(verifier, Verifier::app_id);
    verifier = at.map_err(Failure::naming("--at"))?.into_iter().fold(verifier, Verifier::at);
    verifier = leeway.map_err(Failure::naming("--leeway"))?.into_iter().fold(verifier, Verifier::leeway);
    Ok(if verify.ignore_time { verifier.ignore_time() } else { verifier })
}

fn expected(verify: &Verify, is_access_token: bool) -> Result<Expected<'_>, Failure> {
    let mut expected = Expected::new();
    if let Some(privilege) = &verify.privilege {
        let (service, privilege) = if is_access_token {
            (verify.service, service::privilege_006(privilege)?)
        } else {
            service::privilege(privilege, verify.service)?
        };
        expected = service.into_iter().fold(expected.privilege(privilege), Expected::service);
    }
    let uid = verify.user.uid.as_deref().map(numbers::uid).transpose();
    expected = verify.service.into_iter().fold(expected, Expected::service);
    expected = verify.channel.as_deref().into_iter().fold(expected, Expected::channel);
    expected = uid.map_err(Failure::naming("--uid"))?.into_iter().fold(expected, Expected::uid);
    expected = verify.user.any_user.then_some(0).into_iter().fold(expected, Expected::uid);
    if let Some(user) = &verify.user.user {
        expected = expected.user(User::from_text(user).map_err(Failure::naming("--user"))?);
    }
    Ok(verify.user.account.as_deref().into_iter().fold(expected, Expected::account))
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
