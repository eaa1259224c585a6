//! The command line. Numbers arrive as text, so that a wrong one gets the same error code as in every language.

use std::path::PathBuf;

use agora_token::ServiceType;
use clap::{Args, Parser, Subcommand};

use crate::credentials::CredentialArgs;
use crate::help;
use crate::mint::args::Mint;
use crate::service;

#[derive(Parser)]
#[command(
    name = "agora-token",
    version,
    about = "Mint, read, verify, explain and serve Agora access tokens",
    long_about = "Mint, read, verify, explain and serve the access tokens of Agora's voice, video and messaging services: AccessToken2 \
                  (007) and AccessToken (006).",
    after_help = "agora-token --help tells of exit codes, environment variables and examples.",
    after_long_help = help::sections(),
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a token, or one for each row of a file
    #[command(
        arg_required_else_help = true,
        override_usage = "agora-token mint [OPTIONS] <COMMAND>\n       agora-token mint [OPTIONS] --batch <FILE>"
    )]
    Mint(Box<Mint>),
    /// Show what a token says, without checking who signed it
    Inspect(Inspect),
    /// Check a token: signature, time, and App ID, channel and user where given
    #[command(visible_alias = "verdict")]
    ///
    /// Prints every reason against the token, and exits with 0 when there is none, else with 1.
    Verify(Box<Verify>),
    /// Say why a token does not let its user in
    #[command(visible_alias = "diagnose")]
    ///
    /// Tell what the client joined with, as far as it is known: the more it is told, the more it finds. What it finds is
    /// ranked, the surest explanation first, each with a stable code. Exits with 0 when nothing is worse than a note, with
    /// 1 when something is enough to keep the user out, with 5 when something works now and will surprise somebody.
    Doctor(Box<Doctor>),
    /// Mint tokens over HTTP for callers it knows, by policies
    ///
    /// Without callers in the settings file it listens on loopback only. Flags win over variables of the environment,
    /// these over the settings file. SIGHUP, or a change of a file, takes new settings, certificates and keys; SIGTERM
    /// finishes what began. docs/server.md tells the rest.
    #[cfg(feature = "serve")]
    #[command(allow_negative_numbers = true)]
    Serve(Box<agora_token_server::ServeArgs>),
    /// Print the completions for a shell
    Completions {
        /// The shell to complete in
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man {
        /// Write the pages of all commands into this folder instead
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

impl Command {
    pub(crate) fn wants_json(&self) -> bool {
        match self {
            Command::Mint(mint) => mint.json,
            Command::Inspect(inspect) => inspect.json,
            Command::Verify(verify) => verify.json,
            Command::Doctor(doctor) => doctor.json,
            #[cfg(feature = "serve")]
            Command::Serve(_) => false,
            Command::Completions { .. } | Command::Man { .. } => false,
        }
    }
}

#[derive(Args)]
pub(crate) struct Inspect {
    /// The token, or - to read it from standard input
    pub(crate) token: String,
    /// Print the JSON document of the token, in one line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Verify {
    /// The token, or - to read it from standard input
    pub(crate) token: String,
    /// The channel it must let into; an AccessToken (006) can be verified only with it
    #[arg(long, value_name = "NAME")]
    pub(crate) channel: Option<String>,
    #[command(flatten)]
    pub(crate) user: ExpectedUser,
    /// The service it must carry; channel, user and privilege are then looked for in it alone
    #[arg(long = "for", value_name = "SERVICE", ignore_case = true, value_parser = service::parser())]
    pub(crate) service: Option<ServiceType>,
    /// The privilege that it must grant and that must be running: joinChannel, publishAudioStream, or with --for rtm login
    #[arg(long, value_name = "NAME|N")]
    pub(crate) privilege: Option<String>,
    /// Judge at this time, Unix seconds or as 2026-11-26T16:00:00Z [default: now]
    #[arg(long, value_name = "TIME", alias = "now", allow_negative_numbers = true)]
    pub(crate) at: Option<String>,
    /// Let clocks differ by so much, both ways [default: 0]
    #[arg(long, value_name = "LIFETIME", allow_negative_numbers = true)]
    pub(crate) leeway: Option<String>,
    /// Do not look at the time
    #[arg(long, conflicts_with_all = ["at", "leeway"])]
    pub(crate) ignore_time: bool,
    /// Print the JSON document of the verdict, in one line
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) credentials: CredentialArgs,
}

#[derive(Args)]
pub(crate) struct Doctor {
    /// The token, or - to read it from standard input
    pub(crate) token: String,
    /// The channel that the client joined
    #[arg(long, value_name = "NAME", help_heading = ATTEMPT)]
    pub(crate) channel: Option<String>,
    #[command(flatten)]
    pub(crate) user: JoiningUser,
    /// What the client used the token for
    #[arg(long = "for", value_name = "SERVICE", ignore_case = true, value_parser = service::parser(), help_heading = ATTEMPT)]
    pub(crate) service: Option<ServiceType>,
    /// What the client meant to do: publisher (host) or subscriber (audience)
    #[arg(long, allow_negative_numbers = true, help_heading = ATTEMPT)]
    pub(crate) role: Option<String>,
    /// When it tried, Unix seconds or as 2026-11-26T16:00:00Z [default: now]
    #[arg(long, value_name = "TIME", allow_negative_numbers = true, help_heading = ATTEMPT)]
    pub(crate) at: Option<String>,
    /// Its SDK and the version, as "web 4.20.0", "android 4.5", "rtm 1.5.1"
    #[arg(long, value_name = "TEXT", help_heading = ATTEMPT)]
    pub(crate) sdk: Option<String>,
    /// The error number or text that it saw, as 110
    #[arg(long, value_name = "TEXT", help_heading = ATTEMPT, allow_negative_numbers = true)]
    pub(crate) error: Option<String>,
    /// Mask App ID, channel and user, so that the report can be posted in public
    #[arg(long)]
    pub(crate) redact: bool,
    /// Print the JSON document of the findings, in one line
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) credentials: CredentialArgs,
}

const ATTEMPT: &str = "What the client joined with";

/// Who the client joined as.
#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct JoiningUser {
    /// The uid that it joined with; 0 asks the service for one
    #[arg(long, value_name = "N", allow_negative_numbers = true, help_heading = ATTEMPT)]
    pub(crate) uid: Option<String>,
    /// The account or user ID that it joined or logged in with
    #[arg(long, value_name = "TEXT", visible_alias = "user-id", help_heading = ATTEMPT)]
    pub(crate) account: Option<String>,
}

/// Whom the token must let in.
#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct ExpectedUser {
    /// The uid it must let in; an AccessToken (006) can be verified only with its user
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) uid: Option<String>,
    /// The account or user ID it must let in
    #[arg(long, value_name = "TEXT", visible_alias = "user-id")]
    pub(crate) account: Option<String>,
    /// The user it must let in, as a program got one from outside: digits are a uid, anything else is an account
    #[arg(long, value_name = "TEXT", allow_negative_numbers = true)]
    pub(crate) user: Option<String>,
    /// It must let any user in
    #[arg(long)]
    pub(crate) any_user: bool,
}

impl ExpectedUser {
    pub(crate) fn is_given(&self) -> bool {
        self.uid.is_some() || self.account.is_some() || self.user.is_some() || self.any_user
    }
}
