//! The one way to a token: an ask, a policy, the issuer.

use agora_token::source::{Clock, SystemClock};
use agora_token::{
    Channel as NamedChannel, Error, ErrorCode, Grant, Lifetime, Stamp, UnixTime, UserId, builder, refresh_after,
};
use sha2::{Digest, Sha256};

use crate::ask::{Ask, Channel, Holder, User};
use crate::callers::Caller;
use crate::credentials::hex;
use crate::live::Live;
use crate::problem::Problem;

/// A token, and what a route may tell about it.
pub(crate) struct Minted {
    pub(crate) token: String,
    pub(crate) app_id: String,
    pub(crate) issued_at: u64,
    pub(crate) expires_at: u64,
    pub(crate) refresh_after: u64,
    pub(crate) server_time: u64,
}

impl Minted {
    /// What tells tokens apart in the audit log and helps nobody to use one.
    pub(crate) fn fingerprint(&self) -> String {
        let hash = Sha256::digest(self.token.as_bytes());
        hex(hash.get(..8).unwrap_or_default())
    }
}

/// Mints what `ask` asks for if the caller's policy allows it.
pub(crate) fn mint(live: &Live, caller: &Caller, ask: &Ask) -> Result<Minted, Problem> {
    let lifetime = caller.policy.judge(ask, caller.subject.as_deref(), live.settings.lifetime.0)?;
    let (token, issued_at) = match &ask.holder {
        Holder::User(user) => for_user(live, user, ask, lifetime),
        Holder::ChatApp => for_chat_app(live, lifetime),
    }
    .map_err(|error| Problem::of_library(&error, None))?;
    let expires_at = UnixTime::from_secs(issued_at.as_secs() + u64::from(lifetime.as_secs()));
    Ok(Minted {
        token,
        app_id: live.credentials.app_id().to_string(),
        issued_at: issued_at.as_secs(),
        expires_at: expires_at.as_secs(),
        refresh_after: refresh_after(issued_at, expires_at).as_secs(),
        server_time: SystemClock.now().map_or(issued_at.as_secs(), u64::from),
    })
}

fn for_user(live: &Live, user: &User, ask: &Ask, lifetime: Lifetime) -> Result<(String, UnixTime), Error> {
    let user = match user {
        User::Uid(uid) => UserId::Uid(*uid),
        User::Account(account) => UserId::account(account)?,
        User::Any => UserId::Any,
    };
    let mut grant = Grant::new(user).lifetime(lifetime);
    if ask.services.rtc {
        let channel = match &ask.channel {
            Some(Channel::Named(name)) => NamedChannel::named(name)?,
            Some(Channel::Any) => NamedChannel::Any,
            None => return Err(ErrorCode::InvalidChannelName.into_error()),
        };
        grant = grant.and_rtc(channel, ask.role);
    }
    if ask.services.rtm {
        grant = grant.and_rtm();
    }
    if ask.services.chat {
        grant = grant.and_chat();
    }
    if let Some(publish) = ask.publish_lifetime {
        grant = grant.publish_lifetime(publish);
    }
    let issued = live.credentials.issuer.issue(&grant)?;
    Ok((issued.token, issued.issued_at))
}

fn for_chat_app(live: &Live, lifetime: Lifetime) -> Result<(String, UnixTime), Error> {
    let stamp = Stamp::now()?;
    let token = builder::build_chat_app_token2(live.credentials.issuer.credentials(), lifetime.as_secs(), stamp)?;
    Ok((token, UnixTime::from_secs(stamp.issue_ts.into())))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use agora_token::{Role, Unverified};
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::ask::{Service, Services};
    use crate::settings::Settings;

    /// A policy in the words of the settings file, so that nothing of its reading is left out.
    #[derive(Debug, Clone)]
    struct Words {
        channels: Vec<&'static str>,
        uids: Vec<(u32, u32)>,
        accounts: Vec<&'static str>,
        subject: bool,
        publisher: bool,
        subscriber: bool,
        services: Vec<Service>,
        max_lifetime: u32,
        any_user: bool,
        any_channel: bool,
        app_tokens: bool,
    }

    impl Words {
        fn to_toml(&self) -> String {
            let uids: Vec<_> = self.uids.iter().map(|(first, last)| format!("{first}-{last}")).collect();
            let roles = [("publisher", self.publisher), ("subscriber", self.subscriber)];
            let roles: Vec<_> = roles.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect();
            let services: Vec<_> = self.services.iter().map(|service| service.name()).collect();
            format!(
                "demo = true\nanonymous = \"p\"\n[policies.p]\nchannels = {:?}\nuids = {uids:?}\naccounts = {:?}\n\
                 subject = {}\nroles = {roles:?}\nservices = {services:?}\nmax_lifetime = {}\nany_user = {}\n\
                 any_channel = {}\napp_tokens = {}\n",
                self.channels,
                self.accounts,
                self.subject,
                self.max_lifetime,
                self.any_user,
                self.any_channel,
                self.app_tokens,
            )
        }

        /// Whether the policy allows what a token says, told from the token and these words alone.
        fn allows(&self, token: &Value, subject: Option<&str>) -> bool {
            let services = token["services"].as_array().unwrap();
            let lives = token["expiresIn"].as_u64().unwrap();
            (1..=u64::from(self.max_lifetime)).contains(&lives)
                && services.iter().all(|service| {
                    let privileges = service["privileges"].as_object().unwrap();
                    privileges.values().all(|seconds| (1..=lives).contains(&seconds.as_u64().unwrap()))
                        && self.allows_service(service, subject)
                })
        }

        fn allows_service(&self, service: &Value, subject: Option<&str>) -> bool {
            let name = service["name"].as_str().unwrap();
            let user = service.get("account").or(service.get("userId")).and_then(Value::as_str).unwrap_or_default();
            if name == "chat" && user.is_empty() {
                return self.app_tokens;
            }
            let is_granted = self.services.iter().any(|granted| granted.name() == name);
            let user_is_fine = match user {
                "" | "*" => self.any_user,
                user if self.subject => subject == Some(user),
                // Digits are a uid to the service; "03" is nobody's.
                user => match user.parse::<u32>() {
                    Ok(uid) if !user.starts_with('0') => {
                        self.uids.iter().any(|(first, last)| (first..=last).contains(&&uid))
                    }
                    _ => self.accounts.iter().any(|pattern| matches(pattern, user)),
                },
            };
            let joins = name == "rtc";
            let channel = service["channel"].as_str().unwrap_or_default();
            let channel_is_fine = match channel {
                _ if !joins => true,
                "" | "*" => self.any_channel,
                channel => self.channels.iter().any(|pattern| matches(pattern, channel)),
            };
            let publishes = service["privileges"].as_object().unwrap().len() > 1;
            let role_is_fine = !joins || if publishes { self.publisher } else { self.subscriber };
            is_granted && user_is_fine && channel_is_fine && role_is_fine
        }
    }

    /// The patterns of these tests have their star at the end or nowhere.
    fn matches(pattern: &str, name: &str) -> bool {
        pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
    }

    const NAMES: [&str; 5] = ["a", "ab", "room-1", "room-2", "b"];
    const ACCOUNTS: [&str; 5] = ["alice", "al", "3", "03", "guest-1"];

    fn words() -> impl Strategy<Value = Words> {
        use prop::collection::vec;
        use prop::sample::{select, subsequence};
        let channels = vec(select(vec!["a", "a*", "room-*", "*", "b", "c"]), 0..3);
        let uids = vec((1..6u32, 0..3u32).prop_map(|(first, more)| (first, first + more)), 0..3);
        let accounts = vec(select(vec!["alice", "al*", "guest-*", "*", "3"]), 0..3);
        let services = subsequence(Service::ALL.to_vec(), 1..=3);
        let flags = prop::array::uniform6(any::<bool>());
        (channels, uids, accounts, services, 60..=600u32, flags).prop_map(
            |(
                channels,
                uids,
                accounts,
                services,
                max_lifetime,
                [subject, publisher, both, any_user, any_channel, app_tokens],
            )| {
                let subject = subject && !any_user;
                let (uids, accounts) = if subject { Default::default() } else { (uids, accounts) };
                let subscriber = both || !publisher;
                Words {
                    channels,
                    uids,
                    accounts,
                    subject,
                    publisher,
                    subscriber,
                    services,
                    max_lifetime,
                    any_user,
                    any_channel,
                    app_tokens,
                }
            },
        )
    }

    fn ask() -> impl Strategy<Value = Ask> {
        use prop::sample::{select, subsequence};
        let channel = prop_oneof![
            1 => Just(Channel::Any),
            6 => select(NAMES.to_vec()).prop_map(|name| Channel::Named(name.to_owned())),
        ];
        let user = prop_oneof![
            1 => Just(User::Any),
            4 => (1..9u32).prop_map(|uid| User::Uid(NonZeroU32::new(uid).unwrap())),
            4 => select(ACCOUNTS.to_vec()).prop_map(|account| User::Account(account.to_owned())),
        ];
        let lifetime = || prop::option::of((1..=900u32).prop_map(|seconds| Lifetime::from_secs(seconds).unwrap()));
        let services = subsequence(Service::ALL.to_vec(), 1..=3).prop_map(Services::from_iter);
        let role = select(vec![Role::Publisher, Role::Subscriber]);
        let of_user = (channel, user, services, role, lifetime(), lifetime()).prop_map(
            |(channel, user, services, role, lifetime, publish_lifetime)| Ask {
                channel: Some(channel),
                role,
                lifetime,
                publish_lifetime,
                ..Ask::of(user, services)
            },
        );
        prop_oneof![9 => of_user, 1 => lifetime().prop_map(|lifetime| Ask::chat_app().lifetime(lifetime))]
    }

    fn minted(words: &Words, ask: &Ask, subject: Option<&str>) -> Option<Value> {
        let live = Live::build(&Settings::of_file(&words.to_toml()).unwrap(), None).unwrap();
        let mut caller = live.callers.identify(&axum::http::HeaderMap::new()).unwrap();
        caller.subject = subject.map(str::to_owned);
        let minted = mint(&live, &caller, ask).ok()?;
        Some(serde_json::from_str(&Unverified::parse(&minted.token).unwrap().to_json()).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_token_says_what_the_policy_forbids(
            words in words(),
            ask in ask(),
            subject in prop::option::of(prop::sample::select(vec!["3", "alice", "*", ""])),
        ) {
            if let Some(token) = minted(&words, &ask, subject) {
                prop_assert!(words.allows(&token, subject), "{token}");
            }
        }

        /// A policy that refused everything would hold what is above.
        #[test]
        fn what_everything_allows_is_minted(ask in ask()) {
            let words = Words {
                channels: vec!["*"], uids: vec![(1, u32::MAX)], accounts: vec!["*"], subject: false, publisher: true,
                subscriber: true, services: Service::ALL.to_vec(), max_lifetime: 900, any_user: true, any_channel: true,
                app_tokens: true,
            };
            // Messaging and Chat know no wildcard at all.
            let is_possible = ask.holder != Holder::User(User::Any) || !(ask.services.rtm || ask.services.chat);
            prop_assert_eq!(minted(&words, &ask, None).is_some(), is_possible);
        }
    }
}
