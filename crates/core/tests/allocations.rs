//! What minting and verifying allocate: one text for a token of ordinary size, little for what a stranger wrote.

mod heavy;

use agora_token::{
    AccessToken2, AppCertificate, AppId, Bounds, Channel, Credentials, ErrorCode, Expected, Grant, Issuer, Permissions,
    Privileges, Role, Role006, Service, ServiceKind, Stamp, Text, Unverified, User, Verifier, builder,
};

const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
const APP_CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
const OTHER_CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3c";

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
    let user = User::account("alice").unwrap();
    let grant = Grant::rtc_rtm_chat(Channel::named("room").unwrap(), user, Role::Publisher);
    assert_eq!(allocations(|| issuer.issue(&grant).unwrap().token), 1);
}

/// However much a token holds, its signature is looked at before anything is built of it, and no more is inflated than
/// the bounds allow: 256 kB beyond the token at most.
#[test]
fn an_unsigned_token_takes_little() {
    let certificate = AppCertificate::new(OTHER_CERTIFICATE).unwrap();
    let unsigned = || {
        let stamp = Stamp { issue_ts: 1_700_000_000, salt: 16_842_753 };
        AccessToken2::new(AppId::new(APP_ID).unwrap(), 3600, stamp)
    };
    let of = |services: Vec<Service<'static>>| {
        let mut token = unsigned();
        token.services = services;
        token.build(&certificate).unwrap()
    };
    let resources = |count: usize, size: usize| {
        let mut permissions = Permissions::new();
        let name = "r".repeat(size);
        permissions.set(0, 0, vec![Text::from(name); count]);
        let user_id = Text::from("42");
        of(vec![Service::new(ServiceKind::Rtm2 { user_id, permissions }).with_privilege(Service::RTM2_LOGIN, 0)])
    };
    let noise = |size: usize| {
        let mut state = 1u32;
        let text = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let text = Text::from((0..size).map(text).collect::<Vec<u8>>());
        of(vec![Service::new(ServiceKind::Rtm { user_id: text }).with_privilege(Service::RTM_LOGIN, 0)])
    };
    let privileges: Privileges = (0..10_000u16).map(|privilege| (privilege, 0)).collect();
    let many_privileges = of(vec![Service { kind: ServiceKind::Fpa, privileges }]);
    let tokens = [
        heavy::services(unsigned(), &certificate),
        heavy::resources(unsigned(), &certificate),
        heavy::users(unsigned(), &certificate),
        of(vec![Service::new(ServiceKind::Fpa); 65_535]),
        resources(65_000, 1),
        resources(15, 65_535),
        resources(10_000, 0),
        noise(65_000),
        many_privileges,
    ];
    assert_eq!(tokens.each_ref().map(String::len)[..3], [519, 1419, 175_571]);
    for certificate in [APP_CERTIFICATE, OTHER_CERTIFICATE] {
        let verifier = Verifier::by_certificate(AppCertificate::new(certificate).unwrap());
        for (index, token) in tokens.iter().enumerate() {
            let mut is_valid = true;
            let taken = allocation_counter::measure(|| {
                is_valid = verifier.verdict(token, &Expected::new()).is_valid();
            });
            assert!(!is_valid && taken.bytes_max < 256_000, "{index}: {taken:?}");
        }
    }
    // Within the bounds too, nothing is built of what no known certificate signed.
    let (stranger, within) =
        (Verifier::by_certificate(AppCertificate::new(APP_CERTIFICATE).unwrap()), resources(4000, 1));
    let taken = allocation_counter::measure(|| drop(stranger.verify(&within, &Expected::new())));
    assert!(taken.count_total < 100, "{taken:?}");
    // What is read without a verifier is told apart by name.
    assert_eq!(Unverified::parse(&tokens[0]).map(|_| ()), Ok(()));
    let error = Unverified::parse_within(&tokens[0], &Bounds::STRANGER).unwrap_err();
    assert_eq!(error.code(), ErrorCode::TokenTooLarge);
}
