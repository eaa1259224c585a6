//! Rows in JSON lines.

use agora_token::IssuedToken;
use agora_token_rows::Minter;
use agora_token_rows::json::Object;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::blocks::Block;
use crate::failure::Failure;

pub(super) fn mint(minter: &Minter, block: &mut Block) -> Result<(), Failure> {
    let input = std::mem::take(&mut block.input);
    for (line, text) in (block.first_line..).zip(input.split_inclusive(|byte| *byte == b'\n')) {
        // The byte order mark that some editors write.
        let text = if line == 1 { text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text) } else { text };
        let text = text.trim_ascii();
        if text.is_empty() {
            continue;
        }
        let object = Object::read(text);
        let issued = match &object {
            Ok(object) => object.row().and_then(|row| minter.issue(row)),
            Err(error) => Err(error.clone()),
        };
        match issued {
            Ok(issued) => {
                write_start(&mut block.output, text);
                write_token(&mut block.output, &issued);
                block.minted += 1;
            }
            Err(error) => {
                let document = Failure::from(error.clone()).document();
                if object.is_ok() {
                    write_start(&mut block.output, text);
                    block.output.extend_from_slice(format!("\"error\":{document}}}").as_bytes());
                } else {
                    block.output.extend_from_slice(unread(line, text, &document).to_string().as_bytes());
                }
                block.refuse(line, error)?;
            }
        }
        block.output.push(b'\n');
    }
    block.input = input;
    Ok(())
}

/// The object as it came, open for more keys.
fn write_start(output: &mut Vec<u8>, object: &[u8]) {
    let open = object.strip_suffix(b"}").unwrap_or(object);
    output.extend_from_slice(open);
    if open.trim_ascii() != b"{" {
        output.push(b',');
    }
}

/// A token is base64, which JSON takes as it is.
fn write_token(output: &mut Vec<u8>, issued: &IssuedToken) {
    let [expires_at, refresh_after] = [issued.expires_at, issued.refresh_after].map(|time| time.as_secs().to_string());
    let parts = ["\"token\":\"", &issued.token, "\",\"expiresAt\":", &expires_at, ",\"refreshAfter\":", &refresh_after];
    parts.iter().for_each(|part| output.extend_from_slice(part.as_bytes()));
    output.push(b'}');
}

/// What stands for a line that is no row. JSON cannot hold every byte.
fn unread(line: u64, text: &[u8], error: &Value) -> Value {
    match std::str::from_utf8(text) {
        Ok(text) => json!({ "line": line, "input": text, "error": error }),
        Err(_) => json!({ "line": line, "inputBase64": STANDARD.encode(text), "error": error }),
    }
}
