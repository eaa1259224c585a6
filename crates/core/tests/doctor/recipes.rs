//! Tokens with something wrong in them, minted at a fixed time.

use agora_token::source::{Clock, SaltSource};
use agora_token::{
    AccessToken, AccessToken2, Credentials, Error, Grant, Issuer, Lifetime, Permissions, Privilege006, Role, Role006,
    Service, ServiceKind, Stamp, UnverifiedToken, UnverifiedToken2, builder,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(crate) const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
pub(crate) const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
pub(crate) const NOW: u32 = 1_700_000_000;
pub(crate) const STAMP: Stamp = Stamp { issue_ts: NOW - 60, salt: 12_345_678 };

pub(crate) fn credentials() -> Credentials {
    Credentials::new(APP_ID, CERTIFICATE).unwrap()
}

pub(crate) fn rtc_uid(channel: &str, uid: u32) -> String {
    builder::build_token2_with_uid(&credentials(), channel, uid, Role::Publisher, 3600, 3600, STAMP).unwrap()
}

pub(crate) fn rtc_account(channel: &str, account: &str) -> String {
    builder::build_token2_with_user_account(&credentials(), channel, account, Role::Publisher, 3600, 3600, STAMP)
        .unwrap()
}

/// Of another project, or with App ID and certificate swapped.
pub(crate) fn rtc_of(app_id: &str, certificate: &str) -> String {
    let credentials = Credentials::new(app_id, certificate).unwrap();
    builder::build_token2_with_uid(&credentials, "room", 42, Role::Publisher, 3600, 3600, STAMP).unwrap()
}

pub(crate) fn rtm(user: &str) -> String {
    builder::build_rtm_token2(&credentials(), user, 3600, STAMP).unwrap()
}

/// An RTC service for user 42 in the channel "room" with just these privileges.
pub(crate) fn rtc(privileges: &[(u16, u32)], expire: u32) -> String {
    service(ServiceKind::Rtc { channel_name: "room".into(), account: "42".into() }, privileges, expire)
}

/// A token of one service with just these privileges.
pub(crate) fn service(kind: ServiceKind<'static>, privileges: &[(u16, u32)], expire: u32) -> String {
    services(vec![Service { kind, privileges: privileges.iter().copied().collect() }], expire)
}

pub(crate) fn services(services: Vec<Service<'static>>, expire: u32) -> String {
    let token = AccessToken2::new(credentials().app_id, expire, STAMP);
    services.into_iter().fold(token, AccessToken2::with_service).build(&credentials().app_certificate).unwrap()
}

/// An AccessToken.
pub(crate) fn older(channel: &str, uid: u32) -> String {
    builder::build_token_with_uid(&credentials(), channel, uid, Role006::Publisher, NOW + 3600, STAMP).unwrap()
}

pub(crate) fn older_account(channel: &str, account: &str) -> String {
    builder::build_token_with_user_account(&credentials(), channel, account, Role006::Publisher, NOW + 3600, STAMP)
        .unwrap()
}

/// An AccessToken for user 42 in the channel "room" whose privileges end at this second, whatever that is.
pub(crate) fn older_until(end: u32) -> String {
    let all = [
        Privilege006::JoinChannel,
        Privilege006::PublishAudioStream,
        Privilege006::PublishVideoStream,
        Privilege006::PublishDataStream,
    ];
    let token = AccessToken::new(credentials().app_id, "room".into(), "42".into(), STAMP);
    all.into_iter()
        .fold(token, |token, privilege| token.with_privilege(privilege, end))
        .build(&credentials().app_certificate)
        .unwrap()
}

/// An AccessToken as the official libraries sign it that take any text for a certificate.
pub(crate) fn older_signed_with(certificate: &str) -> String {
    let token = older("room", 42);
    let (head, text) = token.split_at(3 + 32);
    let read = UnverifiedToken::parse(&token).unwrap();
    let signature =
        AccessToken::generate_signature(certificate.as_bytes(), APP_ID.as_bytes(), b"room", b"42", read.message());
    let mut content = STANDARD.decode(text).unwrap();
    content[2..34].copy_from_slice(&signature);
    format!("{head}{}", STANDARD.encode(content))
}

/// More characters than a browser takes.
pub(crate) fn long() -> String {
    let mut permissions = Permissions::new();
    let mut random = 7_u128;
    for _ in 0..80 {
        random = random.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(0x5851_f42d);
        let uuid = format!("{:032x}", random ^ random >> 64);
        let uuid = format!("{}-{}-{}-{}-{}", &uuid[..8], &uuid[8..12], &uuid[12..16], &uuid[16..20], &uuid[20..]);
        permissions.add(0, 0, uuid.into());
    }
    service(ServiceKind::Rtm2 { user_id: "42".into(), permissions }, &[(1, 3600)], 3600)
}

/// A token with a service that nobody knows.
pub(crate) fn unknown_service() -> String {
    let mut payload =
        UnverifiedToken2::parse(&builder::build_fpa_token2(&credentials(), STAMP).unwrap()).unwrap().payload().to_vec();
    // The FPA service is the last, six bytes of privileges behind its number and their count.
    let number = payload.len() - 10;
    payload[number..number + 2].copy_from_slice(&999_u16.to_le_bytes());
    seal(&payload)
}

/// A token with bytes behind its last service.
pub(crate) fn unread_bytes() -> String {
    let mut payload = UnverifiedToken2::parse(&rtc_uid("room", 42)).unwrap().payload().to_vec();
    payload.extend([0; 4]);
    seal(&payload)
}

/// Without compression, so that the text never depends on who compresses.
fn seal(payload: &[u8]) -> String {
    let (low, high) = payload.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    let length = u16::try_from(payload.len()).unwrap();
    let mut stream = vec![0x78, 0x01, 0x01];
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    stream.extend(payload);
    stream.extend((high << 16 | low).to_be_bytes());
    format!("007{}", STANDARD.encode(stream))
}

/// The token with two characters swapped.
pub(crate) fn swapped(token: &str) -> String {
    let mut bytes = token.as_bytes().to_vec();
    let at = (40..bytes.len()).find(|at| bytes[*at] != bytes[at + 1]).unwrap();
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).unwrap()
}

/// The token with another character in its middle.
pub(crate) fn changed_in_the_middle(token: &str) -> String {
    let at = token.len() / 2;
    let other = if &token[at..=at] == "A" { "B" } else { "A" };
    format!("{}{other}{}", &token[..at], &token[at + 1..])
}

pub(crate) fn url_encoded(token: &str) -> String {
    token.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// What an issuer makes at this time, with this salt.
pub(crate) fn issue(grant: Grant<'_>, lifetime: u32, stamp: Stamp) -> String {
    struct Fixed(Stamp);
    impl Clock for Fixed {
        fn now(&self) -> Result<u32, Error> {
            Ok(self.0.issue_ts)
        }
    }
    impl SaltSource for Fixed {
        fn next_salt(&self) -> Result<u32, Error> {
            Ok(self.0.salt)
        }
    }
    let issuer = Issuer::with_sources(credentials(), Fixed(stamp), Fixed(stamp));
    issuer.issue(&grant.lifetime(Lifetime::from_secs(lifetime).unwrap())).unwrap().token
}
