//! `cargo xtask demo`: the main job, to look at. Every language mints a token; each verifies them all.

use std::fs;
use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::cargo::Build;
use crate::dist::{self, Parts};
use crate::languages::{self, Speaker};
use crate::platform::Platform;
use crate::style::Style;
use crate::table::{Cell, Table};
use crate::tools;
use crate::workspace::{Workspace, empty_folder};
use crate::{jar, packages};

/// A token, and where it comes from.
struct Minted {
    by: String,
    token: String,
    /// Whether it is to be accepted.
    good: bool,
}

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let style = Style::of_stdout();
    tools::require(&[tools::RUST, tools::C, tools::CXX, tools::BINUTILS, tools::PYTHON, tools::NODE])?;
    let begun = Instant::now();
    let now = |what: &str| println!("{}", style.faint(&format!("{:>4} s  {what}", begun.elapsed().as_secs())));
    let folder = workspace.scratch("demo");
    let (prefix, programs) = (folder.join("prefix"), folder.join("programs"));
    empty_folder(&programs)?;
    empty_folder(&prefix.join("bin"))?;
    // For a look: what is shipped takes three times as long to build, most of it for the token server.
    let build = Build { workspace, platform: Platform::host()?, profile: "quick" };

    now("building the command-line tool");
    fs::copy(build.tool_without_server()?, prefix.join("bin/agora-token"))?;
    now("the first token, which lets user 42 into the channel \"room\":");
    println!("{}\n", languages::mint(&prefix)?);
    now("building the libraries for C and C++");
    dist::install(&build, &prefix, Parts::Libraries)?;
    now("building and installing the packages for Python and Node");
    let packages = packages::quick(&build)?;
    now("compiling the examples in C, C++ and Rust");
    let mut languages = languages::prepare(workspace, &prefix, &packages, &programs)?;
    let mut left_out = Vec::new();
    match tools::GO.check() {
        Ok(_) => {
            now("compiling the examples in Go");
            languages.push(languages::go(workspace, &programs)?);
        }
        Err(missing) => left_out.push(missing),
    }
    match tools::JAVA.check() {
        Ok(_) => {
            now("building the package for Java");
            languages.push(languages::java(workspace, &jar::quick(&build)?, &programs)?);
        }
        Err(missing) => left_out.push(missing),
    }
    now("done");

    let mut tokens = Vec::new();
    for language in &languages {
        tokens.push(Minted { by: language.name.to_owned(), token: language.mint()?, good: true });
    }
    tokens.push(Minted { by: "shell, 006".to_owned(), token: languages::mint_006(&prefix)?, good: true });

    println!("\n{}", style.bold("A token for user 42 in the channel \"room\", minted in each language"));
    for minted in &tokens {
        println!("{:<11} {}", minted.by, style.faint(&minted.token));
    }

    println!("\n{}", style.bold("What they say"));
    let mut table = Table::new(&["minted by", "format", "channel", "user", "may", "until", "salt", "signature"]);
    for minted in &tokens {
        table.row(decoded(&minted.by, &languages::inspect(&prefix, &minted.token)?));
    }
    print!("{}", table.show(style));

    for (fault, token) in languages::mint_refused(&prefix)? {
        tokens.push(Minted { by: fault.to_owned(), token, good: false });
    }
    println!("\n{}", style.bold("Who accepts them; the last ones are for, or from, somebody else"));
    let (table, surprises) = verdicts(&languages, &tokens)?;
    print!("{}", table.show(style));
    ensure!(surprises == 0, "{surprises} verdicts are not what they should be");
    for missing in left_out {
        println!("{}", style.bad(&format!("not run: {missing}")));
    }
    println!("\nEvery language here accepts the others' tokens, and refuses what it should refuse.");
    Ok(())
}

/// One row for each token, one column for each language that verifies it; and how many verdicts are wrong.
fn verdicts(languages: &[Speaker], tokens: &[Minted]) -> Result<(Table, usize)> {
    let mut head = vec!["verified by"];
    head.extend(languages.iter().map(|language| language.name));
    let mut table = Table::new(&head);
    let mut surprises = 0;
    for minted in tokens {
        let mut row = vec![Cell::plain(&minted.by)];
        for language in languages {
            let accepted = language.accepts(&minted.token)?;
            let text = if accepted { "accepted" } else { "refused" };
            if accepted == minted.good {
                row.push(Cell::good(text));
            } else {
                surprises += 1;
                row.push(Cell::bad(&format!("{text}!")));
            }
        }
        table.row(row);
    }
    Ok((table, surprises))
}

/// What a person wants to know of a decoded token.
fn decoded(by: &str, token: &Value) -> Vec<Cell> {
    let text = |value: &Value| match value {
        Value::Null => "(not in it)".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    // 006 has no services: its privileges stand by themselves, its channel and user only as checksums.
    let service = token["services"].get(0).unwrap_or(token);
    let privileges = service["privileges"].as_object().map(|map| map.keys().map(|key| short(key)).collect::<Vec<_>>());
    let signature = text(&token["signature"]);
    let expires = token["expiresAt"].as_u64().unwrap_or_default();
    let privilege_ends = service["privileges"].as_object().and_then(|map| map.values().filter_map(Value::as_u64).min());
    // In 006 the privileges end by themselves; in 007 they last as long as the token here.
    let until = if token["version"] == "006" { privilege_ends.unwrap_or(expires) } else { expires };
    [
        by.to_owned(),
        text(&token["version"]),
        text(&service["channel"]),
        text(&service["account"]),
        privileges.unwrap_or_default().join(", "),
        clock(until),
        text(&token["salt"]),
        format!("{}…", signature.get(..8).unwrap_or(&signature)),
    ]
    .iter()
    .map(|cell| Cell::plain(cell))
    .collect()
}

/// `publishAudioStream` as `audio`.
fn short(privilege: &str) -> String {
    let short = privilege.trim_start_matches("publish").trim_end_matches("Stream").trim_end_matches("Channel");
    short.to_lowercase()
}

/// The time of day of a Unix time.
fn clock(unix: u64) -> String {
    let second = unix % 86_400;
    format!("{:02}:{:02}:{:02} UTC", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn privileges_and_times_are_short() {
        assert_eq!(short("publishAudioStream"), "audio");
        assert_eq!(short("joinChannel"), "join");
        assert_eq!(clock(1_700_000_000), "22:13:20 UTC");
    }
}
