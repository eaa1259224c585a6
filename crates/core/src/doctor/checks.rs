//! The checks themselves: what the token says against what the client joined with.

use super::repair::Repaired;
use super::reported::recognise;
use super::table::{FindingCode as F, Severity};
use super::{Attempt, Finding, JoinedAs};
use crate::access_token::{Privilege006, UnverifiedToken};
use crate::access_token2::UnverifiedToken2;
use crate::builder::Role;
use crate::credentials::{AppCertificate, AppId};
use crate::identity::mistaken_account;
use crate::inspect::Unverified;
use crate::issuer::LONGEST_WEB_TOKEN;
use crate::service::{Service, ServiceKind, ServiceType};
use crate::text::Text;
use crate::time::{DAY, FIRST_TIMESTAMP, UnixTime};

/// Values that official samples and guides come with.
const SAMPLE_UIDS: [u32; 2] = [2_882_341_273, 123_456];
const SAMPLE_CHANNELS: [&str; 3] = ["7d72365eb983485397e3e3f9d460bdda", "ChannelA", "<Your channel name>"];
/// What stands in a user's place when a program printed what was not there.
const PRINTED_USERS: [&str; 7] = ["undefined", "null", "None", "NaN", "nil", "<nil>", "[object Object]"];

pub(super) struct Findings<'a> {
    attempt: &'a Attempt<'a>,
    now: u64,
    found: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(attempt: &'a Attempt<'a>, now: UnixTime) -> Findings<'a> {
        Findings { attempt, now: now.as_secs(), found: Vec::new() }
    }

    pub(super) fn check(&mut self, repaired: &Repaired) {
        for (code, cause) in &repaired.damage {
            self.add(*code, cause.clone());
        }
        match &repaired.token {
            Some(Unverified::AccessToken(token)) => self.check_006(token),
            Some(Unverified::AccessToken2(token)) => self.check_007(token),
            None => {}
        }
        if let Some(token) = &repaired.token {
            self.check_app_id(token.app_id());
            self.check_length(repaired.length);
        }
        self.check_reported();
    }

    /// The surest first; what the SDK reported speaks for some.
    pub(super) fn ranked(mut self) -> Vec<Finding> {
        self.found.sort_by(|one, other| {
            other.severity.cmp(&one.severity).then(other.certainty.cmp(&one.certainty)).then(one.code.cmp(&other.code))
        });
        self.found
    }

    fn add(&mut self, code: F, cause: impl Into<String>) {
        self.add_as(code.severity(), code, cause);
    }

    fn add_as(&mut self, severity: Severity, code: F, cause: impl Into<String>) {
        if self.found.iter().any(|finding| finding.code == code) {
            return;
        }
        let finding = Finding { code, severity, cause: cause.into(), fix: code.fix(), certainty: code.certainty() };
        self.found.push(finding);
    }

    /// A channel or user as it may be shown.
    fn show(&self, text: &str) -> String {
        if !self.attempt.redact {
            return format!("{text:?}");
        }
        let mut chars = text.chars();
        match (chars.next(), text.chars().count()) {
            (Some(first), count) if count > 2 => format!("{:?} ({count} characters)", format!("{first}***")),
            _ => "\"***\"".into(),
        }
    }

    fn show_text(&self, text: &Text<'_>) -> String {
        text.to_str().map_or_else(|_| "bytes that are no text".into(), |text| self.show(text))
    }

    fn is_for(&self, services: &[ServiceType]) -> bool {
        self.attempt.service.is_some_and(|service| services.contains(&service))
    }

    fn check_app_id(&mut self, app_id: &[u8]) {
        let shown = if self.attempt.redact {
            "***".into()
        } else {
            Text::from(app_id).to_str().unwrap_or("no text").to_owned()
        };
        let is_certificate = |id: &[u8]| self.attempt.certificates.iter().any(|text| text.trim().as_bytes() == id);
        let joined = self.attempt.app_id;
        if is_certificate(app_id) {
            self.add(F::AppIdIsCertificate, "the token was minted with the App Certificate in the App ID's place");
        } else if joined.is_some_and(|joined| is_certificate(joined.trim().as_bytes())) {
            self.add(F::AppIdIsCertificate, "the client joins with the App Certificate in the App ID's place");
        } else if let Err(error) = AppId::from_bytes(app_id) {
            self.add(F::AppIdInvalid, format!("the token's {error}"));
        } else if let Some(Err(error)) = joined.map(AppId::new) {
            self.add(F::AppIdInvalid, format!("the client's {error}"));
        } else if let Some(joined) = joined.filter(|joined| joined.as_bytes() != app_id) {
            let case = if joined.as_bytes().eq_ignore_ascii_case(app_id) { ", in another letter case" } else { "" };
            let joined = if self.attempt.redact { "***" } else { joined };
            self.add(F::AppIdDiffers, format!("the token is for App ID {shown}, the client joins with {joined}{case}"));
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

    fn check_reported(&mut self) {
        let Some(error) = self.attempt.error else { return };
        let Some(row) = recognise(error, self.is_for(&[ServiceType::Rtm, ServiceType::Rtm2])) else { return };
        if row.supports.contains(&F::TokenNotWanted) {
            self.add(F::TokenNotWanted, format!("the client reports: {}", row.meaning));
        }
        for finding in self.found.iter_mut().filter(|finding| row.supports.contains(&finding.code)) {
            finding.certainty = finding.certainty.saturating_add(10);
        }
        self.add(F::SdkError, format!("the client reports: {}", row.meaning));
    }

    fn check_sdk_takes_007(&mut self) {
        let Some(sdk) = self.attempt.sdk else { return };
        let lower = sdk.to_ascii_lowercase();
        // The messaging SDKs count their versions apart.
        if lower.contains("rtm") || lower.contains("chat") {
            return;
        }
        let least = match () {
            () if lower.contains("web") => (4, 8),
            () if lower.contains("flutter") => (6, 0),
            () => (4, 0),
        };
        let version = lower
            .split(|c: char| !c.is_ascii_digit() && c != '.')
            .find(|part| part.contains(|c: char| c.is_ascii_digit()));
        let mut parts = version.unwrap_or_default().trim_matches('.').split('.').map(|part| part.parse::<u32>().ok());
        let Some(Some(major)) = parts.next() else { return };
        let minor = parts.next().flatten().unwrap_or_default();
        if (major, minor) < least {
            let cause = format!("AccessToken2 (007) needs version {}.{}, the client has {sdk}", least.0, least.1);
            self.add(F::SdkTooOld, cause);
        }
    }

    // 007

    fn check_007(&mut self, token: &UnverifiedToken2) {
        self.check_sdk_takes_007();
        self.check_lifetimes(token);
        self.check_certificates(|certificate| token.verify_signature(certificate).is_ok());
        if let Some(unknown) = token.unknown_service() {
            let number = unknown.service_type;
            self.add(F::UnknownService, format!("the token carries service {number}, which is not known here"));
        } else if token.unread_bytes() > 0 {
            self.add(F::UnreadBytes, format!("{} signed bytes follow the last service", token.unread_bytes()));
        }
        let Some(service) = self.service_in_use(token) else { return };
        self.check_privileges(token, service);
        if let Some(channel_name) = service.channel_name() {
            self.check_channel(channel_name);
        }
        match &service.kind {
            ServiceKind::Rtc { account, .. }
            | ServiceKind::Streaming { account, .. }
            | ServiceKind::Fcdn { account, .. } => {
                self.check_user(account);
            }
            // An app token names no user.
            ServiceKind::Chat { user_id } if user_id.is_empty() && self.attempt.user.is_some() => {
                self.add(F::ChatAppToken, "the token is a Chat app token and the client is a user");
            }
            ServiceKind::Chat { user_id } if user_id.is_empty() => {}
            ServiceKind::Rtm { user_id } | ServiceKind::Rtm2 { user_id, .. } | ServiceKind::Chat { user_id } => {
                self.check_user(user_id);
            }
            ServiceKind::Apaas { user_uuid, .. } => self.check_user(user_uuid),
            _ => {}
        }
    }

    /// The service that the client uses the token for; where that is not said, the one that fits what it joined with.
    fn service_in_use<'t>(&mut self, token: &'t UnverifiedToken2) -> Option<&'t Service<'static>> {
        use ServiceType::{Rtc, Rtm, Rtm2};
        let services = token.services();
        let has = |wanted: &[ServiceType]| services.iter().find(|service| wanted.contains(&service.service_type()));
        let Some(purpose) = self.attempt.service else {
            let with_channel = services.iter().find(|service| service.channel_name().is_some());
            let (channel, user) = (self.attempt.channel_name, self.attempt.user);
            if channel.is_some() && with_channel.is_none() && has(&[Rtm, Rtm2]).is_some() {
                self.add(F::RtmTokenForRtc, "the client joins a channel, the token is for messaging only");
                return None;
            }
            // Education tokens and pairs are for one user: the service that names the client's is meant.
            let by_user = user.filter(|_| channel.is_none()).map(|user| joined_text(user)).and_then(|user| {
                services
                    .iter()
                    .find(|service| named_user(service).is_some_and(|text| text.as_bytes() == user.as_bytes()))
            });
            return by_user.or(with_channel).or(services.first());
        };
        let wanted: &[ServiceType] =
            if matches!(purpose, Rtm | Rtm2) { &[Rtm, Rtm2] } else { std::slice::from_ref(&purpose) };
        if let Some(service) = has(wanted) {
            return Some(service);
        }
        if token.unknown_service().is_some() {
            // It may stand behind the service that could not be read.
            return None;
        }
        let carried: Vec<&str> = services.iter().map(|service| service.service_type().name()).collect();
        let carried = if carried.is_empty() { "no service".into() } else { carried.join(" and ") };
        let cause = format!("the client uses the token for {}, it carries {carried}", purpose.name());
        let code = match purpose {
            Rtc if has(&[Rtm, Rtm2]).is_some() => F::RtmTokenForRtc,
            Rtm | Rtm2 if has(&[Rtc]).is_some() => F::RtcTokenForRtm,
            _ => F::ServiceMissing,
        };
        self.add(code, cause);
        None
    }

    fn check_lifetimes(&mut self, token: &UnverifiedToken2) {
        let issued = u64::from(token.issue_ts());
        let end = token.expires_at().as_secs();
        if self.now >= end {
            self.add(F::TokenExpired, format!("the token expired {} ago", duration(self.now.saturating_sub(end))));
        }
        if issued > self.now.saturating_add(CLOCKS_DIFFER) {
            let ahead = duration(issued.saturating_sub(self.now));
            self.add(F::TokenNotYetValid, format!("the token was issued {ahead} in the future"));
        }
        let privileges =
            || token.services().iter().flat_map(|service| service.privileges.iter().map(|(_, lifetime)| lifetime));
        let longest = privileges().max().unwrap_or_default();
        if let Some(timestamp) =
            std::iter::once(token.expire()).chain(privileges()).find(|seconds| *seconds >= FIRST_TIMESTAMP)
        {
            let years = timestamp / (DAY * 365);
            self.add(
                F::LifetimeIsTimestamp,
                format!("a lifetime is {timestamp} seconds, which is {years} years and looks like a Unix timestamp"),
            );
        } else if token.expire().max(longest) > DAY {
            let longest = duration(u64::from(token.expire().max(longest)));
            self.add(F::LifetimeOverADay, format!("a lifetime is {longest}; the service ends it after 24 hours"));
        }
        if longest > token.expire() {
            let (token, privilege) = (duration(u64::from(token.expire())), duration(u64::from(longest)));
            self.add(
                F::PrivilegeOutlivesToken,
                format!("the token lives {token}, a privilege of it {privilege}: the SDK will not warn before the end"),
            );
        }
    }

    fn check_privileges(&mut self, token: &UnverifiedToken2, service: &Service<'static>) {
        let kind = service.service_type();
        let issued = u64::from(token.issue_ts());
        let runs = |privilege| {
            service.privileges.get(privilege).map(|lifetime| (lifetime, issued.saturating_add(u64::from(lifetime))))
        };
        if matches!(kind, ServiceType::Rtc | ServiceType::Rtm | ServiceType::Rtm2) {
            // Joining and logging in have the same number.
            let name = kind.privilege_name(Service::RTC_JOIN_CHANNEL).unwrap_or_default();
            match runs(Service::RTC_JOIN_CHANNEL) {
                None => self.add(F::PrivilegeMissing, format!("the {} service does not grant {name}", kind.name())),
                Some((lifetime, end))
                    if lifetime != 0 && self.now >= end && self.now < token.expires_at().as_secs() =>
                {
                    let ago = duration(self.now.saturating_sub(end));
                    self.add(F::PrivilegeExpired, format!("{name} expired {ago} ago, the token did not"));
                }
                Some(_) => {}
            }
        }
        if kind == ServiceType::Rtc {
            let publishes = |privilege| service.privileges.get(privilege).is_some();
            self.check_publishing(
                publishes(Service::RTC_PUBLISH_AUDIO_STREAM) || publishes(Service::RTC_PUBLISH_VIDEO_STREAM),
            );
        }
    }

    fn check_publishing(&mut self, publishes: bool) {
        if self.attempt.role == Some(Role::Publisher) && !publishes {
            self.add(F::SubscriberTokenForPublisher, "the client publishes, the token lets it join only");
            self.add(F::CoHostNote, F::CoHostNote.meaning());
        }
    }

    // 006

    fn check_006(&mut self, token: &UnverifiedToken) {
        self.check_times_006(token);
        let is_rtm = token.privileges().get(Privilege006::RtmLogin.number()).is_some();
        let is_rtc = token.privileges().get(Privilege006::JoinChannel.number()).is_some();
        let wants_rtm = self.is_for(&[ServiceType::Rtm, ServiceType::Rtm2]);
        if is_rtm
            && !is_rtc
            && (self.is_for(&[ServiceType::Rtc])
                || (self.attempt.service.is_none() && self.attempt.channel_name.is_some()))
        {
            self.add(F::RtmTokenForRtc, "the client joins a channel, the token is for messaging only");
            return;
        }
        if is_rtc && !is_rtm && wants_rtm {
            self.add(F::RtcTokenForRtm, "the client logs in to messaging, the token is for a channel only");
            return;
        }
        if !is_rtc && !is_rtm {
            self.add(F::PrivilegeMissing, "the token grants neither joinChannel nor rtmLogin");
        }
        if is_rtc {
            let publishes = |privilege: Privilege006| token.privileges().get(privilege.number()).is_some();
            self.check_publishing(
                publishes(Privilege006::PublishAudioStream) || publishes(Privilege006::PublishVideoStream),
            );
        }
        let user = self.attempt.user.map(joined_text);
        let (channel_name, account) = match (is_rtm && !is_rtc, self.attempt.channel_name, user) {
            (true, _, Some(user)) => (self.find_user(user, |text| token.is_for_channel(text)), Some(String::new())),
            (false, Some(channel_name), Some(user)) => {
                (self.find_channel(channel_name, token), self.find_user(user, |text| token.is_for_user(text)))
            }
            (false, channel_name, user) => {
                self.add(F::UserNotChecked, F::UserNotChecked.meaning());
                (
                    channel_name.and_then(|name| self.find_channel(name, token)),
                    user.and_then(|user| self.find_user(user, |text| token.is_for_user(text))),
                )
            }
            _ => {
                self.add(F::UserNotChecked, F::UserNotChecked.meaning());
                (None, None)
            }
        };
        if let (Some(channel_name), Some(account)) = (channel_name, account) {
            self.check_certificates(|certificate| {
                token.verify(certificate, channel_name.as_bytes(), account.as_bytes()).is_ok()
            });
        }
    }

    fn check_times_006(&mut self, token: &UnverifiedToken) {
        let entry = [Privilege006::JoinChannel, Privilege006::RtmLogin]
            .iter()
            .filter_map(|privilege| token.privileges().get(privilege.number()))
            .find(|end| *end != 0);
        let end = token.expires_at().as_secs();
        let lifetime = token.privileges().iter().map(|(_, end)| end).find(|end| *end != 0 && *end < FIRST_TIMESTAMP);
        if let Some(lifetime) = lifetime {
            self.add(
                F::TimestampIsLifetime,
                format!("a privilege ends at Unix second {lifetime}, in 1970, which looks like a lifetime"),
            );
        } else if let Some(entry) = entry.map(u64::from).filter(|entry| self.now >= *entry) {
            let ago = duration(self.now.saturating_sub(entry));
            self.add(F::TokenExpired, format!("the token's privilege to enter expired {ago} ago"));
        } else if self.now >= end {
            self.add(F::TokenExpired, format!("the token expired {} ago", duration(self.now.saturating_sub(end))));
        }
        let latest = token.privileges().iter().map(|(_, end)| u64::from(end)).max().unwrap_or_default();
        if latest > self.now.saturating_add(u64::from(DAY) + CLOCKS_DIFFER) && latest > end {
            self.add(
                F::LifetimeOverADay,
                format!(
                    "a privilege ends in {}; the service ends it after 24 hours",
                    duration(latest.saturating_sub(self.now))
                ),
            );
        }
        if latest > end {
            self.add(
                F::PrivilegeOutlivesToken,
                format!(
                    "a privilege ends {} after the token: the SDK will not warn before the end",
                    duration(latest.saturating_sub(end))
                ),
            );
        }
    }

    /// The name that the token was signed for, found by its CRC among those that it may have been.
    fn find_channel(&mut self, joined: &str, token: &UnverifiedToken) -> Option<String> {
        let is = |name: &str| token.is_for_channel(name.as_bytes());
        if is(joined) {
            return Some(joined.to_owned());
        }
        if let Some(any) = ["", "*"].into_iter().find(|any| is(any)) {
            self.add(F::AnyChannel, F::AnyChannel.meaning());
            return Some(any.to_owned());
        }
        let by_case =
            [joined.to_lowercase(), joined.to_uppercase(), capitalised(joined)].into_iter().find(|name| is(name));
        let by_blank = [
            joined.trim().to_owned(),
            format!("{joined} "),
            format!(" {joined}"),
            joined.replace(' ', ""),
            format!("{joined}\n"),
        ]
        .into_iter()
        .find(|name| is(name));
        let sample = SAMPLE_CHANNELS.into_iter().find(|name| is(name)).map(str::to_owned);
        let shown = self.show(joined);
        if by_case.is_some() {
            self.add(
                F::ChannelDiffersInCase,
                format!("the client joins {shown}, the token is for the same name in another letter case"),
            );
        } else if by_blank.is_some() {
            self.add(
                F::ChannelDiffersInBlanks,
                format!("the client joins {shown}, the token is for the same name but for blanks"),
            );
        } else if sample.is_some() {
            self.add_as(Severity::Error, F::SampleChannel, "the token is for the channel of a sample program");
        } else {
            self.add(F::ChannelDiffers, format!("the client joins {shown}, the token is for another channel"));
        }
        by_case.or(by_blank).or(sample)
    }

    fn find_user(&mut self, joined: String, is: impl Fn(&[u8]) -> bool) -> Option<String> {
        let joined =
            if joined == "0" && matches!(self.attempt.user, Some(JoinedAs::Uid(0))) { String::new() } else { joined };
        if is(joined.as_bytes()) {
            return Some(joined);
        }
        if let Some(any) = ["", "*"].into_iter().find(|any| is(any.as_bytes())) {
            self.add(F::AnyUser, F::AnyUser.meaning());
            return Some(any.to_owned());
        }
        let shown = self.show(&joined);
        let printed = PRINTED_USERS.into_iter().find(|name| is(name.as_bytes())).map(str::to_owned);
        let sample = SAMPLE_UIDS.into_iter().map(|uid| uid.to_string()).find(|uid| is(uid.as_bytes()));
        let signed = i32::try_from(i64::from(joined.parse::<u32>().unwrap_or_default()).saturating_sub(1 << 32)).ok();
        let negative = signed.map(|uid| uid.to_string()).filter(|uid| is(uid.as_bytes()));
        if is(b"0") {
            self.add(F::UserIsZeroText, format!("the client joins as {shown}, the token is for a user called \"0\""));
            return Some("0".into());
        }
        if let Some(printed) = &printed {
            self.add(
                F::UserIsPlaceholder,
                format!("the client joins as {shown}, the token is for a user called {printed:?}"),
            );
        } else if sample.is_some() {
            self.add_as(Severity::Error, F::SampleUser, "the token is for the user of a sample program");
        } else if negative.is_some() {
            self.add(
                F::UserDiffers,
                format!("the client joins as {shown}, the token is for that uid read as a signed number"),
            );
        } else {
            self.add(F::UserDiffers, format!("the client joins as {shown}, the token is for another user"));
        }
        printed.or(sample).or(negative)
    }

    // Both

    fn check_certificates(&mut self, signed_by: impl Fn(&AppCertificate) -> bool) {
        let given = self.attempt.certificates;
        if given.is_empty() {
            self.add(F::SignatureNotChecked, F::SignatureNotChecked.meaning());
            return;
        }
        let signs = |text: &str| AppCertificate::new(text).is_ok_and(|certificate| signed_by(&certificate));
        if given.iter().any(|text| signs(text)) {
            return;
        }
        let bare = |text: &str| {
            text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '\u{feff}')).to_owned()
        };
        if given.iter().any(|text| signs(&bare(text))) {
            self.add(
                F::CertificateHasBlanks,
                "the certificate signed this token once blanks or quotes around it are taken away",
            );
            return;
        }
        if given.iter().any(|text| signs(&bare(text).to_lowercase()) || signs(&bare(text).to_uppercase())) {
            self.add(F::CertificateCaseDiffers, "the certificate signed this token in another letter case");
            return;
        }
        for text in given {
            if let Err(error) = AppCertificate::new(text) {
                self.add(F::CertificateInvalid, error.reason().to_owned());
            }
        }
        if given.iter().any(|text| AppCertificate::new(&bare(text)).is_ok()) {
            let count = match given.len() {
                1 => "the given certificate did not sign this token".to_owned(),
                count => format!("none of the {count} given certificates signed this token"),
            };
            self.add(F::SignatureMismatch, count);
        }
    }

    fn check_channel(&mut self, channel_name: &Text<'_>) {
        if channel_name.is_empty() || channel_name.as_bytes() == b"*" {
            self.add(F::AnyChannel, F::AnyChannel.meaning());
            return;
        }
        let found = String::from_utf8_lossy(channel_name.as_bytes()).into_owned();
        let is_sample = SAMPLE_CHANNELS.contains(&found.as_str());
        let Some(joined) = self.attempt.channel_name else {
            if is_sample {
                self.add(F::SampleChannel, "the token is for the channel of a sample program");
            }
            return;
        };
        if crate::verifier::channel_matches(channel_name.as_bytes(), joined.as_bytes()) {
            return;
        }
        let cause =
            format!("the token is for {}, the client joins {}", self.show_text(channel_name), self.show(joined));
        let without_blanks = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        if is_sample {
            self.add_as(Severity::Error, F::SampleChannel, cause);
        } else if found.to_lowercase() == joined.to_lowercase() {
            self.add(F::ChannelDiffersInCase, cause);
        } else if without_blanks(&found) == without_blanks(joined) {
            self.add(F::ChannelDiffersInBlanks, cause);
        } else {
            self.add(F::ChannelDiffers, cause);
        }
    }

    fn check_user(&mut self, account: &Text<'_>) {
        let shown = self.show_text(account);
        let Ok(account) = account.to_str() else {
            return self.add(F::UserDiffers, "the token is for a user whose name is no text");
        };
        let is_number = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_digit());
        let joined = self.attempt.user.map(joined_text);
        if joined.as_deref() == Some(account) && account != "0" && !PRINTED_USERS.contains(&account) {
            return;
        }
        if account.is_empty() || account == "*" {
            return self.add(F::AnyUser, F::AnyUser.meaning());
        }
        if account == "0" {
            return self
                .add(F::UserIsZeroText, "the token is for a user called \"0\", which is neither uid 0 nor any user");
        }
        if let Some(mistake) = mistaken_account(account) {
            return self.add(F::UserIsPlaceholder, format!("the token is for a user called {account:?}: {mistake}"));
        }
        let is_sample = account.parse::<u32>().is_ok_and(|uid| SAMPLE_UIDS.contains(&uid));
        let Some(user) = self.attempt.user else {
            if is_sample {
                self.add(F::SampleUser, "the token is for the user of a sample program");
            }
            return;
        };
        let joined = self.show(&joined.unwrap_or_default());
        match user {
            _ if is_sample => {
                self.add_as(
                    Severity::Error,
                    F::SampleUser,
                    format!("the token is for {shown}, the user of a sample program, the client joins as {joined}"),
                );
            }
            JoinedAs::Uid(_) if !is_number => {
                self.add(
                    F::AccountTokenForUid,
                    format!("the token is for the account {shown}, the client joins with uid {joined}"),
                );
            }
            JoinedAs::Account(text) if is_number && text.parse::<u64>().is_err() => {
                self.add(
                    F::UidTokenForAccount,
                    format!("the token is for uid {shown}, the client joins with the account {joined}"),
                );
            }
            _ => self.add(F::UserDiffers, format!("the token is for {shown}, the client joins as {joined}")),
        }
    }
}

/// Clocks of two machines differ by this much without anybody noticing, in seconds.
const CLOCKS_DIFFER: u64 = 5;

fn joined_text(user: JoinedAs<'_>) -> String {
    match user {
        JoinedAs::Uid(uid) => uid.to_string(),
        JoinedAs::Account(account) => account.to_owned(),
    }
}

fn named_user<'s>(service: &'s Service<'static>) -> Option<&'s Text<'static>> {
    match &service.kind {
        ServiceKind::Apaas { user_uuid, .. } => Some(user_uuid),
        _ => service.account().or(service.user_id()),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

/// In the two largest units that are not zero.
fn duration(seconds: u64) -> String {
    let units = [(31_536_000, "year"), (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, name) in units {
        let count = rest.checked_div(size).unwrap_or_default();
        rest = rest.checked_rem(size).unwrap_or_default();
        if count > 0 && parts.len() < 2 {
            parts.push(format!("{count} {name}{}", if count == 1 { "" } else { "s" }));
        }
    }
    if parts.is_empty() { "0 seconds".into() } else { parts.join(" ") }
}
