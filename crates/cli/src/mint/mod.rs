//! `mint`: makes a token.

pub(crate) mod args;
mod batch;
mod commands;
mod notes;
mod options;
mod values;

use std::process::ExitCode;

use agora_token::describe::{Kind, Manner, Value};
use agora_token::source::{Clock, SaltSource, SystemClock, SystemSalt};
use agora_token::{Channel, DAY, Stamp, UnixTime, Unverified, refresh_after};

use self::args::Mint;
use self::commands::Service;
use crate::failure::Failure;
use crate::{numbers, output};

pub(crate) fn run(mint: &Mint) -> Result<ExitCode, Failure> {
    match (&mint.service, &mint.batch.batch) {
        (Some(service), None) => one(mint, service),
        (None, Some(input)) => batch::run(mint, input),
        (Some(_), Some(_)) => Err(Failure::usage(
            "--batch does not go with a service: column services, or --services, says what the tokens are good for",
        )),
        (None, None) => Err(Failure::usage("a service is expected, as in mint rtc, or --batch FILE")),
    }
}

fn one(mint: &Mint, service: &Service) -> Result<ExitCode, Failure> {
    let credentials = mint.credentials.for_signing()?;
    let stamp = stamp(mint)?;
    let builder = service.builder(mint.token_version)?;
    let options = options::of_builder(builder);
    let mut given = values::of(builder, &options, &service.matches, stamp)?;
    let build = |given: &[values::Given], manner| {
        let given: Vec<Value> = given.iter().map(values::Given::as_value).collect();
        builder.build_for(&credentials, &given, manner, || Ok(stamp)).map_err(|error| {
            let argument = builder.arguments.iter().find(|argument| argument.name == error.field());
            let option = argument
                .and_then(|argument| options::deciding(&options, &service.matches, &options::name(builder, argument)));
            Failure::naming(&option.map_or(error.field().to_owned(), |(option, _)| format!("--{}", option.name)))(error)
        })
    };
    let mut token = build(&given, Manner::Strict)?;
    if service.is_for_any_channel() {
        // The builders take no wildcard for a channel's name. All else was checked just now.
        let arguments = builder.arguments.iter().zip(&mut given);
        let channel = arguments.filter(|(argument, _)| argument.kind == Kind::ChannelName);
        channel.for_each(|(_, given)| *given = values::Given::Text(Channel::any().as_str().to_owned()));
        token = build(&given, Manner::Official)?;
    }
    let decoded = Unverified::parse(&token)?;
    notes::print(service, &decoded);
    output::line(&if mint.json { document(&token, &decoded, stamp) } else { token })?;
    Ok(ExitCode::SUCCESS)
}

/// A token is base64, which JSON takes as it is.
fn document(token: &str, decoded: &Unverified, stamp: Stamp) -> String {
    let expires_at = decoded.expires_at().as_secs();
    let refresh_after = refresh_after(UnixTime::from_secs(stamp.issue_ts.into()), first_end(decoded, stamp)).as_secs();
    format!(
        r#"{{"token":"{token}","expiresAt":{expires_at},"refreshAfter":{refresh_after},"decoded":{}}}"#,
        decoded.to_json()
    )
}

/// When the first thing ends that the token grants, which is after a day at the latest whatever it says.
fn first_end(decoded: &Unverified, stamp: Stamp) -> UnixTime {
    let issued = u64::from(stamp.issue_ts);
    let mut ends = vec![decoded.expires_at().as_secs(), issued + u64::from(DAY)];
    match decoded {
        Unverified::AccessToken(token) => {
            ends.extend(token.privileges().iter().map(|(_, end)| u64::from(end)).filter(|end| *end != 0));
        }
        Unverified::AccessToken2(token) => {
            let lifetimes = token.services().iter().flat_map(|service| service.privileges.iter());
            ends.extend(
                lifetimes.filter(|(_, lifetime)| *lifetime != 0).map(|(_, lifetime)| issued + u64::from(lifetime)),
            );
        }
        _ => {}
    }
    UnixTime::from_secs(ends.into_iter().min().unwrap_or(issued))
}

fn stamp(mint: &Mint) -> Result<Stamp, Failure> {
    let issue_ts = match &mint.issue_ts {
        Some(text) => numbers::timestamp(text, "issue_ts").map_err(Failure::naming("--issue-ts"))?,
        None => SystemClock.now()?,
    };
    let salt = match &mint.salt {
        Some(text) => numbers::salt(text).map_err(Failure::naming("--salt"))?,
        None => SystemSalt.next_salt()?,
    };
    Ok(Stamp { issue_ts, salt })
}
