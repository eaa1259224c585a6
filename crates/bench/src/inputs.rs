//! What is minted: many different channels and users, since a repeated input teaches the branch predictor its signature.

/// The public sample credentials of the official test suites.
pub const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
/// The certificate to it.
pub const APP_CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";

/// Seconds.
pub const LIFETIME: u32 = 3600;

/// How many inputs take turns. The other racers use as many, made by the same rule.
const COUNT: usize = 1021;

/// Whom to let in where.
pub struct Input {
    /// 32 characters.
    pub channel_name: String,
    /// Ten digits.
    pub uid: u32,
}

/// All of them.
pub fn inputs() -> Vec<Input> {
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state
    };
    (0..COUNT)
        .map(|_| Input {
            channel_name: (0..4).map(|_| format!("{:08x}", next())).collect(),
            uid: next() % 3_294_967_296 + 1_000_000_000,
        })
        .collect()
}
