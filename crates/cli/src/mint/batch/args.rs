//! What `mint --batch` takes, and the defaults of its rows.

use std::path::{Path, PathBuf};

use agora_token::Channel;
use agora_token_rows::{self as rows, Defaults};
use clap::{Args, ValueEnum};

use crate::failure::Failure;

#[derive(Args)]
#[command(next_help_heading = "Many users at once, instead of a service")]
pub(crate) struct Batch {
    /// Mint a token for each row of this file, - for standard input
    ///
    /// CSV with a header, or one JSON object a line. The columns or keys, with any others, which are passed through:
    /// channel, uid or account, role (publisher or subscriber), services (rtc, rtm, chat; in CSV joined by +, in JSON a
    /// list), lifetime (at most 24h), publish_lifetime (where that is shorter). What a row leaves out is taken from the
    /// options; wildcards are refused.
    ///
    /// Every row comes out again, in order: in CSV with the columns token, expires_at, refresh_after and error, in JSON
    /// with token, expiresAt and refreshAfter, or with an error of code, field, reason and fault. Standard error tells of the
    /// first rows that were refused, and the exit code is then 1. A row that cannot be read comes out whole: in CSV in
    /// the first column, in JSON as input.
    #[arg(long, value_name = "FILE")]
    pub(crate) batch: Option<PathBuf>,
    /// Form of the rows, in and out [default: by the file's extension, csv for -]
    #[arg(long, requires = "batch")]
    pub(super) format: Option<Format>,
    /// Write to this file, which only its owner can read and which appears when all is done [default: standard output]
    #[arg(long, value_name = "FILE", requires = "batch")]
    pub(super) output: Option<PathBuf>,
    /// Replace the file of --output if there is one
    #[arg(long, requires = "output")]
    pub(super) force: bool,
    /// The channel of rows that name none
    #[arg(long, value_name = "NAME", requires = "batch")]
    channel: Option<String>,
    /// The role of rows that name none, publisher (1) or subscriber (2) [default: publisher]
    #[arg(long, requires = "batch", allow_negative_numbers = true)]
    role: Option<String>,
    /// The services of rows that name none: rtc, rtm, chat, joined by commas [default: rtc]
    #[arg(long, value_name = "LIST", requires = "batch")]
    services: Option<String>,
    /// How long the tokens of rows live that do not say, at most 24h [default: 1h]
    #[arg(long, value_name = "LIFETIME", requires = "batch", allow_negative_numbers = true)]
    lifetime: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Csv,
    Jsonl,
}

impl Batch {
    pub(super) fn format(&self, input: &Path) -> Result<Format, Failure> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        if is_standard_input(input) {
            return Ok(Format::Csv);
        }
        let extension = input.extension().unwrap_or_default().to_ascii_lowercase();
        match extension.to_str() {
            Some("csv") => Ok(Format::Csv),
            Some("jsonl" | "ndjson") => Ok(Format::Jsonl),
            _ => Err(Failure::usage(
                "the file of --batch ends neither in .csv nor in .jsonl: say --format csv or --format jsonl",
            )),
        }
    }

    pub(super) fn defaults(&self) -> Result<Defaults, Failure> {
        let mut defaults = Defaults::new("--channel");
        defaults.channel =
            self.channel.clone().map(Channel::named).transpose().map_err(Failure::naming("--channel"))?;
        defaults.role = self.role.as_deref().map_or(Ok(defaults.role), |text| rows::role(text, "--role"))?;
        if let Some(text) = &self.services {
            defaults.services = rows::default_services(text, "services").map_err(Failure::naming("--services"))?;
        }
        if let Some(text) = &self.lifetime {
            defaults.lifetime = rows::lifetime(text, "lifetime", "--lifetime")?;
        }
        Ok(defaults)
    }
}

pub(super) fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}
