//! Text as it stands on the wire: bytes, UTF-8 by habit.

use std::borrow::Cow;
use std::fmt;
use std::str::Utf8Error;

/// A channel name, user account, user ID, UUID or resource as the format carries it: any bytes.
///
/// The official implementations write UTF-8 but do not check it, so a token in the wild may hold anything.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text<'a>(Cow<'a, [u8]>);

impl<'a> Text<'a> {
    /// The bytes as they go on the wire.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, when the bytes are UTF-8.
    ///
    /// # Errors
    /// When they are not; nothing is ever replaced silently.
    pub fn to_str(&self) -> Result<&str, Utf8Error> {
        std::str::from_utf8(&self.0)
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no bytes at all, which for a user account means any user.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }

    /// What a uid is on the wire: decimal digits, and nothing at all for 0, which means any user.
    pub fn from_uid(uid: u32) -> Text<'static> {
        if uid == 0 { Text::default() } else { Text::from(uid.to_string()) }
    }
}

/// [`Text::from_uid`] without an allocation, for the time of a call.
#[doc(hidden)]
pub struct UidText {
    digits: itoa::Buffer,
    uid: u32,
}

impl UidText {
    pub fn new(uid: u32) -> UidText {
        UidText { digits: itoa::Buffer::new(), uid }
    }

    pub fn as_bytes(&mut self) -> &[u8] {
        if self.uid == 0 { &[] } else { self.digits.format(self.uid).as_bytes() }
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Text(Cow::Borrowed(text.as_bytes()))
    }
}

impl<'a> From<&'a [u8]> for Text<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Text(Cow::Borrowed(bytes))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Text(Cow::Owned(text.into_bytes()))
    }
}

impl From<Vec<u8>> for Text<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Text(Cow::Owned(bytes))
    }
}
