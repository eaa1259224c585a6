//! What `mint` takes beside the options of its commands.

use clap::Args;

use super::batch::args::Batch;
use super::commands::{Service, Version};
use crate::credentials::CredentialArgs;

#[derive(Args)]
pub(crate) struct Mint {
    #[command(subcommand)]
    pub(crate) service: Option<Service>,
    /// Generation of the token: AccessToken2 (007), or for rtc and rtm also AccessToken (006)
    #[arg(long, global = true, value_name = "VERSION", default_value = "007", hide_possible_values = true)]
    pub(crate) token_version: Version,
    /// Print a JSON document: token, expiresAt, refreshAfter (when to fetch the next), and what the token says
    ///
    /// With --batch it comes on standard error when all is done: rows, minted, refused, seconds.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Issue timestamp, Unix seconds [default: now]
    #[arg(
        long,
        global = true,
        value_name = "UNIX",
        aliases = ["issued-at", "now"],
        allow_negative_numbers = true,
        help_heading = "Fixed output"
    )]
    pub(crate) issue_ts: Option<String>,
    /// Salt, 0 to 4294967295 [default: random]
    #[arg(long, global = true, value_name = "N", allow_negative_numbers = true, help_heading = "Fixed output")]
    pub(crate) salt: Option<String>,
    #[command(flatten)]
    pub(crate) batch: Batch,
    #[command(flatten)]
    pub(crate) credentials: CredentialArgs,
}
