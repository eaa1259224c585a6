//! Why a token does not let its user in: findings ranked by how surely each explains the failure.

mod access_token;
mod access_token2;
mod certificates;
mod checks;
mod findings;
mod names;
mod repair;
mod reported;
mod sdk;
mod table;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

pub use self::table::{FindingCode, Severity};
use crate::builder::Role;
use crate::error::Error;
use crate::service::ServiceType;
use crate::source::{Clock, SystemClock};
use crate::time::UnixTime;

/// Who the client joined as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinedAs<'a> {
    /// With a uid; 0 asks the service for one.
    Uid(u32),
    /// With a user account, or an RTM or Chat user ID.
    Account(&'a str),
}

/// What is known of the client's attempt. Everything may be left out; the more is given, the more is found.
#[derive(Clone, Default)]
pub struct Attempt<'a> {
    /// The App ID the client joined with.
    pub app_id: Option<&'a str>,
    /// The channel it joined.
    pub channel_name: Option<&'a str>,
    /// Who it joined as.
    pub user: Option<JoinedAs<'a>>,
    /// The service it used the token for.
    pub service: Option<ServiceType>,
    /// What it meant to do in the channel.
    pub role: Option<Role>,
    /// When; now if left out.
    pub at: Option<UnixTime>,
    /// Its SDK and version, such as `web 4.20.0`, `android 3.7`, `flutter 6.3`.
    pub sdk: Option<&'a str>,
    /// The error number or text it saw, such as `110`.
    pub error: Option<&'a str>,
    /// The project's App Certificates as configured. They never show in a finding.
    pub certificates: &'a [&'a str],
    /// Mask App ID, channel and user in what is found, to post it in public.
    pub redact: bool,
}

/// One thing that is wrong, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What kind.
    pub code: FindingCode,
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

/// All that was found, the surest explanation first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The findings, ranked.
    pub findings: Vec<Finding>,
}

impl Diagnosis {
    /// The worst severity, if anything was found.
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The JSON document, in one line: `{"findings":[{"code":…,"severity":"error|warning|note","cause":…,"fix":…}]}`.
    pub fn to_json(&self) -> String {
        // Serializing plain data to a String has no error to give.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Diagnoses a token, which may be damaged, against what the client joined with.
///
/// # Errors
/// [`crate::ErrorCode::ClockOutOfRange`] when no time is given and the clock cannot be told. Whatever the token is, it
/// gets a diagnosis.
pub fn diagnose(token: &str, attempt: &Attempt<'_>) -> Result<Diagnosis, Error> {
    let now = match attempt.at {
        Some(at) => at,
        None => UnixTime::from_secs(u64::from(SystemClock.now()?)),
    };
    let repaired = repair::repair(token);
    let mut findings = findings::Findings::new(attempt, now);
    findings.check(&repaired);
    Ok(Diagnosis { findings: findings.ranked() })
}
