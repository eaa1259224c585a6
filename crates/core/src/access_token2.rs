//! AccessToken2, "007": services with lifetimes in seconds from an issue timestamp.

use std::fmt;

use crate::bounds::{Bounds, MAX_PAYLOAD_SIZE};
use crate::credentials::{AppCertificate, AppId};
use crate::error::{Error, ErrorCode};
use crate::service::{Privileges, Service, ServiceType};
use crate::signature::{self, SIGNATURE_SIZE, Signature};
use crate::source::Stamp;
use crate::text::Text;
use crate::time::UnixTime;
use crate::wire::{Reader, Writer, decode_base64, encode_base64, too_many_characters};
use crate::zlib;

pub(crate) const VERSION: &str = "007";

/// The mechanism of AccessToken2: any services with any privileges.
///
/// It expresses every token that exists, also ones that let in more than meant; [`crate::builder`] has the official
/// one-call builders, which check their arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken2<'a> {
    /// The project.
    pub app_id: AppId,
    /// When the token was made, Unix seconds. All lifetimes count from here.
    pub issue_ts: u32,
    /// How long the whole token lives, seconds.
    pub expire: u32,
    /// Any number.
    pub salt: u32,
    /// What the token grants, in any order; on the wire they stand ascending by type.
    pub services: Vec<Service<'a>>,
    /// Services as their owner wrote them, of a type that is not known here or laid out in another way. They stand
    /// among the others, ascending by type.
    pub packed_services: Vec<PackedService>,
}

/// A service as it stands in a token. What is in it is not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedService {
    /// Its number on the wire.
    pub service_type: u16,
    /// What follows the number: officially a count of privileges, then these, then the fields.
    pub content: Vec<u8>,
}

impl<'a> AccessToken2<'a> {
    /// A token without services.
    pub fn new(app_id: AppId, expire: u32, stamp: Stamp) -> AccessToken2<'a> {
        AccessToken2 {
            app_id,
            issue_ts: stamp.issue_ts,
            expire,
            salt: stamp.salt,
            services: Vec::new(),
            packed_services: Vec::new(),
        }
    }

    /// Adds a service. Several of one type are legal.
    #[must_use]
    pub fn with_service(mut self, service: Service<'a>) -> AccessToken2<'a> {
        self.services.push(service);
        self
    }

    /// Signs and encodes the token.
    ///
    /// # Errors
    /// [`ErrorCode::NoServices`]; a text longer than 65,535 bytes is refused with its own code, as
    /// [`ErrorCode::InvalidChannelName`]; [`ErrorCode::TooManyEntries`]; [`ErrorCode::PayloadTooLarge`].
    pub fn build(&self, certificate: &AppCertificate) -> Result<String, Error> {
        let mut payload = Writer::new();
        self.sign(&mut payload, certificate)?;
        encode(&payload)
    }

    /// The signature that [`AccessToken2::build`] puts into the token.
    ///
    /// # Errors
    /// As for [`AccessToken2::build`].
    pub fn signature(&self, certificate: &AppCertificate) -> Result<[u8; SIGNATURE_SIZE], Error> {
        self.sign(&mut Writer::new(), certificate)
    }

    fn sign(&self, payload: &mut Writer, certificate: &AppCertificate) -> Result<Signature, Error> {
        let stamp = Stamp { issue_ts: self.issue_ts, salt: self.salt };
        let issue_key = signature::issue_key(certificate.as_bytes(), self.issue_ts);
        sign(payload, self.app_id, self.expire, stamp, &self.services, &self.packed_services, &issue_key)
    }
}

/// [`AccessToken2::build`] for services that need no place on the heap, and a certificate's key for the stamp's second.
#[inline]
pub(crate) fn build(
    app_id: AppId,
    expire: u32,
    stamp: Stamp,
    services: &[Service<'_>],
    issue_key: &Signature,
) -> Result<String, Error> {
    let mut payload = Writer::new();
    sign(&mut payload, app_id, expire, stamp, services, &[], issue_key)?;
    encode(&payload)
}

#[inline]
fn encode(payload: &Writer) -> Result<String, Error> {
    zlib::deflate(payload.as_slice(), |stream| encode_base64(&[VERSION], stream))
}

/// Writes the payload and gives the signature that stands in it.
fn sign(
    payload: &mut Writer,
    app_id: AppId,
    expire: u32,
    stamp: Stamp,
    services: &[Service<'_>],
    packed: &[PackedService],
    issue_key: &Signature,
) -> Result<Signature, Error> {
    if services.is_empty() && packed.is_empty() {
        return Err(ErrorCode::NoServices.into());
    }
    payload.text(&[0; SIGNATURE_SIZE], ErrorCode::Internal)?;
    payload.text(app_id.as_bytes(), ErrorCode::InvalidAppId)?;
    payload.u32(stamp.issue_ts);
    payload.u32(expire);
    payload.u32(stamp.salt);
    payload.count(services.len().saturating_add(packed.len()), "services")?;
    if packed.is_empty() && services.is_sorted_by_key(Service::service_type) {
        services.iter().try_for_each(|service| service.write(payload))?;
    } else {
        let written = services.iter().map(Entry::Known);
        let mut ascending: Vec<Entry<'_>> = written.chain(packed.iter().map(Entry::Packed)).collect();
        ascending.sort_by_key(Entry::number);
        ascending.into_iter().try_for_each(|entry| entry.write(payload))?;
    }
    let payload = payload.as_mut_slice();
    if payload.len() > MAX_PAYLOAD_SIZE {
        return Err(ErrorCode::PayloadTooLarge.into());
    }
    let (head, signing_info) = payload.split_at_mut_checked(SIGNATURE_END).ok_or(ErrorCode::Internal)?;
    let signature = signature::sign2_with(issue_key, stamp.salt, signing_info);
    head.last_chunk_mut().map(|room| *room = signature).ok_or(ErrorCode::Internal)?;
    Ok(signature)
}

/// A service among those of a token.
enum Entry<'s> {
    Known(&'s Service<'s>),
    Packed(&'s PackedService),
}

impl Entry<'_> {
    fn number(&self) -> u16 {
        match self {
            Entry::Known(service) => service.service_type().number(),
            Entry::Packed(service) => service.service_type,
        }
    }

    fn write(&self, payload: &mut Writer) -> Result<(), Error> {
        match self {
            Entry::Known(service) => service.write(payload),
            Entry::Packed(service) => {
                payload.u16(service.service_type);
                payload.raw(&service.content);
                Ok(())
            }
        }
    }
}

/// The signature's length field and the signature itself come first.
const SIGNATURE_END: usize = 2 + SIGNATURE_SIZE;

/// A service whose layout is not known. The format gives services no length, so what follows it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownService {
    /// Its number on the wire.
    pub service_type: u16,
    /// Its privileges, as every known service has them there; empty when what stands there is none.
    pub privileges: Privileges,
}

/// What an AccessToken2 says, which anybody could have written: believe it after
/// [`UnverifiedToken2::verify_signature`], and use it after a [`crate::Verifier`] said so.
#[derive(Clone)]
pub struct UnverifiedToken2 {
    envelope: Envelope,
    services: Vec<Service<'static>>,
    unknown_service: Option<UnknownService>,
    unread_bytes: usize,
}

/// Without signature and salt, from which the token could be put together again.
impl fmt::Debug for UnverifiedToken2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnverifiedToken2")
            .field("app_id", &Text::from(self.app_id()))
            .field("issue_ts", &self.issue_ts())
            .field("expire", &self.expire())
            .field("services", &self.services)
            .field("unknown_service", &self.unknown_service)
            .field("unread_bytes", &self.unread_bytes)
            .finish_non_exhaustive()
    }
}

impl UnverifiedToken2 {
    /// Reads a token without checking who signed it.
    ///
    /// # Errors
    /// [`ErrorCode::TokenVersion`], [`ErrorCode::TokenBase64`], [`ErrorCode::TokenCompression`],
    /// [`ErrorCode::TokenTooLarge`], [`ErrorCode::TokenTrailingBytes`], [`ErrorCode::TokenTruncated`],
    /// [`ErrorCode::TokenDuplicateKey`].
    pub fn parse(token: &str) -> Result<UnverifiedToken2, Error> {
        UnverifiedToken2::parse_within(token, &Bounds::MECHANISM)
    }

    /// [`UnverifiedToken2::parse`] within other bounds.
    ///
    /// # Errors
    /// As there.
    pub fn parse_within(token: &str, bounds: &Bounds) -> Result<UnverifiedToken2, Error> {
        Envelope::open(token, bounds)?.services(bounds)
    }

    /// Checks that the holder of this certificate signed what was read. Time, channel and user are not looked at.
    ///
    /// # Errors
    /// [`ErrorCode::TokenAppId`], [`ErrorCode::SignatureMismatch`].
    pub fn verify_signature(&self, certificate: &AppCertificate) -> Result<(), Error> {
        self.envelope.verify_signature(certificate)
    }

    /// Whether these bytes signed the token as a certificate does, be they one or not.
    pub(crate) fn is_signed_with(&self, certificate: &[u8]) -> bool {
        self.envelope.is_signed_with(certificate)
    }

    /// The signature as received; 32 bytes in a token that can be valid.
    pub fn signature(&self) -> &[u8] {
        self.envelope.signature()
    }

    /// The signed bytes as received, which are all after the signature.
    pub fn signing_info(&self) -> &[u8] {
        self.envelope.signing_info()
    }

    /// Everything inside the zlib stream: signature and signing info.
    pub fn payload(&self) -> &[u8] {
        &self.envelope.payload
    }

    /// The App ID as received; 32 hexadecimal digits in a token that can be valid.
    pub fn app_id(&self) -> &[u8] {
        self.envelope.app_id()
    }

    /// When the token says it was made, Unix seconds.
    pub fn issue_ts(&self) -> u32 {
        self.envelope.issue_ts
    }

    /// How long it says it lives, seconds.
    pub fn expire(&self) -> u32 {
        self.envelope.expire
    }

    /// Issue timestamp plus expire.
    pub fn expires_at(&self) -> UnixTime {
        UnixTime::from_secs(u64::from(self.issue_ts()).saturating_add(u64::from(self.expire())))
    }

    /// The salt.
    pub fn salt(&self) -> u32 {
        self.envelope.salt
    }

    /// The services that could be read, in the order of the token.
    pub fn services(&self) -> &[Service<'static>] {
        &self.services
    }

    /// The service that ended the reading, if one did.
    pub fn unknown_service(&self) -> Option<&UnknownService> {
        self.unknown_service.as_ref()
    }

    /// Whether every service could be read.
    pub fn is_complete(&self) -> bool {
        self.unknown_service.is_none()
    }

    /// Signed bytes that were not understood: what follows an unknown service's privileges, or the last service.
    pub fn unread_bytes(&self) -> usize {
        self.unread_bytes
    }
}

/// A token as it was inflated, before anything is built of its services: enough to tell who signed it.
#[derive(Clone)]
pub(crate) struct Envelope {
    payload: Vec<u8>,
    signature_end: usize,
    app_id_end: usize,
    issue_ts: u32,
    expire: u32,
    salt: u32,
}

impl Envelope {
    /// Inflates a token and reads what stands before its services.
    pub(crate) fn open(token: &str, bounds: &Bounds) -> Result<Envelope, Error> {
        let text = token.strip_prefix(VERSION).ok_or_else(|| {
            ErrorCode::TokenVersion.because("the token does not start with 007, the version of AccessToken2")
        })?;
        // Base64 and deflate together never make an acceptable payload longer than twice its size.
        if text.len() > bounds.payload_size.saturating_mul(2) {
            return Err(too_many_characters(token));
        }
        let inflate = |stream: &[u8]| zlib::inflate(stream, bounds.payload_size);
        Envelope::read(decode_base64(text.as_bytes(), VERSION.len(), inflate)?)
    }

    fn read(payload: Vec<u8>) -> Result<Envelope, Error> {
        let mut reader = Reader::new(&payload, 0);
        let signature_end = reader.bytes("signature")?.len().saturating_add(2);
        let app_id_end = reader.bytes("App ID")?.len().saturating_add(2).saturating_add(signature_end);
        let issue_ts = reader.u32("issue timestamp")?;
        let expire = reader.u32("expire")?;
        let salt = reader.u32("salt")?;
        Ok(Envelope { payload, signature_end, app_id_end, issue_ts, expire, salt })
    }

    /// Reads the services.
    pub(crate) fn services(self, bounds: &Bounds) -> Result<UnverifiedToken2, Error> {
        const TIMES_AND_SALT: usize = 12;
        let start = self.app_id_end.saturating_add(TIMES_AND_SALT);
        let mut reader = Reader::new(self.payload.get(start..).unwrap_or_default(), bounds.entries);
        let count = reader.u16("number of services")?;
        if usize::from(count) > bounds.services {
            let reason = format!("the token holds {count} services, more than are read");
            return Err(ErrorCode::TokenTooLarge.because(reason));
        }
        let mut services = Vec::new();
        let mut unknown_service = None;
        for _ in 0..count {
            let number = reader.u16("services")?;
            let Some(service) = ServiceType::from_number(number) else {
                unknown_service = Some(read_unknown(number, &mut reader));
                break;
            };
            services.push(Service::read(service, &mut reader)?.into_owned());
        }
        let unread_bytes = reader.rest().len();
        Ok(UnverifiedToken2 { envelope: self, services, unknown_service, unread_bytes })
    }

    pub(crate) fn verify_signature(&self, certificate: &AppCertificate) -> Result<(), Error> {
        AppId::from_bytes(self.app_id())
            .map_err(|error| ErrorCode::TokenAppId.because(format!("the token's App ID {}", error.reason())))?;
        if self.is_signed_with(certificate.as_bytes()) { Ok(()) } else { Err(ErrorCode::SignatureMismatch.into()) }
    }

    fn is_signed_with(&self, certificate: &[u8]) -> bool {
        let expected = signature::sign2(certificate, self.issue_ts, self.salt, self.signing_info());
        signature::matches(&expected, self.signature())
    }

    fn signature(&self) -> &[u8] {
        self.payload.get(2..self.signature_end).unwrap_or_default()
    }

    fn signing_info(&self) -> &[u8] {
        self.payload.get(self.signature_end..).unwrap_or_default()
    }

    fn app_id(&self) -> &[u8] {
        self.payload.get(self.signature_end.saturating_add(2)..self.app_id_end).unwrap_or_default()
    }
}

/// A service of the future may lay out its privileges otherwise, so what cannot be read as such stays unread.
fn read_unknown(service_type: u16, reader: &mut Reader<'_>) -> UnknownService {
    let mut attempt = Reader::new(reader.rest(), reader.entries_left());
    let privileges = match Privileges::read(&mut attempt) {
        Ok(privileges) => {
            *reader = attempt;
            privileges
        }
        Err(_) => Privileges::new(),
    };
    UnknownService { service_type, privileges }
}
