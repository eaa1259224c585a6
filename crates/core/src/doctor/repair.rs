//! Finds the token in a text that was damaged on its way.

use std::borrow::Cow;

use super::table::FindingCode;
use crate::bounds::Bounds;
use crate::error::{Error, ErrorCode};
use crate::inspect::Unverified;

/// What became of a text: the token, if one could be read, and what had to be mended first.
pub(super) struct Repaired {
    pub(super) token: Option<Unverified>,
    /// The text, mended as far as it could be.
    pub(super) text: String,
    /// What was wrong with the text, and the details, in the order found.
    pub(super) damage: Vec<(FindingCode, String)>,
}

/// Strips one layer of damage, if it has that kind.
type Mend = fn(&str) -> Option<(Cow<'_, str>, String)>;

const MENDS: [(FindingCode, Mend); 6] = [
    (FindingCode::TokenInJson, out_of_json),
    (FindingCode::TokenPrefixed, without_prefix),
    (FindingCode::TokenQuoted, without_quotes),
    (FindingCode::TokenUrlEncoded, url_decoded),
    (FindingCode::TokenHasBlanks, without_blanks),
    (FindingCode::TokenUrlSafe, standard_alphabet),
];

/// Lengths that database columns and buffers have.
const COMMON_LIMITS: [usize; 10] = [64, 100, 128, 191, 200, 250, 255, 256, 500, 512];

/// Characters in the longest text that is looked into: more than any token within the bounds has, damaged or not.
const LONGEST_TEXT: usize = 4 * Bounds::STRANGER.payload_size;

pub(super) fn repair(given: &str) -> Repaired {
    if given.len() > LONGEST_TEXT {
        let cause = format!("the text has {} bytes, far more than any token", given.len());
        return Repaired { token: None, text: String::new(), damage: vec![(FindingCode::NotAToken, cause)] };
    }
    let mut text = Cow::Borrowed(given);
    let mut damage = Vec::new();
    // Damage comes in layers: quotes around a URL-encoded token, say. Each kind is mended once.
    let mut kinds = MENDS.to_vec();
    while let Some((index, (code, mended, details))) = kinds.iter().enumerate().find_map(|(index, (code, mend))| {
        mend(&text).map(|(mended, details)| (index, (*code, mended.into_owned(), details)))
    }) {
        kinds.remove(index);
        text = Cow::Owned(mended);
        damage.push((code, details));
    }
    match read(&text) {
        Ok(token) => Repaired { token: Some(token), text: text.into_owned(), damage },
        Err(error) => {
            let (token, finding) = read_part(&text, &error);
            // Mended text that is no token after all had nothing to mend.
            if token.is_none() && !is_versioned(&text) {
                damage.clear();
            }
            damage.push(finding);
            Repaired { token, text: text.into_owned(), damage }
        }
    }
}

/// What a text is that cannot be read as it stands; a token with something behind it still is one.
fn read_part(text: &str, error: &Error) -> (Option<Unverified>, (FindingCode, String)) {
    if !is_versioned(text) {
        return match without_its_start(text) {
            Some((token, cause)) => (Some(token), (FindingCode::TokenDamaged, cause.into())),
            None => (None, unversioned(text)),
        };
    }
    if let Some((token, extra)) = longest_token_at_start(text) {
        let cause = match extra {
            1 => "1 character follows the end of the token".to_owned(),
            extra => format!("{extra} characters follow the end of the token"),
        };
        return (Some(token), (FindingCode::TokenHasExtra, cause));
    }
    let length = text.len();
    let finding = match error.code() {
        ErrorCode::TokenTruncated => {
            (FindingCode::TokenTruncated, format!("the token breaks off after {length} characters"))
        }
        ErrorCode::TokenBase64 | ErrorCode::TokenCompression if looks_cut(text) => {
            let limit =
                if COMMON_LIMITS.contains(&length) { ", a length that database columns and buffers have" } else { "" };
            (FindingCode::TokenTruncated, format!("the token breaks off after {length} characters{limit}"))
        }
        ErrorCode::TokenBase64 | ErrorCode::TokenCompression if text.len().saturating_sub(3).is_multiple_of(4) => (
            FindingCode::TokenDamaged,
            format!(
                "the token cannot be read, some of its characters are wrong or its end is missing: {}",
                error.reason()
            ),
        ),
        _ => (FindingCode::TokenDamaged, format!("the token cannot be read: {}", error.reason())),
    };
    (None, finding)
}

fn read(text: &str) -> Result<Unverified, Error> {
    Unverified::parse_within(text, &Bounds::STRANGER)
}

fn is_versioned(text: &str) -> bool {
    text.starts_with("006") || text.starts_with("007")
}

/// A token whose first characters were lost in copying.
fn without_its_start(text: &str) -> Option<(Unverified, &'static str)> {
    const LOST: [(usize, &str); 3] = [
        (1, "the first character of the token is missing"),
        (2, "the first 2 characters of the token are missing"),
        (3, "the first 3 characters of the token are missing"),
    ];
    LOST.into_iter().find_map(|(lost, cause)| {
        ["007", "006"].into_iter().find_map(|version| {
            let token = read(&format!("{}{text}", version.get(..lost)?)).ok()?;
            Some((token, cause))
        })
    })
}

fn unversioned(text: &str) -> (FindingCode, String) {
    let older = ["003", "004", "005"];
    if text.is_empty() {
        (FindingCode::NoToken, "the token is an empty text".into())
    } else if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let cause = "32 hexadecimal digits stand where the token belongs: an App ID or an App Certificate";
        (FindingCode::TokenIsCredential, cause.into())
    } else if let Some(version) = older.iter().find(|version| text.starts_with(**version)) {
        (FindingCode::TokenOldGeneration, format!("the token starts with {version}, a generation before AccessToken"))
    } else if ["undefined", "null", "None", "nil", "NaN"].contains(&text) {
        (FindingCode::NoToken, format!("the token is the text {text:?}, which a program printed in place of one"))
    } else if text.starts_with("eyJ") {
        (FindingCode::NotAToken, "the text is a JSON web token".into())
    } else if text.trim_start().starts_with(['{', '[']) {
        (FindingCode::NotAToken, "the text is JSON in which no token stands: perhaps an error of the server".into())
    } else if text.trim_start().starts_with('<') {
        let cause = "the text is a web page: the address is wrong, or the server failed";
        (FindingCode::NotAToken, cause.into())
    } else {
        (FindingCode::NotAToken, "the text does not start with 006 or 007".into())
    }
}

/// All that is there is good, and it is not all. A character that was changed may look so too, but for the length: what
/// is whole base64, with its padding or without, has its end, unless it was cut where four characters end.
fn looks_cut(text: &str) -> bool {
    let body = text.get(3..).unwrap_or_default();
    if body.len().is_multiple_of(4) && (body.ends_with('=') || !COMMON_LIMITS.contains(&text.len())) {
        return false;
    }
    let body = body.trim_end_matches('=');
    if !body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')) {
        return false;
    }
    // Cut to whole base64 groups, the stream must end early rather than be wrong.
    let partial = body.len() % 4;
    let head = text.get(..body.len().saturating_add(3).saturating_sub(partial)).unwrap_or(text);
    match read(head) {
        Err(error) => {
            error.code() == ErrorCode::TokenTruncated
                || (error.code() == ErrorCode::TokenCompression && error.reason().contains("cut short"))
        }
        Ok(_) => false,
    }
}

/// A beginning that is a whole token, and how many characters follow it. It may end at its padding, before another
/// token, or a little before the end of the text.
fn longest_token_at_start(text: &str) -> Option<(Unverified, usize)> {
    const MOST_EXTRA: usize = 64;
    let after_padding = text.find('=').map(|at| text.get(at..).map_or(at, |rest| at.saturating_add(rest.len().min(2))));
    let at_padding = after_padding.into_iter().flat_map(|end| [end, end.saturating_sub(1)]);
    let before_another = text.match_indices("00").map(|(at, _)| at).skip(1).take(MOST_EXTRA);
    let near_end = (text.len().saturating_sub(MOST_EXTRA)..text.len()).rev();
    at_padding.chain(before_another).chain(near_end).filter(|end| *end < text.len()).find_map(|end| {
        let token = read(text.get(..end)?).ok()?;
        Some((token, text.len().saturating_sub(end)))
    })
}

fn out_of_json(text: &str) -> Option<(Cow<'_, str>, String)> {
    let trimmed = text.trim();
    if !trimmed.starts_with('{') {
        return None;
    }
    let value: serde_json::Value = serde_json::from_str(trimmed).ok()?;
    let (name, token) = find_token(&value)?;
    // Another name may be a user's.
    let is_telling =
        name.bytes().all(|byte| byte.is_ascii_alphabetic()) && name.to_ascii_lowercase().ends_with("token");
    let where_in =
        if is_telling { format!("its member {name} is the token") } else { "in which the token stands".into() };
    Some((Cow::Owned(token.to_owned()), format!("the text is a whole JSON answer, {where_in}")))
}

fn find_token(value: &serde_json::Value) -> Option<(&str, &str)> {
    if let Some(list) = value.as_array() {
        return list.iter().find_map(find_token);
    }
    value.as_object()?.iter().find_map(|(name, value)| match value.as_str() {
        Some(text) if is_versioned(text) => Some((name.as_str(), text)),
        _ => find_token(value),
    })
}

fn without_prefix(text: &str) -> Option<(Cow<'_, str>, String)> {
    const PREFIXES: [&str; 8] =
        ["bearer ", "token=", "token:", "token ", "rtctoken=", "rtmtoken=", "authorization: bearer ", "agora token="];
    let lower = text.get(..text.len().min(24)).unwrap_or(text).to_ascii_lowercase();
    if let Some(prefix) = PREFIXES.iter().find(|prefix| lower.starts_with(**prefix)) {
        let rest = text.get(prefix.len()..)?.trim_start();
        return Some((Cow::Borrowed(rest), format!("{:?} stands before the token", prefix.trim())));
    }
    let start = start_of_token(text).filter(|start| *start > 0)?;
    let before = text.get(..start)?;
    // Blanks and quotes have findings of their own.
    if !before.contains(char::is_alphanumeric) {
        return None;
    }
    let count = before.chars().count();
    let cause = format!("{count} character{} before the token", if count == 1 { " stands" } else { "s stand" });
    Some((Cow::Borrowed(text.get(start..)?), cause))
}

/// Where something begins that looks like a token whatever stands before it: by zlib's usual header in 007, by the App ID
/// in 006.
fn start_of_token(text: &str) -> Option<usize> {
    if is_versioned(text) {
        return None;
    }
    let of_007 = text.find("007eJ");
    let of_006 = text.match_indices("006").map(|(start, _)| start).find(|start| {
        text.get(start.saturating_add(3)..start.saturating_add(35))
            .is_some_and(|app_id| app_id.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    of_007.into_iter().chain(of_006).min()
}

fn without_quotes(text: &str) -> Option<(Cow<'_, str>, String)> {
    const QUOTES: [char; 8] = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}', '\\'];
    let bare = text.trim().trim_matches(QUOTES);
    (bare.len() != text.trim().len()).then(|| (Cow::Borrowed(bare), "the token is in quotes".into()))
}

fn url_decoded(text: &str) -> Option<(Cow<'_, str>, String)> {
    let lower = text.to_ascii_lowercase();
    if !["%2b", "%2f", "%3d", "%0a", "%20", "%25"].iter().any(|code| lower.contains(code)) {
        // A plus sign that was decoded once too often is a blank inside the token.
        let inner = text.trim();
        if inner.contains(' ') && !inner.contains(['\n', '\r', '\t']) && read(&inner.replace(' ', "+")).is_ok() {
            let cause = "blanks stand where the token had plus signs: it was URL-decoded once too often";
            return Some((Cow::Owned(inner.replace(' ', "+")), cause.into()));
        }
        return None;
    }
    let mut decoded = text.to_owned();
    // Twice encoded is twice decoded: %252B. More often than this it is no accident.
    const MOST_TIMES: usize = 4;
    for _ in 1..MOST_TIMES {
        decoded = decoded.replace("%25", "%");
    }
    for (code, plain) in [("2b", "+"), ("2f", "/"), ("3d", "="), ("0a", "\n"), ("0d", "\r"), ("20", " ")] {
        decoded =
            decoded.replace(&format!("%{code}"), plain).replace(&format!("%{}", code.to_ascii_uppercase()), plain);
    }
    Some((Cow::Owned(decoded), "the token is URL-encoded".into()))
}

fn without_blanks(text: &str) -> Option<(Cow<'_, str>, String)> {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\0');
    let mut blanks = text.char_indices().filter(|(_, c)| is_blank(*c));
    let (index, first) = blanks.next()?;
    let more = blanks.count();
    let kind = match first {
        '\n' | '\r' => "a newline",
        c if c.is_whitespace() => "a blank",
        _ => "an invisible character",
    };
    let bare: String = text.chars().filter(|c| !is_blank(*c)).collect();
    let cause = match more {
        0 => format!("the token has {kind} at position {}", index.saturating_add(1)),
        more => format!("the token has {kind} at position {}, and {more} more blanks", index.saturating_add(1)),
    };
    (!bare.is_empty()).then_some((Cow::Owned(bare), cause))
}

fn standard_alphabet(text: &str) -> Option<(Cow<'_, str>, String)> {
    if !is_versioned(text) || !text.contains(['-', '_']) {
        return None;
    }
    let mut standard = text.replace('-', "+").replace('_', "/");
    // URL-safe writers leave the padding out as well.
    while !standard.len().saturating_sub(3).is_multiple_of(4) {
        standard.push('=');
    }
    read(&standard)
        .is_ok()
        .then(|| (Cow::Owned(standard), "the token is in the URL-safe alphabet, with - and _ for + and /".into()))
}
