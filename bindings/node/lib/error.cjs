// Refusals: the table of codes, the error that carries one, and how the bridge's replies become values or errors.

'use strict'

const native = require('./native.cjs')

const ErrorCode = Object.freeze(Object.fromEntries(JSON.parse(native.errorCodes())))

class AgoraTokenError extends Error {
    constructor(code, field, reason) {
        super(reason)
        this.code = code
        this.field = field
    }

    get number() {
        return ErrorCode[this.code]
    }

    toJSON() {
        return { code: this.code, field: this.field, reason: this.message }
    }
}
// As the errors of the language have it: inherited, and not listed among an error's own properties.
Object.defineProperty(AgoraTokenError.prototype, 'name', {
    value: 'AgoraTokenError',
    writable: true,
    configurable: true,
})

/** The string that the bridge gave, or the refusal thrown. */
function given(reply) {
    if (typeof reply === 'string') return reply
    throw refused(reply)
}

/** The refusal that the bridge gave, as an error. */
const refused = reply => new AgoraTokenError(...(reply ?? ['INTERNAL', '', 'Node could not make the result']))

/** The JSON document that the bridge gave, or the refusal thrown. */
const document = reply => JSON.parse(given(reply))

module.exports = { AgoraTokenError, ErrorCode, given, refused, document }
