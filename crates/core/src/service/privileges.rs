//! What a service, or an AccessToken, grants until when.

use smallvec::SmallVec;

use crate::error::{Error, ErrorCode};
use crate::wire::{Reader, Writer};

/// Privileges and their values, ascending by number: seconds from the issue timestamp in AccessToken2, absolute Unix
/// seconds in AccessToken. In both, 0 sets no limit of its own: the privilege lasts as long as the token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Privileges(SmallVec<[(u16, u32); 4]>);

impl Privileges {
    /// No privileges.
    pub fn new() -> Privileges {
        Privileges::default()
    }

    /// Grants a privilege, replacing an earlier grant of the same.
    pub fn set(&mut self, privilege: u16, expire: u32) {
        if self.0.last().is_none_or(|(last, _)| *last < privilege) {
            return self.0.push((privilege, expire));
        }
        match self.0.binary_search_by_key(&privilege, |(key, _)| *key) {
            Ok(index) => self.0.iter_mut().skip(index).take(1).for_each(|entry| entry.1 = expire),
            Err(index) => self.0.insert(index, (privilege, expire)),
        }
    }

    /// The value of a privilege, if it is granted.
    pub fn get(&self, privilege: u16) -> Option<u32> {
        let index = self.0.binary_search_by_key(&privilege, |(key, _)| *key).ok()?;
        self.0.get(index).map(|(_, expire)| *expire)
    }

    /// All of them, ascending by number.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (u16, u32)> + '_ {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For numbers that are known to ascend.
    #[inline]
    pub(crate) fn from_ascending(entries: &[(u16, u32)]) -> Privileges {
        Privileges(SmallVec::from_slice(entries))
    }

    #[inline]
    pub(crate) fn write(&self, writer: &mut Writer) -> Result<(), Error> {
        writer.count(self.0.len(), "privileges")?;
        for (privilege, expire) in self.iter() {
            writer.u16(privilege);
            writer.u32(expire);
        }
        Ok(())
    }

    /// Any order is read; a privilege that stands twice is refused, for readers disagree on which of the two counts.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Privileges, Error> {
        let count = reader.count("number of privileges")?;
        let mut privileges = SmallVec::new();
        for _ in 0..count {
            privileges.push((reader.u16("privileges")?, reader.u32("privileges")?));
        }
        privileges.sort_unstable_by_key(|(key, _)| *key);
        let twice = privileges.iter().zip(privileges.iter().skip(1)).find(|(one, other)| one.0 == other.0);
        match twice {
            Some(((key, _), _)) => {
                Err(ErrorCode::TokenDuplicateKey
                    .because(format!("the token holds privilege {key} twice in one service")))
            }
            None => Ok(Privileges(privileges)),
        }
    }
}

impl FromIterator<(u16, u32)> for Privileges {
    fn from_iter<I: IntoIterator<Item = (u16, u32)>>(entries: I) -> Privileges {
        let mut privileges = Privileges::new();
        entries.into_iter().for_each(|(privilege, expire)| privileges.set(privilege, expire));
        privileges
    }
}
