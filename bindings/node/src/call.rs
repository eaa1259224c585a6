//! Functions of the bridge: any number of arguments in, one reply out.

use crate::host::Argument;
use crate::reply::Reply;

/// A function of so many arguments. What JavaScript left out is `undefined`.
pub(crate) trait Call<const COUNT: usize> {
    fn call(arguments: [Argument; COUNT]) -> Reply;
}
