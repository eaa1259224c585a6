//! The token-sized encoder against zlib itself, the C library, at its default level 6.

use agora_token::{AccessToken2, Credentials, Permissions, Service, ServiceKind, Stamp, Text, UnverifiedToken2};
use base64::Engine;

const TOKENS: u32 = 100_000;
const HEX: &str = "0123456789abcdef";
const NAMES: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ ";

/// RTC, or RTC with RTM, for a uid or a word, in a channel with a word or one hexadecimal identifier for a name. Where
/// several long identifiers meet, zlib makes a code of its own for them.
#[test]
fn ordinary_tokens_are_those_of_zlib() {
    let mut random = Random(1);
    let (mut equal, mut longest_excess) = (0, 0);
    for index in 0..TOKENS {
        let (ours, theirs) = check(&mut random, |random| {
            let channel = if random.below(2) == 0 { random.text(HEX, 32, 32) } else { random.word() };
            let account = if random.below(2) == 0 { Text::from_uid(random.next()) } else { random.word().into() };
            let expire = [600, 3600, 86_400, random.below(86_400)][random.below(4) as usize];
            let mut rtc = Service::new(ServiceKind::Rtc { channel_name: channel.into(), account: account.clone() });
            (1..=if random.below(3) == 0 { 1 } else { 4 }).for_each(|privilege| rtc.privileges.set(privilege, expire));
            let rtm = Service::new(ServiceKind::Rtm { user_id: account }).with_privilege(1, expire);
            if index % 2 == 0 { vec![rtc] } else { vec![rtc, rtm] }
        });
        equal += u32::from(ours == theirs);
        longest_excess = longest_excess.max(ours.len().saturating_sub(theirs.len()));
    }
    println!("ordinary tokens equal to zlib's: {equal} of {TOKENS}, at worst {longest_excess} characters longer");
    assert!(u64::from(equal) * 1000 >= u64::from(TOKENS) * 999);
    // Two bytes of stream are at most four characters of base64.
    assert!(longest_excess <= 4);
}

/// Tokens of every service, also too long for the token-sized encoder: equality is reported, soundness is asserted.
#[test]
fn tokens_of_every_kind_are_sound() {
    let mut random = Random(2);
    let mut equal = 0;
    for _ in 0..20_000 {
        let (ours, theirs) = check(&mut random, |random| (0..=random.below(3)).map(|_| any_service(random)).collect());
        equal += u32::from(ours == theirs);
    }
    println!("tokens of every kind equal to zlib's: {equal} of 20000");
}

/// Mints a token, has three inflaters read it, and gives its base64 with the one that zlib makes of the same payload.
fn check(random: &mut Random, services: impl FnOnce(&mut Random) -> Vec<Service<'static>>) -> (String, String) {
    let credentials = Credentials::new(&random.text(HEX, 32, 32), &random.text(HEX, 32, 32)).unwrap();
    let stamp = Stamp { issue_ts: 1_600_000_000 + random.below(400_000_000), salt: 1 + random.below(99_999_999) };
    let mut token = AccessToken2::new(credentials.app_id, 1 + random.below(86_400), stamp);
    token.services.extend(services(random));
    let text = token.build(&credentials.app_certificate).unwrap();
    let read = UnverifiedToken2::parse(&text).unwrap();
    assert!(text.starts_with("007eJx") || read.payload().len() > 512, "{text}");
    read.verify_signature(&credentials.app_certificate).unwrap();

    let base64 = base64::engine::general_purpose::STANDARD;
    let stream = base64.decode(&text[3..]).unwrap();
    assert_eq!(uncompress(&stream, read.payload().len()), read.payload());
    assert_eq!(miniz_oxide::inflate::decompress_to_vec_zlib(&stream).unwrap(), read.payload());
    (text[3..].to_owned(), base64.encode(compress(read.payload())))
}

fn any_service(random: &mut Random) -> Service<'static> {
    let mut text = |longest| Text::from(random.text(NAMES, 0, longest));
    let (one, two) = (text(60), text(300));
    let kind = match random.below(10) {
        0 => ServiceKind::Rtc { channel_name: one, account: two },
        1 => ServiceKind::Rtm { user_id: one },
        2 => ServiceKind::Streaming { channel_name: one, account: two },
        3 => ServiceKind::Fpa,
        4 => ServiceKind::Chat { user_id: two },
        5 => ServiceKind::Fcdn { channel_name: two, account: one },
        6 => ServiceKind::Apaas { room_uuid: one, user_uuid: two, role: -1 },
        7 => {
            let mut permissions = Permissions::new();
            (0..random.below(6)).for_each(|_| permissions.add(0, 1, random.text(HEX, 8, 36).into()));
            ServiceKind::Rtm2 { user_id: one, permissions }
        }
        8 => ServiceKind::ConvoAi,
        _ => ServiceKind::Stt,
    };
    let mut service = Service::new(kind);
    (0..random.below(6)).for_each(|_| service.privileges.set(1 + random.below(6) as u16, random.next()));
    service
}

fn compress(payload: &[u8]) -> Vec<u8> {
    let mut out = vec![0; payload.len() + payload.len() / 100 + 64];
    let mut size = out.len() as libz_sys::uLongf;
    // SAFETY: `out` has room for `size` bytes, and both slices outlive the call.
    let status = unsafe {
        libz_sys::compress2(out.as_mut_ptr(), &mut size, payload.as_ptr(), payload.len() as libz_sys::uLong, 6)
    };
    assert_eq!(status, libz_sys::Z_OK);
    out.truncate(size as usize);
    out
}

fn uncompress(stream: &[u8], room: usize) -> Vec<u8> {
    let mut out = vec![0; room];
    let mut size = room as libz_sys::uLongf;
    // SAFETY: as above.
    let status =
        unsafe { libz_sys::uncompress(out.as_mut_ptr(), &mut size, stream.as_ptr(), stream.len() as libz_sys::uLong) };
    assert_eq!(status, libz_sys::Z_OK);
    out.truncate(size as usize);
    out
}

/// SplitMix64: the same tokens at every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z >> 32) as u32
    }

    fn below(&mut self, end: u32) -> u32 {
        self.next() % end
    }

    fn word(&mut self) -> String {
        format!("{}-{}", self.text(&NAMES[..26], 3, 12), self.below(100_000))
    }

    fn text(&mut self, alphabet: &str, shortest: u32, longest: u32) -> String {
        let size = shortest + self.below(longest - shortest + 1);
        (0..size).map(|_| char::from(alphabet.as_bytes()[self.below(alphabet.len() as u32) as usize])).collect()
    }
}
