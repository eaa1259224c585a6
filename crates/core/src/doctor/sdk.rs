//! Whether the client's SDK takes AccessToken2 at all.

use super::findings::Findings;
use super::table::{FindingCode as F, Severity};

type Version = (u32, u32, u32);

/// The versions that take AccessToken2: from the first on by some of Agora's documents, from the second on by all.
struct Support {
    first: Version,
    sure: Version,
}

const RTM: Support = Support { first: (1, 5, 0), sure: (1, 5, 0) };
const RTM_WEB: Support = Support { first: (1, 4, 6), sure: (1, 4, 6) };
const WEB: Support = Support { first: (4, 8, 0), sure: (4, 8, 0) };
const FLUTTER: Support = Support { first: (4, 2, 0), sure: (6, 0, 0) };
const NATIVE: Support = Support { first: (3, 5, 2), sure: (4, 0, 0) };

impl Findings<'_> {
    pub(super) fn check_sdk(&mut self) {
        let Some(sdk) = self.attempt.sdk else { return };
        let lower = sdk.to_ascii_lowercase();
        let is = |names: &[&str]| names.iter().any(|name| lower.contains(name));
        let is_web = is(&["web", "sdk-ng", "rtc-react", "rtm-sdk", "javascript"]);
        let support = match () {
            // Chat never took another generation; which mini-program SDKs take this one is not documented.
            () if is(&["chat", "mini"]) => return,
            () if is(&["rtm", "signal"]) && is_web => RTM_WEB,
            () if is(&["rtm", "signal"]) => RTM,
            () if is_web => WEB,
            () if is(&["flutter", "agora_rtc_engine"]) => FLUTTER,
            () => NATIVE,
        };
        let Some(version) = version(&lower) else { return };
        if version < support.first {
            let needed = shown(support.first);
            self.add(F::SdkTooOld, format!("AccessToken2 (007) needs version {needed}, the client has {sdk}"));
        } else if version < support.sure {
            let (first, sure) = (shown(support.first), shown(support.sure));
            let cause = format!(
                "AccessToken2 (007) needs version {sure}, or {first} by Agora's older documents; the client has {sdk}"
            );
            self.add_as(Severity::Warning, F::SdkTooOld, cause);
        }
    }
}

/// The first number with a point in it, else the first number: in `android 14, sdk 4.2` it is the SDK that counts.
fn version(text: &str) -> Option<Version> {
    let numbers = || {
        text.split(|c: char| !c.is_ascii_digit() && c != '.')
            .map(|part| part.trim_matches('.'))
            .filter(|part| !part.is_empty())
    };
    let found = numbers().find(|part| part.contains('.')).or_else(|| numbers().next())?;
    let mut parts = found.split('.').map(|part| part.parse().ok());
    let major = parts.next()??;
    let mut next = || parts.next().flatten().unwrap_or_default();
    Some((major, next(), next()))
}

fn shown((major, minor, patch): Version) -> String {
    if patch == 0 { format!("{major}.{minor}") } else { format!("{major}.{minor}.{patch}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_people_write() {
        for (text, expected) in [
            ("web 4.20.0", Some((4, 20, 0))),
            ("agora-rtc-sdk-ng@4.7.3", Some((4, 7, 3))),
            ("android 14, sdk v3.5.2.", Some((3, 5, 2))),
            ("flutter 6", Some((6, 0, 0))),
            ("ios 4.1-preview", Some((4, 1, 0))),
            ("4.5.3.70", Some((4, 5, 3))),
            ("the newest", None),
            ("99999999999.0", None),
            ("...", None),
        ] {
            assert_eq!(version(text), expected, "{text}");
        }
    }
}
