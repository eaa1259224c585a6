//! Named options. `lib/` gives them in the order of their places, with a number whose bits tell which are there.

use agora_token::ErrorCode;

use crate::argument::Argument;
use crate::refusal::Refusal;

/// The values of options, by their places.
pub(crate) struct Options<'v> {
    given: u32,
    values: &'v [Argument],
}

impl<'v> Options<'v> {
    pub(crate) fn new(given: Argument, values: &'v [Argument]) -> Result<Options<'v>, Refusal> {
        Ok(Options { given: given.u32(ErrorCode::Internal, "")?, values })
    }

    /// Whether a bit is set. Those past the places are flags of their own.
    pub(crate) fn has(&self, place: usize) -> bool {
        self.given >> place & 1 == 1
    }

    /// The value at a place, `undefined` where there is none.
    pub(crate) fn at(&self, place: usize) -> Result<Argument, Refusal> {
        self.values.get(place).copied().ok_or_else(|| ErrorCode::Internal.into())
    }

    /// What `read` makes of the value at a place, if it is given.
    pub(crate) fn get<T>(
        &self,
        place: usize,
        read: impl FnOnce(Argument) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        if self.has(place) { read(self.at(place)?).map(Some) } else { Ok(None) }
    }

    /// Refuses the second of two options that exclude each other.
    pub(crate) fn exclusive(
        &self,
        (first, other): (usize, &str),
        (second, name): (usize, &'static str),
        code: ErrorCode,
    ) -> Result<(), Refusal> {
        if self.has(first) && self.has(second) {
            return Err(Refusal::new(code, name, format!("is given beside {other}")));
        }
        Ok(())
    }
}
