//! The typed way to mint: checked once, hard to misuse, safe to share.

use std::borrow::Borrow;

#[cfg(feature = "rayon")]
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use smallvec::SmallVec;

use crate::access_token2;
use crate::builder::Role;
use crate::credentials::Credentials;
use crate::error::{Error, ErrorCode};
use crate::identity::{Channel, UserId};
use crate::issue_key::IssueKeyCache;
use crate::service::{Permissions, Privileges, Service, ServiceKind};
use crate::source::{Clock, SaltSource, Stamp, SystemClock, SystemSalt};
use crate::text::{Text, UidText};
use crate::time::{Lifetime, UnixTime, refresh_after};

/// The longest token that the Web SDK takes.
pub(crate) const LONGEST_WEB_TOKEN: usize = 2047;

/// Mints AccessToken2 tokens for one project.
///
/// ```
/// use agora_token::{Channel, Credentials, Grant, Issuer, Lifetime, Role, UserId};
///
/// let issuer = Issuer::new(Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b")?);
/// let grant = Grant::rtc(Channel::named("room")?, UserId::uid(42)?, Role::Publisher).lifetime(Lifetime::from_secs(600)?);
/// let issued = issuer.issue(&grant)?;
/// assert_eq!(issued.expires_at.as_secs() - issued.issued_at.as_secs(), 600);
/// # Ok::<(), agora_token::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Issuer<C = SystemClock, S = SystemSalt> {
    credentials: Credentials,
    clock: C,
    salt: S,
    issue_key: IssueKeyCache,
}

impl Issuer {
    /// An issuer on the system's clock and random source.
    pub fn new(credentials: Credentials) -> Issuer {
        Issuer::with_sources(credentials, SystemClock, SystemSalt)
    }
}

impl<C: Clock, S: SaltSource> Issuer<C, S> {
    /// An issuer on other sources, as tests need.
    pub fn with_sources(credentials: Credentials, clock: C, salt: S) -> Issuer<C, S> {
        Issuer { credentials, clock, salt, issue_key: IssueKeyCache::new() }
    }

    /// The project it mints for, and the certificate it signs with.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Mints a token.
    ///
    /// # Errors
    /// [`ErrorCode::NoServices`]; [`ErrorCode::InvalidUserId`] when messaging or Chat is asked for without a user of its own;
    /// [`ErrorCode::TokenTooLong`] past 2,047 characters unless allowed; [`ErrorCode::ClockOutOfRange`],
    /// [`ErrorCode::RandomSourceFailed`].
    pub fn issue(&self, grant: &Grant<'_>) -> Result<IssuedToken, Error> {
        let stamp = Stamp::draw(&self.clock, &self.salt)?;
        let mut uid = match grant.user {
            UserId::Uid(uid) => Some(UidText::new(uid.get())),
            _ => None,
        };
        let user = match (grant.user, &mut uid) {
            (_, Some(uid)) => uid.as_text(),
            (UserId::Account(account), _) => Text::from(account.as_str()),
            _ => Text::default(),
        };
        let services = grant.services(&user)?;
        let Credentials { app_id, app_certificate } = &self.credentials;
        let issue_key = self.issue_key.get(app_certificate, stamp.issue_ts);
        let token = access_token2::build(*app_id, grant.lifetime.as_secs(), stamp, &services, &issue_key)?;
        if token.len() > LONGEST_WEB_TOKEN && !grant.long_token {
            return Err(ErrorCode::TokenTooLong.because(format!(
                "the token has {} characters, the Web SDK takes {LONGEST_WEB_TOKEN}; allow long tokens by name where no \
                 browser joins",
                token.len()
            )));
        }
        Ok(IssuedToken::new(token, stamp.issue_ts, grant.lifetime))
    }

    /// Mints a token for each grant, in their order and as the iterator is drawn: an event with a million users takes no
    /// more memory than one.
    ///
    /// A grant that is refused gives its error in its place, as [`Issuer::issue`] does, and the others their tokens.
    ///
    /// ```
    /// use agora_token::{Channel, Credentials, Grant, Issuer, Role, UserId};
    ///
    /// let issuer = Issuer::new(Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b")?);
    /// let (hall, users) = (Channel::named("hall")?, 1..=1000);
    /// let grants = users.filter_map(|uid| Some(Grant::rtc(hall, UserId::uid(uid).ok()?, Role::Subscriber)));
    /// assert_eq!(issuer.issue_all(grants).filter_map(Result::ok).count(), 1000);
    /// # Ok::<(), agora_token::Error>(())
    /// ```
    pub fn issue_all<'a>(
        &self,
        grants: impl IntoIterator<Item = impl Borrow<Grant<'a>>>,
    ) -> impl Iterator<Item = Result<IssuedToken, Error>> {
        grants.into_iter().map(|grant| self.issue(grant.borrow()))
    }
}

#[cfg(feature = "rayon")]
impl<C: Clock + Sync, S: SaltSource + Sync> Issuer<C, S> {
    /// [`Issuer::issue_all`] on all cores, by rayon's rules. Collected, the results stand in the order of the grants.
    pub fn par_issue_all<'a, G: Borrow<Grant<'a>>>(
        &self,
        grants: impl IntoParallelIterator<Item = G, Iter: IndexedParallelIterator>,
    ) -> impl IndexedParallelIterator<Item = Result<IssuedToken, Error>> {
        grants.into_par_iter().map(|grant| self.issue(grant.borrow()))
    }
}

/// Whom to let in where, as what, for how long: what an [`Issuer`] makes a token of.
///
/// Everything lives for one hour unless told otherwise, the privileges as long as the token: where the token ends
/// before its privileges, the SDK warns nobody.
#[derive(Debug, Clone)]
pub struct Grant<'a> {
    user: UserId<'a>,
    rtc: Option<(Channel<'a>, Role)>,
    rtm: bool,
    rtm2: Option<Permissions<'a>>,
    chat: bool,
    lifetime: Lifetime,
    publish_lifetime: Option<Lifetime>,
    long_token: bool,
}

impl<'a> Grant<'a> {
    /// Nothing yet, for this user; a token needs at least one service.
    pub fn new(user: UserId<'a>) -> Grant<'a> {
        let lifetime = Lifetime::HOUR;
        Grant {
            user,
            rtc: None,
            rtm: false,
            rtm2: None,
            chat: false,
            lifetime,
            publish_lifetime: None,
            long_token: false,
        }
    }

    /// Joining a channel.
    pub fn rtc(channel: Channel<'a>, user: UserId<'a>, role: Role) -> Grant<'a> {
        Grant::new(user).and_rtc(channel, role)
    }

    /// Logging in to real-time messaging.
    pub fn rtm(user: UserId<'a>) -> Grant<'a> {
        Grant::new(user).and_rtm()
    }

    /// Chatting as a user.
    pub fn chat(user: UserId<'a>) -> Grant<'a> {
        Grant::new(user).and_chat()
    }

    /// Joining a channel and messaging.
    pub fn rtc_rtm(channel: Channel<'a>, user: UserId<'a>, role: Role) -> Grant<'a> {
        Grant::rtc(channel, user, role).and_rtm()
    }

    /// Joining a channel, messaging and Chat.
    pub fn rtc_rtm_chat(channel: Channel<'a>, user: UserId<'a>, role: Role) -> Grant<'a> {
        Grant::rtc(channel, user, role).and_rtm().and_chat()
    }

    /// Adds joining a channel.
    #[must_use]
    pub fn and_rtc(mut self, channel: Channel<'a>, role: Role) -> Grant<'a> {
        self.rtc = Some((channel, role));
        self
    }

    /// Adds messaging as the same user.
    #[must_use]
    pub fn and_rtm(mut self) -> Grant<'a> {
        self.rtm = true;
        self
    }

    /// Adds messaging as the same user, with permissions on single resources.
    #[must_use]
    pub fn and_rtm2(mut self, permissions: Permissions<'a>) -> Grant<'a> {
        self.rtm2 = Some(permissions);
        self
    }

    /// Adds Chat as the same user.
    #[must_use]
    pub fn and_chat(mut self) -> Grant<'a> {
        self.chat = true;
        self
    }

    /// How long the token and its privileges live.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Lifetime) -> Grant<'a> {
        self.lifetime = lifetime;
        self
    }

    /// How long the user may publish, where that is less than the user may stay; it is never more.
    #[must_use]
    pub fn publish_lifetime(mut self, lifetime: Lifetime) -> Grant<'a> {
        self.publish_lifetime = Some(lifetime);
        self
    }

    /// Allows more than 2,047 characters, which no browser takes.
    #[must_use]
    pub fn allow_long_token(mut self) -> Grant<'a> {
        self.long_token = true;
        self
    }

    fn services<'s>(&self, user: &Text<'s>) -> Result<SmallVec<[Service<'s>; 4]>, Error>
    where
        'a: 's,
    {
        let expire = self.lifetime.as_secs();
        let mut services = SmallVec::new();
        if let Some((channel, role)) = self.rtc {
            let publish = self.publish_lifetime.map_or(expire, |lifetime| lifetime.as_secs().min(expire));
            let all = [
                (Service::RTC_JOIN_CHANNEL, expire),
                (Service::RTC_PUBLISH_AUDIO_STREAM, publish),
                (Service::RTC_PUBLISH_VIDEO_STREAM, publish),
                (Service::RTC_PUBLISH_DATA_STREAM, publish),
            ];
            let [join, ..] = all;
            let privileges = Privileges::from_ascending(match role {
                Role::Publisher => &all,
                Role::Subscriber => std::slice::from_ref(&join),
            });
            let kind = ServiceKind::Rtc { channel_name: channel.as_text(), account: user.clone() };
            services.push(Service { kind, privileges });
        }
        if (self.rtm || self.rtm2.is_some() || self.chat) && user.is_empty() {
            return Err(ErrorCode::InvalidUserId.because("messaging and Chat need a user of their own, not any user"));
        }
        if self.rtm {
            let kind = ServiceKind::Rtm { user_id: user.clone() };
            services.push(Service::new(kind).with_privilege(Service::RTM_LOGIN, expire));
        }
        if let Some(permissions) = &self.rtm2 {
            let kind = ServiceKind::Rtm2 { user_id: user.clone(), permissions: permissions.clone() };
            services.push(Service::new(kind).with_privilege(Service::RTM2_LOGIN, expire));
        }
        if self.chat {
            let kind = ServiceKind::Chat { user_id: user.clone() };
            services.push(Service::new(kind).with_privilege(Service::CHAT_USER, expire));
        }
        Ok(services)
    }
}

/// A token, and when to fetch the next.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The token.
    pub token: String,
    /// When it was made.
    pub issued_at: UnixTime,
    /// When it ends.
    pub expires_at: UnixTime,
    /// When its holder should fetch the next, by the rule of [`crate::refresh_after`].
    pub refresh_after: UnixTime,
}

impl IssuedToken {
    fn new(token: String, issue_ts: u32, lifetime: Lifetime) -> IssuedToken {
        let issued_at = UnixTime::from_secs(issue_ts.into());
        let expires_at = UnixTime::from_secs(u64::from(issue_ts).saturating_add(lifetime.as_secs().into()));
        IssuedToken { token, issued_at, expires_at, refresh_after: refresh_after(issued_at, expires_at) }
    }
}

impl std::fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedToken")
            .field("token", &"[redacted]")
            .field("issued_at", &self.issued_at)
            .field("expires_at", &self.expires_at)
            .field("refresh_after", &self.refresh_after)
            .finish()
    }
}
