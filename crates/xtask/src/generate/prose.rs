//! Sentences of the description, in the words of a language and in lines.

/// Puts what `spell` makes of each `{name}` in its place.
pub(super) fn expand(text: &str, spell: impl Fn(&str) -> String) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        // A brace that stands for itself, as among the characters of a channel name, is not followed by a name.
        let name = after.split_once('}').filter(|(name, _)| !name.is_empty() && name.bytes().all(is_of_name));
        expanded.push_str(before);
        rest = match name {
            Some((name, after)) => {
                expanded.push_str(&spell(name));
                after
            }
            None => {
                expanded.push('{');
                after
            }
        };
    }
    expanded + rest
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

/// Lines of at most `width` characters, each after `prefix`; what follows the first of a list item is indented as it.
pub(super) fn wrap(text: &str, prefix: &str, width: usize) -> Vec<String> {
    let hang = if text.starts_with("- ") { "  " } else { "" };
    let mut lines = Vec::new();
    let mut line = prefix.to_owned();
    let mut is_empty = true;
    for word in text.split(' ') {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, format!("{prefix}{hang}")));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Writes the comment of a function of the C ABI, in lines that are not too long.
pub(super) fn document(text: &mut String, docs: &str) {
    for line in docs.lines() {
        if line.is_empty() {
            text.push_str("///\n");
            continue;
        }
        let (indent, line) = line.split_at(line.len() - line.trim_start().len());
        let width = if is_item(line) { 112 } else { 116 };
        for (number, wrapped) in wrap(line, "", width - indent.len()).into_iter().enumerate() {
            // What a paragraph of an argument goes on with is indented.
            let hang = if number > 0 && is_item(line) { "    " } else { "" };
            text.push_str(&format!("/// {indent}{hang}{}\n", wrapped.trim()));
        }
    }
}

/// Whether a line of a comment speaks of one argument, or lists errors.
fn is_item(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(name, _)| {
        name == "Errors"
            || name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_, ".contains(&byte))
    })
}

/// `build_token2_with_uid` as `buildToken2WithUid`.
pub(super) fn camel(name: &str) -> String {
    let mut camel = String::new();
    for (index, part) in name.split('_').enumerate() {
        let (first, rest) = part.split_at(usize::from(index > 0 && !part.is_empty()));
        camel.push_str(&first.to_uppercase());
        camel.push_str(rest);
    }
    camel
}

/// `publishAudioStream` as `publish_audio_stream`.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_their_spelling() {
        assert_eq!(camel("build_token2_with_uid"), "buildToken2WithUid");
        assert_eq!(camel("uid"), "uid");
        assert_eq!(snake("publishAudioStream"), "publish_audio_stream");
    }

    #[test]
    fn only_names_are_expanded() {
        let text = "as {token_expire}, of @[]^_{}|~ and {";
        assert_eq!(expand(text, |name| format!("<{name}>")), "as <token_expire>, of @[]^_{}|~ and {");
    }

    #[test]
    fn lines_are_not_too_long() {
        let lines = wrap("- one two three four", "/// ", 15);
        assert_eq!(lines, ["/// - one two", "///   three", "///   four"]);
    }
}
