// Loads the compiled module: from this package, from the package of this platform, or the same as WebAssembly.
//
// Each name stands here as it is: bundlers, and those who trace files, read the text and run nothing. A test compares the
// names with platforms.json.

'use strict'

function load() {
    const failures = []
    switch (`${process.platform}-${process.arch}`) {
        // On Linux both C libraries are tried: the wrong one does not load.
        case 'linux-x64':
            try {
                return require('../agora-token-native.linux-x64-gnu.node')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('agora-token-native-linux-x64-gnu')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('../agora-token-native.linux-x64-musl.node')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('agora-token-native-linux-x64-musl')
            } catch (error) {
                failures.push(error)
            }
            break
        case 'linux-arm64':
            try {
                return require('../agora-token-native.linux-arm64-gnu.node')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('agora-token-native-linux-arm64-gnu')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('../agora-token-native.linux-arm64-musl.node')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('agora-token-native-linux-arm64-musl')
            } catch (error) {
                failures.push(error)
            }
            break
        case 'darwin-x64':
            try {
                return require('../agora-token-native.darwin-x64.node')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('agora-token-native-darwin-x64')
            } catch (error) {
                failures.push(error)
            }
            break
        case 'darwin-arm64':
            try {
                return require('../agora-token-native.darwin-arm64.node')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('agora-token-native-darwin-arm64')
            } catch (error) {
                failures.push(error)
            }
            break
        case 'win32-x64':
            try {
                return require('../agora-token-native.win32-x64-msvc.node')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('agora-token-native-win32-x64-msvc')
            } catch (error) {
                failures.push(error)
            }
            break
        case 'win32-arm64':
            try {
                return require('../agora-token-native.win32-arm64-msvc.node')
            } catch (error) {
                failures.push(error)
            }
            try {
                return require('agora-token-native-win32-arm64-msvc')
            } catch (error) {
                failures.push(error)
            }
            break
    }
    try {
        return require('agora-token-wasm/bridge')
    } catch (error) {
        failures.push(error)
    }
    const tried = failures.map(error => error.message.split('\n', 1)[0]).join(', ')
    throw new Error(`agora-token-native has no binary for ${process.platform} on ${process.arch}; tried ${tried}`)
}

module.exports = load()
