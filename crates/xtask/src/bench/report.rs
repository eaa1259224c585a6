//! The results as a table for a terminal, as documents for the repository, and as JSON for machines.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::json;

use super::batch::Batch;
use super::chart;
use super::results::{Measured, Results};
use crate::shell;
use crate::style::Style;
use crate::table::{Cell, Table};
use crate::workspace::Workspace;

/// A racer, its task, and what readers call it.
pub(super) type Row = (&'static str, &'static str, &'static str);

/// What the tables show, by subject; within one, ratios are to its first row.
pub(super) const SUBJECTS: &[(&str, &[Row])] = &[
    (
        "Mint an AccessToken2 (007)",
        &[
            ("rust", "mint-007", "Rust"),
            ("rust", "floor", "the floor: 14 SHA-256 compressions and one base64"),
            ("rust", "issue-007", "Rust, Issuer"),
            ("rust", "batch-007", "Rust, Issuer, a batch"),
            ("c++", "mint-007", "C++"),
            ("c++", "issue-007", "C++, Issuer with a new Grant each time"),
            ("python", "mint-007", "Python"),
            ("python", "issue-007", "Python, Issuer with a new Grant each time"),
            ("python", "batch-007", "Python, Issuer, a batch with new Grants"),
            ("python-columns", "arrow-1", "Python, an Arrow table, one thread"),
            ("python-columns", "arrow-2", "Python, an Arrow table, two threads"),
            ("python-columns", "lists", "Python, an Arrow table through lists"),
            ("node", "mint-007", "Node"),
            ("node", "issue-007", "Node, Issuer with a new Grant each time"),
            ("node", "batch-007", "Node, Issuer, a batch with new Grants"),
            ("wasm", "mint-007", "Node, WebAssembly"),
            ("go-cgo", "mint-007", "Go, linked with the tag agora_cgo"),
            ("go-cgo", "issue-007", "Go, linked, Issuer with a new Grant each time"),
            ("go", "mint-007", "Go, WebAssembly"),
            ("go", "issue-007", "Go, WebAssembly, Issuer with a new Grant each time"),
            ("java", "mint-007", "Java"),
            ("java", "issue-007", "Java, Issuer with a new Grant each time"),
            ("openssl", "mint-007-kept", "C++ with OpenSSL and zlib, its state kept"),
            ("openssl", "mint-007-anew", "C++ with OpenSSL and zlib, its state made anew"),
            ("node", "peer-mint-007", "npm agora-token"),
            ("java-peer", "peer-mint-007", "Maven io.agora:authentication"),
            ("soft", "mint-007", "Rust, without SHA instructions"),
        ],
    ),
    (
        "Mint an AccessToken (006)",
        &[
            ("rust", "mint-006", "Rust"),
            ("c++", "mint-006", "C++"),
            ("python", "mint-006", "Python"),
            ("node", "mint-006", "Node"),
            ("wasm", "mint-006", "Node, WebAssembly"),
            ("go-cgo", "mint-006", "Go, linked"),
            ("go", "mint-006", "Go, WebAssembly"),
            ("java", "mint-006", "Java"),
            ("openssl", "mint-006", "C++ with OpenSSL"),
            ("python", "peer-mint-006", "PyPI agora-token-builder"),
            ("node", "peer-mint-006", "npm agora-token"),
            ("java-peer", "peer-mint-006", "Maven io.agora:authentication"),
            ("go", "peer-mint-006", "Go module AgoraIO-Community/go-tokenbuilder"),
        ],
    ),
    (
        "Parse an AccessToken2 and check its signature",
        &[
            ("rust", "verify-007", "Rust"),
            ("c++", "verify-007", "C++"),
            ("python", "verify-007", "Python"),
            ("node", "verify-007", "Node"),
            ("wasm", "verify-007", "Node, WebAssembly"),
            ("go-cgo", "verify-007", "Go, linked"),
            ("go", "verify-007", "Go, WebAssembly"),
            ("java", "verify-007", "Java, Verifier"),
            ("openssl", "verify-007-kept", "C++ with OpenSSL and zlib, its state kept"),
            ("openssl", "verify-007-anew", "C++ with OpenSSL and zlib, its state made anew"),
            ("node", "peer-verify-007", "npm agora-token"),
        ],
    ),
];

pub(super) fn terminal(results: &Results, batch: &Batch, style: Style) -> String {
    let mut all = String::new();
    for (subject, rows) in SUBJECTS {
        let mut table = Table::new(&["", "min ns", "median ns", "ratio"]);
        for cells in filled(results, rows) {
            table.row(cells.iter().map(|cell| Cell::plain(cell)).collect());
        }
        let _ = write!(all, "\n{}\n{}", style.bold(subject), table.show(style));
    }
    let _ = writeln!(all, "\n{}\n{}", style.bold("A million rows, agora-token mint --batch"), in_words(batch));
    all
}

/// Writes the documents; into the repository as well if wanted.
pub(super) fn save(
    workspace: &Workspace,
    folder: &Path,
    results: &Results,
    batch: &Batch,
    rounds: usize,
    write: bool,
) -> Result<()> {
    let races: Vec<_> = results
        .iter()
        .map(|((racer, task), Measured { min, median })| json!({"racer": racer, "task": task, "min": min, "median": median}))
        .collect();
    let batch_document = json!({
        "rows": Batch::rows(), "wallSeconds": batch.wall.as_secs_f64(),
        "processorSeconds": batch.processor.as_secs_f64(), "peakKiB": batch.peak_kib,
    });
    let whole = json!({"machine": machine()?, "rounds": rounds, "nanosecondsAToken": races, "batch": batch_document});
    fs::write(folder.join("results.json"), format!("{whole:#}\n"))?;
    let document = document(results, batch, rounds)?;
    let chart = chart::draw(results)?;
    let docs = workspace.root.join("docs");
    for place in [Some(folder), write.then_some(docs.as_path())].into_iter().flatten() {
        fs::write(place.join("performance.md"), &document)?;
        fs::write(place.join("performance.svg"), &chart)?;
    }
    if write {
        let path = workspace.root.join("README.md");
        let readme = fs::read_to_string(&path)?;
        let (before, rest) = readme.split_once(OPENING).context("README.md has no place for the speeds")?;
        let (_, after) = rest.split_once(CLOSING).context("README.md does not end its place for the speeds")?;
        fs::write(path, format!("{before}{OPENING}{}{CLOSING}{after}", summary(results)?))?;
    }
    Ok(())
}

/// Where the README shows the speeds.
const OPENING: &str = "<!-- speeds, written by `cargo xtask bench --write` -->\n";
const CLOSING: &str = "<!-- end of speeds -->\n";

/// The few rows that the README shows.
fn summary(results: &Results) -> Result<String> {
    let min = |racer: &'static str, task: &str| {
        let found = results.get(&(racer, task.to_owned())).map(|measured| measured.min);
        found.with_context(|| format!("{racer} {task} was not measured"))
    };
    let mut text =
        format!("\nMeasured on {}.\n\n| one token, ns | mint 007 | mint 006 |\n|---|---:|---:|\n", machine()?);
    for (name, racer) in [("Rust", "rust"), ("C++", "c++"), ("Python", "python"), ("Node", "node"), ("Java", "java")] {
        let _ = writeln!(text, "| {name} | {:.0} | {:.0} |", min(racer, "mint-007")?, min(racer, "mint-006")?);
    }
    for (name, racer, mint_007, mint_006) in [
        ("C++ with OpenSSL and zlib", "openssl", Some("mint-007-kept"), "mint-006"),
        ("npm agora-token", "node", Some("peer-mint-007"), "peer-mint-006"),
        ("Maven io.agora:authentication", "java-peer", Some("peer-mint-007"), "peer-mint-006"),
        ("PyPI agora-token-builder", "python", None, "peer-mint-006"),
    ] {
        let mint_007 = mint_007.map(|task| min(racer, task)).transpose()?;
        let mint_007 = mint_007.map_or("none".to_owned(), |ns| format!("{ns:.0}"));
        let _ = writeln!(text, "| {name} | {mint_007} | {:.0} |", min(racer, mint_006)?);
    }
    let soft = min("soft", "mint-007")? / min("rust", "mint-007")?;
    let _ = writeln!(text, "\nWithout SHA instructions in the processor a 007 token takes {soft:.1} times as long.");
    Ok(text)
}

fn document(results: &Results, batch: &Batch, rounds: usize) -> Result<String> {
    let mut text = format!(
        "<!-- Written by `cargo xtask bench --write`. -->\n\n# Speed\n\n![Time for one AccessToken2]\
         (performance.svg)\n\nMeasured on {}, with `cargo xtask bench --rounds {rounds}`: every program below does a few \
         milliseconds of a task, then the next one does, round after round, and none meets the same input twice in a \
         row. Take the ratios; the figures are those of one machine. A token lets a uid join a channel as publisher; \
         names and IDs have 32 characters. The OpenSSL programs do what Agora's C++ headers do, step for step, with a \
         cheap random generator in place of theirs.\n",
        machine()?
    );
    for (subject, rows) in SUBJECTS {
        let _ = write!(text, "\n## {subject}\n\n| | min ns | median ns | ratio |\n|---|---:|---:|---:|\n");
        for cells in filled(results, rows) {
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
    }
    let _ = write!(text, "\n## A million rows\n\n`agora-token mint --batch users.csv`: {}\n", in_words(batch));
    Ok(text)
}

fn filled<'a>(results: &'a Results, rows: &'a [Row]) -> impl Iterator<Item = [String; 4]> + 'a {
    let of = |row: &Row| results.get(&(row.0, row.1.to_owned()));
    let first = rows.first().and_then(of).map_or(f64::NAN, |measured| measured.min);
    rows.iter().filter_map(move |row| {
        let Measured { min, median } = of(row)?;
        let ratio = min / first;
        let ratio = if ratio < 10.0 { format!("{ratio:.2}") } else { format!("{ratio:.0}") };
        Some([row.2.to_owned(), format!("{min:.0}"), format!("{median:.0}"), ratio])
    })
}

fn in_words(batch: &Batch) -> String {
    format!(
        "{:.2} s, {:.0} tokens a second, {:.0} ns of one core for a row, {:.1} MiB of memory at most.",
        batch.wall.as_secs_f64(),
        batch.rows_a_second(),
        batch.core_ns_a_row(),
        f64::from(u32::try_from(batch.peak_kib).unwrap_or(u32::MAX)) / 1024.0
    )
}

/// Where it was measured, without its name.
fn machine() -> Result<String> {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = processors.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split(':').nth(1)).map_or("", str::trim)
    };
    let has_sha = field("flags").split(' ').any(|flag| flag == "sha_ni");
    let cores = std::thread::available_parallelism().context("how many cores")?;
    let rustc = shell::capture(Command::new("rustc").arg("--version"))?;
    Ok(format!(
        "{cores} cores of an {} ({}, {} SHA instructions), {}",
        field("model name"),
        std::env::consts::ARCH,
        if has_sha { "with" } else { "without" },
        rustc.split(" (").next().unwrap_or_default().trim()
    ))
}
