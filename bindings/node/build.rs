//! The linker arguments of a Node-API module, which differ by platform.

fn main() {
    napi_build::setup();
}
