//! The mechanism of both generations: any services and privileges, reading without believing, signatures.

use agora_token::{
    AccessToken, AccessToken2, AppId, Error, ErrorCode, Stamp, Unverified, UnverifiedToken, UnverifiedToken2,
};

use crate::argument::{Argument, Memory};
use crate::host;
use crate::refusal::Refusal;
use crate::reply::{Reply, answer};
use crate::services::{of_privileges, of_service, of_text, privileges, service, user};

/// Refuses an App ID or an App Certificate that is none. The mechanism takes both from one text.
pub(crate) fn check_credentials(app_id: Argument, app_certificate: Argument) -> Reply {
    answer(|| {
        self::app_id(app_id)?;
        app_certificate.certificate()?;
        Ok(Reply::Null)
    })
}

/// `[now, a random salt]`
pub(crate) fn draw_stamp() -> Reply {
    answer(|| {
        let stamp = host::stamp()?;
        Ok(Reply::List(vec![stamp.issue_ts.into(), stamp.salt.into()]))
    })
}

/// A token of its parts, the services as [`service`] reads them.
pub(crate) fn build_access_token2(
    app_certificate: Argument,
    app_id: Argument,
    issue_ts: Argument,
    expire: Argument,
    salt: Argument,
    services: Argument,
) -> Reply {
    answer(|| {
        let app_id = self::app_id(app_id)?;
        let issue_ts = issue_ts.u32(ErrorCode::InvalidTimestamp, "issueTs")?;
        let expire = expire.u32(ErrorCode::InvalidLifetime, "expire")?;
        let salt = salt.u32(ErrorCode::InvalidSalt, "salt")?;
        let mut token = AccessToken2::new(app_id, expire, Stamp { issue_ts, salt });
        for row in services.list(ErrorCode::NoServices, "services")? {
            token.services.push(service(row)?);
        }
        Ok(Reply::Ascii(token.build(&app_certificate.certificate()?)?))
    })
}

/// `[App ID, issue time, lifetime, salt, signature, services, unknown service, unread bytes]`
pub(crate) fn parse_access_token2(token: Argument) -> Reply {
    answer(|| {
        let token = UnverifiedToken2::parse(&token.token(&mut Memory::new().room())?)?;
        let unknown = token.unknown_service().map_or(Reply::Null, |unknown| {
            Reply::List(vec![unknown.service_type.into(), of_privileges(&unknown.privileges)])
        });
        Ok(Reply::List(vec![
            of_text(token.app_id()),
            token.issue_ts().into(),
            token.expire().into(),
            token.salt().into(),
            Reply::Bytes(token.signature().to_owned()),
            Reply::List(token.services().iter().map(of_service).collect()),
            unknown,
            Reply::of_u64(token.unread_bytes() as u64),
        ]))
    })
}

/// Whether the holder of the certificate signed the token.
pub(crate) fn verify_access_token2(token: Argument, app_certificate: Argument) -> Reply {
    answer(|| {
        let token = UnverifiedToken2::parse(&token.token(&mut Memory::new().room())?)?;
        Ok(holds(token.verify_signature(&app_certificate.certificate()?)))
    })
}

/// A token of its parts.
pub(crate) fn build_access_token(
    app_certificate: Argument,
    app_id: Argument,
    channel_name: Argument,
    account: Argument,
    salt: Argument,
    expires_at: Argument,
    privileges_until: Argument,
) -> Reply {
    answer(|| {
        let app_id = self::app_id(app_id)?;
        let channel_name = channel_name.any_text(ErrorCode::InvalidChannelName, "channelName")?;
        let account = user(account)?;
        let salt = salt.u32(ErrorCode::InvalidSalt, "salt")?;
        let mut token = AccessToken::new(app_id, channel_name, account, Stamp { issue_ts: 0, salt });
        token.expires_at = expires_at.u32(ErrorCode::InvalidTimestamp, "expiresAt")?;
        token.privileges = privileges(privileges_until, ErrorCode::InvalidTimestamp, "privilegeExpiredTs")?;
        Ok(Reply::Ascii(token.build(&app_certificate.certificate()?)?))
    })
}

/// `[App ID, salt, end, CRC of the channel, CRC of the user, signature, message, privileges]`
pub(crate) fn parse_access_token(token: Argument) -> Reply {
    answer(|| {
        let token = UnverifiedToken::parse(&token.token(&mut Memory::new().room())?)?;
        Ok(Reply::List(vec![
            of_text(token.app_id()),
            token.salt().into(),
            Reply::of_u64(token.expires_at().as_secs()),
            token.channel_crc().into(),
            token.user_crc().into(),
            Reply::Bytes(token.signature().to_owned()),
            Reply::Bytes(token.message().to_owned()),
            of_privileges(token.privileges()),
        ]))
    })
}

/// Whether the holder of the certificate signed the token for this channel and user.
pub(crate) fn verify_access_token(
    token: Argument,
    app_certificate: Argument,
    channel_name: Argument,
    account: Argument,
) -> Reply {
    answer(|| {
        let channel_name = channel_name.any_text(ErrorCode::InvalidChannelName, "channelName")?;
        let account = user(account)?;
        let token = UnverifiedToken::parse(&token.token(&mut Memory::new().room())?)?;
        let certificate = app_certificate.certificate()?;
        Ok(holds(token.verify(&certificate, channel_name.as_bytes(), account.as_bytes())))
    })
}

/// The JSON document of a token of either generation, unverified.
pub(crate) fn inspect(token: Argument) -> Reply {
    answer(|| Ok(Reply::Text(Unverified::parse(&token.token(&mut Memory::new().room())?)?.to_json())))
}

pub(crate) fn app_id(argument: Argument) -> Result<AppId, Refusal> {
    Ok(AppId::new(&argument.string(&mut Memory::new().room(), ErrorCode::InvalidAppId, "appId")?)?)
}

/// Whether a signature holds, whatever stands in its way.
fn holds(verified: Result<(), Error>) -> Reply {
    Reply::Flag(verified.is_ok())
}
