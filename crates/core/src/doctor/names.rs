//! The channel and the user: those of the token against those that the client joined with.

use super::attempt::JoinedAs;
use super::findings::{Findings, is_number};
use super::table::{FindingCode as F, Severity};
use crate::access_token::UnverifiedToken;
use crate::expected::channel_matches;
use crate::identity::{MAX_USER_SIZE, mistaken_account};
use crate::text::Text;

/// Values that official samples and guides come with.
const SAMPLE_UIDS: [u32; 2] = [2_882_341_273, 123_456];
const SAMPLE_CHANNELS: [&str; 3] = ["7d72365eb983485397e3e3f9d460bdda", "ChannelA", "<Your channel name>"];
/// What stands in a user's place when a program printed what was not there.
const PRINTED_USERS: [&str; 7] = ["undefined", "null", "None", "NaN", "nil", "<nil>", "[object Object]"];
/// The names that mean any channel or user.
const WILDCARDS: [&str; 2] = ["", "*"];

// AccessToken2: the names stand in the token.
impl Findings<'_> {
    pub(super) fn check_channel(&mut self, of_token: &Text<'_>) {
        let found = String::from_utf8_lossy(of_token.as_bytes()).into_owned();
        if WILDCARDS.contains(&found.as_str()) {
            return self.add(F::AnyChannel, "the token names no channel in particular");
        }
        let is_sample = SAMPLE_CHANNELS.contains(&found.as_str());
        let Some(joined) = self.attempt.channel else {
            if is_sample {
                self.add(F::SampleChannel, format!("the token is for {found:?}, the channel of a sample program"));
            }
            return;
        };
        if channel_matches(of_token.as_bytes(), joined.as_bytes()) {
            return;
        }
        let cause = format!("the token is for {}, the client joins {}", self.show_text(of_token), self.show(joined));
        if is_sample {
            self.add_as(
                Severity::Error,
                F::SampleChannel,
                format!(
                    "the token is for {found:?}, the channel of a sample program; the client joins {}",
                    self.show(joined)
                ),
            );
        } else if same_but_for_case(&found, joined) {
            self.add(F::ChannelDiffersInCase, cause);
        } else if same_but_for_blanks(&found, joined) {
            self.add(F::ChannelDiffersInBlanks, cause);
        } else {
            self.add(F::ChannelDiffers, cause);
        }
    }

    pub(super) fn check_user(&mut self, of_token: &Text<'_>) {
        let Ok(account) = of_token.to_str() else {
            return self.add(F::UserDiffers, "the token is for a user whose name is no text");
        };
        if WILDCARDS.contains(&account) {
            return self.add(F::AnyUser, "the token names no user in particular");
        }
        let joined = self.joined_user();
        let is_same = joined.as_deref() == Some(account);
        if account == "0" {
            return self
                .add(F::UserIsZeroText, "the token is for a user called \"0\", which is neither uid 0 nor any user");
        }
        if let Some(mistake) = mistaken_account(account) {
            // Somebody who joins under the same mistake gets in.
            let severity = if is_same { Severity::Warning } else { Severity::Error };
            let cause = format!("the token is for a user called {account:?}: {mistake}");
            return self.add_as(severity, F::UserIsPlaceholder, cause);
        }
        if is_same {
            if matches!(self.attempt.user, Some(JoinedAs::Account(text)) if is_number(text)) {
                let cause = format!(
                    "the client joins with the account {}, all digits: the token lets in the uid of that number too",
                    self.show(account)
                );
                self.add_as(Severity::Note, F::UidTokenForAccount, cause);
            }
            return;
        }
        let is_sample = account.parse::<u32>().is_ok_and(|uid| SAMPLE_UIDS.contains(&uid));
        let (Some(user), Some(joined)) = (self.attempt.user, joined) else {
            if is_sample {
                self.add(F::SampleUser, format!("the token is for {account}, the user of a sample program"));
            }
            return;
        };
        let (shown, by) = (self.show_user(account), self.show_joined());
        match user {
            _ if is_sample => {
                let cause = format!("the token is for {account}, the user of a sample program; the client joins {by}");
                self.add_as(Severity::Error, F::SampleUser, cause);
            }
            JoinedAs::Uid(uid) if misprint_of(uid, account).is_some() => {
                let how = misprint_of(uid, account).unwrap_or_default();
                self.add(F::UserDiffers, format!("the token is for {shown}, the client joins {by}: {how}"));
            }
            JoinedAs::Uid(_) if !is_number(account) => {
                let cause = format!("the token is for the account {shown}, the client joins {by}");
                self.add(F::AccountTokenForUid, cause);
            }
            JoinedAs::Account(text) if is_number(account) && !is_number(text) => {
                let cause = format!("the token is for {shown}, the client joins {by}");
                self.add(F::UidTokenForAccount, cause);
            }
            JoinedAs::Uid(0) => {
                let cause = format!(
                    "the token is for {shown}, the client joins with uid 0, which asks the service for any other"
                );
                self.add(F::UserDiffers, cause);
            }
            _ => {
                let how = difference(account, &joined);
                self.add(F::UserDiffers, format!("the token is for {shown}, the client joins {by}{how}"));
            }
        }
    }
}

// AccessToken: only a CRC of each name stands in the token, so names are tried.
impl Findings<'_> {
    /// The channel name that the token was signed for, if one of those tried is it.
    pub(super) fn find_channel(&mut self, token: &UnverifiedToken) -> Option<String> {
        let is = |name: &str| token.is_for_channel(name.as_bytes());
        let joined = self.attempt.channel;
        if let Some(joined) = joined.filter(|joined| is(joined)) {
            return Some(joined.to_owned());
        }
        if let Some(any) = WILDCARDS.into_iter().find(|any| is(any)) {
            self.add(F::AnyChannel, "the token names no channel in particular");
            return Some(any.to_owned());
        }
        if let Some(sample) = SAMPLE_CHANNELS.into_iter().find(|name| is(name)) {
            let (severity, but) = match joined {
                Some(joined) => (Severity::Error, format!("; the client joins {}", self.show(joined))),
                None => (F::SampleChannel.severity(), String::new()),
            };
            let cause = format!("the token is for {sample:?}, the channel of a sample program{but}");
            self.add_as(severity, F::SampleChannel, cause);
            return Some(sample.to_owned());
        }
        let joined = joined?;
        let shown = self.show(joined);
        if let Some(name) = case_variants(joined).into_iter().find(|name| is(name)) {
            let cause = format!("the token is for {}, the client joins {shown}", self.show(&name));
            self.add(F::ChannelDiffersInCase, cause);
            return Some(name);
        }
        if let Some(name) = blank_variants(joined).into_iter().find(|name| is(name)) {
            let cause = format!("the token is for {}, the client joins {shown}", self.show(&name));
            self.add(F::ChannelDiffersInBlanks, cause);
            return Some(name);
        }
        self.add(F::ChannelDiffers, format!("the client joins {shown}, the token is for another channel"));
        None
    }

    /// The user that the token was signed for, if one of those tried is it. `is` tells whether a name has the CRC.
    pub(super) fn find_user(&mut self, is: impl Fn(&[u8]) -> bool) -> Option<String> {
        let is = |name: &str| is(name.as_bytes());
        if let Some(any) = WILDCARDS.into_iter().find(|any| is(any)) {
            self.add(F::AnyUser, "the token names no user in particular");
            return Some(any.to_owned());
        }
        let joined = self.joined_user();
        let but = joined.as_deref().map(|_| format!("; the client joins {}", self.show_joined())).unwrap_or_default();
        if is("0") {
            self.add(
                F::UserIsZeroText,
                format!("the token is for a user called \"0\", which is neither uid 0 nor any user{but}"),
            );
            return Some("0".into());
        }
        if let Some(printed) = PRINTED_USERS.into_iter().find(|name| is(name)) {
            let is_same = joined.as_deref() == Some(printed);
            let severity = if is_same { Severity::Warning } else { Severity::Error };
            let mistake = mistaken_account(printed).unwrap_or_default();
            self.add_as(
                severity,
                F::UserIsPlaceholder,
                format!("the token is for a user called {printed:?}: {mistake}{but}"),
            );
            return Some(printed.to_owned());
        }
        if let Some(joined) = joined.as_deref().filter(|joined| is(joined)) {
            return Some(joined.to_owned());
        }
        if let Some(sample) = SAMPLE_UIDS.into_iter().map(|uid| uid.to_string()).find(|uid| is(uid)) {
            let severity = if joined.is_some() { Severity::Error } else { F::SampleUser.severity() };
            self.add_as(
                severity,
                F::SampleUser,
                format!("the token is for {sample}, the user of a sample program{but}"),
            );
            return Some(sample);
        }
        let joined = joined?;
        let by = self.show_joined();
        if let Some(JoinedAs::Uid(uid)) = self.attempt.user
            && let Some((name, how)) = misprints(uid).into_iter().find(|(name, _)| is(name))
        {
            let of_token = self.show_user(&name);
            self.add(F::UserDiffers, format!("the token is for {of_token}, the client joins {by}: {how}"));
            return Some(name);
        }
        if let Some(name) = case_variants(&joined).into_iter().chain(blank_variants(&joined)).find(|name| is(name)) {
            let how = difference(&name, &joined);
            let of_token = self.show_user(&name);
            self.add(F::UserDiffers, format!("the token is for {of_token}, the client joins {by}{how}"));
            return Some(name);
        }
        self.add(F::UserDiffers, format!("the client joins {by}, the token is for another user"));
        None
    }
}

fn same_but_for_case(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn same_but_for_blanks(one: &str, other: &str) -> bool {
    let without = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    without(one) == without(other)
}

fn difference(one: &str, other: &str) -> &'static str {
    if same_but_for_case(one, other) {
        ", which differs in letter case only"
    } else if same_but_for_blanks(one, other) {
        ", which differs in blanks only"
    } else {
        ""
    }
}

/// What a program makes of a uid that it takes for another kind of number.
fn misprints(uid: u32) -> Vec<(String, &'static str)> {
    let mut misprints = vec![(format!("{uid}.0"), "it was printed as a number with a fraction")];
    if let Ok(signed) = i32::try_from(i64::from(uid).saturating_sub(1 << 32)) {
        misprints.push((signed.to_string(), "it was read as a signed number"));
    }
    misprints
}

fn misprint_of(uid: u32, account: &str) -> Option<&'static str> {
    misprints(uid).into_iter().find(|(misprint, _)| misprint == account).map(|(_, how)| how)
}

/// Every other way to write the letters of a name, while there are few enough.
fn case_variants(name: &str) -> Vec<String> {
    const MOST_LETTERS: usize = 12;
    let letters = name.chars().filter(char::is_ascii_alphabetic).count();
    if letters > MOST_LETTERS || name.len() > MAX_USER_SIZE {
        return vec![name.to_lowercase(), name.to_uppercase(), capitalised(name)];
    }
    name.chars().fold(vec![String::new()], |variants, c| {
        let ways = if c.is_ascii_alphabetic() { vec![c.to_ascii_lowercase(), c.to_ascii_uppercase()] } else { vec![c] };
        variants.iter().flat_map(|start| ways.iter().map(move |way| format!("{start}{way}"))).collect()
    })
}

fn blank_variants(name: &str) -> [String; 6] {
    [
        name.trim().to_owned(),
        format!("{name} "),
        format!(" {name}"),
        name.replace(' ', ""),
        format!("{name}\n"),
        format!("{name}\r\n"),
    ]
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_tried() {
        let mut variants = case_variants("a-b");
        variants.sort();
        assert_eq!(variants, ["A-B", "A-b", "a-B", "a-b"]);
        assert_eq!(case_variants("thirteenletters"), ["thirteenletters", "THIRTEENLETTERS", "Thirteenletters"]);
        assert_eq!(case_variants("").len(), 1);
        assert_eq!(case_variants(&format!("room{}", "0".repeat(256))).len(), 3);
    }

    #[test]
    fn uids_are_misprinted_in_two_ways() {
        assert_eq!(misprint_of(2_882_341_273, "-1412626023"), Some("it was read as a signed number"));
        assert_eq!(misprint_of(42, "42.0"), Some("it was printed as a number with a fraction"));
        assert_eq!(misprint_of(42, "42"), None);
        assert_eq!(misprints(42).len(), 1);
    }
}
