//! Functions of the bridge: any number of arguments in, one reply out.

use crate::reply::Reply;

/// A function of so many arguments of the host. What JavaScript left out is `undefined`.
pub(crate) trait Call<Argument, const COUNT: usize> {
    fn call(arguments: [Argument; COUNT]) -> Reply;
}
