//! `mint --batch`: a token for each row of a file.

pub(crate) mod args;
mod blocks;
mod csv_rows;
mod json_rows;
mod pipeline;
mod report;

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::process::ExitCode;

use agora_token::Issuer;
use agora_token_rows::Minter;
use agora_token_rows::csv::Table;

use self::args::{Format, is_standard_input};
use self::blocks::Blocks;
use self::report::Report;
use super::args::Mint;
use super::commands::Version;
use crate::failure::{Failure, REFUSED};
use crate::output_file::Sink;
use crate::paint::printable;

pub(crate) fn run(mint: &Mint, input: &Path) -> Result<ExitCode, Failure> {
    let batch = &mint.batch;
    if mint.token_version == Version::AccessToken || mint.issue_ts.is_some() || mint.salt.is_some() {
        return Err(Failure::usage("--batch goes neither with --token-version 006 nor with --issue-ts or --salt"));
    }
    let format = batch.format(input)?;
    let minter = Minter { defaults: batch.defaults()?, issuer: Issuer::new(mint.credentials.for_signing()?) };
    let source = Source::open(input)?;
    let mut blocks = Blocks::new(source.input, &source.name, format == Format::Csv);
    let mut table = None;
    if format == Format::Csv {
        let header = blocks.header()?;
        let read = Table::new(&header, &minter.defaults);
        table = Some((read.map_err(|error| Failure::from(error).at(&source.name))?, header));
    }
    pipeline::start()?;
    let mut sink = Sink::new(batch.output.as_deref(), batch.force)?;
    let shows_rows = batch.output.is_none() && io::stdout().is_terminal();
    let mut report = Report::new(&source.name, source.size, shows_rows);
    if let Some((table, header)) = &table {
        let _ = sink.write(&csv_rows::header(table, header))?;
    }
    pipeline::run(
        |block| blocks.fill(block),
        |block| match &table {
            Some((table, _)) => csv_rows::mint(&minter, table, block),
            None => json_rows::mint(&minter, block),
        },
        |block| {
            report.add(block);
            sink.write(&block.output)
        },
    )
    .and_then(|()| sink.finish())
    .inspect_err(|_| report.clear_line())?;
    let exit = if report.refused > 0 { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS };
    report.finish(mint.json);
    Ok(exit)
}

/// What is read, as errors call it, and in bytes where it is a file.
struct Source {
    input: Box<dyn Read + Send>,
    name: String,
    size: Option<u64>,
}

impl Source {
    fn open(path: &Path) -> Result<Source, Failure> {
        if is_standard_input(path) {
            return Ok(Source { input: Box::new(io::stdin()), name: "standard input".to_owned(), size: None });
        }
        // The path stays out of this error: it may be a certificate, given to the wrong option.
        let failed = |error| Failure::io("cannot read the file of --batch", &error);
        let file = File::open(path).map_err(failed)?;
        let found = file.metadata().map_err(failed)?;
        let name = printable(&path.display().to_string());
        Ok(Source { input: Box::new(file), name, size: found.is_file().then_some(found.len()) })
    }
}
