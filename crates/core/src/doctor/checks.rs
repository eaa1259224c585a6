//! Which checks there are, and those that are the same for both generations.

use super::findings::Findings;
use super::repair::Repaired;
use super::reported::recognise;
use super::strays::bare;
use super::table::{FindingCode as F, Severity};
use crate::credentials::AppId;
use crate::inspect::Unverified;
use crate::issuer::LONGEST_WEB_TOKEN;
use crate::service::ServiceType;
use crate::text::Text;

impl Findings<'_> {
    pub(super) fn check(&mut self, repaired: &Repaired) {
        for (code, cause) in &repaired.damage {
            match self.which_credential(&repaired.text).filter(|_| *code == F::TokenIsCredential) {
                Some(what) => self.add(*code, format!("the {what} stands where the token belongs")),
                None => self.add(*code, cause.clone()),
            }
        }
        match &repaired.token {
            Some(Unverified::AccessToken(token)) => self.check_access_token(token),
            Some(Unverified::AccessToken2(token)) => self.check_access_token2(token),
            None => {}
        }
        if let Some(token) = &repaired.token {
            self.check_app_id(token.app_id());
            self.check_length(repaired.text.len());
        } else if repaired.damage.iter().any(|(code, _)| *code == F::NoToken) {
            self.check_credentials_of_no_token();
        }
        self.check_reported();
    }

    fn which_credential(&self, text: &str) -> Option<&'static str> {
        if self.is_certificate(text.as_bytes()) {
            Some("App Certificate")
        } else if self.attempt.app_id.is_some_and(|app_id| app_id.trim() == text) {
            Some("App ID")
        } else {
            None
        }
    }

    /// In whatever letter case, for a settings loader may have changed it.
    fn is_certificate(&self, id: &[u8]) -> bool {
        !id.is_empty() && self.attempt.certificates.iter().any(|text| bare(text).as_bytes().eq_ignore_ascii_case(id))
    }

    fn check_app_id(&mut self, app_id: &[u8]) {
        if self.is_certificate(app_id) {
            self.add(F::AppIdIsCertificate, "the token was minted with the App Certificate in the App ID's place");
        } else if let Err(error) = AppId::from_bytes(app_id) {
            self.add(F::AppIdInvalid, format!("the token's App ID {}", error.reason()));
        } else if self.check_joined_app_id()
            && let Some(joined) = self.attempt.app_id.filter(|joined| joined.as_bytes() != app_id)
        {
            let case = if joined.as_bytes().eq_ignore_ascii_case(app_id) { ", in another letter case" } else { "" };
            let of_token = Text::from(app_id);
            let of_token = of_token.to_str().unwrap_or_default();
            let (of_token, joined) = if self.attempt.redact { ("***", "***") } else { (of_token, joined) };
            self.add(
                F::AppIdDiffers,
                format!("the token is for App ID {of_token}, the client joins with {joined}{case}"),
            );
        }
    }

    /// Whether the App ID that the client joined with can be one.
    pub(super) fn check_joined_app_id(&mut self) -> bool {
        let Some(joined) = self.attempt.app_id else { return true };
        if self.is_certificate(bare(joined).as_bytes()) {
            self.add(F::AppIdIsCertificate, "the client joins with the App Certificate in the App ID's place");
            return false;
        }
        match AppId::new(joined) {
            Ok(_) => true,
            Err(error) => {
                self.add(F::AppIdInvalid, format!("the client's App ID {}", error.reason()));
                false
            }
        }
    }

    fn check_length(&mut self, length: usize) {
        if length > LONGEST_WEB_TOKEN {
            let is_web = self.attempt.sdk.is_some_and(|sdk| sdk.to_ascii_lowercase().contains("web"));
            let severity = if is_web { Severity::Error } else { Severity::Warning };
            let cause = format!("the token has {length} characters, the Web SDK takes {LONGEST_WEB_TOKEN}");
            self.add_as(severity, F::TokenTooLong, cause);
        }
    }

    /// What the SDK reported speaks for some of what was found. It is not repeated: it may hold a token.
    fn check_reported(&mut self) {
        let Some(error) = self.attempt.error else { return };
        let Some(row) = recognise(error, self.is_for(&[ServiceType::Rtm, ServiceType::Rtm2])) else {
            return self.add(F::SdkError, "what the client reports is not known here as an error about tokens");
        };
        self.support(row.supports);
        if row.supports.contains(&F::SignatureMismatch) {
            self.doubt_the_signature();
        }
        let code = if row.supports.contains(&F::TokenNotWanted) { F::TokenNotWanted } else { F::SdkError };
        self.add(code, format!("the client reports {}", row.meaning));
    }
}
