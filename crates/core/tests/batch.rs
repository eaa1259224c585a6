//! Many tokens from one issuer: in order, each refusal in its place, the same on one core and on all.

use agora_token::{Channel, Credentials, ErrorCode, Expected, Grant, Issuer, Role, User, Verifier};

fn issuer() -> Issuer {
    let credentials = Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b");
    Issuer::new(credentials.unwrap())
}

/// Every tenth is refused: nobody in particular can be let into messaging.
fn grants() -> Vec<Grant<'static>> {
    let hall = Channel::named("hall").unwrap();
    let grant = |uid: u32| match uid % 10 {
        0 => Grant::rtm(User::Any),
        _ => Grant::rtc(hall.clone(), User::uid(uid).unwrap(), Role::Subscriber),
    };
    (1..=5000).map(grant).collect()
}

fn check(issuer: &Issuer, results: impl IntoIterator<Item = Result<agora_token::IssuedToken, agora_token::Error>>) {
    let verifier = Verifier::by_certificate(issuer.credentials().app_certificate.clone());
    let mut count = 0;
    for (uid, result) in (1u32..).zip(results) {
        count += 1;
        match result {
            Ok(issued) => {
                let verdict = verifier.clone().verdict(&issued.token, &Expected::new().channel("hall").uid(uid));
                assert!(uid % 10 != 0 && verdict.is_valid(), "{uid}");
            }
            Err(error) => assert!(uid % 10 == 0 && error.code() == ErrorCode::InvalidUserId, "{uid}: {error}"),
        }
    }
    assert_eq!(count, 5000);
}

#[test]
fn one_after_the_other() {
    let issuer = issuer();
    check(&issuer, issuer.issue_many(&grants()));
    check(&issuer, issuer.issue_many(grants()));
}

#[test]
fn only_what_is_drawn_is_minted() {
    let issuer = issuer();
    let endless = (1..).map(|uid| Grant::rtm(User::uid(uid).unwrap()));
    assert_eq!(issuer.issue_many(endless).take(3).filter(Result::is_ok).count(), 3);
}

#[cfg(feature = "rayon")]
#[test]
fn on_all_cores() {
    use rayon::iter::ParallelIterator;

    let issuer = issuer();
    check(&issuer, issuer.par_issue_many(&grants()).collect::<Vec<_>>());
    check(&issuer, issuer.par_issue_many(grants()).collect::<Vec<_>>());
}
