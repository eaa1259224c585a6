//! Standard output, and notes on standard error.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

use crate::failure::Failure;
use crate::paint::Paint;

/// Writes `text` and a newline. A reader that went away is no failure: it had what it wanted.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    bytes(format!("{text}\n").as_bytes())
}

/// Writes all of `content`.
pub(crate) fn bytes(content: &[u8]) -> Result<(), Failure> {
    write(content).map(|_| ())
}

/// Writes a part of more; breaks when the reader went away.
pub(crate) fn write(content: &[u8]) -> Result<ControlFlow<()>, Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(content).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(ControlFlow::Continue(())),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ControlFlow::Break(())),
        Err(error) => Err(Failure::io("cannot write to standard output", &error)),
    }
}

/// Tells the caller something beside the result, on standard error.
pub(crate) fn note(kind: &str, text: &str) {
    let paint = Paint::of(io::stderr().is_terminal());
    // Nobody is left to tell when standard error fails.
    let _ = writeln!(io::stderr(), "{}: {text}", paint.warning(kind));
}
