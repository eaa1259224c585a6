//! Mints tokens: the caller's policy judges what is asked for, the issuer makes it.

use agora_token::source::{Clock, SystemClock};
use agora_token::{Error, Issuer, Lifetime, ServiceType, Stamp, UnixTime, builder, hex, refresh_after};
use sha2::{Digest, Sha256};

use crate::ask::{Ask, Holder};
use crate::callers::Caller;
use crate::configuration::Configuration;
use crate::problem::Problem;

/// A token, and what a route may tell about it.
pub(crate) struct Minted {
    pub(crate) token: String,
    pub(crate) app_id: String,
    pub(crate) issued_at: UnixTime,
    pub(crate) expires_at: UnixTime,
    pub(crate) refresh_after: UnixTime,
    /// Unix seconds.
    pub(crate) server_time: u64,
}

impl Minted {
    /// What tells tokens apart in the audit log and helps nobody to use one.
    pub(crate) fn fingerprint(&self) -> String {
        let hash = Sha256::digest(self.token.as_bytes());
        hex(hash.get(..8).unwrap_or_default())
    }
}

pub(crate) fn mint(configuration: &Configuration, caller: &Caller, ask: &Ask) -> Result<Minted, Problem> {
    let lifetime = caller.policy.judge(ask, &caller.own, configuration.settings.lifetime.0)?;
    let issuer = &configuration.projects.pick(&caller.policy, ask.project.as_deref())?.issuer;
    let (token, issued_at) = match &ask.holder {
        Holder::User(grant, permissions) => {
            let grant = grant.clone().lifetime(lifetime);
            let grant = if permissions.iter().next().is_some() { grant.and_rtm2(permissions.clone()) } else { grant };
            issuer.issue(&grant).map(|issued| (issued.token, issued.issued_at))
        }
        Holder::App(service) => app_token(issuer, *service, lifetime),
    }
    .map_err(|error| Problem::of_library(&error, None).unprocessable())?;
    let expires_at = UnixTime::from_secs(issued_at.as_secs().saturating_add(lifetime.as_secs().into()));
    Ok(Minted {
        token,
        app_id: issuer.credentials().app_id.to_string(),
        issued_at,
        expires_at,
        refresh_after: refresh_after(issued_at, expires_at),
        server_time: SystemClock.now().map_or(issued_at.as_secs(), u64::from),
    })
}

fn app_token(issuer: &Issuer, service: ServiceType, lifetime: Lifetime) -> Result<(String, UnixTime), Error> {
    let stamp = Stamp::now()?;
    let build = match service {
        ServiceType::Apaas => builder::build_apaas_app_token2,
        _ => builder::build_chat_app_token2,
    };
    let token = build(issuer.credentials(), lifetime.as_secs(), stamp)?;
    Ok((token, UnixTime::from_secs(stamp.issue_ts.into())))
}

#[cfg(test)]
mod tests {
    use agora_token::describe::Field;
    use agora_token::{Channel, Grant, Role, ServiceSet, ServiceType, Unverified, User};
    use proptest::prelude::*;
    use serde::Serialize;
    use serde_json::Value;

    use super::*;
    use crate::ask::{Wanted, have};
    use crate::policy::Policy;
    use crate::settings::Settings;

    /// A policy in the words of the settings file, so that nothing of its reading is left out.
    #[derive(Debug, Clone, Serialize)]
    struct Words {
        channels: Vec<&'static str>,
        uids: Vec<String>,
        accounts: Vec<&'static str>,
        subject: bool,
        roles: Vec<&'static str>,
        services: Vec<String>,
        max_lifetime: u32,
        any_user: bool,
        any_channel: bool,
    }

    impl Words {
        fn to_toml(&self) -> String {
            format!("demo = true\nanonymous = \"p\"\n[policies.p]\n{}", toml::to_string(self).unwrap())
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
            let privileges = service["privileges"].as_object().unwrap();
            let has = |name: &str| self.services.iter().any(|service| service == name);
            if privileges.contains_key("app") {
                return has(&format!("{name}App"));
            }
            let is_granted = has(name);
            let user = ["account", "userId", "userUuid"].into_iter().find_map(|field| service.get(field)?.as_str());
            let user_is_fine = match user.unwrap_or_default() {
                _ if user.is_none() => true,
                "" | "*" => self.any_user,
                user if self.subject => subject == Some(user),
                // Digits are a uid to the service; "03" is nobody's.
                user => match user.parse::<u32>() {
                    Ok(uid) if !user.starts_with('0') => self.uids.iter().any(|range| {
                        let (first, last) = range.split_once('-').unwrap();
                        (first.parse().unwrap()..=last.parse().unwrap()).contains(&uid)
                    }),
                    _ => self.accounts.iter().any(|pattern| matches(pattern, user)),
                },
            };
            let joins = service.get("channel").is_some();
            let channel = service["channel"].as_str().unwrap_or_default();
            let channel_is_fine = match channel {
                _ if !joins => true,
                "" | "*" => self.any_channel,
                channel => self.channels.iter().any(|pattern| matches(pattern, channel)),
            };
            let publishes = privileges.keys().any(|name| name.starts_with("publish"));
            let role_is_fine = !joins || self.roles.contains(&if publishes { "publisher" } else { "subscriber" });
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
        let uids = vec((1..6u32, 0..3u32).prop_map(|(first, more)| format!("{first}-{}", first + more)), 0..3);
        let accounts = vec(select(vec!["alice", "al*", "guest-*", "*", "3"]), 0..3);
        let services = subsequence(Wanted::all().map(|wanted| wanted.to_string()).collect::<Vec<_>>(), 1..=9);
        let roles = subsequence(vec!["publisher", "subscriber"], 1..=2);
        let flags = prop::array::uniform3(any::<bool>());
        (channels, uids, accounts, services, roles, 60..=600u32, flags).prop_map(
            |(channels, uids, accounts, services, roles, max_lifetime, [subject, any_user, any_channel])| {
                let subject = subject && !any_user;
                let (uids, accounts) = if subject { Default::default() } else { (uids, accounts) };
                Words { channels, uids, accounts, subject, roles, services, max_lifetime, any_user, any_channel }
            },
        )
    }

    fn ask() -> impl Strategy<Value = Ask> {
        use prop::sample::{select, subsequence};
        let channel = prop_oneof![
            1 => Just(Channel::Any),
            6 => select(NAMES.to_vec()).prop_map(|name| Channel::named(name).unwrap()),
        ];
        let user = prop_oneof![
            1 => Just(User::Any),
            4 => (1..9u32).prop_map(|uid| User::uid(uid).unwrap()),
            4 => select(ACCOUNTS.to_vec()).prop_map(|account| User::account(account).unwrap()),
        ];
        let lifetime = || prop::option::of((1..=900u32).prop_map(|seconds| Lifetime::from_secs(seconds).unwrap()));
        let services = subsequence(ServiceType::all().collect::<Vec<_>>(), 1..=3).prop_map(ServiceSet::from_iter);
        let role = select(vec![Role::Publisher, Role::Subscriber]);
        let of_user = (channel, user, services, role, lifetime(), lifetime()).prop_map(
            |(channel, user, services, role, lifetime, publish_lifetime)| {
                let grant = services.iter().fold(Grant::new(user), Grant::and).channel(channel).role(role);
                let publish = |grant: Grant<'static>| publish_lifetime.map(|lifetime| grant.publish_lifetime(lifetime));
                Ask::new(publish(grant.clone()).unwrap_or(grant), lifetime)
            },
        );
        let of_app = (lifetime(), select(vec![ServiceType::Chat, ServiceType::Apaas]))
            .prop_map(|(lifetime, service)| Ask { project: None, holder: Holder::App(service), lifetime });
        prop_oneof![9 => of_user, 1 => of_app]
    }

    fn minted(words: &Words, ask: &Ask, subject: Option<&str>) -> Option<Value> {
        let configuration = Configuration::load(&Settings::of_file(&words.to_toml()).unwrap(), None).unwrap();
        let policy = Policy::new("p", &configuration.settings.policies["p"], &configuration.settings).unwrap();
        let mut caller = Caller::plain("anonymous".to_owned(), std::sync::Arc::new(policy));
        caller.own.user = subject.map(|subject| match subject.parse() {
            Ok(uid) => User::uid(uid).unwrap(),
            Err(_) => User::account(subject.to_owned()).unwrap(),
        });
        let minted = mint(&configuration, &caller, ask).ok()?;
        Some(serde_json::from_str(&Unverified::parse(&minted.token).unwrap().to_json()).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn no_token_says_what_the_policy_forbids(
            words in words(),
            ask in ask(),
            subject in prop::option::of(prop::sample::select(vec!["3", "alice", "al"])),
        ) {
            if let Some(token) = minted(&words, &ask, subject) {
                prop_assert!(words.allows(&token, subject), "{token}");
            }
        }

        /// A policy that refused everything would hold what is above.
        #[test]
        fn what_everything_allows_is_minted(ask in ask()) {
            let words = Words {
                channels: vec!["*"], uids: vec![format!("1-{}", u32::MAX)], accounts: vec!["*"], subject: false,
                roles: vec!["publisher", "subscriber"], services: Wanted::all().map(|wanted| wanted.to_string()).collect(),
                max_lifetime: 900, any_user: true, any_channel: true,
            };
            // Messaging, Chat and classrooms know no wildcard at all.
            let is_possible = match &ask.holder {
                Holder::User(grant, _) if *grant.get_user() == User::Any => {
                    !have(grant.get_services(), Field::UserId) && !have(grant.get_services(), Field::UserUuid)
                }
                _ => true,
            };
            // Who does not publish has nothing to do in Streaming.
            let is_possible = is_possible && match &ask.holder {
                Holder::User(grant, _) => {
                    !grant.get_services().contains(ServiceType::Streaming) || grant.get_role() == Some(Role::Publisher)
                }
                Holder::App(_) => true,
            };
            prop_assert_eq!(minted(&words, &ask, None).is_some(), is_possible);
        }
    }
}
