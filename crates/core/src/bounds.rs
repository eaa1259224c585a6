//! How much of a token is read: the one table of bounds.

/// How much of a token is read, so that a text from outside costs little before its signature is known to be good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes that it inflates to.
    pub payload_size: usize,
    /// Services of an AccessToken2.
    pub services: usize,
    /// Privileges, RTM2 resource types, permissions and resources, all together.
    pub entries: usize,
}

impl Bounds {
    /// For what comes from outside: a [`crate::Verifier`], the doctor, the command line and the token server. No token
    /// that can be of use comes near: the Web SDK takes 2,047 characters.
    pub const STRANGER: Bounds = Bounds { payload_size: 1 << 16, services: 64, entries: 4096 };

    /// For [`crate::UnverifiedToken2::parse`] and [`crate::UnverifiedToken::parse`], which read every token that can be
    /// built.
    pub const MECHANISM: Bounds =
        Bounds { payload_size: MAX_PAYLOAD_SIZE, services: u16::MAX as usize, entries: MAX_PAYLOAD_SIZE };
}

/// The largest payload that is built, and read by the mechanism: 1 MiB. What the official builders make stays far below
/// 64 KiB.
pub const MAX_PAYLOAD_SIZE: usize = 1 << 20;
