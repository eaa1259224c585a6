//! Why a token does not let its user in: findings ranked by how surely each explains the failure.

mod access_token;
mod access_token2;
mod attempt;
mod certificates;
mod checks;
mod findings;
mod names;
mod repair;
mod reported;
mod sdk;
mod strays;
mod table;

use serde::Serialize;

pub use self::attempt::{Attempt, JoinedAs};
pub use self::findings::Finding;
pub use self::table::{FindingCode, Severity};
use crate::error::Error;
use crate::source::{Clock, SystemClock};
use crate::time::UnixTime;

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
