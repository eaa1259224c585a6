//! What each step of a token takes, one by one: `cargo bench --package agora-token-bench`.
//!
//! Results are shown by name, so letters keep them in the order of a token: what it takes from its surroundings, the
//! signature, the compression, the text, the reading.

use std::hint::black_box;

use agora_token::source::{Clock, SaltSource, SystemClock, SystemSalt};
use agora_token::{Credentials, Role, Stamp, UnverifiedToken2, builder, stages};
use agora_token_bench::floor::floor;
use agora_token_bench::inputs::{APP_CERTIFICATE, APP_ID, LIFETIME, inputs};
use divan::Bencher;

fn main() {
    divan::main();
}

/// Tokens of ordinary size, each with another channel, user, salt and signature.
fn tokens() -> Vec<String> {
    let credentials = Credentials::new(APP_ID, APP_CERTIFICATE).unwrap();
    let mint = |channel_name: &str, uid, salt| {
        let stamp = Stamp { issue_ts: 1_700_000_000, salt };
        let role = Role::Publisher;
        builder::build_token2_with_uid(&credentials, channel_name, uid, role, LIFETIME, LIFETIME, stamp).unwrap()
    };
    (1..).zip(inputs()).map(|(salt, input)| mint(&input.channel_name, input.uid, salt * 7_919)).collect()
}

/// As many as there are inputs, whose channel names have the digits of a certificate.
fn certificates() -> Vec<String> {
    inputs().into_iter().map(|input| input.channel_name).collect()
}

fn payloads() -> Vec<Vec<u8>> {
    tokens().iter().map(|token| UnverifiedToken2::parse(token).unwrap().payload().to_vec()).collect()
}

fn streams() -> Vec<Vec<u8>> {
    payloads().iter().map(|payload| stages::deflate(payload, <[u8]>::to_vec).unwrap()).collect()
}

/// Gives `work` one input after the other.
fn rotated<I, T>(bencher: Bencher, inputs: Vec<I>, work: impl Fn(&I) -> T + Sync) {
    let mut next = (0..inputs.len()).cycle();
    bencher.with_inputs(|| next.next().unwrap_or_default()).bench_local_values(|at| work(black_box(&inputs[at])));
}

#[divan::bench(sample_size = 1021)]
fn a0_floor(bencher: Bencher) {
    let mut block = [1; 64];
    bencher.bench_local(|| floor(black_box(&mut block)));
}

#[divan::bench(sample_size = 1021)]
fn a1_clock(bencher: Bencher) {
    bencher.bench_local(|| SystemClock.now());
}

#[divan::bench(sample_size = 1021)]
fn a2_salt(bencher: Bencher) {
    bencher.bench_local(|| SystemSalt.next_salt());
}

#[divan::bench(sample_size = 1021)]
fn a3_salt_by_system_call(bencher: Bencher) {
    bencher.bench_local(getrandom::u32);
}

#[divan::bench(sample_size = 1021)]
fn a4_credentials(bencher: Bencher) {
    rotated(bencher, certificates(), |certificate| Credentials::new(black_box(APP_ID), certificate.as_str()));
}

#[divan::bench(sample_size = 1021)]
fn b1_issue_key(bencher: Bencher) {
    rotated(bencher, certificates(), |certificate| stages::issue_key(certificate.as_bytes(), black_box(1_700_000_000)));
}

#[divan::bench(sample_size = 1021)]
fn b2_sign(bencher: Bencher) {
    rotated(bencher, payloads(), |payload| {
        stages::sign(APP_CERTIFICATE.as_bytes(), 1_700_000_000, 7, payload.get(34..).unwrap_or_default())
    });
}

#[divan::bench(sample_size = 1021)]
fn c1_deflate(bencher: Bencher) {
    rotated(bencher, payloads(), |payload| stages::deflate(payload, <[u8]>::len));
}

#[divan::bench(sample_size = 1021)]
fn c2_inflate(bencher: Bencher) {
    rotated(bencher, streams(), |stream| stages::inflate(stream));
}

#[divan::bench(sample_size = 1021)]
fn d1_encode_base64(bencher: Bencher) {
    rotated(bencher, streams(), |stream| stages::encode_base64(stream));
}

#[divan::bench(sample_size = 1021)]
fn d2_decode_base64(bencher: Bencher) {
    rotated(bencher, tokens(), |token| stages::decode_base64(token.get(3..).unwrap_or_default(), <[u8]>::len));
}

#[divan::bench(sample_size = 1021)]
fn e1_parse(bencher: Bencher) {
    rotated(bencher, tokens(), |token| UnverifiedToken2::parse(token));
}
