//! Which certificate signed the token, and what was done to it before.

use zeroize::Zeroizing;

use super::findings::Findings;
use super::strays::{STRAYS, bare};
use super::table::{FindingCode as F, Severity};
use crate::credentials::AppCertificate;

impl Findings<'_> {
    /// `signed_by` tells whether these bytes, as a certificate, signed the token.
    pub(super) fn check_certificates(&mut self, signed_by: impl Fn(&[u8]) -> bool) {
        let given = self.attempt.certificates;
        if given.is_empty() {
            return self.add(F::SignatureNotChecked, "no App Certificate is given");
        }
        let signs = |text: &str| signed_by(text.as_bytes());
        if given.iter().any(|text| AppCertificate::new(text).is_ok() && signs(text)) {
            return;
        }
        if let Some((text, _)) = given.iter().map(|text| (*text, bare(text))).find(|(_, bare)| signs(bare)) {
            // Most who read a file take the newline at its end away.
            let severity = if is_line(text) { Severity::Note } else { Severity::Warning };
            let strays = strays_of(text);
            let cause = format!("the certificate as given has {strays}; the token was signed without, as it should be");
            return self.add_as(severity, F::CertificateHasBlanks, cause);
        }
        let strayed = given.iter().find_map(|text| {
            if signs(text) {
                return Some(strays_of(text));
            }
            with_strays(bare(text)).iter().find(|strayed| signs(strayed)).map(|strayed| strays_of(strayed))
        });
        if let Some(strays) = strayed {
            let cause = format!("the token was signed with the certificate and {strays}");
            return self.add(F::CertificateHasBlanks, cause);
        }
        for (case, change) in
            [("lower", str::to_lowercase as fn(&str) -> String), ("upper", str::to_uppercase as fn(&str) -> String)]
        {
            if given.iter().any(|text| signs(&Zeroizing::new(change(bare(text))))) {
                let cause = format!("the token was signed with the given certificate in {case} case");
                return self.add(F::CertificateCaseDiffers, cause);
            }
        }
        self.check_whether_certificates(Severity::Warning, "");
        if given.iter().any(|text| AppCertificate::new(bare(text)).is_ok()) {
            let count = match given.len() {
                1 => "the given certificate did not sign this token".to_owned(),
                count => format!("none of the {count} given certificates signed this token"),
            };
            self.add(F::SignatureMismatch, count);
        }
    }

    /// A server whose credentials are wrong has no token to give: most official libraries then give an empty text.
    pub(super) fn check_credentials_of_no_token(&mut self) {
        const ANSWER: &str = "; several official libraries answer to that with an empty text";
        self.check_joined_app_id();
        for text in self.attempt.certificates {
            if AppCertificate::new(text).is_err() && AppCertificate::new(bare(text)).is_ok() {
                let cause = format!("the certificate as given has {}{ANSWER}", strays_of(text));
                self.add(F::CertificateHasBlanks, cause);
            }
        }
        self.check_whether_certificates(Severity::Error, ANSWER);
    }

    fn check_whether_certificates(&mut self, severity: Severity, consequence: &str) {
        let given = self.attempt.certificates;
        for (number, text) in (1_usize..).zip(given) {
            if let Err(error) = AppCertificate::new(bare(text)) {
                let which = match given {
                    [_] => "the App Certificate".to_owned(),
                    _ => format!("certificate {number} of those given"),
                };
                self.add_as(severity, F::CertificateInvalid, format!("{which} {}{consequence}", error.reason()));
            }
        }
    }
}

fn is_line(text: &str) -> bool {
    text.strip_suffix('\n').is_some_and(|line| line.strip_suffix('\r').unwrap_or(line) == bare(text))
}

/// What a settings file or a reader that does not trim makes of a certificate.
fn with_strays(bare: &str) -> [Zeroizing<String>; 7] {
    [("", "\n"), ("", "\r\n"), ("", " "), (" ", ""), ("\"", "\""), ("'", "'"), ("\u{feff}", "")].map(
        |(before, after)| {
            // A text that grew would leave a part of the certificate where it was.
            let size = [before, bare, after].iter().fold(0_usize, |size, part| size.saturating_add(part.len()));
            let mut text = Zeroizing::new(String::with_capacity(size));
            [before, bare, after].iter().for_each(|part| text.push_str(part));
            text
        },
    )
}

fn strays_of(text: &str) -> &'static str {
    if text.ends_with(['\n', '\r']) {
        "a newline after it"
    } else if text.starts_with('\u{feff}') {
        "a byte order mark before it"
    } else if text.trim().starts_with(STRAYS) || text.trim().ends_with(STRAYS) {
        "quotes around it"
    } else {
        "blanks around it"
    }
}
