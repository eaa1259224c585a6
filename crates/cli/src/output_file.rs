//! Standard output, or a file that is whole or not there.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::output;

pub(crate) enum Sink {
    StandardOutput,
    /// Beside the file until it is whole; removed if it never is.
    File {
        part: NamedTempFile,
        path: PathBuf,
        replaces: bool,
    },
}

impl Sink {
    /// The path stays out of errors: it may be a certificate, given to the wrong option.
    pub(crate) fn new(file: Option<&Path>, replaces: bool) -> Result<Sink, Failure> {
        let Some(path) = file else { return Ok(Sink::StandardOutput) };
        match path.metadata() {
            Ok(found) if !found.is_file() => {
                return Err(Failure::usage("the file of --output is no regular file; leave --output out and redirect"));
            }
            Ok(_) if !replaces => return Err(exists()),
            _ => {}
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".");
        let part = tempfile::Builder::new()
            .prefix(&name)
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(|error| failed(&error))?;
        #[cfg(unix)]
        remove_at_signals(part.path()).map_err(|error| Failure::io("cannot wait for signals", &error))?;
        Ok(Sink::File { part, path: path.to_owned(), replaces })
    }

    /// Breaks when nobody reads any more.
    pub(crate) fn write(&mut self, content: &[u8]) -> Result<ControlFlow<()>, Failure> {
        match self {
            Sink::StandardOutput => output::write(content),
            Sink::File { part, .. } => {
                part.write_all(content).map_err(|error| failed(&error))?;
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        let Sink::File { part, path, replaces } = self else { return Ok(()) };
        part.as_file().sync_all().map_err(|error| failed(&error))?;
        let kept = if replaces { part.persist(path) } else { part.persist_noclobber(path) };
        match kept {
            Ok(_) => Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(exists()),
            Err(error) => Err(failed(&error.error)),
        }
    }
}

/// The tokens of half a batch are of no use, and still tokens. SIGHUP does what it does, since nohup ignores it.
#[cfg(unix)]
fn remove_at_signals(part: &Path) -> io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};

    let (mut signals, part) = (signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?, part.to_owned());
    std::thread::Builder::new().spawn(move || {
        for signal in &mut signals {
            // It may be in its place already; the end comes all the same.
            let _ = std::fs::remove_file(&part);
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

fn exists() -> Failure {
    Failure::usage("the file of --output is there already; --force replaces it")
}

/// Of some errors the text shows the path.
fn failed(error: &io::Error) -> Failure {
    Failure::io("cannot write the file of --output", &error.kind().into())
}
