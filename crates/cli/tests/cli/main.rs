//! The built program, run as a shell runs it.

mod batch;
mod completions;
mod credentials;
mod defaults;
mod doctor;
mod errors;
mod inspect;
mod man;
mod mint;
mod run;
mod streams;
#[cfg(unix)]
mod terminal;
mod vectors;
mod verify;
