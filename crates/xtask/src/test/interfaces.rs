//! The C ABI and the Rust API are those of the committed snapshots.

use anyhow::Result;

use super::setup::Setup;
use crate::report::Step;
use crate::{interfaces, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    match tools::ABIGAIL.check() {
        Ok(_) => step.case("crates/ffi/abi.xml", interfaces::check_abi(setup.workspace)),
        Err(missing) => step.not_run("the C ABI against its snapshot", missing),
    }
    step.case("crates/core/api.txt", interfaces::check_api(setup.workspace));
    Ok(())
}
