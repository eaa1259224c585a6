//! Names with `*` in them, which stands for any run of characters and is the only special one: channel names may hold
//! `?`, `[` and `{`.

use derive_more::From;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, From, Deserialize, Serialize)]
pub(crate) struct Pattern(String);

impl Pattern {
    /// Whether the whole of `name` fits.
    pub(crate) fn fits(&self, name: &str) -> bool {
        let Some((head, rest)) = self.0.split_once('*') else {
            return self.0 == name;
        };
        let Some(mut name) = name.strip_prefix(head) else {
            return false;
        };
        let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
        // The leftmost place for each part leaves the most for the parts behind it.
        for part in middle.split('*') {
            match name.split_once(part) {
                Some((_, behind)) => name = behind,
                None => return false,
            }
        }
        name.ends_with(tail)
    }
}

pub(crate) fn any_fits(patterns: &[Pattern], name: &str) -> bool {
    patterns.iter().any(|pattern| pattern.fits(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_star_is_any_run_and_the_rest_itself() {
        let fits = |pattern: &str, name: &str| Pattern::from(pattern.to_owned()).fits(name);
        for (pattern, name) in [
            ("room", "room"),
            ("*", ""),
            ("*", "room"),
            ("room-*", "room-"),
            ("room-*", "room-1"),
            ("*-1", "room-1"),
            ("a*b*c", "abbbc"),
            ("a*bc*c", "abcbcc"),
            ("a**b", "ab"),
            ("[a]?{b}", "[a]?{b}"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("room", "rooms"), ("room-*", "room"), ("a*a", "a"), ("a*b*c", "acb"), ("[a]", "a"), ("?", "a"), ("", "a")]
        {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }

    /// The textbook definition, exponential and obviously right.
    fn fits_by_definition(pattern: &[u8], name: &[u8]) -> bool {
        match (pattern, name) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => (0..=name.len()).any(|skip| fits_by_definition(rest, &name[skip..])),
            ([a, pattern @ ..], [b, name @ ..]) if a == b => fits_by_definition(pattern, name),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn it_fits_as_defined(pattern in "[ab*]{0,7}", name in "[ab]{0,8}") {
            prop_assert_eq!(Pattern::from(pattern.clone()).fits(&name), fits_by_definition(pattern.as_bytes(), name.as_bytes()));
        }
    }
}
