//! A second checkout, for what has to be built in another folder or would write into this one.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::workspace::{Workspace, sources_under};

/// Copies every file of ours into an empty folder.
pub(crate) fn copy(workspace: &Workspace, to: &Path) -> Result<()> {
    for file in sources_under(&workspace.root, &|path| !path.is_symlink())? {
        let place = to.join(file.strip_prefix(&workspace.root)?);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &place)?;
    }
    Ok(())
}
