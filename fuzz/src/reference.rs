//! A slow and plain reader of both formats, written from their description alone: what ours is compared with.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::zlib;

/// The largest payload that is read.
const LIMIT: usize = 1 << 20;

pub(crate) struct Token {
    pub(crate) signature: Vec<u8>,
    pub(crate) app_id: Vec<u8>,
    /// Issue timestamp, lifetime, salt.
    pub(crate) numbers: (u32, u32, u32),
    pub(crate) services: Vec<Service>,
    pub(crate) unread_bytes: usize,
}

pub(crate) struct Service {
    pub(crate) number: u16,
    pub(crate) privileges: BTreeMap<u16, u32>,
    pub(crate) fields: Vec<Vec<u8>>,
}

pub(crate) struct Token006 {
    pub(crate) app_id: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    /// CRC of the channel, CRC of the user, salt.
    pub(crate) numbers: (u32, u32, u32),
    pub(crate) privileges: BTreeMap<u16, u32>,
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken.to_vec())
    }

    fn u16(&mut self) -> Option<u16> {
        let bytes = self.take(2)?;
        Some(u16::from(bytes[0]) + 256 * u16::from(bytes[1]))
    }

    fn u32(&mut self) -> Option<u32> {
        let low = self.u16()?;
        Some(u32::from(low) + 65_536 * u32::from(self.u16()?))
    }

    fn string(&mut self) -> Option<Vec<u8>> {
        let size = self.u16()?;
        self.take(usize::from(size))
    }

    fn map(&mut self) -> Option<BTreeMap<u16, u32>> {
        let mut map = BTreeMap::new();
        for _ in 0..self.u16()? {
            let key = self.u16()?;
            if map.insert(key, self.u32()?).is_some() {
                return None;
            }
        }
        Some(map)
    }

    /// Resource types and permission types as their numbers, each before what it holds, ascending.
    fn permissions(&mut self) -> Option<Vec<Vec<u8>>> {
        let mut all = BTreeMap::new();
        for _ in 0..self.u16()? {
            let resource = self.u16()?;
            let mut by_permission = BTreeMap::new();
            for _ in 0..self.u16()? {
                let permission = self.u16()?;
                let mut resources = Vec::new();
                for _ in 0..self.u16()? {
                    resources.push(self.string()?);
                }
                if by_permission.insert(permission, resources).is_some() {
                    return None;
                }
            }
            if all.insert(resource, by_permission).is_some() {
                return None;
            }
        }
        let mut fields = Vec::new();
        for (resource, by_permission) in all {
            fields.push(resource.to_le_bytes().to_vec());
            for (permission, resources) in by_permission {
                fields.push(permission.to_le_bytes().to_vec());
                fields.extend(resources);
            }
        }
        Some(fields)
    }
}

/// An AccessToken2 in its text.
pub(crate) fn token(text: &str) -> Option<Token> {
    let stream = STANDARD.decode(text.strip_prefix("007")?).ok()?;
    if text.len() - 3 > 2 * LIMIT {
        return None;
    }
    payload(&zlib::inflate(&stream, LIMIT)?)
}

/// What an AccessToken2 holds.
pub(crate) fn payload(payload: &[u8]) -> Option<Token> {
    if payload.len() > LIMIT {
        return None;
    }
    let mut bytes = Bytes(payload);
    let (signature, app_id) = (bytes.string()?, bytes.string()?);
    let numbers = (bytes.u32()?, bytes.u32()?, bytes.u32()?);
    let mut services = Vec::new();
    let mut unread_bytes = None;
    for _ in 0..bytes.u16()? {
        let number = bytes.u16()?;
        if !(1..=10).contains(&number) {
            // What follows has no known layout; privileges are tried.
            let mut attempt = Bytes(bytes.0);
            unread_bytes = Some(attempt.map().map_or(bytes.0.len(), |_| attempt.0.len()));
            break;
        }
        let privileges = bytes.map()?;
        let fields = match number {
            1 | 3 | 6 => vec![bytes.string()?, bytes.string()?],
            2 | 5 => vec![bytes.string()?],
            7 => vec![bytes.string()?, bytes.string()?, bytes.take(2)?],
            8 => {
                let mut fields = vec![bytes.string()?];
                fields.extend(bytes.permissions()?);
                fields
            }
            _ => vec![],
        };
        services.push(Service { number, privileges, fields });
    }
    let unread_bytes = unread_bytes.unwrap_or(bytes.0.len());
    Some(Token { signature, app_id, numbers, services, unread_bytes })
}

/// An AccessToken in its text.
pub(crate) fn token_006(text: &str) -> Option<Token006> {
    let rest = text.strip_prefix("006")?.as_bytes();
    let (app_id, content) = rest.split_at_checked(32)?;
    let content = STANDARD.decode(content).ok()?;
    let mut bytes = Bytes(&content);
    let signature = bytes.string()?;
    let (channel, user) = (bytes.u32()?, bytes.u32()?);
    let message = bytes.string()?;
    let is_whole = bytes.0.is_empty();
    let mut bytes = Bytes(&message);
    let salt = bytes.u32()?;
    bytes.u32()?;
    let privileges = bytes.map()?;
    let numbers = (channel, user, salt);
    (is_whole && bytes.0.is_empty()).then(|| Token006 { app_id: app_id.to_vec(), signature, numbers, privileges })
}

/// A 006 token whose last `size` bytes of the account were moved into the message, or whose message lost its first ones
/// to the account, and then changed; with the account that is left.
pub(crate) fn shifted_006(token: &str, account: &[u8], size: usize, edits: &[u8]) -> Option<(String, Vec<u8>)> {
    let content = STANDARD.decode(token.get(35..)?).ok()?;
    let (signature, rest) = content.split_at_checked(34)?;
    let (crcs, message) = (rest.get(..8)?, rest.get(10..)?);
    let is_longer = edits.first().is_some_and(|edit| edit % 2 == 0);
    let (account, mut message) = if is_longer {
        let (left, moved) = account.split_at_checked(account.len().checked_sub(size)?)?;
        (left.to_vec(), [moved, message].concat())
    } else {
        let (moved, left) = message.split_at_checked(size)?;
        ([account, moved].concat(), left.to_vec())
    };
    for edit in edits.get(1..).unwrap_or_default().chunks_exact(2) {
        let at = usize::from(edit[0]) % message.len().max(1);
        if let Some(byte) = message.get_mut(at) {
            *byte = edit[1];
        }
    }
    let size = u16::try_from(message.len()).ok()?.to_le_bytes();
    let forged = [signature, &crcs[..4], &crc32(&account).to_le_bytes(), &size, &message].concat();
    Some((format!("{}{}", token.get(..35)?, STANDARD.encode(forged)), account))
}

/// Bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
