//! App ID and App Certificate: 32 hexadecimal digits each, kept as text because their letter case is signed.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use crate::error::{Error, ErrorCode};

const DIGITS: usize = 32;

/// Bytes in the largest file that an App ID or App Certificate is read from. It needs 33.
#[doc(hidden)]
pub const MAX_CREDENTIAL_FILE_SIZE: usize = 4096;

/// The App ID of an Agora project: 32 hexadecimal digits. Public.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct AppId([u8; DIGITS]);

impl AppId {
    /// Checks and takes an App ID.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAppId`] unless it is exactly 32 hexadecimal digits.
    pub fn new(text: &str) -> Result<AppId, Error> {
        AppId::from_bytes(text.as_bytes())
    }

    /// Takes an App ID from the content of a file, which may end in one newline.
    ///
    /// # Errors
    /// As [`AppId::new`]; also of a file of more than 4,096 bytes and of bytes that are no text.
    pub fn from_file_content(content: &[u8]) -> Result<AppId, Error> {
        if content.len() > MAX_CREDENTIAL_FILE_SIZE {
            return Err(ErrorCode::InvalidAppId.because(TOO_LARGE));
        }
        AppId::from_bytes(without_newline(content))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<AppId, Error> {
        match hex_digits(bytes) {
            Some(digits) => Ok(AppId(digits)),
            None => Err(ErrorCode::InvalidAppId.because(what_is_wrong(bytes))),
        }
    }

    /// The digits as given.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AppId({})", self.as_str())
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AppId {
    type Err = Error;

    fn from_str(text: &str) -> Result<AppId, Error> {
        AppId::new(text)
    }
}

/// An App Certificate: 32 hexadecimal digits. Secret: it signs tokens, so it is redacted in `Debug` and wiped from
/// memory when dropped.
#[derive(Clone)]
pub struct AppCertificate(Zeroizing<[u8; DIGITS]>);

impl AppCertificate {
    /// Checks and takes an App Certificate.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAppCertificate`] unless it is exactly 32 hexadecimal digits. The reason names lengths and
    /// positions, never a character of it.
    pub fn new(text: &str) -> Result<AppCertificate, Error> {
        AppCertificate::from_bytes(text.as_bytes())
    }

    /// Takes an App Certificate from the content of a file, which may end in one newline.
    ///
    /// # Errors
    /// As [`AppCertificate::new`]; also of a file of more than 4,096 bytes and of bytes that are no text.
    pub fn from_file_content(content: &[u8]) -> Result<AppCertificate, Error> {
        if content.len() > MAX_CREDENTIAL_FILE_SIZE {
            return Err(ErrorCode::InvalidAppCertificate.because(TOO_LARGE));
        }
        AppCertificate::from_bytes(without_newline(content))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<AppCertificate, Error> {
        match hex_digits(bytes) {
            Some(digits) => Ok(AppCertificate(Zeroizing::new(digits))),
            None => Err(ErrorCode::InvalidAppCertificate.because(what_is_wrong(bytes))),
        }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl fmt::Debug for AppCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppCertificate([redacted])")
    }
}

impl FromStr for AppCertificate {
    type Err = Error;

    fn from_str(text: &str) -> Result<AppCertificate, Error> {
        AppCertificate::new(text)
    }
}

/// What every builder needs: who the project is and what it signs with.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The project.
    pub app_id: AppId,
    /// Its primary or secondary certificate.
    pub app_certificate: AppCertificate,
}

impl Credentials {
    /// Checks and takes both.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAppId`] or [`ErrorCode::InvalidAppCertificate`], also where both are the same.
    pub fn new(app_id: &str, app_certificate: &str) -> Result<Credentials, Error> {
        Credentials::of(AppId::new(app_id)?, AppCertificate::new(app_certificate)?)
    }

    /// Takes both, which were checked one by one.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAppCertificate`] where both are the same.
    pub fn of(app_id: AppId, app_certificate: AppCertificate) -> Result<Credentials, Error> {
        refuse_the_same(&app_id, &app_certificate)?;
        Ok(Credentials { app_id, app_certificate })
    }
}

impl Credentials {
    /// What the environment says: `AGORA_APP_ID` and `AGORA_APP_CERTIFICATE`.
    ///
    /// # Errors
    /// As [`Credentials::new`]; also where a variable is not set. The field is the variable's name.
    pub fn from_env() -> Result<Credentials, Error> {
        let app_id = AppId::from_bytes(variable(APP_ID, ErrorCode::InvalidAppId)?.as_bytes());
        let app_certificate = certificate_of(APP_CERTIFICATE)?;
        Credentials::of(app_id.map_err(|error| error.in_field(APP_ID))?, app_certificate)
            .map_err(|error| error.in_field(APP_CERTIFICATE))
    }
}

const APP_ID: &str = "AGORA_APP_ID";
const APP_CERTIFICATE: &str = "AGORA_APP_CERTIFICATE";
const APP_CERTIFICATE_SECONDARY: &str = "AGORA_APP_CERTIFICATE_SECONDARY";

/// The certificate that a project has beside its own while certificates are rotated, if the environment names one.
pub(crate) fn secondary_from_env() -> Result<Option<AppCertificate>, Error> {
    if std::env::var_os(APP_CERTIFICATE_SECONDARY).is_none() {
        return Ok(None);
    }
    certificate_of(APP_CERTIFICATE_SECONDARY).map(Some)
}

fn certificate_of(name: &'static str) -> Result<AppCertificate, Error> {
    let text = Zeroizing::new(variable(name, ErrorCode::InvalidAppCertificate)?);
    AppCertificate::new(&text).map_err(|error| error.in_field(name))
}

fn variable(name: &'static str, code: ErrorCode) -> Result<String, Error> {
    std::env::var(name).map_err(|error| match error {
        std::env::VarError::NotPresent => code.of(name, "is not set in the environment"),
        std::env::VarError::NotUnicode(_) => code.of(name, "is not text, 32 hexadecimal digits expected"),
    })
}

const TOO_LARGE: &str = "has more than 4096 bytes, 32 hexadecimal digits expected";

/// The content without the one newline, LF or CR LF, that a text file or a pipe ends in.
#[doc(hidden)]
pub fn without_newline(content: &[u8]) -> &[u8] {
    match content.strip_suffix(b"\n") {
        Some(line) => line.strip_suffix(b"\r").unwrap_or(line),
        None => content,
    }
}

/// Whether a text that is about to be quoted in an error may be a misplaced App Certificate, key or token: these are
/// long runs of letters and digits, options and names of settings are short words.
#[doc(hidden)]
pub fn may_be_secret(text: &str) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '/' | '='))).any(|run| run.chars().count() >= 16)
}

/// Every token shows its App ID, so one that is the certificate would publish it.
pub(crate) fn refuse_the_same(app_id: &AppId, app_certificate: &AppCertificate) -> Result<(), Error> {
    if app_id.as_bytes().eq_ignore_ascii_case(app_certificate.as_bytes()) {
        let reason = "is the App ID too: one of the two is in the wrong place, and tokens show the App ID";
        return Err(ErrorCode::InvalidAppCertificate.because(reason));
    }
    Ok(())
}

fn hex_digits(bytes: &[u8]) -> Option<[u8; DIGITS]> {
    let digits: [u8; DIGITS] = bytes.try_into().ok()?;
    // Without leaving early: it takes vectors, and the same time for every certificate.
    digits.iter().fold(true, |all, byte| all & byte.is_ascii_hexdigit()).then_some(digits)
}

/// Says what stands in the way without showing any of it, for a certificate is a secret.
fn what_is_wrong(bytes: &[u8]) -> String {
    const EXPECTED: &str = "32 hexadecimal digits expected";
    if bytes.is_empty() {
        return format!("is empty, {EXPECTED}");
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return format!("is not text, {EXPECTED}");
    };
    let count = text.chars().count();
    let mut reason = if count == DIGITS {
        let position = text.chars().position(|c| !c.is_ascii_hexdigit()).unwrap_or_default();
        format!(
            "has a character that is not a hexadecimal digit at position {}, {EXPECTED}",
            position.saturating_add(1)
        )
    } else {
        format!("has {count} character{}, {EXPECTED}", if count == 1 { "" } else { "s" })
    };
    if let Some(hint) = hint(text) {
        reason.push_str("; ");
        reason.push_str(hint);
    }
    reason
}

fn hint(text: &str) -> Option<&'static str> {
    let quotes = ['"', '\'', '`'];
    if text.trim().is_empty() {
        Some("it is all blanks")
    } else if text.ends_with('\n') || text.ends_with('\r') {
        Some("it ends in a newline")
    } else if text.ends_with(char::is_whitespace) {
        Some("it ends in a blank")
    } else if text.starts_with('\u{feff}') {
        Some("it starts with a byte order mark")
    } else if text.starts_with(char::is_whitespace) {
        Some("it starts with a blank")
    } else if text.starts_with(quotes) || text.ends_with(quotes) {
        Some("it is in quotes")
    } else if text.contains('<') || text.as_bytes().windows(4).any(|part| part.eq_ignore_ascii_case(b"your")) {
        Some("it is a placeholder")
    } else if text.contains('-') {
        Some("it holds dashes, as a UUID does")
    } else if text.contains(char::is_whitespace) {
        Some("it holds a blank")
    } else if !text.is_ascii() {
        Some("it holds a character outside ASCII")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";

    #[test]
    fn a_trailing_newline_is_named() {
        let error = AppCertificate::new(&format!("{CERTIFICATE}\n")).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidAppCertificate);
        assert_eq!(error.field(), "app_certificate");
        assert_eq!(error.reason(), "has 33 characters, 32 hexadecimal digits expected; it ends in a newline");
        assert!(error.to_string().starts_with("app_certificate has 33 characters"));
    }

    #[test]
    fn reasons_never_show_the_value() {
        for wrong in
            ["5CFd2fd1755d40ecb72977518be15d3", "secretsecretsecretsecretsecretse", "5CFd2fd1755d40ecb72977518be15d  "]
        {
            let reason = AppCertificate::new(wrong).unwrap_err().to_string();
            for part in wrong.as_bytes().windows(4).map(|w| std::str::from_utf8(w).unwrap().trim()) {
                assert!(part.len() < 4 || !reason.contains(part), "{reason}");
            }
        }
    }

    #[test]
    fn one_newline_at_the_end_of_a_file_is_dropped() {
        for (content, expected) in
            [("a\n", "a"), ("a\r\n", "a"), ("a\n\n", "a\n"), ("a\r", "a\r"), ("a ", "a "), ("\na", "\na"), ("", "")]
        {
            assert_eq!(without_newline(content.as_bytes()), expected.as_bytes(), "{content:?}");
        }
        for end in ["", "\n", "\r\n"] {
            let content = format!("{CERTIFICATE}{end}");
            assert_eq!(AppId::from_file_content(content.as_bytes()).unwrap().as_str(), CERTIFICATE);
            assert_eq!(
                AppCertificate::from_file_content(content.as_bytes()).unwrap().as_bytes(),
                CERTIFICATE.as_bytes()
            );
        }
    }

    #[test]
    fn a_file_that_is_no_certificate_is_refused_and_never_cut() {
        let padded = |size: usize| [CERTIFICATE.as_bytes(), vec![b' '; size - 32].as_slice()].concat();
        for (content, reason) in [
            (padded(4096), "has 4096 characters"),
            (padded(4097), "has more than 4096 bytes"),
            (format!("{CERTIFICATE}\n\n").into_bytes(), "it ends in a newline"),
            (vec![0xff; 32], "is not text"),
            (Vec::new(), "is empty"),
        ] {
            let error = AppCertificate::from_file_content(&content).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidAppCertificate);
            assert!(error.reason().contains(reason), "{error}");
            assert!(AppId::from_file_content(&content).unwrap_err().reason().contains(reason));
        }
    }

    #[test]
    fn certificates_and_tokens_may_be_secret_and_words_are_not() {
        for secret in
            [CERTIFICATE, "--5CFd2fd1755d40ecb72977518be15d3b", "007eJxTYBBbsMMnKq7p9H", "key=`5CFd2fd1755d40ec`"]
        {
            assert!(may_be_secret(secret), "{secret}");
        }
        for word in
            ["--join-channel-privilege-lifetime", "mnit", "--app-certificate-file <FILE>", "`limit_per_address`"]
        {
            assert!(!may_be_secret(word), "{word}");
        }
    }

    #[test]
    fn debug_is_redacted() {
        let credentials = Credentials::new("970CA35de60c44645bbae8a215061b33", CERTIFICATE).unwrap();
        let shown = format!("{credentials:?}");
        assert!(shown.contains("970CA35de60c44645bbae8a215061b33") && !shown.contains("5CFd"), "{shown}");
    }
}
