//! Where the bridge runs: in Node, which loads it as a native module, or in anything that runs WebAssembly. What each
//! host has: `Argument` with its primitives, `Exports`, and where time and salt come from.

#[cfg(not(target_family = "wasm"))]
mod node;
#[cfg(target_family = "wasm")]
mod wasm;

#[cfg(not(target_family = "wasm"))]
pub(crate) use node::{Argument, Exports, Kind, Result, now, stamp};
#[cfg(target_family = "wasm")]
pub(crate) use wasm::{Argument, Exports, Kind, Result, now, stamp, start};
