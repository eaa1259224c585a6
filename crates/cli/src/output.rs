//! Standard output, and colours where a person looks at it.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

use clap::builder::styling::{AnsiColor, Style};

use crate::failure::Failure;

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

/// Colours, or none.
#[derive(Clone, Copy)]
pub(crate) struct Paint {
    colours: bool,
}

impl Paint {
    /// For standard output.
    pub(crate) fn stdout() -> Paint {
        Paint::of(io::stdout().is_terminal())
    }

    /// Colours on a terminal that can show them, unless NO_COLOR is set.
    pub(crate) fn of(is_terminal: bool) -> Paint {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Paint { colours: is_terminal && !set("NO_COLOR") && !is_dumb }
    }

    pub(crate) fn title(self, text: impl Display) -> String {
        self.with(Style::new().bold(), text)
    }

    pub(crate) fn label(self, text: impl Display) -> String {
        self.with(Style::new().dimmed(), text)
    }

    pub(crate) fn good(self, text: impl Display) -> String {
        self.with(AnsiColor::Green.on_default().bold(), text)
    }

    pub(crate) fn warning(self, text: impl Display) -> String {
        self.with(AnsiColor::Yellow.on_default().bold(), text)
    }

    pub(crate) fn bad(self, text: impl Display) -> String {
        self.with(AnsiColor::Red.on_default().bold(), text)
    }

    fn with(self, style: Style, text: impl Display) -> String {
        if self.colours { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}

/// The text in lines that fit a page, all but the first indented.
pub(crate) fn wrapped(text: &str, indent: usize) -> String {
    const WIDTH: usize = 100;
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("one at least");
        if !last.is_empty() && indent + last.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines.join(&format!("\n{:indent$}", ""))
}

/// The text without characters that would move a terminal's cursor: tokens and files come from strangers.
pub(crate) fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_debug().collect() } else { vec![c] }).collect()
}
