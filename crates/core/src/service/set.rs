//! A set of services.

use std::fmt;

use super::table::ServiceType;

/// A set of services.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ServiceSet(u32);

impl ServiceSet {
    /// No service.
    pub const fn new() -> ServiceSet {
        ServiceSet(0)
    }

    /// Adds a service.
    pub const fn insert(&mut self, service: ServiceType) {
        self.0 |= ServiceSet::bit(service);
    }

    /// Takes a service out.
    pub const fn remove(&mut self, service: ServiceType) {
        self.0 &= !ServiceSet::bit(service);
    }

    /// Whether this service is among them.
    pub const fn contains(self, service: ServiceType) -> bool {
        self.0 & ServiceSet::bit(service) != 0
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// All of them, ascending by number.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = ServiceType> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let number = u16::try_from(left.trailing_zeros()).ok()?;
            left &= left.wrapping_sub(1);
            ServiceType::from_number(number)
        })
    }

    const fn bit(service: ServiceType) -> u32 {
        // The table's numbers are far below 32.
        1u32.wrapping_shl(service as u32)
    }
}

impl FromIterator<ServiceType> for ServiceSet {
    fn from_iter<I: IntoIterator<Item = ServiceType>>(services: I) -> ServiceSet {
        let mut set = ServiceSet::new();
        services.into_iter().for_each(|service| set.insert(service));
        set
    }
}

/// Their names, as `rtc,rtm`.
impl fmt::Display for ServiceSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(ServiceType::name).collect();
        f.write_str(&names.join(","))
    }
}

impl fmt::Debug for ServiceSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_has_a_bit_of_its_own() {
        for service in ServiceType::all() {
            let set = ServiceSet::from_iter([service]);
            assert!(service.number() < 32);
            assert_eq!(set.iter().collect::<Vec<_>>(), [service]);
        }
        assert_eq!(ServiceSet::from_iter([ServiceType::Chat, ServiceType::Rtc]).to_string(), "rtc,chat");
    }
}
