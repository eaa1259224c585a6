//! `agora-token serve` over real sockets: the built program, asked as clients and attackers ask.

mod attacks;
mod bounds;
mod compat;
mod contract;
mod jwts;
mod pages;
mod reload;
mod server;
mod settings;
mod shutdown;
mod tls;
