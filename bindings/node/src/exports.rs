//! What JavaScript may call.

use crate::call::Call;
use crate::host::{Argument, Exports, Result};
use crate::reply::Reply;
#[cfg(feature = "inject-panic")]
use crate::reply::answer;
use crate::{builders, credentials, doctor, generated, grant, issuer, packed, services, tokens, verifier};

/// Adds ordinary functions, by the names that JavaScript knows them by.
macro_rules! add {
    ($exports:ident: $($name:literal = $function:path[$($argument:ident),*];)*) => {$({
        const NAMES: &[&str] = &[$(stringify!($argument)),*];
        struct This;

        impl Call<Argument, { NAMES.len() }> for This {
            fn call([$($argument),*]: [Argument; NAMES.len()]) -> Reply {
                $function($($argument),*)
            }
        }

        $exports.add($name, This)?;
    })*};
}

/// Everything that JavaScript may call.
pub(crate) fn all(exports: &mut Exports<'_>) -> Result<()> {
    add! { exports:
        "checkPair" = credentials::check_pair[app_id, app_certificate];
        "checkEnvironment" = credentials::check_environment[app_id, app_certificate, secondary];
        "checkCredentials" = tokens::check_credentials[app_id, app_certificate];
        "checkUser" = grant::check_user[value, is_uid];
        "checkChannel" = grant::check_channel[name];
        "checkStamp" = issuer::check_stamp[clock, salt];
        "checkTime" = issuer::check_time[clock];
        "readUser" = grant::read_user[value];
        "serviceNumber" = services::service_number[service];
        "newIssuer" = issuer::new_issuer[app_id, app_certificate];
        "issueGrants" = issuer::issue_grants[issuer, grants];
        "issueUsers" = issuer::issue_users[issuer, users, template];
        "newVerifier" = verifier::new_verifier[app_id, certificates, leeway, ignore_time];
        "diagnose" = doctor::diagnose[token, given, options];
        "inspect" = tokens::inspect[token];
        "drawStamp" = tokens::draw_stamp[];
        "buildOfficial" = builders::build_official[number, arguments];
        "buildAccessToken2" = tokens::build_access_token2[certificate, app_id, issue_ts, expire, salt, services];
        "parseAccessToken2" = tokens::parse_access_token2[token];
        "verifyAccessToken2" = tokens::verify_access_token2[token, certificate];
        "buildPackedAccessToken2" =
            packed::build_packed_access_token2[certificate, app_id, issue_ts, expire, salt, services];
        "parsePackedAccessToken2" = packed::parse_packed_access_token2[token];
        "buildAccessToken" =
            tokens::build_access_token[certificate, app_id, channel, account, salt, expires_at, privileges];
        "parseAccessToken" = tokens::parse_access_token[token];
        "verifyAccessToken" = tokens::verify_access_token[token, certificate, channel, account];
    }
    #[cfg(feature = "inject-panic")]
    add! { exports: "injectPanic" = inject_panic[]; }
    exports.add("checkGrant", grant::CheckGrant)?;
    exports.add("issue", issuer::Issue)?;
    exports.add("issueAt", issuer::IssueAt)?;
    exports.add("verdict", verifier::Judge)?;
    exports.add("verdictOn", verifier::JudgeBy)?;
    generated::builders(exports)
}

/// For the test of the guard.
#[cfg(feature = "inject-panic")]
fn inject_panic() -> Reply {
    answer(|| panic!("injected"))
}
