//! The linker arguments of a Node-API module, which differ by platform.

fn main() {
    if std::env::var_os("CARGO_CFG_TARGET_FAMILY").is_none_or(|family| family != "wasm") {
        napi_build::setup();
    }
}
