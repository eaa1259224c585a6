//! What a fuzzer begins with: the tokens of tests/vectors.

use std::path::Path;
use std::sync::LazyLock;

use agora_token::{AccessToken, Credentials, Stamp, UnverifiedToken2, stages};
use serde_json::Value;

use crate::{APP_CERTIFICATE, APP_ID};

/// A token of 006 with what is signed beside it.
pub(crate) struct Seed006 {
    pub(crate) token: String,
    pub(crate) channel_name: String,
    pub(crate) account: String,
}

/// The seeds of a target.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let tokens = tokens();
    let payloads =
        || tokens.iter().filter_map(|text| UnverifiedToken2::parse(text).ok()).map(|read| read.payload().to_vec());
    let mut seeds: Vec<Vec<u8>> = match target {
        "payload" | "deflate" | "json" => payloads().collect(),
        "inflate" => payloads().filter_map(|payload| stages::deflate(&payload, <[u8]>::to_vec).ok()).collect(),
        "doctor" => tokens.iter().map(|token| [token.as_bytes(), &vec![b'x'; token.len()]].concat()).collect(),
        "forgery" | "forgery_006" => (0..=255).map(|selector| vec![selector, 6, 0, 0, 0, 1, 1, 1]).collect(),
        "builders" => {
            (0..=255).map(|selector| [&[selector], b"room\nalice\n\x01\n\x0e\n\n\n\n\n".as_slice()].concat()).collect()
        }
        _ => tokens.iter().map(|token| token.clone().into_bytes()).collect(),
    };
    seeds.retain(|seed| seed.len() <= 4096);
    seeds
}

/// Every token of the vectors that is given as one text.
fn tokens() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors");
    let mut tokens = Vec::new();
    for file in ["valid.json", "malformed.json", "official-strings.json"] {
        let text = std::fs::read_to_string(folder.join(file)).expect("the vectors can be read");
        let file: Value = serde_json::from_str(&text).expect("the vectors are JSON");
        let cases = file["cases"].as_array().expect("the vectors have cases");
        tokens.extend(cases.iter().filter_map(|case| Some(case["token"].as_str()?.to_owned())));
    }
    assert!(!tokens.is_empty());
    tokens
}

/// Tokens that the sample certificate signed.
pub(crate) static SIGNED_007: LazyLock<Vec<String>> = LazyLock::new(|| {
    let certificate = crate::certificate();
    let is_signed =
        |text: &String| UnverifiedToken2::parse(text).is_ok_and(|read| read.verify_signature(&certificate).is_ok());
    tokens().into_iter().filter(is_signed).collect()
});

/// AccessTokens for accounts of any kind, with salts of ours and of other libraries.
pub(crate) static SIGNED_006: LazyLock<Vec<Seed006>> = LazyLock::new(|| {
    let credentials = Credentials::new(APP_ID, APP_CERTIFICATE).expect("the sample credentials are such");
    let accounts = ["123456", "alice", "admin123456", "AAAA\u{7f}\u{7f}\u{7f}\u{7f}\u{6}\0zz"];
    let salts = [1, 16_842_752, 99_999_999, 5 << 16 | 7, 2 << 16 | 7, u32::MAX];
    let privileges: [&[u16]; 2] = [&[1], &[1, 2, 3, 4]];
    let mut seeds = Vec::new();
    for (account, salt) in accounts.into_iter().flat_map(|account| salts.map(|salt| (account, salt))) {
        for privileges in privileges {
            let stamp = Stamp { issue_ts: 1_700_000_000, salt };
            let mut token = AccessToken::new(credentials.app_id, "room".into(), account.into(), stamp);
            privileges.iter().for_each(|privilege| token.privileges.set(*privilege, 1_700_003_600));
            let token = token.build(&credentials.app_certificate).expect("any account can be written");
            seeds.push(Seed006 { token, channel_name: "room".into(), account: account.into() });
        }
    }
    seeds
});
