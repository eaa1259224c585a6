//! A project of several as the settings file has it.

use serde::{Deserialize, Serialize};

use super::values::{FilePath, SignWith};

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectSettings {
    pub(crate) app_id: String,
    pub(crate) app_certificate_file: FilePath,
    pub(crate) app_certificate_secondary_file: Option<FilePath>,
    #[serde(default)]
    pub(crate) sign_with: SignWith,
}
