//! `cargo xtask cross`: every platform that can be built for on this machine is, and what was built mints, verifies,
//! explains and serves where something runs it.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::cargo::Build;
use crate::dist::{self, Parts};
use crate::languages::{APP_CERTIFICATE, APP_ID};
use crate::machine::Machine;
use crate::platform::{Platform, System};
use crate::rust_src::Library;
use crate::style::Style;
use crate::table::{Cell, Table};
use crate::workspace::{Workspace, empty_folder};
use crate::{macos_sdk, shell, tools, wasm};

const TARGETS: [&str; 5] = [
    "aarch64-unknown-linux-gnu",
    "aarch64-unknown-linux-musl",
    "x86_64-unknown-linux-musl",
    "x86_64-pc-windows-gnu",
    "aarch64-apple-darwin",
];
const WASM: &str = "wasm32-unknown-unknown";
const PAGE: &str = "docs/platforms.md";
const HEAD: [&str; 6] = ["target", "built", "run by", "command line", "C", "server"];

pub(crate) fn run(workspace: &Workspace, wanted: &[String]) -> Result<()> {
    tools::require(&[tools::RUST, tools::NODE, tools::CURL, tools::BINUTILS])?;
    for name in wanted {
        let known = TARGETS.contains(&name.as_str()) || name == WASM;
        ensure!(known, "{name} is none of {}, {WASM}", TARGETS.join(", "));
    }
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|each| each == name);
    let mut rows = Vec::new();
    for target in TARGETS.into_iter().filter(|name| is_wanted(name)) {
        println!("== {target}");
        rows.push(Trial::new(workspace, target)?.run().context(target)?);
    }
    if is_wanted(WASM) {
        println!("== {WASM}");
        rows.push(webassembly(workspace)?);
    }
    let mut table = Table::new(&HEAD);
    for row in &rows {
        table.row(row.iter().map(|cell| Cell::plain(cell)).collect());
    }
    print!("\n{}", table.show(Style::of_stdout()));
    write(workspace, &rows)
}

/// One platform.
struct Trial<'a> {
    build: Build<'a>,
    machine: Machine,
    /// As it was built.
    tree: PathBuf,
}

impl<'a> Trial<'a> {
    fn new(workspace: &'a Workspace, target: &str) -> Result<Self> {
        let platform = Platform::named(target)?;
        let machine = Machine::of(&platform, workspace)?;
        let tree = workspace.scratch("cross").join(target);
        Ok(Self { build: Build { workspace, platform, profile: "quick" }, machine, tree })
    }

    fn run(&self) -> Result<[String; 6]> {
        empty_folder(&self.tree)?;
        let begun = Instant::now();
        dist::install(&self.build, &self.tree, Parts::All)?;
        let programs = self.consumers()?;
        println!("   built in {} s", begun.elapsed().as_secs());
        let built = "libraries, command line, C programs".to_owned();
        let mut row = [
            self.build.platform.target.clone(),
            built,
            self.machine.name()?,
            String::new(),
            String::new(),
            String::new(),
        ];
        if matches!(self.machine, Machine::Nowhere) {
            for cell in &mut row[3..] {
                *cell = "not run".to_owned();
            }
            return Ok(row);
        }
        let folder = self.machine.place(&self.tree)?;
        row[3] = self.command_line(&folder)?;
        for program in &programs {
            let said = shell::capture(&mut self.machine.command(&folder.join("bin").join(program)))?;
            ensure!(said.starts_with(&self.build.workspace.version), "{program} says {said}");
            println!("   {program}: {}", said.trim_end());
        }
        row[4] = programs
            .iter()
            .map(|name| name.trim_end_matches(".exe").trim_start_matches("consumer-"))
            .collect::<Vec<_>>()
            .join(", ");
        row[5] = self.server(&folder)?;
        Ok(row)
    }

    /// Programs in C beside the command-line tool, linked in each way that runs here.
    fn consumers(&self) -> Result<Vec<String>> {
        let Platform { target, system, .. } = &self.build.platform;
        let zig_target = match system {
            System::LinuxGnu => format!("{}.{}", target.replace("-unknown", ""), crate::platform::GLIBC),
            System::Mac => target.replace("-apple-darwin", "-macos"),
            _ => target.replace("-unknown", "").replace("-pc", ""),
        };
        let lib = self.tree.join("lib");
        let mut made = Vec::new();
        for link in ["static", "shared"] {
            // A program with a shared musl needs one on the machine that runs it.
            if link == "shared" && *system == System::LinuxMusl {
                continue;
            }
            let name = self.build.platform.program(&format!("consumer-{link}"));
            let mut cc = tools::Cross::get(self.build.workspace)?.zig();
            cc.args(["cc", "-target", &zig_target, "-std=c99", "-Wall", "-Wextra", "-I"])
                .arg(self.tree.join("include"));
            cc.arg(self.build.workspace.root.join("tests/consumers/consumer.c"));
            cc.arg("-o").arg(self.tree.join("bin").join(&name));
            if *system == System::Mac {
                let sdk = macos_sdk::folder(self.build.workspace)?;
                cc.arg("-F").arg(sdk.join("System/Library/Frameworks")).arg("-L").arg(sdk.join("usr/lib"));
            }
            match (link, system) {
                ("static", _) => {
                    cc.arg(lib.join("libagora_token.a")).args(dist::native_flags(&self.tree)?);
                    // What unwinds a panic.
                    cc.args((!matches!(system, System::Mac)).then_some("-lunwind"));
                }
                (_, System::WindowsGnu) => {
                    cc.arg(lib.join("libagora_token.dll.a"));
                }
                (_, System::Mac) => {
                    cc.arg(lib.join("libagora_token.dylib")).arg("-Wl,-rpath,@loader_path/../lib");
                }
                _ => {
                    cc.arg(lib.join("libagora_token.so")).arg("-Wl,-rpath,$ORIGIN/../lib");
                }
            }
            shell::capture(&mut cc)?;
            made.push(name);
        }
        Ok(made)
    }

    /// A token minted, accepted, refused, and explained.
    fn command_line(&self, folder: &Path) -> Result<String> {
        let tool = |words: &[&str]| self.tool(folder, words);
        let token = shell::capture(&mut tool(&["mint", "rtc", "--channel", "room", "--uid", "42"]))?;
        let token = token.trim_end();
        shell::capture(&mut tool(&["verify", "--channel", "room", "--uid", "42", token]))?;
        let refused = shell::output(&mut tool(&["verify", "--channel", "lobby", "--uid", "42", token]))?;
        ensure!(refused.status.code() == Some(1), "a token for another channel: {}", shell::both(&refused));
        let explained = shell::output(&mut tool(&["doctor", "--channel", "lobby", "--uid", "42", token]))?;
        let said = shell::both(&explained);
        ensure!(said.contains("CHANNEL_DIFFERS"), "the doctor says {said}");
        println!("   minted {}…, verified, refused, explained", token.get(..16).unwrap_or(token));
        Ok("mint, verify, doctor".to_owned())
    }

    /// `serve --demo` answers the guide's client with a token.
    fn server(&self, folder: &Path) -> Result<String> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let mut serve = self.tool(folder, &["serve", "--demo", "--listen", &address]);
        let mut running = serve.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let outcome = self.ask(folder, &address);
        running.kill()?;
        running.wait()?;
        outcome
    }

    fn ask(&self, folder: &Path, address: &str) -> Result<String> {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--fail", "--retry", "30", "--retry-delay", "1", "--retry-connrefused"]);
        curl.args(["--max-time", "120"]);
        curl.args(["--json", r#"{"uid": 42, "ChannelName": "room", "role": 1}"#]);
        let answer = shell::capture(curl.arg(format!("http://{address}/fetch_rtc_token")))?;
        let answer: serde_json::Value = serde_json::from_str(&answer)?;
        let token = answer["token"].as_str().context("the server answered no token")?;
        shell::capture(&mut self.tool(folder, &["verify", "--channel", "room", "--uid", "42", token]))?;
        println!("   served {}…", token.get(..16).unwrap_or(token));
        Ok("demo".to_owned())
    }

    fn tool(&self, folder: &Path, words: &[&str]) -> Command {
        let mut tool = self.machine.command(&folder.join("bin").join(self.build.platform.program("agora-token")));
        tool.args(words).env("AGORA_APP_ID", APP_ID).env("AGORA_APP_CERTIFICATE", APP_CERTIFICATE);
        tool
    }
}

/// The module that Go embeds, built again, in Node.
fn webassembly(workspace: &Workspace) -> Result<[String; 6]> {
    let module = workspace.scratch("cross").join("agora_token.wasm");
    fs::create_dir_all(workspace.scratch("cross"))?;
    fs::write(&module, wasm::build(workspace, &Library::get(workspace)?)?)?;
    let mut node = Command::new("node");
    node.arg(workspace.root.join("tests/cross/wasm.mjs")).arg(&module);
    let token = shell::capture(node.env("AGORA_APP_ID", APP_ID).env("AGORA_APP_CERTIFICATE", APP_CERTIFICATE))?;
    let tool = Build { workspace, platform: Platform::host()?, profile: "dev" }.command_line_tool()?;
    let mut verify = Command::new(tool);
    verify.args(["verify", "--channel", "room", "--uid", "42", token.trim_end()]);
    shell::capture(verify.env("AGORA_APP_ID", APP_ID).env("AGORA_APP_CERTIFICATE", APP_CERTIFICATE))?;
    let version = shell::capture(Command::new("node").arg("--version"))?;
    println!("   minted {}…, verified by the command line here", token.get(..16).unwrap_or(&token));
    let cells = [WASM, "the C ABI as one module", &format!("Node {}", version.trim().trim_start_matches('v'))];
    let [target, built, by] = cells.map(str::to_owned);
    Ok([target, built, by, "none".to_owned(), "mint, through agora_build".to_owned(), "none".to_owned()])
}

/// Renews these rows of the page's table; those of other targets stay.
fn write(workspace: &Workspace, rows: &[[String; 6]]) -> Result<()> {
    let file = workspace.root.join(PAGE);
    let page = fs::read_to_string(&file).with_context(|| format!("cannot read {PAGE}"))?;
    let built_with = format!("{}, version {}", Library::get(workspace)?.toolchain()?, workspace.version);
    fs::write(&file, renewed(&page, rows, &built_with)?)?;
    println!("wrote {PAGE}");
    Ok(())
}

fn renewed(page: &str, rows: &[[String; 6]], built_with: &str) -> Result<String> {
    const BEGIN: &str = "<!-- table, written by `cargo xtask cross` -->\n";
    const END: &str = "<!-- end of table -->";
    let (before, rest) = page.split_once(BEGIN).with_context(|| format!("{PAGE} has no place for the table"))?;
    let (old, after) = rest.split_once(END).with_context(|| format!("{PAGE} has no end of the table"))?;
    let line = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
    let mut table = line(&HEAD) + &line(&["---"; 6]);
    for target in TARGETS.into_iter().chain([WASM]) {
        let kept = old.lines().find(|line| line.starts_with(&format!("| {target} |")));
        match (rows.iter().find(|row| row[0] == target), kept) {
            (Some(row), _) => table += &line(&row.iter().map(String::as_str).collect::<Vec<_>>()),
            (None, Some(kept)) => table += &format!("{kept}\n"),
            (None, None) => {}
        }
    }
    Ok(format!("{before}{BEGIN}\nBuilt with {built_with}.\n\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_renewed_and_the_others_stay() {
        let row = |target: &str, by: &str| [target, "built", by, "a", "b", "c"].map(str::to_owned);
        let page = "# P\n\n<!-- table, written by `cargo xtask cross` -->\n<!-- end of table -->\n\nafter\n";
        let once = renewed(page, &[row(WASM, "Node 20"), row(TARGETS[0], "qemu 7")], "rustc 1").unwrap();
        let twice = renewed(&once, &[row(TARGETS[0], "qemu 8")], "rustc 2").unwrap();
        let lines: Vec<&str> = twice.lines().filter(|line| line.starts_with("| ")).collect();
        assert_eq!(lines.len(), 4, "{twice}");
        assert!(lines[2].contains("qemu 8") && lines[3].contains("Node 20"), "{twice}");
        assert!(twice.contains("rustc 2") && twice.ends_with("after\n") && !twice.contains("rustc 1"), "{twice}");
    }
}
