// The module, of its bytes in base64.

'use strict'

module.exports = text => {
    const characters = atob(text)
    const bytes = new Uint8Array(characters.length)
    for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at)
    return { compiled: new WebAssembly.Module(bytes) }
}
