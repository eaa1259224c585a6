//! What we depend on: licences and sources, versions with their hashes, and the documents that name it all.

use anyhow::Result;

use super::setup::Setup;
use crate::report::Step;
use crate::workspace::file_name;
use crate::{lock, platform, sbom, shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let workspace = setup.workspace;
    let fetched = setup.fetched()?;
    // Advisories are in a repository that not every machine reaches: `cargo deny check advisories` is for one that does.
    for check in ["licenses", "bans", "sources"] {
        let mut deny = fetched.cargo_deny();
        deny.current_dir(&workspace.root).args(["--offline", "--locked", "--all-features", "check", check]);
        step.case(format!("cargo deny check {check}"), shell::capture(&mut deny).map(drop));
    }
    for wanted in lock::lists(workspace)? {
        let name = wanted.strip_prefix(&workspace.root).unwrap_or(&wanted).with_extension("txt");
        step.case(format!("{} has versions and hashes", name.display()), lock::check(&wanted));
    }
    if let Err(missing) = tools::CYCLONEDX.check() {
        step.not_run("the SBOM of every artefact", missing);
        return Ok(());
    }
    for document in sbom::write(workspace, &platform::host()?, &setup.folder("sbom")?)?.documents() {
        step.case(file_name(&document), sbom::check(workspace, &document));
    }
    Ok(())
}
