//! Compiling C and C++ programs against an installed prefix.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::{dist, shell, tools};

/// Every program of this repository compiles without a warning.
const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    C,
    Cxx,
}

impl Language {
    pub(crate) fn compiler(self) -> OsString {
        match self {
            Self::C => tools::cc(),
            Self::Cxx => tools::cxx(),
        }
    }

    /// The value of `-x`.
    fn name(self) -> &'static str {
        match self {
            Self::C => "c",
            Self::Cxx => "c++",
        }
    }
}

/// One call of a compiler.
pub(crate) struct Compile<'a> {
    language: Language,
    standard: &'a str,
    prefix: &'a Path,
    library: PathBuf,
    compiler: OsString,
    arguments: Vec<OsString>,
}

impl<'a> Compile<'a> {
    /// For the language standard `standard`, with the headers and the static library of the prefix.
    pub(crate) fn new(language: Language, standard: &'a str, prefix: &'a Path) -> Self {
        let library = prefix.join("lib/libagora_token.a");
        Self { language, standard, prefix, library, compiler: language.compiler(), arguments: Vec::new() }
    }

    /// With another compiler than that of the language.
    pub(crate) fn compiler(mut self, compiler: OsString) -> Self {
        self.compiler = compiler;
        self
    }

    /// Links another static library than the prefix's.
    pub(crate) fn library(mut self, library: &Path) -> Self {
        self.library = library.to_path_buf();
        self
    }

    pub(crate) fn arguments<T: Into<OsString>>(mut self, arguments: impl IntoIterator<Item = T>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Checks `source` without making a program. The syntax alone would not do: GCC warns of a dropped result later.
    pub(crate) fn check(&self, source: &Path) -> Result<()> {
        let mut command = self.command();
        shell::capture(command.args(["-S", "-o", "/dev/null", "-x", self.language.name()]).arg(source)).map(drop)
    }

    /// Makes `program` out of `source`, linked with the static library.
    pub(crate) fn program(&self, source: &Path, program: &Path) -> Result<()> {
        let mut command = self.command();
        command.arg(source).arg("-o").arg(program).arg(&self.library);
        command.args(dist::native_flags(self.prefix)?);
        shell::capture(&mut command).map(drop)
    }

    /// The compiler with everything but what to do.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.compiler);
        command.arg(format!("-std={}", self.standard)).args(WARNINGS).args(["-g", "-O1"]);
        command.arg("-I").arg(self.include()).args(&self.arguments);
        command
    }

    fn include(&self) -> PathBuf {
        self.prefix.join("include")
    }
}
