//! What a program's memory holds of an App Certificate once the library has had it.
//!
//! A program of tests/secrets takes a certificate and waits; what its memory holds of it then is its own: the string, and
//! what its language copied. Then it does one task, frees what it made, and waits again. A piece that stands where none
//! stood before was left behind by the library. On the stack a certificate may last, as SECURITY.md says: an argument is
//! passed there. What was made of it may not.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::setup::Setup;
use crate::compile::{Compile, Language};
use crate::report::Step;

/// A certificate of no project, which differs from itself in every eight bytes.
const CERTIFICATE: &str = "3b7f1c9ad25e8046f0a1b6c7d8e94f25";

/// The bytes in the shortest piece that counts.
const PIECE: usize = 8;

/// The task that has to be found out.
const LEAK: &str = "leak";

/// What HMAC mixes a key with.
const PADS: [u8; 2] = [0x36, 0x5c];

const C_TASKS: &[&str] =
    &["builder_007", "builder_006", "refused", "mechanism", "issuer", "columns", "verifier", "doctor", "handles", LEAK];
const CXX_TASKS: &[&str] = &["builder_007", "builder_006", "official", "issuer", "verifier", "doctor", LEAK];
const SCRIPT_TASKS: &[&str] =
    &["builder_007", "builder_006", "compat", "refused", "issuer", "verifier", "doctor", LEAK];

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    if !cfg!(target_os = "linux") {
        step.not_run("what stays of a certificate in memory", "only Linux shows another program's memory as a file");
        return Ok(());
    }
    let folder = setup.folder("secrets")?;
    let compiled = |extension: &str, language, standard| -> Result<Vec<OsString>> {
        let source = setup.source("tests/secrets").join(format!("secrets.{extension}"));
        let program = folder.join(extension);
        Compile::new(language, standard, setup.prefix()?).program(&source, &program)?;
        Ok(vec![program.into()])
    };
    tasks(step, "C", &compiled("c", Language::C, "c99")?, C_TASKS);
    tasks(step, "C++", &compiled("cpp", Language::Cxx, "c++17")?, CXX_TASKS);
    let packages = setup.packages()?;
    let script = setup.source("tests/secrets/secrets.py");
    tasks(step, "Python", &[packages.python.clone().into(), script.into()], SCRIPT_TASKS);
    // Node looks for packages beside the program.
    let script = packages.node.join("secrets.mjs");
    fs::copy(setup.source("tests/secrets/secrets.mjs"), &script)?;
    tasks(step, "Node", &["node".into(), "--expose-gc".into(), script.into()], SCRIPT_TASKS);
    Ok(())
}

fn tasks(step: &mut Step, language: &str, program: &[OsString], tasks: &[&str]) {
    for task in tasks {
        let outcome = left_behind(program, task).and_then(|pieces| {
            if *task == LEAK {
                ensure!(!pieces.is_empty(), "a copy made on purpose was not found");
                return Ok(());
            }
            ensure!(pieces.is_empty(), "left behind:\n{}", pieces.join("\n"));
            Ok(())
        });
        step.case(format!("{language}: {task}"), outcome);
    }
}

/// Where pieces of the certificate stand after a task that did not before.
fn left_behind(program: &[OsString], task: &str) -> Result<Vec<String>> {
    let (name, words) = program.split_first().context("no program")?;
    let mut child = Command::new(name).args(words).arg(task).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let found = watched(&mut child);
    if found.is_err() {
        let _ = child.kill();
    }
    let status = child.wait()?;
    let found = found?;
    ensure!(status.success(), "it ended with {status}");
    Ok(found)
}

fn watched(child: &mut Child) -> Result<Vec<String>> {
    let mut input = child.stdin.take().context("no standard input")?;
    let mut output = BufReader::new(child.stdout.take().context("no standard output")?);
    let mut until = |word: &str| -> Result<()> {
        let mut line = String::new();
        output.read_line(&mut line)?;
        ensure!(line.trim_end() == word, "it said {:?} instead of {word}", line.trim_end());
        Ok(())
    };
    let pieces = pieces();
    writeln!(input, "{CERTIFICATE}")?;
    until("ready")?;
    let before: HashSet<u64> = search(child.id(), &pieces)?.into_iter().map(|piece| piece.address).collect();
    writeln!(input, "go")?;
    until("done")?;
    let after = search(child.id(), &pieces)?;
    writeln!(input, "stop")?;
    let is_allowed = |piece: &Found| piece.region == "[stack]" && !piece.what.is_pad;
    Ok(runs(after.into_iter().filter(|piece| !before.contains(&piece.address) && !is_allowed(piece))))
}

/// A piece that was found.
struct Found {
    address: u64,
    region: String,
    what: What,
}

/// Which piece.
#[derive(Clone, Copy, PartialEq)]
struct What {
    first: usize,
    is_pad: bool,
    is_turned: bool,
}

/// Pieces one behind the other, told as one.
fn runs(found: impl Iterator<Item = Found>) -> Vec<String> {
    let mut runs: Vec<(Found, u64)> = Vec::new();
    for piece in found {
        match runs.last_mut() {
            Some((first, size)) if first.address + *size == piece.address && first.region == piece.region => *size += 1,
            _ => runs.push((piece, 1)),
        }
    }
    let told = |(Found { address, region, what }, size): &(Found, u64)| {
        let kind = if what.is_pad { "an HMAC pad" } else { "the certificate" };
        let manner = if what.is_turned { ", as words of a hash function" } else { "" };
        let bytes = PIECE as u64 - 1 + size;
        format!("{address:#x} in {region}: {bytes} bytes of {kind} from {}{manner}", what.first)
    };
    runs.iter().map(told).collect()
}

/// Every piece that is looked for, and what it is one of: of the certificate as it is, of either HMAC pad, and of these
/// as a hash function reads them, in words whose bytes are turned around.
fn pieces() -> HashMap<Vec<u8>, What> {
    let mut pieces = HashMap::new();
    let plain = CERTIFICATE.as_bytes();
    let mut kinds = vec![(plain.to_vec(), false)];
    kinds.extend(PADS.map(|pad| (plain.iter().map(|byte| byte ^ pad).collect(), true)));
    for (bytes, is_pad) in kinds {
        let turned: Vec<u8> = bytes.chunks(4).flat_map(|word| word.iter().rev().copied()).collect();
        for (bytes, is_turned) in [(&bytes, false), (&turned, true)] {
            for (first, piece) in bytes.windows(PIECE).enumerate() {
                pieces.insert(piece.to_vec(), What { first, is_pad, is_turned });
            }
        }
    }
    pieces
}

/// Each piece in the memory that a program may write to.
fn search(process: u32, pieces: &HashMap<Vec<u8>, What>) -> Result<Vec<Found>> {
    // Most positions are told by their first two bytes.
    let mut begins = vec![false; 1 << 16];
    for piece in pieces.keys() {
        begins[usize::from(u16::from_le_bytes([piece[0], piece[1]]))] = true;
    }
    let memory = File::open(Path::new("/proc").join(process.to_string()).join("mem"))?;
    let mut found = Vec::new();
    let mut searched = 0usize;
    for line in fs::read_to_string(format!("/proc/{process}/maps"))?.lines() {
        let mut words = line.split_whitespace();
        let (Some(range), Some(access)) = (words.next(), words.next()) else { bail!("no region: {line}") };
        if !access.starts_with("rw") {
            continue;
        }
        let region = words.nth(3).unwrap_or("memory without a name").to_owned();
        let (start, end) = range.split_once('-').context("no range")?;
        let (start, end) = (u64::from_str_radix(start, 16)?, u64::from_str_radix(end, 16)?);
        let mut bytes = vec![0; usize::try_from(end - start)?];
        // Some that the kernel lends cannot be read.
        let Ok(read) = memory.read_at(&mut bytes, start) else { continue };
        bytes.truncate(read);
        searched += read;
        for (offset, window) in bytes.windows(PIECE).enumerate() {
            if begins[usize::from(u16::from_le_bytes([window[0], window[1]]))]
                && let Some(what) = pieces.get(window)
            {
                found.push(Found { address: start + offset as u64, region: region.clone(), what: *what });
            }
        }
    }
    ensure!(searched > 0, "no memory could be read");
    Ok(found)
}
