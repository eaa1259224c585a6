//! `agora-token serve` over real sockets: the built program, asked as clients and attackers ask.

mod attacks;
mod bounds;
mod callers;
mod compat;
mod contract;
mod jwts;
mod origins;
mod pages;
mod providers;
mod reload;
mod server;
mod services;
mod settings;
mod shutdown;
mod sockets;
mod stalls;
mod starvation;
mod tls;
#[cfg(all(unix, feature = "otel"))]
mod traces;
