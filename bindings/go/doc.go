// Package agoratoken mints, reads and verifies the access tokens that let a user into Agora's voice, video and messaging
// services.
//
// The tokens are made by one Rust core, which comes along as WebAssembly: nothing has to be installed, and programs
// build with CGO_ENABLED=0. With the build tag agora_cgo the core is linked as a static library instead, which
// pkg-config finds; it takes a fifth of the time.
package agoratoken

import "agora-token.example/agoratoken/internal/core"

// Backend says how the core is run: "wasm", or "cgo" with the build tag agora_cgo.
const Backend = core.Backend
