// The errors, and how the bridge's replies become values or errors.

'use strict'

const { ErrorCode } = require('./generated/constants.cjs')
const FAULTS = require('./generated/faults.cjs')

/** From here on a code speaks of a token: of an argument the reason continues the field's name. */
const FIRST_OF_TOKENS = 60
const FIRST_OF_REFUSALS = 70

class AgoraTokenError extends Error {
    constructor(code, field, reason) {
        super(field !== '' && ErrorCode[code] < FIRST_OF_TOKENS ? `${field} ${reason}` : reason)
        this.code = code
        this.field = field
        this.reason = reason
        this.fault = FAULTS[code]
    }

    get number() {
        return ErrorCode[this.code]
    }

    toJSON() {
        const { code, field, reason, service } = this
        return service === undefined ? { code, field, reason } : { code, field, reason, service }
    }
}

class InputError extends AgoraTokenError {}
class ConfigurationError extends AgoraTokenError {}
class SystemError extends AgoraTokenError {}
class TokenParseError extends AgoraTokenError {}

class VerificationError extends AgoraTokenError {
    /** @param refusals The errors of a verdict, the first of which gives the text. */
    constructor(refusals) {
        super(refusals[0].code, refusals[0].field, refusals[0].reason)
        if (refusals[0].service !== undefined) this.service = refusals[0].service
        // For whoever looks; not in what is printed of an error.
        Object.defineProperty(this, 'refusals', { value: refusals })
    }
}

const CLASSES = { AgoraTokenError, InputError, ConfigurationError, SystemError, TokenParseError, VerificationError }
// As the errors of the language have it: inherited, and not listed among an error's own properties.
for (const [name, Class] of Object.entries(CLASSES)) {
    Object.defineProperty(Class.prototype, 'name', { value: name, writable: true, configurable: true })
}

const BY_FAULT = { caller: InputError, configuration: ConfigurationError, system: SystemError }

/** The error of a code, in its class. One that a verdict is made of is no exception of its own. */
function errorOf(code, field, reason, service) {
    const number = ErrorCode[code]
    const Class =
        number >= FIRST_OF_REFUSALS
            ? AgoraTokenError
            : number >= FIRST_OF_TOKENS
              ? TokenParseError
              : BY_FAULT[FAULTS[code]]
    const error = new Class(code, field, reason)
    if (typeof service === 'string') error.service = service
    return error
}

/** What the bridge gave, or the refusal thrown: an array of code, field and reason. Nothing else is an array of three. */
function given(reply) {
    if (Array.isArray(reply) && reply.length === 3) throw errorOf(...reply)
    return reply
}

module.exports = { ...CLASSES, errorOf, given }
