//! A token of ordinary size takes one allocation: its text.

use agora_token::{Channel, Credentials, Grant, Issuer, Role, Role006, Stamp, UserId, builder};

const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
const APP_CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";

/// The most of several calls, the first of which may set up what its thread keeps.
fn allocations(mut mint: impl FnMut() -> String) -> u64 {
    drop(mint());
    (0..200).map(|_| allocation_counter::measure(|| drop(mint())).count_total).max().unwrap()
}

#[test]
fn one_for_each_token() {
    let credentials = || Credentials::new(APP_ID, APP_CERTIFICATE).unwrap();
    let stamp = || Stamp::now().unwrap();
    assert_eq!(
        allocations(
            || builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, 60, 60, stamp()).unwrap()
        ),
        1
    );
    assert_eq!(
        allocations(
            || builder::build_token_with_uid(&credentials(), "room", 42, Role006::Publisher, 0, stamp()).unwrap()
        ),
        1
    );
    let issuer = Issuer::new(credentials());
    let user = UserId::account("alice").unwrap();
    let grant = Grant::rtc_rtm_chat(Channel::named("room").unwrap(), user, Role::Publisher);
    assert_eq!(allocations(|| issuer.issue(&grant).unwrap().token), 1);
}
