//! Functions of the bridge: any number of arguments in, one reply out.

use crate::host::Argument;
use crate::reply::Reply;

/// A function of so many arguments. What JavaScript left out is `undefined`.
pub(crate) trait Call<const COUNT: usize> {
    fn call(arguments: [Argument; COUNT]) -> Reply;
}

/// Adds ordinary functions to what the bridge exports, by the names that JavaScript knows them by.
macro_rules! add {
    ($exports:ident: $($name:literal = $function:path[$($argument:ident),*];)*) => {$({
        const NAMES: &[&str] = &[$(stringify!($argument)),*];
        struct This;

        impl crate::call::Call<{ NAMES.len() }> for This {
            fn call([$($argument),*]: [crate::host::Argument; NAMES.len()]) -> crate::reply::Reply {
                $function($($argument),*)
            }
        }

        $exports.add($name, This)?;
    })*};
}
pub(crate) use add;
