//! The settings file.

use std::path::Path;

use agora_token::may_be_secret;

use super::table::ServeArgs;
use super::values::in_folder_of;
use crate::error::Error;
use crate::small_file;

pub(super) fn read(path: &Path) -> Result<ServeArgs, Error> {
    let content = small_file::read(path, "config")?;
    in_folder_of(path, || parse(&content))
}

pub(super) fn parse(content: &[u8]) -> Result<ServeArgs, Error> {
    let text = std::str::from_utf8(content).map_err(|_| Error::setting("config", "the file is not UTF-8"))?;
    // The error's own text quotes the line, which may hold a secret that somebody put there.
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| {
            let before = text.as_bytes().get(..span.start).unwrap_or_default();
            before.iter().filter(|byte| **byte == b'\n').count() + 1
        });
        let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
        Error::setting("config", format!("{place}{}", without_values(error.message())))
    })
}

/// serde names unknown keys, which helps, and quotes wrong values, which may be secret.
fn without_values(message: &str) -> String {
    for (quoted, end) in [("string \"", "\", expected"), ("unknown variant `", "`, expected")] {
        if let Some((before, rest)) = message.split_once(quoted) {
            let expected = rest.rsplit_once(end).map(|(_, expected)| expected).unwrap_or_default();
            return format!("{before}a text that is not shown, expected{expected}");
        }
    }
    let words = message.split(' ').map(|word| if may_be_secret(word) { "(not shown)" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_line_and_not_the_value() {
        const SECRET: &str = "5CFd2fd1755d40ecb72977518be15d3b";
        for (line, names) in [
            (format!("app_certificate = \"{SECRET}\""), "app_certificate"),
            (format!("demo = \"{SECRET}\""), "boolean"),
            (format!("limit_per_address = \"{SECRET}\""), "u32"),
            (format!("listen = \"{SECRET}\""), "socket address"),
            (format!("lifetime = \"{SECRET}\""), "seconds"),
            (format!("app_id = {SECRET}"), "line 2"),
            (format!("log_level = \"{SECRET}\""), "debug"),
            (format!("{SECRET} = 1"), "unknown field"),
        ] {
            let error = parse(format!("compat = true\n{line}\n").as_bytes()).unwrap_err();
            let text = error.to_string();
            assert!(text.contains("line 2") && text.contains(names), "{text}");
            assert!(!text.contains("5CFd"), "{text}");
        }
    }
}
