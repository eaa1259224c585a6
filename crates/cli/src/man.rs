//! Manual pages: one for the program, one for each of its commands.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::args::Arguments;
use crate::failure::Failure;
use crate::{help, output};

/// Prints the program's page, or writes all pages into a folder.
pub(crate) fn run(dir: Option<&Path>) -> Result<ExitCode, Failure> {
    // The pages name every command themselves; help would only repeat them.
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    match dir {
        None => output::bytes(&page_of_program(&program).map_err(in_memory)?)?,
        Some(dir) => {
            let write = |name: &str, page: Vec<u8>| {
                let file = dir.join(format!("{name}.1"));
                fs::write(&file, page).map_err(|error| Failure::io(&format!("cannot write {}", file.display()), &error))
            };
            fs::create_dir_all(dir)
                .map_err(|error| Failure::io(&format!("cannot create {}", dir.display()), &error))?;
            write(program.get_name(), page_of_program(&program).map_err(in_memory)?)?;
            for command in commands_below(&program) {
                write(command.get_display_name().unwrap_or_default(), page(&command).map_err(in_memory)?)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn commands_below(command: &Command) -> Vec<Command> {
    command.get_subcommands().flat_map(|below| [vec![below.clone()], commands_below(below)].concat()).collect()
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}

/// As [`page`], with what the help tells beside the options in sections of their own.
fn page_of_program(program: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(program.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    man.render_subcommands_section(&mut page)?;
    for (heading, text) in help::SECTIONS {
        let mut section = Roff::new();
        section.control("SH", [heading.to_uppercase().as_str()]);
        // No-fill keeps the lines as they are, so that lists and commands stay such.
        section.control("nf", []).text([roman(*text)]).control("fi", []);
        section.to_writer(&mut page)?;
    }
    man.render_version_section(&mut page)?;
    Ok(page)
}

fn in_memory(error: io::Error) -> Failure {
    Failure::io("cannot make the manual page", &error)
}
