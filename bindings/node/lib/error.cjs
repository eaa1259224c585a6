// The error that carries a code, and how the bridge's replies become values or errors.

'use strict'

const { ErrorCode } = require('./generated/constants.cjs')

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

/** What the bridge gave, or the refusal thrown: an array of code, field and sentence. Nothing else is an array of three. */
function given(reply) {
    if (Array.isArray(reply) && reply.length === 3) throw new AgoraTokenError(...reply)
    return reply
}

module.exports = { AgoraTokenError, given }
