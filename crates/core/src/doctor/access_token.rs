//! AccessToken (006): absolute times, and names of which the token holds but a CRC.

use super::findings::{CLOCKS_DIFFER, Findings};
use super::table::FindingCode as F;
use crate::access_token::{Privilege006, UnverifiedToken};
use crate::service::ServiceType;
use crate::time::{DAY, FIRST_TIMESTAMP, in_words};

impl Findings<'_> {
    pub(super) fn check_access_token(&mut self, token: &UnverifiedToken) {
        self.check_times(token);
        let grants = |privilege: Privilege006| token.privileges().get(privilege.number()).is_some();
        let (is_rtc, is_rtm) = (grants(Privilege006::JoinChannel), grants(Privilege006::RtmLogin));
        if !is_rtc && !is_rtm {
            self.add(F::PrivilegeMissing, "the token grants neither joinChannel nor rtmLogin");
        } else if !self.check_service(is_rtc, is_rtm) {
            return;
        }
        if is_rtc {
            self.check_publishing_006(token);
        }
        let (channel_name, account) = if is_rtm && !is_rtc {
            // A messaging token has its user where others have the channel.
            (self.find_user(|name| token.is_for_channel(name)), Some(String::new()))
        } else {
            (self.find_channel(token), self.find_user(|name| token.is_for_user(name)))
        };
        let (Some(channel_name), Some(account)) = (channel_name, account) else {
            let is_asked_for = self.attempt.user.is_some() && (self.attempt.channel.is_some() || !is_rtc);
            if !is_asked_for {
                self.add(F::UserNotChecked, "nothing is known of the channel or the user that the client joined with");
            }
            return;
        };
        let (channel_name, account) = (channel_name.as_bytes(), account.as_bytes());
        self.check_certificates(|certificate| token.is_signed_with(certificate, channel_name, account));
    }

    /// Whether the token is for what the client uses it for.
    fn check_service(&mut self, is_rtc: bool, is_rtm: bool) -> bool {
        let use_of_it = match self.attempt.service {
            Some(purpose) => format!("the client uses the token for {}", purpose.name()),
            None => "the client joins a channel".to_owned(),
        };
        let joins = self.attempt.service.is_none() && self.attempt.channel.is_some();
        if !is_rtc && (joins || self.is_for(&[ServiceType::Rtc])) {
            self.add(F::RtmTokenForRtc, format!("{use_of_it}, the token carries only rtm"));
        } else if !is_rtm && self.is_for(&[ServiceType::Rtm, ServiceType::Rtm2]) {
            self.add(F::RtcTokenForRtm, format!("{use_of_it}, the token carries only rtc"));
        } else if self.attempt.service.is_some()
            && !self.is_for(&[ServiceType::Rtc, ServiceType::Rtm, ServiceType::Rtm2])
        {
            self.add(F::ServiceMissing, format!("{use_of_it}, an AccessToken (006) carries rtc or rtm"));
        } else {
            return true;
        }
        false
    }

    fn check_publishing_006(&mut self, token: &UnverifiedToken) {
        let publish = [Privilege006::PublishAudioStream, Privilege006::PublishVideoStream];
        let ends: Vec<u32> =
            publish.iter().filter_map(|privilege| token.privileges().get(privilege.number())).collect();
        let latest = ends.iter().max().copied().map(u64::from).unwrap_or_default();
        let is_over = !ends.contains(&0) && self.now >= latest && self.now < token.expires_at().as_secs();
        let ago = in_words(self.now.saturating_sub(latest));
        self.check_publishing(!ends.is_empty(), Some(&ago).filter(|_| is_over));
    }

    fn check_times(&mut self, token: &UnverifiedToken) {
        let ends = || token.privileges().iter().map(|(_, end)| end).filter(|end| *end != 0);
        let entry = [Privilege006::JoinChannel, Privilege006::RtmLogin]
            .iter()
            .filter_map(|privilege| token.privileges().get(privilege.number()))
            .find(|end| *end != 0);
        let end = token.expires_at().as_secs();
        if let Some(lifetime) = ends().find(|end| *end < FIRST_TIMESTAMP) {
            let after = in_words(u64::from(lifetime));
            self.add(
                F::TimestampIsLifetime,
                format!("a privilege ends at Unix second {lifetime}, {after} after the beginning of 1970: that is a lifetime"),
            );
        } else if let Some(entry) = entry.map(u64::from).filter(|entry| self.now >= *entry) {
            self.add(F::TokenExpired, format!("the token's privilege to enter expired {}", self.ago(entry)));
        } else if self.now >= end {
            self.add(F::TokenExpired, format!("the token expired {}", self.ago(end)));
        }
        let latest = ends().max().map(u64::from).unwrap_or_default();
        let later = in_words(latest.saturating_sub(end));
        if latest > end.saturating_add(CLOCKS_DIFFER) {
            if latest > self.now.saturating_add(u64::from(DAY)) {
                let ahead = in_words(latest.saturating_sub(self.now));
                self.add(
                    F::LifetimeOverADay,
                    format!("a privilege ends in {ahead}; the token ends 24 hours after it was minted"),
                );
            }
            self.add(
                F::PrivilegeOutlivesToken,
                format!("a privilege ends {later} after the token: the SDK will not warn before that ends"),
            );
        }
    }
}
