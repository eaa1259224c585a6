//! The mechanism of both generations: any services and privileges, reading without believing, signatures.

use agora_token::{
    AccessToken, AccessToken2, AppCertificate, AppId, Credentials, Error, ErrorCode, PackedService, Stamp, Unverified,
    UnverifiedToken, UnverifiedToken2,
};

use crate::handle::Handle;
use crate::message::{Item, Reply, Request};
use crate::services::{privileges, service, tell_privileges, tell_service};

pub(crate) fn app_id(item: &Item<'_>) -> Result<AppId, Error> {
    AppId::new(item.text(ErrorCode::InvalidAppId, "app_id")?)
}

pub(crate) fn app_certificate(item: &Item<'_>) -> Result<AppCertificate, Error> {
    AppCertificate::new(item.text(ErrorCode::InvalidAppCertificate, "app_certificate")?)
}

/// The text of a token.
pub(crate) fn token<'a>(item: &Item<'a>) -> Result<&'a str, Error> {
    item.text(ErrorCode::TokenVersion, "token")
}

/// App ID and certificate, refused where they are none, or one and the same.
pub(crate) fn credentials(request: &mut Request<'_>) -> Result<Credentials, Error> {
    let app_id = app_id(&request.next()?)?;
    Credentials::of(app_id, app_certificate(&request.next()?)?)
}

/// The same, and nothing in return.
pub(crate) fn check_credentials(_: Option<&Handle>, mut request: Request<'_>, _: &mut Reply) -> Result<(), Error> {
    credentials(&mut request).map(drop)
}

/// Now, and a random salt.
pub(crate) fn draw_stamp(_: Option<&Handle>, _: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    let stamp = Stamp::now()?;
    reply.integer(stamp.issue_ts);
    reply.integer(stamp.salt);
    Ok(())
}

/// App ID, certificate, issue time, lifetime, salt, and the list of services; a token.
pub(crate) fn build_access_token2(
    _: Option<&Handle>,
    mut request: Request<'_>,
    reply: &mut Reply,
) -> Result<(), Error> {
    let (mut token, certificate) = access_token2(&mut request)?;
    token.services = request.next()?.list()?.iter().map(service).collect::<Result<_, _>>()?;
    reply.text(&token.build(&certificate)?);
    Ok(())
}

/// The same, of services as they stand in a token.
pub(crate) fn build_packed(_: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    let (mut token, certificate) = access_token2(&mut request)?;
    let packed = |item: &Item<'_>| match item {
        Item::Bytes([low, high, content @ ..]) => {
            Ok(PackedService { service_type: u16::from_le_bytes([*low, *high]), content: content.to_owned() })
        }
        Item::Bytes(_) => Err(ErrorCode::IndexOutOfRange.of("service", "writes no number of its own")),
        _ => Err(ErrorCode::Internal.into()),
    };
    token.packed_services = request.next()?.list()?.iter().map(packed).collect::<Result<_, _>>()?;
    reply.text(&token.build(&certificate)?);
    Ok(())
}

fn access_token2(request: &mut Request<'_>) -> Result<(AccessToken2<'static>, AppCertificate), Error> {
    let app_id = app_id(&request.next()?)?;
    let certificate = app_certificate(&request.next()?)?;
    let issue_ts = request.next()?.number(ErrorCode::InvalidTimestamp, "issue_ts")?;
    let expire = request.next()?.number(ErrorCode::InvalidLifetime, "expire")?;
    let salt = request.next()?.number(ErrorCode::InvalidSalt, "salt")?;
    Ok((AccessToken2::new(app_id, expire, Stamp { issue_ts, salt }), certificate))
}

/// App ID, issue time, lifetime, salt, signature, payload, services, the unknown service and its privileges, unread bytes.
pub(crate) fn parse_access_token2(
    _: Option<&Handle>,
    mut request: Request<'_>,
    reply: &mut Reply,
) -> Result<(), Error> {
    let read = UnverifiedToken2::parse(token(&request.next()?)?)?;
    tell_access_token2(reply, &read);
    Ok(())
}

fn tell_access_token2(reply: &mut Reply, read: &UnverifiedToken2) {
    reply.bytes(read.app_id());
    reply.integer(read.issue_ts());
    reply.integer(read.expire());
    reply.integer(read.salt());
    reply.bytes(read.signature());
    reply.bytes(read.payload());
    reply.list(read.services().len());
    read.services().iter().for_each(|service| tell_service(reply, service));
    match read.unknown_service() {
        Some(unknown) => {
            reply.integer(unknown.service_type);
            tell_privileges(reply, &unknown.privileges);
        }
        None => {
            reply.null();
            reply.null();
        }
    }
    reply.integer(i64::try_from(read.unread_bytes()).unwrap_or(i64::MAX));
}

/// Token and certificate; whether its holder signed.
pub(crate) fn verify_access_token2(
    _: Option<&Handle>,
    mut request: Request<'_>,
    reply: &mut Reply,
) -> Result<(), Error> {
    let read = UnverifiedToken2::parse(token(&request.next()?)?)?;
    tell_whether(reply, read.verify_signature(&app_certificate(&request.next()?)?));
    Ok(())
}

/// App ID, certificate, channel, account, salt, end, privileges; a token.
pub(crate) fn build_access_token(_: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    let app_id = app_id(&request.next()?)?;
    let certificate = app_certificate(&request.next()?)?;
    let channel_name = request.next()?.any_text(ErrorCode::InvalidChannelName, "channel_name")?;
    let account = request.next()?.any_text(ErrorCode::InvalidUserAccount, "account")?;
    let salt = request.next()?.number(ErrorCode::InvalidSalt, "salt")?;
    let mut token = AccessToken::new(app_id, channel_name, account, Stamp { issue_ts: 0, salt });
    token.expires_at = request.next()?.number(ErrorCode::InvalidTimestamp, "expires_at")?;
    token.privileges = privileges(&request.next()?, ErrorCode::InvalidTimestamp, "privilege_expired_ts")?;
    reply.text(&token.build(&certificate)?);
    Ok(())
}

/// App ID, salt, end, CRCs of channel and user, signature, message, privileges.
pub(crate) fn parse_access_token(_: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    let read = UnverifiedToken::parse(token(&request.next()?)?)?;
    reply.bytes(read.app_id());
    reply.integer(read.salt());
    reply.time(read.expires_at());
    reply.integer(read.channel_crc());
    reply.integer(read.user_crc());
    reply.bytes(read.signature());
    reply.bytes(read.message());
    tell_privileges(reply, read.privileges());
    Ok(())
}

/// Token, certificate, channel and account; whether its holder signed it for these.
pub(crate) fn verify_access_token(
    _: Option<&Handle>,
    mut request: Request<'_>,
    reply: &mut Reply,
) -> Result<(), Error> {
    let item = request.next()?;
    let certificate = request.next()?;
    let channel_name = request.next()?.any_text(ErrorCode::InvalidChannelName, "channel_name")?;
    let account = request.next()?.any_text(ErrorCode::InvalidUserAccount, "account")?;
    let read = UnverifiedToken::parse(token(&item)?)?;
    tell_whether(reply, read.verify(&app_certificate(&certificate)?, channel_name.as_bytes(), account.as_bytes()));
    Ok(())
}

/// The JSON document of a token of either generation, unverified.
pub(crate) fn inspect(_: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    reply.text(&Unverified::parse(token(&request.next()?)?)?.to_json());
    Ok(())
}

/// Whether a signature holds, whatever stands in its way.
fn tell_whether(reply: &mut Reply, verified: Result<(), Error>) {
    reply.integer(i64::from(verified.is_ok()));
}
