//! What crosses between JavaScript and the core, and nothing else. It is private to the npm packages: `lib/` turns it
//! into an interface. [`host`] has what differs between a native module of Node and WebAssembly.
//!
//! Arguments are read by this crate's own [`argument`]: a text goes into memory on the stack, which makes a
//! call cheaper than an owned `String` an argument, and nothing is coerced or replaced silently. Results are strings,
//! numbers, bytes and arrays of them. A refusal is a result too, an array of its code, its field and its reason,
//! which `lib/` throws: so the error is of the interface's own class, with a stack of its own. Nothing else is an array
//! of three.

#![deny(clippy::undocumented_unsafe_blocks)]

mod argument;
mod builders;
mod call;
mod credentials;
mod doctor;
#[path = "generated/builders.rs"]
mod generated;
mod grant;
mod host;
mod issuer;
mod kept;
mod options;
mod packed;
mod refusal;
mod reply;
mod services;
mod tokens;
mod verifier;

/// Everything that JavaScript may call.
fn exports(exports: &mut host::Exports<'_>) -> host::Result<()> {
    call::add! { exports:
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
    call::add! { exports: "injectPanic" = inject_panic[]; }
    exports.add("checkGrant", grant::CheckGrant)?;
    exports.add("issue", issuer::Issue)?;
    exports.add("issueAt", issuer::IssueAt)?;
    exports.add("verdict", verifier::Judge)?;
    exports.add("verdictOn", verifier::JudgeBy)?;
    generated::builders(exports)
}

/// For the test of the guard.
#[cfg(feature = "inject-panic")]
fn inject_panic() -> reply::Reply {
    reply::answer(|| panic!("injected"))
}
