// Loads the compiled module: from this package, or from the package of this platform.

'use strict'

const platforms = require('./platforms.json')

const suitable = Object.keys(platforms).filter(
    name => platforms[name].os === process.platform && platforms[name].cpu === process.arch,
)

function load() {
    const failures = []
    // On Linux both C libraries are tried: the wrong one does not load.
    for (const name of suitable) {
        for (const place of [`../agora-token-native.${name}.node`, `agora-token-native-${name}`]) {
            try {
                return require(place)
            } catch (error) {
                failures.push(`${place}: ${error.message.split('\n', 1)[0]}`)
            }
        }
    }
    const tried = failures.length === 0 ? '' : `; tried ${failures.join(', ')}`
    throw new Error(`agora-token-native has no binary for ${process.platform} on ${process.arch}${tried}`)
}

module.exports = load()
