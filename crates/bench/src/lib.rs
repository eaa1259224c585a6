//! What the racer and the stages share.

pub mod floor;
pub mod inputs;
