//! What a hostile caller could measure, or make us do: how salts are spread, whether comparing a signature tells how
//! much of it was right, and what a token with a wrong signature costs.
//!
//! Prints figures; whoever reads them judges. `cargo bench --package agora-token-bench --bench hostile`

#[path = "../../core/tests/heavy/mod.rs"]
mod heavy;

use std::hint::black_box;
use std::time::{Duration, Instant};

use agora_token::source::{SaltSource, SystemSalt};
use agora_token::{
    AccessToken2, AppCertificate, AppId, Expected, Permissions, Service, ServiceKind, Stamp, Text, Unverified, Verifier,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
const OTHER_CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3c";
const STAMP: Stamp = Stamp { issue_ts: 1_700_000_000, salt: 16_842_752 };

fn main() {
    salts();
    comparison();
    wrong_signatures();
}

/// Chi-squared over equal parts of the range: by chance within three standard deviations of the number of parts.
fn salts() {
    const DRAWS: u32 = 10_000_000;
    const PARTS: usize = 10_000;
    const LEAST: u32 = 16_842_752;
    const MOST: u32 = 99_999_999;
    let width = f64::from(MOST - LEAST + 1) / PARTS as f64;
    let mut counts = vec![0u32; PARTS];
    let mut twice_running = 0;
    let mut last = 0;
    for _ in 0..DRAWS {
        let salt = SystemSalt.next_salt().expect("the system gives salts");
        assert!((LEAST..=MOST).contains(&salt), "{salt} is out of range");
        counts[((f64::from(salt - LEAST)) / width) as usize] += 1;
        twice_running += u32::from(salt == last);
        last = salt;
    }
    let expected = f64::from(DRAWS) / PARTS as f64;
    let chi: f64 = counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    let freedom = (PARTS - 1) as f64;
    let deviations = (chi - freedom) / (2.0 * freedom).sqrt();
    println!(
        "salts: {DRAWS} draws, {deviations:+.2} standard deviations from even, {twice_running} equal to the one before"
    );
}

/// As dudect does: two classes of inputs in random order, Welch's t of their times without the slowest. Above 4.5 in
/// absolute value, the classes can be told apart.
fn comparison() {
    const MEASUREMENTS: usize = 1_000_000;
    let token = sign(vec![Service::new(ServiceKind::Fpa).with_privilege(1, 0)], STAMP.salt);
    // The first byte of the signature is wrong in one, the last in the other: a comparison that stops early shows.
    let payload = Unverified::parse(&token).map(|read| match read {
        Unverified::AccessToken2(read) => read.payload().to_vec(),
        _ => unreachable!("it is an AccessToken2"),
    });
    let payload = payload.expect("a token");
    let wrong_at = |place: usize| {
        let mut changed = payload.clone();
        changed[2 + place] ^= 0x55;
        format!("007{}", STANDARD.encode(stored(&changed)))
    };
    let classes = [wrong_at(0), wrong_at(31)];
    let verifier =
        Verifier::by_certificate(certificate(CERTIFICATE)).at(agora_token::UnixTime::from_secs(1_700_000_000));
    let mut text = String::with_capacity(classes[0].len());
    let mut times = Vec::with_capacity(MEASUREMENTS);
    let mut state = 88_172_645_463_325_252u64;
    for _ in 0..MEASUREMENTS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let class = (state & 1) as usize;
        // At one place for both: else their addresses are what differs.
        text.clear();
        text.push_str(&classes[class]);
        let begun = Instant::now();
        let verdict = verifier.verdict(black_box(&text), &Expected::new());
        times.push((class, begun.elapsed().as_nanos() as f64));
        assert!(!verdict.is_valid());
    }
    let mut sorted: Vec<f64> = times.iter().map(|(_, time)| *time).collect();
    sorted.sort_by(f64::total_cmp);
    let cut = sorted[MEASUREMENTS * 9 / 10];
    let of = |class: usize| -> (f64, f64, f64) {
        let kept: Vec<f64> =
            times.iter().filter(|(of, time)| *of == class && *time <= cut).map(|(_, time)| *time).collect();
        let count = kept.len() as f64;
        let mean = kept.iter().sum::<f64>() / count;
        (count, mean, kept.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0))
    };
    let ((n0, mean0, variance0), (n1, mean1, variance1)) = (of(0), of(1));
    let t = (mean0 - mean1) / (variance0 / n0 + variance1 / n1).sqrt();
    println!(
        "signature: first byte wrong {mean0:.1} ns, last byte wrong {mean1:.1} ns, t = {t:+.2} of {} calls",
        times.len()
    );
}

/// A zlib stream that packs nothing: the two texts then differ in nothing but the signature.
fn stored(payload: &[u8]) -> Vec<u8> {
    let size = u16::try_from(payload.len()).expect("a small payload");
    let (mut low, mut high) = (1u32, 0u32);
    for byte in payload {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    let mut stream = vec![0x78, 0x01, 1];
    stream.extend(size.to_le_bytes());
    stream.extend((!size).to_le_bytes());
    stream.extend(payload);
    stream.extend((high << 16 | low).to_be_bytes());
    stream
}

fn wrong_signatures() {
    let unsigned = |salt| AccessToken2::new(AppId::new(APP_ID).expect("32 digits"), 3600, Stamp { salt, ..STAMP });
    let mut permissions = Permissions::new();
    permissions.set(0, 0, vec![Text::from("r"); 4000]);
    let key = certificate(CERTIFICATE);
    let tokens = [
        salted(vec![
            Service::new(ServiceKind::Rtc { channel_name: "room".into(), account: "42".into() }).with_privilege(1, 0),
        ]),
        // What the bounds of a verifier leave to be inflated and hashed.
        salted(vec![Service::new(ServiceKind::Rtm2 { user_id: "42".into(), permissions }).with_privilege(1, 0)]),
        salts_of(|salt| heavy::services(unsigned(salt), &key)),
        salts_of(|salt| heavy::resources(unsigned(salt), &key)),
        salts_of(|salt| heavy::users(unsigned(salt), &key)),
    ];
    let verifier = Verifier::by_certificate(certificate(OTHER_CERTIFICATE));
    for tokens in &tokens {
        let least = tokens
            .iter()
            .cycle()
            .take(300)
            .map(|token| {
                let begun = Instant::now();
                let verdict = verifier.verdict(black_box(token), &Expected::new());
                let taken = begun.elapsed();
                assert!(!verdict.is_valid());
                taken
            })
            .fold((Duration::MAX, Duration::ZERO), |(least, sum), taken| (least.min(taken), sum + taken));
        let size = tokens[0].len();
        println!("wrong signature: {size} characters, {:?} at least, {:?} on average", least.0, least.1 / 300);
    }
}

fn certificate(digits: &str) -> AppCertificate {
    AppCertificate::new(digits).expect("32 digits")
}

fn salted(services: Vec<Service<'static>>) -> Vec<String> {
    salts_of(|salt| sign(services.clone(), salt))
}

/// Some that differ in salt and signature, since a repeated input teaches the branch predictor.
fn salts_of(token: impl Fn(u32) -> String) -> Vec<String> {
    (0..16).map(|more| token(STAMP.salt + more)).collect()
}

fn sign(services: Vec<Service<'static>>, salt: u32) -> String {
    let mut token = AccessToken2::new(AppId::new(APP_ID).expect("32 digits"), 3600, Stamp { salt, ..STAMP });
    token.services = services;
    token.build(&certificate(CERTIFICATE)).expect("a token")
}
