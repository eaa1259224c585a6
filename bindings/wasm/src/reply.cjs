// What a call gives, as values.

'use strict'

// What stands in front of a value.
const [NULL, FALSE, TRUE, NUMBER, TEXT, BYTES, LIST, HANDLE] = [0, 1, 2, 3, 4, 5, 6, 7]

const decoder = new TextDecoder()

/** The reply at an address: its size, the numbers that were written, what the function gave, and whether to keep that. */
function readReply(bytes, start) {
    const view = new DataView(bytes.buffer)
    let at = start
    const word = () => view.getUint32((at += 4) - 4, true)
    const number = () => view.getFloat64((at += 8) - 8, true)
    const content = size => bytes.subarray(at, (at += size))

    function value() {
        switch (bytes[at++]) {
            case NULL:
                return null
            case FALSE:
                return false
            case TRUE:
                return true
            case NUMBER:
                return number()
            case TEXT:
                return decoder.decode(content(word()))
            case BYTES:
                return copied(content(word()))
            case LIST:
                return Array.from({ length: word() }, value)
        }
    }

    const size = word()
    const numbers = Array.from({ length: word() }, number)
    const isHandle = bytes[at] === HANDLE
    return { size, numbers, isHandle, value: value() }
}

/** As Node has bytes, where that is. */
const copied = bytes => (globalThis.Buffer === undefined ? bytes.slice() : Buffer.from(bytes))

module.exports = { readReply }
