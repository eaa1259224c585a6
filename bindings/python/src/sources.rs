//! Where an issuer and a verifier have time and salt from, if not from the system: a value, or a function that gives one.

use agora_token::source::{Clock, SaltSource, SystemClock, SystemSalt};
use agora_token::{ErrorCode, Stamp, UnixTime};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyFloatMethods};

use crate::arguments::{Arg, moment, salt as salt_of};
use crate::refusal::Outcome;

/// What was given in place of the system's.
pub(crate) enum Source<T> {
    Fixed(T),
    Function(Py<PyAny>),
}

impl<T: Copy> Source<T> {
    fn new(given: Arg<'_, '_>, read: fn(Arg<'_, '_>) -> Outcome<T>) -> Outcome<Source<T>> {
        if given.is_callable() { Ok(Source::Function(given.clone().unbind())) } else { read(given).map(Source::Fixed) }
    }

    fn get(&self, py: Python<'_>, read: fn(Arg<'_, '_>) -> Outcome<T>) -> Outcome<T> {
        match self {
            Source::Fixed(value) => Ok(*value),
            Source::Function(function) => read(&function.bind(py).call0()?),
        }
    }
}

/// A clock in place of the system's.
pub(crate) struct GivenClock(Source<UnixTime>);

impl GivenClock {
    pub(crate) fn new(given: Option<Arg<'_, '_>>) -> Outcome<Option<GivenClock>> {
        given.map(|given| Source::new(given, time).map(GivenClock)).transpose()
    }

    pub(crate) fn now(&self, py: Python<'_>) -> Outcome<UnixTime> {
        self.0.get(py, time)
    }
}

/// A moment, also as time.time gives it, with a fraction.
fn time(value: Arg<'_, '_>) -> Outcome<UnixTime> {
    const FIELD: &str = "clock";
    match value.cast::<PyFloat>() {
        Ok(seconds) if seconds.value().is_finite() => {
            let whole = seconds.call_method0("__floor__")?;
            moment(&whole, FIELD)
        }
        _ => moment(value, FIELD),
    }
}

/// Clock and salt of an issuer, of which at least one is not the system's.
pub(crate) struct Sources {
    clock: Option<GivenClock>,
    salt: Option<Source<u32>>,
}

impl Sources {
    pub(crate) fn new(clock: Option<Arg<'_, '_>>, salt: Option<Arg<'_, '_>>) -> Outcome<Option<Sources>> {
        if clock.is_none() && salt.is_none() {
            return Ok(None);
        }
        let salt = salt.map(|salt| Source::new(salt, salt_of)).transpose()?;
        Ok(Some(Sources { clock: GivenClock::new(clock)?, salt }))
    }

    /// Time and salt of one token.
    pub(crate) fn stamp(&self, py: Python<'_>) -> Outcome<Stamp> {
        let issue_ts = match &self.clock {
            Some(clock) => {
                let now = clock.now(py)?.as_secs();
                let late = || format!("is {now}, which is after 2106; Unix seconds expected");
                u32::try_from(now).map_err(|_| ErrorCode::InvalidTimestamp.of("clock", late()))?
            }
            None => SystemClock.now()?,
        };
        let salt = match &self.salt {
            Some(salt) => salt.get(py, salt_of)?,
            None => SystemSalt.next_salt()?,
        };
        Ok(Stamp { issue_ts, salt })
    }
}
