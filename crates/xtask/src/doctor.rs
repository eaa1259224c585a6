//! What this machine has and lacks of the tools a contributor needs.

use anyhow::{Result, bail};

use crate::style::Style;
use crate::tools;

/// Prints one line for each tool. An error when one is missing that nothing works without; in CI, when any is.
pub(crate) fn run(strict: bool) -> Result<()> {
    let style = Style::of_stdout();
    let mut missing = 0;
    for tool in tools::ALL {
        match tool.check() {
            Ok(version) => println!("{}      {:<25} {version}", style.good("ok"), tool.name),
            Err(problem) if tool.optional && !strict => {
                println!("{} {problem} (for {})", style.faint("missing"), tool.purpose)
            }
            Err(problem) => {
                missing += 1;
                println!("{} {problem} (for {})", style.bad("missing"), tool.purpose);
            }
        }
    }
    println!("cmake, ninja and pkg-config come from PyPI into target/ when a test needs them.");
    if missing > 0 {
        bail!("{missing} missing");
    }
    Ok(())
}
