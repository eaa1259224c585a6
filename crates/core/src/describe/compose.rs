//! What each builder puts into its token. A composition takes arguments that were checked and can refuse none.

use smallvec::SmallVec;

use crate::access_token::Privilege006;
use crate::hex::hex;
use crate::service::{Permissions, Privileges, RtcLifetimes, Service, ServiceKind};
use crate::text::Text;
use crate::time::DAY;

/// The arguments of a builder, checked. What no argument of the builder fills stays as it is in [`Checked::new`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checked<'a> {
    pub(crate) channel_name: &'a [u8],
    /// The user of the channel; empty for any.
    pub(crate) account: &'a [u8],
    /// The user of messaging or Chat.
    pub(crate) user_id: &'a [u8],
    pub(crate) room_uuid: &'a [u8],
    pub(crate) user_uuid: &'a [u8],
    pub(crate) publishes: bool,
    pub(crate) room_role: i16,
    pub(crate) token_expire: u32,
    /// How long the login to messaging lives, where that is told apart.
    pub(crate) login_expire: u32,
    pub(crate) lifetimes: RtcLifetimes,
    /// When the privileges of an AccessToken end.
    pub(crate) expired_ts: u32,
    pub(crate) permissions: Option<&'a Permissions<'a>>,
}

impl Checked<'_> {
    #[inline]
    pub(crate) fn new() -> Self {
        Checked {
            channel_name: &[],
            account: &[],
            user_id: &[],
            room_uuid: &[],
            user_uuid: &[],
            publishes: false,
            room_role: NO_ROLE,
            // As the official builder of FPA, which takes no lifetime, has it.
            token_expire: DAY,
            login_expire: 0,
            lifetimes: RtcLifetimes::all(0),
            expired_ts: 0,
            permissions: None,
        }
    }
}

/// The role of who has none in a classroom.
const NO_ROLE: i16 = -1;

/// Services in the making; no official builder has more than three.
pub(crate) type Services<'a> = SmallVec<[Service<'a>; 3]>;

/// How a token comes of the arguments.
#[derive(Clone, Copy)]
pub(crate) enum Compose {
    /// What stands in the places of channel and user, and the privileges.
    AccessToken(for<'a> fn(&Checked<'a>) -> (Text<'a>, Text<'a>, Privileges)),
    /// The services.
    AccessToken2(for<'a> fn(&Checked<'a>, &mut Services<'a>)),
}

pub(crate) fn rtc_006<'a>(args: &Checked<'a>) -> (Text<'a>, Text<'a>, Privileges) {
    let privileges = RtcLifetimes::all(args.expired_ts).privileges(args.publishes);
    (args.channel_name.into(), args.account.into(), privileges)
}

/// The user stands in the place of the channel.
pub(crate) fn rtm_006<'a>(args: &Checked<'a>) -> (Text<'a>, Text<'a>, Privileges) {
    let login = [(Privilege006::RtmLogin.number(), args.expired_ts)];
    (args.account.into(), Text::default(), Privileges::from_ascending(&login))
}

pub(crate) fn rtc<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    let kind = ServiceKind::Rtc { channel_name: args.channel_name.into(), account: args.account.into() };
    services.push(Service { kind, privileges: args.lifetimes.privileges(args.publishes) });
}

/// All four privileges whatever the role, of which these builders have none.
pub(crate) fn rtc_all<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    rtc(&Checked { publishes: true, ..*args }, services);
}

/// The login lasts as long as the token, not as long as the privileges.
pub(crate) fn rtc_rtm<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    rtc(args, services);
    services.push(rtm_login(args.account, args.token_expire));
}

/// Despite the official name of the builder the second service is RTM, not RTM2.
pub(crate) fn rtc_rtm2<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    rtc(args, services);
    services.push(rtm_login(args.user_id, args.login_expire));
}

pub(crate) fn convo_ai<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    rtc_rtm2(args, services);
    services.push(Service::new(ServiceKind::ConvoAi));
}

pub(crate) fn stt<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    rtc_rtm2(args, services);
    services.push(Service::new(ServiceKind::Stt));
}

pub(crate) fn rtm<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    services.push(rtm_login(args.user_id, args.token_expire));
}

pub(crate) fn rtm_with_permissions<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    let permissions = args.permissions.cloned().unwrap_or_default();
    let kind = ServiceKind::Rtm2 { user_id: args.user_id.into(), permissions };
    services.push(Service::new(kind).with_privilege(Service::RTM2_LOGIN, args.token_expire));
}

pub(crate) fn chat_user<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    services.push(chat(args.user_id.into(), Service::CHAT_USER, args.token_expire));
}

pub(crate) fn chat_app<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    services.push(chat(Text::default(), Service::CHAT_APP, args.token_expire));
}

pub(crate) fn fpa<'a>(_: &Checked<'a>, services: &mut Services<'a>) {
    services.push(Service::new(ServiceKind::Fpa).with_privilege(Service::FPA_LOGIN, 0));
}

/// With messaging and Chat as the same user.
pub(crate) fn apaas_room_user<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    let rtm = rtm_login(args.user_uuid, args.token_expire);
    let chat = chat(apaas_chat_user_id(args.user_uuid).into(), Service::CHAT_USER, args.token_expire);
    services.extend([apaas(args, Service::APAAS_ROOM_USER), rtm, chat]);
}

pub(crate) fn apaas_user<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    services.push(apaas(args, Service::APAAS_USER));
}

pub(crate) fn apaas_app<'a>(args: &Checked<'a>, services: &mut Services<'a>) {
    services.push(apaas(args, Service::APAAS_APP));
}

fn rtm_login(user_id: &[u8], expire: u32) -> Service<'_> {
    Service::new(ServiceKind::Rtm { user_id: user_id.into() }).with_privilege(Service::RTM_LOGIN, expire)
}

fn chat(user_id: Text<'_>, privilege: u16, expire: u32) -> Service<'_> {
    Service::new(ServiceKind::Chat { user_id }).with_privilege(privilege, expire)
}

fn apaas<'a>(args: &Checked<'a>, privilege: u16) -> Service<'a> {
    let (room_uuid, user_uuid) = (args.room_uuid.into(), args.user_uuid.into());
    let kind = ServiceKind::Apaas { room_uuid, user_uuid, role: args.room_role };
    Service::new(kind).with_privilege(privilege, args.token_expire)
}

/// The Chat user ID that the builder of a classroom's room user derives from a user UUID: its MD5 in lower-case
/// hexadecimal, always 32 digits.
pub fn apaas_chat_user_id(user_uuid: &[u8]) -> String {
    use md5::Digest;

    hex(&md5::Md5::digest(user_uuid))
}
