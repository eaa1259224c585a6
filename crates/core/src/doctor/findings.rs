//! What was found so far: how it is shown, and how it is ranked.

use super::strays::bare;
use super::table::{FindingCode as F, Severity};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use zeroize::Zeroizing;

use super::attempt::{Attempt, JoinedAs};
use crate::service::ServiceType;
use crate::text::Text;
use crate::time::{UnixTime, in_words};

/// Clocks of two machines differ by this much without anybody noticing, in seconds.
pub(super) const CLOCKS_DIFFER: u64 = 5;

/// One thing that is wrong, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What kind.
    pub code: F,
    /// How much it matters here.
    pub severity: Severity,
    /// What was found, in plain words.
    pub cause: String,
    /// What to do about it.
    pub fix: &'static str,
    certainty: u8,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut finding = serializer.serialize_struct("Finding", 4)?;
        finding.serialize_field("code", self.code.name())?;
        finding.serialize_field("severity", &self.severity)?;
        finding.serialize_field("cause", &self.cause)?;
        finding.serialize_field("fix", self.fix)?;
        finding.end()
    }
}

pub(super) struct Findings<'a> {
    pub(super) attempt: &'a Attempt<'a>,
    pub(super) now: u64,
    found: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(attempt: &'a Attempt<'a>, now: UnixTime) -> Findings<'a> {
        Findings { attempt, now: now.as_secs(), found: Vec::new() }
    }

    pub(super) fn add(&mut self, code: F, cause: impl Into<String>) {
        self.add_as(code.severity(), code, cause);
    }

    /// Adds a finding that matters more or less here than it does in general. Of each kind the first stays.
    pub(super) fn add_as(&mut self, severity: Severity, code: F, cause: impl Into<String>) {
        if self.found.iter().any(|finding| finding.code == code) {
            return;
        }
        // A certificate is a secret also where a channel, a user or an App ID belongs.
        let secrets = self.attempt.certificates.iter().map(|text| bare(text));
        let cause = secrets.fold(cause.into(), |cause, secret| masked(&cause, secret));
        let finding = Finding { code, severity, cause, fix: code.fix(), certainty: code.certainty() };
        self.found.push(finding);
    }

    /// Makes those findings surer that something else speaks for as well.
    pub(super) fn support(&mut self, codes: &[F]) {
        for finding in self.found.iter_mut().filter(|finding| codes.contains(&finding.code)) {
            finding.certainty = finding.certainty.saturating_add(30);
        }
    }

    /// Where the client hears that the token is invalid and nothing else explains it, a signature that nobody checked may.
    pub(super) fn doubt_the_signature(&mut self) {
        if self.found.iter().any(|finding| finding.severity == Severity::Error) {
            return;
        }
        if let Some(finding) = self.found.iter_mut().find(|finding| finding.code == F::SignatureNotChecked) {
            finding.severity = Severity::Warning;
            finding.cause =
                "no App Certificate is given, and nothing else was found that makes the token invalid".into();
        }
    }

    /// How long something has been over, and by which clock: whoever looks at yesterday's failure finds every token over.
    pub(super) fn ago(&self, end: u64) -> String {
        let by_clock = if self.attempt.at.is_none() { ", judged by the time now" } else { "" };
        format!("{} ago{by_clock}", in_words(self.now.saturating_sub(end)))
    }

    /// The worst first, and among those the surest.
    pub(super) fn ranked(mut self) -> Vec<Finding> {
        let is_by_clock = |code| matches!(code, F::TokenExpired | F::PrivilegeExpired) && self.attempt.at.is_none();
        for finding in self.found.iter_mut().filter(|finding| is_by_clock(finding.code)) {
            finding.certainty = finding.certainty.saturating_sub(30);
        }
        self.found.sort_by(|one, other| {
            other.severity.cmp(&one.severity).then(other.certainty.cmp(&one.certainty)).then(one.code.cmp(&other.code))
        });
        self.found
    }

    /// A channel or user as it may be shown.
    pub(super) fn show(&self, text: &str) -> String {
        // A token is a secret too, and longer than any name that it may stand in the place of.
        if text.len() > 64 && ["006", "007"].iter().any(|version| text.starts_with(version)) {
            return "\"***\"".into();
        }
        if !self.attempt.redact {
            return format!("{text:?}");
        }
        let mut chars = text.chars();
        match (chars.next(), text.chars().count()) {
            (Some(first), count) if count > 2 => format!("{:?} ({count} characters)", format!("{first}***")),
            _ => "\"***\"".into(),
        }
    }

    pub(super) fn show_text(&self, text: &Text<'_>) -> String {
        text.to_str().map_or_else(|_| "bytes that are no text".into(), |text| self.show(text))
    }

    /// Whom the token names.
    pub(super) fn show_user(&self, account: &str) -> String {
        if is_number(account) { format!("uid {}", self.show_uid(account)) } else { self.show(account) }
    }

    /// How the client joined, to stand behind a verb.
    pub(super) fn show_joined(&self) -> String {
        match self.attempt.user {
            Some(JoinedAs::Uid(uid)) => format!("with uid {}", self.show_uid(&uid.to_string())),
            Some(JoinedAs::Account(account)) => format!("as {}", self.show(account)),
            None => "as somebody".into(),
        }
    }

    fn show_uid(&self, uid: &str) -> String {
        if self.attempt.redact { "***".into() } else { uid.to_owned() }
    }

    pub(super) fn is_for(&self, services: &[ServiceType]) -> bool {
        self.attempt.service.is_some_and(|service| services.contains(&service))
    }

    /// Who joined, as a token spells it.
    pub(super) fn joined_user(&self) -> Option<String> {
        self.attempt.user.map(|user| match user {
            JoinedAs::Uid(uid) => uid.to_string(),
            JoinedAs::Account(account) => account.to_owned(),
        })
    }
}

/// The text without the secret, in whatever letter case.
fn masked(text: &str, secret: &str) -> String {
    const SHORTEST_SECRET: usize = 8;
    if secret.len() < SHORTEST_SECRET {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut end = 0;
    let (lower_text, lower_secret) = (lower(text), lower(secret));
    for (start, found) in lower_text.match_indices(lower_secret.as_str()) {
        shown.push_str(text.get(end..start).unwrap_or_default());
        shown.push_str("***");
        end = start.saturating_add(found.len());
    }
    shown.push_str(text.get(end..).unwrap_or_default());
    shown
}

/// In lower case, wiped in the end: it is a secret, or may hold one.
fn lower(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_ascii_lowercase())
}

/// Plain digits, as a uid is written.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_in_any_letter_case() {
        assert_eq!(masked("it is 5CFD2fd1 or 5cfd2fd1", "5CFd2fd1"), "it is *** or ***");
        assert_eq!(masked("the room \u{e9}t\u{e9}, 5cfd2fd1!", "5CFd2fd1"), "the room \u{e9}t\u{e9}, ***!");
        assert_eq!(masked("room 42", "42"), "room 42", "a text that short is no secret");
        assert_eq!(masked("room", ""), "room");
    }
}
