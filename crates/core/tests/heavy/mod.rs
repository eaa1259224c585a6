//! Short tokens that inflate to much: what a stranger sends to have work done before the signature is looked at. For the
//! tests and the benchmark `hostile`.

use std::io::Write as _;

use agora_token::{AccessToken2, AppCertificate, Permissions, Service, ServiceKind, Text, UnverifiedToken2};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// About 500 characters, 65,535 services.
pub(crate) fn services(unsigned: AccessToken2<'static>, certificate: &AppCertificate) -> String {
    token(unsigned, vec![Service::new(ServiceKind::Fpa); 65_535], certificate)
}

/// About 1,400 characters, close to a mebibyte of resources without a name.
pub(crate) fn resources(unsigned: AccessToken2<'static>, certificate: &AppCertificate) -> String {
    let mut permissions = Permissions::new();
    for resource in 0..6 {
        permissions.set(resource, 0, vec![Text::from(""); 65_535]);
    }
    permissions.set(6, 0, vec![Text::from(""); 55_000]);
    let service = Service::new(ServiceKind::Rtm2 { user_id: "42".into(), permissions });
    token(unsigned, vec![service.with_privilege(Service::RTM2_LOGIN, 0)], certificate)
}

/// About 175,000 characters, 43,700 services with a privilege and a user each.
pub(crate) fn users(unsigned: AccessToken2<'static>, certificate: &AppCertificate) -> String {
    let mut state = 1u32;
    let mut user = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Text::from(((state >> 16) % 37_000).to_string())
    };
    let service = |user_id| Service::new(ServiceKind::Rtm { user_id }).with_privilege(Service::RTM_LOGIN, 0);
    token(unsigned, (0..43_700).map(|_| service(user())).collect(), certificate)
}

/// Packed as tightly as zlib can, which the builders do not.
fn token(mut unsigned: AccessToken2<'static>, services: Vec<Service<'static>>, certificate: &AppCertificate) -> String {
    unsigned.services = services;
    let token = unsigned.build(certificate).expect("a token");
    let read = UnverifiedToken2::parse(&token).expect("a token that can be read");
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(read.payload()).expect("memory takes it");
    format!("007{}", STANDARD.encode(packed.finish().expect("memory takes it")))
}
