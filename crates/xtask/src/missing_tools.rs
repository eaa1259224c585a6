//! What this machine has and lacks of the tools a contributor needs.

use anyhow::{Result, bail};

use crate::style::Style;
use crate::tools::{self, Need};

/// Prints one line for each tool. An error when one is missing that nothing works without; in CI,
/// also when tests would be left out.
pub(crate) fn run(strict: bool) -> Result<()> {
    let style = Style::of_stdout();
    let mut missing = 0;
    for tool in tools::ALL {
        match tool.check() {
            Ok(version) => println!("{}      {:<25} {version}", style.good("ok"), tool.name),
            Err(problem) => {
                let fatal = tool.need == Need::Always || strict && tool.need == Need::ForSomeTests;
                missing += usize::from(fatal);
                let word = if fatal { style.bad("missing") } else { style.faint("missing") };
                println!("{word} {problem} (for {})", tool.purpose);
            }
        }
    }
    println!(
        "These come when they are needed: from PyPI into target/ {}; from npm prettier, from Maven google-java-format.",
        tools::fetched().join(", ")
    );
    if missing > 0 {
        bail!("{missing} missing");
    }
    Ok(())
}
