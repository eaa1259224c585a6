//! What compat needs for services of a program's own: they cross as they stand in a token.

use agora_token::{AccessToken2, ErrorCode, PackedService, Stamp, UnverifiedToken2};

use crate::argument::{Argument, Memory};
use crate::reply::{Reply, answer};
use crate::services::of_text;
use crate::tokens::app_id;

/// A token of its parts, each service as `[type, what follows it]`.
pub(crate) fn build_packed_access_token2(
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
            let [service_type, content] = *row.list(ErrorCode::NoServices, "service")? else {
                return Err(ErrorCode::Internal.into());
            };
            let content = content.bytes().ok_or(ErrorCode::Internal)?;
            token.packed_services.push(PackedService { service_type: service_type.u16("type")?, content });
        }
        Ok(Reply::Ascii(token.build(&app_certificate.certificate()?)?))
    })
}

/// `[App ID, issue time, lifetime, salt, the signed bytes]`
pub(crate) fn parse_packed_access_token2(token: Argument) -> Reply {
    answer(|| {
        let token = UnverifiedToken2::parse(&token.token(&mut Memory::new().room())?)?;
        Ok(Reply::List(vec![
            of_text(token.app_id()),
            token.issue_ts().into(),
            token.expire().into(),
            token.salt().into(),
            Reply::Bytes(token.signing_info().to_owned()),
        ]))
    })
}
